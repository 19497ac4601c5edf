#include "ui/widgets/field_completion.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QPlainTextEdit>
#include <QRegularExpression>
#include <QScrollBar>
#include <QStandardItemModel>
#include <QTextBlock>
#include <algorithm>

#include "core/payload/message/message.h"
#include "ui/bridge/core_types.h"
#include "ui/models/shown_text.h"
#include "ui/widgets/remark_delegate.h"

namespace sockbench::ui {
namespace {

constexpr int kOffersShown = 10;
constexpr int kOffersWidth = 560;  // pixels, at most
constexpr qsizetype kLongestName = 64;

// The beginning of a field's name that ends at the cursor. Not after "\{{".
const QRegularExpression& openField() {
  static const QRegularExpression expression(QStringLiteral(R"((?<!\\)\{\{\s*([\w.-]*)$)"));
  return expression;
}

const MessageField* fieldOf(const QString& name) {
  const std::string utf8 = toUtf8(name);
  const auto found = std::ranges::find(messageFields(), utf8, &MessageField::name);
  return found == messageFields().end() ? nullptr : &*found;
}

}  // namespace

FieldCompletion::FieldCompletion(QPlainTextEdit* edit)
    : QObject(edit),
      edit_(edit),
      completer_(new QCompleter(this)),
      offers_(new QStandardItemModel(completer_)) {
  completer_->setModel(offers_);
  completer_->setMaxVisibleItems(kOffersShown);
  completer_->setWidget(edit);
  completer_->popup()->setItemDelegate(new RemarkDelegate(completer_));
  completer_->popup()->setObjectName(QStringLiteral("fieldOffers"));
  completer_->popup()->setAccessibleName(tr("Fields that may be typed here"));
  connect(completer_, qOverload<const QString&>(&QCompleter::activated), this, &FieldCompletion::insertOffer);
}

bool FieldCompletion::isOpen() const {
  return completer_->popup()->isVisible();
}

void FieldCompletion::offer() {
  const QTextCursor cursor = edit_->textCursor();
  const qsizetype at = cursor.positionInBlock();
  const QString before = cursor.block().text().left(at).right(kLongestName);
  const QRegularExpressionMatch match = openField().match(before);
  if (!match.hasMatch() || edit_->isReadOnly()) return completer_->popup()->hide();
  const QString typed = match.captured(1);
  typed_ = static_cast<int>(typed.size());
  offers_->clear();
  const auto add = [&](const QString& name, const QString& remark) {
    if (!name.startsWith(typed, Qt::CaseInsensitive)) return;
    auto* item = new QStandardItem(name);
    item->setData(remark, kRemarkRole);
    offers_->appendRow(item);
  };
  for (const QString& name : variables_ ? variables_() : QStringList()) add(name, tr("A variable"));
  for (const MessageField& field : messageFields()) {
    const QString arguments = toQString(field.arguments);
    const QString meaning = toQString(field.meaning);
    add(toQString(field.name), arguments.isEmpty() ? meaning : arguments + QStringLiteral("   ") + meaning);
  }
  if (offers_->rowCount() == 0) return completer_->popup()->hide();
  completer_->setCompletionPrefix(QString());
  completer_->popup()->setCurrentIndex(offers_->index(0, 0));
  const int width = std::min(kOffersWidth, edit_->width());
  QRect place = edit_->cursorRect();
  place.moveLeft(std::clamp(place.left(), 0, std::max(0, edit_->width() - width)));
  place.setWidth(width);
  completer_->complete(place);
}

// A field without arguments is closed; behind one with arguments they go on.
void FieldCompletion::insertOffer(const QString& name) {
  QTextCursor cursor = edit_->textCursor();
  cursor.movePosition(QTextCursor::Left, QTextCursor::KeepAnchor, typed_);
  const MessageField* field = fieldOf(name);
  const bool needsMore = field && !field->arguments.empty() && !field->arguments.starts_with('[');
  const QString rest = edit_->toPlainText().mid(edit_->textCursor().position(), 2);
  cursor.insertText(name + (needsMore ? QStringLiteral(" ") : QString()));
  const int inside = cursor.position();
  if (rest != QLatin1String("}}")) cursor.insertText(QStringLiteral("}}"));
  cursor.setPosition(needsMore ? inside : inside + 2);
  edit_->setTextCursor(cursor);
}

}  // namespace sockbench::ui
