#include <netinet/tcp.h>

#include <QTest>
#include <set>

#include "core/net/socket_options.h"
#include "socket_fixture.h"

using namespace sockbench;
using namespace fixture;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(sockbench::InputFault)

namespace {

constexpr std::string_view kPromised[] = {"SO_REUSEADDR",
                                          "SO_REUSEPORT",
                                          "SO_KEEPALIVE",
                                          "SO_BROADCAST",
                                          "SO_RCVBUF",
                                          "SO_SNDBUF",
                                          "SO_RCVTIMEO",
                                          "SO_SNDTIMEO",
                                          "SO_LINGER",
                                          "SO_BINDTODEVICE",
                                          "SO_ERROR",
                                          "SO_TYPE",
                                          "TCP_NODELAY",
                                          "TCP_KEEPIDLE",
                                          "TCP_KEEPINTVL",
                                          "TCP_KEEPCNT",
                                          "TCP_USER_TIMEOUT",
                                          "TCP_QUICKACK",
                                          "TCP_MAXSEG",
                                          "TCP_CONGESTION",
                                          "TCP_DEFER_ACCEPT",
                                          "TCP_FASTOPEN",
                                          "IP_TTL",
                                          "IP_TOS",
                                          "IP_MULTICAST_TTL",
                                          "IP_MULTICAST_LOOP",
                                          "IP_ADD_MEMBERSHIP",
                                          "IP_DROP_MEMBERSHIP",
                                          "IPV6_V6ONLY",
                                          "IPV6_UNICAST_HOPS",
                                          "IPV6_MULTICAST_HOPS",
                                          "IPV6_MULTICAST_LOOP",
                                          "IPV6_JOIN_GROUP",
                                          "IPV6_LEAVE_GROUP",
                                          "IPV6_TCLASS"};

// A fresh socket that knows the option.
Socket socketFor(const OptionInfo& option) {
  const int family = option.level == IPPROTO_IPV6 ? AF_INET6 : AF_INET;
  const bool multicast =
      option.name.find("MULTICAST") != std::string_view::npos || option.kind == OptionKind::membership;
  return Socket::open(family, multicast ? SOCK_DGRAM : SOCK_STREAM).value();
}

OptionSetting setting(std::string_view text) {
  return OptionSetting::parse(text).value();
}

QByteArray readBack(const Socket& socket, std::string_view name) {
  return bytes(readSocketOption(socket, *findSocketOption(name)).value());
}

}  // namespace

class TstSocketOptions : public QObject {
  Q_OBJECT
 private slots:
  void theTableIsWhole();
  void findsByName();
  void appliesToItsSockets_data();
  void appliesToItsSockets();
  void setsAndReads_data();
  void setsAndReads();
  void canonicalValues_data();
  void canonicalValues();
  void refuses_data();
  void refuses();
  void theKernelDoublesBuffers();
  void acceptedByTheKernelAsWell();
  void joinsAndLeavesAGroup();
  void joinsAndLeavesAnIpv6Group();
  void kernelErrors_data();
  void kernelErrors();
  void readErrors();
};

void TstSocketOptions::theTableIsWhole() {
  std::set<std::string_view> names;
  for (const OptionInfo& option : socketOptions()) {
    names.insert(option.name);
    QVERIFY(!option.meaning.empty() && option.meaning.ends_with('.'));
    QVERIFY(!option.levelName.empty());
    QVERIFY(option.min <= option.max);
    QVERIFY(option.readable || option.writable);
    constexpr std::string_view kUnits[] = {"", "bytes", "bytes/s", "s", "ms", "us"};
    QVERIFY(std::ranges::find(kUnits, option.unit) != std::end(kUnits));
  }
  QCOMPARE(names.size(), socketOptions().size());
  QVERIFY(std::ranges::is_sorted(socketOptions(), {}, &OptionInfo::name));
  for (const std::string_view name : kPromised) QVERIFY2(names.contains(name), name.data());
  QVERIFY(!findSocketOption("SO_ERROR")->writable && !findSocketOption("SO_TYPE")->writable);
  QVERIFY(!findSocketOption("IP_ADD_MEMBERSHIP")->readable);
  QVERIFY(findSocketOption("SO_REUSEADDR")->when == OptionTime::beforeBind);
}

