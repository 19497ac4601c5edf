// The whole table of socket options against this kernel, against Python's numbers, and against garbage.
#include <netinet/in.h>
#include <netinet/tcp.h>

#include <QFile>
#include <QProcess>
#include <QTest>
#include <map>
#include <random>
#include <set>

#include "core/net/socket_option_value.h"
#include "core/net/socket_options.h"
#include "socket_fixture.h"

using namespace sockbench;
using namespace fixture;
using namespace Qt::StringLiterals;

namespace {

bool isFor(const OptionInfo& option, Transport transport) {
  return option.applies(option.family == 0 ? AF_INET : option.family, transport);
}

int familyFor(const OptionInfo& option) {
  return option.family == 0 ? AF_INET : option.family;
}

int typeFor(const OptionInfo& option) {
  return isFor(option, Transport::tcp) || option.family == AF_UNIX ? SOCK_STREAM : SOCK_DGRAM;
}

Socket freshFor(const OptionInfo& option) {
  return Socket::open(familyFor(option), typeFor(option)).value();
}

// A socket with a peer, and what must live as long.
struct Connected {
  Socket socket;
  Socket other;
};

Connected connectedFor(const OptionInfo& option) {
  if (option.family == AF_UNIX) {
    auto both = Socket::pair(AF_UNIX, SOCK_STREAM).value();
    return {std::move(both.first), std::move(both.second)};
  }
  const SocketAddress here = option.family == AF_INET6 ? SocketAddress::fromIp("::1", 0).value() : loopback();
  Socket other = freshFor(option);
  other.bind(here).value();
  if (typeFor(option) == SOCK_STREAM) other.listen(1).value();
  Socket socket = freshFor(option);
  socket.connect(other.localAddress().value()).value();
  return {std::move(socket), std::move(other)};
}

// CAP_NET_ADMIN is bit 12 of the effective set.
bool mayAdministrateTheNetwork() {
  QFile status(u"/proc/self/status"_s);
  if (!status.open(QIODevice::ReadOnly)) return false;
  for (const QByteArray& line : status.readAll().split('\n'))
    if (line.startsWith("CapEff:")) return (line.mid(7).trimmed().toULongLong(nullptr, 16) >> 12U & 1U) != 0;
  return false;
}

// What every kind takes; for numbers, both ends of the range, so that a range that the kernel does not have
// is found.
std::vector<std::string> valuesFor(const OptionInfo& option) {
  std::vector<std::string> values;
  for (const OptionChoice& choice : option.choices) values.emplace_back(choice.name);
  switch (option.kind) {
    case OptionKind::boolean:
      return {"1", "0"};
    case OptionKind::integer:
    case OptionKind::wide:
      values.push_back(std::to_string(option.min));
      values.push_back(std::to_string(option.max));
      return values;
    case OptionKind::flags:
      values.emplace_back("none");
      return values;
    case OptionKind::linger:
      return {"off", "on,0", "on,5"};
    case OptionKind::duration:
      return {"0", "1.5"};
    case OptionKind::interface:
      return {"lo", "none"};
    case OptionKind::multicastInterface:
      return {"127.0.0.1", "0.0.0.0"};
    case OptionKind::portRange:
      return {"40000-50000", "40000-0", "none"};
    case OptionKind::text:
      return {option.name == "TCP_CONGESTION" ? "reno" : "lo"};
    case OptionKind::anycast:
      return {"2001:db8::1,lo"};
    case OptionKind::membership:
      return {option.family == AF_INET ? "239.1.1.1,127.0.0.1" : "ff02::1234,lo"};
    case OptionKind::sourceMembership:
      return {option.family == AF_INET ? "239.1.1.1,127.0.0.1,127.0.0.2" : "ff02::1234,lo,2001:db8::2"};
    default:
      return values;
  }
}

// What has to be done first.
const std::map<std::string_view, std::vector<const char*>> kBefore{
    {"IP_DROP_MEMBERSHIP", {"IP_ADD_MEMBERSHIP=239.1.1.1,127.0.0.1"}},
    {"IP_DROP_SOURCE_MEMBERSHIP", {"IP_ADD_SOURCE_MEMBERSHIP=239.1.1.1,127.0.0.1,127.0.0.2"}},
    {"IP_BLOCK_SOURCE", {"IP_ADD_MEMBERSHIP=239.1.1.1,127.0.0.1"}},
    {"IP_UNBLOCK_SOURCE",
     {"IP_ADD_MEMBERSHIP=239.1.1.1,127.0.0.1", "IP_BLOCK_SOURCE=239.1.1.1,127.0.0.1,127.0.0.2"}},
    {"IPV6_LEAVE_GROUP", {"IPV6_JOIN_GROUP=ff02::1234,lo"}},
    {"MCAST_LEAVE_SOURCE_GROUP", {"MCAST_JOIN_SOURCE_GROUP=ff02::1234,lo,2001:db8::2"}},
    {"MCAST_BLOCK_SOURCE", {"IPV6_JOIN_GROUP=ff02::1234,lo"}},
    {"MCAST_UNBLOCK_SOURCE",
     {"IPV6_JOIN_GROUP=ff02::1234,lo", "MCAST_BLOCK_SOURCE=ff02::1234,lo,2001:db8::2"}},
};

// What the kernel makes of a value, as the option's meaning says it; read as anything but an error.
const std::set<QByteArray> kChanged{
    "SO_RCVBUF=0",
    "SO_RCVBUF=2147483647",
    "SO_SNDBUF=0",
    "SO_SNDBUF=2147483647",
    "SO_RCVLOWAT=2147483647",
    "SO_TXREHASH=default",
    "TCP_DEFER_ACCEPT=2147483647",
    "TCP_FASTOPEN=2147483647",
    "TCP_LINGER2=0",
    "TCP_MAXSEG=default",
    "TCP_DELACK_MAX_US=200000",
    "TCP_RTO_MIN_US=200000",
    "IP_TTL=default",
    "IPV6_UNICAST_HOPS=-1",
    "IPV6_MULTICAST_HOPS=-1",
    "IPV6_TCLASS=-1",
    "IPV6_TCLASS=255",
    "IP_TOS=255",
};

// What is refused by the kernel alone, because it depends on the machine or on other settings.
const std::map<QByteArray, std::set<int>> kRefused{
    {"SO_RESERVE_MEM=0", {EOPNOTSUPP}},
    {"SO_RESERVE_MEM=2147483647", {EOPNOTSUPP, ENOMEM, EPERM}},
    {"SO_TIMESTAMPING=opt-stats", {EINVAL}},                     // it wants opt-tsonly beside it
    {"SO_TIMESTAMPING=bind-phc", {EINVAL, ENOENT, EOPNOTSUPP}},  // it wants a clock's number
    {"TCP_DELACK_MAX_US=1", {EINVAL}},                           // less than two steps of the kernel's clock
    {"TCP_RTO_MIN_US=1", {EINVAL}},
    {"SO_ORIGINAL_DST", {ENOENT, ENOPROTOOPT}},
    {"IP6T_SO_ORIGINAL_DST", {ENOENT, ENOPROTOOPT}},
    {"SO_PEERSEC", {ENOPROTOOPT}},
    {"IPV6_JOIN_ANYCAST=2001:db8::1,lo", {EPERM, EADDRNOTAVAIL}},  // its network is on no interface
    {"IPV6_LEAVE_ANYCAST=2001:db8::1,lo", {ENOENT}},               // it was not joined
    {"SO_TIMESTAMPING=opt-id", {EINVAL}},                          // TCP numbers bytes, once it is connected
};

bool mayBeRefused(const QByteArray& what, const Error& error) {
  const auto known = kRefused.find(what);
  return known != kRefused.end() && error.domain == ErrorDomain::system && known->second.contains(error.code);
}

// socket(7): who lacks the right is answered EPERM, for SO_DEBUG EACCES.
bool isForWantOfRights(const Error& error) {
  return (error.isErrno(EPERM) || error.isErrno(EACCES)) && !mayAdministrateTheNetwork();
}

// Younger than the kernels that people have.
bool mayBeMissing(const OptionInfo& option) {
  return option.meaning.find("since Linux") != std::string_view::npos;
}

}  // namespace

