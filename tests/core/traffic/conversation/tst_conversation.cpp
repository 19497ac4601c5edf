#include <QSemaphore>
#include <QTest>
#include <algorithm>
#include <atomic>
#include <random>
#include <thread>

#include "core/traffic/conversation/conversation.h"
#include "tests/core/traffic/log_rows.h"

using namespace sockbench;

namespace {

constexpr std::uint32_t kSession = 7;

// A log with one session in it, and others between.
class Talk {
 public:
  explicit Talk(LogLimits limits = {}) : log_(TrafficLog::create(limits)), writer_(log_->makeWriter()) {}

  TrafficLog& log() { return *log_; }
  std::shared_ptr<TrafficLog> shared() { return log_; }
  void say(Direction direction, std::string_view bytes, WallNanos time = 0, std::uint8_t flags = 0) {
    Record record = row(direction == Direction::in ? RecordKind::in : RecordKind::out, time);
    record.direction = direction;
    record.flags = flags;
    writer_->append(record, flow_, asBytes(bytes));
    (direction == Direction::in ? in_ : out_) += flags == 0 ? bytes : std::string_view();
  }
  void received(std::string_view bytes) { say(Direction::in, bytes); }
  void sent(std::string_view bytes) { say(Direction::out, bytes); }
  void event(RecordKind kind) { writer_->appendEvent(row(kind, 0), flow_, {}); }
  void elsewhere(std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) rows::append(*writer_, other_, i, 64);
  }
  void publish() { writer_->publish(); }
  void useDatagrams() { flow_ = makeFlow(Transport::udp); }
  const std::string& all(Direction direction) const { return direction == Direction::in ? in_ : out_; }

 private:
  static FlowPtr makeFlow(Transport transport) {
    auto flow = std::make_shared<Flow>();
    flow->session = SessionId{kSession};
    flow->transport = transport;
    return flow;
  }
  static Record row(RecordKind kind, WallNanos time) {
    Record record;
    record.session = SessionId{kSession};
    record.kind = kind;
    record.time = time;
    return record;
  }

  std::shared_ptr<TrafficLog> log_;
  std::unique_ptr<TrafficWriter> writer_;
  FlowPtr flow_ = makeFlow(Transport::tcp);
  FlowPtr other_ = rows::makeFlow(8);
  std::string in_;
  std::string out_;
};

// A conversation that can be waited for.
class Follower {
 public:
  explicit Follower(Talk& talk)
      : conversation_(talk.shared(), SessionId{kSession}, [this] { news_.release(); }) {}

  Conversation* operator->() { return &conversation_; }
  Conversation& operator*() { return conversation_; }
  Conversation::State settled() {
    for (;;) {
      const Conversation::State state = conversation_.take();
      if (state.upToDate) return state;
      if (!news_.tryAcquire(1, 20'000)) qFatal("no news");
    }
  }
  Conversation::State framed(const char* spec) {
    const auto parsed = FramingSpec::parse(spec);
    if (!parsed) qFatal("no framing");
    conversation_.setFraming(*parsed);
    return settled();
  }
  std::string text(Direction direction, std::uint64_t offset, std::size_t most) {
    return std::string(asChars(conversation_.bytes(direction, offset, most)));
  }
  // "<hello|>world|": the frames in their order; [closed] for events, {x} for bytes beside the stream.
  QString script() {
    const Conversation::State state = settled();
    QString all;
    for (std::uint64_t at = state.firstFrame; at < state.endFrame; ++at)
      all += words(*conversation_.frame(at));
    return all;
  }

 private:
  QString words(const ConversationFrame& frame) {
    if (frame.begin.isBeside())
      return QStringLiteral("{%1}").arg(
          QString::fromLatin1(std::string(asChars(conversation_.bytesBeside(frame.begin)))));
    if (frame.byItself)
      return QStringLiteral("[%1]").arg(QLatin1String(recordKindName(frame.begin.kind).data()));
    const Direction direction = frame.begin.direction;
    const auto bytes = conversation_.bytes(direction, frame.frame.offset, frame.frame.length);
    return (direction == Direction::in ? QStringLiteral("<") : QStringLiteral(">")) +
           QString::fromLatin1(QByteArray(asChars(bytes).data(), static_cast<qsizetype>(bytes.size()))) +
           (frame.frame.complete && !frame.open ? QStringLiteral("|") : QStringLiteral("~"));
  }

  QSemaphore news_;
  Conversation conversation_;
};

std::vector<std::string> splitAtRandom(const std::string& text, std::mt19937& random) {
  std::vector<std::string> pieces;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = std::min<std::size_t>(1 + random() % 9, text.size() - at);
    pieces.push_back(text.substr(at, length));
    at += length;
  }
  return pieces;
}

std::string randomLines(std::mt19937& random, int count) {
  std::string text;
  for (int i = 0; i < count; ++i) {
    text.append(random() % 20, static_cast<char>('a' + random() % 26));
    text += random() % 3 == 0 ? "\r\n" : "\n";
  }
  return text;
}

std::vector<Frame> framedWhole(const FramingSpec& spec, const std::string& stream) {
  std::vector<Frame> frames;
  const auto framer = makeFramer(spec);
  framer->push(asBytes(stream), 1, frames);
  framer->finish(frames);
  return frames;
}

std::vector<Frame> framesOf(Conversation& conversation, Direction direction) {
  const Conversation::State state = conversation.take();
  std::vector<Frame> frames;
  for (std::uint64_t at = state.firstFrame; at < state.endFrame; ++at) {
    const auto frame = conversation.frame(at);
    if (frame && !frame->byItself && frame->begin.direction == direction) frames.push_back(frame->frame);
  }
  return frames;
}

}  // namespace

