// nsswitch.conf and hosts files as people write them.
#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

#include "core/resolve/name_service_switch.h"

using namespace sockbench;

namespace {

QByteArray shown(const std::vector<NameSource>& sources) {
  QByteArrayList parts;
  for (const NameSource& source : sources)
    parts += QByteArray::fromStdString(source.actions.empty() ? source.name
                                                              : source.name + "[" + source.actions + "]");
  return parts.join(' ');
}

}  // namespace

class TestNameServiceSwitch : public QObject {
  Q_OBJECT
 private slots:
  void sourcesAreInTheirOrder_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("sources");
    QTest::newRow("plain") << QByteArray("hosts: files dns\n") << QByteArray("files dns");
    QTest::newRow("among others") << QByteArray("passwd: files\nhosts:\tfiles  dns # why\nrpc: db")
                                  << QByteArray("files dns");
    QTest::newRow("reactions") << QByteArray("hosts: files mdns4_minimal [NOTFOUND=return] dns")
                               << QByteArray("files mdns4_minimal[NOTFOUND=return] dns");
    QTest::newRow("reactions without a blank")
        << QByteArray("hosts:files[SUCCESS=continue]dns[ !UNAVAIL=return ]")
        << QByteArray("files[SUCCESS=continue] dns[!UNAVAIL=return]");
    QTest::newRow("a bracket that is not closed")
        << QByteArray("hosts: dns [NOTFOUND") << QByteArray("dns[NOTFOUND]");
    QTest::newRow("the last line counts") << QByteArray("hosts: dns\nhosts: files") << QByteArray("files");
    QTest::newRow("no such line") << QByteArray("# hosts: dns\nnetworks: files\n") << QByteArray();
    QTest::newRow("nothing") << QByteArray() << QByteArray();
  }
  void sourcesAreInTheirOrder() {
    QFETCH(QByteArray, text);
    QTEST(shown(parseNameSources(text.toStdString(), "hosts")), "sources");
  }

  void hostsFilesNameAddresses_data() {
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("addresses");
    QTest::newRow("first name") << QByteArray("localhost") << QByteArray("127.0.0.1 ::1");
    QTest::newRow("an alias in other letters") << QByteArray("IP6-Localhost") << QByteArray("::1");
    QTest::newRow("a final dot") << QByteArray("printer.") << QByteArray("192.0.2.9");
    QTest::newRow("in a comment") << QByteArray("ghost") << QByteArray();
    QTest::newRow("an address is no name") << QByteArray("127.0.0.1") << QByteArray();
    QTest::newRow("a part of a name") << QByteArray("print") << QByteArray();
  }
  void hostsFilesNameAddresses() {
    QFETCH(QByteArray, name);
    const HostsFile file = HostsFile::parse(
        "127.0.0.1 localhost # ghost\n\n::1\tlocalhost ip6-localhost\r\n192.0.2.9 printer printer");
    const std::vector<std::string> found = file.addressesOf(name.toStdString());
    QByteArrayList parts;
    for (const std::string& address : found) parts += QByteArray::fromStdString(address);
    QTEST(parts.join(' '), "addresses");
  }

  void filesAreRead() {
    const QTemporaryDir folder;
    const std::string path = folder.filePath(QStringLiteral("nsswitch.conf")).toStdString();
    QVERIFY(hostNameSources(path).error().isErrno(ENOENT));
    QFile file(QString::fromStdString(path));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("hosts: files\n");
    file.close();
    QCOMPARE(shown(*hostNameSources(path)), QByteArray("files"));
    QVERIFY(HostsFile::read(path + ".none").addressesOf("localhost").empty());
  }
};

QTEST_GUILESS_MAIN(TestNameServiceSwitch)
#include "tst_name_service_switch.moc"
