// NameServer: a knotd of the test's own on a free loopback port, with zones that have a row of each kind.
// Any test may use it (link sockbench_name_server); everything it writes lies in a temporary folder.
#pragma once

#include <QProcess>
#include <QString>
#include <QTemporaryDir>

class NameServer {
 public:
  // Why there can be none here ("knotd is not installed"); empty where there can. For QSKIP.
  static QString missing();

  NameServer() = default;
  ~NameServer();  // stops it
  NameServer(const NameServer&) = delete;
  NameServer& operator=(const NameServer&) = delete;

  // Starts it and waits until it answers for its zones: "bench.example." (bench.example.zone beside this
  // file) and "2.0.192.in-addr.arpa.". Empty: it does; else what went wrong.
  QString start();

  quint16 port() const { return port_; }
  bool hasIpv6() const { return ipv6_; }  // whether it listens on ::1, too
  QString address() const { return QStringLiteral("127.0.0.1:%1").arg(port_); }

 private:
  QString tryStart();
  bool answers();

  QTemporaryDir folder_;
  QProcess process_;
  quint16 port_ = 0;
  bool ipv6_ = false;
};
