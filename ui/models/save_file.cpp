#include "ui/models/save_file.h"

#include <QSaveFile>
#include <cerrno>

#include "ui/bridge/core_types.h"

namespace sockbench::ui {
namespace {

constexpr std::size_t kPiece = std::size_t{8} << 20;

bool writeAll(QSaveFile& file, ByteView bytes) {
  while (!bytes.empty()) {
    const ByteView piece = bytes.first(std::min(kPiece, bytes.size()));
    const auto length = static_cast<qint64>(piece.size());
    if (file.write(reinterpret_cast<const char*>(piece.data()), length) != length) return false;
    bytes = bytes.subspan(piece.size());
  }
  return true;
}

}  // namespace

// Qt tells a failure in words; the errno stands behind them only where they are its own.
Error saveError(const QSaveFile& file, int number) {
  const std::string path = toUtf8(file.fileName());
  if (number != 0 && file.errorString() == qt_error_string(number))
    return Error::fromErrno(Operation::write, number, path);
  return Error::fromInput(InputFault::badPath, path, std::nullopt, toUtf8(file.errorString()),
                          Operation::write);
}

Result<std::size_t> saveFile(const QString& path, ByteView bytes) {
  QSaveFile file(path);
  errno = 0;
  if (file.open(QIODevice::WriteOnly) && writeAll(file, bytes) && file.commit()) return bytes.size();
  return std::unexpected(saveError(file, errno));
}

}  // namespace sockbench::ui
