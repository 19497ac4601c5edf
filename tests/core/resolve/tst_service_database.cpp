// Services and protocols against the files that hold them.
#include <QFile>
#include <QtTest>
#include <thread>

#include "core/resolve/service_database.h"

using namespace sockbench;

class TestServiceDatabase : public QObject {
  Q_OBJECT

 private slots:
  void serviceIsFound_data();
  void serviceIsFound();
  void unknownIsAnError_data();
  void unknownIsAnError();
  void protocolIsFound_data();
  void protocolIsFound();
  void servicesAreThoseOfTheFile();
  void protocolsAreThoseOfTheFile();
  void tablesMayBeReadAtOnce();
};

namespace {

QByteArray text(const std::string& s) {
  return QByteArray::fromStdString(s);
}

QByteArray text(const ServiceEntry& entry) {
  QByteArray line = text(entry.name) + ' ' + QByteArray::number(entry.port) + '/' + text(entry.protocol);
  for (const std::string& alias : entry.aliases) line += ' ' + text(alias);
  return line;
}

QByteArray text(const ProtocolEntry& entry) {
  QByteArray line = text(entry.name) + ' ' + QByteArray::number(entry.number);
  for (const std::string& alias : entry.aliases) line += ' ' + text(alias);
  return line;
}

// The lines of a table without comments, words parted by one space.
QByteArrayList linesOf(const char* path) {
  QFile file(QString::fromLatin1(path));
  QByteArrayList lines;
  if (!file.open(QIODevice::ReadOnly)) return lines;
  for (const QByteArray& raw : file.readAll().split('\n')) {
    const QByteArray line = raw.left(raw.indexOf('#') < 0 ? raw.size() : raw.indexOf('#')).simplified();
    if (!line.isEmpty()) lines << line;
  }
  return lines;
}

template <class Entry>
QByteArrayList linesOf(const std::vector<Entry>& entries) {
  QByteArrayList lines;
  for (const Entry& entry : entries) lines << text(entry);
  return lines;
}

}  // namespace

void TestServiceDatabase::serviceIsFound_data() {
  QTest::addColumn<QByteArray>("name");
  QTest::addColumn<int>("port");
  QTest::addColumn<QByteArray>("protocol");
  QTest::addColumn<QByteArray>("expected");
  QTest::newRow("by name, any protocol")
      << QByteArray("http") << -1 << QByteArray() << QByteArray("http 80/tcp www");
  QTest::newRow("by alias") << QByteArray("www") << -1 << QByteArray("tcp") << QByteArray("http 80/tcp www");
  QTest::newRow("by name for udp") << QByteArray("domain") << -1 << QByteArray("udp")
                                   << QByteArray("domain 53/udp");
  QTest::newRow("by port for tcp") << QByteArray() << 53 << QByteArray("tcp") << QByteArray("domain 53/tcp");
  QTest::newRow("by port for udp") << QByteArray() << 53 << QByteArray("udp") << QByteArray("domain 53/udp");
  QTest::newRow("by port, any protocol") << QByteArray() << 22 << QByteArray() << QByteArray("ssh 22/tcp");
}

void TestServiceDatabase::serviceIsFound() {
  QFETCH(QByteArray, name);
  QFETCH(int, port);
  QFETCH(QByteArray, protocol);
  QFETCH(QByteArray, expected);
  const std::string wanted = protocol.toStdString();
  const auto found = port < 0 ? serviceByName(name.toStdString(), wanted)
                              : serviceByPort(static_cast<std::uint16_t>(port), wanted);
  QVERIFY(found);
  QCOMPARE(text(*found), expected);
}

