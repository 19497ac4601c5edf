#include "ui/panels/resolver/race/race_model.h"

#include <QFont>
#include <algorithm>

#include "core/payload/visible_text.h"
#include "ui/bridge/core_types.h"
#include "ui/models/format.h"
#include "ui/widgets/theme.h"

namespace sockbench::ui {

namespace {

QString joined(const QList<RaceWord>& words) {
  QString text;
  for (const RaceWord& word : words) text += word.text;
  return text;
}

QString titleToolTip(int section) {
  switch (section) {
    case RaceModel::Course:
      return RaceModel::tr("Milliseconds that the look-up, connecting and the wait for the first byte took");
    case RaceModel::Order:
      return RaceModel::tr(
          "Happy Eyeballs (RFC 8305): the order in which a client would try the addresses, the families in "
          "turn; ✓ the one with which it would end");
    case RaceModel::Begins:
      return RaceModel::tr(
          "Happy Eyeballs (RFC 8305): when the client would begin with it, 250 ms after the one before or as "
          "soon as that has failed");
    default:
      return {};
  }
}

}  // namespace

void RaceModel::reset(std::vector<RaceEntry> entries) {
  beginResetModel();
  entries_ = std::move(entries);
  groups_.clear();
  groupOfRow_.clear();
  for (int row = 0; row < rowCount(); ++row) {
    if (row == 0 || entry(row)->host != entry(row - 1)->host)
      groups_.push_back({.first = row, .count = 0, .order = {}, .course = {}, .fastest = -1});
    ++groups_.back().count;
    groupOfRow_.push_back(groups_.size() - 1);
  }
  for (Group& group : groups_) {
    std::vector<SocketAddress> addresses;
    for (int i = 0; i < group.count; ++i) addresses.push_back(entry(group.first + i)->address);
    group.order = happyEyeballsOrder(addresses);
    plan(group);
  }
  elapsed_ = {};
  measureAxis();
  endResetModel();
}

void RaceModel::plan(Group& group) {
  std::vector<AttemptCourse> attempts;
  group.fastest = -1;
  for (const std::size_t place : group.order) {
    const RaceEntry& one = *entry(group.first + static_cast<int>(place));
    AttemptCourse course{.connected = one.connected, .failed = {}};
    if (one.stage == RaceEntry::Stage::failed && !one.connected) course.failed = one.lasted;
    attempts.push_back(course);
  }
  group.course = happyEyeballsCourse(attempts);
  for (int row = group.first; row < group.first + group.count; ++row) {
    if (!entry(row)->connected) continue;
    if (group.fastest < 0 || *entry(row)->connected < *entry(group.fastest)->connected) group.fastest = row;
  }
}

void RaceModel::setEntry(int row, const RaceEntry& changed) {
  entries_.at(static_cast<std::size_t>(row)) = changed;
  Group& group = groups_[groupOfRow_[static_cast<std::size_t>(row)]];
  plan(group);
  measureAxis();
  emit dataChanged(index(group.first, 0), index(group.first + group.count - 1, kColumns - 1));
}

void RaceModel::setElapsed(std::chrono::nanoseconds elapsed) {
  elapsed_ = elapsed;
  measureAxis();
  if (!entries_.empty()) emit dataChanged(index(0, Course), index(rowCount() - 1, Course));
}

const RaceEntry* RaceModel::entry(int row) const {
  if (row < 0 || row >= rowCount()) return nullptr;
  return &entries_[static_cast<std::size_t>(row)];
}

int RaceModel::hosts() const {
  return static_cast<int>(groups_.size());
}

std::size_t RaceModel::attemptOf(int row) const {
  const Group& group = groupOf(row);
  const auto place = static_cast<std::size_t>(row - group.first);
  return static_cast<std::size_t>(std::ranges::find(group.order, place) - group.order.begin());
}

int RaceModel::happyEnd(int row) const {
  const Group& group = groupOf(row);
  return group.course.winner ? group.first + static_cast<int>(group.order[*group.course.winner]) : -1;
}

std::chrono::nanoseconds RaceModel::happyAfter(int row) const {
  return groupOf(row).course.after.value_or(std::chrono::nanoseconds{});
}

int RaceModel::fastest(int row) const {
  return groupOf(row).fastest;
}

int RaceModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(entries_.size());
}

int RaceModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : kColumns;
}

QString RaceModel::orderText(int row) const {
  const std::size_t number = attemptOf(row) + 1;
  return happyEnd(row) == row ? tr("%1 ✓").arg(number) : QString::number(number);
}

QString RaceModel::beginsText(int row) const {
  const AttemptPlan& plan = groupOf(row).course.attempts[attemptOf(row)];
  if (!plan.needed) return tr("not tried");
  return plan.begins.count() == 0 ? tr("at once") : QLatin1Char('+') + formatDuration(plan.begins);
}

QList<RaceWord> RaceModel::words(int row) const {
  QList<RaceWord> all = raceCourse(*entry(row));
  if (fastest(row) == row) all += {tr(" · fastest"), {}};
  return all;
}

QVariant RaceModel::data(const QModelIndex& index, int role) const {
  const RaceEntry* one = index.isValid() ? entry(index.row()) : nullptr;
  if (!one) return {};
  const int row = index.row();
  const bool failed = one->stage == RaceEntry::Stage::failed;
  const bool isFastest = fastest(row) == row;
  switch (role) {
    case Qt::DisplayRole:
      switch (index.column()) {
        case Order:
          return orderText(row);
        case Begins:
          return beginsText(row);
        case Address:
          return toQString(one->address.ip());
        case Host:
          return one->host;
        default:
          return joined(words(row));
      }
    case Qt::ToolTipRole:
      return plainToolTip(index.column() == Host ? one->host : raceDetails(*one));
    case Qt::FontRole: {
      QFont font = theme::tabularFont();
      font.setBold(index.column() == Address && isFastest);
      return font;
    }
    case Qt::ForegroundRole:
      if (index.column() == Order && happyEnd(row) == row) return theme::color(theme::Role::good);
      if (index.column() == Begins || !one->isOver()) return theme::color(theme::Role::dim);
      return {};
    case kBarsRole:
      return index.column() == Course ? QVariant::fromValue(bars(*one)) : QVariant();
    case kWordsRole:
      return index.column() == Course ? QVariant::fromValue(words(row)) : QVariant();
    case kFaultRole:
      return failed;
    case kFastestRole:
      return isFastest;
    default:
      return {};
  }
}

QVariant RaceModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal) return {};
  if (role == Qt::ToolTipRole) return plainToolTip(titleToolTip(section));
  if (role != Qt::DisplayRole) return {};
  switch (section) {
    case Order:
      return tr("HE #");
    case Begins:
      return tr("HE start");
    case Address:
      return tr("Address");
    case Host:
      return tr("Host");
    case Course:
      return tr("Resolve + connect + first byte");
    default:
      return {};
  }
}

}  // namespace sockbench::ui
