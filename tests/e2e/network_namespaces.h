// Two network namespaces with a cable between them (veth), for tests of what a network does to a connection.
#pragma once

#include <QString>
#include <QStringList>
#include <functional>

namespace sockbench::test {

// Named after this process; gone when it is destroyed, and with them what was set up in them.
class NetworkNamespaces {
 public:
  NetworkNamespaces();
  ~NetworkNamespaces();
  NetworkNamespaces(const NetworkNamespaces&) = delete;
  NetworkNamespaces& operator=(const NetworkNamespaces&) = delete;

  // Why there are none: no right to make them, or a tool is missing. Empty: they are there.
  const QString& missing() const { return missing_; }

  // A program and its arguments, made to run on this side.
  QStringList here(const QStringList& command) const { return inside(here_, command); }
  QStringList there(const QStringList& command) const { return inside(there_, command); }
  QString addressHere() const { return QStringLiteral("10.77.0.1"); }
  QString addressThere() const { return QStringLiteral("10.77.0.2"); }

  bool linkThere(bool up);
  // nft's rule, for what comes in there; false: nft refused it.
  bool filterThere(const QString& rule);
  // The packets that the rules' counters there have seen.
  qint64 countedThere() const;
  // Runs `work` on a thread whose sockets, and those of the threads that it starts, are on this side.
  bool runHere(const std::function<void()>& work) const;

 private:
  static QStringList inside(const QString& space, const QStringList& command);
  bool setUp();

  const QString here_;
  const QString there_;
  QString missing_;
};

}  // namespace sockbench::test
