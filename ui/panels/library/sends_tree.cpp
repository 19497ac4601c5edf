#include "ui/panels/library/sends_tree.h"

#include <QActionGroup>
#include <QApplication>
#include <QContextMenuEvent>
#include <QMenu>
#include <QPainter>
#include <QStyledItemDelegate>

#include "ui/bridge/core_types.h"
#include "ui/models/saved_sends_filter.h"
#include "ui/models/saved_sends_model.h"
#include "ui/models/shown_text.h"
#include "ui/widgets/theme.h"

namespace sockbench::ui {
namespace {

constexpr int kGap = 8;  // between name and preview
constexpr int kPadding = 4;

// The name, dimmed the message, and at the right the key.
class SendDelegate : public QStyledItemDelegate {
 public:
  using QStyledItemDelegate::QStyledItemDelegate;

  void paint(QPainter* painter, const QStyleOptionViewItem& given, const QModelIndex& index) const override {
    QStyleOptionViewItem option = given;
    initStyleOption(&option, index);
    const QString name = std::exchange(option.text, QString());
    const QStyle* style = option.widget ? option.widget->style() : QApplication::style();
    style->drawControl(QStyle::CE_ItemViewItem, &option, painter, option.widget);
    painter->save();
    if (index.data(SavedSendsModel::FolderRole).toBool()) option.font.setWeight(QFont::DemiBold);
    painter->setFont(option.font);
    const QFontMetrics metrics(option.font);
    QRect place = option.rect.adjusted(kPadding, 0, -kPadding, 0);
    if (const QString key = index.data(SavedSendsModel::HotKeyRole).toString(); !key.isEmpty()) {
      draw(painter, place, Qt::AlignRight, key, theme::color(theme::Role::accent));
      place.setRight(place.right() - metrics.horizontalAdvance(key) - kGap);
    }
    draw(painter, place, Qt::AlignLeft, name, theme::color(theme::Role::text));
    place.setLeft(place.left() + metrics.horizontalAdvance(name) + kGap);
    if (place.width() > 3 * kGap)
      draw(painter, place, Qt::AlignLeft, index.data(SavedSendsModel::PreviewRole).toString(),
           theme::color(theme::Role::dim));
    painter->restore();
  }

  QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const override {
    return {option.fontMetrics.averageCharWidth() * 12, option.fontMetrics.height() + 2 * kPadding};
  }

