#include <QAbstractItemModelTester>
#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTableView>
#include <QTableWidget>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>
#include <QTimer>
#include <QToolButton>
#include <QUdpSocket>

#include "ui/bridge/engine_bridge.h"
#include "ui/models/options_model.h"
#include "ui/models/traffic_source.h"
#include "ui/panels/traffic/details_page.h"
#include "ui/widgets/english_plurals.h"
#include "ui/widgets/inline_message.h"
#include "ui/widgets/theme.h"

using namespace sockbench;
using namespace sockbench::ui;

namespace {

// The page in sight, over the engine's side of a connection whose other end is Qt's.
struct Bench {
  explicit Bench(const char* endpoint = "tcp://127.0.0.1:0") {
    page.resize(1000, 300);
    page.show();
    server = bridge.listen({.endpoint = *Endpoint::parse(endpoint), .options = {}, .rules = {}});
  }
  template <class Widget>
  Widget* find(const char* name) {
    auto* found = page.findChild<Widget*>(QString::fromLatin1(name));
    if (found == nullptr) qFatal("no widget %s", name);
    return found;
  }
  quint16 port() {
    const auto now = bridge.snapshot(server);
    return now ? now->local.port() : 0;
  }
  SessionId accepted() {
    for (const SessionSnapshot& session : bridge.snapshots()) {
      if (session.role == SessionRole::accepted) return session.id;
    }
    return {};
  }
  bool connectPeer() {
    return QTest::qWaitFor([&] { return port() != 0; }) &&
           (peer.connectToHost(QStringLiteral("127.0.0.1"), port()), true) &&
           QTest::qWaitFor([&] { return static_cast<bool>(accepted()); });
  }
  // The options of a connection, in sight.
  bool showOptions() {
    if (!connectPeer()) return false;
    page.setSession(accepted());
    find<QToolButton>("detailsOptionsButton")->click();
    return QTest::qWaitFor([&] { return rowOf("SO_KEEPALIVE") >= 0; });
  }
  QTableView* table() { return find<QTableView>("detailsOptionsTable"); }
  int rowOf(const char* option) {
    for (int row = 0; row < table()->model()->rowCount(); ++row) {
      if (cell(row, OptionsModel::Name) == QString::fromLatin1(option)) return row;
    }
    return -1;
  }
  QString cell(int row, int column) { return table()->model()->index(row, column).data().toString(); }
  QString value(const char* option, int column) { return cell(rowOf(option), column); }
  void goTo(const char* option) {
    table()->setFocus();
    table()->setCurrentIndex(table()->model()->index(rowOf(option), OptionsModel::Name));
  }
  QLineEdit* edit(const char* option) {
    goTo(option);
    QTest::keyClick(table(), Qt::Key_F2);
    return page.findChild<QLineEdit*>(QStringLiteral("detailsOptionsValueEdit"));
  }
  QStringList optionRows() {
    QStringList texts;
    std::vector<LogRow> rows;
    bridge.log().read(bridge.log().first(), 10'000, rows);
    for (const LogRow& row : rows) {
      if (row.record.kind == RecordKind::option)
        texts.append(QString::fromStdString(decodeEventDetail(row.payload.bytes).text));
    }
    return texts;
  }
  QString fact(const QString& name) {
    const auto* facts = find<QTableWidget>("detailsSessionTable");
    for (int column = 0; column < facts->columnCount(); column += 2) {
      for (int row = 0; row < facts->rowCount(); ++row) {
        if (facts->item(row, column)->text() == name) return facts->item(row, column + 1)->text();
      }
    }
    return {};
  }
  bool anyTimerRuns() {
    const auto timers = page.findChildren<QTimer*>();
    return std::any_of(timers.begin(), timers.end(), [](const QTimer* t) { return t->isActive(); });
  }

  EngineBridge bridge;
  LiveTraffic source{&bridge};
  DetailsPage page{&source};
  SessionId server;
  QTcpSocket peer;
};

}  // namespace

class TestDetailsPage : public QObject {
  Q_OBJECT
 private slots:
  void initTestCase() {
    theme::apply(*qApp, theme::Mode::light);
    QCoreApplication::installTranslator(&english_);
    QApplication::setCursorFlashTime(0);
  }

