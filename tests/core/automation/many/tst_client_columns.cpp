#include <QTest>

#include "core/automation/many/client_columns.h"

using namespace sockbench;

class TestClientColumns : public QObject {
  Q_OBJECT
 private slots:
  void eachClientHasItsLine();
  void withoutColumnsThereIsTheNumber();
  void faultsNameTheirLine_data();
  void faultsNameTheirLine();
};

void TestClientColumns::eachClientHasItsLine() {
  const auto columns = ClientColumns::fromCsv("name,word\r\nann,\"a,b\"\r\nbob,c\r\n");
  QVERIFY(columns);
  QCOMPARE(columns->variablesOf(0), (Variables{{"client", "1"}, {"name", "ann"}, {"word", "a,b"}}));
  QCOMPARE(columns->variablesOf(1), (Variables{{"client", "2"}, {"name", "bob"}, {"word", "c"}}));
  QCOMPARE(columns->variablesOf(2), (Variables{{"client", "3"}, {"name", "ann"}, {"word", "a,b"}}));
}

void TestClientColumns::withoutColumnsThereIsTheNumber() {
  QCOMPARE(ClientColumns().variablesOf(41), (Variables{{"client", "42"}}));
  QVERIFY(ClientColumns().isEmpty());
}

void TestClientColumns::faultsNameTheirLine_data() {
  QTest::addColumn<QByteArray>("csv");
  QTest::addColumn<QByteArray>("told");
  QTest::newRow("nothing") << QByteArray() << QByteArray("line 1");
  QTest::newRow("only names") << QByteArray("a,b\n") << QByteArray("line 1");
  QTest::newRow("a short row") << QByteArray("a,b\n1,2\n3\n") << QByteArray("line 3");
  QTest::newRow("a long row") << QByteArray("a,b\n1,2,3\n") << QByteArray("line 2");
  QTest::newRow("a name twice") << QByteArray("a,a\n1,2\n") << QByteArray("\"a\"");
  QTest::newRow("a name is empty") << QByteArray("a,\n1,2\n") << QByteArray("no name");
  QTest::newRow("our own name") << QByteArray("client\n1\n") << QByteArray("client");
  QTest::newRow("a quote that stays open") << QByteArray("a,b\n1,2\n\"3,4\n") << QByteArray("line 3");
}

void TestClientColumns::faultsNameTheirLine() {
  QFETCH(QByteArray, csv);
  QFETCH(QByteArray, told);
  const auto columns = ClientColumns::fromCsv(csv.toStdString());
  QVERIFY(!columns);
  QCOMPARE(columns.error().symbol(), std::string("BAD_SYNTAX"));
  QVERIFY2(QByteArray::fromStdString(columns.error().message()).contains(told),
           columns.error().message().c_str());
}

QTEST_GUILESS_MAIN(TestClientColumns)
#include "tst_client_columns.moc"
