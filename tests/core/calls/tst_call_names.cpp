// The names of constants: against this system's headers as Python was built with, both ways, and as flags.
#include <linux/vm_sockets.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

#include <QProcess>
#include <QTest>
#include <map>
#include <set>

#include "core/calls/call_names.h"
#include "core/net/socket_options.h"

using namespace sockbench;
using namespace Qt::StringLiterals;

namespace {

const auto kGroups = {NameGroup::family,      NameGroup::type,         NameGroup::protocol,
                      NameGroup::level,       NameGroup::option,       NameGroup::messageFlag,
                      NameGroup::shutdownHow, NameGroup::addrinfoFlag, NameGroup::nameinfoFlag,
                      NameGroup::controlType, NameGroup::pollEvent,    NameGroup::ioctlRequest,
                      NameGroup::other};

// What Python's socket module has and this table has not, and why.
const std::map<QString, const char*> kLeftOut{
    {u"ALG_OP_SIGN"_s, "Python's own number: no kernel knows it"},
    {u"ALG_OP_VERIFY"_s, "Python's own number: no kernel knows it"},
    {u"ALG_SET_PUBKEY"_s, "Python's own number: no kernel knows it"},
};

QString text(std::string_view view) {
  return QString::fromUtf8(view.data(), static_cast<qsizetype>(view.size()));
}

}  // namespace

class CallNames : public QObject {
  Q_OBJECT
 private slots:
  void numberOfAName_data();
  void numberOfAName();
  void nameOfANumber_data();
  void nameOfANumber();
  void flags_data();
  void flags();
  void nearest_data();
  void nearest();
  void aNameHasOneNumber();
  void groupsAreSorted();
  void everyRowFindsItselfAgain();
  void knowsEveryOptionOfTheTable();
  void agreesWithPython();
};

void CallNames::numberOfAName_data() {
  QTest::addColumn<QByteArray>("name");
  QTest::addColumn<qlonglong>("number");
  QTest::newRow("a family") << "AF_INET6"_ba << qlonglong{AF_INET6};
  QTest::newRow("a flag of the type") << "SOCK_NONBLOCK"_ba << qlonglong{SOCK_NONBLOCK};
  QTest::newRow("an option that core/net knows") << "SO_REUSEADDR"_ba << qlonglong{SO_REUSEADDR};
  QTest::newRow("an option of raw sockets") << "IP_HDRINCL"_ba << qlonglong{IP_HDRINCL};
  QTest::newRow("an address with its highest bit") << "INADDR_BROADCAST"_ba << qlonglong{0xffffffff};
  QTest::newRow("minus one as the kernel has it unsigned") << "VMADDR_CID_ANY"_ba << qlonglong{0xffffffff};
  QTest::newRow("a negative number") << "EAI_NONAME"_ba << qlonglong{-2};
  QTest::newRow("unknown") << "SO_NO_SUCH"_ba << qlonglong{-1000};
  QTest::newRow("in small letters") << "af_inet"_ba << qlonglong{-1000};
  QTest::newRow("nothing") << ""_ba << qlonglong{-1000};
}

void CallNames::numberOfAName() {
  QFETCH(QByteArray, name);
  QFETCH(qlonglong, number);
  QCOMPARE(numberOf(name.toStdString()).value_or(-1000), number);
}

void CallNames::nameOfANumber_data() {
  QTest::addColumn<NameGroup>("group");
  QTest::addColumn<int>("number");
  QTest::addColumn<int>("level");
  QTest::addColumn<QString>("name");
  QTest::newRow("a family, not its second name") << NameGroup::family << AF_UNIX << 0 << u"AF_UNIX"_s;
  QTest::newRow("a level, not the protocol") << NameGroup::level << SOL_SOCKET << 0 << u"SOL_SOCKET"_s;
  QTest::newRow("a protocol of the internet") << NameGroup::protocol << 1 << 0 << u"IPPROTO_ICMP"_s;
  QTest::newRow("the same number of CAN") << NameGroup::protocol << 1 << AF_CAN << u"CAN_RAW"_s;
  QTest::newRow("an option of a level") << NameGroup::option << 1 << int{IPPROTO_TCP} << u"TCP_NODELAY"_s;
  QTest::newRow("the same number of a socket") << NameGroup::option << 2 << SOL_SOCKET << u"SO_REUSEADDR"_s;
  QTest::newRow("a control message") << NameGroup::controlType << 1 << SOL_SOCKET << u"SCM_RIGHTS"_s;
  QTest::newRow("of another level") << NameGroup::controlType << IP_TTL << int{IPPROTO_IP} << u"IP_TTL"_s;
  QTest::newRow("unknown") << NameGroup::family << 4711 << 0 << QString();
  QTest::newRow("known at another level") << NameGroup::option << 1 << 4711 << QString();
}

void CallNames::nameOfANumber() {
  QFETCH(NameGroup, group);
  QFETCH(int, number);
  QFETCH(int, level);
  QFETCH(QString, name);
  QCOMPARE(text(nameOf(group, number, level)), name);
}

