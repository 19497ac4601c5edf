#include <netinet/in.h>
#include <sys/socket.h>

#include <QTest>

#include "core/net/endpoint.h"

using namespace sockbench;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(sockbench::InputFault)
Q_DECLARE_METATYPE(sockbench::Transport)

namespace {

QByteArray bytes(std::string_view text) {
  return {text.data(), static_cast<qsizetype>(text.size())};
}

}  // namespace

class TstEndpoint : public QObject {
  Q_OBJECT
 private slots:
  void parses_data();
  void parses();
  void parsesUnix_data();
  void parsesUnix();
  void canonicalText_data();
  void canonicalText();
  void refuses_data();
  void refuses();
  void saysWhatToWrite_data();
  void saysWhatToWrite();
  void fromParts_data();
  void fromParts();
  void fromPartsRefuses_data();
  void fromPartsRefuses();
  void ports_data();
  void ports();
  void transports();
  void transportsOfSockets_data();
  void transportsOfSockets();
};

void TstEndpoint::parses_data() {
  QTest::addColumn<QByteArray>("text");
  QTest::addColumn<Transport>("transport");
  QTest::addColumn<QByteArray>("host");
  QTest::addColumn<QByteArray>("service");
  const auto row = [](const char* name, const char* text, Transport transport, const char* host,
                      const char* service) {
    QTest::newRow(name) << QByteArray(text) << transport << QByteArray(host) << QByteArray(service);
  };
  row("a name", "tcp://localhost:9000", Transport::tcp, "localhost", "9000");
  row("an IPv4 address", "udp://127.0.0.1:53", Transport::udp, "127.0.0.1", "53");
  row("an IPv6 address", "tcp://[::1]:80", Transport::tcp, "::1", "80");
  row("an IPv6 address with a zone", "tcp://[fe80::1%lo]:80", Transport::tcp, "fe80::1%lo", "80");
  row("an IPv6 address with a numeric zone", "tcp://[fe80::1%1]:80", Transport::tcp, "fe80::1%1", "80");
  row("every address", "tcp://*:80", Transport::tcp, "*", "80");
  row("no host", "tcp://:9000", Transport::tcp, "", "9000");
  row("a service", "tcp://localhost:http", Transport::tcp, "localhost", "http");
  row("a service of udp", "udp://localhost:domain", Transport::udp, "localhost", "domain");
  row("port 0", "tcp://:0", Transport::tcp, "", "0");
  row("the largest port", "tcp://:65535", Transport::tcp, "", "65535");
  row("a name with a final dot", "tcp://example.org.:80", Transport::tcp, "example.org.", "80");
  row("a name beyond ASCII",
      "tcp://b\xC3\xBC"
      "cher.example:80",
      Transport::tcp,
      "b\xC3\xBC"
      "cher.example",
      "80");
  row("a name that begins with digits", "tcp://3com.example:80", Transport::tcp, "3com.example", "80");
  row("a name of underscore and hyphen", "tcp://_a-b.example:80", Transport::tcp, "_a-b.example", "80");
}

void TstEndpoint::parses() {
  QFETCH(QByteArray, text);
  QFETCH(Transport, transport);
  QFETCH(QByteArray, host);
  QFETCH(QByteArray, service);
  const auto endpoint = Endpoint::parse(text.toStdString());
  QVERIFY2(endpoint.has_value(), endpoint ? "" : endpoint.error().line().c_str());
  QCOMPARE(endpoint->transport, transport);
  QCOMPARE(bytes(endpoint->host), host);
  QCOMPARE(bytes(endpoint->service), service);
  QCOMPARE(bytes(endpoint->path), QByteArray());
  QCOMPARE(bytes(endpoint->text()), text);
}

