#include "ui/panels/traffic/option_delegate.h"

#include <QApplication>
#include <QCompleter>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPainter>
#include <QPersistentModelIndex>

#include "ui/models/options_model.h"
#include "ui/widgets/field_mark.h"
#include "ui/widgets/theme.h"

namespace sockbench::ui {
namespace {

constexpr int kMargin = 4;       // left and right of a cell's text, as the style has it
constexpr int kLeastEdit = 130;  // pixels: room for a number of ten digits
constexpr float kErrorTint = 0.12F;

// The editor of a value; it knows which, so that Enter can ask the model whether it takes it.
class ValueEdit : public QLineEdit {
 public:
  ValueEdit(const QModelIndex& of, QWidget* parent) : QLineEdit(parent), index(of) {}
  const QPersistentModelIndex index;
  bool filled = false;  // what a person has typed since is not to be overwritten by fresh readings
};

// The names that the value may have, beneath the editor: all of them at once, since they are few.
void offerChoices(QLineEdit* edit, const QStringList& names) {
  if (names.isEmpty()) return;
  auto* completer = new QCompleter(names, edit);
  completer->setCompletionMode(QCompleter::UnfilteredPopupCompletion);
  completer->setCaseSensitivity(Qt::CaseInsensitive);
  edit->setCompleter(completer);
  QMetaObject::invokeMethod(
      completer, [completer] { completer->complete(); }, Qt::QueuedConnection);
}

OptionsModel::Tone toneOf(const QModelIndex& index) {
  return index.data(OptionsModel::ToneRole).value<OptionsModel::Tone>();
}

QColor inkFor(OptionsModel::Tone tone) {
  switch (tone) {
    case OptionsModel::Tone::error:
      return theme::color(theme::Role::error);
    case OptionsModel::Tone::differs:
      return theme::color(theme::Role::warning);
    default:
      return theme::color(theme::Role::dim);
  }
}

bool isDim(const QModelIndex& index) {
  const int column = index.column();
  const bool aside =
      column == OptionsModel::Level || column == OptionsModel::Unit || column == OptionsModel::Meaning;
  const bool unknown = column == OptionsModel::Effective && toneOf(index) == OptionsModel::Tone::unreadable;
  return aside || unknown || !index.data(OptionsModel::LiveRole).toBool();
}

}  // namespace

void OptionDelegate::initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const {
  QStyledItemDelegate::initStyleOption(option, index);
  option->state &= ~QStyle::State_HasFocus;
  const OptionsModel::Tone tone = toneOf(index);
  if (tone == OptionsModel::Tone::error) {
    QColor wash = theme::color(theme::Role::error);
    wash.setAlphaF(kErrorTint);
    option->backgroundBrush = wash;
  }
  const bool marked = tone == OptionsModel::Tone::differs || tone == OptionsModel::Tone::error;
  QColor ink = theme::color(isDim(index) ? theme::Role::dim : theme::Role::text);
  if (marked && index.column() == OptionsModel::Effective && index.data(OptionsModel::LiveRole).toBool())
    ink = inkFor(tone);
  option->palette.setColor(QPalette::Text, ink);
  option->palette.setColor(QPalette::HighlightedText, ink);
}

// The meaning, and before it what is to be said of the row, in the colour of the mark.
void OptionDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                           const QModelIndex& index) const {
  const QString note = index.data(OptionsModel::NoteRole).toString();
  if (index.column() != OptionsModel::Meaning || note.isEmpty()) {
    QStyledItemDelegate::paint(painter, option, index);
    return;
  }
  QStyleOptionViewItem cell = option;
  initStyleOption(&cell, index);
  const QString meaning = std::exchange(cell.text, QString());
  const QStyle* style = cell.widget ? cell.widget->style() : QApplication::style();
  style->drawControl(QStyle::CE_ItemViewItem, &cell, painter, cell.widget);
  QRect area = cell.rect.adjusted(kMargin, 0, -kMargin, 0);
  painter->save();
  painter->setFont(cell.font);
  const auto draw = [&](const QString& text, const QColor& ink) {
    painter->setPen(ink);
    painter->drawText(area, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine,
                      cell.fontMetrics.elidedText(text, Qt::ElideRight, area.width()));
    area.setLeft(area.left() + cell.fontMetrics.horizontalAdvance(text));
  };
  draw(note, inkFor(toneOf(index)));
  draw(QStringLiteral("  \u00b7  ") + meaning, theme::color(theme::Role::dim));
  painter->restore();
}

QWidget* OptionDelegate::createEditor(QWidget* parent, const QStyleOptionViewItem&,
                                      const QModelIndex& index) const {
  auto* edit = new ValueEdit(index, parent);
  edit->setObjectName(QStringLiteral("detailsOptionsValueEdit"));
  edit->setAccessibleName(
      tr("New value of %1").arg(index.siblingAtColumn(OptionsModel::Name).data().toString()));
  connect(edit, &QLineEdit::textEdited, edit, [edit] { clearWrong(edit); });
  offerChoices(edit, index.data(OptionsModel::ChoicesRole).toStringList());
  return edit;
}

void OptionDelegate::setEditorData(QWidget* editor, const QModelIndex& index) const {
  auto* edit = static_cast<ValueEdit*>(editor);
  if (std::exchange(edit->filled, true)) return;
  edit->setText(index.data(Qt::EditRole).toString());
  edit->selectAll();
}

void OptionDelegate::setModelData(QWidget*, QAbstractItemModel*, const QModelIndex&) const {}

void OptionDelegate::updateEditorGeometry(QWidget* editor, const QStyleOptionViewItem& option,
                                          const QModelIndex&) const {
  QRect place = option.rect;
  if (place.width() < kLeastEdit) place.setLeft(place.right() - kLeastEdit + 1);
  editor->setGeometry(place);
}

void OptionDelegate::enter(QWidget* editor) {
  auto* edit = static_cast<ValueEdit*>(editor);
  auto* model = const_cast<QAbstractItemModel*>(edit->index.model());
  if (model == nullptr || model->setData(edit->index, edit->text(), Qt::EditRole)) {
    emit closeEditor(edit, NoHint);
    return;
  }
  markWrong(edit);
  edit->selectAll();
}

bool OptionDelegate::eventFilter(QObject* object, QEvent* event) {
  auto* editor = qobject_cast<QWidget*>(object);
  if (editor && event->type() == QEvent::KeyPress) {
    const int key = static_cast<QKeyEvent*>(event)->key();
    if (key == Qt::Key_Return || key == Qt::Key_Enter) {
      enter(editor);
      return true;
    }
  }
  return QStyledItemDelegate::eventFilter(object, event);
}

}  // namespace sockbench::ui
