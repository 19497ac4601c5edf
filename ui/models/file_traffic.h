// FileTraffic: the timeline of a capture file, being read or read. Thread: gui.
#pragma once

#include <memory>
#include <optional>

#include "core/capture/capture_file.h"
#include "ui/bridge/news_door.h"
#include "ui/models/traffic_source.h"

namespace sockbench::ui {

class FileTraffic final : public TrafficSource {
  Q_OBJECT
 public:
  // Errors: see CaptureFile::open().
  static Result<std::unique_ptr<FileTraffic>> open(const QString& path);
  ~FileTraffic() override;  // gives reading up

  TrafficLog& log() const override;
  QString sessionName(SessionId id) const override;
  void clear() override;  // the rows; the file stays as it is
  CaptureFile::Status status() const;
  QString path() const;

 signals:
  void statusChanged();  // while it is read, a few times a second, and at its end

 private:
  FileTraffic();
  void look();

  std::shared_ptr<NewsDoor> door_;
  std::unique_ptr<CaptureFile> file_;
};

}  // namespace sockbench::ui