class TstSocketOptionTable : public QObject {
  Q_OBJECT
 private slots:
  void everyReadableOptionIsRead_data();
  void everyReadableOptionIsRead();
  void everyValueIsTakenAndReadBack_data();
  void everyValueIsTakenAndReadBack();
  void garbageIsRefused_data();
  void garbageIsRefused();
  void readOnlyIsRefused();
  void numbersAreThoseOfPython();
  void anyBytesAreRead();
  void anyTextIsParsed();
};

void TstSocketOptionTable::everyReadableOptionIsRead_data() {
  QTest::addColumn<QByteArray>("name");
  for (const OptionInfo& option : socketOptions())
    if (option.readable) QTest::newRow(option.name.data()) << bytes(option.name);
}

void TstSocketOptionTable::everyReadableOptionIsRead() {
  QFETCH(QByteArray, name);
  const OptionInfo& option = *findSocketOption(name.toStdString());
  const Connected connected = connectedFor(option);
  const auto value = readSocketOption(connected.socket, option);
  if (!value && mayBeMissing(option) && value.error().isErrno(ENOPROTOOPT)) QSKIP("not in this kernel");
  if (!value && mayBeRefused(name, value.error())) return;
  QVERIFY2(value.has_value(), value ? "" : value.error().line().c_str());
  QVERIFY(!value->empty() || option.kind == OptionKind::text);
  if (!option.writable) return;
  const auto again = OptionSetting::parse(name.toStdString() + "=" + *value);
  QVERIFY2(again.has_value(), again ? "" : again.error().line().c_str());
  QCOMPARE(bytes(again->value), bytes(*value));
}