  void everyOptionOfTheSocketIsListed() {
    Bench bench;
    QVERIFY(bench.showOptions());
    const QAbstractItemModelTester tester(bench.table()->model());
    QCOMPARE(bench.value("SO_TYPE", OptionsModel::Effective), QStringLiteral("SOCK_STREAM"));
    QVERIFY(bench.rowOf("TCP_NODELAY") >= 0);
    QCOMPARE(bench.rowOf("IPV6_V6ONLY"), -1);
  }

  void enterSetsAValueAndShowsWhatTheKernelMadeOfIt() {
    Bench bench;
    QVERIFY(bench.showOptions());
    QLineEdit* edit = bench.edit("SO_RCVBUF");
    QVERIFY(edit != nullptr);
    edit->setText(QStringLiteral("100000"));
    QTest::keyClick(edit, Qt::Key_Return);
    QTRY_COMPARE(bench.value("SO_RCVBUF", OptionsModel::Effective), QStringLiteral("200000"));
    QCOMPARE(bench.value("SO_RCVBUF", OptionsModel::Requested), QStringLiteral("100000"));
    QVERIFY(bench.table()
                ->model()
                ->index(bench.rowOf("SO_RCVBUF"), 0)
                .data(OptionsModel::NoteRole)
                .toString()
                .startsWith(QStringLiteral("twice")));
    QCOMPARE(bench.optionRows(), QStringList{QStringLiteral("SO_RCVBUF=100000")});
  }

  void leavingTheFieldSetsNothing_data() {
    QTest::addColumn<int>("key");
    QTest::newRow("Esc") << int{Qt::Key_Escape};
    QTest::newRow("Tab") << int{Qt::Key_Tab};
  }
  void leavingTheFieldSetsNothing() {
    QFETCH(int, key);
    Bench bench;
    QVERIFY(bench.showOptions());
    const QString before = bench.value("IP_TTL", OptionsModel::Effective);
    QLineEdit* edit = bench.edit("IP_TTL");
    QVERIFY(edit != nullptr);
    edit->setText(QStringLiteral("17"));
    QTest::keyClick(edit, static_cast<Qt::Key>(key));
    bench.find<QToolButton>("detailsOptionsRefreshButton")->click();
    bench.goTo("SO_KEEPALIVE");
    QTest::keyClick(bench.table(), Qt::Key_Space);
    QTRY_COMPARE(bench.optionRows(), QStringList{QStringLiteral("SO_KEEPALIVE=1")});
    QCOMPARE(bench.value("IP_TTL", OptionsModel::Effective), before);
  }

  void aSwitchTurnsByKey_data() {
    QTest::addColumn<int>("key");
    QTest::newRow("Space") << int{Qt::Key_Space};
    QTest::newRow("Enter") << int{Qt::Key_Return};
    QTest::newRow("F2") << int{Qt::Key_F2};
  }
  void aSwitchTurnsByKey() {
    QFETCH(int, key);
    Bench bench;
    QVERIFY(bench.showOptions());
    bench.goTo("SO_KEEPALIVE");
    QTest::keyClick(bench.table(), static_cast<Qt::Key>(key));
    QTRY_COMPARE(bench.value("SO_KEEPALIVE", OptionsModel::Effective), QStringLiteral("on"));
  }

  void aValueOutOfRangeKeepsTheFieldOpenAndSaysWhy() {
    Bench bench;
    QVERIFY(bench.showOptions());
    QLineEdit* edit = bench.edit("IP_TTL");
    QVERIFY(edit != nullptr);
    edit->setText(QStringLiteral("300"));
    QTest::keyClick(edit, Qt::Key_Return);
    auto* message = bench.find<InlineMessage>("detailsOptionsMessage");
    QVERIFY(message->isVisible());
    QVERIFY2(message->text().contains(QStringLiteral("BAD_OPTION_VALUE")), qPrintable(message->text()));
    QVERIFY(edit->isVisible());
    edit->setText(QStringLiteral("30"));
    QTest::keyClick(edit, Qt::Key_Return);
    QTRY_COMPARE(bench.value("IP_TTL", OptionsModel::Effective), QStringLiteral("30"));
    QVERIFY(!message->isVisible());
  }

