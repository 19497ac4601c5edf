#include <QAccessible>
#include <QApplication>
#include <QMouseEvent>
#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>

#include "ui/widgets/bit_ruler.h"
#include "ui/widgets/theme.h"

using namespace sockbench;
using namespace sockbench::ui;

namespace {

struct Shown {
  BitRuler ruler;
  QSignalSpy chosen{&ruler, &BitRuler::prefixChosen};

  explicit Shown(const char* address, std::optional<int> prefix, int width = 900) {
    ruler.resize(width, ruler.heightForWidth(width));
    ruler.setAddress(IpNumber::fromText(address), prefix);
    ruler.resize(width, ruler.heightForWidth(width));
    ruler.show();
    ruler.activateWindow();
    ruler.setFocus();
  }
  // The gap before `bit`.
  QPoint gap(int bit) const { return {ruler.bitRect(bit).left(), ruler.bitRect(bit).center().y()}; }
  QList<int> all() const {
    QList<int> prefixes;
    for (const QList<QVariant>& one : chosen) prefixes << one[0].toInt();
    return prefixes;
  }
};

}  // namespace

class TestBitRuler : public QObject {
  Q_OBJECT
 private slots:
  void initTestCase() { theme::apply(*qApp, theme::Mode::light); }

  void bitsKeepTheirOrderAndStayInside_data() {
    QTest::addColumn<QByteArray>("address");
    QTest::addColumn<int>("width");
    for (const char* address : {"192.0.2.1", "2001:db8::1"}) {
      for (const int width : {330, 640, 1000, 2400})
        QTest::addRow("%s in %d", address, width) << QByteArray(address) << width;
    }
  }
  void bitsKeepTheirOrderAndStayInside() {
    QFETCH(QByteArray, address);
    QFETCH(int, width);
    const Shown shown(address, 24, width);
    const int bits = IpNumber::fromText(address.toStdString())->bits;
    for (int bit = 0; bit < bits; ++bit) {
      const QRect rect = shown.ruler.bitRect(bit);
      QVERIFY2(shown.ruler.rect().contains(rect), qPrintable(QString::number(bit)));
      if (bit == 0) continue;
      const QRect before = shown.ruler.bitRect(bit - 1);
      QVERIFY(rect.left() > before.right() || rect.top() > before.bottom());
    }
  }

  void mouseSetsThePrefix_data() {
    QTest::addColumn<QByteArray>("address");
    QTest::addColumn<int>("prefix");
    QTest::newRow("IPv4, before the first bit") << QByteArray("192.0.2.1") << 0;
    QTest::newRow("IPv4, between two octets") << QByteArray("192.0.2.1") << 16;
    QTest::newRow("IPv4, inside an octet") << QByteArray("192.0.2.1") << 13;
    QTest::newRow("IPv6, in the first line") << QByteArray("2001:db8::1") << 33;
    QTest::newRow("IPv6, in the second line") << QByteArray("2001:db8::1") << 100;
  }
  void mouseSetsThePrefix() {
    QFETCH(QByteArray, address);
    QFETCH(int, prefix);
    Shown shown(address, 20);
    QTest::mouseClick(&shown.ruler, Qt::LeftButton, {}, shown.gap(prefix));
    QCOMPARE(shown.all(), QList<int>{prefix});
    QCOMPARE(shown.ruler.prefix(), prefix);
  }

  void theEndIsThePrefixOfOneAddress() {
    Shown shown("192.0.2.1", std::nullopt);
    QVERIFY(!shown.ruler.prefix());
    QTest::mouseClick(&shown.ruler, Qt::LeftButton, {}, shown.ruler.bitRect(31).topRight() + QPoint(2, 4));
    QCOMPARE(shown.all(), QList<int>{32});
    QCOMPARE(shown.ruler.prefix(), 32);
  }

