#include "ui/widgets/inline_message.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QLabel>
#include <QStyle>
#include <QVBoxLayout>

#include "ui/bridge/core_types.h"
#include "ui/models/shown_text.h"
#include "ui/widgets/help_page.h"
#include "ui/widgets/named.h"

namespace sockbench::ui {
namespace {

QLabel* makeLabel(QWidget* parent, const char* part) {
  auto* label = new QLabel(parent);
  label->setTextFormat(Qt::PlainText);
  label->setWordWrap(true);
  label->setTextInteractionFlags(Qt::TextSelectableByMouse);
  label->setProperty("part", QString::fromLatin1(part));
  return label;
}

// The table of errors has those of the system and of its look-ups.
bool hasHelp(const Error& error) {
  return error.domain == ErrorDomain::system || error.domain == ErrorDomain::addrinfo ||
         error.domain == ErrorDomain::hostdb;
}

}  // namespace

InlineMessage::InlineMessage(QWidget* parent)
    : QFrame(parent),
      headline_(makeLabel(this, "headline")),
      rest_(makeLabel(this, "rest")),
      help_(named(new HelpButton({}, tr("this error"), this), "messageHelpButton", tr("Help: this error"))) {
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(10, 5, 10, 6);
  row->setSpacing(8);
  auto* column = new QVBoxLayout;
  column->setSpacing(1);
  row->addLayout(column, 1);
  row->addWidget(help_, 0, Qt::AlignTop);
  column->addWidget(headline_);
  column->addWidget(rest_);
  setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
  clear();
}

void InlineMessage::showError(const Error& error) {
  show(Tone::error, QStringLiteral("%1  %2").arg(shownText(error.symbol()), shownText(error.message())),
       shownText(error.hint()));
  if (!hasHelp(error)) return;
  setHelpPage(help_, QStringLiteral("errors#") + shownText(error.symbol()));
  help_->show();
}

void InlineMessage::showWarning(const QString& text, const QString& rest) {
  show(Tone::warning, text, rest);
}
void InlineMessage::showNote(const QString& text, const QString& rest) {
  show(Tone::note, text, rest);
}

void InlineMessage::clear() {
  headline_->clear();
  rest_->clear();
  help_->hide();
  setVisible(false);
}

QString InlineMessage::text() const {
  return rest_->text().isEmpty() ? headline_->text() : headline_->text() + QLatin1Char('\n') + rest_->text();
}

void InlineMessage::show(Tone tone, const QString& headline, const QString& rest) {
  const QString tones[] = {QStringLiteral("error"), QStringLiteral("warning"), QStringLiteral("note")};
  headline_->setText(headline);
  rest_->setText(rest);
  rest_->setVisible(!rest.isEmpty());
  help_->hide();
  setProperty("messageTone", tones[static_cast<int>(tone)]);
  for (QWidget* widget :
       {static_cast<QWidget*>(this), static_cast<QWidget*>(headline_), static_cast<QWidget*>(rest_)}) {
    style()->unpolish(widget);
    style()->polish(widget);
  }
  setAccessibleName(text());
  setVisible(true);
  QAccessibleEvent event(this, QAccessible::Alert);
  QAccessible::updateAccessibility(&event);
}

}  // namespace sockbench::ui
