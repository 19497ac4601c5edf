#include <QComboBox>
#include <QFile>
#include <QLineEdit>
#include <QPointer>
#include <QPushButton>
#include <QRadioButton>
#include <QTemporaryDir>
#include <QTest>

#include "tests/ui/models/traffic_fixture.h"
#include "ui/panels/traffic/capture/export_dialog.h"
#include "ui/widgets/english_plurals.h"
#include "ui/widgets/inline_message.h"

using namespace sockbench;
using namespace sockbench::ui;
using sockbench::test::TrafficFixture;

class TstExportDialog : public QObject {
  Q_OBJECT
 private slots:
  void initTestCase() { QCoreApplication::installTranslator(&plurals_); }
  void writesEachForm_data();
  void writesEachForm();
  void offersWhatIsSelected();
  void offersWhatTheTimelineShows();
  void keepsTheFileNameWhenTheFormChanges();
  void tellsWhyItCannotWrite();
  void escClosesIt();

 private:
  EnglishPlurals plurals_;
};

namespace {

struct Dialog {
  explicit Dialog(std::shared_ptr<TrafficLog> log, ExportChoice choice = {}) {
    choice.log = std::move(log);
    choice.folder = folder.path();
    dialog = new ExportDialog(std::move(choice));
    dialog->show();
  }
  ~Dialog() { delete dialog; }
  template <class Widget>
  Widget* find(const char* name) {
    auto* found = dialog->findChild<Widget*>(QString::fromLatin1(name));
    if (found == nullptr) qFatal("no widget %s", name);
    return found;
  }
  QString path() { return find<QLineEdit>("exportPathEdit")->text(); }
  QString message() { return find<InlineMessage>("exportMessage")->text(); }
  void choose(const QString& form) {
    auto* box = find<QComboBox>("exportFormatBox");
    for (int i = 0; i < box->count(); ++i) {
      if (box->itemText(i).startsWith(form)) return box->setCurrentIndex(i);
    }
    qFatal("no form %s", qPrintable(form));
  }
  void start() { QTest::mouseClick(find<QPushButton>("exportStartButton"), Qt::LeftButton); }
  QByteArray file() {
    QFile written(path());
    return written.open(QIODevice::ReadOnly) ? written.readAll() : QByteArray("(there is no file)");
  }

  QTemporaryDir folder;
  QPointer<ExportDialog> dialog;
};

struct Rows {
  Rows() {
    traffic.received(traffic.first, "one");
    traffic.received(traffic.second, "two");
    traffic.received(traffic.first, "three");
    traffic.publish();
  }
  std::shared_ptr<TrafficLog> log = TrafficLog::create();
  TrafficFixture traffic{log};
};

}  // namespace

void TstExportDialog::writesEachForm_data() {
  QTest::addColumn<QString>("form");
  QTest::addColumn<QString>("suffix");
  QTest::addColumn<QByteArray>("part");
  QTest::newRow("pcapng") << "pcapng"
                          << ".pcapng" << QByteArray("Sockbench");
  QTest::newRow("JSON Lines") << "JSON"
                              << ".jsonl" << QByteArray("\"hex\":\"7468726565\"");
  QTest::newRow("CSV") << "CSV"
                       << ".csv" << QByteArray("\r\n");
  QTest::newRow("text") << "Text"
                        << ".txt" << QByteArray("74 68 72 65 65");
  QTest::newRow("raw") << "Raw"
                       << ".bin" << QByteArray("onetwothree");
}

void TstExportDialog::writesEachForm() {
  QFETCH(const QString, form);
  QFETCH(const QString, suffix);
  QFETCH(const QByteArray, part);
  Rows rows;
  Dialog dialog(rows.log);
  dialog.choose(form);
  QVERIFY2(dialog.path().endsWith(suffix), qPrintable(dialog.path()));
  dialog.start();
  QTRY_VERIFY2(dialog.message().startsWith(QStringLiteral("3 records exported")),
               qPrintable(dialog.message()));
  QVERIFY2(dialog.file().contains(part), dialog.file().constData());
}

void TstExportDialog::offersWhatIsSelected() {
  Rows rows;
  ExportChoice choice;
  choice.selected = {0, 2};
  Dialog dialog(rows.log, std::move(choice));
  QVERIFY(dialog.find<QRadioButton>("exportSelectedButton")->isChecked());
  dialog.choose(QStringLiteral("Raw"));
  dialog.start();
  QTRY_VERIFY(dialog.message().startsWith(QStringLiteral("2 records exported")));
  QCOMPARE(dialog.file(), QByteArray("onethree"));
}

void TstExportDialog::offersWhatTheTimelineShows() {
  Rows rows;
  {
    Dialog all(rows.log);
    QVERIFY(!all.find<QRadioButton>("exportFilteredButton")->isEnabled());
    QVERIFY(all.find<QRadioButton>("exportAllButton")->isChecked());
  }
  ExportChoice choice;
  choice.filter = *Filter::parse("data contains \"t\"");
  choice.filteredRows = 2;
  Dialog dialog(rows.log, std::move(choice));
  QVERIFY(dialog.find<QRadioButton>("exportFilteredButton")->isChecked());
  dialog.choose(QStringLiteral("Raw"));
  dialog.start();
  QTRY_VERIFY(dialog.message().startsWith(QStringLiteral("2 records exported")));
  QCOMPARE(dialog.file(), QByteArray("twothree"));
}

void TstExportDialog::keepsTheFileNameWhenTheFormChanges() {
  Rows rows;
  Dialog dialog(rows.log);
  auto* path = dialog.find<QLineEdit>("exportPathEdit");
  path->setText(dialog.folder.filePath(QStringLiteral("mine.pcapng")));
  dialog.choose(QStringLiteral("CSV"));
  QCOMPARE(path->text(), dialog.folder.filePath(QStringLiteral("mine.csv")));
}

void TstExportDialog::tellsWhyItCannotWrite() {
  Rows rows;
  Dialog dialog(rows.log);
  dialog.find<QLineEdit>("exportPathEdit")
      ->setText(dialog.folder.filePath(QStringLiteral("missing/x.pcapng")));
  dialog.start();
  QTRY_VERIFY2(dialog.message().startsWith(QStringLiteral("ENOENT")), qPrintable(dialog.message()));
  QVERIFY(dialog.find<QPushButton>("exportStartButton")->isEnabled());
}

void TstExportDialog::escClosesIt() {
  Rows rows;
  Dialog dialog(rows.log);
  QTest::keyClick(dialog.dialog, Qt::Key_Escape);
  QTRY_VERIFY(dialog.dialog.isNull() || !dialog.dialog->isVisible());
}

QTEST_MAIN(TstExportDialog)
#include "tst_export_dialog.moc"
