// NewsDoor: where other threads ask a QObject to come and look. However often they knock, one call is queued;
// when the object has gone, the door leads nowhere.
#pragma once

#include <QMetaObject>
#include <QObject>
#include <functional>
#include <memory>
#include <mutex>
#include <utility>

namespace sockbench::ui {

class NewsDoor : public std::enable_shared_from_this<NewsDoor> {
 public:
  // `look` runs in the thread of `owner`. The owner calls close() before it goes. Thread: the owner's.
  NewsDoor(QObject* owner, std::function<void()> look) : owner_(owner), look_(std::move(look)) {}

  void knock() {  // thread: any
    const std::lock_guard lock(mutex_);
    if (owner_ == nullptr || std::exchange(knocked_, true)) return;
    QMetaObject::invokeMethod(
        owner_, [door = shared_from_this()] { door->answer(); }, Qt::QueuedConnection);
  }

  void close() {  // thread: the owner's
    const std::lock_guard lock(mutex_);
    owner_ = nullptr;
  }

 private:
  // Knocks from now on are heard anew.
  void answer() {
    {
      const std::lock_guard lock(mutex_);
      knocked_ = false;
    }
    look_();
  }

  std::mutex mutex_;
  QObject* owner_;
  bool knocked_ = false;
  const std::function<void()> look_;
};

}  // namespace sockbench::ui
