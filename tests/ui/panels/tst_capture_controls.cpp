#include <QAction>
#include <QFile>
#include <QLabel>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

#include "core/capture/capture_file.h"
#include "tests/ui/models/traffic_fixture.h"
#include "ui/bridge/engine_bridge.h"
#include "ui/models/traffic_source.h"
#include "ui/panels/traffic/capture/capture_controls.h"
#include "ui/widgets/english_plurals.h"
#include "ui/widgets/inline_message.h"

using namespace sockbench;
using namespace sockbench::ui;
using sockbench::test::TrafficFixture;

class TstCaptureControls : public QObject {
  Q_OBJECT
 private slots:
  void initTestCase() { QCoreApplication::installTranslator(&plurals_); }
  void keepsEverything();
  void aPlaceThatCannotBeWrittenIsTold();
  void aCaptureThatStopsByItselfStandsThere();
  void givesAProgramEverything();
  void saysThatAProgramIsNotInstalled();
  void aProgramThatEndsIsTold();

 private:
  EnglishPlurals plurals_;
};

namespace {

struct Bench {
  Bench() {
    strips = controls.strips();
    strips->resize(700, 80);
    strips->show();
  }
  void add(std::string_view text) {
    traffic.received(traffic.first, text);
    traffic.publish();
  }
  QString label(const char* strip) {
    return strips->findChild<QWidget*>(QLatin1String(strip))
        ->findChild<QLabel*>(QStringLiteral("captureLabel"))
        ->text();
  }
  QString message(const char* strip) {
    return strips->findChild<QWidget*>(QLatin1String(strip))->findChild<InlineMessage*>()->text();
  }

  EngineBridge bridge;
  TrafficFixture traffic{bridge.log().shared_from_this()};
  LiveTraffic source{&bridge};
  QWidget place;
  CaptureControls controls{&source, [] { return ExportChoice(); }, &place};
  QWidget* strips = nullptr;
  QTemporaryDir folder;
};

constexpr const char* kFile = "captureFileStrip";
constexpr const char* kProgram = "captureProgramStrip";

}  // namespace

void TstCaptureControls::keepsEverything() {
  Bench bench;
  const QString path = bench.folder.filePath(QStringLiteral("kept.pcapng"));
  bench.add("before");
  bench.controls.captureTo(path);
  QVERIFY(bench.controls.isCapturing());
  QVERIFY(bench.controls.capture()->isChecked());
  bench.add("while it runs");
  QTRY_VERIFY2(bench.label(kFile).contains(QStringLiteral("2 records")), qPrintable(bench.label(kFile)));
  bench.controls.stopCapture();
  QTRY_VERIFY2(bench.label(kFile).startsWith(QStringLiteral("Kept in ")), qPrintable(bench.label(kFile)));
  QVERIFY(!bench.controls.capture()->isChecked());

  const auto file = CaptureFile::open({.path = path.toStdString(), .log = {}});
  QVERIFY(file);
  (*file)->waitUntilRead();
  QCOMPARE((*file)->log().end(), bench.bridge.log().end());
}

void TstCaptureControls::aPlaceThatCannotBeWrittenIsTold() {
  Bench bench;
  bench.controls.captureTo(bench.folder.filePath(QStringLiteral("missing/kept.pcapng")));
  QVERIFY(!bench.controls.isCapturing());
  QVERIFY2(bench.message(kFile).startsWith(QStringLiteral("ENOENT")), qPrintable(bench.message(kFile)));
  QTest::mouseClick(bench.strips->findChild<QToolButton*>(QStringLiteral("captureDismissButton")),
                    Qt::LeftButton);
  QVERIFY(bench.strips->findChild<QWidget*>(QLatin1String(kFile))->isHidden());
}

// A full device: /dev/full takes nothing.
void TstCaptureControls::aCaptureThatStopsByItselfStandsThere() {
  Bench bench;
  const QString path = bench.folder.filePath(QStringLiteral("full.pcapng"));
  QVERIFY(QFile::link(QStringLiteral("/dev/full"), path));
  bench.add("something");
  bench.controls.captureTo(path);
  QTRY_VERIFY2(bench.message(kFile).startsWith(QStringLiteral("ENOSPC")), qPrintable(bench.message(kFile)));
  QVERIFY(!bench.controls.isCapturing());
  bench.add("the timeline goes on");
  QCOMPARE(bench.bridge.log().end(), std::uint64_t{2});
}

void TstCaptureControls::givesAProgramEverything() {
  Bench bench;
  const QString copy = bench.folder.filePath(QStringLiteral("copy.pcapng"));
  bench.add("before");
  bench.controls.liveTo(QStringLiteral("sh -c \"cat > %1\"").arg(copy));
  bench.add("live");
  const auto size = [&copy] { return QFile(copy).size(); };
  QTRY_VERIFY2(bench.label(kProgram).contains(QStringLiteral("2 records")),
               qPrintable(bench.label(kProgram)));
  QTRY_VERIFY(size() > 0);
  QTest::mouseClick(bench.strips->findChild<QWidget*>(QLatin1String(kProgram))
                        ->findChild<QToolButton*>(QStringLiteral("captureStopButton")),
                    Qt::LeftButton);
  QTRY_VERIFY(bench.label(kProgram).startsWith(QStringLiteral("Given to sh")));
  const auto rows = [&copy] {
    const auto file = CaptureFile::open({.path = copy.toStdString(), .log = {}});
    if (!file) return std::uint64_t{0};
    (*file)->waitUntilRead();
    return (*file)->log().end();
  };
  QTRY_COMPARE(rows(), std::uint64_t{2});
}

void TstCaptureControls::saysThatAProgramIsNotInstalled() {
  Bench bench;
  bench.controls.liveTo(QStringLiteral("no-such-wireshark -k -i -"));
  QVERIFY2(bench.message(kProgram).contains(QStringLiteral("no-such-wireshark is not installed")),
           qPrintable(bench.message(kProgram)));
}

void TstCaptureControls::aProgramThatEndsIsTold() {
  Bench bench;
  bench.controls.liveTo(QStringLiteral("true"));
  const auto isTold = [&bench] {
    return bench.label(kProgram).contains(QStringLiteral("has stopped reading"));
  };
  for (int i = 0; i < 500 && !isTold(); ++i) {
    bench.add(std::string(1000, 'x'));
    QTest::qWait(10);
  }
  QVERIFY2(isTold(), qPrintable(bench.label(kProgram)));
  QVERIFY(bench.controls.live()->isEnabled());
}

QTEST_MAIN(TstCaptureControls)
#include "tst_capture_controls.moc"
