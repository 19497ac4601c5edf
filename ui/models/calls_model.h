// CallsModel: the lines of a bench, each with what became of it. Thread: gui.
//
// A row is known by its key, which stays when others go, and so does its number. It paints what it has:
// answers are held as they came and written out row by row.
#pragma once

#include <QAbstractTableModel>
#include <deque>
#include <optional>
#include <set>

#include "ui/bridge/calls_bridge.h"

namespace sockbench::ui {

struct CallRow {
  enum class State { fresh, waiting, done, refused, passed };
  quint64 key = 0;
  std::string text;  // the line, as it was written
  State state = State::fresh;
  std::chrono::steady_clock::time_point begun{};
  std::shared_ptr<const CallOutcome> outcome{};  // of `done`
  std::shared_ptr<const Error> error{};          // of `refused`
};

class CallsModel : public QAbstractTableModel {
  Q_OBJECT
 public:
  enum Column { Number, Call, Result, Errno, Time, kColumns };
  enum class Tone { plain, dim, waiting, error };
  Q_ENUM(Tone)
  enum Role { ToneRole = Qt::UserRole + 1 };

  explicit CallsModel(QObject* parent = nullptr);

  // Adds lines at the end and answers the first one's key; the others' follow one by one.
  quint64 append(const std::vector<std::string>& lines);
  void setText(int row, const std::string& text);  // and forgets what became of it
  void remove(int row, int count = 1);
  void clear();
  void forgetAnswers(int fromRow);  // they are to be run again
  void take(const QList<CallNews>& news);
  void tick();  // time has passed for the rows that wait

  const CallRow* rowAt(int row) const;  // nullptr: no such row
  int rowOf(quint64 key) const;         // -1: it is gone
  CallsBridge::Lines lines(int fromRow) const;
  std::string script() const;  // all lines, each ended by \n
  bool isWaiting() const { return !waiting_.empty(); }
  std::optional<quint64> lastWaiting() const;  // the row that began last

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 signals:
  void waitingChanged(bool waiting);  // something waits now, or nothing does any more

 private:
  QString cellText(const CallRow& row, int column) const;
  static QString resultText(const CallRow& row);
  static QString errnoCell(const CallRow& row);
  static Tone tone(const CallRow& row, int column);
  void settle(CallRow& row, const CallNews& news);
  void tellWaiting(bool before);

  std::deque<CallRow> rows_;  // by key
  std::set<quint64> waiting_;
  quint64 nextKey_ = 1;
  quint64 firstKey_ = 1;  // since clear()
};

}  // namespace sockbench::ui
