#include "ui/bridge/capture_bridge.h"

#include <QStringList>
#include <utility>

#include "ui/bridge/core_types.h"
#include "ui/bridge/engine_bridge.h"
#include "ui/bridge/in_background.h"

namespace sockbench::ui {

CaptureBridge::CaptureBridge(std::shared_ptr<TrafficLog> log, EngineBridge* engine, QObject* parent)
    : QObject(parent),
      log_(std::move(log)),
      engine_(engine),
      door_(std::make_shared<NewsDoor>(this, [this] { look(); })) {}

CaptureBridge::~CaptureBridge() {
  door_->close();
  if (!capture_) return;
  if (engine_ != nullptr) engine_->setMayReceive({});
  capture_->setCaughtUpHook({});
  capture_->stop();
}

std::optional<Error> CaptureBridge::start(CaptureSettings settings) {
  program_.reset();
  target_ = toQString(settings.path);
  return begin(std::move(settings), true);
}

std::optional<Error> CaptureBridge::startInto(std::vector<std::string> command) {
  QStringList words;
  for (const std::string& word : command) words.append(toQString(word));
  Result<std::unique_ptr<PipeProgram>> program = PipeProgram::start(std::move(command));
  if (!program) return std::move(program.error());
  program_ = *std::move(program);
  target_ = words.join(QLatin1Char(' '));
  CaptureSettings settings;
  settings.descriptor = program_->takeDescriptor();
  return begin(std::move(settings), false);
}

std::optional<Error> CaptureBridge::begin(CaptureSettings settings, bool holdsSessions) {
  Result<std::unique_ptr<Capture>> capture =
      Capture::start(log_, std::move(settings), [door = door_] { door->knock(); });
  if (!capture) return std::move(capture.error());
  capture_ = *std::move(capture);
  last_ = capture_->status();
  if (holdsSessions && engine_ != nullptr) {
    capture_->setCaughtUpHook([engine = engine_] { engine->resumeReceiving(); });
    engine_->setMayReceive([capture = std::weak_ptr(capture_)] {
      const std::shared_ptr<Capture> alive = capture.lock();
      return !alive || alive->hasRoom();
    });
  }
  emit changed();
  return std::nullopt;
}

void CaptureBridge::logChanged() {
  if (capture_) capture_->logChanged();
}

Capture::Status CaptureBridge::status() const {
  return capture_ ? capture_->status() : last_;
}

void CaptureBridge::look() {
  if (!capture_) return;
  last_ = capture_->status();
  if (!last_.running) return closeInBackground();
  emit changed();
}

void CaptureBridge::stop() {
  if (capture_) closeInBackground();
}

void CaptureBridge::closeInBackground() {
  if (engine_ != nullptr && !program_) {
    engine_->setMayReceive({});
    capture_->setCaughtUpHook({});
    engine_->resumeReceiving();
  }
  ending_ = true;
  last_ = capture_->status();
  auto closing = [capture = std::exchange(capture_, nullptr)] { return capture->stop(); };
  inBackground(this, std::move(closing), [this](const Capture::Status& status) {
    ending_ = false;
    last_ = status;
    emit changed();
    emit ended();
  });
  emit changed();
}

}  // namespace sockbench::ui