void TestServiceDatabase::unknownIsAnError_data() {
  QTest::addColumn<QByteArray>("name");
  QTest::addColumn<int>("port");
  QTest::addColumn<QByteArray>("protocol");
  QTest::addColumn<QByteArray>("message");
  QTest::newRow("no such name") << QByteArray("nosuch") << -1 << QByteArray()
                                << QByteArray("no service is named \"nosuch\"");
  QTest::newRow("the empty name") << QByteArray("") << -1 << QByteArray()
                                  << QByteArray("no service is named \"\"");
  QTest::newRow("not for this protocol")
      << QByteArray("ssh") << -1 << QByteArray("udp") << QByteArray("no service is named \"ssh\" for udp");
  QTest::newRow("unknown protocol") << QByteArray("ssh") << -1 << QByteArray("foo")
                                    << QByteArray("no service is named \"ssh\" for foo");
  QTest::newRow("a NUL behind a known name")
      << QByteArray("http\0x", 6) << -1 << QByteArray() << QByteArray("no service is named \"http\0x\"", 28);
  QTest::newRow("port without a service")
      << QByteArray() << 1 << QByteArray("udp") << QByteArray("no service has port 1 for udp");
  QTest::newRow("port 0") << QByteArray() << 0 << QByteArray() << QByteArray("no service has port 0");
}

void TestServiceDatabase::unknownIsAnError() {
  QFETCH(QByteArray, name);
  QFETCH(int, port);
  QFETCH(QByteArray, protocol);
  QFETCH(QByteArray, message);
  const std::string wanted = protocol.toStdString();
  const auto found = port < 0 ? serviceByName(name.toStdString(), wanted)
                              : serviceByPort(static_cast<std::uint16_t>(port), wanted);
  QVERIFY(!found);
  QVERIFY(found.error().isInput(InputFault::unknownName));
  QCOMPARE(found.error().op, port < 0 ? Operation::getservbyname : Operation::getservbyport);
  QCOMPARE(text(found.error().message()), message);
}

void TestServiceDatabase::protocolIsFound_data() {
  QTest::addColumn<QByteArray>("name");
  QTest::addColumn<int>("number");
  QTest::addColumn<QByteArray>("expected");
  QTest::newRow("by name") << QByteArray("tcp") << -1 << QByteArray("tcp 6 TCP");
  QTest::newRow("by alias") << QByteArray("UDP") << -1 << QByteArray("udp 17 UDP");
  QTest::newRow("by number") << QByteArray() << 1 << QByteArray("icmp 1 ICMP");
  QTest::newRow("number 0") << QByteArray() << 0 << QByteArray("ip 0 IP");
  QTest::newRow("no such name") << QByteArray("nosuch") << -1 << QByteArray();
  QTest::newRow("no such number") << QByteArray() << 254 << QByteArray();
  QTest::newRow("a number below 0") << QByteArray() << -2 << QByteArray();
}

void TestServiceDatabase::protocolIsFound() {
  QFETCH(QByteArray, name);
  QFETCH(int, number);
  QFETCH(QByteArray, expected);
  const auto found = name.isEmpty() ? protocolByNumber(number) : protocolByName(name.toStdString());
  QCOMPARE(found.has_value(), !expected.isEmpty());
  if (found) {
    QCOMPARE(text(*found), expected);
  } else {
    QVERIFY(found.error().isInput(InputFault::unknownName));
  }
}

void TestServiceDatabase::servicesAreThoseOfTheFile() {
  const QByteArrayList lines = linesOf("/etc/services");
  if (lines.isEmpty()) QSKIP("there is no /etc/services");
  QCOMPARE(linesOf(allServices()), lines);
}

void TestServiceDatabase::protocolsAreThoseOfTheFile() {
  const QByteArrayList lines = linesOf("/etc/protocols");
  if (lines.isEmpty()) QSKIP("there is no /etc/protocols");
  QCOMPARE(linesOf(allProtocols()), lines);
}

void TestServiceDatabase::tablesMayBeReadAtOnce() {
  const std::size_t expected = allServices().size();
  std::vector<std::size_t> counts(4);
  {
    std::vector<std::jthread> readers;
    for (std::size_t& count : counts) {
      readers.emplace_back([&count] {
        for (int i = 0; i < 20; ++i) count = allServices().size();
      });
    }
  }
  for (const std::size_t count : counts) QCOMPARE(count, expected);
}

QTEST_APPLESS_MAIN(TestServiceDatabase)
#include "tst_service_database.moc"
