// FilterEdit: the line in which a filter of the timeline is written: applied as it is typed, the wrong place
// marked, and what may be typed offered. Thread: gui.
//
// Keys: Return applies and remembers, Esc clears, Ctrl+Space offers, Down on a line without offers asks for
// the shelf (recent and saved filters).
#pragma once

#include <QLineEdit>
#include <QTimer>
#include <chrono>
#include <optional>

#include "core/base/error.h"
#include "core/traffic/filter/filter.h"

class QCompleter;
class QStandardItemModel;

namespace sockbench::ui {

class FilterEdit : public QLineEdit {
  Q_OBJECT
 public:
  // `blank`: all rows. `prepared`: it can be read and waits for Return or for more to be typed.
  enum class State { blank, applied, prepared, invalid };
  // A sentence about text that cannot be read (yet) waits until a person has stopped typing.
  static constexpr std::chrono::milliseconds kSayAfter{700};

  explicit FilterEdit(QWidget* parent = nullptr);

  State state() const { return state_; }
  // What is applied: of the last text that could be read. nullptr: all rows.
  const FilterPtr& filter() const { return filter_; }
  QString appliedText() const;
  const std::optional<Error>& error() const { return error_; }

  void apply(const QString& text);    // in place of what stands there, and remembered
  void prepare(const QString& text);  // the same, but not applied yet

  // How much of the log is looked through, 0 to 1, drawn as a line at its foot; nullopt: all.
  void setProgress(std::optional<double> part);

 signals:
  void filterChanged();                           // filter()
  void errorTold(const sockbench::Error& error);  // a person is to read it
  void errorTaken();                              // it no longer holds
  void remembered(const QString& text);           // worth to be offered again
  void shelfRequested();

 protected:
  bool event(QEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void focusOutEvent(QFocusEvent* event) override;
  void paintEvent(QPaintEvent* event) override;

 private:
  void read();
  void use(FilterPtr filter, State state);
  void fail(const Error& error);
  void setState(State state);
  void applyNow();
  void tellError();
  void rememberApplied();
  void offer(bool evenIfBlank);
  bool offersAreOpen() const;
  void insertOffer(const QString& offer);
  void paintMark(QPainter& painter);

  FilterPtr filter_;
  State state_ = State::blank;
  bool preparing_ = false;
  std::optional<Error> error_;
  std::optional<double> progress_;
  QTimer sayError_;
  QCompleter* completer_;
  QStandardItemModel* offers_;
  int offerBegin_ = 0;  // the characters that an offer replaces
  int offerEnd_ = 0;
};

}  // namespace sockbench::ui
