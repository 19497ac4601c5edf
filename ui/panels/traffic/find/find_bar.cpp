#include "ui/panels/traffic/find/find_bar.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QSettings>
#include <QToolButton>

#include "ui/bridge/core_types.h"
#include "ui/models/shown_text.h"
#include "ui/widgets/field_mark.h"
#include "ui/widgets/named.h"

namespace sockbench::ui {

FindBar::FindBar(QWidget* parent)
    : QWidget(parent),
      edit_(named(new QLineEdit(this), "findEdit", tr("Find in the bytes"))),
      kind_(named(new QComboBox(this), "findKindBox", tr("How it is written"))),
      encoding_(named(new QComboBox(this), "findEncodingBox", tr("The text's encoding"))),
      count_(new QLabel(this)) {
  setObjectName(QStringLiteral("findBar"));
  edit_->setPlaceholderText(tr("Find in the bytes"));
  edit_->setClearButtonEnabled(true);
  edit_->installEventFilter(this);
  kind_->addItem(tr("Text"), static_cast<int>(PatternKind::text));
  kind_->addItem(tr("Hex"), static_cast<int>(PatternKind::hex));
  kind_->addItem(tr("Regular expression"), static_cast<int>(PatternKind::regex));
  for (const TextEncoding encoding : textEncodings())
    encoding_->addItem(toQString(textEncodingName(encoding)), static_cast<int>(encoding));
  count_->setObjectName(QStringLiteral("findCountLabel"));
  count_->setTextFormat(Qt::PlainText);
  count_->setProperty("dim", true);
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(14, 4, 10, 4);
  row->setSpacing(6);
  row->addWidget(edit_, 1);
  row->addWidget(kind_);
  row->addWidget(encoding_);
  case_ = addButton(row, "findCaseButton", tr("Aa"), tr("Capital and small letters are different"));
  case_->setCheckable(true);
  row->addWidget(count_);
  previous_ = addButton(row, "findPreviousButton", tr("Previous"), tr("Previous match (Shift+F3)"));
  next_ = addButton(row, "findNextButton", tr("Next"), tr("Next match (F3)"));
  close_ = addButton(row, "findCloseButton", tr("Close"), tr("Close, and forget the matches (Esc)"));
  connect(edit_, &QLineEdit::textChanged, this, &FindBar::read);
  connect(kind_, &QComboBox::currentIndexChanged, this, &FindBar::read);
  connect(encoding_, &QComboBox::currentIndexChanged, this, &FindBar::read);
  connect(case_, &QToolButton::toggled, this, &FindBar::read);
  connect(next_, &QToolButton::clicked, this, &FindBar::nextRequested);
  connect(previous_, &QToolButton::clicked, this, &FindBar::previousRequested);
  connect(close_, &QToolButton::clicked, this, &FindBar::hide);
  hide();
  read();
}

QToolButton* FindBar::addButton(QHBoxLayout* row, const char* name, const QString& text,
                                const QString& toolTip) {
  auto* button = named(new QToolButton(this), name, toolTip);
  button->setText(text);
  button->setAutoRaise(true);
  button->setFocusPolicy(Qt::TabFocus);
  row->addWidget(button);
  return button;
}

void FindBar::open() {
  show();
  edit_->setFocus(Qt::ShortcutFocusReason);
  edit_->selectAll();
  read();
}

QString FindBar::text() const {
  return edit_->text();
}

void FindBar::setText(const QString& text) {
  edit_->setText(text);
}

void FindBar::setCount(const QString& words) {
  count_->setText(words);
}

void FindBar::read() {
  const auto kind = static_cast<PatternKind>(kind_->currentData().toInt());
  encoding_->setVisible(kind == PatternKind::text);
  case_->setVisible(kind != PatternKind::hex);
  pattern_.reset();
  clearWrong(edit_);
  edit_->setToolTip(tr("Find in the bytes"));
  if (!edit_->text().isEmpty() && !isHidden()) {
    auto pattern =
        BytePattern::make(kind, toUtf8(edit_->text()),
                          static_cast<TextEncoding>(encoding_->currentData().toInt()), case_->isChecked());
    if (pattern) {
      pattern_ = *std::move(pattern);
    } else {
      markWrong(edit_);
      const QString reason = shownText(pattern.error().message());
      edit_->setToolTip(plainToolTip(reason));
      setCount(reason);
    }
  } else {
    setCount({});
  }
  next_->setEnabled(pattern_.has_value());
  previous_->setEnabled(pattern_.has_value());
  emit patternChanged();
}

// Escape is a key of the window's, too; here it is this bar's.
bool FindBar::eventFilter(QObject* watched, QEvent* event) {
  const bool key = event->type() == QEvent::ShortcutOverride || event->type() == QEvent::KeyPress;
  if (!key || static_cast<QKeyEvent*>(event)->key() != Qt::Key_Escape)
    return QWidget::eventFilter(watched, event);
  if (event->type() == QEvent::KeyPress) hide();
  event->accept();
  return true;
}

void FindBar::keyPressEvent(QKeyEvent* event) {
  const bool back = (event->modifiers() & Qt::ShiftModifier) != 0;
  switch (event->key()) {
    case Qt::Key_Escape:
      return hide();
    case Qt::Key_Return:
    case Qt::Key_Enter:
      return back ? emit previousRequested() : emit nextRequested();
    default:
      QWidget::keyPressEvent(event);
  }
}

void FindBar::hideEvent(QHideEvent* event) {
  QWidget::hideEvent(event);
  if (!isHidden()) return;  // with its window only
  read();
  emit closed();
}

void FindBar::saveState(QSettings& settings) const {
  settings.setValue(QStringLiteral("findKind"), kind_->currentIndex());
  settings.setValue(QStringLiteral("findEncoding"), encoding_->currentIndex());
  settings.setValue(QStringLiteral("findCase"), case_->isChecked());
}

void FindBar::restoreState(QSettings& settings) {
  kind_->setCurrentIndex(qBound(0, settings.value(QStringLiteral("findKind")).toInt(), kind_->count() - 1));
  encoding_->setCurrentIndex(
      qBound(0, settings.value(QStringLiteral("findEncoding")).toInt(), encoding_->count() - 1));
  case_->setChecked(settings.value(QStringLiteral("findCase")).toBool());
}

}  // namespace sockbench::ui
