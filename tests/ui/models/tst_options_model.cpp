#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

#include "ui/models/option_text.h"
#include "ui/models/options_model.h"

using namespace sockbench;
using namespace sockbench::ui;

namespace {

OptionReading reading(const char* name, std::optional<std::string> requested, Result<std::string> effective) {
  return {
      .option = findSocketOption(name), .requested = std::move(requested), .effective = std::move(effective)};
}

// A buffer that was doubled, a switch that is off, one that cannot be read, one that nobody asked for.
QList<OptionReading> someReadings() {
  return {reading("SO_RCVBUF", "100000", "200000"), reading("SO_KEEPALIVE", std::nullopt, "0"),
          reading("IP_ADD_MEMBERSHIP", std::nullopt,
                  std::unexpected(Error::fromErrno(Operation::getsockopt, ENOPROTOOPT, "IP_ADD_MEMBERSHIP"))),
          reading("SO_TYPE", std::nullopt, "1"), reading("IP_TTL", std::nullopt, "64")};
}
enum { kBuffer, kSwitch, kMembership, kReadOnly, kTtl };

QString cell(const OptionsModel& model, int row, int column) {
  return model.index(row, column).data().toString();
}
OptionsModel::Tone tone(const OptionsModel& model, int row) {
  return model.index(row, 0).data(OptionsModel::ToneRole).value<OptionsModel::Tone>();
}
QString note(const OptionsModel& model, int row) {
  return model.index(row, 0).data(OptionsModel::NoteRole).toString();
}

}  // namespace

class TestOptionsModel : public QObject {
  Q_OBJECT
 private slots:
  void whatWasAskedForStandsBesideWhatTheKernelHas() {
    OptionsModel model;
    const QAbstractItemModelTester tester(&model);
    model.setReadings(someReadings());
    QCOMPARE(model.rowCount(), 5);
    QCOMPARE(cell(model, kBuffer, OptionsModel::Name), QStringLiteral("SO_RCVBUF"));
    QCOMPARE(cell(model, kBuffer, OptionsModel::Level), QStringLiteral("SOL_SOCKET"));
    QCOMPARE(cell(model, kBuffer, OptionsModel::Requested), QStringLiteral("100000"));
    QCOMPARE(cell(model, kBuffer, OptionsModel::Effective), QStringLiteral("200000"));
    QCOMPARE(cell(model, kBuffer, OptionsModel::Unit), QStringLiteral("bytes"));
    QCOMPARE(tone(model, kBuffer), OptionsModel::Tone::differs);
    QVERIFY(note(model, kBuffer).startsWith(QStringLiteral("twice what was asked for")));
    QCOMPARE(cell(model, kSwitch, OptionsModel::Requested), QString());
    QCOMPARE(cell(model, kSwitch, OptionsModel::Effective), QStringLiteral("off"));
    QCOMPARE(tone(model, kSwitch), OptionsModel::Tone::plain);
    QCOMPARE(tone(model, kMembership), OptionsModel::Tone::unreadable);
  }

  void differencesAreExplained_data() {
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("requested");
    QTest::addColumn<QString>("effective");
    QTest::addColumn<QString>("begins");
    QTest::newRow("the same value") << "IP_TTL"
                                    << "64"
                                    << "64"
                                    << "";
    QTest::newRow("a buffer is doubled") << "SO_RCVBUF"
                                         << "5000"
                                         << "10000"
                                         << "twice";
    QTest::newRow("a receive buffer is capped") << "SO_RCVBUF"
                                                << "99999999"
                                                << "425984"
                                                << "capped at net.core.rmem_max";
    QTest::newRow("a send buffer is capped") << "SO_SNDBUF"
                                             << "99999999"
                                             << "425984"
                                             << "capped at net.core.wmem_max";
    QTest::newRow("a buffer is raised") << "SO_RCVBUF"
                                        << "1"
                                        << "2304"
                                        << "raised";
    QTest::newRow("the system's own value") << "IPV6_UNICAST_HOPS"
                                            << "-1"
                                            << "64"
                                            << "the system's own";
    QTest::newRow("no reason is known") << "IP_TTL"
                                        << "64"
                                        << "63"
                                        << "the kernel has another value";
  }
  void differencesAreExplained() {
    QFETCH(QString, name);
    QFETCH(QString, requested);
    QFETCH(QString, effective);
    QFETCH(QString, begins);
    const OptionInfo* option = findSocketOption(name.toStdString());
    QVERIFY(option != nullptr);
    const QString text = optionDifferenceText(*option, requested.toStdString(), effective.toStdString());
    QVERIFY2(begins.isEmpty() ? text.isEmpty() : text.startsWith(begins), qPrintable(text));
  }

