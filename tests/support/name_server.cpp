#include "name_server.h"

#include <QDeadlineTimer>
#include <QFile>
#include <QStandardPaths>
#include <QTcpServer>
#include <QUdpSocket>

namespace {

constexpr int kTries = 5;
constexpr int kPatience = 20000;

QString program() {
  const QString found = QStandardPaths::findExecutable(QStringLiteral("knotd"));
  return found.isEmpty()
             ? QStandardPaths::findExecutable(QStringLiteral("knotd"), {QStringLiteral("/usr/sbin")})
             : found;
}

// One that is free for both protocols now; somebody may take it before the server does.
quint16 freePort() {
  QTcpServer tcp;
  QUdpSocket udp;
  for (int i = 0; i < kTries; ++i) {
    if (tcp.listen(QHostAddress::LocalHost) && udp.bind(QHostAddress::LocalHost, tcp.serverPort()))
      return tcp.serverPort();
    tcp.close();
  }
  return 0;
}

bool canBind(const QHostAddress& address, quint16 port) {
  QUdpSocket udp;
  return udp.bind(address, port);
}

bool write(const QString& path, const QByteArray& text) {
  QFile file(path);
  return file.open(QIODevice::WriteOnly) && file.write(text) == text.size();
}

QByteArray configuration(const QByteArray& folder, quint16 port, bool ipv6) {
  const QByteArray number = QByteArray::number(port);
  const QByteArray listen = ipv6 ? "[ 127.0.0.1@" + number + ", ::1@" + number + " ]" : "127.0.0.1@" + number;
  return "server:\n    listen: " + listen + "\n    rundir: " + folder +
         "\n    udp-workers: 1\n    tcp-workers: 1\n    background-workers: 1\n"
         "database:\n    storage: " +
         folder +
         "\n    journal-db-max-size: 1M\n    kasp-db-max-size: 5M\n    timer-db-max-size: 1M\n"
         "    catalog-db-max-size: 5M\n"
         "log:\n  - target: stderr\n    any: info\n"
         "template:\n  - id: default\n    storage: " +
         folder +
         "\n    zonefile-sync: -1\n    journal-content: none\n"
         "zone:\n  - domain: bench.example\n    file: bench.example.zone\n"
         "  - domain: 2.0.192.in-addr.arpa\n    file: reverse.zone\n";
}

constexpr QByteArrayView kReverseZone =
    "$TTL 300\n"
    "@ SOA ns1.bench.example. hostmaster.bench.example. 1 3600 900 604800 60\n"
    "@ NS ns1.bench.example.\n"
    "1 PTR www.bench.example.\n"
    "7 PTR xn--bcher-kva.bench.example.\n";

}  // namespace

QString NameServer::missing() {
  return program().isEmpty() ? QStringLiteral("knotd (Debian's knot) is not installed") : QString();
}

NameServer::~NameServer() {
  if (process_.state() == QProcess::NotRunning) return;
  process_.terminate();
  if (!process_.waitForFinished(kPatience)) process_.kill();
  process_.waitForFinished(kPatience);
}

QString NameServer::start() {
  QString failure;
  for (int i = 0; i < kTries; ++i) {
    failure = tryStart();
    if (failure.isEmpty()) break;
  }
  return failure;
}

QString NameServer::tryStart() {
  const QString folder = folder_.path() + QLatin1Char('/');
  port_ = freePort();
  ipv6_ = canBind(QHostAddress::LocalHostIPv6, port_);
  QFile::copy(QStringLiteral(SOCKBENCH_BENCH_ZONE), folder + QStringLiteral("bench.example.zone"));
  if (port_ == 0 || !write(folder + QStringLiteral("reverse.zone"), kReverseZone.toByteArray()) ||
      !write(folder + QStringLiteral("knot.conf"), configuration(folder_.path().toUtf8(), port_, ipv6_)))
    return QStringLiteral("no free port, or no room in ") + folder;
  process_.setProcessChannelMode(QProcess::MergedChannels);
  process_.start(program(), {QStringLiteral("-c"), folder + QStringLiteral("knot.conf")});
  const QDeadlineTimer deadline(kPatience);
  while (process_.state() != QProcess::NotRunning && !deadline.hasExpired()) {
    if (answers()) return {};
    process_.waitForFinished(1);
  }
  process_.kill();
  process_.waitForFinished(kPatience);
  return QStringLiteral("knotd does not answer: ") + QString::fromUtf8(process_.readAll());
}

// Whether it has loaded the zones: a question for each one's SOA is answered with NOERROR.
bool NameServer::answers() {
  const QList<QByteArray> names{QByteArray("\x05"
                                           "bench\x07"
                                           "example\0",
                                           15),
                                QByteArray("\x01"
                                           "2\x01"
                                           "0\x03"
                                           "192\x07in-addr\x04"
                                           "arpa\0",
                                           22)};
  for (const QByteArray& name : names) {
    QUdpSocket socket;
    socket.connectToHost(QHostAddress(QHostAddress::LocalHost), port_);
    const QByteArray header("\0\1\0\0\0\1\0\0\0\0\0\0", 12);
    const QByteArray soa("\0\6\0\1", 4);
    socket.write(header + name + soa);
    if (!socket.waitForReadyRead(500)) return false;
    const QByteArray answer = socket.read(4096);
    if (answer.size() < 12 || (answer[3] & 15) != 0 || answer[7] == 0) return false;
  }
  return true;
}