 private:
  static void draw(QPainter* painter, const QRect& place, Qt::AlignmentFlag side, const QString& text,
                   const QColor& color) {
    painter->setPen(color);
    painter->drawText(place, Qt::AlignVCenter | side | Qt::TextSingleLine,
                      painter->fontMetrics().elidedText(text, Qt::ElideRight, place.width()));
  }
};

}  // namespace

SendsTree::SendsTree(SavedSendsModel* model, QWidget* parent)
    : QTreeView(parent), sends_(model), filter_(new SavedSendsFilter(model, this)) {
  setObjectName(QStringLiteral("libraryTree"));
  setAccessibleName(tr("Saved sends"));
  setHeaderHidden(true);
  setUniformRowHeights(true);
  setIndentation(16);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setItemDelegate(new SendDelegate(this));
  setEditTriggers(EditKeyPressed);
  setDragDropMode(InternalMove);
  setDefaultDropAction(Qt::MoveAction);
  setDropIndicatorShown(true);
  setExpandsOnDoubleClick(true);
  setModel(filter_);
  connect(model, &SavedSendsModel::refused, this, &SendsTree::refused);
}

SendNodeId SendsTree::current() const {
  return sends_->nodeAt(filter_->mapToSource(currentIndex()));
}

void SendsTree::goTo(SendNodeId id) {
  const QModelIndex index = filter_->mapFromSource(sends_->indexOf(id));
  if (!index.isValid()) return;
  setCurrentIndex(index);
  scrollTo(index);
}

void SendsTree::startRename(SendNodeId id) {
  goTo(id);
  setFocus();
  if (current() == id) edit(currentIndex());
}

std::pair<SendNodeId, std::size_t> SendsTree::placeForNew() const {
  const SavedSends::Node* node = sends_->sends().find(current());
  if (!node || node->isFolder) return {node ? node->id : SendNodeId{}, SavedSends::kAtEnd};
  return {node->parent, node->row + 1};
}

void SendsTree::setSearch(const QString& text) {
  const SendNodeId before = current();
  filter_->setSearch(text);
  if (filter_->isSearching()) expandAll();
  if (before) goTo(before);
  if (!current() && filter_->rowCount() > 0) setCurrentIndex(filter_->index(0, 0));
}

void SendsTree::addFolder() {
  const auto [parent, row] = placeForNew();
  const auto added = sends_->addFolder(parent, row, toUtf8(tr("New folder")));
  if (!added) return emit refused(added.error());
  startRename(*added);
}

void SendsTree::removeCurrent() {
  if (const SendNodeId id = current()) sends_->remove(id);
}

void SendsTree::duplicateCurrent() {
  const auto made = sends_->duplicate(current());
  if (!made) return emit refused(made.error());
  goTo(*made);
}

bool SendsTree::event(QEvent* event) {
  // Keys that are the tree's own while it has the focus.
  if (event->type() == QEvent::ShortcutOverride) {
    const int key = static_cast<QKeyEvent*>(event)->key();
    if (key == Qt::Key_Delete || key == Qt::Key_F2 || (key == Qt::Key_Escape && state() == EditingState))
      event->accept();
  }
  return QTreeView::event(event);
}

void SendsTree::keyPressEvent(QKeyEvent* event) {
  const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
  const SendNodeId id = state() == EditingState ? SendNodeId{} : current();
  if (id && event->key() == Qt::Key_Delete && event->modifiers() == Qt::NoModifier) {
    removeCurrent();
  } else if (id && enter && event->modifiers() == Qt::NoModifier) {
    if (sends_->sendAt(id))
      emit sendRequested(id);
    else
      setExpanded(currentIndex(), !isExpanded(currentIndex()));
  } else {
    QTreeView::keyPressEvent(event);
  }
}

void SendsTree::mouseDoubleClickEvent(QMouseEvent* event) {
  const QModelIndex index = filter_->mapToSource(indexAt(event->pos()));
  QTreeView::mouseDoubleClickEvent(event);
  if (event->button() == Qt::LeftButton && sends_->sendAt(sends_->nodeAt(index)))
    emit sendRequested(sends_->nodeAt(index));
}

void SendsTree::currentChanged(const QModelIndex& current, const QModelIndex& previous) {
  QTreeView::currentChanged(current, previous);
  emit currentNodeChanged();
}

// While only a part is shown there is no order to be changed.
void SendsTree::startDrag(Qt::DropActions actions) {
  if (!filter_->isSearching()) QTreeView::startDrag(actions);
}

void SendsTree::addKeys(QMenu* menu, SendNodeId id) {
  QMenu* keys = menu->addMenu(tr("&Key"));
  const unsigned has = sends_->sendAt(id)->hotKey;
  for (unsigned key = 0; key <= 9; ++key) {
    const SavedSend* holder = sends_->sendAt(sends_->sends().withHotKey(key));
    QString text = key == 0 ? tr("None") : QStringLiteral("Alt+&%1").arg(key);
    if (holder && key != has)
      text += QStringLiteral("   ") +
              shownText(holder->name).left(40).replace(QLatin1Char('&'), QLatin1String("&&"));
    QAction* action = keys->addAction(text);
    action->setCheckable(true);
    action->setChecked(key == has);
    connect(action, &QAction::triggered, sends_, [this, id, key] { (void)sends_->setHotKey(id, key); });
  }
}

void SendsTree::contextMenuEvent(QContextMenuEvent* event) {
  const SendNodeId id = indexAt(event->pos()).isValid() || event->reason() == QContextMenuEvent::Keyboard
                            ? current()
                            : SendNodeId{};
  QMenu menu(this);
  menu.setObjectName(QStringLiteral("libraryContextMenu"));
  if (sends_->sendAt(id)) {
    menu.addAction(theme::icon(QStringLiteral("send")), tr("&Send"), this,
                   [this, id] { emit sendRequested(id); });
    menu.addAction(tr("&Edit in the composer"), this, [this, id] { emit editRequested(id); });
    addKeys(&menu, id);
    menu.addSeparator();
  }
  menu.addAction(theme::icon(QStringLiteral("add")), tr("New &folder"), this, [this, id] {
    if (!id) setCurrentIndex({});
    addFolder();
  });
  if (id) {
    menu.addAction(tr("&Rename"), QKeySequence(Qt::Key_F2), this, [this, id] { startRename(id); });
    menu.addAction(theme::icon(QStringLiteral("copy")), tr("&Duplicate"), this, &SendsTree::duplicateCurrent);
    menu.addAction(theme::icon(QStringLiteral("clear")), tr("De&lete"), QKeySequence(Qt::Key_Delete), this,
                   &SendsTree::removeCurrent);
  }
  menu.exec(event->globalPos());
}

}  // namespace sockbench::ui