void TstSocketOptions::findsByName() {
  const OptionInfo* option = findSocketOption("TCP_NODELAY");
  QVERIFY(option != nullptr);
  QCOMPARE(option->level, int(IPPROTO_TCP));
  QCOMPARE(option->number, int(TCP_NODELAY));
  QCOMPARE(bytes(option->levelName), "IPPROTO_TCP"_qba);
  for (const char* name : {"", "TCP_NODELA", "TCP_NODELAYS", "tcp_nodelay", "A", "ZZZ"}) {
    QVERIFY(findSocketOption(name) == nullptr);
  }
}

void TstSocketOptions::appliesToItsSockets_data() {
  QTest::addColumn<QByteArray>("name");
  QTest::addColumn<int>("family");
  QTest::addColumn<int>("transport");
  QTest::addColumn<bool>("applies");
  const auto row = [](const char* title, const char* name, int family, Transport transport, bool applies) {
    QTest::newRow(title) << QByteArray(name) << family << static_cast<int>(transport) << applies;
  };
  row("a general option on TCP", "SO_KEEPALIVE", AF_INET, Transport::tcp, true);
  row("a TCP option on TCP", "TCP_NODELAY", AF_INET6, Transport::tcp, true);
  row("a TCP option on UDP", "TCP_NODELAY", AF_INET, Transport::udp, false);
  row("a TCP option on UNIX", "TCP_NODELAY", AF_UNIX, Transport::unixStream, false);
  row("an IPv4 option on IPv4", "IP_TTL", AF_INET, Transport::udp, true);
  row("an IPv4 option on IPv6", "IP_TTL", AF_INET6, Transport::udp, false);
  row("an IPv6 option on IPv6", "IPV6_V6ONLY", AF_INET6, Transport::tcp, true);
  row("an IPv6 option on UNIX", "IPV6_V6ONLY", AF_UNIX, Transport::unixDatagram, false);
}

void TstSocketOptions::appliesToItsSockets() {
  QFETCH(QByteArray, name);
  QFETCH(int, family);
  QFETCH(int, transport);
  QFETCH(bool, applies);
  QCOMPARE(findSocketOption(name.toStdString())->applies(family, static_cast<Transport>(transport)), applies);
}

void TstSocketOptions::setsAndReads_data() {
  QTest::addColumn<QByteArray>("name");
  QTest::addColumn<QByteArray>("value");
  for (const char* text : {"SO_REUSEADDR=1",
                           "SO_REUSEPORT=1",
                           "SO_KEEPALIVE=1",
                           "SO_BROADCAST=1",
                           "SO_RCVTIMEO=1.5",
                           "SO_SNDTIMEO=0.5",
                           "SO_RCVTIMEO=0",
                           "SO_LINGER=on,5",
                           "SO_LINGER=on,0",
                           "SO_LINGER=off",
                           "SO_BINDTODEVICE=lo",
                           "SO_BINDTODEVICE=",
                           "TCP_NODELAY=1",
                           "TCP_KEEPIDLE=60",
                           "TCP_KEEPINTVL=10",
                           "TCP_KEEPCNT=3",
                           "TCP_USER_TIMEOUT=2500",
                           "TCP_QUICKACK=0",
                           "TCP_MAXSEG=1000",
                           "TCP_CONGESTION=reno",
                           "TCP_FASTOPEN=5",
                           "IP_TTL=7",
                           "IP_TOS=16",
                           "IP_MULTICAST_TTL=0",
                           "IP_MULTICAST_LOOP=0",
                           "IPV6_V6ONLY=1",
                           "IPV6_V6ONLY=0",
                           "IPV6_UNICAST_HOPS=9",
                           "IPV6_MULTICAST_HOPS=0",
                           "IPV6_MULTICAST_LOOP=0",
                           "IPV6_TCLASS=32"}) {
    const QByteArray whole(text);
    QTest::newRow(text) << whole.first(whole.indexOf('=')) << whole.mid(whole.indexOf('=') + 1);
  }
}

void TstSocketOptions::setsAndReads() {
  QFETCH(QByteArray, name);
  QFETCH(QByteArray, value);
  Socket socket = socketFor(*findSocketOption(name.toStdString()));
  const OptionSetting wanted = setting((name + '=' + value).toStdString());
  const auto applied = applySocketOption(socket, wanted);
  QVERIFY2(applied.has_value(), applied ? "" : applied.error().line().c_str());
  QCOMPARE(readBack(socket, name.toStdString()), value);
}

