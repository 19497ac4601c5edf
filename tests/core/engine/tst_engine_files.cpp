// Files that a session sends: what arrives, what the timeline says, and each way in which it ends.
#include <QCryptographicHash>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include "tests/core/engine/answer_peer.h"
#include "tests/core/engine/engine_fixture.h"
#include "tests/core/engine/peer_sockets.h"
#include "tests/core/faults/fault_plan.h"

using namespace sockbench;
using namespace std::chrono_literals;
using sockbench::test::AnswerDesk;
using sockbench::test::EngineFixture;
using sockbench::test::readBytes;
using sockbench::test::receiveToTheEnd;
using sockbench::test::resetNow;
using sockbench::test::waitFor;

namespace {

constexpr qsizetype kBig = qsizetype{24} << 20;  // more than any socket buffer takes

QByteArray content(qsizetype size) {
  QByteArray bytes(size, Qt::Uninitialized);
  std::uint32_t x = 12345;
  for (char& c : bytes) c = static_cast<char>((x = x * 1664525 + 1013904223) >> 24);
  return bytes;
}

std::string automaticRows(EngineFixture& f, SessionId id) {
  std::string all;
  for (const LogRow& row : f.rows(id)) {
    if (row.record.kind != RecordKind::automatic) continue;
    const EventDetail detail = decodeEventDetail(row.payload.bytes);
    const std::string text = detail.text.substr(0, detail.text.find(" of /"));
    all += text + (detail.error ? " " + detail.error->symbol() : "") + ";";
  }
  return all;
}

// What the rows say that was sent: kept or not.
std::uint64_t told(EngineFixture& f, SessionId id) {
  std::uint64_t bytes = 0;
  for (const LogRow& row : f.rows(id))
    if (row.record.kind == RecordKind::out)
      bytes += (row.record.flags & kRecordTruncated) != 0 ? row.record.value : row.record.length;
  return bytes;
}

}  // namespace

class TestEngineFiles : public QObject {
  Q_OBJECT

 private slots:
  void opensRegularFilesOnly_data();
  void opensRegularFilesOnly();
  void countsWhatIsThere_data();
  void countsWhatIsThere();
  void arrivesWhole_data();
  void arrivesWhole();
  void pythonReceivesIt();
  void goesBehindWhatIsQueued();
  void isHeldToItsRate();
  void isCancelled_data();
  void isCancelled();
  void becomesShorter();
  void thePeerGoes();
  void theSessionIsClosedAtOnce();
  void sendfileFails_data();
  void sendfileFails();
  void isRefused_data();
  void isRefused();

 private:
  std::string file(const QByteArray& bytes) {
    const QString path = dir_.filePath(QString::number(++count_));
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size()) return {};
    return path.toStdString();
  }
  QTemporaryDir dir_;
  int count_ = 0;
};

void TestEngineFiles::opensRegularFilesOnly_data() {
  QTest::addColumn<QString>("path");
  QTest::addColumn<QString>("symbol");
  QTest::newRow("nothing there") << "/nowhere/at/all"
                                 << "ENOENT";
  QTest::newRow("a folder") << "/tmp"
                            << "BAD_PATH";
  QTest::newRow("a device") << "/dev/zero"
                            << "BAD_PATH";
}

void TestEngineFiles::opensRegularFilesOnly() {
  QFETCH(QString, path);
  QFETCH(QString, symbol);
  const auto file = FileSend::open({.path = path.toStdString()});
  QVERIFY(!file);
  QCOMPARE(QString::fromStdString(file.error().symbol()), symbol);
}

void TestEngineFiles::countsWhatIsThere_data() {
  QTest::addColumn<int>("offset");
  QTest::addColumn<int>("length");
  QTest::addColumn<int>("total");
  QTest::newRow("all") << 0 << 0 << 100;
  QTest::newRow("from a place") << 40 << 0 << 60;
  QTest::newRow("a part") << 40 << 10 << 10;
  QTest::newRow("more than there is") << 40 << 1000 << 60;
  QTest::newRow("behind its end") << 400 << 0 << 0;
}

