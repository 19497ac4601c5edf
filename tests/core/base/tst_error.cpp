#include <netdb.h>

#include <QTest>
#include <cerrno>
#include <set>

#include "core/base/error.h"

using namespace sockbench;

Q_DECLARE_METATYPE(sockbench::Operation)
Q_DECLARE_METATYPE(sockbench::InputFault)

namespace {

QByteArray bytes(std::string_view text) {
  return {text.data(), static_cast<qsizetype>(text.size())};
}

constexpr int kLastOperation = static_cast<int>(Operation::dns);
constexpr int kLastFault = static_cast<int>(InputFault::notOpen);

}  // namespace

class TstError : public QObject {
  Q_OBJECT
 private slots:
  void errnoSymbols_data();
  void errnoSymbols();
  void everyErrnoOfThisSystemHasASymbol();
  void addrinfo_data();
  void addrinfo();
  void hostdb_data();
  void hostdb();
  void dns_data();
  void dns();
  void systemErrorsOfTheResolversAreErrno();
  void everyInputFaultHasItsOwnSymbolAndMessage();
  void theDetailIsTheMessage();
  void unknownCodes_data();
  void unknownCodes();
  void lines_data();
  void lines();
  void everyOperationHasItsOwnName();
  void domains();
  void hints_data();
  void hints();
  void everySocketErrorHasAHint_data();
  void everySocketErrorHasAHint();
  void looseAddresses_data();
  void looseAddresses();
};

void TstError::errnoSymbols_data() {
  QTest::addColumn<int>("code");
  QTest::addColumn<QByteArray>("symbol");
  QTest::addColumn<QByteArray>("message");
  const auto row = [](int code, const char* symbol, const char* message) {
    QTest::newRow(symbol) << code << QByteArray(symbol) << QByteArray(message);
  };
  row(ECONNREFUSED, "ECONNREFUSED", "Connection refused");
  row(EPERM, "EPERM", "Operation not permitted");
  row(EADDRINUSE, "EADDRINUSE", "Address already in use");
  row(ETIMEDOUT, "ETIMEDOUT", "Connection timed out");
  row(EWOULDBLOCK, "EAGAIN", "Resource temporarily unavailable");
  row(ENOTSUP, "EOPNOTSUPP", "Operation not supported");
  row(EDEADLOCK, "EDEADLK", "Resource deadlock avoided");
  row(EHWPOISON, "EHWPOISON", "Memory page has hardware error");
  row(999, "E#999", "Unknown error 999");
  row(41, "E#41", "Unknown error 41");
  row(0, "E#0", "Unknown error 0");
  row(-1, "E#-1", "Unknown error -1");
}

void TstError::errnoSymbols() {
  QFETCH(int, code);
  QFETCH(QByteArray, symbol);
  QFETCH(QByteArray, message);
  const Error error = Error::fromErrno(Operation::connect, code);
  QCOMPARE(bytes(error.symbol()), symbol);
  QCOMPARE(bytes(errnoSymbol(code)), symbol);
  QCOMPARE(bytes(error.message()), message);
  QVERIFY(error.isErrno(code));
}

void TstError::everyErrnoOfThisSystemHasASymbol() {
  std::set<std::string> symbols;
  for (int code = 1; code <= EHWPOISON; ++code) {
    if (code == 41 || code == 58) continue;  // numbers that Linux does not use
    const std::string symbol = errnoSymbol(code);
    QVERIFY2(symbol.starts_with('E') && symbol.find('#') == std::string::npos, symbol.c_str());
    symbols.insert(symbol);
  }
  QCOMPARE(symbols.size(), std::size_t(EHWPOISON - 2));
}

void TstError::addrinfo_data() {
  QTest::addColumn<int>("code");
  QTest::addColumn<QByteArray>("symbol");
  QTest::newRow("no such name") << EAI_NONAME << QByteArray("EAI_NONAME");
  QTest::newRow("no address") << EAI_NODATA << QByteArray("EAI_NODATA");
  QTest::newRow("temporary") << EAI_AGAIN << QByteArray("EAI_AGAIN");
  QTest::newRow("for good") << EAI_FAIL << QByteArray("EAI_FAIL");
  QTest::newRow("family") << EAI_FAMILY << QByteArray("EAI_FAMILY");
  QTest::newRow("address family") << EAI_ADDRFAMILY << QByteArray("EAI_ADDRFAMILY");
  QTest::newRow("type") << EAI_SOCKTYPE << QByteArray("EAI_SOCKTYPE");
  QTest::newRow("service") << EAI_SERVICE << QByteArray("EAI_SERVICE");
  QTest::newRow("flags") << EAI_BADFLAGS << QByteArray("EAI_BADFLAGS");
  QTest::newRow("memory") << EAI_MEMORY << QByteArray("EAI_MEMORY");
  QTest::newRow("overflow") << EAI_OVERFLOW << QByteArray("EAI_OVERFLOW");
}