void TstSocketOptionTable::everyValueIsTakenAndReadBack_data() {
  QTest::addColumn<QByteArray>("text");
  for (const OptionInfo& option : socketOptions()) {
    if (!option.writable) continue;
    const auto values = valuesFor(option);
    QVERIFY2(!values.empty(), option.name.data());
    for (const std::string& value : values) {
      const std::string text = std::string(option.name) + '=' + value;
      QTest::newRow(text.c_str()) << bytes(text);
    }
  }
}

void TstSocketOptionTable::everyValueIsTakenAndReadBack() {
  QFETCH(QByteArray, text);
  const auto setting = OptionSetting::parse(text.toStdString());
  QVERIFY2(setting.has_value(), setting ? "" : setting.error().line().c_str());
  QCOMPARE(bytes(setting->text()), text);
  const OptionInfo& option = *setting->option;
  Socket socket = freshFor(option);
  if (const auto before = kBefore.find(option.name); before != kBefore.end())
    for (const char* first : before->second)
      if (const auto done = applySocketOption(socket, OptionSetting::parse(first).value()); !done) {
        if (isForWantOfRights(done.error())) QSKIP("needs CAP_NET_ADMIN");
        QFAIL(done.error().line().c_str());
      }
  const auto applied = applySocketOption(socket, *setting);
  if (!applied) {
    if (mayBeRefused(text, applied.error())) return;
    if (mayBeMissing(option) && applied.error().isErrno(ENOPROTOOPT)) QSKIP("not in this kernel");
    if (isForWantOfRights(applied.error())) QSKIP("needs CAP_NET_ADMIN");
    QFAIL(applied.error().line().c_str());
  }
  if (!option.readable || option.name == "IPV6_MTU") return;  // IPV6_MTU reads the path's, once there is one
  const auto value = readSocketOption(socket, option);
  QVERIFY2(value.has_value(), value ? "" : value.error().line().c_str());
  if (option.name == "IPV6_ADDR_PREFERENCES") {
    const bool kept = setting->value == "none" || setting->value == "cga" || setting->value == "noncga" ||
                      value->find(setting->value) != std::string::npos;
    QVERIFY2(kept, value->c_str());
  } else if (kChanged.contains(text)) {
    QVERIFY(!value->empty());
  } else {
    QCOMPARE(bytes(*value), bytes(setting->value));
  }
}

void TstSocketOptionTable::garbageIsRefused_data() {
  QTest::addColumn<QByteArray>("name");
  QTest::addColumn<QByteArray>("value");
  const auto row = [](const OptionInfo& option, const char* what, const QByteArray& value) {
    QTest::newRow((bytes(option.name) + ": " + what).constData()) << bytes(option.name) << value;
  };
  for (const OptionInfo& option : socketOptions()) {
    if (!option.writable) continue;
    row(option, "a NUL", "1\0001"_qba);
    row(option, "a space", " 1");
    row(option, "without end", QByteArray(5000, '1'));
    row(option, "far below zero", "-99999999999999999999999999");
    if (option.kind == OptionKind::text) continue;
    row(option, "nothing", "");
    row(option, "a snowman", "\xe2\x98\x83");
    row(option, "no UTF-8", "\xff\xfe");
    row(option, "an unknown word", "nonsense");
    row(option, "a comma alone", ",");
    if (option.kind != OptionKind::integer) continue;
    const auto isNamed = [&](long long number) {
      return std::ranges::any_of(option.choices, [&](const OptionChoice& choice) {
        return static_cast<long long>(choice.value) == number;
      });
    };
    if (!isNamed(option.min - 1)) row(option, "too small", QByteArray::number(option.min - 1));
    if (!isNamed(option.max + 1)) row(option, "too large", QByteArray::number(option.max + 1));
  }
}

