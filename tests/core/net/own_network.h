// A network of the test's own: sockets and threads that this thread makes while it lives are in it, and
// programs that it starts are, too. Needs root (CLONE_NEWNET); where that may not be, isThere() is false.
#pragma once

#include <fcntl.h>
#include <sched.h>
#include <unistd.h>

#include <QProcess>
#include <QStandardPaths>
#include <QString>

namespace fixture {

class OwnNetwork {
 public:
  OwnNetwork() : before_(::open("/proc/thread-self/ns/net", O_RDONLY | O_CLOEXEC)) {
    isThere_ = before_ >= 0 && ::unshare(CLONE_NEWNET) == 0;
    isUp_ = isThere_ && run(QStringLiteral("ip link set lo up"));
  }
  ~OwnNetwork() {
    if (isThere_) ::setns(before_, CLONE_NEWNET);
    if (before_ >= 0) ::close(before_);
  }
  OwnNetwork(const OwnNetwork&) = delete;
  OwnNetwork& operator=(const OwnNetwork&) = delete;

  // There is one, and its loopback interface is up.
  bool isThere() const { return isUp_; }

  // A line of shell; true: it ended with 0.
  static bool run(const QString& line) {
    QProcess shell;
    shell.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    shell.start(QStringLiteral("/bin/sh"),
                {QStringLiteral("-c"), QStringLiteral("PATH=$PATH:/usr/sbin:/sbin; ") + line});
    return shell.waitForFinished(20000) && shell.exitStatus() == QProcess::NormalExit &&
           shell.exitCode() == 0;
  }

 private:
  int before_ = -1;
  bool isThere_ = false;
  bool isUp_ = false;
};

}  // namespace fixture