void TstSocketOptions::canonicalValues_data() {
  QTest::addColumn<QByteArray>("typed");
  QTest::addColumn<QByteArray>("canonical");
  const auto row = [](const char* name, const char* typed, const char* canonical) {
    QTest::newRow(name) << QByteArray(typed) << QByteArray(canonical);
  };
  row("on", "TCP_NODELAY=on", "TCP_NODELAY=1");
  row("off", "TCP_NODELAY=off", "TCP_NODELAY=0");
  row("zeros before a number", "IP_TTL=007", "IP_TTL=7");
  row("a negative number", "IPV6_UNICAST_HOPS=-1", "IPV6_UNICAST_HOPS=-1");
  row("zeros behind a fraction", "SO_RCVTIMEO=1.500", "SO_RCVTIMEO=1.5");
  row("a fraction without a whole", "SO_RCVTIMEO=.5", "SO_RCVTIMEO=0.5");
  row("a point alone behind", "SO_RCVTIMEO=3.", "SO_RCVTIMEO=3");
  row("one microsecond", "SO_RCVTIMEO=0.000001", "SO_RCVTIMEO=0.000001");
  row("zeros of seconds", "SO_LINGER=on,05", "SO_LINGER=on,5");
  row("a group alone", "IP_ADD_MEMBERSHIP=239.1.1.1", "IP_ADD_MEMBERSHIP=239.1.1.1,0.0.0.0");
  row("a group and an interface", "IP_ADD_MEMBERSHIP=239.1.1.1,127.0.0.1",
      "IP_ADD_MEMBERSHIP=239.1.1.1,127.0.0.1");
  row("an IPv6 group alone", "IPV6_JOIN_GROUP=FF02:0::1", "IPV6_JOIN_GROUP=ff02::1,0");
  row("an IPv6 group and an interface", "IPV6_JOIN_GROUP=ff02::1,lo", "IPV6_JOIN_GROUP=ff02::1,lo");
  row("a name for a number", "IP_TTL=-1", "IP_TTL=default");
  row("a number for a name", "IP_MTU_DISCOVER=2", "IP_MTU_DISCOVER=do");
  row("flags in any order", "SO_TIMESTAMPING=software|rx-software", "SO_TIMESTAMPING=rx-software|software");
  row("flags as a number", "SO_TIMESTAMPING=0x18", "SO_TIMESTAMPING=rx-software|software");
  row("a flag without a name", "SO_TIMESTAMPING=rx-software|0x20000", "SO_TIMESTAMPING=rx-software|0x20000");
  row("no flag", "SO_BUF_LOCK=0", "SO_BUF_LOCK=none");
  row("a rate without a limit", "SO_MAX_PACING_RATE=unlimited", "SO_MAX_PACING_RATE=unlimited");
  row("a rate above 32 bits", "SO_MAX_PACING_RATE=5000000000", "SO_MAX_PACING_RATE=5000000000");
  row("an interface by number", "SO_BINDTOIFINDEX=1", "SO_BINDTOIFINDEX=lo");
  row("no interface", "IP_UNICAST_IF=0", "IP_UNICAST_IF=none");
  row("a multicast interface by name", "IP_MULTICAST_IF=lo", "IP_MULTICAST_IF=lo");
  row("no port range", "IP_LOCAL_PORT_RANGE=0-0", "IP_LOCAL_PORT_RANGE=none");
  row("one source", "IP_ADD_SOURCE_MEMBERSHIP=232.1.1.1,127.0.0.1,192.0.2.1",
      "IP_ADD_SOURCE_MEMBERSHIP=232.1.1.1,127.0.0.1,192.0.2.1");
  row("one IPv6 source", "MCAST_JOIN_SOURCE_GROUP=ff32:0::1,lo,2001:DB8::1",
      "MCAST_JOIN_SOURCE_GROUP=ff32::1,lo,2001:db8::1");
  row("a second name", "IPV6_ADD_MEMBERSHIP=ff02::1,lo", "IPV6_JOIN_GROUP=ff02::1,lo");
  row("an equals sign in the value", "TCP_CONGESTION=a=b", "TCP_CONGESTION=a=b");
}

void TstSocketOptions::canonicalValues() {
  QFETCH(QByteArray, typed);
  QFETCH(QByteArray, canonical);
  const auto parsed = OptionSetting::parse(typed.toStdString());
  QVERIFY2(parsed.has_value(), parsed ? "" : parsed.error().line().c_str());
  QCOMPARE(bytes(parsed->text()), canonical);
}

