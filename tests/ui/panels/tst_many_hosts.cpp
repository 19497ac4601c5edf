// A look-up of many hosts: each answer in its place, the window live whatever the resolver does.
#include <dlfcn.h>
#include <netdb.h>

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QClipboard>
#include <QDropEvent>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <condition_variable>
#include <mutex>
#include <random>
#include <string_view>

#include "ui/bridge/engine_bridge.h"
#include "ui/panels/resolver/grouped_rows_model.h"
#include "ui/panels/resolver/lookup/host_edit.h"
#include "ui/panels/resolver/lookup/host_list_button.h"
#include "ui/panels/resolver/lookup/lookup_page.h"
#include "ui/panels/resolver/lookup/lookup_run.h"
#include "ui/panels/resolver/lookup/results_export.h"
#include "ui/widgets/inline_message.h"

using namespace sockbench;
using namespace sockbench::ui;

namespace {

// Where look-ups of hosts named hang* wait, as for a name server that never answers.
class Gate {
 public:
  void pass() {
    std::unique_lock lock(mutex_);
    ++waiting_;
    moved_.wait(lock, [this] { return open_; });
    --waiting_;
    moved_.notify_all();
  }
  void shut() {
    const std::lock_guard lock(mutex_);
    open_ = false;
  }
  void open() {
    const std::lock_guard lock(mutex_);
    open_ = true;
    moved_.notify_all();
  }
  int waiting() {
    const std::lock_guard lock(mutex_);
    return waiting_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable moved_;
  bool open_ = true;
  int waiting_ = 0;
};

// Outlives the threads of look-ups that were abandoned.
Gate& gate() {
  static Gate* const only = new Gate;
  return *only;
}

bool hangs(const char* host) {
  return host && std::string_view(host).starts_with("hang");
}

bool isTestName(const char* host) {
  return host && std::string_view(host).ends_with(".test");
}

int notFound(hostent** found, int* error) {
  *found = nullptr;
  *error = HOST_NOT_FOUND;
  return 0;
}

struct Fixture {
  EngineBridge bridge;
  LookupPage page{&bridge};
  QPlainTextEdit* hosts = find<QPlainTextEdit>("resolverHostEdit");
  QPushButton* cancel = find<QPushButton>("resolverCancelButton");
  QTableView* results = find<QTableView>("resolverResultsTable");
  QTableView* hostInfo = find<QTableView>("resolverHostInfoTable");
  QLabel* status = find<QLabel>("resolverStatusLabel");
  QProgressBar* bar = find<QProgressBar>("resolverProgressBar");
  InlineMessage* message = find<InlineMessage>("resolverMessage");

  Fixture() {
    page.resize(1000, 500);
    page.show();
  }
  template <class T>
  T* find(const char* name) const {
    T* found = page.findChild<T*>(QLatin1String(name));
    if (!found) qFatal("no %s", name);
    return found;
  }
  bool done() const { return !cancel->isEnabled(); }
};

QString manyAddresses(int count) {
  QString text;
  for (int i = 0; i < count; ++i) text += QStringLiteral("127.%1.%2.1\n").arg(i / 256).arg(i % 256);
  return text;
}

QStringList firstCells(const QAbstractItemModel* model) {
  QStringList cells;
  for (int row = 0; row < model->rowCount(); ++row) cells += model->index(row, 0).data().toString();
  return cells;
}

TextRow row(const QString& cell) {
  return {.cells = {cell}};
}

}  // namespace

// These stand before the C library's, so that no name server is asked.
extern "C" int getaddrinfo(const char* host, const char* service, const addrinfo* hints, addrinfo** found) {
  static const auto real = reinterpret_cast<decltype(&::getaddrinfo)>(::dlsym(RTLD_NEXT, "getaddrinfo"));
  if (hangs(host)) gate().pass();
  if (isTestName(host)) return EAI_NONAME;
  return real(host, service, hints, found);
}

extern "C" int gethostbyname2_r(const char* name, int family, hostent* entry, char* buffer, std::size_t size,
                                hostent** found, int* error) {
  static const auto real =
      reinterpret_cast<decltype(&::gethostbyname2_r)>(::dlsym(RTLD_NEXT, "gethostbyname2_r"));
  if (hangs(name)) gate().pass();
  if (isTestName(name)) return notFound(found, error);
  return real(name, family, entry, buffer, size, found, error);
}

extern "C" int gethostbyaddr_r(const void*, socklen_t, int, hostent*, char*, std::size_t, hostent** found,
                               int* error) {
  return notFound(found, error);
}

class TestManyHosts : public QObject {
  Q_OBJECT
 private slots:
  void cleanup() {
    gate().open();
    QTRY_COMPARE(gate().waiting(), 0);
  }

