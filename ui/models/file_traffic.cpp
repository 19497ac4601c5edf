#include "ui/models/file_traffic.h"

#include <utility>

#include "ui/bridge/core_types.h"
#include "ui/models/shown_text.h"

namespace sockbench::ui {

FileTraffic::FileTraffic() : door_(std::make_shared<NewsDoor>(this, [this] { look(); })) {}

FileTraffic::~FileTraffic() {
  door_->close();
}

Result<std::unique_ptr<FileTraffic>> FileTraffic::open(const QString& path) {
  std::unique_ptr<FileTraffic> traffic(new FileTraffic);
  CaptureFileSettings settings;
  settings.path = toUtf8(path);
  auto file = CaptureFile::open(std::move(settings), [door = traffic->door_] { door->knock(); });
  if (!file) return std::unexpected(std::move(file.error()));
  traffic->file_ = *std::move(file);
  return traffic;
}

TrafficLog& FileTraffic::log() const {
  return file_->log();
}

QString FileTraffic::sessionName(SessionId id) const {
  const std::optional<CapturedSession> session = id ? file_->session(id) : std::nullopt;
  if (!session || !session->flow) return {};
  return shownText(std::string(transportName(*session->flow)) + "  " + session->flow->local.text() +
                   " \u2192 " + session->flow->peer.text());
}

void FileTraffic::clear() {
  file_->log().clear();
  emit trafficChanged();
}

CaptureFile::Status FileTraffic::status() const {
  return file_->status();
}

QString FileTraffic::path() const {
  return toQString(file_->path());
}

void FileTraffic::look() {
  emit trafficChanged();
  emit sessionsChanged();
  emit statusChanged();
}

}  // namespace sockbench::ui
