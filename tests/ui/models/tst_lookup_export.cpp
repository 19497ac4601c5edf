// Answers as CSV and JSON, read again by Python's csv and json.
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTest>
#include <chrono>

#include "ui/models/lookup_export.h"

using namespace sockbench;
using namespace sockbench::ui;

namespace {

LookedUpHost found(const QString& host, const std::string& canonicalName) {
  AddressAnswer answer{.canonicalName = canonicalName, .results = {}};
  for (const char* ip : {"192.0.2.1", "2001:db8::1"}) {
    const SocketAddress address = *SocketAddress::fromIp(ip, 80);
    answer.results.push_back({.family = address.family(), .type = 1, .protocol = 6, .address = address});
  }
  return {host, {answer, std::chrono::microseconds(1500)}};
}

LookedUpHost missing(const QString& host) {
  return {host,
          {std::unexpected(Error::fromErrno(Operation::getaddrinfo, ETIMEDOUT, host.toStdString())),
           std::chrono::milliseconds(2)}};
}

// Python's reading of CSV, as JSON.
QJsonArray csvRows(const QByteArray& csv) {
  QProcess python;
  python.start(QStringLiteral("python3"),
               {QStringLiteral("-c"),
                QStringLiteral("import csv,io,json,sys\n"
                               "t=io.TextIOWrapper(sys.stdin.buffer,encoding='utf-8',newline='')\n"
                               "print(json.dumps(list(csv.reader(t,strict=True))))")});
  python.write(csv);
  python.closeWriteChannel();
  if (!python.waitForFinished()) return {};
  return QJsonDocument::fromJson(python.readAllStandardOutput()).array();
}

QString cell(const QJsonArray& rows, int row, int column) {
  return rows.at(row).toArray().at(column).toString();
}

}  // namespace

class TestLookupExport : public QObject {
  Q_OBJECT
 private slots:
  void cellsAreSafe_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("cell");
    QTest::newRow("plain") << QByteArray("a.example") << QByteArray("a.example");
    QTest::newRow("a comma") << QByteArray("a,b") << QByteArray("\"a,b\"");
    QTest::newRow("quotes") << QByteArray("say \"a\"") << QByteArray("\"say \"\"a\"\"\"");
    QTest::newRow("a line's end becomes visible") << QByteArray("a\nb") << QByteArray("a\u240Ab");
    QTest::newRow("a formula") << QByteArray("=cmd|'/c calc'!A1") << QByteArray("'=cmd|'/c calc'!A1");
    QTest::newRow("plus") << QByteArray("+1") << QByteArray("'+1");
    QTest::newRow("minus") << QByteArray("-1,2") << QByteArray("\"'-1,2\"");
    QTest::newRow("at") << QByteArray("@SUM(1)") << QByteArray("'@SUM(1)");
    QTest::newRow("a tab before a formula") << QByteArray("\t=1") << QByteArray("\u2409=1");
    QTest::newRow("nothing") << QByteArray() << QByteArray();
  }
  void cellsAreSafe() {
    QFETCH(QByteArray, text);
    QTEST(QByteArray::fromStdString(csvCell(text.toStdString())), "cell");
  }

  void csvIsWhatOthersRead() {
    const QByteArray csv = lookupsAsCsv(
        {found(QStringLiteral("a.example"), "=evil,\"x\""), missing(QStringLiteral("\u4F8B\u5B50"))}, "http");
    QVERIFY(csv.endsWith("\r\n"));
    QCOMPARE(csv.count("\r\n"), csv.count('\n'));
    const QJsonArray rows = csvRows(csv);
    QCOMPARE(rows.size(), 4);
    for (const QJsonValue& row : rows) QCOMPARE(row.toArray().size(), 13);
    QCOMPARE(cell(rows, 0, 5), QStringLiteral("address"));
    QCOMPARE(cell(rows, 1, 5), QStringLiteral("192.0.2.1"));
    QCOMPARE(cell(rows, 2, 5), QStringLiteral("2001:db8::1"));
    QCOMPARE(cell(rows, 2, 7), QStringLiteral("'=evil,\"x\""));
    QCOMPARE(cell(rows, 3, 0), QStringLiteral("\u4F8B\u5B50"));
    QCOMPARE(cell(rows, 3, 10), QStringLiteral("ETIMEDOUT"));
  }

  void jsonIsThatOfTheCommandLine() {
    const QByteArray json =
        lookupsAsJson({found(QStringLiteral("a"), "a\xFF\"\n"), missing(QStringLiteral("b"))}, {});
    QJsonParseError fault;
    const QJsonArray hosts = QJsonDocument::fromJson(json, &fault).array();
    QCOMPARE(fault.error, QJsonParseError::NoError);
    QCOMPARE(hosts.size(), 2);
    const QJsonObject first = hosts[0].toObject();
    QCOMPARE(first.value(QStringLiteral("canonname")).toString(), QStringLiteral("a\\xff\"\n"));
    QVERIFY(first.value(QStringLiteral("service")).isNull());
    QCOMPARE(first.value(QStringLiteral("elapsed_ms")).toDouble(), 1.5);
    const QJsonObject result = first.value(QStringLiteral("results")).toArray().at(1).toObject();
    QCOMPARE(result.value(QStringLiteral("family")).toString(), QStringLiteral("AF_INET6"));
    QCOMPARE(result.value(QStringLiteral("protocol_name")).toString(), QStringLiteral("tcp"));
    QCOMPARE(result.value(QStringLiteral("port")).toInt(), 80);
    const QJsonObject error = hosts[1].toObject().value(QStringLiteral("error")).toObject();
    QCOMPARE(error.value(QStringLiteral("symbol")).toString(), QStringLiteral("ETIMEDOUT"));
    QVERIFY(!hosts[1].toObject().contains(QStringLiteral("results")));
  }

  void nothingIsAnEmptyArray() {
    QVERIFY(QJsonDocument::fromJson(lookupsAsJson({}, {})).array().isEmpty());
    QCOMPARE(lookupsAsCsv({}, {}).count('\n'), 1);
  }
};

QTEST_GUILESS_MAIN(TestLookupExport)
#include "tst_lookup_export.moc"
