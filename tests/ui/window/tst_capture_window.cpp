#include <QFile>
#include <QLabel>
#include <QMenu>
#include <QMimeData>
#include <QPointer>
#include <QProgressBar>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QUrl>

#include "core/capture/export.h"
#include "tests/ui/models/traffic_fixture.h"
#include "ui/models/file_traffic.h"
#include "ui/panels/traffic/traffic_panel.h"
#include "ui/widgets/english_plurals.h"
#include "ui/widgets/help_page.h"
#include "ui/widgets/inline_message.h"
#include "ui/widgets/traffic_table.h"
#include "ui/window/capture_desk.h"
#include "ui/window/capture_window.h"

using namespace sockbench;
using namespace sockbench::ui;
using sockbench::test::TrafficFixture;

class TstCaptureWindow : public QObject {
  Q_OBJECT
 private slots:
  void initTestCase() { QCoreApplication::installTranslator(&plurals_); }
  void init() { folder_ = std::make_unique<QTemporaryDir>(); }
  void showsTheRecordsOfAFile();
  void tellsWhyAFileCannotBeOpened_data();
  void tellsWhyAFileCannotBeOpened();
  void aFileThatBreaksOffShowsWhatItHas();
  void asksForHelpAsAnyWindowDoes();
  void givesReadingUpWhenItCloses();
  void comesToTheFrontWhenTheFileIsOpenAlready();
  void remembersWhatWasOpenedLast();
  void takesFilesThatAreDropped();

 private:
  QString written(const QString& name, int rows);
  template <class Widget>
  static Widget* find(QWidget* in, const char* name) {
    auto* found = in->findChild<Widget*>(QString::fromLatin1(name));
    if (found == nullptr) qFatal("no widget %s", name);
    return found;
  }

  EnglishPlurals plurals_;
  std::unique_ptr<QTemporaryDir> folder_;
};

QString TstCaptureWindow::written(const QString& name, int rows) {
  TrafficFixture traffic;
  for (int i = 0; i < rows; ++i) traffic.received(traffic.first, "row " + std::to_string(i));
  traffic.publish();
  const QString path = folder_->filePath(name);
  ExportSettings settings;
  settings.path = path.toStdString();
  if (!exportRows(traffic.log(), settings)) qFatal("no export");
  return path;
}

void TstCaptureWindow::showsTheRecordsOfAFile() {
  CaptureDesk desk(nullptr);
  CaptureWindow* window = desk.open(written(QStringLiteral("a file.pcapng"), 100));
  QVERIFY(window->isOpen());
  QVERIFY(window->windowTitle().startsWith(QStringLiteral("a file.pcapng")));
  auto* table = find<TrafficTable>(window, "trafficTable");
  QTRY_COMPARE(table->trafficModel()->rowCount(), 100);
  QTRY_VERIFY(find<QProgressBar>(window, "captureFileProgress")->isHidden());
  QVERIFY(find<QLabel>(window, "captureFileLabel")->text().contains(QStringLiteral("written by Sockbench")));
  const QModelIndex preview = table->trafficModel()->index(99, TrafficModel::Preview);
  QCOMPARE(preview.data().toString(), QStringLiteral("row 99"));
}

void TstCaptureWindow::tellsWhyAFileCannotBeOpened_data() {
  QTest::addColumn<QString>("name");
  QTest::addColumn<QByteArray>("contents");
  QTest::addColumn<QString>("symbol");
  QTest::newRow("not there") << "missing.pcapng" << QByteArray() << "ENOENT";
  QTest::newRow("no capture") << "text.pcapng" << QByteArray("this is no capture, but a line of text\n")
                              << "BAD_SYNTAX";
}

void TstCaptureWindow::tellsWhyAFileCannotBeOpened() {
  QFETCH(const QString, name);
  QFETCH(const QByteArray, contents);
  QFETCH(const QString, symbol);
  const QString path = folder_->filePath(name);
  if (!contents.isEmpty()) {
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(contents);
  }
  CaptureDesk desk(nullptr);
  CaptureWindow* window = desk.open(path);
  QVERIFY(!window->isOpen());
  const QString message = find<InlineMessage>(window, "captureFileMessage")->text();
  QVERIFY2(message.startsWith(symbol), qPrintable(message));
  QVERIFY(desk.recent().isEmpty());
}

void TstCaptureWindow::aFileThatBreaksOffShowsWhatItHas() {
  const QString path = written(QStringLiteral("cut.pcapng"), 50);
  QFile file(path);
  QVERIFY(file.resize(file.size() - 10));
  CaptureDesk desk(nullptr);
  CaptureWindow* window = desk.open(path);
  QVERIFY(window->isOpen());
  auto* message = find<InlineMessage>(window, "captureFileMessage");
  QTRY_VERIFY(!message->isHidden());
  QTRY_COMPARE(find<TrafficTable>(window, "trafficTable")->trafficModel()->rowCount(), 49);
}

void TstCaptureWindow::asksForHelpAsAnyWindowDoes() {
  CaptureDesk desk(nullptr);
  CaptureWindow* window = desk.open(written(QStringLiteral("a.pcapng"), 1));
  QSignalSpy wanted(&desk, &CaptureDesk::helpRequested);
  QVERIFY(askForHelp(find<TrafficTable>(window, "trafficTable"), QStringLiteral("filters")));
  QCOMPARE(wanted.size(), 1);
  QCOMPARE(wanted.first().first().toString(), QStringLiteral("filters"));
}

void TstCaptureWindow::givesReadingUpWhenItCloses() {
  CaptureDesk desk(nullptr);
  QPointer<CaptureWindow> window = desk.open(written(QStringLiteral("long.pcapng"), 20'000));
  window->close();
  QTRY_VERIFY(window.isNull());
}

void TstCaptureWindow::comesToTheFrontWhenTheFileIsOpenAlready() {
  CaptureDesk desk(nullptr);
  const QString path = written(QStringLiteral("one.pcapng"), 1);
  CaptureWindow* first = desk.open(path);
  QCOMPARE(desk.open(path), first);
  QVERIFY(desk.open(written(QStringLiteral("two.pcapng"), 1)) != first);
}

void TstCaptureWindow::remembersWhatWasOpenedLast() {
  QSettings settings(folder_->filePath(QStringLiteral("settings.ini")), QSettings::IniFormat);
  const QString one = written(QStringLiteral("one.pcapng"), 1);
  const QString two = written(QStringLiteral("two & more.pcapng"), 1);
  {
    CaptureDesk desk(nullptr);
    desk.remember(&settings);
    desk.open(one);
    desk.open(two);
  }
  CaptureDesk desk(nullptr);
  desk.remember(&settings);
  QCOMPARE(desk.recent(), QStringList({two, one}));
  QMenu menu;
  desk.fillRecent(&menu);
  QCOMPARE(menu.actions().size(), 2);
  QVERIFY(menu.actions().first()->text().endsWith(QStringLiteral("two && more.pcapng")));
}

void TstCaptureWindow::takesFilesThatAreDropped() {
  const QString path = written(QStringLiteral("dropped.pcapng"), 1);
  QMimeData data;
  data.setUrls({QUrl::fromLocalFile(path), QUrl(QStringLiteral("https://example.org/x.pcapng")),
                QUrl::fromLocalFile(folder_->path())});
  QCOMPARE(CaptureDesk::filesOf(&data), QStringList(path));
}

QTEST_MAIN(TstCaptureWindow)
#include "tst_capture_window.moc"
