// RaceModel: the addresses of a race as rows, in getaddrinfo's order: Happy Eyeballs' order and beginnings
// (RFC 8305), the address, and its course as text and as bars on one axis of time. Thread: gui.
#pragma once

#include <QAbstractTableModel>
#include <vector>

#include "core/resolve/happy_eyeballs.h"
#include "ui/panels/resolver/race/race_entry.h"

namespace sockbench::ui {

// A stretch of a row's axis; 0 and 1 are the axis' ends.
struct RaceBar {
  enum class Part { resolve, connect, firstByte, nothing, failed };  // nothing: no byte came
  Part part = Part::resolve;
  double from = 0;
  double to = 0;
  bool operator==(const RaceBar&) const = default;
};

// A piece of a course in words; `part` of nothing that has a bar: nullopt.
struct RaceWord {
  QString text;
  std::optional<RaceBar::Part> part;
};

class RaceModel : public QAbstractTableModel {
  Q_OBJECT
 public:
  enum Column { Address, Host, Course, Order, Begins, kColumns };
  static constexpr int kBarsRole = Qt::UserRole;         // QList<RaceBar>, of the column Course
  static constexpr int kWordsRole = Qt::UserRole + 1;    // QList<RaceWord>, of the column Course
  static constexpr int kFaultRole = Qt::UserRole + 2;    // bool: it failed
  static constexpr int kFastestRole = Qt::UserRole + 3;  // bool: the first of its host to be connected

  using QAbstractTableModel::QAbstractTableModel;

  void reset(std::vector<RaceEntry> entries);  // those of one host stand together
  void setEntry(int row, const RaceEntry& entry);
  void setElapsed(std::chrono::nanoseconds elapsed);  // since the race began: how long open bars are
  const RaceEntry* entry(int row) const;              // nullptr when there is none
  const std::vector<RaceEntry>& entries() const { return entries_; }
  int hosts() const;

  // The row with which a happy-eyeballs client of the host of `row` would end, and when; -1: with none (yet).
  int happyEnd(int row) const;
  std::chrono::nanoseconds happyAfter(int row) const;
  int fastest(int row) const;  // of the same host; -1: none has connected

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

 private:
  // The rows of one host.
  struct Group {
    int first = 0;
    int count = 0;
    std::vector<std::size_t> order;  // of the attempts: places within the group
    HappyEyeballsCourse course;
    int fastest = -1;  // row
  };
  void plan(Group& group);
  const Group& groupOf(int row) const { return groups_[groupOfRow_[static_cast<std::size_t>(row)]]; }
  std::size_t attemptOf(int row) const;  // its place in Happy Eyeballs' order
  QString orderText(int row) const;
  QList<RaceWord> words(int row) const;
  QString beginsText(int row) const;
  QList<RaceBar> bars(const RaceEntry& entry) const;
  std::chrono::nanoseconds endOf(const RaceEntry& entry) const;  // on the axis
  void measureAxis();

  std::vector<RaceEntry> entries_;
  std::vector<Group> groups_;
  std::vector<std::size_t> groupOfRow_;
  std::chrono::nanoseconds elapsed_{};
  std::chrono::nanoseconds axis_{1};
};

// "0.21", " + ", "0.41", " + ", "12.1", " ms": resolve, connect, first byte; or why it ended before.
QList<RaceWord> raceCourse(const RaceEntry& entry);
// The same in full, a line each.
QString raceDetails(const RaceEntry& entry);

}  // namespace sockbench::ui
