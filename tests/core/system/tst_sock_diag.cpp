// SockDiag against a kernel that is a socket pair: what it says was put there before the question.
#include "core/system/sock_diag.h"

#include <linux/sock_diag.h>

#include <QTest>
#include <cerrno>
#include <cstring>

using namespace sockbench;

namespace {

struct Message {
  std::uint16_t type = SOCK_DIAG_BY_FAMILY;
  std::uint16_t flags = NLM_F_MULTI;
  std::uint32_t sequence = 1;
  std::int32_t body = 0;  // what a row is told apart by; of an end or an error, its negative errno
};

constexpr Message row(std::int32_t body, std::uint32_t sequence = 1, std::uint16_t flags = NLM_F_MULTI) {
  return {.flags = flags, .sequence = sequence, .body = body};
}
constexpr Message end(std::uint32_t sequence = 1, std::int32_t code = 0) {
  return {.type = NLMSG_DONE, .sequence = sequence, .body = code};
}
constexpr Message error(int code, std::uint32_t sequence = 1) {
  return {.type = NLMSG_ERROR, .sequence = sequence, .body = -code};
}

Bytes part(const QList<Message>& messages) {
  Bytes bytes;
  for (const Message& message : messages) {
    std::array<std::byte, MNL_NLMSG_HDRLEN + sizeof message.body> one{};
    nlmsghdr* header = mnl_nlmsg_put_header(one.data());
    header->nlmsg_type = message.type;
    header->nlmsg_flags = message.flags;
    header->nlmsg_seq = message.sequence;
    std::memcpy(mnl_nlmsg_put_extra_header(header, sizeof message.body), &message.body, sizeof message.body);
    bytes.insert(bytes.end(), one.begin(), one.end());
  }
  return bytes;
}

struct Kernel {
  explicit Kernel(const QList<Bytes>& answers) {
    auto pair = Socket::pair(AF_UNIX, SOCK_SEQPACKET);
    if (!pair) qFatal("socketpair");
    socket = std::move(pair->first);
    diag = SockDiag(std::move(pair->second));
    for (const Bytes& answer : answers) static_cast<void>(socket.sendAll(answer));
    static_cast<void>(socket.shutdown(ShutdownHow::write));
  }

  Result<void> dump() {
    return diag.dump(
        asBytes("question"), "everything", [this] { taken.clear(); },
        [this](const nlmsghdr& answer) { take(answer); });
  }
  void take(const nlmsghdr& answer) {
    std::int32_t body = 0;
    std::memcpy(&body, mnl_nlmsg_get_payload(&answer), sizeof body);
    taken += body;
  }

  Socket socket;
  SockDiag diag;
  QList<int> taken;
};

}  // namespace

class SockDiagTest : public QObject {
  Q_OBJECT
 private slots:
  void dumps_data();
  void dumps();
  void asksForOne_data();
  void asksForOne();
};

void SockDiagTest::dumps_data() {
  constexpr std::uint16_t kInterrupted = NLM_F_MULTI | NLM_F_DUMP_INTR;
  QTest::addColumn<QList<Bytes>>("answers");
  QTest::addColumn<QList<int>>("taken");
  QTest::addColumn<QString>("symbol");
  QTest::newRow("one part") << QList{part({row(1), row(2), end()})} << QList{1, 2} << QString();
  QTest::newRow("several parts") << QList{part({row(1), row(2)}), part({row(3)}), part({end()})}
                                 << QList{1, 2, 3} << QString();
  QTest::newRow("nothing is there") << QList{part({end()})} << QList<int>() << QString();
  QTest::newRow("the rest of another answer is passed over")
      << QList{part({row(9, 77), end(77)}), part({row(1), end()})} << QList{1} << QString();
  QTest::newRow("the kernel knows no such protocol")
      << QList{part({error(ENOENT)})} << QList<int>() << QStringLiteral("ENOENT");
  QTest::newRow("no right to it") << QList{part({error(EPERM)})} << QList<int>() << QStringLiteral("EPERM");
  QTest::newRow("the dump fails at its end")
      << QList{part({row(1)}), part({end(1, -ENOMEM)})} << QList{1} << QStringLiteral("ENOMEM");
  QTest::newRow("interrupted once: asked again")
      << QList{part({row(1, 1, kInterrupted), end()}), part({row(5, 2), end(2)})} << QList{5} << QString();
  QTest::newRow("interrupted each time: said so, with what was read last")
      << QList{part({row(1, 1, kInterrupted), end(1)}), part({row(2, 2), row(3, 2, kInterrupted), end(2)}),
               part({row(4, 3, kInterrupted), row(5, 3), end(3)})}
      << QList{4, 5} << QStringLiteral("EINTR");
  QTest::newRow("overrun once: asked again")
      << QList{part({row(1), error(ENOBUFS)}), part({row(5, 2), end(2)})} << QList{5} << QString();
  QTest::newRow("overrun each time") << QList{part({error(ENOBUFS, 1)}), part({error(ENOBUFS, 2)}),
                                              part({error(ENOBUFS, 3)})}
                                     << QList<int>() << QStringLiteral("ENOBUFS");
  QTest::newRow("what is no message")
      << QList{toBytes("garbage")} << QList<int>() << QStringLiteral("EBADMSG");
  Bytes longer = part({row(1), end()});
  longer[0] = std::byte{0xFF};
  QTest::newRow("a length beyond the end") << QList{longer} << QList<int>() << QStringLiteral("EBADMSG");
  QTest::newRow("larger than any answer")
      << QList{Bytes(100'000)} << QList<int>() << QStringLiteral("EMSGSIZE");
  QTest::newRow("the other end has gone") << QList<Bytes>() << QList<int>() << QStringLiteral("EBADMSG");
}

void SockDiagTest::dumps() {
  QFETCH(QList<Bytes>, answers);
  QFETCH(QList<int>, taken);
  QFETCH(QString, symbol);
  Kernel kernel(answers);
  const Result<void> outcome = kernel.dump();
  QCOMPARE(outcome ? QString() : QString::fromStdString(outcome.error().symbol()), symbol);
  QCOMPARE(kernel.taken, taken);
  if (!outcome) QCOMPARE(QByteArray::fromStdString(outcome.error().line()).left(9), QByteArray("sock_diag"));
}

void SockDiagTest::asksForOne_data() {
  QTest::addColumn<QList<Bytes>>("answers");
  QTest::addColumn<QList<int>>("taken");
  QTest::addColumn<QString>("symbol");
  QTest::newRow("it is there") << QList{part({row(1, 1, 0)})} << QList{1} << QString();
  QTest::newRow("it has gone") << QList{part({error(ENOENT)})} << QList<int>() << QStringLiteral("ENOENT");
  QTest::newRow("another socket has its place")
      << QList{part({error(ESTALE)})} << QList<int>() << QStringLiteral("ESTALE");
}

void SockDiagTest::asksForOne() {
  QFETCH(QList<Bytes>, answers);
  QFETCH(QString, symbol);
  Kernel kernel(answers);
  const Result<void> outcome =
      kernel.diag.ask(asBytes("question"), "it", [&](const nlmsghdr& answer) { kernel.take(answer); });
  QCOMPARE(outcome ? QString() : QString::fromStdString(outcome.error().symbol()), symbol);
  QTEST(kernel.taken, "taken");
}

QTEST_GUILESS_MAIN(SockDiagTest)
#include "tst_sock_diag.moc"