  void draggingFollowsThePointer() {
    Shown shown("192.0.2.1", 24);
    QTest::mousePress(&shown.ruler, Qt::LeftButton, {}, shown.gap(20));
    for (const int bit : {12, 8}) {
      const QPoint place = shown.gap(bit);
      QMouseEvent move(QEvent::MouseMove, place, shown.ruler.mapToGlobal(place), Qt::NoButton, Qt::LeftButton,
                       {});
      QApplication::sendEvent(&shown.ruler, &move);
    }
    QTest::mouseRelease(&shown.ruler, Qt::LeftButton, {}, shown.gap(8));
    QCOMPARE(shown.all(), (QList<int>{20, 12, 8}));
  }

  void keysStepThePrefix_data() {
    QTest::addColumn<QByteArray>("address");
    QTest::addColumn<int>("key");
    QTest::addColumn<int>("prefix");
    const auto row = [](const char* name, const char* address, Qt::Key key, int prefix) {
      QTest::newRow(name) << QByteArray(address) << static_cast<int>(key) << prefix;
    };
    row("one bit on", "192.0.2.1", Qt::Key_Right, 21);
    row("one bit back", "192.0.2.1", Qt::Key_Left, 19);
    row("an octet on", "192.0.2.1", Qt::Key_PageUp, 28);
    row("an octet back", "192.0.2.1", Qt::Key_PageDown, 12);
    row("to nothing", "192.0.2.1", Qt::Key_Home, 0);
    row("to one address", "192.0.2.1", Qt::Key_End, 32);
    row("a group of IPv6 on", "2001:db8::1", Qt::Key_PageUp, 36);
    row("to one IPv6 address", "2001:db8::1", Qt::Key_End, 128);
  }
  void keysStepThePrefix() {
    QFETCH(QByteArray, address);
    QFETCH(int, key);
    QFETCH(int, prefix);
    Shown shown(address, 20);
    QTest::keyClick(&shown.ruler, static_cast<Qt::Key>(key));
    QCOMPARE(shown.all(), QList<int>{prefix});
  }

  void theProgramTellsNobody() {
    Shown shown("192.0.2.1", 24);
    shown.ruler.setAddress(IpNumber::fromText("2001:db8::1"), 64);
    shown.ruler.setAddress(IpNumber::fromText("10.0.0.1"), std::nullopt);
    shown.ruler.setAddress(std::nullopt, std::nullopt);
    QCOMPARE(shown.chosen.count(), 0);
    QVERIFY(!shown.ruler.isEnabled());
  }

  void theWheelScrollsThePageUnlessTheRulerHasTheFocus() {
    Shown shown("192.0.2.1", 24);
    shown.ruler.clearFocus();
    QWheelEvent turn(shown.gap(3), shown.ruler.mapToGlobal(shown.gap(3)), {}, {0, 120}, {}, {},
                     Qt::NoScrollPhase, false);
    QApplication::sendEvent(&shown.ruler, &turn);
    QVERIFY(!turn.isAccepted());
    QCOMPARE(shown.ruler.prefix(), 24);
  }

  void assistiveToolsReadIt() {
    Shown shown("192.0.2.77", 24);
    QVERIFY(shown.ruler.accessibleDescription().startsWith(QLatin1String("192.0.2.0/24: 24 bits")));
    QAccessibleInterface* interface = QAccessible::queryAccessibleInterface(&shown.ruler);
    QVERIFY(interface && interface->valueInterface());
    QCOMPARE(interface->valueInterface()->currentValue().toInt(), 24);
    QCOMPARE(interface->valueInterface()->maximumValue().toInt(), 32);
    QTest::keyClick(&shown.ruler, Qt::Key_Left);
    QVERIFY(shown.ruler.accessibleDescription().startsWith(QLatin1String("192.0.2.0/23: 23 bits")));
  }

  void networkAndHostDifferInColour() {
    Shown shown("192.0.2.77", 24);
    const QImage picture = shown.ruler.grab().toImage();
    const auto colorOf = [&](int bit) {
      return picture.pixelColor(shown.ruler.bitRect(bit).topLeft() + QPoint(2, 2));
    };
    QCOMPARE(colorOf(23), theme::color(theme::Role::selection));
    QCOMPARE(colorOf(24), theme::color(theme::Role::panel));
  }
};

QTEST_MAIN(TestBitRuler)
#include "tst_bit_ruler.moc"
