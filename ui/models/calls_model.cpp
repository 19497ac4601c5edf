#include "ui/models/calls_model.h"

#include <algorithm>

#include "core/payload/visible_text.h"
#include "ui/models/calls_text.h"
#include "ui/models/format.h"

namespace sockbench::ui {
namespace {

constexpr std::string_view kBlank = " \t\r\n";

bool isComment(std::string_view line) {
  const std::size_t first = line.find_first_not_of(kBlank);
  return first == std::string_view::npos || line[first] == '#';
}

// The name of the call, for "waiting in accept()": what stands before the parenthesis.
QString callName(std::string_view line) {
  const std::size_t end = std::min(line.find('('), line.size());
  std::string_view name = line.substr(0, end);
  if (const std::size_t start = name.find_last_of(" .=\t"); start != std::string_view::npos)
    name.remove_prefix(start + 1);
  return visibleLine(name);
}

std::chrono::nanoseconds waited(const CallRow& row) {
  return std::max(std::chrono::steady_clock::now() - row.begun, std::chrono::steady_clock::duration::zero());
}

}  // namespace

CallsModel::CallsModel(QObject* parent) : QAbstractTableModel(parent) {}

quint64 CallsModel::append(const std::vector<std::string>& lines) {
  const quint64 first = nextKey_;
  if (lines.empty()) return first;
  const int begin = rowCount();
  beginInsertRows({}, begin, begin + static_cast<int>(lines.size()) - 1);
  for (const std::string& line : lines) {
    CallRow& row = rows_.emplace_back();
    row.key = nextKey_++;
    row.text = line;
  }
  endInsertRows();
  return first;
}

void CallsModel::setText(int row, const std::string& text) {
  if (rowAt(row) == nullptr) return;
  CallRow& changed = rows_[static_cast<std::size_t>(row)];
  const bool before = isWaiting();
  changed = {.key = changed.key, .text = text};
  waiting_.erase(changed.key);
  emit dataChanged(index(row, 0), index(row, kColumns - 1));
  tellWaiting(before);
}

void CallsModel::remove(int row, int count) {
  if (count <= 0 || row < 0 || row + count > rowCount()) return;
  const bool before = isWaiting();
  beginRemoveRows({}, row, row + count - 1);
  const auto from = rows_.begin() + row;
  std::for_each(from, from + count, [this](const CallRow& gone) { waiting_.erase(gone.key); });
  rows_.erase(from, from + count);
  endRemoveRows();
  tellWaiting(before);
}

void CallsModel::clear() {
  const bool before = isWaiting();
  beginResetModel();
  rows_.clear();
  waiting_.clear();
  firstKey_ = nextKey_;
  endResetModel();
  tellWaiting(before);
}

void CallsModel::forgetAnswers(int fromRow) {
  if (fromRow < 0 || fromRow >= rowCount()) return;
  for (auto row = rows_.begin() + fromRow; row != rows_.end(); ++row)
    if (row->state != CallRow::State::waiting) *row = {.key = row->key, .text = std::move(row->text)};
  emit dataChanged(index(fromRow, 0), index(rowCount() - 1, kColumns - 1));
}

void CallsModel::settle(CallRow& row, const CallNews& news) {
  using What = CallNews::What;
  using State = CallRow::State;
  const bool began = news.what == What::began;
  row.state = began                        ? State::waiting
              : news.what == What::ended   ? State::done
              : news.what == What::refused ? State::refused
                                           : State::passed;
  if (began) row.begun = news.at;
  row.outcome = news.outcome;
  row.error = news.error;
  if (began)
    waiting_.insert(row.key);
  else
    waiting_.erase(row.key);
}

void CallsModel::take(const QList<CallNews>& news) {
  const bool before = isWaiting();
  int first = rowCount();
  int last = -1;
  for (const CallNews& piece : news) {
    const int row = rowOf(piece.key);
    if (row < 0) continue;
    settle(rows_[static_cast<std::size_t>(row)], piece);
    first = std::min(first, row);
    last = std::max(last, row);
  }
  if (last >= first) emit dataChanged(index(first, 0), index(last, kColumns - 1));
  tellWaiting(before);
}

void CallsModel::tellWaiting(bool before) {
  if (before != isWaiting()) emit waitingChanged(isWaiting());
}

void CallsModel::tick() {
  for (const quint64 key : waiting_) {
    const int row = rowOf(key);
    emit dataChanged(index(row, Result), index(row, Time), {Qt::DisplayRole});
  }
}

const CallRow* CallsModel::rowAt(int row) const {
  return row >= 0 && row < rowCount() ? &rows_[static_cast<std::size_t>(row)] : nullptr;
}

int CallsModel::rowOf(quint64 key) const {
  const auto found = std::ranges::lower_bound(rows_, key, {}, &CallRow::key);
  return found == rows_.end() || found->key != key ? -1 : static_cast<int>(found - rows_.begin());
}

CallsBridge::Lines CallsModel::lines(int fromRow) const {
  CallsBridge::Lines lines;
  for (int row = std::max(fromRow, 0); row < rowCount(); ++row) {
    const CallRow& line = rows_[static_cast<std::size_t>(row)];
    if (line.state != CallRow::State::waiting) lines.emplace_back(line.key, line.text);
  }
  return lines;
}

std::string CallsModel::script() const {
  std::string script;
  for (const CallRow& row : rows_) script.append(row.text).append("\n");
  return script;
}

std::optional<quint64> CallsModel::lastWaiting() const {
  if (waiting_.empty()) return std::nullopt;
  return *std::ranges::max_element(
      waiting_, {}, [this](quint64 key) { return rows_[static_cast<std::size_t>(rowOf(key))].begun; });
}

int CallsModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}

int CallsModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : kColumns;
}

QString CallsModel::resultText(const CallRow& row) {
  switch (row.state) {
    case CallRow::State::waiting:
      return tr("waiting in %1() %2").arg(callName(row.text), formatDuration(waited(row)));
    case CallRow::State::done:
      return callResultText(*row.outcome);
    case CallRow::State::refused:
      return toQString(visibleText(row.error->message()));
    case CallRow::State::fresh:
    case CallRow::State::passed:
      return {};
  }
  return {};
}

QString CallsModel::errnoCell(const CallRow& row) {
  if (row.outcome) return callErrnoText(*row.outcome);
  return row.error ? tr("not called") : QString();
}

QString CallsModel::cellText(const CallRow& row, int column) const {
  switch (column) {
    case Number:
      return formatCount(row.key - firstKey_ + 1);
    case Call:
      return visibleLine(row.text);
    case Result:
      return resultText(row);
    case Errno:
      return errnoCell(row);
    case Time:
      return row.outcome ? formatDuration(row.outcome->duration) : QString();
    default:
      return {};
  }
}

CallsModel::Tone CallsModel::tone(const CallRow& row, int column) {
  const bool answer = column == Result || column == Errno;
  if (isComment(row.text)) return Tone::dim;
  if (row.state == CallRow::State::fresh) return column == Call ? Tone::plain : Tone::dim;
  if (row.state == CallRow::State::waiting) return answer ? Tone::waiting : Tone::plain;
  if (row.state == CallRow::State::refused) return answer ? Tone::error : Tone::plain;
  if (row.outcome && !row.outcome->result) return answer ? Tone::error : Tone::plain;
  return column == Number || column == Time || column == Errno ? Tone::dim : Tone::plain;
}

QVariant CallsModel::data(const QModelIndex& index, int role) const {
  const CallRow* row = index.isValid() ? rowAt(index.row()) : nullptr;
  if (row == nullptr) return {};
  switch (role) {
    case Qt::DisplayRole:
      return cellText(*row, index.column());
    case Qt::ToolTipRole:
      return plainToolTip(cellText(*row, index.column()));
    case Qt::TextAlignmentRole: {
      const bool number = index.column() == Number || index.column() == Time;
      return QVariant((number ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    }
    case ToneRole:
      return static_cast<int>(tone(*row, index.column()));
    default:
      return {};
  }
}

QVariant CallsModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal || section < 0 || section >= kColumns) return {};
  if (role == Qt::TextAlignmentRole) {
    const bool number = section == Number || section == Time;
    return QVariant((number ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
  }
  if (role != Qt::DisplayRole) return {};
  const QStringList titles{tr("No."), tr("Call"), tr("Result"), tr("Errno"), tr("Time")};
  return titles[section];
}

}  // namespace sockbench::ui
