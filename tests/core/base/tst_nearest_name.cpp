#include <QTest>
#include <array>

#include "core/base/nearest_name.h"

using namespace sockbench;

class TstNearestName : public QObject {
  Q_OBJECT
 private slots:
  void finds_data();
  void finds();
};

void TstNearestName::finds_data() {
  QTest::addColumn<QByteArray>("name");
  QTest::addColumn<QByteArray>("nearest");
  const auto row = [](const char* what, const QByteArray& name, const char* nearest) {
    QTest::newRow(what) << name << QByteArray(nearest);
  };
  row("the name itself", "counter", "counter");
  row("two characters in each other's place", "coutner", "counter");
  row("another case", "COUNTER", "counter");
  row("the nearer of two", "counter.he", "counter.hex");
  row("the first of two that are as near", "uuie", "uuid");
  row("nothing like any", "temperature", "");
  row("nothing", "", "");
  row("what is too long for a slip", QByteArray(1000, 'x'), "");
}

void TstNearestName::finds() {
  QFETCH(QByteArray, name);
  QFETCH(QByteArray, nearest);
  constexpr std::array<std::string_view, 4> kNames{"counter", "counter.hex", "uuid", "uuif"};
  QCOMPARE(QByteArray::fromStdString(std::string(nearestOf(name.toStdString(), kNames))), nearest);
  const QByteArray asked = nearest.isEmpty() ? "" : "; did you mean \"" + nearest + "\"?";
  QCOMPARE(QByteArray::fromStdString(didYouMean(name.toStdString(), kNames)), asked);
}

QTEST_GUILESS_MAIN(TstNearestName)
#include "tst_nearest_name.moc"
