#include <sys/resource.h>

#include <QTest>

#include "core/net/descriptor_limit.h"
#include "core/net/socket.h"

using namespace sockbench;

// The limits of this process, put back at the end.
class Limits {
 public:
  Limits() { ::getrlimit(RLIMIT_NOFILE, &before_); }
  ~Limits() { ::setrlimit(RLIMIT_NOFILE, &before_); }
  Limits(const Limits&) = delete;
  Limits& operator=(const Limits&) = delete;
  std::size_t hard() const { return static_cast<std::size_t>(before_.rlim_max); }
  bool setSoft(std::size_t soft) const {
    const rlimit now{.rlim_cur = soft, .rlim_max = before_.rlim_max};
    return ::setrlimit(RLIMIT_NOFILE, &now) == 0;
  }

 private:
  rlimit before_{};
};

class TestDescriptorLimit : public QObject {
  Q_OBJECT
 private slots:
  void countsThoseThatAreOpen();
  void leavesWhatIsEnough();
  void raisesWhatIsTooLow();
  void refusesWhatDoesNotFit();
};

void TestDescriptorLimit::countsThoseThatAreOpen() {
  const std::size_t before = descriptorLimit().open;
  const auto socket = Socket::open(AF_INET, SOCK_STREAM, 0);
  QVERIFY(socket);
  QCOMPARE(descriptorLimit().open, before + 1);
}

void TestDescriptorLimit::leavesWhatIsEnough() {
  const Limits limits;
  QVERIFY(limits.setSoft(200));
  QVERIFY(makeRoomForDescriptors(10));
  QCOMPARE(descriptorLimit().soft, 200U);
}

void TestDescriptorLimit::raisesWhatIsTooLow() {
  const Limits limits;
  if (limits.hard() < 1000) QSKIP("the hard limit is too low for this");
  QVERIFY(limits.setSoft(100));
  QVERIFY(makeRoomForDescriptors(500));
  QCOMPARE(descriptorLimit().soft, limits.hard());
}

void TestDescriptorLimit::refusesWhatDoesNotFit() {
  const Limits limits;
  if (limits.hard() > (std::size_t{1} << 40)) QSKIP("there is no hard limit");
  QVERIFY(limits.setSoft(100));
  const auto room = makeRoomForDescriptors(limits.hard());
  QVERIFY(!room);
  QCOMPARE(room.error().symbol(), std::string("EMFILE"));
  QVERIFY(room.error().message().find(std::to_string(limits.hard())) != std::string::npos);
  QCOMPARE(descriptorLimit().soft, 100U);
}

QTEST_GUILESS_MAIN(TestDescriptorLimit)
#include "tst_descriptor_limit.moc"
