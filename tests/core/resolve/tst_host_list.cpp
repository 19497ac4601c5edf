// Lists of hosts as files hold them, the bad ones included.
#include <sys/stat.h>

#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

#include "core/resolve/host_list.h"

using namespace sockbench;

namespace {

QByteArrayList hostsOf(const HostList& list) {
  QByteArrayList hosts;
  for (const std::string& host : list.hosts) hosts += QByteArray::fromStdString(host);
  return hosts;
}

QByteArrayList faultsOf(const HostList& list) {
  QByteArrayList faults;
  for (const HostList::Fault& fault : list.faults)
    faults += QByteArray::number(quint64(fault.line)) + ' ' + QByteArray::fromStdString(fault.error.symbol());
  return faults;
}

}  // namespace

class TestHostList : public QObject {
  Q_OBJECT
 private slots:
  void linesAreHosts_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArrayList>("hosts");
    QTest::addColumn<QByteArrayList>("faults");
    const auto row = [](const char* name, const QByteArray& text, const char* hosts, const char* faults) {
      const auto split = [](const QByteArray& list) {
        return list.isEmpty() ? QByteArrayList() : list.split('|');
      };
      QTest::newRow(name) << text << split(hosts) << split(faults);
    };
    row("nothing", "", "", "");
    row("one without an end", "a.example", "a.example", "");
    row("ends of both kinds", "a\r\nb\nc\r\n", "a|b|c", "");
    row("blank lines, comments, blanks around", "\n# list\n  a \t\n\t\nb # why\n#c\n", "a|b", "");
    row("a byte order mark",
        "\xEF\xBB\xBF"
        "a\nb",
        "a|b", "");
    row("beyond ASCII",
        "b\xC3\xBC"
        "cher.example\n\xE4\xBE\x8B\xE5\xAD\x90",
        "b\xC3\xBC"
        "cher.example|\xE4\xBE\x8B\xE5\xAD\x90",
        "");
    row("not UTF-8",
        "a\n\xFF\xFE"
        "b\nc",
        "a|c", "2 BAD_ENCODING");
    row("a control character", QByteArray("a\0b\nok\n\x1b[2J\n", 12), "ok", "1 BAD_HOST|3 BAD_HOST");
    row("the longest line", QByteArray(1024, 'x') + "\nb", QByteArray(1024, 'x') + "|b", "");
    row("a line that is too long", QByteArray(1025, 'x') + "\nb", "b", "1 TOO_LARGE");
    row("what a host may not be is left to its look-up", "bad host", "bad host", "");
  }
  void linesAreHosts() {
    QFETCH(QByteArray, text);
    const HostList list = parseHostList(text.toStdString());
    QTEST(hostsOf(list), "hosts");
    QTEST(faultsOf(list), "faults");
    QCOMPARE(list.faulty, list.faults.size());
  }

  void faultsPointAtTheirByte() {
    const HostList list = parseHostList("ab\xFFz");
    QCOMPARE(list.faults.at(0).error.where, (TextSpan{2, 1}));
  }

  void tooManyAreCounted() {
    std::string text;
    for (std::size_t i = 0; i < kMostListedHosts + 3; ++i) text += "h" + std::to_string(i) + "\n";
    for (std::size_t i = 0; i < HostList::kMostFaults + 2; ++i) text += "\xFF\n";
    const HostList list = parseHostList(text);
    QCOMPARE(list.hosts.size(), kMostListedHosts);
    QCOMPARE(list.beyond, std::size_t(3));
    QCOMPARE(list.faults.size(), HostList::kMostFaults);
    QCOMPARE(list.faulty, HostList::kMostFaults + 2);
  }

  void filesAreRead() {
    const QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("list.txt")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("a\r\n# no\r\nb\r\n");
    file.close();
    const auto list = readHostList(file.fileName().toStdString());
    QVERIFY(list);
    QCOMPARE(hostsOf(*list), QByteArrayList({"a", "b"}));
  }

  void whatIsNoListIsAnError() {
    const QTemporaryDir folder;
    const std::string place = folder.path().toStdString();
    QVERIFY(readHostList(place + "/none").error().isErrno(ENOENT));
    QVERIFY(readHostList(place).error().isErrno(EISDIR));
    QVERIFY(readHostList("/dev/zero").error().isInput(InputFault::badPath));
    const std::string pipe = place + "/pipe";
    QCOMPARE(::mkfifo(pipe.c_str(), 0600), 0);
    QVERIFY(readHostList(pipe).error().isInput(InputFault::badPath));
    QFile file(folder.filePath(QStringLiteral("large")));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.resize(qint64(kMostListBytes) + 1));
    QVERIFY(readHostList(file.fileName().toStdString()).error().isInput(InputFault::tooLarge));
  }
};

QTEST_GUILESS_MAIN(TestHostList)
#include "tst_host_list.moc"
