#include "cli_process.h"

#include <QJsonDocument>
#include <QProcess>

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

QStringList words(const char* text) {
  return QString::fromUtf8(text).split(u' ', Qt::SkipEmptyParts);
}