void TstEndpoint::parsesUnix_data() {
  QTest::addColumn<QByteArray>("text");
  QTest::addColumn<Transport>("transport");
  QTest::addColumn<QByteArray>("path");
  const auto row = [](const char* name, const QByteArray& text, Transport transport, const QByteArray& path) {
    QTest::newRow(name) << text << transport << path;
  };
  row("a path", "unix:/tmp/s", Transport::unixStream, "/tmp/s");
  row("a relative path", "unix:s", Transport::unixStream, "s");
  row("an abstract name", "unix:@abs", Transport::unixStream, QByteArray("\0abs", 4));
  row("datagrams", "unix-dgram:/tmp/s", Transport::unixDatagram, "/tmp/s");
  row("seqpacket", "unix-seqpacket:@s", Transport::unixSeqpacket, QByteArray("\0s", 2));
  row("spaces and colons", "unix:/tmp/a b:c", Transport::unixStream, "/tmp/a b:c");
  row("characters beyond ASCII", "unix:/tmp/\xE4\xB8\xAD", Transport::unixStream, "/tmp/\xE4\xB8\xAD");
  row("bytes that are no text", "unix:/tmp/\\xff\\x0a", Transport::unixStream, "/tmp/\xff\n");
  row("a file's name that begins with @", "unix:\\x40s", Transport::unixStream, "@s");
  row("a NUL in an abstract name", "unix:@a\\x00", Transport::unixStream, QByteArray("\0a\0", 3));
  row("a backslash", "unix:/tmp/a\\b", Transport::unixStream, "/tmp/a\\b");
  row("a backslash before x and two digits", "unix:/tmp/\\x5cx41", Transport::unixStream, "/tmp/\\x41");
  row("107 bytes", "unix:" + QByteArray(107, 'p'), Transport::unixStream, QByteArray(107, 'p'));
  row("107 bytes of abstract name", "unix:@" + QByteArray(107, 'p'), Transport::unixStream,
      QByteArray(1, '\0') + QByteArray(107, 'p'));
}

void TstEndpoint::parsesUnix() {
  QFETCH(QByteArray, text);
  QFETCH(Transport, transport);
  QFETCH(QByteArray, path);
  const auto endpoint = Endpoint::parse(text.toStdString());
  QVERIFY2(endpoint.has_value(), endpoint ? "" : endpoint.error().line().c_str());
  QCOMPARE(endpoint->transport, transport);
  QCOMPARE(bytes(endpoint->path), path);
  QVERIFY(endpoint->host.empty() && endpoint->service.empty());
  QCOMPARE(bytes(endpoint->text()), text);
}

void TstEndpoint::canonicalText_data() {
  QTest::addColumn<QByteArray>("text");
  QTest::addColumn<QByteArray>("canonical");
  QTest::newRow("capitals in the transport") << "TCP://LocalHost:80"_qba
                                             << "tcp://LocalHost:80"_qba;
  QTest::newRow("IPv6 in full") << "tcp://[0:0:0:0:0:0:0:1]:80"_qba
                                << "tcp://[::1]:80"_qba;
  QTest::newRow("IPv6 in capitals") << "tcp://[2001:DB8::A]:80"_qba
                                    << "tcp://[2001:db8::a]:80"_qba;
  QTest::newRow("leading zeros of a port") << "tcp://:00080"_qba
                                           << "tcp://:80"_qba;
  QTest::newRow("zeros alone") << "tcp://:000"_qba
                               << "tcp://:0"_qba;
  QTest::newRow("escapes that were not needed") << "unix:/tmp/\\x41"_qba
                                                << "unix:/tmp/A"_qba;
  QTest::newRow("raw control characters") << "unix:/tmp/\x1b"_qba
                                          << "unix:/tmp/\\x1b"_qba;
  QTest::newRow("a character that turns the text round") << "unix:/\xE2\x80\xAE"_qba
                                                         << "unix:/\\xe2\\x80\\xae"_qba;
}

void TstEndpoint::canonicalText() {
  QFETCH(QByteArray, text);
  QFETCH(QByteArray, canonical);
  const auto endpoint = Endpoint::parse(text.toStdString());
  QVERIFY2(endpoint.has_value(), endpoint ? "" : endpoint.error().line().c_str());
  QCOMPARE(bytes(endpoint->text()), canonical);
  QVERIFY(Endpoint::parse(endpoint->text()) == *endpoint);
}

