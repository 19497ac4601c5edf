// FileReceive: what a session receives, in a file: all of it, a part, until the peer's end or a person's
// stop.
#include <sys/resource.h>

#include <QCryptographicHash>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <csignal>

#include "core/automation/file_receive.h"
#include "tests/core/engine/answer_peer.h"
#include "tests/core/engine/engine_fixture.h"

using namespace sockbench;
using sockbench::test::AnswerDesk;
using sockbench::test::EngineFixture;
using sockbench::test::waitFor;

namespace {

using State = FileReceive::State;

QByteArray content(qsizetype size) {
  QByteArray bytes(size, Qt::Uninitialized);
  std::uint32_t x = 54321;
  for (char& c : bytes) c = static_cast<char>((x = x * 1664525 + 1013904223) >> 24);
  return bytes;
}

QByteArray contentOf(const QString& path) {
  QFile file(path);
  return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("cannot be read");
}

std::string automaticRows(EngineFixture& f, SessionId id) {
  std::string all;
  for (const LogRow& row : f.rows(id)) {
    if (row.record.kind != RecordKind::automatic) continue;
    const EventDetail detail = decodeEventDetail(row.payload.bytes);
    all += detail.text.substr(0, detail.text.find(" to /")) +
           (detail.error ? " " + detail.error->symbol() : "") + ";";
  }
  return all;
}

bool isOver(const FileReceive& file) {
  return file.progress().state > State::receiving;
}

}  // namespace

class TestFileReceive : public QObject {
  Q_OBJECT

 private slots:
  void isRefused_data();
  void isRefused();
  void overwritesOnlyWhenAsked();
  void takesAllUntilThePeersEnd_data();
  void takesAllUntilThePeersEnd();
  void endsAtItsLimit();
  void isStopped();
  void keepsWhatCameBeforeAReset();
  void tellsAFullDisk();

 private:
  QString path(const char* name) { return dir_.filePath(QLatin1String(name)); }
  std::shared_ptr<FileReceive> file(const QString& path, std::uint64_t most = 0) {
    return FileReceive::open({.path = path.toStdString(), .overwrite = true, .most = most}).value_or(nullptr);
  }
  QTemporaryDir dir_;
};

void TestFileReceive::isRefused_data() {
  QTest::addColumn<QString>("path");
  QTest::addColumn<bool>("overwrite");
  QTest::addColumn<QString>("symbol");
  QTest::newRow("no such folder") << "/nowhere/at/all" << false << "ENOENT";
  QTest::newRow("a device") << "/dev/null" << true << "BAD_PATH";
  QTest::newRow("there already") << "/dev/null" << false << "EEXIST";
}

void TestFileReceive::isRefused() {
  QFETCH(QString, path);
  QFETCH(bool, overwrite);
  QFETCH(QString, symbol);
  const auto file = FileReceive::open({.path = path.toStdString(), .overwrite = overwrite});
  QVERIFY(!file);
  QCOMPARE(QString::fromStdString(file.error().symbol()), symbol);
}

void TestFileReceive::overwritesOnlyWhenAsked() {
  const QString there = path("there");
  QFile old(there);
  QVERIFY(old.open(QIODevice::WriteOnly) && old.write("old") == 3 && old.flush());
  const auto refused = FileReceive::open({.path = there.toStdString()});
  QVERIFY(!refused && refused.error().isErrno(EEXIST));
  QCOMPARE(contentOf(there), QByteArray("old"));
  QVERIFY(file(there));
  QCOMPARE(contentOf(there), QByteArray());
}

void TestFileReceive::takesAllUntilThePeersEnd_data() {
  QTest::addColumn<qsizetype>("size");
  QTest::newRow("nothing") << qsizetype{0};
  QTest::newRow("a little") << qsizetype{10};
  QTest::newRow("more than may wait for the disk") << (qsizetype{40} << 20);
}

void TestFileReceive::takesAllUntilThePeersEnd() {
  QFETCH(qsizetype, size);
  const QByteArray bytes = content(size);
  AnswerDesk desk("tcp", {});
  Socket peer = desk.dial();
  const SessionId child = desk.child();
  const auto in = file(path("all"));
  desk.f.engine().attach(child, in);
  QVERIFY(waitFor([&] { return in->progress().state == State::receiving; }));
  QVERIFY(peer.sendAll(asBytes(std::string_view(bytes.constData(), static_cast<std::size_t>(size)))));
  QVERIFY(peer.close());
  QVERIFY(waitFor([&] { return isOver(*in); }));
  const FileReceive::Progress now = in->progress();
  QCOMPARE(now.state, State::done);
  QVERIFY(!now.error && now.began > 0 && now.ended >= now.began);
  QCOMPARE(now.written, static_cast<std::uint64_t>(size));
  QVERIFY(contentOf(path("all")) == bytes);
  QCOMPARE(now.sha256, QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex().toStdString());
  QCOMPARE(now.md5, QCryptographicHash::hash(bytes, QCryptographicHash::Md5).toHex().toStdString());
  QTRY_COMPARE(automaticRows(desk.f, child), "receiving;" + std::to_string(size) + " bytes were received;");
}