class TestConversation : public QObject {
  Q_OBJECT
 private slots:
  void eachPieceIsAFrameUntilAFramingIsChosen() {
    Talk talk;
    talk.event(RecordKind::accepted);
    talk.received("hel");
    talk.elsewhere(100);
    talk.received("lo\n");
    talk.sent("world\n");
    talk.event(RecordKind::closed);
    talk.publish();
    Follower follower(talk);
    QCOMPARE(follower.script(), QStringLiteral("[accepted]<hel|<lo\n|>world\n|[closed]"));
    QCOMPARE(follower->take().bytesIn, 6U);
    QCOMPARE(follower->take().bytesOut, 6U);
    QVERIFY(!follower->take().beginningGone);
  }

  void framesStandWhereTheirFirstBytesCame() {
    Talk talk;
    talk.received("a slow ");
    talk.sent("quick\n");
    talk.received("line\nrest");
    talk.publish();
    Follower follower(talk);
    follower.framed("line");
    QCOMPARE(follower.script(), QStringLiteral("<a slow line\n|>quick\n|<rest~"));
    talk.received(" of it\n");
    talk.publish();
    follower->logChanged();
    QTRY_COMPARE(follower.script(), QStringLiteral("<a slow line\n|>quick\n|<rest of it\n|"));
  }

  void whatIsBegunEndsWithTheSession() {
    Talk talk;
    talk.received("half");
    talk.event(RecordKind::closed);
    talk.publish();
    Follower follower(talk);
    follower.framed("line");
    QCOMPARE(follower.script(), QStringLiteral("<half~[closed]"));
    const auto frame = follower->frame(0);
    QVERIFY(frame && !frame->open && !frame->frame.complete);
  }

  void anotherFramingReplacesAllFrames() {
    Talk talk;
    talk.received("12345678");
    talk.publish();
    Follower follower(talk);
    const auto before = follower.framed("fixed:4");
    QCOMPARE(follower.script(), QStringLiteral("<1234|<5678|"));
    QVERIFY(follower.framed("fixed:3").framing > before.framing);
    QCOMPARE(follower.script(), QStringLiteral("<123|<456|<78~"));
    follower.framed("per-read");
    QCOMPARE(follower.script(), QStringLiteral("<12345678|"));
  }

  void urgentBytesStandBesideTheStream() {
    Talk talk;
    talk.received("ab");
    talk.say(Direction::in, "!", 0, kRecordUrgent);
    talk.received("cd\n");
    talk.publish();
    Follower follower(talk);
    follower.framed("line");
    QCOMPARE(follower.script(), QStringLiteral("<abcd\n|{!}"));
    QCOMPARE(follower.text(Direction::in, 0, 100), std::string("abcd\n"));
  }

  // What a file had between them is not known: the two halves are no line.
  void bytesThatAreNotKeptEndAFrame() {
    Talk talk;
    talk.sent("half a line");
    talk.say(Direction::out, "", 0, kRecordTruncated);
    talk.sent("and another\n");
    talk.publish();
    Follower follower(talk);
    follower.framed("line");
    QCOMPARE(follower.script(), QStringLiteral(">half a line~>and another\n|"));
  }

  void datagramsAreNeverCutOtherwise() {
    Talk talk;
    talk.useDatagrams();
    talk.received("one\ntwo\n");
    talk.received("");
    talk.sent("three");
    talk.publish();
    Follower follower(talk);
    QVERIFY(follower.framed("line").datagrams);
    QCOMPARE(follower.script(), QStringLiteral("<one\ntwo\n|<|>three|"));
  }

