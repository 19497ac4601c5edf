#include "tests/core/capture/tshark.h"

#include <QProcess>
#include <QStandardPaths>

namespace sockbench::test {
namespace {

// Payload that takes after some protocol by chance is no fault of the packets that carry it.
const QStringList kChecked = [] {
  QStringList options;
  for (const char* name : {"tcp", "udp"})
    options += {QStringLiteral("-d"), QLatin1String(name) + QStringLiteral(".port==1-65535,data")};
  for (const char* name : {"tcp", "ip", "udp"})
    options += {QStringLiteral("-o"), QLatin1String(name) + QStringLiteral(".check_checksum:TRUE")};
  return options;
}();

// As root it warns of itself; a file that was cut off is the test's business.
QByteArray withoutRemarks(const QByteArray& text) {
  QByteArray rest;
  for (const QByteArray& line : text.split('\n'))
    if (!line.isEmpty() && !line.startsWith("Running as user")) rest += line + '\n';
  return rest;
}

}  // namespace

QString tsharkMissing() {
  return QStandardPaths::findExecutable(QStringLiteral("tshark")).isEmpty()
             ? QStringLiteral("tshark is not installed")
             : QString();
}

QByteArray tshark(const QString& path, const QStringList& options, QByteArray* complaint) {
  QProcess process;
  process.start(QStringLiteral("tshark"),
                QStringList{QStringLiteral("-n"), QStringLiteral("-r"), path} + options);
  if (!process.waitForFinished(60000)) return "tshark did not end";
  const QByteArray said = withoutRemarks(process.readAllStandardError());
  if (complaint != nullptr) *complaint = said;
  return process.readAllStandardOutput();
}

QByteArray tsharkObjections(const QString& path) {
  QByteArray objections;
  const QByteArray details = tshark(path, kChecked + QStringList{QStringLiteral("-V")}, &objections);
  for (const QByteArray& line : details.split('\n')) {
    const bool objects = line.toLower().contains("malformed") || line.contains("incorrect") ||
                         line.contains("TCP Analysis Flags") || line.contains("Severity level: Error") ||
                         line.contains("[Checksum Status: Bad]");
    if (objects) objections += line + '\n';
  }
  return details.isEmpty() ? "tshark said nothing" : objections;
}

FollowedStream followStream(const QString& path, int number) {
  const QByteArray text = tshark(
      path, {QStringLiteral("-q"), QStringLiteral("-z"), QStringLiteral("follow,tcp,raw,%1").arg(number)});
  FollowedStream stream;
  for (const QByteArray& line : text.split('\n')) {
    const QByteArray digits = line.trimmed();
    const bool isHex = !digits.isEmpty() && digits == QByteArray::fromHex(digits).toHex();
    if (!isHex) continue;
    (line.startsWith('\t') ? stream.second : stream.first) += QByteArray::fromHex(digits);
  }
  return stream;
}

}  // namespace sockbench::test