void TstError::addrinfo() {
  QFETCH(int, code);
  QFETCH(QByteArray, symbol);
  const Error error = Error::fromAddrinfo(Operation::getaddrinfo, code, "nobody.invalid");
  QCOMPARE(error.domain, ErrorDomain::addrinfo);
  QCOMPARE(error.code, code);
  QCOMPARE(bytes(error.symbol()), symbol);
  QCOMPARE(bytes(error.message()), QByteArray(gai_strerror(code)));
  QVERIFY(!error.hint().empty());
  QVERIFY(!error.isErrno(code));
}

void TstError::hostdb_data() {
  QTest::addColumn<int>("code");
  QTest::addColumn<QByteArray>("symbol");
  QTest::newRow("unknown host") << HOST_NOT_FOUND << QByteArray("HOST_NOT_FOUND");
  QTest::newRow("temporary") << TRY_AGAIN << QByteArray("TRY_AGAIN");
  QTest::newRow("for good") << NO_RECOVERY << QByteArray("NO_RECOVERY");
  QTest::newRow("no address") << NO_DATA << QByteArray("NO_DATA");
}

void TstError::hostdb() {
  QFETCH(int, code);
  QFETCH(QByteArray, symbol);
  const Error error = Error::fromHostdb(Operation::gethostbyname, code, "nobody.invalid");
  QCOMPARE(error.domain, ErrorDomain::hostdb);
  QCOMPARE(bytes(error.symbol()), symbol);
  QCOMPARE(bytes(error.message()), QByteArray(hstrerror(code)));
  QVERIFY(!error.hint().empty());
}

void TstError::dns_data() {
  QTest::addColumn<DnsFault>("fault");
  QTest::addColumn<QByteArray>("symbol");
  QTest::newRow("silence") << DnsFault::timeout << QByteArray("DNS_TIMEOUT");
  QTest::newRow("nobody there") << DnsFault::unreachable << QByteArray("DNS_UNREACHABLE");
  QTest::newRow("nobody to ask") << DnsFault::noServer << QByteArray("DNS_NO_SERVER");
  QTest::newRow("garbage") << DnsFault::badAnswer << QByteArray("DNS_BAD_ANSWER");
}

void TstError::dns() {
  QFETCH(DnsFault, fault);
  QFETCH(QByteArray, symbol);
  const Error error = Error::fromDns(Operation::dns, fault, "a.example A");
  QVERIFY(error.isDns(fault));
  QCOMPARE(bytes(error.symbol()), symbol);
  QVERIFY(!error.message().empty());
  QVERIFY(!error.hint().empty());
  QCOMPARE(bytes(Error::fromDns(Operation::dns, fault, {}, "2 replies had a wrong id").message()),
           QByteArray("2 replies had a wrong id"));
}

void TstError::systemErrorsOfTheResolversAreErrno() {
  errno = EMFILE;
  QCOMPARE(Error::fromAddrinfo(Operation::getaddrinfo, EAI_SYSTEM, "x"),
           Error::fromErrno(Operation::getaddrinfo, EMFILE, "x"));
  errno = EMFILE;
  QCOMPARE(Error::fromHostdb(Operation::gethostbyname, NETDB_INTERNAL, "x"),
           Error::fromErrno(Operation::gethostbyname, EMFILE, "x"));
}

void TstError::everyInputFaultHasItsOwnSymbolAndMessage() {
  std::set<std::string> symbols;
  std::set<std::string> messages;
  for (int code = 1; code <= kLastFault; ++code) {
    const Error error = Error::fromInput(static_cast<InputFault>(code), "text", std::nullopt, {});
    symbols.insert(error.symbol());
    messages.insert(error.message());
    QVERIFY(!error.symbol().starts_with("E#"));
    QVERIFY(error.isInput(static_cast<InputFault>(code)));
  }
  QCOMPARE(symbols.size(), std::size_t(kLastFault));
  QCOMPARE(messages.size(), std::size_t(kLastFault));
  QVERIFY(symbols.contains("BAD_PORT"));
  QVERIFY(symbols.contains("PATH_TOO_LONG"));
  QVERIFY(symbols.contains("BAD_OPTION_VALUE"));
}

