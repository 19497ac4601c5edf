#include <QTest>
#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "core/capture/read/tcp_stream.h"
#include "imported.h"
#include "packet_maker.h"

using namespace sockbench;

namespace {

// Writes down what comes: bytes as they are, "[7]" for seven missing ones, "{x}" for an urgent byte, "." at
// the end.
struct Notebook : StreamSink {
  void streamed(const StreamPiece& piece) override {
    const std::string bytes(asChars(piece.bytes));
    text += piece.urgent ? "{" + bytes + "}" : bytes;
    if (piece.realLength > piece.bytes.size())
      text += "[" + std::to_string(piece.realLength - piece.bytes.size()) + "]";
    isInOrder = isInOrder && piece.time >= time;
    time = piece.time;
  }
  void missed(std::uint64_t bytes, WallNanos) override { text += "[" + std::to_string(bytes) + "]"; }
  void ended(WallNanos) override { text += "."; }

  std::string text;
  WallNanos time = 0;
  bool isInOrder = true;
};

struct Step {
  std::uint32_t sequence = 0;
  std::string bytes{};
  std::uint64_t real = 0;  // 0: all bytes are there
  bool fin = false;
  std::optional<std::uint32_t> urgent{};
  bool isAcknowledgement = false;
  WallNanos time = 0;
};

Step acknowledgement(std::uint32_t sequence, WallNanos time = 0) {
  return {.sequence = sequence, .isAcknowledgement = true, .time = time};
}

struct Case {
  const char* name;
  std::vector<Step> steps;
  const char* expected;
  std::optional<std::uint32_t> first = 1000;  // nullopt: the capture starts in mid-stream
};

const std::vector<Case>& cases() {
  static const std::vector<Case> all{
      {"in order", {{1000, "ab"}, {1002, "cd"}}, "abcd"},
      {"out of order", {{1002, "cd"}, {1000, "ab"}}, "abcd"},
      {"sent twice", {{1000, "ab"}, {1000, "ab"}, {1002, "cd"}}, "abcd"},
      {"sent again in larger pieces", {{1000, "ab"}, {1000, "abcd"}}, "abcd"},
      {"an overlap's first bytes count", {{1000, "ab"}, {1001, "XY"}}, "abY"},
      {"an overlap with what waits", {{1002, "cd"}, {1000, "abXX"}}, "abcd"},
      {"a segment around one that waits", {{1002, "c"}, {1001, "bXd"}, {1000, "a"}}, "abcd"},
      {"a segment around two that wait", {{1001, "b"}, {1003, "d"}, {1000, "aXcXe"}}, "abcde"},
      {"within one that waits", {{1001, "bcd"}, {1002, "X"}, {1000, "a"}}, "abcd"},
      {"numbers wrap round", {{0xFFFFFFFE, "ab"}, {0, "cd"}, {2, "e"}}, "abcde", 0xFFFFFFFE},
      {"numbers wrap round out of order", {{2, "e"}, {0, "cd"}, {0xFFFFFFFE, "ab"}}, "abcde", 0xFFFFFFFE},
      {"a keep-alive's byte", {{1000, "ab"}, {1001, "?"}, {1002, "c"}}, "abc"},
      {"a keep-alive without a byte", {{1000, "ab"}, {1001, ""}, {1002, "c"}}, "abc"},
      {"a probe of a closed window", {{1000, "ab"}, {1002, "c"}, {1002, "cd"}}, "abcd"},
      {"begins in the middle", {{77, "ab"}, {79, "c"}}, "abc", std::nullopt},
      {"begins with a keep-alive", {acknowledgement(78), {77, "?"}, {78, "ab"}}, "ab", std::nullopt},
      {"only the peer's word is there", {acknowledgement(78), acknowledgement(98)}, "[20]", std::nullopt},
      {"a gap that stays", {{1000, "ab"}, {1005, "fg"}}, "ab[3]fg"},
      {"two gaps that stay", {{1000, "ab"}, {1005, "f"}, {1008, "i"}}, "ab[3]f[2]i"},
      {"missing at the end", {{1000, "ab"}, acknowledgement(1010)}, "ab[8]"},
      {"a FIN that was not captured", {{1000, "ab"}, acknowledgement(1003)}, "ab"},
      {"ends", {{1000, "ab"}, {.sequence = 1002, .fin = true}}, "ab."},
      {"ends once", {{.sequence = 1000, .bytes = "ab", .fin = true}, {.sequence = 1002, .fin = true}}, "ab."},
      {"a FIN ahead of its bytes", {{.sequence = 1002, .fin = true}, {1000, "ab"}}, "ab."},
      {"a FIN behind a gap", {{1000, "a"}, {.sequence = 1003, .fin = true}}, "a[2]."},
      {"cut by the capture", {{.sequence = 1000, .bytes = "ab", .real = 5}, {1005, "c"}}, "ab[3]c"},
      {"cut and out of order", {{1005, "c"}, {.sequence = 1000, .bytes = "ab", .real = 5}}, "ab[3]c"},
      {"nothing of it captured", {{.sequence = 1000, .bytes = "", .real = 5}, {1005, "c"}}, "[5]c"},
      {"urgent at the end", {{.sequence = 1000, .bytes = "ab!", .urgent = 1002}, {1003, "c"}}, "ab{!}c"},
      {"urgent in the middle", {{.sequence = 1000, .bytes = "a!b", .urgent = 1001}}, "a{!}b"},
      {"urgent is announced early",
       {{.sequence = 1000, .bytes = "a", .urgent = 1001}, {.sequence = 1001, .bytes = "!b", .urgent = 1001}},
       "a{!}b"},
      {"urgent out of order", {{.sequence = 1001, .bytes = "!b", .urgent = 1001}, {1000, "a"}}, "a{!}b"},
      {"given up a second after the peer had it",
       {{1000, "ab"},
        {.sequence = 1005, .bytes = "f", .time = 1},
        acknowledgement(1006, 1'000'000'001),
        {1002, "late"}},
       "ab[3]f"},
      {"not given up at once",
       {{1000, "ab"}, {.sequence = 1005, .bytes = "f", .time = 1}, acknowledgement(1006, 2), {1002, "cde"}},
       "abcdef"},
  };
  return all;
}

void play(TcpStream& stream, const Step& step, Notebook& notebook) {
  if (step.isAcknowledgement) return stream.acknowledged(step.sequence, step.time, notebook);
  const ByteView bytes = asBytes(step.bytes);
  stream.take({.sequence = step.sequence,
               .bytes = bytes,
               .realLength = std::max<std::uint64_t>(step.real, bytes.size()),
               .urgentByte = step.urgent,
               .fin = step.fin,
               .time = step.time},
              notebook);
}

}  // namespace

class TestTcpStreamRead : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void segmentsBecomeTheStream_data();
  void segmentsBecomeTheStream();
  void anyOrderGivesTheSameStream_data();
  void anyOrderGivesTheSameStream();
  void whatWaitsIsBounded();
  void segmentsWithoutBytesCostToo();
  void whatAllConnectionsWaitForIsBounded();
  void manySegmentsBehindAKnownGapGiveItUp();
};