  // Against lists in a list, which are slow and plain.
  void groupsStandInTheirPlaces() {
    GroupedRowsModel model({QStringLiteral("cell")}, {});
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    constexpr int kGroups = 12;
    model.reset(kGroups);
    QList<QStringList> expected(kGroups);
    std::mt19937 random(7);
    for (int step = 0; step < 400; ++step) {
      const int group = static_cast<int>(random() % kGroups);
      QList<TextRow> rows;
      expected[group].clear();
      for (unsigned count = random() % 4; count > 0; --count) {
        expected[group] += QStringLiteral("%1.%2").arg(step).arg(count);
        rows += row(expected[group].last());
      }
      model.setGroup(group, rows);
      QStringList all;
      for (const QStringList& cells : expected) all += cells;
      QCOMPARE(firstCells(&model), all);
    }
    QCOMPARE(model.row(-1), nullptr);
    QCOMPARE(model.row(model.rowCount()), nullptr);
  }

  void aRowThatIsSelectedStaysSoAsItsAnswerComes() {
    GroupedRowsModel model({QStringLiteral("cell")}, {});
    model.reset({{row(QStringLiteral("a"))}, {row(QStringLiteral("b waits"))}});
    const QPersistentModelIndex selected = model.index(1, 0);
    model.setGroup(0, {row(QStringLiteral("a1")), row(QStringLiteral("a2"))});
    model.setGroup(1, {row(QStringLiteral("b1")), row(QStringLiteral("b2"))});
    QCOMPARE(selected.data().toString(), QStringLiteral("b1"));
    model.setGroup(1, {});
    QVERIFY(!selected.isValid());
  }