void TstSocketOptions::refuses_data() {
  QTest::addColumn<QByteArray>("text");
  QTest::addColumn<InputFault>("fault");
  QTest::addColumn<int>("offset");
  QTest::addColumn<int>("length");
  QTest::addColumn<QByteArray>("message");
  const auto row = [](const char* name, const char* text, InputFault fault, int offset, int length,
                      const char* message) {
    QTest::newRow(name) << QByteArray(text) << fault << offset << length << QByteArray(message);
  };
  using enum InputFault;
  row("nothing", "", badOptionName, 0, 0, "missing");
  row("no name", "=1", badOptionName, 0, 0, "missing");
  row("an unknown name", "SO_NONSENSE=1", badOptionName, 0, 11, "no socket option");
  row("a name in small letters", "tcp_nodelay=1", badOptionName, 0, 11, "write TCP_NODELAY");
  row("a slip of the finger", "TCP_NODELY=1", badOptionName, 0, 10, "write TCP_NODELAY");
  row("the level left out", "KEEPIDLE=1", badOptionName, 0, 8, "write TCP_KEEPIDLE");
  row("an unknown choice", "IP_MTU_DISCOVER=maybe", badOptionValue, 16, 5, "dont, want, do");
  row("an unknown flag", "SO_TIMESTAMPING=software|rx-hard", badOptionValue, 25, 7, "joined with |");
  row("a flag missing", "SO_BUF_LOCK=send|", badOptionValue, 17, 0, "send, receive");
  row("a range the wrong way round", "IP_LOCAL_PORT_RANGE=5-4", badOptionValue, 20, 3, "above the last");
  row("half a range", "IP_LOCAL_PORT_RANGE=5", badOptionValue, 21, 0, "missing");
  row("no port", "IP_LOCAL_PORT_RANGE=5-70000", badOptionValue, 22, 5, "65535");
  row("a source missing", "IP_BLOCK_SOURCE=239.1.1.1,127.0.0.1", badOptionValue, 35, 0,
      "GROUP,INTERFACE,SOURCE");
  row("a group as the source", "IP_BLOCK_SOURCE=239.1.1.1,127.0.0.1,239.1.1.2", badOptionValue, 36, 9,
      "one host");
  row("an anycast group", "IPV6_JOIN_ANYCAST=ff02::1,lo", badOptionValue, 18, 7, "does not begin with ff");
  row("the name of a value outside its range", "IP_TTL=none", badOptionValue, 7, 4, "or default");
  row("no value", "TCP_NODELAY", badOptionValue, 11, 0, "a value is missing");
  row("an empty value", "TCP_NODELAY=", badOptionValue, 12, 0, "1 or on");
  row("no truth value", "TCP_NODELAY=yes", badOptionValue, 12, 3, "1 or on");
  row("two is no truth value", "TCP_NODELAY=2", badOptionValue, 12, 1, "1 or on");
  row("read only", "SO_ERROR=0", badOptionValue, 0, 8, "can only be read");
  row("below the least", "IP_TTL=0", badOptionValue, 7, 1, "from 1 to 255");
  row("above the most", "IP_TTL=256", badOptionValue, 7, 3, "from 1 to 255");
  row("far above", "SO_RCVBUF=99999999999999999999", badOptionValue, 10, 20, "bytes");
  row("no number", "SO_RCVBUF=8k", badOptionValue, 10, 2, "whole number");
  row("a space", "IP_TTL= 7", badOptionValue, 7, 2, "whole number");
  row("linger without seconds", "SO_LINGER=on", badOptionValue, 12, 0, "write on,5");
  row("linger with an empty number", "SO_LINGER=on,", badOptionValue, 13, 0, "write on,5");
  row("linger below zero", "SO_LINGER=on,-1", badOptionValue, 13, 2, "seconds");
  row("linger of another kind", "SO_LINGER=5", badOptionValue, 10, 1, "off, or on");
  row("no seconds", "SO_RCVTIMEO=soon", badOptionValue, 12, 4, "seconds");
  row("a point alone", "SO_RCVTIMEO=.", badOptionValue, 12, 1, "seconds");
  row("two points", "SO_RCVTIMEO=1.2.3", badOptionValue, 12, 5, "seconds");
  row("negative seconds", "SO_RCVTIMEO=-1", badOptionValue, 12, 2, "seconds");
  row("finer than a microsecond", "SO_RCVTIMEO=0.0000001", badOptionValue, 12, 9, "six decimals");
  row("too many seconds", "SO_RCVTIMEO=1000000001", badOptionValue, 12, 10, "seconds");
  row("overflowing seconds", "SO_RCVTIMEO=9223372036854775807", badOptionValue, 12, 19, "seconds");
  row("a name too long", "SO_BINDTODEVICE=abcdefghijklmnop", badOptionValue, 16, 16, "at most 15");
  row("a name with a space", "SO_BINDTODEVICE=a b", badOptionValue, 17, 1, "space");
  row("no group", "IP_ADD_MEMBERSHIP=", badOptionValue, 18, 0, "the group is");
  row("no multicast group", "IP_ADD_MEMBERSHIP=192.0.2.1", badOptionValue, 18, 9, "224.0.0.0");
  row("an IPv6 group on IPv4", "IP_ADD_MEMBERSHIP=ff02::1", badOptionValue, 18, 7, "IPv4");
  row("an interface by name on IPv4", "IP_ADD_MEMBERSHIP=239.1.1.1,lo", badOptionValue, 28, 2,
      "IPv4 address");
  row("no multicast IPv6 group", "IPV6_JOIN_GROUP=fe80::1,lo", badOptionValue, 16, 7, "ff");
  row("an IPv4 group on IPv6", "IPV6_JOIN_GROUP=239.1.1.1,lo", badOptionValue, 16, 9, "IPv6");
  row("an unknown interface", "IPV6_JOIN_GROUP=ff02::1,nosuch0", badOptionValue, 24, 7, "no interface");
  row("a zone on a group", "IPV6_JOIN_GROUP=ff02::1%lo", badOptionValue, 16, 10, "the group is");
}

