// sockbench-cli as a child process, for tests.
#pragma once

#include <QByteArray>
#include <QByteArrayList>
#include <QJsonObject>
#include <QStringList>

// What a finished program left behind.
struct ProgramResult {
  int exitCode = -1;  // -1: it crashed, could not be started or did not end in good time
  QByteArray out;
  QByteArray err;
};

ProgramResult runProgram(const QString& program, const QStringList& arguments);
ProgramResult runCli(const QStringList& arguments);

// The shell, with the path of sockbench-cli as $0.
ProgramResult runCliInShell(const QString& script);

// The one JSON object that `out` holds on one line. Empty when it is anything else.
QJsonObject jsonLine(const QByteArray& out);

// Whether `actual` has all that `expected` has, with the same values; objects may have more keys.
bool covers(const QJsonValue& actual, const QJsonValue& expected);

// "resolve localhost 80" as arguments: words parted by a space.
QStringList words(const char* text);