void TestEngineFiles::countsWhatIsThere() {
  QFETCH(int, offset);
  QFETCH(int, length);
  QFETCH(int, total);
  const auto opened = FileSend::open({.path = file(content(100)),
                                      .offset = static_cast<std::uint64_t>(offset),
                                      .length = static_cast<std::uint64_t>(length)});
  QVERIFY(opened);
  QCOMPARE((*opened)->total(), static_cast<std::uint64_t>(total));
}

void TestEngineFiles::arrivesWhole_data() {
  QTest::addColumn<QString>("transport");
  QTest::addColumn<bool>("keep");
  QTest::addColumn<qsizetype>("size");
  QTest::addColumn<int>("offset");
  for (const char* transport : {"tcp", "unix", "unix-seqpacket"})
    for (const bool keep : {false, true}) {
      const auto row = [&](const char* name, qsizetype size, int offset) {
        QTest::addRow("%s, %s%s", transport, name, keep ? ", kept" : "")
            << transport << keep << size << offset;
      };
      row("big", kBig, 0);
      row("a part", 5000, 1234);
      row("nothing", 0, 0);
    }
}

void TestEngineFiles::arrivesWhole() {
  QFETCH(QString, transport);
  QFETCH(bool, keep);
  QFETCH(qsizetype, size);
  QFETCH(int, offset);
  const QByteArray bytes = content(size);
  AnswerDesk desk(transport.toStdString(), {});
  Socket peer = desk.dial();
  const SessionId child = desk.child();
  QVERIFY(desk.f.waitForState(child, SessionState::connected));
  const auto opened =
      FileSend::open({.path = file(bytes), .offset = static_cast<std::uint64_t>(offset), .keepBytes = keep});
  QVERIFY(opened && desk.f.engine().sendFile(child, *opened));
  desk.f.engine().close(child);
  QVERIFY(receiveToTheEnd(peer) == bytes.mid(offset).toStdString());
  const FileSend& sent = **opened;
  QVERIFY(waitFor([&] { return sent.state() == FileSend::State::done; }));
  QCOMPARE(sent.sent(), sent.total());
  QVERIFY(sent.began() > 0 && sent.ended() >= sent.began());
  QTRY_COMPARE(told(desk.f, child), sent.total());
  QTRY_COMPARE(desk.f.now(child).bytesOut, sent.total());
  QVERIFY((desk.f.bytes(child, RecordKind::out) == bytes.mid(offset).toStdString()) ==
          (keep || sent.total() == 0));
  const std::string total = std::to_string(sent.total());
  QTRY_COMPARE(automaticRows(desk.f, child),
               "sending " + total + " bytes;sent " + total + " of " + total + " bytes;");
}

void TestEngineFiles::pythonReceivesIt() {
  const QByteArray bytes = content(kBig);
  AnswerDesk desk("tcp", {});
  const QString script = QStringLiteral(
      "import socket, hashlib\n"
      "s = socket.create_connection(('127.0.0.1', %1), 20)\n"
      "h = hashlib.sha256()\n"
      "while True:\n"
      "  b = s.recv(65536)\n"
      "  if not b: break\n"
      "  h.update(b)\n"
      "print(h.hexdigest())\n");
  QProcess python;
  python.start(QStringLiteral("python3"),
               {QStringLiteral("-c"), script.arg(desk.f.now(desk.listener()).local.port())});
  const SessionId child = desk.child();
  QVERIFY(desk.f.waitForState(child, SessionState::connected));
  const auto opened = FileSend::open({.path = file(bytes)});
  QVERIFY(opened && desk.f.engine().sendFile(child, *opened));
  desk.f.engine().close(child);
  QVERIFY(waitFor([&] { return python.state() == QProcess::NotRunning; }));
  QCOMPARE(python.readAllStandardOutput().trimmed(),
           QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex());
}

void TestEngineFiles::goesBehindWhatIsQueued() {
  AnswerDesk desk("tcp", {});
  Socket peer = desk.dial();
  const SessionId child = desk.child();
  QVERIFY(desk.f.waitForState(child, SessionState::connected));
  const auto opened = FileSend::open({.path = file("FILE")});
  QVERIFY(desk.f.engine().send(child, Bytes(3, std::byte{'a'})));
  QVERIFY(desk.f.engine().sendFile(child, *opened));
  QVERIFY(desk.f.engine().send(child, Bytes(3, std::byte{'b'})));
  desk.f.engine().halfClose(child);
  QCOMPARE(receiveToTheEnd(peer), "aaaFILEbbb");
}