void TstEndpoint::refuses_data() {
  QTest::addColumn<QByteArray>("text");
  QTest::addColumn<InputFault>("fault");
  QTest::addColumn<int>("offset");
  QTest::addColumn<QByteArray>("wrongPart");
  QTest::addColumn<QByteArray>("message");
  const auto row = [](const char* name, const QByteArray& text, InputFault fault, int offset,
                      const QByteArray& part, const char* message) {
    QTest::newRow(name) << text << fault << offset << part << QByteArray(message);
  };
  using enum InputFault;
  row("nothing", "", badSyntax, 0, "", "empty");
  row("a transport that is not there", "sctp://h:1", badTransport, 0, "sctp", "no transport is named sctp");
  row("a web address", "http://h/", badTransport, 0, "http", "no transport is named http");
  row("no transport", "localhost:80", badTransport, 0, "", "the transport is missing");
  row("no transport before an IPv6 address", "[::1]:80", badTransport, 0, "", "the transport is missing");
  row("no transport before a path", "/tmp/s", badTransport, 0, "", "unix:PATH");
  row("a transport alone", "tcp", badSyntax, 3, "", "colon");
  row("no slashes", "tcp:h:1", badSyntax, 4, "", "//");
  row("one slash", "tcp:/h:1", badSyntax, 4, "", "//");
  row("neither host nor port", "tcp://", badHost, 6, "", "host and the port are missing");
  row("no port", "tcp://localhost", badPort, 15, "", "port are missing");
  row("no port after brackets", "tcp://[::1]", badPort, 11, "", "port are missing");
  row("an empty port", "tcp://localhost:", badPort, 16, "", "the port is missing");
  row("a port above 65535", "tcp://h:65536", badPort, 8, "65536", "port 65536 is above 65535");
  row("a port far above", "tcp://h:99999999999999999999999", badPort, 8, "99999999999999999999999",
      "above 65535");
  row("a negative port", "tcp://h:-1", badPort, 8, "-1", "port -1 is below 0");
  row("a port with a sign", "tcp://h:+1", badPort, 8, "+1", "no service is named +1");
  row("an unknown service", "tcp://h:nosuchservice", badPort, 8, "nosuchservice",
      "no service is named nosuchservice");
  row("a service of the other transport", "udp://h:telnet", badPort, 8, "telnet", "tcp but none of udp");
  row("a port with a space", "tcp://h:80 ", badPort, 8, "80 ", "no service");
  row("a path after the port", "tcp://h:80/", badSyntax, 10, "/", "nothing may follow");
  row("an open bracket", "tcp://[::1:80", badSyntax, 6, "[", "never closed");
  row("a bracket never opened", "tcp://::1]:80", badSyntax, 9, "]", "never opened");
  row("no colon after the bracket", "tcp://[::1]80", badSyntax, 11, "", "colon");
  row("empty brackets", "tcp://[]:80", badHost, 7, "", "missing");
  row("a name in brackets", "tcp://[localhost]:80", badHost, 7, "localhost", "brackets are for IPv6");
  row("IPv6 without brackets", "tcp://::1:80", badHost, 6, "::1", "needs brackets");
  row("IPv6 without brackets or port", "tcp://fe80:1:2:3:4:5:6:abcd", badHost, 6, "fe80:1:2:3:4:5:6:abcd",
      "needs brackets");
  row("two ports", "tcp://h:80:81", badHost, 6, "h:80", "no colon");
  row("a wrong digit in IPv6", "tcp://[2001:dg8::1]:80", badHost, 13, "g", "hexadecimal");
  row("an unknown zone", "tcp://[fe80::1%nosuch0]:80", badZone, 15, "nosuch0", "no interface");
  row("an empty zone", "tcp://[fe80::1%]:80", badZone, 15, "", "missing");
  row("a zone on IPv4", "tcp://127.0.0.1%lo:80", badZone, 15, "%lo", "only an IPv6");
  row("an IPv4 part above 255", "tcp://256.1.1.1:80", badHost, 6, "256", "256 is above 255");
  row("three IPv4 parts", "tcp://1.2.3:80", badHost, 6, "1.2.3", "four numbers");
  row("a number", "tcp://80:80", badHost, 6, "80", "four numbers");
  row("hexadecimal IPv4", "tcp://0x7f.1:80", badHost, 6, "0x7f.1", "four decimal numbers");
  row("a space in a host", "tcp://a b:80", badHost, 7, " ", "no space");
  row("a control character in a host", "tcp://a\nb:80", badHost, 7, "\n", "\\x0a");
  row("a byte that is no text in a host", "tcp://a\xff:80", badHost, 7, "\xff", "\\xff");
  row("a user's name", "tcp://me@host:80", badHost, 8, "@", "no @");
  row("a path in a host", "tcp://host/x:80", badHost, 10, "/", "no /");
  row("a zone on a name", "tcp://host%lo:80", badHost, 10, "%", "no %");
  row("a star in a name", "tcp://*.org:80", badHost, 6, "*", "no *");
  row("an empty part of a name", "tcp://a..b:80", badHost, 8, "", "missing before this dot");
  row("a leading dot", "tcp://.org:80", badHost, 6, "", "missing before this dot");
  row("254 bytes of host", "tcp://" + QByteArray(254, 'h') + ":80", badHost, 6, QByteArray(254, 'h'),
      "at most 253");
  row("an empty path", "unix:", badPath, 5, "", "empty");
  row("an abstract name without a name", "unix:@", badPath, 6, "", "must follow");
  row("a NUL in a path", "unix:/a\\x00", badPath, 7, "\\x00", "NUL");
  row("108 bytes of path", "unix:" + QByteArray(108, 'p'), pathTooLong, 5, QByteArray(108, 'p'),
      "108 bytes; at most 107");
  row("108 bytes of abstract name", "unix-dgram:@" + QByteArray(108, 'p'), pathTooLong, 11,
      "@" + QByteArray(108, 'p'), "108 bytes; at most 107");
}

