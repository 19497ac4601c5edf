// ScenarioReading: what the text of a page means. It is read off the GUI thread, once typing has paused.
// Thread: gui.
#pragma once

#include <QByteArray>
#include <QObject>
#include <QString>
#include <QTimer>
#include <chrono>
#include <optional>

#include "core/automation/scenario/scenario.h"

namespace sockbench::ui {

class ScenarioReading : public QObject {
  Q_OBJECT
 public:
  static constexpr std::chrono::milliseconds kReadAfter{200};

  explicit ScenarioReading(QObject* parent = nullptr);

  // Another text, or the same: then nothing is read. `path` names it and is where its relative paths begin.
  void setText(const QByteArray& text, const QString& path);
  void readNow();          // what waits is read at once; read() tells, later
  bool isPending() const;  // the last text has not been read yet

  const ScenarioPtr& scenario() const { return scenario_; }     // nullptr: there is an error, or no text yet
  const std::optional<Error>& error() const { return error_; }  // tomlErrorPlace() says where

 signals:
  void read();

 private:
  QTimer pause_;
  QByteArray text_;
  QString path_;
  bool isFirst_ = true;
  quint64 wanted_ = 0;  // counts texts
  quint64 asked_ = 0;   // of these, the last that is being read, or was
  quint64 done_ = 0;
  ScenarioPtr scenario_;
  std::optional<Error> error_;
};

}  // namespace sockbench::ui
