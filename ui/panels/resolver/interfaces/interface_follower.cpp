#include "ui/panels/resolver/interfaces/interface_follower.h"

#include <utility>

namespace sockbench::ui {

void InterfaceFollower::start() {
  if (watch_) return;
  Result<std::unique_ptr<InterfaceWatch>> watch =
      InterfaceWatch::begin([this](const Result<void>& news) { tell(news); });
  if (watch)
    watch_ = std::move(*watch);
  else
    emit ended(watch.error());
}

void InterfaceFollower::stop() {
  watch_.reset();
}

void InterfaceFollower::tell(const Result<void>& news) {
  if (!news) {
    const auto end = [this, why = news.error()] {
      stop();
      emit ended(why);
    };
    QMetaObject::invokeMethod(this, end, Qt::QueuedConnection);
    return;
  }
  if (told_.exchange(true)) return;
  const auto say = [this] {
    told_ = false;
    emit changed();
  };
  QMetaObject::invokeMethod(this, say, Qt::QueuedConnection);
}

}  // namespace sockbench::ui