void TstSocketOptions::refuses() {
  QFETCH(QByteArray, text);
  QFETCH(InputFault, fault);
  QFETCH(int, offset);
  QFETCH(int, length);
  QFETCH(QByteArray, message);
  const auto parsed = OptionSetting::parse(text.toStdString());
  QVERIFY(!parsed);
  const Error& error = parsed.error();
  QVERIFY2(error.isInput(fault), error.line().c_str());
  QCOMPARE(bytes(error.subject), text);
  QVERIFY(error.where.has_value());
  QCOMPARE(error.where->offset, std::size_t(offset));
  QCOMPARE(error.where->length, std::size_t(length));
  QVERIFY2(bytes(error.message()).contains(message), error.message().c_str());
}

void TstSocketOptions::theKernelDoublesBuffers() {
  Socket socket = Socket::open(AF_INET, SOCK_STREAM).value();
  QVERIFY(applySocketOption(socket, setting("SO_RCVBUF=20000")).has_value());
  QCOMPARE(readBack(socket, "SO_RCVBUF"), "40000"_qba);
}

void TstSocketOptions::acceptedByTheKernelAsWell() {
  Socket socket = Socket::open(AF_INET, SOCK_STREAM).value();
  QVERIFY(applySocketOption(socket, setting("TCP_NODELAY=on")).has_value());
  QCOMPARE(socket.intOption(IPPROTO_TCP, TCP_NODELAY).value(), 1);
  QVERIFY(applySocketOption(socket, setting("SO_LINGER=on,3")).has_value());
  linger raw{};
  const Bytes value = socket.rawOption(SOL_SOCKET, SO_LINGER, sizeof raw).value();
  std::memcpy(&raw, value.data(), sizeof raw);
  QCOMPARE(raw.l_onoff, 1);
  QCOMPARE(raw.l_linger, 3);
}

