#include "ui/models/sends_file.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include "core/base/regular_file.h"
#include "core/toml/toml_tree.h"
#include "ui/bridge/core_types.h"
#include "ui/models/save_file.h"

namespace sockbench::ui {
namespace {

constexpr int kMostKept = 1000;

}  // namespace

void SendsFile::setPath(const QString& path) {
  path_ = path;
  seen_.clear();
  understood_ = true;
}

Result<std::string> SendsFile::read() {
  seen_.clear();
  if (path_.isEmpty() || !QFileInfo::exists(path_)) return std::string();
  const auto bytes = readRegularFile(QFile::encodeName(path_).toStdString(), kMostTomlBytes);
  understood_ = bytes.has_value();
  if (!bytes) return std::unexpected(bytes.error());
  seen_ = asChars(*bytes);
  return seen_;
}

// "sends.toml" becomes "sends.toml.kept-1", or what is free.
Result<QString> SendsFile::keepAside() const {
  for (int number = 1; number <= kMostKept; ++number) {
    const QString name = QStringLiteral("%1.kept-%2").arg(path_).arg(number);
    if (QFileInfo::exists(name)) continue;
    QFile file(path_);
    if (file.rename(name)) return name;
    return std::unexpected(Error::fromInput(InputFault::badPath, toUtf8(path_), std::nullopt,
                                            toUtf8(file.errorString()), Operation::rename));
  }
  return std::unexpected(Error::fromInput(InputFault::badPath, toUtf8(path_), std::nullopt,
                                          "too many files that were kept stand beside it",
                                          Operation::rename));
}

Result<QString> SendsFile::write(const std::string& text) {
  if (path_.isEmpty() || (text == seen_ && QFileInfo::exists(path_))) return QString();
  if (text.size() > kMostTomlBytes)
    return std::unexpected(Error::fromInput(InputFault::tooLarge, toUtf8(path_), std::nullopt,
                                            "as text it is larger than 64 MiB", Operation::write));
  QString kept;
  if (QFileInfo::exists(path_)) {
    const auto there = readRegularFile(QFile::encodeName(path_).toStdString(), kMostTomlBytes);
    if (!understood_ || !there || asChars(*there) != seen_) {
      const auto aside = keepAside();
      if (!aside) return aside;
      kept = *aside;
    }
  }
  QDir().mkpath(QFileInfo(path_).absolutePath());
  if (const auto written = saveFile(path_, asBytes(text)); !written) return std::unexpected(written.error());
  seen_ = text;
  understood_ = true;
  return kept;
}

}  // namespace sockbench::ui
