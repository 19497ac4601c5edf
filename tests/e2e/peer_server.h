// Other people's servers, each with a configuration and a folder of its own, on a free loopback port.
#pragma once

#include <QString>
#include <QStringList>
#include <QTemporaryDir>
#include <functional>
#include <memory>

#include "live_program.h"

namespace sockbench::test {

// Stopped when it goes.
class PeerServer {
 public:
  // "redis-server", "nginx" or "mosquitto".
  explicit PeerServer(const QString& name);

  bool isInstalled() const { return !program_.isEmpty(); }
  bool isRunning() const { return port_ != 0; }  // it accepts connections at port()
  int port() const { return port_; }
  QByteArray words() const;  // what it said: why it does not run

 private:
  QStringList prepare(int port);  // its arguments; writes its files
  void write(const QString& name, const QByteArray& text);

  QString name_;
  QString program_;
  QTemporaryDir folder_;
  std::unique_ptr<Program> process_;
  int port_ = 0;
};

}  // namespace sockbench::test
