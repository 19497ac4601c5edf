#include "ui/models/saved_sends_model.h"

#include <QMimeData>
#include <utility>

#include "ui/models/format.h"
#include "ui/models/shown_text.h"

namespace sockbench::ui {
namespace {

constexpr std::size_t kPreviewCharacters = 200;
constexpr std::size_t kToolTipCharacters = 400;

QString mimeType() {
  return QStringLiteral("application/x-sockbench-send");
}

}  // namespace

QString messagePreview(const MessageSpec& message) {
  return toQString(previewText(asBytes(message.body), kPreviewCharacters));
}

SavedSendsModel::SavedSendsModel(QObject* parent) : QAbstractItemModel(parent) {}

void SavedSendsModel::setSends(SavedSends sends) {
  beginResetModel();
  sends_ = std::move(sends);
  removed_.clear();
  endResetModel();
}

void SavedSendsModel::rewrite(const std::function<void(SavedSends&)>& change) {
  beginResetModel();
  change(sends_);
  endResetModel();
  emit edited();
}

SendNodeId SavedSendsModel::nodeAt(const QModelIndex& index) const {
  return index.isValid() ? SendNodeId{static_cast<std::uint32_t>(index.internalId())} : SendNodeId{};
}

QModelIndex SavedSendsModel::indexOf(SendNodeId id) const {
  const SavedSends::Node* node = id ? sends_.find(id) : nullptr;
  return node ? createIndex(static_cast<int>(node->row), 0, quintptr{id.value}) : QModelIndex();
}

const SavedSend* SavedSendsModel::sendAt(SendNodeId id) const {
  const SavedSends::Node* node = id ? sends_.find(id) : nullptr;
  return node && !node->isFolder ? &node->send : nullptr;
}

void SavedSendsModel::announce(SendNodeId id) {
  const QModelIndex index = indexOf(id);
  if (index.isValid()) emit dataChanged(index, index);
}

// What core makes is known, and refused, before the views may hear of it: it is taken out again, and put back
// while they listen.
void SavedSendsModel::tellInserted(SendNodeId id) {
  SavedSends::Taken taken = sends_.take(id);
  const auto [parent, row] = sends_.placeOf(taken);
  beginInsertRows(indexOf(parent), static_cast<int>(row), static_cast<int>(row));
  sends_.putBack(std::move(taken));
  endInsertRows();
}

Result<SendNodeId> SavedSendsModel::addSend(SendNodeId folder, std::size_t row, SavedSend send) {
  const unsigned key = std::exchange(send.hotKey, 0);
  const auto added = sends_.addSend(folder, row, std::move(send));
  if (!added) return added;
  tellInserted(*added);
  if (key != 0) {
    (void)setHotKey(*added, key);
  } else {
    emit edited();
  }
  return added;
}

Result<SendNodeId> SavedSendsModel::addFolder(SendNodeId parent, std::size_t row, std::string name) {
  const auto added = sends_.addFolder(parent, row, std::move(name));
  if (!added) return added;
  tellInserted(*added);
  emit edited();
  return added;
}

Result<void> SavedSendsModel::rename(SendNodeId id, std::string name) {
  const auto done = sends_.rename(id, std::move(name));
  if (!done) return done;
  announce(id);
  emit edited();
  return done;
}

Result<void> SavedSendsModel::change(SendNodeId id, SavedSend send) {
  const SendNodeId before = sends_.withHotKey(send.hotKey);
  const auto done = sends_.change(id, std::move(send));
  if (!done) return done;
  announce(before);
  announce(id);
  emit edited();
  return done;
}

Result<void> SavedSendsModel::setHotKey(SendNodeId id, unsigned key) {
  const SendNodeId before = sends_.withHotKey(key);
  const auto done = sends_.setHotKey(id, key);
  if (!done) return done;
  announce(before);
  announce(id);
  emit edited();
  return done;
}

Result<void> SavedSendsModel::move(SendNodeId id, SendNodeId folder, std::size_t row) {
  if (const auto possible = sends_.canMove(id, folder); !possible) return possible;
  const SavedSends::Node& node = *sends_.find(id);
  const std::size_t place = std::min(row, sends_.find(folder)->children.size());
  const int from = static_cast<int>(node.row);
  // False: it would stand where it stands.
  if (!beginMoveRows(indexOf(node.parent), from, from, indexOf(folder), static_cast<int>(place))) return {};
  (void)sends_.move(id, folder, place);
  endMoveRows();
  announce(id);  // its name may have got a number
  emit edited();
  return {};
}

Result<SendNodeId> SavedSendsModel::duplicate(SendNodeId id) {
  const auto made = sends_.duplicate(id);
  if (!made) return made;
  tellInserted(*made);
  emit edited();
  return made;
}

void SavedSendsModel::remove(SendNodeId id) {
  const QModelIndex index = indexOf(id);
  if (!index.isValid()) return;
  beginRemoveRows(index.parent(), index.row(), index.row());
  removed_.append(sends_.take(id));
  endRemoveRows();
  if (removed_.size() > kMostUndo) removed_.removeFirst();
  emit edited();
}

QString SavedSendsModel::lastRemoved() const {
  return removed_.isEmpty() ? QString() : shownText(removed_.last().nodes.front().send.name);
}

SendNodeId SavedSendsModel::undoRemove() {
  if (removed_.isEmpty()) return {};
  SavedSends::Taken taken = removed_.takeLast();
  const auto [parent, row] = sends_.placeOf(taken);
  beginInsertRows(indexOf(parent), static_cast<int>(row), static_cast<int>(row));
  const SendNodeId id = sends_.putBack(std::move(taken));
  endInsertRows();
  emit edited();
  return id;
}

QModelIndex SavedSendsModel::index(int row, int column, const QModelIndex& parent) const {
  if (column != 0 || row < 0 || row >= rowCount(parent)) return {};
  const SavedSends::Node& node = *sends_.find(nodeAt(parent));
  return createIndex(row, 0, quintptr{node.children[static_cast<std::size_t>(row)].value});
}

QModelIndex SavedSendsModel::parent(const QModelIndex& child) const {
  const SavedSends::Node* node = child.isValid() ? sends_.find(nodeAt(child)) : nullptr;
  return node ? indexOf(node->parent) : QModelIndex();
}

int SavedSendsModel::rowCount(const QModelIndex& parent) const {
  if (parent.column() > 0) return 0;
  const SavedSends::Node* node = sends_.find(nodeAt(parent));
  return node ? static_cast<int>(node->children.size()) : 0;
}

int SavedSendsModel::columnCount(const QModelIndex&) const {
  return 1;
}

QString SavedSendsModel::toolTip(const SavedSends::Node& node) const {
  if (node.isFolder) return plainToolTip(shownText(node.send.name));
  QStringList lines{shownText(node.send.name)};
  lines << toQString(previewText(asBytes(node.send.message.body), kToolTipCharacters));
  if (!node.send.endpoint.empty()) lines << tr("For %1").arg(shownText(node.send.endpoint));
  if (!node.send.plan.isOnce()) lines << tr("With a plan: it is sent more than once, or not at once");
  if (!node.send.note.empty()) lines << shownText(node.send.note);
  return plainToolTip(lines.join(QLatin1Char('\n')));
}

QVariant SavedSendsModel::data(const QModelIndex& index, int role) const {
  const SavedSends::Node* node = index.isValid() ? sends_.find(nodeAt(index)) : nullptr;
  if (!node) return {};
  switch (role) {
    case Qt::DisplayRole:
      return shownText(node->send.name);
    case Qt::EditRole:
      return toQString(node->send.name);
    case Qt::ToolTipRole:
      return toolTip(*node);
    case Qt::AccessibleTextRole:
      return node->send.hotKey == 0 ? shownText(node->send.name)
                                    : tr("%1, Alt+%2").arg(shownText(node->send.name)).arg(node->send.hotKey);
    case IdRole:
      return node->id.value;
    case FolderRole:
      return node->isFolder;
    case HotKeyRole:
      return node->send.hotKey == 0 ? QString() : QStringLiteral("Alt+%1").arg(node->send.hotKey);
    case PreviewRole:
      return node->isFolder ? QString() : messagePreview(node->send.message);
    default:
      return {};
  }
}

bool SavedSendsModel::setData(const QModelIndex& index, const QVariant& value, int role) {
  if (!index.isValid() || role != Qt::EditRole) return false;
  const auto done = rename(nodeAt(index), toUtf8(value.toString().trimmed()));
  if (!done) emit refused(done.error());
  return done.has_value();
}

Qt::ItemFlags SavedSendsModel::flags(const QModelIndex& index) const {
  if (!index.isValid()) return Qt::ItemIsDropEnabled;
  const auto usual = Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsEditable | Qt::ItemIsDragEnabled;
  const bool folder = index.data(FolderRole).toBool();
  return folder ? usual | Qt::ItemIsDropEnabled : usual | Qt::ItemNeverHasChildren;
}

QStringList SavedSendsModel::mimeTypes() const {
  return {mimeType()};
}

QMimeData* SavedSendsModel::mimeData(const QModelIndexList& indexes) const {
  if (indexes.isEmpty()) return nullptr;
  const SendNodeId id = nodeAt(indexes.first());
  auto* data = new QMimeData;
  const quintptr model = reinterpret_cast<quintptr>(this);
  data->setData(mimeType(), QByteArray::number(qulonglong{model}) + ' ' + QByteArray::number(id.value));
  if (const SavedSend* send = sendAt(id)) data->setText(toQString(send->message.body));
  return data;
}

// What is dragged, where it is of this very library.
std::optional<SendNodeId> SavedSendsModel::dragged(const QMimeData* data) const {
  const QList<QByteArray> parts = data->data(mimeType()).split(' ');
  if (parts.size() != 2 || parts[0] != QByteArray::number(qulonglong{reinterpret_cast<quintptr>(this)}))
    return std::nullopt;
  const SendNodeId id{parts[1].toUInt()};
  return id && sends_.find(id) ? std::optional(id) : std::nullopt;
}

bool SavedSendsModel::canDropMimeData(const QMimeData* data, Qt::DropAction action, int, int,
                                      const QModelIndex& parent) const {
  const auto id = dragged(data);
  if (!id || action != Qt::MoveAction) return false;
  for (QModelIndex above = parent; above.isValid(); above = above.parent()) {
    if (nodeAt(above) == *id) return false;
  }
  return !parent.isValid() || parent.data(FolderRole).toBool();
}

bool SavedSendsModel::dropMimeData(const QMimeData* data, Qt::DropAction action, int row, int column,
                                   const QModelIndex& parent) {
  if (!canDropMimeData(data, action, row, column, parent)) return false;
  const auto done =
      move(*dragged(data), nodeAt(parent), row < 0 ? SavedSends::kAtEnd : static_cast<std::size_t>(row));
  if (!done) emit refused(done.error());
  return done.has_value();
}

}  // namespace sockbench::ui
