// ChecksumRun: many checksums of the same bytes, off the GUI thread, piece by piece. Thread: gui.
#pragma once

#include <QObject>
#include <memory>
#include <vector>

#include "core/payload/checksum/checksum.h"
#include "core/traffic/traffic_log.h"

namespace sockbench::ui {

class ChecksumRun : public QObject {
  Q_OBJECT
 public:
  using QObject::QObject;

  // The sums of `bytes` (held until the end), told in their order by finished(): before this returns where
  // they are few. Ends the run before, which then tells nothing.
  void start(const PinnedBytes& bytes, std::vector<std::unique_ptr<Checksum>> sums);
  void cancel();
  bool isRunning() const { return work_ != nullptr; }

 signals:
  void progressed(int percent);
  void finished(const QList<sockbench::Bytes>& values);

 private:
  struct Work {
    PinnedBytes bytes;
    std::vector<std::unique_ptr<Checksum>> sums;
    std::size_t done = 0;
  };
  static void takePiece(Work& work, std::size_t most);
  void next();
  void tell();

  std::shared_ptr<Work> work_;  // of the run that counts
};

}  // namespace sockbench::ui