void TestTcpStreamRead::segmentsBecomeTheStream_data() {
  QTest::addColumn<int>("index");
  for (int i = 0; const Case& one : cases()) QTest::newRow(one.name) << i++;
}

void TestTcpStreamRead::segmentsBecomeTheStream() {
  QFETCH(int, index);
  const Case& one = cases().at(static_cast<std::size_t>(index));
  TcpStream stream;
  Notebook notebook;
  if (one.first) stream.begin(*one.first);
  for (const Step& step : one.steps) play(stream, step, notebook);
  stream.finish(notebook);
  QCOMPARE(QByteArray::fromStdString(notebook.text), QByteArray(one.expected));
  QVERIFY(notebook.isInOrder);
  QCOMPARE(stream.pendingBytes(), 0U);
}

void TestTcpStreamRead::anyOrderGivesTheSameStream_data() {
  QTest::addColumn<unsigned>("seed");
  for (unsigned seed = 1; seed <= 200; ++seed) QTest::addRow("seed %u", seed) << seed;
}

// Segments of all lengths that overlap and are sent again, each shuffled within a window.
void TestTcpStreamRead::anyOrderGivesTheSameStream() {
  QFETCH(unsigned, seed);
  std::mt19937 random(seed);
  const auto below = [&](std::size_t most) {
    return std::uniform_int_distribution<std::size_t>(0, most - 1)(random);
  };
  std::string sent(2000, '\0');
  for (char& c : sent) c = static_cast<char>(random());
  const auto first = static_cast<std::uint32_t>(random());
  std::vector<Step> steps;
  for (std::size_t at = 0; at < sent.size();) {
    const std::size_t back = std::min(at, below(40));
    const std::size_t length = back + 1 + below(60);
    const std::string piece = sent.substr(at - back, length);
    const auto sequence = static_cast<std::uint32_t>(first + at - back);
    steps.push_back({.sequence = sequence, .bytes = piece, .time = static_cast<WallNanos>(1 + below(1000))});
    if (below(5) == 0) steps.push_back(steps[below(steps.size())]);
    at += length - back;
  }
  steps.push_back({.sequence = static_cast<std::uint32_t>(first + sent.size()), .fin = true, .time = 1});
  std::ranges::shuffle(steps, random);
  TcpStream stream;
  stream.begin(first);
  Notebook notebook;
  for (const Step& step : steps) play(stream, step, notebook);
  QCOMPARE(stream.pendingBytes(), 0U);
  QVERIFY(notebook.text == sent + ".");
  QVERIFY(notebook.isInOrder);
}

