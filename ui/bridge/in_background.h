// A look-up of the system's databases off the GUI thread: they may be anywhere, also behind a network.
// Thread: gui.
#pragma once

#include <QFuture>
#include <QObject>
#include <QPromise>
#include <QThreadPool>
#include <memory>
#include <utility>

namespace sockbench::ui {

// Runs `work` on a thread of the global pool, then `done` with what it gave, in the thread of `context`, if
// that still lives.
template <class Work, class Done>
void inBackground(QObject* context, Work work, Done done) {
  using Answer = decltype(work());
  auto promise = std::make_shared<QPromise<std::shared_ptr<Answer>>>();
  promise->start();
  promise->future().then(context,
                         [done = std::move(done)](const std::shared_ptr<Answer>& answer) { done(*answer); });
  QThreadPool::globalInstance()->start([promise, work = std::move(work)] {
    promise->addResult(std::make_shared<Answer>(work()));
    promise->finish();
  });
}

}  // namespace sockbench::ui