void TstSocketOptions::joinsAndLeavesAGroup() {
  Socket receiver = Socket::open(AF_INET, SOCK_DGRAM).value();
  QVERIFY(receiver.bind(SocketAddress::fromIpv4(INADDR_ANY, 0)).has_value());
  QVERIFY(receiver.setTimeout(std::chrono::seconds(10)).has_value());
  const OptionSetting join = setting("IP_ADD_MEMBERSHIP=239.1.1.1,127.0.0.1");
  QVERIFY(applySocketOption(receiver, join).has_value());
  const auto twice = applySocketOption(receiver, join);
  QVERIFY(!twice && twice.error().isErrno(EADDRINUSE));

  Socket sender = Socket::open(AF_INET, SOCK_DGRAM).value();
  QVERIFY(applySocketOption(sender, setting("SO_BINDTODEVICE=lo")).has_value());
  const SocketAddress group = SocketAddress::fromIp("239.1.1.1", receiver.localAddress()->port()).value();
  const auto sent = sender.sendTo(asBytes("to the group"), group);
  QVERIFY2(sent.has_value(), sent ? "" : sent.error().line().c_str());
  QCOMPARE(receive(receiver, 12), "to the group"_qba);

  const OptionSetting leave = setting("IP_DROP_MEMBERSHIP=239.1.1.1,127.0.0.1");
  QVERIFY(applySocketOption(receiver, leave).has_value());
  const auto left = applySocketOption(receiver, leave);
  QVERIFY(!left && left.error().isErrno(EADDRNOTAVAIL));
}

void TstSocketOptions::joinsAndLeavesAnIpv6Group() {
  Socket socket = Socket::open(AF_INET6, SOCK_DGRAM).value();
  const OptionSetting join = setting("IPV6_JOIN_GROUP=ff02::1234,lo");
  const auto joined = applySocketOption(socket, join);
  QVERIFY2(joined.has_value(), joined ? "" : joined.error().line().c_str());
  const auto twice = applySocketOption(socket, join);
  QVERIFY(!twice && twice.error().isErrno(EADDRINUSE));
  QVERIFY(applySocketOption(socket, setting("IPV6_LEAVE_GROUP=ff02::1234,1")).has_value());
}

void TstSocketOptions::kernelErrors_data() {
  QTest::addColumn<int>("family");
  QTest::addColumn<int>("type");
  QTest::addColumn<QByteArray>("text");
  QTest::addColumn<int>("code");
  const auto row = [](const char* name, int family, int type, const char* text, int code) {
    QTest::newRow(name) << family << type << QByteArray(text) << code;
  };
  row("a TCP option on UDP", AF_INET, SOCK_DGRAM, "TCP_NODELAY=1", ENOPROTOOPT);
  row("an IP option on UNIX", AF_UNIX, SOCK_STREAM, "IP_TTL=5", EOPNOTSUPP);
  row("an IPv6 option on IPv4", AF_INET, SOCK_STREAM, "IPV6_V6ONLY=1", ENOPROTOOPT);
  row("an unknown device", AF_INET, SOCK_STREAM, "SO_BINDTODEVICE=nosuch0", ENODEV);
  row("an unknown algorithm", AF_INET, SOCK_STREAM, "TCP_CONGESTION=nosuch", ENOENT);
  row("an address that no interface has", AF_INET, SOCK_DGRAM, "IP_ADD_MEMBERSHIP=239.1.1.1,192.0.2.1",
      ENODEV);
}

void TstSocketOptions::kernelErrors() {
  QFETCH(int, family);
  QFETCH(int, type);
  QFETCH(QByteArray, text);
  QFETCH(int, code);
  Socket socket = Socket::open(family, type).value();
  const auto applied = applySocketOption(socket, setting(text.toStdString()));
  QVERIFY(!applied);
  QCOMPARE(bytes(applied.error().symbol()), bytes(errnoSymbol(code)));
  QCOMPARE(bytes(applied.error().subject), text);
  QCOMPARE(applied.error().op, Operation::setsockopt);
}

void TstSocketOptions::readErrors() {
  const Socket unixSocket = Socket::open(AF_UNIX, SOCK_STREAM).value();
  const auto wrong = readSocketOption(unixSocket, *findSocketOption("TCP_NODELAY"));
  QVERIFY(!wrong && wrong.error().isErrno(EOPNOTSUPP));
  QCOMPARE(bytes(wrong.error().subject), "TCP_NODELAY"_qba);
  const Socket udp = Socket::open(AF_INET, SOCK_DGRAM).value();
  const auto never = readSocketOption(udp, *findSocketOption("IP_ADD_MEMBERSHIP"));
  QVERIFY(!never && never.error().isErrno(ENOPROTOOPT));
  const auto closed = readSocketOption(Socket(), *findSocketOption("SO_TYPE"));
  QVERIFY(!closed && closed.error().isErrno(EBADF));
}

QTEST_APPLESS_MAIN(TstSocketOptions)
#include "tst_socket_options.moc"
