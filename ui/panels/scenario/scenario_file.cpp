#include "ui/panels/scenario/scenario_file.h"

#include <QFile>
#include <QFileInfo>
#include <utility>

#include "core/automation/scenario/scenario.h"
#include "core/base/regular_file.h"
#include "ui/bridge/core_types.h"
#include "ui/bridge/in_background.h"
#include "ui/models/save_file.h"

namespace sockbench::ui {
namespace {

Result<QByteArray> readAll(const QString& path) {
  Result<Bytes> bytes = readRegularFile(QFile::encodeName(path).toStdString(), kMostScenarioBytes);
  if (!bytes) return std::unexpected(std::move(bytes.error()));
  return QByteArray(reinterpret_cast<const char*>(bytes->data()), static_cast<qsizetype>(bytes->size()));
}

// What an edit would not give back as it was must not come into one.
Result<QByteArray> readText(const QString& path) {
  Result<QByteArray> text = readAll(path);
  if (!text) return text;
  const QByteArray mark("\xEF\xBB\xBF");
  const QByteArray body = text->startsWith(mark) ? text->mid(mark.size()) : *text;
  if (QString::fromUtf8(body).toUtf8() != body || body.contains('\0'))
    return std::unexpected(Error::fromInput(InputFault::badSyntax, toUtf8(path), std::nullopt,
                                            "it is no text in UTF-8", Operation::read));
  return text;
}

enum class Written { yes, changed };

// Over what stands there only where it is what is known of it, or where that was agreed to.
Result<Written> writeTo(const QString& path, const QByteArray& bytes, const std::optional<QByteArray>& known,
                        bool mayReplace) {
  if (!mayReplace && QFileInfo::exists(path)) {
    const Result<QByteArray> now = readAll(path);
    if (!now) return std::unexpected(now.error());
    if (*now != known) return Written::changed;
  }
  const std::string_view text(bytes.constData(), static_cast<std::size_t>(bytes.size()));
  const Result<std::size_t> size = saveFile(path, asBytes(text));
  if (!size) return std::unexpected(size.error());
  return Written::yes;
}

}  // namespace

ScenarioFile::ScenarioFile(QObject* parent) : QObject(parent) {}

void ScenarioFile::open(const QString& path) {
  const QString whole = QFileInfo(path).absoluteFilePath();
  inBackground(
      this, [whole] { return readText(whole); },
      [this, whole](const Result<QByteArray>& text) {
        if (!text) return emit refused(text.error());
        path_ = whole;
        known_ = *text;
        hasReturns_ = text->contains("\r\n");
        QByteArray shown = *text;
        emit opened(shown.replace("\r\n", "\n"));
      });
}

void ScenarioFile::save(const QByteArray& text) {
  write(path_, text, false);
}

void ScenarioFile::saveAs(const QString& path, const QByteArray& text) {
  write(QFileInfo(path).absoluteFilePath(), text, true);
}

QByteArray ScenarioFile::onDisk(const QByteArray& text) const {
  QByteArray bytes = text;
  return hasReturns_ ? bytes.replace("\n", "\r\n") : bytes;
}

void ScenarioFile::write(const QString& path, const QByteArray& text, bool mayReplace) {
  const QByteArray bytes = onDisk(text);
  auto work = [path, bytes, mayReplace, known = known_] { return writeTo(path, bytes, known, mayReplace); };
  inBackground(this, std::move(work), [this, path, text, bytes](const Result<Written>& written) {
    if (!written) return emit refused(written.error());
    if (*written == Written::changed) return emit changedElsewhere();
    path_ = path;
    known_ = bytes;
    emit saved(text);
  });
}

}  // namespace sockbench::ui
