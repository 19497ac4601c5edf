// What two programs have to agree on: the bytes of a file, in one word.
#pragma once

#include <QByteArray>
#include <QCryptographicHash>
#include <QFile>
#include <QString>

namespace sockbench::test {

// SHA-256 in hex; empty where the file cannot be read.
inline QByteArray sha256(const QString& path) {
  QFile file(path);
  QCryptographicHash hash(QCryptographicHash::Sha256);
  if (!file.open(QIODevice::ReadOnly) || !hash.addData(&file)) return {};
  return hash.result().toHex();
}

}  // namespace sockbench::test