void TestTcpStreamRead::whatWaitsIsBounded() {
  TcpStream stream;
  stream.begin(0);
  Notebook notebook;
  const std::string piece(60000, 'x');
  for (std::uint32_t i = 0; i < 200; ++i) {
    play(stream, {.sequence = 10 + i * 60000, .bytes = piece}, notebook);
    QVERIFY(stream.pendingBytes() <= TcpStream::kMostPending);
  }
  stream.finish(notebook);
  QVERIFY(notebook.text.starts_with("[10]x"));
  QCOMPARE(notebook.text.size(), 4 + 200 * piece.size());
}

void TestTcpStreamRead::segmentsWithoutBytesCostToo() {
  TcpStream stream;
  stream.begin(0);
  Notebook notebook;
  for (std::uint32_t i = 0; i < 100'000; ++i) {
    play(stream, {.sequence = 10 + i * 20, .real = 10}, notebook);
    QVERIFY(stream.pendingBytes() <= TcpStream::kMostPending);
    if (i == 1000) QVERIFY(stream.pendingBytes() > std::size_t{64} << 10);
  }
  QVERIFY(notebook.text.starts_with("[10][10]"));
  QVERIFY(stream.hasGap());
}

// Each connection has less than may wait in one, all of them more than may wait at all: the first one's hole
// can still be filled, the last one's was given up.
void TestTcpStreamRead::whatAllConnectionsWaitForIsBounded() {
  constexpr std::uint32_t kConnections = 20;
  constexpr std::uint32_t kSegments = 30'000;
  test::PcapFile one;
  one.add(test::tcp({true, 0, 1}, "x"));
  std::string bytes = one.bytes();
  const std::string packet = bytes.substr(24);
  bytes.resize(24);
  const auto add = [&](std::uint32_t connection, std::uint32_t sequence, unsigned flags) {
    std::string next = packet;
    next.replace(16 + 12, 4, test::Maker().u32(test::kClient + 256 + connection).text);
    next.replace(16 + 24, 4, test::Maker().u32(sequence).text);
    next[16 + 33] = static_cast<char>(flags);
    bytes += next;
  };
  for (std::uint32_t connection = 0; connection < kConnections; ++connection) {
    add(connection, 99, test::kSyn);  // with a byte of data: 100
    for (std::uint32_t i = 0; i < kSegments; ++i) add(connection, 102 + i, test::kAck);
  }
  for (std::uint32_t connection = 0; connection < kConnections; ++connection)
    add(connection, 101, test::kAck);
  const test::Imported imported = test::importBytes(bytes);
  QVERIFY(!imported.status.error);
  QCOMPARE(imported.sessions.size(), std::size_t{kConnections});
  QCOMPARE(imported.sessions.front().missing, 0U);
  QCOMPARE(imported.sessions.front().bytesOut, std::uint64_t{kSegments} + 2);
  QCOMPARE(imported.sessions.back().missing, 1U);
}

void TestTcpStreamRead::manySegmentsBehindAKnownGapGiveItUp() {
  TcpStream stream;
  stream.begin(0);
  Notebook notebook;
  for (std::uint32_t i = 0; i < 100; ++i) play(stream, {.sequence = 5 + i, .bytes = "x"}, notebook);
  QVERIFY(notebook.text.empty());
  play(stream, acknowledgement(105), notebook);
  QCOMPARE(QByteArray::fromStdString(notebook.text), "[5]" + QByteArray(100, 'x'));
}

QTEST_GUILESS_MAIN(TestTcpStreamRead)
#include "tst_tcp_stream_read.moc"