void TstSocketOptionTable::garbageIsRefused() {
  QFETCH(QByteArray, name);
  QFETCH(QByteArray, value);
  const QByteArray text = name + '=' + value;
  const auto parsed = OptionSetting::parse(text.toStdString());
  QVERIFY(!parsed);
  QVERIFY(parsed.error().isInput(InputFault::badOptionValue));
  QVERIFY(!parsed.error().detail.empty());
  QVERIFY(parsed.error().where.has_value());
  QVERIFY(parsed.error().where->offset > static_cast<std::size_t>(name.size()));
  QVERIFY(parsed.error().where->offset + parsed.error().where->length <=
          static_cast<std::size_t>(text.size()));
}

void TstSocketOptionTable::readOnlyIsRefused() {
  int seen = 0;
  for (const OptionInfo& option : socketOptions()) {
    if (option.writable) continue;
    ++seen;
    const auto parsed = OptionSetting::parse(std::string(option.name) + "=1");
    QVERIFY2(!parsed && parsed.error().detail.ends_with("can only be read"), option.name.data());
    QVERIFY(parsed.error().where == TextSpan(0, option.name.size()));
  }
  QVERIFY(seen > 15);
}

void TstSocketOptionTable::numbersAreThoseOfPython() {
  QProcess python;
  python.start(u"python3"_s, {u"-c"_s,
                              u"import socket\n"
                              "for n in dir(socket):\n"
                              "  v = getattr(socket, n)\n"
                              "  if isinstance(v, int): print(n, int(v))"_s});
  if (!python.waitForStarted()) QSKIP("there is no python3");
  QVERIFY(python.waitForFinished());
  std::map<QByteArray, int> known;
  for (const QByteArray& line : python.readAllStandardOutput().split('\n'))
    if (const auto parts = line.split(' '); parts.size() == 2) known[parts[0]] = parts[1].toInt();
  int compared = 0;
  for (const OptionInfo& option : socketOptions()) {
    QCOMPARE(option.level, known.at(bytes(option.levelName)));
    const auto number = known.find(bytes(option.name));
    if (number == known.end()) continue;
    QVERIFY2(option.number == number->second, option.name.data());
    ++compared;
  }
  QVERIFY(compared >= 60);
}

// What a kernel could answer, were it not this one: no bytes crash, and what is shown is bounded.
void TstSocketOptionTable::anyBytesAreRead() {
  std::mt19937 random(7);
  for (const OptionInfo& option : socketOptions()) {
    for (int round = 0; round < 200; ++round) {
      Bytes value(random() % (round % 2 == 0 ? 24 : 400));
      for (std::byte& byte : value) byte = static_cast<std::byte>(random() % 4 == 0 ? 0xff : random());
      QVERIFY(optionText(option, value).size() < 6000);
    }
  }
}

void TstSocketOptionTable::anyTextIsParsed() {
  constexpr std::string_view kLetters = "0123456789-+.,|x=onfe:%lo \xff\x00\x1b\xe2";
  std::mt19937 random(11);
  for (const OptionInfo& option : socketOptions()) {
    if (!option.writable) continue;
    for (int round = 0; round < 300; ++round) {
      std::string text = std::string(option.name) + '=';
      for (auto left = random() % 20; left > 0; --left) text += kLetters[random() % kLetters.size()];
      const auto parsed = OptionSetting::parse(text);
      if (parsed) {
        const auto again = OptionSetting::parse(parsed->text());
        QVERIFY2(again && again->value == parsed->value, text.c_str());
        QVERIFY2(optionBytes(option, parsed->value).has_value(), text.c_str());
      } else {
        const TextSpan where = parsed.error().where.value();
        QVERIFY2(where.offset + where.length <= text.size(), text.c_str());
      }
    }
  }
}

QTEST_GUILESS_MAIN(TstSocketOptionTable)
#include "tst_socket_option_table.moc"
