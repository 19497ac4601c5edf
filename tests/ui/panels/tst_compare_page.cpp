// The system's answers beside a real name server's (knotd).
#include <QAbstractItemModelTester>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTableView>
#include <QTest>
#include <QUdpSocket>
#include <optional>

#include "name_server.h"
#include "ui/bridge/engine_bridge.h"
#include "ui/models/answer_comparison.h"
#include "ui/panels/resolver/compare/compare_page.h"
#include "ui/panels/resolver/compare/compare_rows.h"
#include "ui/widgets/inline_message.h"

using namespace sockbench;
using namespace sockbench::ui;

namespace {

LookedUpHost systemSays(const char* host, const QByteArrayList& addresses) {
  AddressAnswer answer;
  for (const QByteArray& text : addresses) {
    const SocketAddress address = *SocketAddress::fromIp(text.toStdString(), 80);
    answer.results.push_back({.family = address.family(), .type = 1, .protocol = 6, .address = address});
  }
  return {QString::fromUtf8(host), {answer, {}}};
}

std::vector<DnsAnswer> dnsSays(const QByteArrayList& addresses) {
  std::vector<DnsAnswer> answers;
  for (const char* type : {"A", "AAAA"}) {
    DnsAnswer answer;
    answer.type = *parseDnsType(type);
    for (const QByteArray& text : addresses)
      if (text.contains(':') == (answer.type != 1))
        answer.answers.push_back(
            {.name = "x.", .type = answer.type, .klass = 1, .ttl = 1, .data = text.toStdString()});
    answers.push_back(answer);
  }
  return answers;
}

QByteArrayList list(const char* words) {
  const QByteArray text(words);
  return text.isEmpty() ? QByteArrayList() : text.split(' ');
}

struct Fixture {
  EngineBridge bridge;
  ComparePage page{&bridge};
  QLineEdit* server = page.findChild<QLineEdit*>(QStringLiteral("resolverCompareServerEdit"));
  QPushButton* button = page.findChild<QPushButton*>(QStringLiteral("resolverCompareButton"));
  QTableView* table = page.findChild<QTableView*>(QStringLiteral("resolverCompareTable"));
  QLabel* status = page.findChild<QLabel*>(QStringLiteral("resolverCompareStatusLabel"));
  QAbstractItemModelTester tester{table->model(), QAbstractItemModelTester::FailureReportingMode::QtTest};

  bool done() const { return status->text().contains(QStringLiteral("compared")); }
  QStringList rows() const {
    QStringList lines;
    for (int row = 0; row < table->model()->rowCount(); ++row)
      lines += QStringLiteral("%1|%2").arg(table->model()->index(row, 1).data().toString(),
                                           table->model()->index(row, 2).data().toString());
    return lines;
  }
};

}  // namespace

class TestComparePage : public QObject {
  Q_OBJECT
 private slots:
  void initTestCase() {
    if (!NameServer::missing().isEmpty()) return;
    server_.emplace();
    const QString failure = server_->start();
    QVERIFY2(failure.isEmpty(), qPrintable(failure));
  }

  void answersAreCompared_data() {
    QTest::addColumn<QByteArray>("system");
    QTest::addColumn<QByteArray>("dns");
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<int>("flags");
    QTest::addColumn<QByteArray>("where");  // of each address: both, system, dns
    QTest::addColumn<QString>("words");
    const auto row = [](const char* name, const char* system, const char* dns, const char* file, int flags,
                        const char* where, const char* words) {
      QTest::newRow(name) << QByteArray(system) << QByteArray(dns) << QByteArray(file) << flags
                          << QByteArray(where) << QString::fromLatin1(words);
    };
    const int addrconfig = [] {
      for (const AddressFlag& flag : addressFlags())
        if (flag.name == "addrconfig") return flag.bit;
      return 0;
    }();
    row("the same", "192.0.2.1 2001:db8::1", "192.0.2.1 2001:db8::1", "", 0, "bb", "");
    row("the families change places", "2001:db8::1 192.0.2.1", "192.0.2.1 2001:db8::1", "", 0, "bb", "");
    row("another order", "192.0.2.1 192.0.2.2", "192.0.2.2 192.0.2.1", "", 0, "bb", "another order");
    row("only in the hosts file", "192.0.2.9", "", "192.0.2.9", 0, "s", "/etc/hosts has it");
    row("the hosts file hides DNS", "192.0.2.9", "192.0.2.1", "192.0.2.9", 0, "sd",
        "answers from /etc/hosts");
    row("only the system", "192.0.2.9", "", "", 0, "s", "only in the system's answer");
    row("AI_ADDRCONFIG", "192.0.2.1", "192.0.2.1 2001:db8::1", "", addrconfig, "bd", "AI_ADDRCONFIG");
    row("without it", "192.0.2.1", "192.0.2.1 2001:db8::1", "", 0, "bd", "only in DNS");
    row("mapped addresses are IPv4's", "::ffff:192.0.2.1", "192.0.2.1", "", 0, "b", "");
  }
  void answersAreCompared() {
    QFETCH(QByteArray, system);
    QFETCH(QByteArray, dns);
    QFETCH(QByteArray, file);
    QFETCH(int, flags);
    QFETCH(QByteArray, where);
    QFETCH(QString, words);
    AnswerFacts facts{.hostsFile = {}, .flags = flags};
    for (const QByteArray& address : list(file.constData())) facts.hostsFile.push_back(address.toStdString());
    const AnswerComparison result = compareAnswers(systemSays("a.example", list(system.constData())),
                                                   dnsSays(list(dns.constData())), facts);
    QByteArray marks;
    for (const ComparedAddress& address : result.addresses) marks += "bsd"[static_cast<int>(address.where)];
    QCOMPARE(marks, where);
    QVERIFY2(words.isEmpty() ? result.words.isEmpty() : result.words.contains(words),
             qPrintable(result.words));
  }