void TstEndpoint::refuses() {
  QFETCH(QByteArray, text);
  QFETCH(InputFault, fault);
  QFETCH(int, offset);
  QFETCH(QByteArray, wrongPart);
  QFETCH(QByteArray, message);
  const auto endpoint = Endpoint::parse(text.toStdString());
  QVERIFY(!endpoint);
  const Error& error = endpoint.error();
  QVERIFY2(error.isInput(fault), error.line().c_str());
  QCOMPARE(error.op, Operation::parse);
  QCOMPARE(bytes(error.subject), text);
  QVERIFY(error.where.has_value());
  QCOMPARE(error.where->offset, std::size_t(offset));
  QCOMPARE(error.where->length, std::size_t(wrongPart.size()));
  QCOMPARE(text.mid(offset, wrongPart.size()), wrongPart);
  QVERIFY2(bytes(error.message()).contains(message), error.message().c_str());
}

void TstEndpoint::saysWhatToWrite_data() {
  QTest::addColumn<QByteArray>("text");
  QTest::addColumn<QByteArray>("advice");
  QTest::newRow("brackets") << "tcp://::1:80"_qba
                            << "tcp://[::1]:80"_qba;
  QTest::newRow("brackets with a zone") << "udp://fe80::1%lo:80"_qba
                                        << "udp://[fe80::1%lo]:80"_qba;
  QTest::newRow("the address that inet_aton would take") << "tcp://1.2.3:80"_qba
                                                         << "1.2.0.3"_qba;
  QTest::newRow("the same in hexadecimal") << "tcp://0x7f.1:80"_qba
                                           << "127.0.0.1"_qba;
  QTest::newRow("the transports") << "http://h:80"_qba
                                  << "unix-seqpacket:PATH"_qba;
  QTest::newRow("what a port is") << "tcp://h:70000"_qba
                                  << "from 0 to 65535"_qba;
  QTest::newRow("what a zone is") << "tcp://[fe80::1%nosuch0]:1"_qba
                                  << "lo"_qba;
  QTest::newRow("how long a path is") << "unix:"_qba + QByteArray(200, 'x') << "107"_qba;
}

void TstEndpoint::saysWhatToWrite() {
  QFETCH(QByteArray, text);
  QFETCH(QByteArray, advice);
  const auto endpoint = Endpoint::parse(text.toStdString());
  QVERIFY(!endpoint);
  const QByteArray said = bytes(endpoint.error().message() + " / " + endpoint.error().hint());
  QVERIFY2(said.contains(advice), said.constData());
}

