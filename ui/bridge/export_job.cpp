#include "ui/bridge/export_job.h"

#include <atomic>
#include <chrono>
#include <utility>

#include "ui/bridge/in_background.h"

namespace sockbench::ui {
namespace {
constexpr std::chrono::milliseconds kTick{100};
}  // namespace

struct ExportJob::Shared {
  std::atomic<std::uint64_t> done{0};
  std::atomic<std::uint64_t> all{0};
};

ExportJob::ExportJob(QObject* parent) : QObject(parent), ticks_(this) {
  ticks_.setInterval(kTick);
  connect(&ticks_, &QTimer::timeout, this, &ExportJob::tell);
}

ExportJob::~ExportJob() {
  stop_.request_stop();
}

void ExportJob::start(std::shared_ptr<TrafficLog> log, ExportSettings settings) {
  shared_ = std::make_shared<Shared>();
  stop_ = std::stop_source();
  running_ = true;
  ticks_.start();
  auto work = [log = std::move(log), settings = std::move(settings), shared = shared_,
               token = stop_.get_token()] {
    const auto note = [&shared](const ExportProgress& progress) {
      shared->all.store(progress.rowsAll, std::memory_order_relaxed);
      shared->done.store(progress.rowsDone, std::memory_order_relaxed);
    };
    return exportRows(*log, settings, note, token);
  };
  inBackground(this, std::move(work), [this](const Result<ExportResult>& result) {
    running_ = false;
    ticks_.stop();
    emit finished(result);
  });
}

void ExportJob::cancel() {
  stop_.request_stop();
}

void ExportJob::tell() {
  const auto all = static_cast<double>(shared_->all.load(std::memory_order_relaxed));
  const auto done = static_cast<double>(shared_->done.load(std::memory_order_relaxed));
  emit progressed(all > 0 ? done / all : 0);
}

}  // namespace sockbench::ui
