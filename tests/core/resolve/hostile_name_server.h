// HostileNameServer: says whatever a test wants, over UDP and TCP, on one loopback port. Thread: the test's.
#pragma once

#include <QByteArray>
#include <QHostAddress>
#include <QTcpServer>
#include <QTcpSocket>
#include <QUdpSocket>
#include <functional>

namespace fixture {

// A question's parts, to build replies from.
struct Asked {
  QByteArray message;

  QByteArray id() const { return message.first(2); }
  QByteArray question() const {  // the name, type and class
    qsizetype end = 12;
    while (end < message.size() && message[end] != 0) end += 1 + message[end];
    return message.sliced(12, end + 5 - 12);
  }
  bool hasEdns() const { return message.size() > 12 + question().size(); }

  // A header with these flags and counts, the question, and `rest`.
  QByteArray reply(quint16 flags, const QByteArray& rest = {}, quint16 answers = 0) const {
    return id() + number(flags) + number(1) + number(answers) + number(0) + number(0) + question() + rest;
  }
  static QByteArray number(quint16 value) {
    return {QByteArray(1, static_cast<char>(value >> 8)) + QByteArray(1, static_cast<char>(value & 255))};
  }
  // A record of the question's name. `ttl` is 60.
  static QByteArray record(quint16 type, const QByteArray& data, const QByteArray& owner = "\xC0\x0C") {
    return owner + number(type) + number(1) + number(0) + number(60) +
           number(static_cast<quint16>(data.size())) + data;
  }
};

class HostileNameServer {
 public:
  std::function<QList<QByteArray>(const Asked&)> overUdp = [](const Asked&) { return QList<QByteArray>(); };
  // What it writes; then it closes, if `closes`.
  std::function<QByteArray(const Asked&)> overTcp = [](const Asked&) { return QByteArray(); };
  bool closes = false;
  int asked = 0;

  HostileNameServer() {
    for (int i = 0; i < 20 && !udp_.isValid(); ++i) {
      tcp_.close();
      if (tcp_.listen(QHostAddress::LocalHost)) udp_.bind(QHostAddress::LocalHost, tcp_.serverPort());
    }
    QObject::connect(&udp_, &QUdpSocket::readyRead, &udp_, [this] { readDatagrams(); });
    QObject::connect(&tcp_, &QTcpServer::newConnection, &tcp_, [this] { accept(); });
  }

  bool isReady() const { return udp_.isValid(); }
  quint16 port() const { return udp_.localPort(); }
  void stopTcp() { tcp_.close(); }
  qsizetype connections() const { return tcp_.findChildren<QTcpSocket*>().size(); }

 private:
  void readDatagrams() {
    while (udp_.hasPendingDatagrams()) {
      QByteArray message(65536, '\0');
      QHostAddress from;
      quint16 port = 0;
      message.resize(udp_.readDatagram(message.data(), message.size(), &from, &port));
      ++asked;
      for (const QByteArray& reply : overUdp(Asked{message})) udp_.writeDatagram(reply, from, port);
    }
  }

  void accept() {
    while (QTcpSocket* peer = tcp_.nextPendingConnection()) {
      QObject::connect(peer, &QTcpSocket::readyRead, peer, [this, peer] {
        const QByteArray seen = peer->peek(65536);
        if (seen.size() < 2) return;
        const int length = static_cast<unsigned char>(seen[0]) << 8 | static_cast<unsigned char>(seen[1]);
        if (seen.size() < 2 + length) return;
        peer->read(2 + length);
        ++asked;
        peer->write(overTcp(Asked{seen.sliced(2, length)}));
        if (closes) peer->disconnectFromHost();
      });
      QObject::connect(peer, &QTcpSocket::disconnected, peer, &QObject::deleteLater);
    }
  }

  QTcpServer tcp_;
  QUdpSocket udp_;
};

}  // namespace fixture