  void bytesAreReadAcrossPieces() {
    Talk talk;
    std::mt19937 random(1);
    for (int i = 0; i < 2000; ++i) {
      talk.say(random() % 2 ? Direction::in : Direction::out,
               std::string(random() % 40, static_cast<char>('a' + i % 26)));
    }
    talk.publish();
    Follower follower(talk);
    follower.settled();
    for (const Direction direction : {Direction::in, Direction::out}) {
      const std::string& all = talk.all(direction);
      for (std::size_t at = 0; at < all.size(); at += 997)
        QCOMPARE(follower.text(direction, at, 1234), all.substr(at, 1234));
      QVERIFY(follower->bytes(direction, all.size(), 10).empty());
    }
  }

  void boundariesAreWherePiecesEnd() {
    Talk talk;
    talk.received("abc");
    talk.sent("xxxxxx");
    talk.received("");
    talk.received("de");
    talk.received("fgh");
    talk.publish();
    Follower follower(talk);
    follower.settled();
    using Offsets = std::vector<std::uint64_t>;
    QCOMPARE(follower->boundaries(Direction::in, 0, 8, 10), (Offsets{3, 5}));
    QCOMPARE(follower->boundaries(Direction::in, 3, 5, 10), Offsets{});
    QCOMPARE(follower->boundaries(Direction::in, 0, 8, 1), Offsets{3});
    QCOMPARE(follower->pieceAt(Direction::in, 4)->row, 3U);
  }

  void aRowAndAByteFindTheirFrame() {
    Talk talk;
    talk.received("ab");
    talk.sent("one\ntwo\n");
    talk.received("cd\nef\n");
    talk.event(RecordKind::closed);
    talk.publish();
    Follower follower(talk);
    follower.framed("line");  // <abcd| >one| >two| <ef| [closed]
    QCOMPARE(follower->frameAt(Direction::in, 3), std::optional<std::uint64_t>(0));
    QCOMPARE(follower->frameAt(Direction::out, 7), std::optional<std::uint64_t>(2));
    QCOMPARE(follower->frameAt(Direction::in, 5), std::optional<std::uint64_t>(3));
    QCOMPARE(follower->frameAt(Direction::in, 99), std::nullopt);
    QCOMPARE(follower->frameOfRow(1), std::optional<std::uint64_t>(1));
    QCOMPARE(follower->frameOfRow(3), std::optional<std::uint64_t>(4));
    QCOMPARE(follower->frameOfRow(77), std::nullopt);
    QCOMPARE(follower->frameFrom(1, Direction::in), std::optional<std::uint64_t>(3));
    QCOMPARE(follower->frameBefore(3, Direction::in), std::optional<std::uint64_t>(0));
    QCOMPARE(follower->frameFrom(4, Direction::in), std::optional<std::uint64_t>(4));
  }

  void weightsRiseFromFrameToFrame() {
    Talk talk;
    for (int i = 0; i < 300; ++i)
      talk.say(i % 3 ? Direction::in : Direction::out,
               std::string(static_cast<std::size_t>(i % 17), 'x') + "\n");
    talk.publish();
    Follower follower(talk);
    for (const char* spec : {"per-read", "line", "fixed:5"}) {
      const auto state = follower.framed(spec);
      for (std::uint64_t at = state.firstFrame; at < state.endFrame; ++at) {
        const std::uint64_t weight = follower->weightBefore(at);
        QVERIFY(follower->weightBefore(at + 1) >= weight + Conversation::kFrameWeight);
        QCOMPARE(follower->frameAtWeight(weight), at);
      }
      QCOMPARE(
          follower->weightBefore(state.endFrame),
          state.bytesIn + state.bytesOut + (state.endFrame - state.firstFrame) * Conversation::kFrameWeight);
    }
  }

  void framesEqualThoseOfTheWholeStream_data() {
    QTest::addColumn<QByteArray>("spec");
    for (const char* spec : {"line", "fixed:7", "delimiter:0d0a", "length:1", "cobs", "slip", "json-lines"})
      QTest::newRow(spec) << QByteArray(spec);
  }
  void framesEqualThoseOfTheWholeStream() {
    QFETCH(QByteArray, spec);
    const auto parsed = FramingSpec::parse(spec.toStdString());
    QVERIFY(parsed);
    std::mt19937 random(42);
    Talk talk;
    const std::string in = randomLines(random, 400);
    const std::string out = randomLines(random, 300);
    auto ins = splitAtRandom(in, random);
    auto outs = splitAtRandom(out, random);
    Follower follower(talk);
    follower->setFraming(*parsed);
    for (std::size_t i = 0; i < std::max(ins.size(), outs.size()); ++i) {
      if (i < ins.size()) talk.received(ins[i]);
      if (i < outs.size()) talk.sent(outs[i]);
      if (i % 50 == 0) talk.elsewhere(20);
      if (i % 7 == 0) talk.publish();
      if (i % 7 == 0) follower->logChanged();
    }
    talk.event(RecordKind::closed);
    talk.publish();
    follower->logChanged();
    follower.settled();
    QCOMPARE(framesOf(*follower, Direction::in), framedWhole(*parsed, in));
    QCOMPARE(framesOf(*follower, Direction::out), framedWhole(*parsed, out));
    std::uint64_t piece = 0;
    const auto state = follower->take();
    for (std::uint64_t at = state.firstFrame; at < state.endFrame; ++at) {
      QVERIFY(follower->frame(at)->piece >= piece);
      piece = follower->frame(at)->piece;
    }
  }