void TestFileReceive::endsAtItsLimit() {
  AnswerDesk desk("udp", {});
  Socket peer = desk.dial();
  QVERIFY(peer.send(asBytes("before")));
  const SessionId child = desk.child();
  const auto in = file(path("limit"), 5);
  desk.f.engine().attach(child, in);
  QVERIFY(waitFor([&] { return in->progress().state == State::receiving; }));
  QVERIFY(peer.send(asBytes("abc")) && peer.send(asBytes("defg")));
  QVERIFY(waitFor([&] { return in->progress().state == State::done; }));
  QCOMPARE(contentOf(path("limit")), QByteArray("abcde"));
  QTRY_COMPARE(automaticRows(desk.f, child), "receiving;5 bytes were received;");
  QVERIFY(desk.f.now(child).isOpen());
}

void TestFileReceive::isStopped() {
  AnswerDesk desk("tcp", {});
  Socket peer = desk.dial();
  const SessionId child = desk.child();
  const auto in = file(path("stopped"));
  desk.f.engine().attach(child, in);
  QVERIFY(waitFor([&] { return in->progress().state == State::receiving; }));
  QVERIFY(peer.send(asBytes("abc")));
  QVERIFY(waitFor([&] { return in->progress().written == 3; }));
  in->stop();
  QVERIFY(waitFor([&] { return in->progress().state == State::stopped; }));
  QVERIFY(peer.send(asBytes("def")));
  QVERIFY(waitFor([&] { return desk.f.now(child).bytesIn == 6; }));
  QCOMPARE(contentOf(path("stopped")), QByteArray("abc"));
  QTRY_COMPARE(automaticRows(desk.f, child), "receiving;3 bytes were received;");
}

void TestFileReceive::keepsWhatCameBeforeAReset() {
  AnswerDesk desk("tcp", {});
  Socket peer = desk.dial();
  const SessionId child = desk.child();
  const auto in = file(path("reset"));
  desk.f.engine().attach(child, in);
  QVERIFY(waitFor([&] { return in->progress().state == State::receiving; }));
  QVERIFY(peer.send(asBytes("abc")));
  QVERIFY(waitFor([&] { return in->progress().received == 3; }));
  desk.f.engine().reset(child);
  QVERIFY(waitFor([&] { return isOver(*in); }));
  QCOMPARE(in->progress().state, State::failed);
  QCOMPARE(contentOf(path("reset")), QByteArray("abc"));
}

// The limit of file sizes stands for a disk that is full: write(2) fails in the middle of the stream.
void TestFileReceive::tellsAFullDisk() {
  constexpr rlim_t kLimit = 100'000;
  rlimit before{};
  QVERIFY(::getrlimit(RLIMIT_FSIZE, &before) == 0);
  AnswerDesk desk("tcp", {});
  Socket peer = desk.dial();
  const SessionId child = desk.child();
  const auto in = file(path("full"));
  desk.f.engine().attach(child, in);
  QVERIFY(waitFor([&] { return in->progress().state == State::receiving; }));
  const rlimit low{.rlim_cur = kLimit, .rlim_max = before.rlim_max};
  QVERIFY(::setrlimit(RLIMIT_FSIZE, &low) == 0);
  const QByteArray bytes = content(300'000);
  const bool sent =
      peer.sendAll(asBytes(std::string_view(bytes.constData(), static_cast<std::size_t>(bytes.size()))))
          .has_value();
  const bool over = waitFor([&] { return isOver(*in); });
  const bool told = waitFor([&] { return automaticRows(desk.f, child).ends_with(" EFBIG;"); });
  QVERIFY(::setrlimit(RLIMIT_FSIZE, &before) == 0);
  QVERIFY(sent && over && told);
  QCOMPARE(in->progress().state, State::failed);
  QCOMPARE(in->progress().error.value().symbol(), "EFBIG");
  QCOMPARE(in->progress().written, std::uint64_t{kLimit});
  QVERIFY(contentOf(path("full")) == bytes.first(static_cast<qsizetype>(kLimit)));
  QVERIFY(waitFor([&] { return desk.f.now(child).bytesIn == 300'000; }));  // the session goes on
}

QTEST_GUILESS_MAIN(TestFileReceive)
#include "tst_file_receive.moc"
