#include "network_namespaces.h"

#include <fcntl.h>
#include <sched.h>
#include <unistd.h>

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <thread>

#include "live_program.h"

namespace sockbench::test {
namespace {

QString s(const char* text) {
  return QString::fromUtf8(text);
}

struct Done {
  bool well = false;
  QByteArray out;
};

Done run(const QStringList& command) {
  QProcess process;
  process.start(command.first(), command.mid(1));
  const bool ended = process.waitForFinished(kDeadlineMs);
  return {ended && process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0,
          process.readAllStandardOutput()};
}

// A shell's words on a line, none of which has a space in it.
bool runLine(const QString& line) {
  return run(line.split(QLatin1Char(' '))).well;
}

}  // namespace

NetworkNamespaces::NetworkNamespaces()
    : here_(s("sbh%1").arg(::getpid())), there_(s("sbt%1").arg(::getpid())) {
  for (const char* name : {"ip", "nft"})
    if (tool(name).isEmpty()) missing_ = s(name) + s(" is not installed");
  if (::geteuid() != 0) missing_ = s("network namespaces are made by root only");
  if (missing_.isEmpty() && !setUp()) missing_ = s("this system makes no network namespaces with a veth");
}

NetworkNamespaces::~NetworkNamespaces() {
  for (const QString& space : {here_, there_}) run({tool("ip"), s("netns"), s("del"), space});
}

bool NetworkNamespaces::setUp() {
  const QString ip = tool("ip");
  bool well = runLine(ip + s(" netns add ") + here_) && runLine(ip + s(" netns add ") + there_);
  well =
      well && runLine(s("%1 -n %2 link add wire type veth peer name wire netns %3").arg(ip, here_, there_));
  for (const auto& [space, address] : {std::pair(here_, addressHere()), std::pair(there_, addressThere())}) {
    well = well && runLine(s("%1 -n %2 link set lo up").arg(ip, space));
    well = well && runLine(s("%1 -n %2 address add %3/24 dev wire").arg(ip, space, address));
    well = well && runLine(s("%1 -n %2 link set wire up").arg(ip, space));
    // What is lost is sent again soon, so that a test with loss takes little time.
    well =
        well &&
        runLine(s("%1 -n %2 route replace 10.77.0.0/24 dev wire src %3 rto_min 5ms").arg(ip, space, address));
    // A neighbour that does not answer is given up soon, too.
    const QString soon =
        s("cd /proc/sys/net/ipv4/neigh/wire && echo 1 > mcast_solicit && echo 100 > retrans_time_ms");
    well = well && run(inside(space, {s("sh"), s("-c"), soon})).well;
  }
  // The other side is known for good: else a pulled cable would be told by the neighbour's silence, now and
  // then.
  well = well && runLine(s("%1 -n %2 link set wire address 02:00:00:00:00:02").arg(ip, there_));
  well = well && runLine(s("%1 -n %2 neigh replace %3 lladdr 02:00:00:00:00:02 dev wire nud permanent")
                             .arg(ip, here_, addressThere()));
  return well;
}

QStringList NetworkNamespaces::inside(const QString& space, const QStringList& command) {
  return QStringList{tool("ip"), s("netns"), s("exec"), space} + command;
}

bool NetworkNamespaces::linkThere(bool up) {
  return runLine(s("%1 -n %2 link set wire %3").arg(tool("ip"), there_, up ? s("up") : s("down")));
}

bool NetworkNamespaces::filterThere(const QString& rule) {
  const QString script = s("table ip t { chain c { type filter hook input priority 0; %1; }; }").arg(rule);
  return run(there({tool("nft"), script})).well;
}

qint64 NetworkNamespaces::countedThere() const {
  const QByteArray rules = run(there({tool("nft"), s("-j"), s("list"), s("ruleset")})).out;
  qint64 packets = 0;
  for (const QJsonValue& one : QJsonDocument::fromJson(rules).object().value(s("nftables")).toArray())
    for (const QJsonValue& part : one.toObject().value(s("rule")).toObject().value(s("expr")).toArray())
      packets += part.toObject().value(s("counter")).toObject().value(s("packets")).toInteger();
  return packets;
}

bool NetworkNamespaces::runHere(const std::function<void()>& work) const {
  bool moved = false;
  std::thread([&] {
    const int space = ::open(("/run/netns/" + here_.toStdString()).c_str(), O_RDONLY | O_CLOEXEC);
    moved = space >= 0 && ::setns(space, CLONE_NEWNET) == 0;
    if (space >= 0) ::close(space);
    if (moved) work();
  }).join();
  return moved;
}

}  // namespace sockbench::test