  void aGoodValueIsAskedForAndABadOneStandsAtItsRow_data() {
    QTest::addColumn<int>("row");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("setting");
    QTest::addColumn<QString>("symbol");
    QTest::newRow("a number") << int{kTtl} << "10"
                              << "IP_TTL=10"
                              << "";
    QTest::newRow("a word for a switch") << int{kSwitch} << "on"
                                         << "SO_KEEPALIVE=1"
                                         << "";
    QTest::newRow("out of range") << int{kTtl} << "256"
                                  << ""
                                  << "BAD_OPTION_VALUE";
    QTest::newRow("no number") << int{kTtl} << "ten"
                               << ""
                               << "BAD_OPTION_VALUE";
    QTest::newRow("read only") << int{kReadOnly} << "2"
                               << ""
                               << "";
  }
  void aGoodValueIsAskedForAndABadOneStandsAtItsRow() {
    QFETCH(int, row);
    QFETCH(QString, value);
    QFETCH(QString, setting);
    QFETCH(QString, symbol);
    OptionsModel model;
    model.setReadings(someReadings());
    QSignalSpy asked(&model, &OptionsModel::settingRequested);
    const bool taken = model.setData(model.index(row, OptionsModel::Effective), value, Qt::EditRole);
    QCOMPARE(taken, !setting.isEmpty());
    QCOMPARE(asked.size(), taken ? 1 : 0);
    if (taken) {
      QCOMPARE(QString::fromStdString(asked.first().first().value<OptionSetting>().text()), setting);
      QCOMPARE(tone(model, row), OptionsModel::Tone::waiting);
    }
    const auto error = model.errorAt(row);
    QCOMPARE(error ? QString::fromStdString(error->symbol()) : QString(), symbol);
  }

  void anErrorStaysUntilTheOptionIsWrittenAgain() {
    OptionsModel model;
    const QAbstractItemModelTester tester(&model);
    model.setReadings(someReadings());
    model.refuse(Error::fromErrno(Operation::setsockopt, EPERM, "IP_TTL=10"));
    QVERIFY(note(model, kTtl).startsWith(QStringLiteral("EPERM")));
    model.setReadings(someReadings());
    QCOMPARE(tone(model, kTtl), OptionsModel::Tone::error);
    QVERIFY(model.set(kTtl, QStringLiteral("11")));
    QVERIFY(!model.errorAt(kTtl));
    model.setReadings(someReadings());
    QCOMPARE(tone(model, kTtl), OptionsModel::Tone::plain);
  }

  void aSwitchIsCheckedWhereTheValueStands() {
    OptionsModel model;
    model.setReadings(someReadings());
    QSignalSpy asked(&model, &OptionsModel::settingRequested);
    const QModelIndex index = model.index(kSwitch, OptionsModel::Effective);
    QVERIFY(index.flags().testFlag(Qt::ItemIsUserCheckable));
    QCOMPARE(index.data(Qt::CheckStateRole).toInt(), int{Qt::Unchecked});
    QVERIFY(model.setData(index, Qt::Checked, Qt::CheckStateRole));
    QCOMPARE(asked.first().first().value<OptionSetting>().text(), std::string("SO_KEEPALIVE=1"));
  }

  void nothingOfAClosedSocketCanBeSet() {
    OptionsModel model;
    model.setReadings(someReadings());
    model.setLive(false);
    QCOMPARE(cell(model, kTtl, OptionsModel::Effective), QStringLiteral("64"));
    for (int row = 0; row < model.rowCount(); ++row) {
      const auto flags = model.index(row, OptionsModel::Effective).flags();
      QVERIFY(!flags.testFlag(Qt::ItemIsEditable) && !flags.testFlag(Qt::ItemIsUserCheckable));
      QVERIFY(!model.set(row, QStringLiteral("1")));
    }
  }

  void changedIsWhatWasAskedForOrMovedOrFailed() {
    OptionsModel model;
    model.setReadings(someReadings());
    const auto changed = [&](int row) {
      return model.index(row, 0).data(OptionsModel::ChangedRole).toBool();
    };
    QVERIFY(changed(kBuffer));
    QVERIFY(!changed(kTtl) && !changed(kSwitch));
    auto later = someReadings();
    later[kTtl].effective = "63";
    model.setReadings(later);
    QVERIFY(changed(kTtl));
    model.refuse(Error::fromErrno(Operation::setsockopt, EPERM, "SO_KEEPALIVE=1"));
    QVERIFY(changed(kSwitch));
  }

  void copiesWhatTheFormsTake() {
    OptionsModel model;
    model.setReadings(someReadings());
    const QItemSelection all(model.index(0, 0), model.index(model.rowCount() - 1, 0));
    const QStringList lines = model.settingsText(all).split(u'\n');
    QCOMPARE(lines, QStringList({QStringLiteral("SO_RCVBUF=200000"), QStringLiteral("SO_KEEPALIVE=0"),
                                 QStringLiteral("SO_TYPE=1"), QStringLiteral("IP_TTL=64")}));
    QVERIFY(OptionSetting::parse(lines.last().toStdString()).has_value());
  }

  void theWholeTableHasWordsForEachOption() {
    QList<OptionReading> readings;
    for (const OptionInfo& option : socketOptions()) {
      readings.append({.option = &option, .requested = "1", .effective = "2"});
    }
    OptionsModel model;
    const QAbstractItemModelTester tester(&model);
    model.setReadings(readings);
    for (int row = 0; row < model.rowCount(); ++row) {
      QVERIFY(!cell(model, row, OptionsModel::Meaning).isEmpty());
      QVERIFY(!optionRangeText(*model.optionAt(row)).isEmpty());
      QVERIFY(model.index(row, 0).data(Qt::ToolTipRole).toString().contains(cell(model, row, 0)));
    }
  }
};

QTEST_GUILESS_MAIN(TestOptionsModel)
#include "tst_options_model.moc"
