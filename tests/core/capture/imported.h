// A capture file's bytes read whole, and its rows.
#pragma once

#include <QByteArray>
#include <QTemporaryFile>
#include <QtTest>
#include <memory>
#include <string>
#include <vector>

#include "core/capture/capture_file.h"

namespace sockbench::test {

struct Imported {
  CaptureFile::Status status;
  std::vector<LogRow> rows;
  std::vector<CapturedSession> sessions;
  std::shared_ptr<TrafficLog> log;

  // What a session's one direction carries, without urgent bytes.
  QByteArray stream(RecordKind kind, std::uint32_t session = 1) const {
    QByteArray all;
    for (const LogRow& row : rows)
      if (row.record.kind == kind && row.record.session.value == session &&
          (row.record.flags & kRecordUrgent) == 0)
        all.append(reinterpret_cast<const char*>(row.payload.bytes.data()),
                   static_cast<qsizetype>(row.payload.bytes.size()));
    return all;
  }
  // "connecting connected out in ..." of all rows; "out:5" has the bytes of payload, "dropped:7" the count.
  QByteArray story() const {
    QByteArray all;
    for (const LogRow& row : rows) {
      const Record& record = row.record;
      if (!all.isEmpty()) all += ' ';
      const std::string_view kind = recordKindName(record.kind);
      all += QByteArray(kind.data(), static_cast<qsizetype>(kind.size()));
      if (record.kind == RecordKind::in || record.kind == RecordKind::out)
        all += ':' + QByteArray::number(static_cast<qulonglong>(row.payload.bytes.size()));
      if (record.kind == RecordKind::dropped) all += ':' + QByteArray::number(qulonglong(record.value));
      if (record.by != Party::none) all += record.by == Party::us ? "/us" : "/peer";
      if ((record.flags & kRecordUrgent) != 0) all += '!';
      if ((record.flags & kRecordTruncated) != 0) all += '<' + QByteArray::number(qulonglong(record.value));
    }
    return all;
  }
};

inline Imported importPath(const QString& path, std::optional<LogLimits> limits = std::nullopt) {
  CaptureFileSettings settings;
  settings.path = path.toStdString();
  settings.log = limits;
  Imported imported;
  const auto opened = CaptureFile::open(std::move(settings));
  if (!opened) {
    imported.status.reading = false;
    imported.status.error = opened.error();
    return imported;
  }
  (*opened)->waitUntilRead();
  imported.status = (*opened)->status();
  imported.sessions = (*opened)->sessions();
  imported.log = (*opened)->log().shared_from_this();
  imported.log->read(0, imported.log->end(), imported.rows);
  return imported;
}

inline Imported importBytes(const std::string& bytes, std::optional<LogLimits> limits = std::nullopt) {
  QTemporaryFile file;
  if (!file.open()) return {};
  file.write(bytes.data(), static_cast<qint64>(bytes.size()));
  file.close();
  return importPath(file.fileName(), limits);
}

}  // namespace sockbench::test
