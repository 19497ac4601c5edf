// A look-up of the system's databases off the GUI thread: they may be anywhere, also behind a network.
// Thread: gui.
#pragma once

#include <QMetaObject>
#include <QObject>
#include <QThreadPool>
#include <memory>
#include <mutex>
#include <utility>

namespace sockbench::ui {

// Runs `work` on a thread of the global pool, then `done` with what it gave, in the thread of `context`, if
// that still lives.
template <class Work, class Done>
void inBackground(QObject* context, Work work, Done done) {
  // The lock keeps `context` from being destroyed while the answer is posted to it: a QPointer would not.
  struct Door {
    std::mutex mutex;
    QObject* context = nullptr;
    QMetaObject::Connection ending;
  };
  const auto door = std::make_shared<Door>();
  door->context = context;
  door->ending = QObject::connect(
      context, &QObject::destroyed, context,
      [door] {
        const std::lock_guard lock(door->mutex);
        door->context = nullptr;
      },
      Qt::DirectConnection);
  QThreadPool::globalInstance()->start([door, work = std::move(work), done = std::move(done)]() mutable {
    auto answer = std::make_shared<decltype(work())>(work());
    const std::lock_guard lock(door->mutex);
    if (door->context == nullptr) return;
    auto tell = [door, answer = std::move(answer), done = std::move(done)]() mutable {
      QObject::disconnect(door->ending);
      done(*answer);
    };
    QMetaObject::invokeMethod(door->context, std::move(tell), Qt::QueuedConnection);
  });
}

}  // namespace sockbench::ui