  void aThousandHostsStandInTheirOrder() {
    Fixture f;
    f.hosts->setPlainText(QStringLiteral("# a list\n") + manyAddresses(999) +
                          QStringLiteral("bad host  # x\n"));
    f.page.act();
    QVERIFY(f.bar->isVisible());
    QCOMPARE(f.bar->maximum(), 1999);
    QTRY_VERIFY_WITH_TIMEOUT(f.done(), 60'000);
    QVERIFY(f.bar->isHidden());
    QStringList hosts = firstCells(f.results->model());
    hosts.removeDuplicates();
    QStringList expected = manyAddresses(999).split(QLatin1Char('\n'), Qt::SkipEmptyParts);
    expected += QStringLiteral("bad host");
    QCOMPARE(hosts, expected);
    QVERIFY2(f.status->text().contains(QStringLiteral("1000 host(s) · 1 failed: BAD_HOST")),
             qPrintable(f.status->text()));
    QCOMPARE(f.page.results().size(), 1000);
  }

  // Whatever a slow name server has to say of host entries.
  void addressesComeBeforeHostEntries() {
    Fixture f;
    QStringList order;
    connect(&f.bridge, &EngineBridge::addressesLookedUp, this, [&] { order += QStringLiteral("addresses"); });
    connect(&f.bridge, &EngineBridge::hostLookedUp, this, [&] { order += QStringLiteral("entry"); });
    f.hosts->setPlainText(manyAddresses(100));
    f.page.act();
    QTRY_VERIFY(f.done());
    QCOMPARE(order.size(), 200);
    QVERIFY(order.mid(0, 100 - LookupRun::kAtOnce).indexOf(QStringLiteral("entry")) < 0);
  }

  // The tester reads the whole model after each change, so not with a thousand.
  void bothTablesAreSoundModels() {
    Fixture f;
    const QAbstractItemModelTester first(f.results->model(),
                                         QAbstractItemModelTester::FailureReportingMode::QtTest);
    const QAbstractItemModelTester second(f.hostInfo->model(),
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    f.hosts->setPlainText(manyAddresses(30) + QStringLiteral("bad host\n*\nnobody.test"));
    f.page.act();
    QTRY_VERIFY(f.done());
    QVERIFY(f.hostInfo->model()->rowCount() == 31);
  }

  void whatIsTooMuchIsTold() {
    Fixture f;
    f.hosts->setPlainText(manyAddresses(HostEdit::kMostHosts + 1));
    f.page.act();
    QVERIFY(f.message->text().contains(QStringLiteral("first 10000 host")));
    f.page.cancel();
    QTRY_VERIFY_WITH_TIMEOUT(f.done(), 60'000);
    QCOMPARE(f.page.results().size(), HostEdit::kMostHosts);
    QVERIFY(f.status->text().startsWith(QStringLiteral("Cancelled")));
  }

  void aListComesFromAFile() {
    const QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("hosts.txt")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("# mine\r\n127.0.0.1\r\n\r\n\xFF bad\r\n::1\r\n");
    file.close();
    Fixture f;
    QMimeData dropped;
    dropped.setUrls({QUrl::fromLocalFile(file.fileName())});
    QDropEvent drop(QPointF(5, 5), Qt::CopyAction, &dropped, Qt::LeftButton, Qt::NoModifier);
    QDragEnterEvent enter(QPoint(5, 5), Qt::CopyAction, &dropped, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(f.hosts->viewport(), &enter);
    QVERIFY(enter.isAccepted());
    QApplication::sendEvent(f.hosts->viewport(), &drop);
    QTRY_COMPARE(f.hosts->toPlainText(), QStringLiteral("127.0.0.1\n::1"));
    QVERIFY2(f.message->text().contains(QStringLiteral("2 host(s) from hosts.txt")),
             qPrintable(f.message->text()));
    QVERIFY2(f.message->text().contains(QStringLiteral("line 4: byte 1 is not UTF-8")),
             qPrintable(f.message->text()));
    f.hosts->undo();
    QCOMPARE(f.hosts->toPlainText(), QString());
  }

  void aListThatCannotBeReadIsSaidInPlace() {
    Fixture f;
    f.find<HostListButton>("resolverOpenListButton")->read(QStringLiteral("/nowhere/list"));
    QTRY_VERIFY2(f.message->text().contains(QStringLiteral("ENOENT")), qPrintable(f.message->text()));
  }

  void answersAreSaved_data() {
    QTest::addColumn<int>("format");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("CSV") << static_cast<int>(ResultsExport::Format::csv)
                         << QByteArray("127.0.0.1,80,AF_INET,SOCK_");
    QTest::newRow("JSON") << static_cast<int>(ResultsExport::Format::json)
                          << QByteArray("\"symbol\":\"BAD_HOST\"");
  }
  void answersAreSaved() {
    QFETCH(int, format);
    QFETCH(QByteArray, expected);
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("out"));
    Fixture f;
    auto* button = f.find<ResultsExport>("resolverExportButton");
    QVERIFY(!button->isEnabled());
    f.find<QLineEdit>("resolverServiceEdit")->setText(QStringLiteral("80"));
    f.hosts->setPlainText(QStringLiteral("127.0.0.1\nbad host"));
    f.page.act();
    QTRY_VERIFY(f.done());
    QVERIFY(button->isEnabled());
    button->saveTo(path, static_cast<ResultsExport::Format>(format));
    QTRY_VERIFY2(f.message->text().contains(QStringLiteral("2 host(s) saved")),
                 qPrintable(f.message->text()));
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray written = file.readAll();
    QVERIFY2(written.contains(expected), written.constData());
    button->copyAll();
    QVERIFY(QApplication::clipboard()->text().startsWith(QStringLiteral("127.0.0.1\tAF_INET")));
  }

  void whatCannotBeSavedIsSaidInPlace() {
    Fixture f;
    f.hosts->setPlainText(QStringLiteral("127.0.0.1"));
    f.page.act();
    QTRY_VERIFY(f.done());
    f.find<ResultsExport>("resolverExportButton")
        ->saveTo(QStringLiteral("/nowhere/out.csv"), ResultsExport::Format::csv);
    QTRY_VERIFY2(f.message->text().contains(QStringLiteral("ENOENT")), qPrintable(f.message->text()));
  }

  void aNarrowTableKeepsWhatMatters() {
    Fixture f;
    f.page.resize(640, 500);
    f.hosts->setPlainText(QStringLiteral("127.0.0.1"));
    f.page.act();
    QTRY_VERIFY(f.done());
    for (const int width : {420, 2000, 420}) {
      f.results->setMinimumWidth(width);
      f.results->setMaximumWidth(width);
      QTRY_COMPARE(f.results->width(), width);
      for (const int column : {0, 2, 4}) QVERIFY(!f.results->isColumnHidden(column));  // host, type, address
      QTRY_COMPARE(f.results->isColumnHidden(3), width < 1000);
      QTRY_COMPARE(f.results->horizontalScrollBar()->maximum(), 0);
    }
  }

  void aResolverThatHangsHoldsUpNobody() {
    gate().shut();
    Fixture f;
    QString text;
    for (int i = 0; i < 100; ++i) text += QStringLiteral("hang-%1.test\n").arg(i);
    f.hosts->setPlainText(text);
    f.page.act();
    QTRY_COMPARE(gate().waiting(), LookupRun::kAtOnce);
    // The window's thread goes on, and so does what others look up.
    QSignalSpy answers(&f.bridge, &EngineBridge::addressesLookedUp);
    const LookupId other = f.bridge.lookUpAddresses({.host = "localhost", .service = "80"}, {});
    QTRY_COMPARE(answers.size(), 1);
    QCOMPARE(answers[0][0].value<LookupId>(), other);
    QVERIFY(!f.done());
    QTest::mouseClick(f.cancel, Qt::LeftButton);
    QTRY_VERIFY(f.done());
    QCOMPARE(f.results->model()->rowCount(), 100);
    for (const LookedUpHost& host : f.page.results()) QVERIFY(host.outcome.answer.error().isErrno(ECANCELED));
    f.hosts->setPlainText(QStringLiteral("127.0.0.1"));
    f.page.act();
    QTRY_VERIFY(f.done());
    QVERIFY(f.page.results().first().outcome.answer.has_value());
  }

  void anotherLookupTakesThePlaceOfOneThatHangs() {
    gate().shut();
    Fixture f;
    f.hosts->setPlainText(QStringLiteral("hang.test"));
    f.page.act();
    QTRY_VERIFY(gate().waiting() > 0);
    f.hosts->setPlainText(QStringLiteral("127.0.0.1"));
    f.page.act();
    QTRY_VERIFY(f.done());
    QCOMPARE(f.page.results().size(), 1);
    QCOMPARE(f.page.results().first().host, QStringLiteral("127.0.0.1"));
    QVERIFY(f.page.results().first().outcome.answer.has_value());
  }
};

QTEST_MAIN(TestManyHosts)
#include "tst_many_hosts.moc"
