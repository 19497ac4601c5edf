// The order, the beginnings and the winner of RFC 8305, from tables.
#include <QTest>

#include "core/resolve/happy_eyeballs.h"

using namespace sockbench;
using namespace std::chrono_literals;

namespace {

// "6 4 4": an address of each family in turn; the last number of each tells which it is.
std::vector<SocketAddress> addresses(const QString& families) {
  std::vector<SocketAddress> all;
  for (const QString& family : families.split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
    const bool six = family == QStringLiteral("6");
    const std::string last = std::to_string(all.size() + 1);
    all.push_back(SocketAddress::fromIp((six ? "2001:db8::" : "192.0.2.") + last, 80).value());
  }
  return all;
}

// "+30 -20 ?": connects after 30 ms, fails after 20 ms, is not known.
std::vector<AttemptCourse> attempts(const QString& text) {
  std::vector<AttemptCourse> all;
  for (const QString& part : text.split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
    const std::chrono::milliseconds took(part.mid(1).toInt());
    AttemptCourse course;
    if (part.startsWith(QLatin1Char('+'))) course.connected = took;
    if (part.startsWith(QLatin1Char('-'))) course.failed = took;
    all.push_back(course);
  }
  return all;
}

// "0 250 (500)": when each begins, in ms; in brackets one that would never begin.
QString begins(const HappyEyeballsCourse& course) {
  QStringList parts;
  for (const AttemptPlan& plan : course.attempts) {
    const QString ms =
        QString::number(std::chrono::duration_cast<std::chrono::milliseconds>(plan.begins).count());
    parts += plan.needed ? ms : QStringLiteral("(%1)").arg(ms);
  }
  return parts.join(QLatin1Char(' '));
}

}  // namespace

class TestHappyEyeballs : public QObject {
  Q_OBJECT

 private slots:
  void order_data();
  void order();
  void course_data();
  void course();
};

void TestHappyEyeballs::order_data() {
  QTest::addColumn<QString>("families");
  QTest::addColumn<int>("firstCount");
  QTest::addColumn<QString>("order");
  QTest::newRow("nothing to try") << "" << 1 << "";
  QTest::newRow("one address") << "4" << 1 << "0";
  QTest::newRow("one family keeps its order") << "6 6 6" << 1 << "0 1 2";
  QTest::newRow("the first IPv4 address moves up to the second place") << "6 6 6 4 4" << 1 << "0 3 1 4 2";
  QTest::newRow("IPv4 in front goes first") << "4 4 6" << 1 << "0 2 1";
  QTest::newRow("families that take turns already") << "6 4 6 4" << 1 << "0 1 2 3";
  QTest::newRow("more of the other family") << "6 4 4 4" << 1 << "0 1 2 3";
  QTest::newRow("two of the first family") << "6 6 6 4 4" << 2 << "0 1 3 2 4";
  QTest::newRow("more are to go ahead than there are") << "6 4 4" << 5 << "0 1 2";
  QTest::newRow("a count of 0 is 1") << "6 6 4" << 0 << "0 2 1";
}

void TestHappyEyeballs::order() {
  QFETCH(QString, families);
  QFETCH(int, firstCount);
  const auto order =
      happyEyeballsOrder(addresses(families), {.firstFamilyCount = static_cast<std::size_t>(firstCount)});
  QStringList places;
  for (const std::size_t place : order) places += QString::number(place);
  QTEST(places.join(QLatin1Char(' ')), "order");
}

void TestHappyEyeballs::course_data() {
  QTest::addColumn<QString>("attempts");
  QTest::addColumn<QString>("begins");
  QTest::addColumn<int>("winner");  // -1: none
  QTest::addColumn<int>("after");   // ms
  QTest::newRow("nothing to try") << ""
                                  << "" << -1 << 0;
  QTest::newRow("the first is fast enough") << "+30 +1"
                                            << "0 (250)" << 0 << 30;
  QTest::newRow("the first is slow, the second overtakes it") << "+400 +20"
                                                              << "0 250" << 1 << 270;
  QTest::newRow("the first is slow and still wins") << "+260 +20"
                                                    << "0 250" << 0 << 260;
  QTest::newRow("both at the same moment: the one that began earlier") << "+270 +20"
                                                                       << "0 250" << 0 << 270;
  QTest::newRow("a refusal brings the next one forward") << "-5 +20"
                                                         << "0 5" << 1 << 25;
  QTest::newRow("a late failure changes nothing") << "-900 +20"
                                                  << "0 250" << 1 << 270;
  QTest::newRow("one that connects as the next would begin") << "+250 +1"
                                                             << "0 (250)" << 0 << 250;
  QTest::newRow("a black hole in front") << "? +20 +1"
                                         << "0 250 (500)" << 1 << 270;
  QTest::newRow("all fail") << "-5 -10 -1"
                            << "0 5 15" << -1 << 0;
  QTest::newRow("nothing is known yet") << "? ? ?"
                                        << "0 250 500" << -1 << 0;
}

void TestHappyEyeballs::course() {
  QFETCH(QString, attempts);
  QFETCH(int, winner);
  QFETCH(int, after);
  const HappyEyeballsCourse course = happyEyeballsCourse(::attempts(attempts));
  QTEST(::begins(course), "begins");
  QCOMPARE(course.winner ? static_cast<int>(*course.winner) : -1, winner);
  QCOMPARE(course.after.value_or(0ns), std::chrono::nanoseconds(std::chrono::milliseconds(after)));
}

QTEST_GUILESS_MAIN(TestHappyEyeballs)
#include "tst_happy_eyeballs.moc"