void TestEngineFiles::isHeldToItsRate() {
  constexpr std::uint64_t kRate = 2'000'000;
  AnswerDesk desk("tcp", {});
  Socket peer = desk.dial();
  const SessionId child = desk.child();
  QVERIFY(desk.f.waitForState(child, SessionState::connected));
  const auto opened = FileSend::open({.path = file(content(600'000)), .bytesPerSecond = kRate});
  QVERIFY(desk.f.engine().sendFile(child, *opened));
  QCOMPARE(readBytes(peer, 600'000).size(), std::size_t{600'000});
  QVERIFY(waitFor([&] { return (*opened)->state() == FileSend::State::done; }));
  // All but one burst (an eighth of a second's worth) takes its time.
  const double seconds = static_cast<double>((*opened)->ended() - (*opened)->began()) / 1e9;
  QVERIFY2(seconds > (600'000.0 - kRate / 8.0) / kRate * 0.9, std::to_string(seconds).c_str());
}

void TestEngineFiles::isCancelled_data() {
  QTest::addColumn<int>("rate");
  QTest::newRow("while the peer does not read") << 0;
  QTest::newRow("while it waits for its rate") << 1;
}

void TestEngineFiles::isCancelled() {
  QFETCH(int, rate);
  AnswerDesk desk("tcp", {});
  Socket peer = desk.dial();
  const SessionId child = desk.child();
  QVERIFY(desk.f.waitForState(child, SessionState::connected));
  const auto opened =
      FileSend::open({.path = file(content(kBig)), .bytesPerSecond = static_cast<std::uint64_t>(rate)});
  FileSend& sent = **opened;
  QVERIFY(desk.f.engine().sendFile(child, *opened));
  QVERIFY(waitFor([&] { return sent.sent() > 0; }));
  sent.cancel();
  QVERIFY(waitFor([&] { return sent.state() == FileSend::State::cancelled; }));
  const std::uint64_t gone = sent.sent();
  QVERIFY(gone < sent.total());
  desk.f.engine().send(child, Bytes(3, std::byte{'z'}));
  desk.f.engine().halfClose(child);
  const std::string all = receiveToTheEnd(peer);
  QCOMPARE(all.size(), static_cast<std::size_t>(gone) + 3);
  QVERIFY(all.ends_with("zzz"));
  QTRY_VERIFY(automaticRows(desk.f, child).find("cancelled after " + std::to_string(gone)) !=
              std::string::npos);
}

void TestEngineFiles::becomesShorter() {
  const std::string path = file(content(kBig));
  AnswerDesk desk("tcp", {});
  Socket peer = desk.dial();
  const SessionId child = desk.child();
  QVERIFY(desk.f.waitForState(child, SessionState::connected));
  const auto opened = FileSend::open({.path = path});
  FileSend& sent = **opened;
  QVERIFY(desk.f.engine().sendFile(child, *opened));
  QVERIFY(waitFor([&] { return sent.sent() > 0; }));
  QVERIFY(QFile::resize(QString::fromStdString(path), 1000));
  desk.f.engine().halfClose(child);
  const std::string all = receiveToTheEnd(peer);
  QVERIFY(waitFor([&] { return sent.state() == FileSend::State::failed; }));
  QVERIFY(all.size() < static_cast<std::size_t>(kBig));
  QCOMPARE(static_cast<std::uint64_t>(all.size()), sent.sent());
  QTRY_VERIFY(automaticRows(desk.f, child).ends_with("BAD_PATH;"));
  QCOMPARE(sent.error().value().symbol(), "BAD_PATH");
}

void TestEngineFiles::thePeerGoes() {
  AnswerDesk desk("tcp", {});
  Socket peer = desk.dial();
  const SessionId child = desk.child();
  QVERIFY(desk.f.waitForState(child, SessionState::connected));
  const auto opened = FileSend::open({.path = file(content(kBig))});
  QVERIFY(desk.f.engine().sendFile(child, *opened));
  QVERIFY(waitFor([&] { return (*opened)->sent() > 0; }));
  QVERIFY(resetNow(peer));
  QVERIFY(desk.f.waitForState(child, SessionState::reset));
  QCOMPARE((*opened)->state(), FileSend::State::failed);
}

void TestEngineFiles::theSessionIsClosedAtOnce() {
  AnswerDesk desk("tcp", {});
  Socket peer = desk.dial();
  const SessionId child = desk.child();
  QVERIFY(desk.f.waitForState(child, SessionState::connected));
  const auto opened = FileSend::open({.path = file(content(kBig))});
  QVERIFY(desk.f.engine().sendFile(child, *opened));
  QVERIFY(waitFor([&] { return (*opened)->sent() > 0; }));
  desk.f.engine().closeAll();
  QVERIFY(desk.f.waitForState(child, SessionState::closed));
  QCOMPARE((*opened)->state(), FileSend::State::cancelled);
}

void TestEngineFiles::sendfileFails_data() {
  QTest::addColumn<int>("error");
  QTest::addColumn<FileSend::State>("state");
  QTest::addColumn<QString>("arrives");
  using State = FileSend::State;
  QTest::newRow("the disk cannot be read") << EIO << State::failed << "behind it";
  QTest::newRow("the file system has none") << EINVAL << State::done << "FILEbehind it";
  QTest::newRow("memory is short for a moment") << ENOMEM << State::done << "FILEbehind it";
  QTest::newRow("no room in the socket") << EAGAIN << State::done << "FILEbehind it";
  QTest::newRow("the connection is broken") << EPIPE << State::failed << "";
}

void TestEngineFiles::sendfileFails() {
  QFETCH(int, error);
  QFETCH(FileSend::State, state);
  QFETCH(QString, arrives);
  AnswerDesk desk("tcp", {});
  Socket peer = desk.dial();
  const SessionId child = desk.child();
  QVERIFY(desk.f.waitForState(child, SessionState::connected));
  const auto opened = FileSend::open({.path = file("FILE")});
  const faults::FaultPlan plan({.call = faults::Call::sendfile, .error = error});
  QVERIFY(desk.f.engine().sendFile(child, *opened));
  QVERIFY(waitFor([&] { return (*opened)->state() > FileSend::State::sending || plan.injected() > 0; }));
  static_cast<void>(desk.f.engine().send(
      child, {std::byte{'b'}, std::byte{'e'}, std::byte{'h'}, std::byte{'i'}, std::byte{'n'}, std::byte{'d'},
              std::byte{' '}, std::byte{'i'}, std::byte{'t'}}));
  desk.f.engine().halfClose(child);
  QCOMPARE(QString::fromStdString(receiveToTheEnd(peer)), arrives);
  QCOMPARE(plan.injected(), 1U);
  QVERIFY(waitFor([&] { return (*opened)->state() == state; }));
  QCOMPARE((*opened)->error().has_value(), state == FileSend::State::failed);
}

void TestEngineFiles::isRefused_data() {
  QTest::addColumn<QString>("transport");
  QTest::addColumn<QString>("symbol");
  QTest::newRow("by datagrams") << "udp"
                                << "EOPNOTSUPP";
  QTest::newRow("when our side is closed") << "tcp"
                                           << "NOT_OPEN";
}

void TestEngineFiles::isRefused() {
  QFETCH(QString, transport);
  QFETCH(QString, symbol);
  AnswerDesk desk(transport.toStdString(), {});
  Socket peer = desk.dial();
  QVERIFY(peer.send(asBytes("a")));
  const SessionId child = desk.child();
  QVERIFY(waitFor([&] { return desk.f.now(child).bytesIn == 1; }));
  if (transport == u"tcp") {
    desk.f.engine().halfClose(child);
    QVERIFY(desk.f.waitForState(child, SessionState::halfClosed));
  }
  const auto opened = FileSend::open({.path = file("x")});
  const auto taken = desk.f.engine().sendFile(child, *opened);
  QVERIFY(!taken);
  QCOMPARE(QString::fromStdString(taken.error().symbol()), symbol);
  QCOMPARE((*opened)->state(), FileSend::State::failed);
  QTRY_COMPARE(desk.f.lastErrorSymbol(child), symbol.toStdString());
}

QTEST_GUILESS_MAIN(TestEngineFiles)
#include "tst_engine_files.moc"
