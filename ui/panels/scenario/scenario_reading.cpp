#include "ui/panels/scenario/scenario_reading.h"

#include <utility>

#include "ui/bridge/core_types.h"
#include "ui/bridge/in_background.h"

namespace sockbench::ui {

ScenarioReading::ScenarioReading(QObject* parent) : QObject(parent) {
  pause_.setSingleShot(true);
  pause_.setInterval(kReadAfter);
  connect(&pause_, &QTimer::timeout, this, &ScenarioReading::readNow);
}

void ScenarioReading::setText(const QByteArray& text, const QString& path) {
  if (!std::exchange(isFirst_, false) && text == text_ && path == path_) return;
  text_ = text;
  path_ = path;
  ++wanted_;
  pause_.start();
}

bool ScenarioReading::isPending() const {
  return done_ != wanted_;
}

void ScenarioReading::readNow() {
  pause_.stop();
  if (std::exchange(asked_, wanted_) == wanted_) return;
  auto work = [text = text_, path = toUtf8(path_)] {
    return readScenario({text.constData(), static_cast<std::size_t>(text.size())}, path);
  };
  inBackground(this, std::move(work), [this, number = wanted_](Result<ScenarioPtr>& answer) {
    if (number != wanted_) return;  // the text is another one by now
    done_ = number;
    scenario_ = answer ? *std::move(answer) : nullptr;
    error_ = answer ? std::nullopt : std::optional(std::move(answer.error()));
    emit read();
  });
}

}  // namespace sockbench::ui