  void theKernelsErrorStandsAtTheRowUntilThePersonActs() {
    Bench bench;
    QVERIFY(bench.showOptions());
    QLineEdit* edit = bench.edit("TCP_CONGESTION");
    QVERIFY(edit != nullptr);
    edit->setText(QStringLiteral("no_such_one"));
    QTest::keyClick(edit, Qt::Key_Return);
    auto* message = bench.find<InlineMessage>("detailsOptionsMessage");
    QTRY_VERIFY(message->isVisible());
    QVERIFY2(message->text().contains(QStringLiteral("ENOENT")), qPrintable(message->text()));
    const auto tone = [&] {
      return bench.table()
          ->model()
          ->index(bench.rowOf("TCP_CONGESTION"), 0)
          .data(OptionsModel::ToneRole)
          .value<OptionsModel::Tone>();
    };
    QCOMPARE(tone(), OptionsModel::Tone::error);
    bench.goTo("IP_TTL");
    QVERIFY(!message->isVisible());
    QCOMPARE(tone(), OptionsModel::Tone::error);
    bench.goTo("TCP_CONGESTION");
    QVERIFY(message->isVisible());
    bench.find<QToolButton>("detailsOptionsRefreshButton")->click();
    QVERIFY(!message->isVisible());
  }

  void theFilterFindsNamesAndMeanings_data() {
    QTest::addColumn<QString>("words");
    QTest::addColumn<QString>("found");
    QTest::newRow("part of a name") << "keepidle"
                                    << "TCP_KEEPIDLE";
    QTest::newRow("a word of the meaning") << "nagle"
                                           << "TCP_NODELAY";
    QTest::newRow("several words") << "tcp_ probes unanswered"
                                   << "TCP_KEEPCNT";
    QTest::newRow("nothing") << "no such thing"
                             << "";
  }
  void theFilterFindsNamesAndMeanings() {
    QFETCH(QString, words);
    QFETCH(QString, found);
    Bench bench;
    QVERIFY(bench.showOptions());
    bench.find<QLineEdit>("detailsOptionsFilterEdit")->setText(words);
    if (found.isEmpty()) {
      QCOMPARE(bench.table()->model()->rowCount(), 0);
    } else {
      QVERIFY(bench.rowOf(found.toLatin1().constData()) >= 0);
      QVERIFY(bench.table()->model()->rowCount() < 10);
    }
  }

  void onlyWhatChangedIsLeftOnDemand() {
    Bench bench;
    QVERIFY(bench.showOptions());
    bench.goTo("SO_KEEPALIVE");
    QTest::keyClick(bench.table(), Qt::Key_Space);
    QTRY_COMPARE(bench.value("SO_KEEPALIVE", OptionsModel::Requested), QStringLiteral("on"));
    bench.find<QToolButton>("detailsOptionsChangedButton")->click();
    QVERIFY(bench.rowOf("SO_KEEPALIVE") >= 0);
    QCOMPARE(bench.rowOf("IP_TTL"), -1);
  }

  void aClosedSessionKeepsItsLastValues() {
    Bench bench;
    QVERIFY(bench.showOptions());
    const SessionId id = bench.accepted();
    const int rows = bench.table()->model()->rowCount();
    bench.peer.abort();
    QTRY_VERIFY(!bench.bridge.snapshot(id)->isOpen());
    auto* note = bench.find<QLabel>("detailsOptionsNote");
    QTRY_VERIFY(note->isVisible() && note->text().contains(QStringLiteral("closed")));
    QCOMPARE(bench.table()->model()->rowCount(), rows);
    QCOMPARE(bench.edit("IP_TTL"), nullptr);
    QVERIFY(!bench.find<QToolButton>("detailsOptionsRefreshButton")->isEnabled());
    bench.page.setSession(bench.server);
    QTRY_VERIFY(!note->isVisible());
    bench.page.setSession(id);
    QVERIFY(note->isVisible());
    QCOMPARE(bench.table()->model()->rowCount(), rows);
  }