void CallNames::flags_data() {
  QTest::addColumn<NameGroup>("group");
  QTest::addColumn<qlonglong>("flags");
  QTest::addColumn<QString>("text");
  const auto message = NameGroup::messageFlag;
  QTest::newRow("none") << message << qlonglong{0} << u"0"_s;
  QTest::newRow("one") << message << qlonglong{MSG_PEEK} << u"MSG_PEEK"_s;
  QTest::newRow("two") << message << qlonglong{MSG_DONTWAIT | MSG_PEEK} << u"MSG_PEEK | MSG_DONTWAIT"_s;
  QTest::newRow("not its second name") << message << qlonglong{MSG_DONTROUTE} << u"MSG_DONTROUTE"_s;
  QTest::newRow("a bit without a name") << message << qlonglong{0x800000 | 2} << u"MSG_PEEK | 0x800000"_s;
  QTest::newRow("minus one") << NameGroup::shutdownHow << qlonglong{-1}
                             << u"SHUT_WR | SHUT_RDWR | 0xfffffffffffffffc"_s;
  QTest::newRow("a type that is two bits") << NameGroup::type << qlonglong{SOCK_RAW} << u"SOCK_RAW"_s;
  QTest::newRow("a type and its flags")
      << NameGroup::type << qlonglong{SOCK_SEQPACKET | SOCK_NONBLOCK | SOCK_CLOEXEC}
      << u"SOCK_SEQPACKET | SOCK_NONBLOCK | SOCK_CLOEXEC"_s;
  QTest::newRow("events") << NameGroup::pollEvent << qlonglong{POLLIN | POLLHUP} << u"POLLIN | POLLHUP"_s;
}

void CallNames::flags() {
  QFETCH(NameGroup, group);
  QFETCH(qlonglong, flags);
  QFETCH(QString, text);
  QCOMPARE(QString::fromStdString(flagsText(group, flags)), text);
}

void CallNames::nearest_data() {
  QTest::addColumn<QByteArray>("written");
  QTest::addColumn<QString>("meant");
  QTest::newRow("a letter left out") << "SO_REUSEADR"_ba << u"SO_REUSEADDR"_s;
  QTest::newRow("a letter changed") << "AF_IMET"_ba << u"AF_INET"_s;
  QTest::newRow("as it is") << "MSG_PEEK"_ba << u"MSG_PEEK"_s;
  QTest::newRow("nothing like it") << "my_variable_of_a_long_name"_ba << QString();
  QTest::newRow("nothing") << ""_ba << QString();
  QTest::newRow("longer than every name") << QByteArray(100'000, 'A') << QString();
}

void CallNames::nearest() {
  QFETCH(QByteArray, written);
  QFETCH(QString, meant);
  QCOMPARE(text(nearestName(written.toStdString())), meant);
}

void CallNames::aNameHasOneNumber() {
  std::map<std::string_view, std::int64_t> seen;
  for (const NameGroup group : kGroups) {
    std::set<std::pair<std::string_view, int>> ofGroup;
    for (const NamedNumber& row : namesOf(group)) {
      QVERIFY2(ofGroup.emplace(row.name, row.level).second, qPrintable(u"twice: "_s + text(row.name)));
      const auto [known, first] = seen.emplace(row.name, row.number);
      QVERIFY2(first || known->second == row.number, qPrintable(text(row.name)));
    }
  }
}

void CallNames::groupsAreSorted() {
  for (const NameGroup group : kGroups) {
    QVERIFY(!namesOf(group).empty());
    QVERIFY(std::ranges::is_sorted(namesOf(group), {}, &NamedNumber::number));
    for (const NamedNumber& row : namesOf(group)) QVERIFY2(row.group == group, qPrintable(text(row.name)));
  }
}

void CallNames::everyRowFindsItselfAgain() {
  for (const NameGroup group : kGroups) {
    for (const NamedNumber& row : namesOf(group)) {
      QCOMPARE(numberOf(row.name), std::optional(row.number));
      const auto name = nameOf(group, row.number, row.level);
      QVERIFY2(!name.empty() && numberOf(name) == row.number, qPrintable(text(row.name)));
    }
  }
}

void CallNames::knowsEveryOptionOfTheTable() {
  for (const OptionInfo& option : socketOptions()) {
    QCOMPARE(numberOf(option.name), std::optional<std::int64_t>(option.number));
    QCOMPARE(text(nameOf(NameGroup::option, option.number, option.level)), text(option.name));
    QVERIFY2(!nameOf(NameGroup::level, option.level).empty(), qPrintable(text(option.name)));
  }
}

void CallNames::agreesWithPython() {
  QProcess python;
  python.start(u"python3"_s, {u"-c"_s,
                              u"import socket\nfor n in dir(socket):\n v = getattr(socket, n)\n"
                              " if n.upper() == n and isinstance(v, int): print(n, int(v))"_s});
  if (!python.waitForStarted()) QSKIP("python3 is not installed");
  QVERIFY(python.waitForFinished());
  const auto lines = python.readAllStandardOutput().split('\n');
  qsizetype compared = 0;
  for (const QByteArray& line : lines) {
    const auto parts = line.split(' ');
    if (parts.size() != 2 || kLeftOut.contains(QString::fromLatin1(parts[0]))) continue;
    const auto ours = numberOf(parts[0].toStdString());
    QVERIFY2(ours, qPrintable(u"not known: "_s + QString::fromLatin1(parts[0])));
    QVERIFY2(*ours == parts[1].toLongLong(), line.constData());
    ++compared;
  }
  QVERIFY(compared > 200);
}

QTEST_GUILESS_MAIN(CallNames)
#include "tst_call_names.moc"