  void nobodyIsAskedWhileThePageIsHidden() {
    QUdpSocket listener;
    QVERIFY(listener.bind(QHostAddress::LocalHost));
    Fixture f;
    f.server->setText(QStringLiteral("127.0.0.1:%1").arg(listener.localPort()));
    f.page.setLookup({systemSays("a.example", {"192.0.2.1"})}, {});
    QCOMPARE(f.table->model()->rowCount(), 0);  // nothing is even being asked
    f.page.show();
    QTRY_VERIFY(listener.hasPendingDatagrams());
    f.page.clear();
    QCOMPARE(f.table->model()->rowCount(), 0);
  }

  void aNameServerStandsBesideTheSystem() {
    if (!server_) QSKIP(qPrintable(NameServer::missing()));
    Fixture f;
    f.server->setText(server_->address());
    f.page.show();
    f.page.setLookup(
        {systemSays("chain1.bench.example", {"192.0.2.1", "192.0.2.99"}),
         systemSays("127.0.0.1", {"127.0.0.1"}), systemSays("nobody.bench.example", {"192.0.2.9"})},
        {});
    QTRY_VERIFY_WITH_TIMEOUT(f.done(), 30'000);
    const QStringList rows = f.rows();
    const QString all = rows.join(QLatin1Char('\n'));
    QVERIFY2(rows[0].contains(QStringLiteral("chain1.bench.example. → chain2.bench.example. → chain3")),
             qPrintable(all));
    QVERIFY2(rows.contains(QStringLiteral("192.0.2.1|in both")), qPrintable(all));
    QVERIFY2(rows.contains(QStringLiteral("192.0.2.99|only the system")), qPrintable(all));
    QVERIFY2(rows.contains(QStringLiteral("192.0.2.2|only DNS")), qPrintable(all));
    QVERIFY2(rows.contains(QStringLiteral("2001:db8::1|only DNS")), qPrintable(all));
    QVERIFY2(all.contains(QStringLiteral("nothing to ask DNS for")), qPrintable(all));
    QVERIFY2(all.contains(QStringLiteral("NXDOMAIN")), qPrintable(all));
    QVERIFY(f.status->text().contains(QStringLiteral("2 name(s) compared · 2 with differences")));
  }

  void aBadServerIsSaidAtItsField() {
    Fixture f;
    f.page.show();
    f.server->setText(QStringLiteral("nowhere"));
    f.page.setLookup({systemSays("a.example", {"192.0.2.1"})}, {});
    QVERIFY(f.server->property("invalid").toBool());
    QVERIFY(f.page.findChild<InlineMessage*>()->text().contains(QStringLiteral("BAD_ADDRESS")));
  }

  void anErrorOfOneSideStandsInItsRow() {
    Fixture f;
    const QList<TextRow> rows =
        compareRows(systemSays("a.example", {"192.0.2.1"}),
                    {{std::unexpected(Error::fromDns(Operation::dns, DnsFault::timeout)), {}},
                     {std::unexpected(Error::fromDns(Operation::dns, DnsFault::timeout)), {}}},
                    {});
    QCOMPARE(rows[0].tone, TextRow::Tone::fault);
    QVERIFY(rows[0].cells[1].contains(QStringLiteral("DNS_TIMEOUT")));
    QCOMPARE(rows[1].cells[1], QStringLiteral("192.0.2.1"));
    QVERIFY(hasDifference(rows));
  }

 private:
  std::optional<NameServer> server_;
};

QTEST_MAIN(TestComparePage)
#include "tst_compare_page.moc"