  void copiedLinesAreWhatTheFormsTake() {
    Bench bench;
    QVERIFY(bench.showOptions());
    bench.goTo("IP_TTL");
    bench.table()->selectRow(bench.rowOf("IP_TTL"));
    QTest::keyClick(bench.table(), Qt::Key_C, Qt::ControlModifier);
    const QString copied = QApplication::clipboard()->text();
    QCOMPARE(copied, QStringLiteral("IP_TTL=") + bench.value("IP_TTL", OptionsModel::Effective));
  }

  void optionsAreReadOnlyWhenTheyAreSeen() {
    Bench bench;
    QVERIFY(bench.connectPeer());
    QSignalSpy read(&bench.bridge, &EngineBridge::optionsRead);
    bench.page.setSession(bench.accepted());
    bench.find<QToolButton>("detailsSessionButton")->click();
    QTRY_VERIFY(!bench.fact(QStringLiteral("Round trip")).isEmpty());
    QCOMPARE(read.size(), 0);
    bench.find<QToolButton>("detailsOptionsButton")->click();
    QTRY_COMPARE(read.size(), 1);
    QVERIFY(!bench.anyTimerRuns());
  }

  void theSessionIsMeasuredOnlyWhileItIsSeenAndOpen() {
    Bench bench;
    QVERIFY(bench.connectPeer());
    bench.page.setSession(bench.accepted());
    QVERIFY(!bench.anyTimerRuns());
    bench.find<QToolButton>("detailsSessionButton")->click();
    QVERIFY(bench.anyTimerRuns());
    QTRY_COMPARE(bench.fact(QStringLiteral("Kernel state")), QStringLiteral("ESTABLISHED"));
    bench.page.hide();
    QVERIFY(!bench.anyTimerRuns());
    bench.page.show();
    QVERIFY(bench.anyTimerRuns());
    bench.peer.abort();
    QTRY_VERIFY(!bench.anyTimerRuns());
  }

  void aPeerThatDoesNotReadIsNamed() {
    Bench bench;
    QVERIFY(bench.connectPeer());
    bench.peer.setReadBufferSize(1);  // Qt then leaves the rest in the kernel
    const SessionId id = bench.accepted();
    bench.page.setSession(id);
    bench.find<QToolButton>("detailsSessionButton")->click();
    const auto fills = [&] {
      (void)bench.bridge.send(id, Bytes(1 << 20));
      return bench.fact(QStringLiteral("Peer's window")).contains(QStringLiteral("does not read"));
    };
    QVERIFY(QTest::qWaitFor(fills, 20'000));
    QVERIFY(bench.fact(QStringLiteral("Not acknowledged")) != QStringLiteral("0 bytes"));
  }

  void aDatagramPeerSharesItsServersSocket() {
    Bench bench("udp://127.0.0.1:0");
    QTRY_VERIFY(bench.port() != 0);
    QUdpSocket udp;
    udp.writeDatagram("hello", QHostAddress::LocalHost, bench.port());
    QTRY_VERIFY(bench.accepted());
    bench.page.setSession(bench.accepted());
    bench.find<QToolButton>("detailsOptionsButton")->click();
    QTRY_VERIFY(bench.rowOf("SO_BROADCAST") >= 0);
    QVERIFY(bench.find<QLabel>("detailsOptionsNote")->text().contains(QStringLiteral("shares the socket")));
    QCOMPARE(bench.rowOf("TCP_NODELAY"), -1);
  }

 private:
  EnglishPlurals english_;
};

QTEST_MAIN(TestDetailsPage)
#include "tst_details_page.moc"