  void aBeginningThatIsGoneIsSaid() {
    Talk talk({.budgetBytes = 256 << 10, .blockBytes = 16 << 10, .chunkRecords = 128});
    talk.event(RecordKind::accepted);
    for (int i = 0; i < 2000; ++i) talk.received(std::to_string(i) + std::string(500, '.') + "\n");
    talk.publish();
    QVERIFY(talk.log().first() > 0);
    Follower late(talk);
    const auto state = late.framed("line");
    QVERIFY(state.beginningGone && state.startedLate);
    const auto frame = late->frame(state.firstFrame);
    QVERIFY(frame.has_value());
    QCOMPARE(frame->frame.offset, 0U);
    QVERIFY(!late.text(Direction::in, 0, 10).empty());
  }

  void whatTheLogEvictsGoesFromTheFront() {
    Talk talk({.budgetBytes = 256 << 10, .blockBytes = 16 << 10, .chunkRecords = 128});
    talk.event(RecordKind::accepted);
    talk.received("first\nunfinished ");
    talk.publish();
    Follower follower(talk);
    follower.framed("line");
    for (int i = 0; i < 3000; ++i) {
      talk.sent(std::to_string(i) + std::string(500, '.') + "\n");
      if (i % 100 == 0) talk.publish();
      if (i % 100 == 0) follower->logChanged();
    }
    talk.received("again\nand on\n");
    talk.publish();
    follower->logChanged();
    const auto state = follower.settled();
    QVERIFY(state.beginningGone);
    QVERIFY(state.firstPiece > 0 && state.firstFrame > 0);
    QVERIFY(state.endFrame - state.firstFrame < 1000);
    QVERIFY(follower.script().endsWith(QStringLiteral("<again\n|<and on\n|")));
    QVERIFY(follower->bytes(Direction::in, 0, 10).empty());
    QCOMPARE(follower->frame(0), std::nullopt);
  }

  void itIsReadWhileItIsWrittenAndEvicted() {
    Talk talk({.budgetBytes = 1 << 20, .blockBytes = 16 << 10, .chunkRecords = 256});
    Follower follower(talk);
    follower->setFraming(*FramingSpec::parse("line"));
    std::atomic<bool> over{false};
    std::thread writing([&] {
      std::mt19937 random(3);
      for (int i = 0; i < 20'000; ++i) {
        talk.say(i % 2 ? Direction::in : Direction::out, randomLines(random, 5));
        if (i % 10 != 0) continue;
        talk.publish();
        follower->logChanged();
      }
      talk.publish();
      follower->logChanged();
      over = true;
    });
    const char* const specs[] = {"line", "fixed:100", "per-read"};
    for (std::size_t round = 0; !over; ++round) {
      if (round % 50 == 0) follower->setFraming(*FramingSpec::parse(specs[round / 50 % 3]));
      const auto state = follower->take();
      const auto frame = follower->frame(state.firstFrame + (state.endFrame - state.firstFrame) / 2);
      if (!frame || frame->byItself) continue;
      const auto bytes = follower->bytes(frame->begin.direction, frame->frame.offset, frame->frame.length);
      if (bytes.size() > frame->frame.length) qFatal("too many bytes");
      follower->weightBefore(state.endFrame);
    }
    writing.join();
    const auto state = follower.framed("line");
    QVERIFY(state.upToDate);
    // Rows may have gone unread: then the offsets count what was seen.
    for (const Direction direction : {Direction::in, Direction::out}) {
      const std::string& all = talk.all(direction);
      const std::uint64_t seen = direction == Direction::in ? state.bytesIn : state.bytesOut;
      QVERIFY(seen >= 50 && seen <= all.size());
      QCOMPARE(follower.text(direction, seen - 50, 100), all.substr(all.size() - 50));
    }
  }
};

QTEST_GUILESS_MAIN(TestConversation)
#include "tst_conversation.moc"
