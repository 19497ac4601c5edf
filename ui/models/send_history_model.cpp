#include "ui/models/send_history_model.h"

#include <utility>

#include "ui/models/format.h"
#include "ui/models/saved_sends_model.h"
#include "ui/models/shown_text.h"

namespace sockbench::ui {

void SendHistoryModel::add(SentMessage sent) {
  // What gives way is told by a reset: it may be any number of rows.
  const bool fits = history_.hasRoomFor(sent);
  if (fits) {
    beginInsertRows({}, 0, 0);
  } else {
    beginResetModel();
  }
  history_.add(std::move(sent));
  if (fits) {
    endInsertRows();
  } else {
    endResetModel();
  }
  emit edited();
}

void SendHistoryModel::setHistory(SendHistory history) {
  beginResetModel();
  history_ = std::move(history);
  endResetModel();
}

void SendHistoryModel::clear() {
  beginResetModel();
  history_.clear();
  endResetModel();
  emit edited();
}

const SentMessage* SendHistoryModel::at(int row) const {
  const auto& entries = history_.entries();
  if (row < 0 || row >= rowCount()) return nullptr;
  return &entries[entries.size() - 1 - static_cast<std::size_t>(row)];
}

int SendHistoryModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(history_.entries().size());
}

int SendHistoryModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : kColumns;
}

QVariant SendHistoryModel::display(const SentMessage& sent, int column) const {
  switch (column) {
    case Time:
      return formatTimeOfDay(sent.time).left(8);
    case Message:
      return messagePreview(sent.message);
    default:
      return shownText(sent.target);
  }
}

QVariant SendHistoryModel::data(const QModelIndex& index, int role) const {
  const SentMessage* sent = index.isValid() ? at(index.row()) : nullptr;
  if (!sent) return {};
  if (role == Qt::DisplayRole) return display(*sent, index.column());
  if (role != Qt::ToolTipRole) return {};
  QStringList lines{formatTimeInFull(sent->time), shownText(sent->target),
                    tr("%Ln byte(s)", nullptr, pluralNumber(sent->bytes)), messagePreview(sent->message)};
  if (!sent->outcome.empty()) lines << shownText(sent->outcome);
  return plainToolTip(lines.join(QLatin1Char('\n')));
}

QVariant SendHistoryModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
  switch (section) {
    case Time:
      return tr("Time");
    case Message:
      return tr("Message");
    case Target:
      return tr("To");
    default:
      return {};
  }
}

}  // namespace sockbench::ui