void TstEndpoint::fromParts_data() {
  QTest::addColumn<Transport>("transport");
  QTest::addColumn<QByteArray>("host");
  QTest::addColumn<QByteArray>("port");
  QTest::addColumn<QByteArray>("text");
  QTest::newRow("a name") << Transport::tcp << "localhost"_qba
                          << "80"_qba
                          << "tcp://localhost:80"_qba;
  QTest::newRow("IPv6 without brackets") << Transport::tcp << "::1"_qba
                                         << "80"_qba
                                         << "tcp://[::1]:80"_qba;
  QTest::newRow("IPv6 with brackets") << Transport::udp << "[::1]"_qba
                                      << "80"_qba
                                      << "udp://[::1]:80"_qba;
  QTest::newRow("IPv6 with a zone") << Transport::tcp << "fe80::1%lo"_qba
                                    << "80"_qba
                                    << "tcp://[fe80::1%lo]:80"_qba;
  QTest::newRow("no host") << Transport::tcp << ""_qba
                           << "0"_qba
                           << "tcp://:0"_qba;
  QTest::newRow("every address") << Transport::tcp << "*"_qba
                                 << "http"_qba
                                 << "tcp://*:http"_qba;
  QTest::newRow("a path, the port does not matter") << Transport::unixStream << "/tmp/s"_qba
                                                    << "no port"_qba
                                                    << "unix:/tmp/s"_qba;
  QTest::newRow("an abstract name") << Transport::unixDatagram << "@s"_qba
                                    << ""_qba
                                    << "unix-dgram:@s"_qba;
}

void TstEndpoint::fromParts() {
  QFETCH(Transport, transport);
  QFETCH(QByteArray, host);
  QFETCH(QByteArray, port);
  QFETCH(QByteArray, text);
  const auto endpoint = Endpoint::fromParts(transport, host.toStdString(), port.toStdString());
  QVERIFY2(endpoint.has_value(), endpoint ? "" : endpoint.error().line().c_str());
  QCOMPARE(bytes(endpoint->text()), text);
  QVERIFY(Endpoint::parse(text.toStdString()) == *endpoint);
}

void TstEndpoint::fromPartsRefuses_data() {
  QTest::addColumn<Transport>("transport");
  QTest::addColumn<QByteArray>("host");
  QTest::addColumn<QByteArray>("port");
  QTest::addColumn<InputFault>("fault");
  QTest::addColumn<QByteArray>("subject");
  QTest::addColumn<int>("offset");
  QTest::addColumn<int>("length");
  const auto row = [](const char* name, Transport transport, const QByteArray& host, const char* port,
                      InputFault fault, const QByteArray& subject, int offset, int length) {
    QTest::newRow(name) << transport << host << QByteArray(port) << fault << subject << offset << length;
  };
  using enum InputFault;
  row("the host is wrong", Transport::tcp, "a b", "80", badHost, "a b", 1, 1);
  row("the port is wrong", Transport::tcp, "a", "99999", badPort, "99999", 0, 5);
  row("the port is missing", Transport::tcp, "a", "", badPort, "", 0, 0);
  row("the host is told first", Transport::tcp, "a b", "99999", badHost, "a b", 1, 1);
  row("within brackets", Transport::tcp, "[::g]", "80", badHost, "[::g]", 3, 1);
  row("an open bracket", Transport::tcp, "[::1", "80", badSyntax, "[::1", 0, 1);
  row("an open bracket alone", Transport::tcp, "[", "80", badSyntax, "[", 0, 1);
  row("a bracket never opened", Transport::tcp, "::1]", "80", badSyntax, "::1]", 3, 1);
  row("a zone", Transport::tcp, "fe80::1%nosuch0", "80", badZone, "fe80::1%nosuch0", 8, 7);
  row("a port in the host", Transport::tcp, "localhost:80", "80", badHost, "localhost:80", 9, 3);
  row("an empty path", Transport::unixStream, "", "", badPath, "", 0, 0);
  row("a path too long", Transport::unixSeqpacket, QByteArray(108, 'p'), "", pathTooLong,
      QByteArray(108, 'p'), 0, 108);
}

