#include "live_program.h"

#include <signal.h>

#include <QDeadlineTimer>
#include <QJsonDocument>
#include <QStandardPaths>
#include <QTcpServer>
#include <QTest>

namespace sockbench::test {
namespace {

const QByteArray kPythonPrelude =
    "import os, socket, struct, sys, time\n"
    "from socket import *\n"
    "sys.stdout.reconfigure(line_buffering=True)\n";

QString missingKey(const QJsonObject& record) {
  QStringList keys{QStringLiteral("kind")};
  const QString kind = record.value(QLatin1String("kind")).toString();
  if (kind == QLatin1String("summary")) {
    for (const char* key :
         {"sessions", "bytes_in", "bytes_out", "records", "evicted", "dropped", "elapsed_ms"}) {
      keys << QLatin1String(key);
    }
  } else {
    for (const char* key : {"time", "session", "parent", "local", "peer", "direction"})
      keys << QLatin1String(key);
  }
  if (kind == QLatin1String("in") || kind == QLatin1String("out")) keys << QStringLiteral("length");
  if (kind == QLatin1String("half-closed") || kind == QLatin1String("closed") ||
      kind == QLatin1String("reset")) {
    keys << QStringLiteral("by");
  }
  if (kind == QLatin1String("error")) keys << QStringLiteral("error");
  if (kind == QLatin1String("dropped")) keys << QStringLiteral("count");
  for (const QString& key : keys) {
    if (!record.contains(key)) return key;
  }
  return {};
}

QString missingErrorKey(const QJsonObject& error) {
  for (const char* key : {"op", "code", "symbol", "domain", "message", "hint", "subject"}) {
    if (!error.contains(QLatin1String(key))) return QLatin1String(key);
  }
  return {};
}

}  // namespace

Program::Program(const QString& program, const QStringList& arguments) {
  QObject::connect(&process_, &QProcess::readyReadStandardOutput, &process_, [this] {
    out_ += process_.readAllStandardOutput();
    outGrew();
  });
  QObject::connect(&process_, &QProcess::readyReadStandardError, &process_,
                   [this] { err_ += process_.readAllStandardError(); });
  process_.start(program, arguments);
}

Program::~Program() {
  process_.disconnect();
  process_.kill();
  process_.waitForFinished(kDeadlineMs);
}

bool Program::waitUntil(const std::function<bool()>& isThere) {
  return QTest::qWaitFor(isThere, kDeadlineMs);
}

bool Program::waitForText(const QByteArray& text) {
  return waitUntil([&] { return out_.contains(text) || err_.contains(text); });
}

int Program::waitForExit() {
  if (!waitUntil([this] { return !isRunning(); })) return -1;
  QTest::qWait(0);  // what it wrote last is still to be read
  return process_.exitStatus() == QProcess::NormalExit ? process_.exitCode() : -1;
}

void Program::signal(int number) {
  ::kill(static_cast<pid_t>(process_.processId()), number);
}

JsonRun::JsonRun(const QStringList& arguments, const QStringList& through)
    : Program((through + QStringList{cliPath()}).first(),
              (through + QStringList{cliPath(), QStringLiteral("--json")} + arguments).mid(1)) {}

void JsonRun::outGrew() {
  for (qsizetype end = 0; (end = out_.indexOf('\n', parsed_)) >= 0; parsed_ = end + 1) {
    take(out_.mid(parsed_, end - parsed_));
  }
}

void JsonRun::take(const QByteArray& line) {
  QJsonParseError error;
  const QJsonObject record = QJsonDocument::fromJson(line, &error).object();
  const auto complain = [&](const QString& what) {
    if (complaint_.isEmpty()) complaint_ = what + QStringLiteral(": ") + QString::fromUtf8(line.left(500));
  };
  if (error.error != QJsonParseError::NoError) complain(error.errorString());
  if (const QString key = missingKey(record); !key.isEmpty()) complain(QStringLiteral("no ") + key);
  if (const QJsonValue inner = record.value(QLatin1String("error")); inner.isObject()) {
    if (const QString key = missingErrorKey(inner.toObject()); !key.isEmpty())
      complain(QStringLiteral("no ") + key);
  }
  records_ << record;
}

QList<QJsonObject> JsonRun::all(const QString& kind) const {
  QList<QJsonObject> found;
  for (const QJsonObject& record : records_) {
    if (record.value(QLatin1String("kind")).toString() == kind) found << record;
  }
  return found;
}

QJsonObject JsonRun::waitFor(const QString& kind, int nth) {
  waitUntil([&] { return all(kind).size() > nth || !isRunning(); });
  return all(kind).value(nth);
}

int JsonRun::port() {
  return portOf(waitFor(QStringLiteral("listening")).value(QLatin1String("local")).toString());
}

QStringList JsonRun::kinds() const {
  QStringList kinds;
  for (const QJsonObject& record : records_) kinds << record.value(QLatin1String("kind")).toString();
  return kinds;
}

QByteArray JsonRun::payload(const QString& kind) const {
  QByteArray bytes;
  for (const QJsonObject& record : all(kind)) {
    bytes += QByteArray::fromHex(record.value(QLatin1String("hex")).toString().toLatin1());
  }
  return bytes;
}

QJsonObject JsonRun::summary() const {
  const QJsonObject last = records_.isEmpty() ? QJsonObject() : records_.last();
  return last.value(QLatin1String("kind")).toString() == QLatin1String("summary") ? last : QJsonObject();
}

QString cliPath() {
  return QStringLiteral(SOCKBENCH_CLI_PATH);
}

QString tool(const char* name) {
  return QStandardPaths::findExecutable(QLatin1String(name));
}

QStringList pythonArguments(const QByteArray& script, const QStringList& arguments) {
  return QStringList{QStringLiteral("-c"), QString::fromUtf8(kPythonPrelude + script)} + arguments;
}

int freePort() {
  QTcpServer server;
  server.listen(QHostAddress::LocalHost);
  return server.serverPort();
}

int portOf(const QString& address) {
  return address.mid(address.lastIndexOf(QLatin1Char(':')) + 1).toInt();
}

}  // namespace sockbench::test