void TstError::theDetailIsTheMessage() {
  const Error error =
      Error::fromInput(InputFault::badPort, "tcp://h:70000", TextSpan{8, 5}, "port 70000 is above 65535");
  QCOMPARE(bytes(error.message()), QByteArray("port 70000 is above 65535"));
  QCOMPARE(error.op, Operation::parse);
  QVERIFY(error.where == TextSpan(8, 5));
  Error system = Error::fromErrno(Operation::bind, EINVAL);
  system.detail = "the file is no socket";
  QCOMPARE(bytes(system.message()), QByteArray("the file is no socket"));
  QCOMPARE(bytes(system.symbol()), QByteArray("EINVAL"));
}

void TstError::unknownCodes_data() {
  QTest::addColumn<int>("domain");
  QTest::newRow("addrinfo") << static_cast<int>(ErrorDomain::addrinfo);
  QTest::newRow("hostdb") << static_cast<int>(ErrorDomain::hostdb);
  QTest::newRow("input") << static_cast<int>(ErrorDomain::input);
  QTest::newRow("dns") << static_cast<int>(ErrorDomain::dns);
  QTest::newRow("tls") << static_cast<int>(ErrorDomain::tls);
}

void TstError::unknownCodes() {
  QFETCH(int, domain);
  Error error;
  error.domain = static_cast<ErrorDomain>(domain);
  error.code = 7777;
  QCOMPARE(bytes(error.symbol()), QByteArray("E#7777"));
  QVERIFY(!error.message().empty());
  QVERIFY(error.hint().empty());
}

void TstError::lines_data() {
  QTest::addColumn<Operation>("op");
  QTest::addColumn<QByteArray>("subject");
  QTest::addColumn<QByteArray>("line");
  QTest::newRow("call and subject") << Operation::connect << QByteArray("tcp://127.0.0.1:9")
                                    << QByteArray(
                                           "connect tcp://127.0.0.1:9: ECONNREFUSED, Connection refused");
  QTest::newRow("no subject") << Operation::recv << QByteArray()
                              << QByteArray("recv: ECONNREFUSED, Connection refused");
  QTest::newRow("no call") << Operation::none << QByteArray("x")
                           << QByteArray("x: ECONNREFUSED, Connection refused");
  QTest::newRow("neither") << Operation::none << QByteArray()
                           << QByteArray("ECONNREFUSED, Connection refused");
}

void TstError::lines() {
  QFETCH(Operation, op);
  QFETCH(QByteArray, subject);
  QFETCH(QByteArray, line);
  QCOMPARE(bytes(Error::fromErrno(op, ECONNREFUSED, subject.toStdString()).line()), line);
}

void TstError::everyOperationHasItsOwnName() {
  std::set<std::string_view> names;
  for (int op = 0; op <= kLastOperation; ++op) names.insert(operationName(static_cast<Operation>(op)));
  QCOMPARE(names.size(), std::size_t(kLastOperation + 1));
  QCOMPARE(bytes(operationName(Operation::none)), QByteArray());
  QCOMPARE(bytes(operationName(Operation::getprotobynumber)), QByteArray("getprotobynumber"));
}

void TstError::domains() {
  QCOMPARE(bytes(errorDomainName(ErrorDomain::system)), QByteArray("errno"));
  QCOMPARE(bytes(errorDomainName(ErrorDomain::addrinfo)), QByteArray("eai"));
  QCOMPARE(bytes(errorDomainName(ErrorDomain::hostdb)), QByteArray("h_errno"));
  QCOMPARE(bytes(errorDomainName(ErrorDomain::dns)), QByteArray("dns"));
  QCOMPARE(bytes(errorDomainName(ErrorDomain::tls)), QByteArray("tls"));
  QCOMPARE(bytes(errorDomainName(ErrorDomain::input)), QByteArray("input"));
}

