// tshark, the other reader of the same file.
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>
#include <QStringList>

namespace sockbench::test {

// Why it cannot be asked here; empty where it can. For QSKIP.
QString tsharkMissing();

// What it prints about a file; `complaint` gets what it says on standard error, but for remarks about itself.
QByteArray tshark(const QString& path, const QStringList& options, QByteArray* complaint = nullptr);

// What it finds wrong in a file: malformed packets, wrong checksums, gaps and repetitions. Empty: nothing.
QByteArray tsharkObjections(const QString& path);

// Bytes of TCP stream `number`, as tshark follows it: of the side that spoke first, and of the other.
struct FollowedStream {
  QByteArray first;
  QByteArray second;
};
FollowedStream followStream(const QString& path, int number);

}  // namespace sockbench::test
