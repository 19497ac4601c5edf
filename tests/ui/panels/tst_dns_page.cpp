// The DNS page beside a real name server (knotd).
#include <QAbstractItemModelTester>
#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QUdpSocket>
#include <optional>

#include "name_server.h"
#include "ui/bridge/engine_bridge.h"
#include "ui/panels/resolver/dns/dns_page.h"
#include "ui/panels/resolver/dns/dns_rows.h"
#include "ui/panels/resolver/rows_table.h"
#include "ui/widgets/inline_message.h"

using namespace sockbench;
using namespace sockbench::ui;

namespace {

struct Fixture {
  EngineBridge bridge;
  DnsPage page{&bridge};
  QLineEdit* name = find<QLineEdit>("resolverDnsNameEdit");
  QLineEdit* otherType = find<QLineEdit>("resolverDnsTypeEdit");
  QLineEdit* server = find<QLineEdit>("resolverDnsServerEdit");
  QPushButton* ask = find<QPushButton>("resolverDnsAskButton");
  QPushButton* cancel = find<QPushButton>("resolverDnsCancelButton");
  RowsTable* table = find<RowsTable>("resolverDnsTable");
  QLabel* status = find<QLabel>("resolverDnsStatusLabel");
  InlineMessage* message = find<InlineMessage>("resolverDnsMessage");
  QSignalSpy targets{&page, &DnsPage::targetChosen};
  QSignalSpy inspections{&page, &DnsPage::inspectRequested};
  QAbstractItemModelTester tester{table->model(), QAbstractItemModelTester::FailureReportingMode::QtTest};

  Fixture() {
    page.resize(1000, 500);
    page.show();
  }
  template <class T>
  T* find(const char* wanted) const {
    T* found = page.findChild<T*>(QLatin1String(wanted));
    if (!found) qFatal("no %s", wanted);
    return found;
  }
  void chooseTypes(const QStringList& types) const {
    for (QAction* action : page.findChild<QMenu*>(QStringLiteral("resolverDnsTypesMenu"))->actions())
      action->setChecked(types.contains(action->text()));
  }
  void askFor(const QString& what, const QStringList& types, const QString& whom) {
    name->setText(what);
    server->setText(whom);
    chooseTypes(types);
    QTest::mouseClick(ask, Qt::LeftButton);
  }
  bool done() const { return !cancel->isEnabled(); }
  // Each row as one text.
  QStringList rows() const {
    QStringList lines;
    for (int row = 0; row < table->model()->rowCount(); ++row) {
      QStringList cells;
      for (int column = 0; column < table->model()->columnCount(); ++column)
        cells += table->model()->index(row, column).data().toString();
      lines += cells.join(QLatin1Char('|'));
    }
    return lines;
  }
  int rowOf(const QString& part) const {
    const QStringList all = rows();
    for (int row = 0; row < all.size(); ++row)
      if (all[row].contains(part)) return row;
    return -1;
  }
};

DnsRecord record(const char* type, const char* data) {
  return {.name = "a.example.", .type = parseDnsType(type).value(), .klass = 1, .ttl = 60, .data = data};
}

}  // namespace

class TestDnsPage : public QObject {
  Q_OBJECT
 private slots:
  void initTestCase() {
    if (!NameServer::missing().isEmpty()) return;
    server_.emplace();
    const QString failure = server_->start();
    QVERIFY2(failure.isEmpty(), qPrintable(failure));
  }

