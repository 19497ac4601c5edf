#include "cli_process.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QProcess>
#include <algorithm>

ProgramResult runProgram(const QString& program, const QStringList& arguments) {
  QProcess process;
  process.start(program, arguments);
  process.closeWriteChannel();
  ProgramResult result;
  if (process.waitForFinished(30'000) && process.exitStatus() == QProcess::NormalExit) {
    result.exitCode = process.exitCode();
  }
  result.out = process.readAllStandardOutput();
  result.err = process.readAllStandardError();
  return result;
}

ProgramResult runCli(const QStringList& arguments) {
  return runProgram(QStringLiteral(SOCKBENCH_CLI), arguments);
}

ProgramResult runCliInShell(const QString& script) {
  return runProgram(QStringLiteral("/bin/sh"), {QStringLiteral("-c"), script, QStringLiteral(SOCKBENCH_CLI)});
}

QJsonObject jsonLine(const QByteArray& out) {
  if (!out.endsWith('\n') || out.count('\n') != 1) return {};
  return QJsonDocument::fromJson(out).object();
}

bool covers(const QJsonValue& actual, const QJsonValue& expected) {
  if (expected.isObject()) {
    const QJsonObject wanted = expected.toObject();
    const QJsonObject given = actual.toObject();
    return std::ranges::all_of(wanted.keys(), [&](const QString& key) {
      return given.contains(key) && covers(given.value(key), wanted.value(key));
    });
  }
  if (!expected.isArray()) return actual == expected;
  const QJsonArray wanted = expected.toArray();
  const QJsonArray given = actual.toArray();
  return given.size() == wanted.size() &&
         std::equal(given.begin(), given.end(), wanted.begin(),
                    [](const QJsonValue& a, const QJsonValue& b) { return covers(a, b); });
}

QStringList words(const char* text) {
  return QString::fromUtf8(text).split(u' ', Qt::SkipEmptyParts);
}
