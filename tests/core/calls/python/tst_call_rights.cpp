// Calls on a thread that has given a right away: the answer names the right and the command that grants it.
#include <linux/capability.h>
#include <netinet/in.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <QTest>
#include <array>
#include <cerrno>
#include <thread>

#include "test_context.h"

using namespace sockbench;

namespace {

// Of this thread alone (capset(2)). False: it could not.
bool giveAwayNetRaw() {
  __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
  std::array<__user_cap_data_struct, 2> sets{};
  if (syscall(SYS_capget, &header, sets.data()) != 0) return false;
  sets[0].effective &= ~(1U << CAP_NET_RAW);
  return syscall(SYS_capset, &header, sets.data()) == 0;
}

}  // namespace

class TestCallRights : public QObject {
  Q_OBJECT
 private slots:
  void aRawSocketNamesTheRightAndTheCommand_data();
  void aRawSocketNamesTheRightAndTheCommand();
};

void TestCallRights::aRawSocketNamesTheRightAndTheCommand_data() {
  QTest::addColumn<int>("family");
  QTest::addColumn<int>("protocol");
  QTest::newRow("ICMP") << AF_INET << int{IPPROTO_ICMP};
  QTest::newRow("ICMPv6") << AF_INET6 << int{IPPROTO_ICMPV6};
  QTest::newRow("IP headers of one's own") << AF_INET << int{IPPROTO_RAW};
  QTest::newRow("packets") << AF_PACKET << int{htons(3)};
}

void TestCallRights::aRawSocketNamesTheRightAndTheCommand() {
  QFETCH(int, family);
  QFETCH(int, protocol);
  bool gaveAway = false;
  std::expected<CallValue, CallFault> answer;
  std::thread([&] {
    gaveAway = giveAwayNetRaw();
    fixture::TestContext context;
    answer =
        context.perform({.name = "socket", .on = {}, .args = {family, SOCK_RAW, protocol}, .keywords = {}});
  }).join();
  if (!gaveAway) QSKIP("this thread cannot change its capabilities");
  QVERIFY(!answer);
  QCOMPARE(answer.error().symbol(), std::string("EPERM"));
  const QByteArray hint = QByteArray::fromStdString(answer.error().hint());
  QVERIFY2(hint.contains("CAP_NET_RAW"), hint);
  QVERIFY2(hint.contains("sudo setcap cap_net_raw+ep /"), hint);
}

QTEST_APPLESS_MAIN(TestCallRights)
#include "tst_call_rights.moc"
