// InterfaceFollower: an InterfaceWatch's news as signals of the GUI thread, while it is asked for. Idle, it
// costs nothing. Thread: gui.
#pragma once

#include <QObject>
#include <atomic>
#include <memory>

#include "core/resolve/interface_watch.h"
#include "ui/bridge/core_types.h"

namespace sockbench::ui {

class InterfaceFollower : public QObject {
  Q_OBJECT
 public:
  using QObject::QObject;

  void start();  // where that fails: ended()
  void stop();
  bool isRunning() const { return watch_ != nullptr; }

 signals:
  void changed();  // once for any number of changes that wait to be told
  void ended(const sockbench::Error& why);

 private:
  void tell(const Result<void>& news);  // on the watch's thread
  std::atomic<bool> told_{false};
  std::unique_ptr<InterfaceWatch> watch_;  // ends before what it uses
};

}  // namespace sockbench::ui