void TstError::hints_data() {
  QTest::addColumn<Operation>("op");
  QTest::addColumn<int>("code");
  QTest::addColumn<QByteArray>("subject");
  QTest::addColumn<QByteArray>("part");
  const auto row = [](const char* name, Operation op, int code, const char* subject, const char* part) {
    QTest::newRow(name) << op << code << QByteArray(subject) << QByteArray(part);
  };
  row("nothing listens", Operation::connect, ECONNREFUSED, "tcp://127.0.0.1:9000",
      "nothing listens on 127.0.0.1:9000; start the server, or check the port");
  row("nothing listens, plain address", Operation::connect, ECONNREFUSED, "127.0.0.1:9000",
      "on 127.0.0.1:9000;");
  row("a host that is called unix", Operation::connect, ECONNREFUSED, "unix.example:9",
      "nothing listens on unix.example:9");
  row("a dead socket file", Operation::connect, ECONNREFUSED, "unix:/tmp/s",
      "the socket file /tmp/s is there");
  row("a refused datagram", Operation::recv, ECONNREFUSED, "", "an earlier datagram was refused");
  row("address in use", Operation::bind, EADDRINUSE, "tcp://127.0.0.1:80",
      "another socket holds 127.0.0.1:80");
  row("in use offers SO_REUSEADDR", Operation::bind, EADDRINUSE, "tcp://127.0.0.1:80", "SO_REUSEADDR");
  row("a file in the way", Operation::bind, EADDRINUSE, "unix-dgram:/tmp/s", "/tmp/s is there already");
  row("no local port left", Operation::connect, EADDRINUSE, "tcp://127.0.0.1:80", "towards 127.0.0.1:80");
  row("not this machine's", Operation::bind, EADDRNOTAVAIL, "tcp://192.0.2.1:80",
      "192.0.2.1 is no address of this machine");
  row("not this machine's, IPv6", Operation::bind, EADDRNOTAVAIL, "tcp://[2001:db8::1]:80",
      "[2001:db8::1] is no address");
  row("no port to come from", Operation::connect, EADDRNOTAVAIL, "tcp://127.0.0.1:0", "a port above 0");
  row("a privileged port", Operation::bind, EACCES, "tcp://0.0.0.0:80", "CAP_NET_BIND_SERVICE");
  row("a privileged service", Operation::bind, EACCES, "tcp://0.0.0.0:http", "CAP_NET_BIND_SERVICE");
  row("a forbidden file", Operation::bind, EACCES, "unix:/root/s", "no right to create /root/s");
  row("a forbidden socket file", Operation::connect, EACCES, "unix:/root/s", "no right to use /root/s");
  row("a broadcast", Operation::send, EACCES, "udp://255.255.255.255:9", "SO_BROADCAST");
  row("a raw socket", Operation::socket, EPERM, "", "CAP_NET_RAW");
  row("the command that grants raw sockets", Operation::socket, EPERM, "", "sudo setcap cap_net_raw+ep /");
  row("a ping socket outside of its groups", Operation::socket, EACCES, "", "net.ipv4.ping_group_range");
  row("a privileged option", Operation::setsockopt, EPERM, "SO_MARK=1", "CAP_NET_ADMIN");
  row("no answer", Operation::connect, ETIMEDOUT, "tcp://192.0.2.1:80", "no answer from 192.0.2.1:80");
  row("a slow name server", Operation::getaddrinfo, ETIMEDOUT, "slow.invalid", "name server");
  row("nobody connects", Operation::accept, ETIMEDOUT, "", "nobody connected");
  row("no route to the host", Operation::connect, EHOSTUNREACH, "tcp://192.0.2.1:80", "192.0.2.1");
  row("no route to the network", Operation::connect, ENETUNREACH, "tcp://192.0.2.1:80",
      "route to the network of 192.0.2.1");
  row("a full backlog", Operation::connect, EAGAIN, "unix:/tmp/s", "backlog");
  row("a full send buffer", Operation::send, EAGAIN, "", "send buffer");
  row("a datagram too large", Operation::send, EMSGSIZE, "udp://127.0.0.1:9", "65507");
  row("a local datagram too large", Operation::send, EMSGSIZE, "unix-dgram:/tmp/s", "SO_SNDBUF");
  row("no such socket file", Operation::connect, ENOENT, "unix:/tmp/s", "there is no /tmp/s");
  row("no such file to read", Operation::open, ENOENT, "script.txt", "there is no script.txt");
  row("no such folder", Operation::bind, ENOENT, "unix:/nowhere/s", "a folder of /nowhere/s");
  row("a link-local address without its zone", Operation::connect, EINVAL, "tcp://[fe80::1]:80", "zone");
  row("a datagram socket listens", Operation::listen, EOPNOTSUPP, "udp://127.0.0.1:9", "stream");
  row("an unknown interface", Operation::setsockopt, ENODEV, "SO_BINDTODEVICE=eth9", "interfaces");
}

