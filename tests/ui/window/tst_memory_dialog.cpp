#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QSettings>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTest>

#include "ui/widgets/english_plurals.h"
#include "ui/widgets/inline_message.h"
#include "ui/window/memory_dialog.h"

using namespace sockbench;
using namespace sockbench::ui;

class TstMemoryDialog : public QObject {
  Q_OBJECT
 private slots:
  void setsTheBudget();
  void letsRowsGoToDisk();
  void tellsWhyAFolderWillNotDo();
  void isRemembered();

 private:
  template <class Widget>
  static Widget* find(QWidget& in, const char* name) {
    auto* found = in.findChild<Widget*>(QString::fromLatin1(name));
    if (found == nullptr) qFatal("no widget %s", name);
    return found;
  }
};

void TstMemoryDialog::setsTheBudget() {
  const auto log = TrafficLog::create();
  MemoryDialog dialog(log, nullptr);
  dialog.setAttribute(Qt::WA_DeleteOnClose, false);
  QCOMPARE(find<QSpinBox>(dialog, "memoryBudgetSpin")->value(), 256);
  find<QSpinBox>(dialog, "memoryBudgetSpin")->setValue(64);
  QCOMPARE(log->budget(), std::size_t{64} << 20);
}

void TstMemoryDialog::letsRowsGoToDisk() {
  QTemporaryDir folder;
  const auto log = TrafficLog::create();
  MemoryDialog dialog(log, nullptr);
  dialog.setAttribute(Qt::WA_DeleteOnClose, false);
  QVERIFY(!find<QSpinBox>(dialog, "memorySpillSpin")->isEnabled());
  find<QLineEdit>(dialog, "memoryFolderEdit")->setText(folder.path());
  find<QCheckBox>(dialog, "memorySpillCheck")->setChecked(true);
  find<QSpinBox>(dialog, "memorySpillSpin")->setValue(2);
  QCOMPARE(log->spillStatus().limit, std::uint64_t{2'000'000'000});
  QCOMPARE(QString::fromStdString(log->spillStatus().folder), folder.path());
  QVERIFY(find<QLabel>(dialog, "memoryStatusLabel")->text().contains(QStringLiteral("On disk")));
  find<QCheckBox>(dialog, "memorySpillCheck")->setChecked(false);
  QCOMPARE(log->spillStatus().limit, std::uint64_t{0});
}

void TstMemoryDialog::tellsWhyAFolderWillNotDo() {
  QTemporaryDir folder;
  const auto log = TrafficLog::create();
  MemoryDialog dialog(log, nullptr);
  dialog.setAttribute(Qt::WA_DeleteOnClose, false);
  dialog.show();
  find<QLineEdit>(dialog, "memoryFolderEdit")->setText(folder.filePath(QStringLiteral("missing")));
  find<QCheckBox>(dialog, "memorySpillCheck")->setChecked(true);
  auto* message = find<InlineMessage>(dialog, "memoryMessage");
  QTRY_VERIFY2(message->text().startsWith(QStringLiteral("ENOENT")), qPrintable(message->text()));
}

void TstMemoryDialog::isRemembered() {
  QTemporaryDir folder;
  QSettings settings(folder.filePath(QStringLiteral("s.ini")), QSettings::IniFormat);
  {
    MemoryDialog dialog(TrafficLog::create(), &settings);
    dialog.setAttribute(Qt::WA_DeleteOnClose, false);
    find<QSpinBox>(dialog, "memoryBudgetSpin")->setValue(128);
    find<QLineEdit>(dialog, "memoryFolderEdit")->setText(folder.path());
    find<QCheckBox>(dialog, "memorySpillCheck")->setChecked(true);
  }
  const auto log = TrafficLog::create();
  MemoryDialog::restore(*log, settings);
  QCOMPARE(log->budget(), std::size_t{128} << 20);
  QCOMPARE(log->spillStatus().limit, std::uint64_t{8'000'000'000});
  settings.clear();
  const auto untouched = TrafficLog::create();
  MemoryDialog::restore(*untouched, settings);
  QCOMPARE(untouched->budget(), std::size_t{256} << 20);
  QCOMPARE(untouched->spillStatus().limit, std::uint64_t{0});
}

QTEST_MAIN(TstMemoryDialog)
#include "tst_memory_dialog.moc"
