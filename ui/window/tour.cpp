#include "ui/window/tour.h"

#include "ui/window/caption_bar.h"

namespace sockbench::ui {

Tour::Tour(std::vector<TourStep> steps, CaptionBar* captions, std::chrono::milliseconds pause,
           QObject* parent)
    : QObject(parent), steps_(std::move(steps)), captions_(captions), pause_(pause) {
  looks_.setInterval(kLookAgain);
  connect(&looks_, &QTimer::timeout, this, &Tour::look);
}

Tour::~Tour() = default;

void Tour::start() {
  current_ = 0;
  failure_.clear();
  begin();
}

void Tour::begin() {
  if (current_ == steps_.size()) return end();
  captions_->tell(static_cast<int>(current_) + 1, static_cast<int>(steps_.size()), steps_[current_].caption);
  QTimer::singleShot(pause_, this, [this] {
    steps_[current_].act();
    waited_.start();
    looks_.start();
  });
}

void Tour::look() {
  const TourStep& step = steps_[current_];
  if (step.happened()) {
    looks_.stop();
    ++current_;
    emit stepHappened(static_cast<int>(current_), step.caption);
    QTimer::singleShot(pause_, this, &Tour::begin);
  } else if (waited_.hasExpired(kPatience.count())) {
    failure_ = step.caption;
    end();
  }
}

void Tour::end() {
  looks_.stop();
  emit finished(failure_.isEmpty());
}

}  // namespace sockbench::ui