void TstEndpoint::fromPartsRefuses() {
  QFETCH(Transport, transport);
  QFETCH(QByteArray, host);
  QFETCH(QByteArray, port);
  QFETCH(InputFault, fault);
  QFETCH(QByteArray, subject);
  QFETCH(int, offset);
  QFETCH(int, length);
  const auto endpoint = Endpoint::fromParts(transport, host.toStdString(), port.toStdString());
  QVERIFY(!endpoint);
  const Error& error = endpoint.error();
  QVERIFY2(error.isInput(fault), error.line().c_str());
  QCOMPARE(bytes(error.subject), subject);
  QVERIFY(error.where.has_value());
  QCOMPARE(error.where->offset, std::size_t(offset));
  QCOMPARE(error.where->length, std::size_t(length));
}

void TstEndpoint::ports_data() {
  QTest::addColumn<QByteArray>("text");
  QTest::addColumn<int>("port");
  QTest::newRow("a number") << "tcp://:9000"_qba << 9000;
  QTest::newRow("a service") << "tcp://:http"_qba << 80;
  QTest::newRow("a service of udp") << "udp://:domain"_qba << 53;
  QTest::newRow("zero") << "tcp://:0"_qba << 0;
  QTest::newRow("a path") << "unix:/tmp/s"_qba << 0;
}

void TstEndpoint::ports() {
  QFETCH(QByteArray, text);
  QFETCH(int, port);
  QCOMPARE(int(Endpoint::parse(text.toStdString())->port()), port);
}

void TstEndpoint::transports() {
  using enum Transport;
  for (const Transport t : {tcp, udp, unixStream, unixDatagram, unixSeqpacket}) {
    QCOMPARE(isUnixTransport(t), transportName(t).starts_with("unix"));
    QCOMPARE(isDatagramTransport(t), transportSocketType(t) == SOCK_DGRAM);
    QCOMPARE(isByteStream(t), transportSocketType(t) == SOCK_STREAM);
  }
  QCOMPARE(bytes(transportName(unixSeqpacket)), "unix-seqpacket"_qba);
  QCOMPARE(transportSocketType(unixSeqpacket), int(SOCK_SEQPACKET));
  QCOMPARE(transportSocketType(udp), int(SOCK_DGRAM));
  QCOMPARE(transportSocketType(unixStream), int(SOCK_STREAM));
}

void TstEndpoint::transportsOfSockets_data() {
  QTest::addColumn<int>("family");
  QTest::addColumn<int>("type");
  QTest::addColumn<int>("protocol");
  QTest::addColumn<QString>("name");
  QTest::newRow("tcp over IPv6") << AF_INET6 << int{SOCK_STREAM} << int{IPPROTO_TCP} << "tcp";
  QTest::newRow("udp") << AF_INET << int{SOCK_DGRAM} << int{IPPROTO_UDP} << "udp";
  QTest::newRow("UNIX seqpacket") << AF_UNIX << int{SOCK_SEQPACKET} << 0 << "unix-seqpacket";
  QTest::newRow("netlink is none") << AF_NETLINK << int{SOCK_DGRAM} << 0 << "";
  QTest::newRow("VSOCK is none") << AF_VSOCK << int{SOCK_STREAM} << 0 << "";
  QTest::newRow("SCTP is none") << AF_INET << int{SOCK_STREAM} << int{IPPROTO_SCTP} << "";
  QTest::newRow("raw is none") << AF_INET << int{SOCK_RAW} << int{IPPROTO_UDP} << "";
}

void TstEndpoint::transportsOfSockets() {
  QFETCH(const int, family);
  QFETCH(const int, type);
  QFETCH(const int, protocol);
  const std::optional<Transport> transport = transportOf(family, type, protocol);
  const std::string_view name = transport ? transportName(*transport) : std::string_view();
  QTEST(QString::fromLatin1(name.data(), static_cast<qsizetype>(name.size())), "name");
}

QTEST_APPLESS_MAIN(TstEndpoint)
#include "tst_endpoint.moc"
