#include "ui/models/checksum_run.h"

#include <algorithm>

#include "ui/bridge/in_background.h"

namespace sockbench::ui {
namespace {

// Times the number of sums: about a millisecond, and what a person does not notice as a delay of Cancel.
constexpr std::size_t kAtOnce = std::size_t{4} << 10;
constexpr std::size_t kPiece = std::size_t{256} << 10;

}  // namespace

void ChecksumRun::start(const PinnedBytes& bytes, std::vector<std::unique_ptr<Checksum>> sums) {
  work_ = std::make_shared<Work>(bytes, std::move(sums));
  if (bytes.bytes.size() > kAtOnce) return next();
  takePiece(*work_, kAtOnce);
  tell();
}

void ChecksumRun::cancel() {
  work_.reset();
}

void ChecksumRun::takePiece(Work& work, std::size_t most) {
  const std::size_t length = std::min(most, work.bytes.bytes.size() - work.done);
  for (const auto& sum : work.sums) sum->update(work.bytes.bytes.subspan(work.done, length));
  work.done += length;
}

void ChecksumRun::next() {
  const auto work = work_;
  inBackground(
      this,
      [work] {
        takePiece(*work, kPiece);
        return work->done;
      },
      [this, work](std::size_t done) {
        if (work != work_) return;
        if (done == work->bytes.bytes.size()) return tell();
        emit progressed(static_cast<int>(done * 100 / work->bytes.bytes.size()));
        if (work == work_) next();
      });
}

void ChecksumRun::tell() {
  QList<Bytes> values;
  for (const auto& sum : work_->sums) values.append(sum->value());
  work_.reset();
  emit finished(values);
}

}  // namespace sockbench::ui
