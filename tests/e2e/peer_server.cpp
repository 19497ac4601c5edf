#include "peer_server.h"

#include <unistd.h>

#include <QDir>
#include <QFile>
#include <QStandardPaths>
#include <QTcpSocket>

namespace sockbench::test {
namespace {

// Another program may take the port between its choice and its use.
constexpr int kTries = 3;

bool accepts(int port) {
  QTcpSocket socket;
  socket.connectToHost(QStringLiteral("127.0.0.1"), static_cast<quint16>(port));
  return socket.waitForConnected(1000);
}

// Servers lie where a plain user's PATH does not always lead.
QString server(const QString& name) {
  const QString found = QStandardPaths::findExecutable(name);
  if (!found.isEmpty()) return found;
  return QStandardPaths::findExecutable(name,
                                        {QStringLiteral("/usr/sbin"), QStringLiteral("/usr/local/sbin")});
}

}  // namespace

PeerServer::PeerServer(const QString& name) : name_(name), program_(server(name)) {
  if (!isInstalled() || !folder_.isValid()) return;
  for (int i = 0; i < kTries && port_ == 0; ++i) {
    const int port = freePort();
    process_ = std::make_unique<Program>(program_, prepare(port));
    process_->waitUntil([&] { return !process_->isRunning() || accepts(port); });
    if (process_->isRunning() && accepts(port)) port_ = port;
  }
}

QByteArray PeerServer::words() const {
  return process_ ? process_->out() + process_->err() : QByteArray();
}

void PeerServer::write(const QString& name, const QByteArray& text) {
  QFile file(folder_.filePath(name));
  if (file.open(QIODevice::WriteOnly)) file.write(text);
}

QStringList PeerServer::prepare(int port) {
  const QByteArray number = QByteArray::number(port);
  const QByteArray folder = folder_.path().toLocal8Bit();
  if (name_ == QLatin1String("redis-server")) {
    write(QStringLiteral("redis.conf"), "bind 127.0.0.1\nport " + number +
                                            "\nsave \"\"\nappendonly no\ndir " + folder + "\ndaemonize no\n");
    return {folder_.filePath(QStringLiteral("redis.conf"))};
  }
  if (name_ == QLatin1String("mosquitto")) {
    write(QStringLiteral("mosquitto.conf"), "listener " + number +
                                                " 127.0.0.1\nallow_anonymous true\npersistence false\n" +
                                                (::geteuid() == 0 ? "user root\n" : ""));
    return {QStringLiteral("-c"), folder_.filePath(QStringLiteral("mosquitto.conf"))};
  }
  QDir(folder_.path()).mkdir(QStringLiteral("www"));
  write(QStringLiteral("www/hello.txt"), "hello\n");
  QByteArray temporary;
  for (const char* what : {"client_body", "proxy", "fastcgi", "uwsgi", "scgi"})
    temporary += QByteArray(what) + "_temp_path " + folder + "/" + what + ";\n";
  write(QStringLiteral("nginx.conf"),
        "daemon off;\nmaster_process off;\npid " + folder +
            "/nginx.pid;\nerror_log stderr;\nevents {}\nhttp {\naccess_log off;\n" + temporary +
            "server {\nlisten 127.0.0.1:" + number + ";\nroot " + folder + "/www;\n}\n}\n");
  return {QStringLiteral("-p"),     folder_.path(),       QStringLiteral("-e"),
          QStringLiteral("stderr"), QStringLiteral("-c"), folder_.filePath(QStringLiteral("nginx.conf"))};
}

}  // namespace sockbench::test