void TstError::hints() {
  QFETCH(Operation, op);
  QFETCH(int, code);
  QFETCH(QByteArray, subject);
  QFETCH(QByteArray, part);
  const QByteArray hint = bytes(Error::fromErrno(op, code, subject.toStdString()).hint());
  QVERIFY2(hint.contains(part), hint.constData());
}

void TstError::everySocketErrorHasAHint_data() {
  QTest::addColumn<int>("code");
  for (const int code :
       {ECONNREFUSED, EADDRINUSE,  EADDRNOTAVAIL, EACCES,       EPERM,           ETIMEDOUT,
        EHOSTUNREACH, ENETUNREACH, ECONNRESET,    ECONNABORTED, EPIPE,           EMFILE,
        ENFILE,       ENOBUFS,     ENOMEM,        EMSGSIZE,     EAFNOSUPPORT,    ENOENT,
        ENOTCONN,     EISCONN,     EINVAL,        ENODEV,       ENOPROTOOPT,     ECANCELED,
        ENAMETOOLONG, EAGAIN,      EINPROGRESS,   EALREADY,     EBADF,           EDESTADDRREQ,
        EPROTOTYPE,   EOPNOTSUPP,  ENOTSOCK,      ENOTDIR,      EROFS,           ENOSPC,
        EINTR,        ESHUTDOWN,   EHOSTDOWN,     ENETDOWN,     EPROTONOSUPPORT, ESOCKTNOSUPPORT}) {
    QTest::newRow(errnoSymbol(code).c_str()) << code;
  }
}

void TstError::everySocketErrorHasAHint() {
  QFETCH(int, code);
  for (int op = 0; op <= kLastOperation; ++op) {
    for (const char* subject : {"", "tcp://127.0.0.1:80", "unix:/tmp/s", ":", "://"}) {
      const std::string hint = Error::fromErrno(static_cast<Operation>(op), code, subject).hint();
      QVERIFY(!hint.empty());
      QVERIFY2(!hint.ends_with('.') && hint.find("  ") == std::string::npos, hint.c_str());
    }
  }
}

void TstError::looseAddresses_data() {
  QTest::addColumn<InputFault>("fault");
  QTest::addColumn<QByteArray>("subject");
  QTest::addColumn<int>("offset");
  QTest::addColumn<int>("length");
  QTest::addColumn<QByteArray>("address");  // empty: inet_aton takes it no more than inet_pton does
  const auto row = [](const char* name, InputFault fault, const char* subject, int offset, int length,
                      const char* address) {
    QTest::newRow(name) << fault << QByteArray(subject) << offset << length << QByteArray(address);
  };
  row("two numbers", InputFault::badAddress, "127.1", 0, 5, "127.0.0.1");
  row("hexadecimal", InputFault::badAddress, "0x7f.1", 0, 6, "127.0.0.1");
  row("octal", InputFault::badAddress, "0177.0.0.1", 0, 10, "127.0.0.1");
  row("octal, pointing at the number", InputFault::badAddress, "0177.0.0.1", 0, 4, "127.0.0.1");
  row("one number", InputFault::badAddress, "2130706433", 0, 10, "127.0.0.1");
  row("a host within an endpoint", InputFault::badHost, "tcp://127.1:80", 6, 5, "127.0.0.1");
  row("too large a number", InputFault::badAddress, "256.1.1.1", 0, 3, "");
  row("a name", InputFault::badHost, "tcp://a b:80", 6, 3, "");
  row("nothing", InputFault::badAddress, "", 0, 0, "");
}

void TstError::looseAddresses() {
  QFETCH(InputFault, fault);
  QFETCH(QByteArray, subject);
  QFETCH(int, offset);
  QFETCH(int, length);
  QFETCH(QByteArray, address);
  const TextSpan where{static_cast<std::size_t>(offset), static_cast<std::size_t>(length)};
  const QByteArray hint = bytes(Error::fromInput(fault, subject.toStdString(), where, {}).hint());
  QVERIFY(!hint.isEmpty());
  QCOMPARE(hint.contains("inet_aton"), !address.isEmpty());
  QVERIFY2(hint.contains(address), hint.constData());
}

QTEST_APPLESS_MAIN(TstError)
#include "tst_error.moc"