  void recordsAreShownAsTheyCame_data() {
    QTest::addColumn<QString>("name");
    QTest::addColumn<QStringList>("types");
    QTest::addColumn<QStringList>("expected");
    const auto row = [](const char* what, const char* name, const char* types, const char* expected) {
      QTest::newRow(what) << QString::fromUtf8(name) << QString::fromLatin1(types).split(QLatin1Char(' '))
                          << QString::fromUtf8(expected).split(QLatin1Char('\n'));
    };
    row("addresses of both families", "www.bench.example", "A AAAA",
        "answer|www.bench.example.|60|IN|A|192.0.2.1\nanswer|www.bench.example.|120|IN|AAAA|2001:db8::1");
    row("a chain of aliases", "chain1.bench.example", "A",
        "answer|chain1.bench.example.|300|IN|CNAME|chain2.bench.example.\nNOERROR");
    row("an unknown type", "unknown.bench.example", "TYPE65280",
        "answer|unknown.bench.example.|300|IN|TYPE65280|\\# 5 0102ABCDEF");
    row("no such name", "nobody.bench.example", "A", "NXDOMAIN\nauthority|bench.example.");
    row("an empty answer", "mail.bench.example", "AAAA", "NOERROR, no record of this type");
    row("a truncated answer", "huge.bench.example", "TXT", "truncated over UDP, asked again over TCP");
    row("a name beyond ASCII",
        "b\xC3\xBC"
        "cher.bench.example",
        "A",
        "b\xC3\xBC"
        "cher.bench.example. (xn--bcher-kva.bench.example.)\n|192.0.2.7");
    row("an address asks for its name", "192.0.2.1", "A", "PTR\n1.2.0.192.in-addr.arpa.");
  }
  void recordsAreShownAsTheyCame() {
    if (!server_) QSKIP(qPrintable(NameServer::missing()));
    QFETCH(QString, name);
    QFETCH(QStringList, types);
    QFETCH(QStringList, expected);
    Fixture f;
    if (types.first().startsWith(QStringLiteral("TYPE"))) f.otherType->setText(types.takeFirst());
    f.askFor(name, types, server_->address());
    QTRY_VERIFY_WITH_TIMEOUT(f.done(), 30'000);
    for (const QString& part : expected)
      QVERIFY2(f.rowOf(part) >= 0,
               qPrintable(part + QStringLiteral(" in\n") + f.rows().join(QLatin1Char('\n'))));
    QVERIFY2(f.rowOf(server_->address()) >= 0, "who answered");
    QVERIFY(f.status->text().contains(QStringLiteral("question(s)")));
  }

  void anAddressSaysThatItsNameIsAskedFor() {
    Fixture f;
    QTest::keyClicks(f.name, QStringLiteral("::1"));
    QVERIFY(f.message->text().contains(QStringLiteral("ip6.arpa")));
    f.name->clear();
    QVERIFY(f.message->isHidden());
  }

  void whatIsWrongIsShownAtItsField_data() {
    QTest::addColumn<QString>("field");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("symbol");
    QTest::newRow("a server that is a name") << QStringLiteral("resolverDnsServerEdit")
                                             << QStringLiteral("ns.example") << QStringLiteral("BAD_ADDRESS");
    QTest::newRow("a server's port") << QStringLiteral("resolverDnsServerEdit")
                                     << QStringLiteral("127.0.0.1:70000") << QStringLiteral("BAD_PORT");
    QTest::newRow("a type") << QStringLiteral("resolverDnsTypeEdit") << QStringLiteral("NOSUCH")
                            << QStringLiteral("UNKNOWN_NAME");
    QTest::newRow("no name") << QStringLiteral("resolverDnsNameEdit") << QString()
                             << QStringLiteral("BAD_HOST");
    QTest::newRow("a label that is too long") << QStringLiteral("resolverDnsNameEdit")
                                              << QString(64, QLatin1Char('x')) << QStringLiteral("BAD_HOST");
  }
  void whatIsWrongIsShownAtItsField() {
    QFETCH(QString, field);
    QFETCH(QString, text);
    QFETCH(QString, symbol);
    Fixture f;
    f.name->setText(QStringLiteral("a.example"));
    f.server->setText(QStringLiteral("127.0.0.1:1"));
    auto* edit = f.find<QLineEdit>(field.toLatin1().constData());
    edit->setText(text);
    f.page.act();
    QTRY_VERIFY2(f.message->text().contains(symbol), qPrintable(f.message->text()));
    QVERIFY(edit->property("invalid").toBool());
    edit->setText(QStringLiteral("1"));
    QVERIFY(!edit->property("invalid").toBool());
  }

  void aSilentServerIsWaitedForAndCancelled() {
    QUdpSocket silent;
    QVERIFY(silent.bind(QHostAddress::LocalHost));
    Fixture f;
    f.askFor(QStringLiteral("a.example"), {QStringLiteral("A"), QStringLiteral("MX")},
             QStringLiteral("127.0.0.1:%1").arg(silent.localPort()));
    QTRY_VERIFY(silent.hasPendingDatagrams());
    QVERIFY(!f.done());
    QTest::mouseClick(f.cancel, Qt::LeftButton);
    QTRY_VERIFY(f.done());
    QCOMPARE(f.rows().size(), 2);
    QVERIFY(f.rows().first().startsWith(QStringLiteral("A|ECANCELED")));
  }

  void aRowLeadsFurther() {
    if (!server_) QSKIP(qPrintable(NameServer::missing()));
    Fixture f;
    f.askFor(QStringLiteral("chain3.bench.example"), {QStringLiteral("A")}, server_->address());
    QTRY_VERIFY_WITH_TIMEOUT(f.done(), 30'000);
    const int address = f.rowOf(QStringLiteral("|A|192.0.2.1"));
    QVERIFY(address > 0);
    const QPoint place = f.table->visualRect(f.table->model()->index(address, 5)).center();
    QTest::mouseClick(f.table->viewport(), Qt::LeftButton, {}, place);
    QTest::mouseDClick(f.table->viewport(), Qt::LeftButton, {}, place);
    QCOMPARE(f.targets.size(), 1);
    QCOMPARE(f.targets.first().first().value<Endpoint>().host, std::string("192.0.2.1"));
    QMenu menu;
    emit f.table->menuWanted(&menu);
    const auto trigger = [&](const char* words) {
      for (QAction* action : menu.actions())
        if (action->text() == QLatin1String(words)) return action->trigger();
      qFatal("no %s", words);
    };
    trigger("Inspect");
    QCOMPARE(f.inspections.first().first().toString(), QStringLiteral("192.0.2.1"));
    trigger("Copy as dig prints it");
    QCOMPARE(QGuiApplication::clipboard()->text(),
             QStringLiteral("www.bench.example.\t60\tIN\tA\t192.0.2.1"));
    f.table->selectRow(f.rowOf(QStringLiteral("CNAME")));
    menu.clear();
    emit f.table->menuWanted(&menu);
    trigger("Ask for this name");
    QCOMPARE(f.name->text(), QStringLiteral("www.bench.example."));
    QTRY_VERIFY_WITH_TIMEOUT(f.done(), 30'000);
  }

  void recordsLeadToNames_data() {
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("data");
    QTest::addColumn<QString>("next");
    QTest::newRow("mail") << QByteArray("MX") << QByteArray("10 mail.example.")
                          << QStringLiteral("mail.example.");
    QTest::newRow("a service") << QByteArray("SRV") << QByteArray("1 2 3 www.example.")
                               << QStringLiteral("www.example.");
    QTest::newRow("a text leads nowhere")
        << QByteArray("TXT") << QByteArray("\"x\"") << QStringLiteral("a.example.");
    QTest::newRow("what cannot be read")
        << QByteArray("MX") << QByteArray("\\# 1 ff") << QStringLiteral("a.example.");
  }
  void recordsLeadToNames() {
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, data);
    QTEST(nextName(record(type.constData(), data.constData())), "next");
  }

  void hostileTextIsVisible() {
    DnsAnswer answer;
    answer.type = 16;
    answer.answers.push_back(record("TXT", "\x1b[2J\xE2\x80\xAE"));
    const QList<TextRow> rows = dnsRows({.name = "x", .type = 16}, {answer, {}});
    QCOMPARE(rows.size(), 2);
    QVERIFY(!rows[1].cells[5].contains(QChar(0x1b)));
    QVERIFY(!rows[1].cells[5].contains(QChar(0x202E)));
    QVERIFY(!dnsLine(answer.answers[0]).contains(QChar(0x1b)));
  }

  void stateIsRemembered() {
    const QTemporaryDir folder;
    QSettings settings(folder.filePath(QStringLiteral("s.ini")), QSettings::IniFormat);
    {
      Fixture f;
      f.name->setText(QStringLiteral("a.example"));
      f.server->setText(QStringLiteral("192.0.2.53"));
      f.chooseTypes({QStringLiteral("MX")});
      f.page.saveState(settings);
    }
    Fixture f;
    f.page.restoreState(settings);
    QCOMPARE(f.name->text(), QStringLiteral("a.example"));
    QCOMPARE(f.server->text(), QStringLiteral("192.0.2.53"));
    QVERIFY(f.find<QAction>("resolverDnsType_MX")->isChecked());
    QVERIFY(!f.find<QAction>("resolverDnsType_A")->isChecked());
  }

 private:
  std::optional<NameServer> server_;
};

QTEST_MAIN(TestDnsPage)
#include "tst_dns_page.moc"
