// Streams of every kind and the frames that they are cut into, whole and byte by byte.
#include <QTest>

#include "core/payload/framing/framing.h"
#include "framing_property.h"

using namespace sockbench;

namespace {

using namespace std::string_literals;

// "length body|" a frame: "5 abc|"; what follows is ~ where it is incomplete and ! with its fault.
std::string told(const std::vector<Frame>& frames, std::string_view stream) {
  std::string text;
  for (const Frame& frame : frames) {
    text += std::to_string(frame.length) + " ";
    text +=
        stream.substr(static_cast<std::size_t>(frame.bodyOffset), static_cast<std::size_t>(frame.bodyLength));
    if (!frame.complete) text += '~';
    if (!frame.fault.empty()) text += "!" + std::string(frame.fault);
    text += '|';
  }
  return text;
}

}  // namespace

class TstFraming : public QObject {
  Q_OBJECT
 private slots:
  void cuts_data();
  void cuts();
  void perReadIsAFrameAPiece();
  void aPauseEndsAFrame();
  void decodes_data();
  void decodes();
  void refusesToDecode_data();
  void refusesToDecode();
  void whatHasNoEndIsGivenUp_data();
  void whatHasNoEndIsGivenUp();
  void aBodyOfHttpHasNoBound();

 private:
  void addText();
  void addLengths();
  void addStuffing();
  void addHttp();
  void addHttpFaults();
  void addJson();
  void addModbus();
  static void row(const char* name, const char* spec, const std::string& stream, const std::string& frames) {
    QTest::newRow(name) << QByteArray(spec) << QByteArray::fromStdString(stream)
                        << QByteArray::fromStdString(frames);
  }
};

void TstFraming::cuts_data() {
  QTest::addColumn<QByteArray>("spec");
  QTest::addColumn<QByteArray>("stream");
  QTest::addColumn<QByteArray>("frames");
  addText();
  addLengths();
  addStuffing();
  addHttp();
  addHttpFaults();
  addJson();
  addModbus();
}

void TstFraming::addText() {
  row("lines with both ends", "line", "a\r\nbc\n\n\r\nd", "3 a|3 bc|1 |2 |1 d~|");
  row("a return inside of a line", "line", "a\rb\r\r\n", "6 a\rb\r|");
  row("a delimiter", "delimiter:0d0a", "a\r\r\nb\n\r\nc", "4 a\r|4 b\n|1 c~|");
  row("a delimiter that begins within itself", "delimiter:616162", "aaabaab", "4 a|3 |");
  row("a delimiter does not overlap the next", "delimiter:6161", "aaaxaa", "2 |4 ax|");
  row("fixed sizes", "fixed:3", "abcdefgh", "3 abc|3 def|2 gh~|");
}

void TstFraming::addLengths() {
  const char* beyond = "!a length beyond 64 MiB: what follows cannot be cut|";
  const char* below = "!a length below 0 once it is adjusted: what follows cannot be cut|";
  row("one byte of length", "length:1", "\3abc\0\1x\2y"s, "4 abc|1 |2 x|2 y~|");
  row("two bytes, high first", "length:2", "\0\3abc\0\1x\0"s, "5 abc|3 x|1 \0~|"s);
  row("two bytes, low first", "length:2:le", "\3\0abc\1\0x"s, "5 abc|3 x|");
  row("four bytes that count themselves", "length:4:be:-4", "\0\0\0\7abc\0\0\0\4"s, "7 abc|4 |");
  row("a length that is too small", "length:1:-1", "\0abc"s, "4 abc~"s + below);
  row("more than is said", "length:1:+2", "\1abc\0de"s, "4 abc|3 de|");
  row("eight bytes, low first", "length:8:le", "\1\0\0\0\0\0\0\0x"s, "9 x|");
  row("a length beyond the bound", "length:4", "\4\0\0\0abc"s, "7 abc~"s + beyond);
  row("a length beyond all numbers", "length:8:+1", "\x7F\xFF\xFF\xFF\xFF\xFF\xFF\xFF*"s, "9 *~"s + beyond);
  row("DNS over TCP", "dns-tcp", "\0\014123456789012\0\1x"s,
      "14 123456789012|3 x!shorter than the 12 bytes of a DNS header|");
}

void TstFraming::addStuffing() {
  row("COBS", "cobs", "\3ab\2c\0\1\1\0"s, "6 \3ab\2c|3 \1\1|"s);
  row("COBS with zeros in front", "cobs", "\0\0\2a\0\0"s, "5 \2a|1 |"s);
  row("a COBS block that is cut short", "cobs", "\4ab\0\2a\0"s,
      "4 \4ab!a COBS block goes beyond the end of its frame|3 \2a|"s);
  row("COBS that the stream ends within", "cobs", "\3ab", "3 \3ab~|");
  row("SLIP", "slip", "\xC0"s + "ab\xC0" + "c\xDB\xDC\xC0", "4 ab|4 c\xDB\xDC|");
  row("an unknown escape of SLIP", "slip",
      "\xDB"
      "a\xC0"
      "b\xC0",
      "3 \xDB"
      "a!DB with neither DC nor DD behind it|2 b|");
  row("SLIP that ends in an escape", "slip", "a\xDB\xC0", "3 a\xDB!DB with neither DC nor DD behind it|");
}

void TstFraming::addHttp() {
  const std::string get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
  row("requests without a body", "http", get + get, "27 |27 |");
  row("empty lines in front", "http", "\r\n" + get + "\r\n", "29 |2 \r\n|");
  row("a request with a body", "http", "POST / HTTP/1.1\r\ncontent-LENGTH:  3 \r\n\r\nabc" + get,
      "43 abc|27 |");
  row("a length that is repeated", "http", "PUT / HTTP/1.1\nContent-Length: 1, 1\nContent-Length: 1\n\na",
      "56 a|");
  row("chunks, an extension and a trailer", "http",
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n3;a=\"b\"\r\nabc\r\nA\r\n0123456789\r\n0\r\nT: v\r\n\r\n"s +
          "HTTP/1.1 204 No Content\r\n\r\n",
      "93 3;a=\"b\"\r\nabc\r\nA\r\n0123456789\r\n0\r\nT: v\r\n\r\n|27 |");
  row("a body until the close", "http", "HTTP/1.0 200 OK\r\n\r\nall\r\nof it", "29 all\r\nof it|");
  row("answers that have no body", "http",
      "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 304 \r\nContent-Length: 9\r\n\r\nHTTP/1.1 200 "
      "OK\r\nContent-Length: 0\r\n\r\n",
      "25 |36 |38 |");
  row("another protocol", "http", "HTTP/1.1 101 Switching\r\n\r\n\x81\x02hi", "26 |4 \x81\x02hi|");
  row("a head that the stream ends within", "http", "GET / HTTP/1.1\r\nHo", "18 GET / HTTP/1.1\r\nHo~|");
  row("a body that the stream ends within", "http", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc",
      "41 abc~|");
}

void TstFraming::addHttpFaults() {
  const std::string get = "GET / HTTP/1.1\r\n\r\n";
  row("what is no HTTP", "http", "SSH-2.0-x\r\nmore\r\n" + get,
      "17 SSH-2.0-x\r\nmore\r\n!no start line of HTTP/1|18 |");
  row("the preface of HTTP/2", "http", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
      "24 PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n~!no start line of HTTP/1|");
  row("two lengths", "http", "HTTP/1.1 200 OK\nContent-Length: 1\nContent-Length: 2\n\nab\n" + get,
      "56 ab\n!there are two different Content-Length|18 |");
  row("a length that is no number", "http", "GET / HTTP/1.1\nContent-Length: -1\n\n" + get,
      "35 !Content-Length is no number|18 |");
  row("both headers", "http",
      "POST / HTTP/1.1\nContent-Length: 3\nTransfer-Encoding: chunked\n\n1\na\n0\n\n" + get,
      "69 1\na\n0\n\n!both Transfer-Encoding and Content-Length|18 |");
  row("a request that is coded but not chunked", "http",
      "POST / HTTP/1.1\nTransfer-Encoding: gzip\n\nx\n" + get,
      "43 x\n!the last Transfer-Encoding of a request is not chunked|18 |");
  row("a size of a chunk that is none", "http",
      "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n0x3\nabc\n" + get,
      "52 0x3\nabc\n!no size of a chunk|18 |");
  row("a chunk that is longer than it says", "http",
      "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n2\nabc\n" + get,
      "50 2\nabc\n!a chunk does not end where its size says|18 |");
  row("a header without a colon", "http", "GET / HTTP/1.1\nHost\n\n" + get,
      "21 !a header line without a colon|18 |");
  row("white space in a name", "http", "PUT / HTTP/1.1\nContent-Length : 1\n\na",
      "36 a!the name of a header is no token|");
  row("a length that is folded", "http", "PUT / HTTP/1.1\nContent-Length: 1\n 2\n\na\n" + get,
      "39 a\n!a header that says where the body ends is folded|18 |");
}

void TstFraming::addJson() {
  row("values", "json-lines", "{\"a\":[1,-2.5e+3,0]}\n \"x\\u00e9\" \r\ntrue\n12",
      "20 {\"a\":[1,-2.5e+3,0]}|13  \"x\\u00e9\" |5 true|2 12|");
  row("empty lines", "json-lines", "\n \t\r\n", "1 |4  \t|");
  row("a bad line between good ones", "json-lines", "1\n[1,]\n2\n", "2 1|5 [1,]!a value is expected|2 2|");
  row("a value that is spread over lines", "json-lines", "[1,\n2]\n",
      "4 [1,!the line ends within its value|3 2]!something stands behind the value|");
  row("two values", "json-lines", "{} {}\n", "6 {} {}!something stands behind the value|");
  row("the other bracket", "json-lines", "[1}\n", "4 [1}!a closing bracket of the other kind|");
  row("bytes that are not UTF-8", "json-lines", "\"\xC0\x80\"\n", "5 \"\xC0\x80\"!a string is not UTF-8|");
  row("a line that the stream ends within", "json-lines", "[1", "2 [1~|");
}

void TstFraming::addModbus() {
  const std::string ask = "\0\1\0\0\0\6\1\3\0\0\0\2"s;
  const std::string pdu = "\3\0\0\0\2"s;
  row("frames", "modbus-tcp", ask + ask + "\0\2\0\0\0\2\1\7\0\3"s,
      "12 " + pdu + "|12 " + pdu + "|8 \7|2 \0\3~|"s);
  row("noise between frames", "modbus-tcp", ask + "\xFF\xFE\xFD\xFC" + ask,
      "12 " + pdu + "|4 \xFF\xFE\xFD\xFC!the protocol identifier is not 0|12 " + pdu + "|");
  row("a length of 1", "modbus-tcp", "\0\1\0\0\0\1\1"s + ask,
      "7 \0\1\0\0\0\1\1!the length is not between 2 and 254|12 "s + pdu + "|");
  row("a length of 255", "modbus-tcp", "\0\1\0\0\0\xFF"s,
      "6 \0\1\0\0\0\xFF~!the length is not between 2 and 254|"s);
  row("the shortest frame is found behind noise", "modbus-tcp", "abcdef\0\2\0\0\0\2\1\7"s,
      "6 abcdef!the protocol identifier is not 0|8 \7|");
}

void TstFraming::cuts() {
  QFETCH(QByteArray, spec);
  QFETCH(QByteArray, stream);
  QFETCH(QByteArray, frames);
  const Result<FramingSpec> read = FramingSpec::parse(spec.toStdString());
  QVERIFY(read);
  const std::string text = stream.toStdString();
  for (std::size_t size = 1; size <= text.size(); ++size) {
    const test::FramingRun run = test::frameInPieces(*read, asBytes(text), {size});
    QCOMPARE(run.fault, std::string());
    QCOMPARE(QByteArray::fromStdString(told(run.frames, text)), frames);
  }
}

void TstFraming::perReadIsAFrameAPiece() {
  const test::FramingRun run = test::frameInPieces({}, asBytes("abcdef"), {1, 2, 3});
  QCOMPARE(run.fault, std::string());
  QCOMPARE(told(run.frames, "abcdef"), std::string("1 a|2 bc|3 def|"));
}

void TstFraming::aPauseEndsAFrame() {
  const auto framer = makeFramer({.kind = FramingKind::idleGap, .gapNanos = 10});
  std::vector<Frame> frames;
  constexpr WallNanos kFirst = std::numeric_limits<WallNanos>::min();
  constexpr WallNanos kLast = std::numeric_limits<WallNanos>::max();
  for (const auto& [text, time] :
       {std::pair{"a", kFirst}, {"b", 0}, {"c", 9}, {"", 15}, {"d", 18}, {"e", 28}, {"f", 5}, {"g", kLast}})
    framer->push(asBytes(text), time, frames);
  QCOMPARE(told(frames, "abcdefg"), std::string("1 a|3 bcd|2 ef|"));
  QCOMPARE(framer->open().offset, std::uint64_t{6});
  framer->finish(frames);
  QCOMPARE(told(frames, "abcdefg"), std::string("1 a|3 bcd|2 ef|1 g|"));
}

void TstFraming::decodes_data() {
  QTest::addColumn<QByteArray>("spec");
  QTest::addColumn<QByteArray>("body");
  QTest::addColumn<QByteArray>("content");
  const auto add = [](const char* name, const char* spec, const std::string& body,
                      const std::string& content) {
    QTest::newRow(name) << QByteArray(spec) << QByteArray::fromStdString(body)
                        << QByteArray::fromStdString(content);
  };
  const std::string run(254, 'x');
  add("a zero by COBS", "cobs", "\1\1", "\0"s);
  add("nothing by COBS", "cobs", "\1", "");
  add("text by COBS", "cobs", "\3ab\2c", "ab\0c"s);
  add("a full block has no zero behind it", "cobs", "\xFF" + run + "\2y", run + "y");
  add("a full block and a zero", "cobs", "\xFF" + run + "\1\2y", run + "\0y"s);
  add("escapes of SLIP", "slip", "a\xDB\xDC\xDB\xDD", "a\xC0\xDB");
  add("others stand as they are", "line", "\xDB\xC0", "\xDB\xC0");
}

void TstFraming::decodes() {
  QFETCH(QByteArray, spec);
  QFETCH(QByteArray, body);
  QFETCH(QByteArray, content);
  const auto decoded = frameContent(*FramingSpec::parse(spec.toStdString()), asBytes(body.toStdString()));
  QVERIFY(decoded.has_value());
  QCOMPARE(asChars(*decoded), content.toStdString());
}

void TstFraming::refusesToDecode_data() {
  QTest::addColumn<QByteArray>("spec");
  QTest::addColumn<QByteArray>("body");
  QTest::newRow("a block beyond the end") << QByteArray("cobs") << QByteArray("\3a");
  QTest::newRow("a zero inside") << QByteArray("cobs") << QByteArray("\2\0", 2);
  QTest::newRow("an escape at the end") << QByteArray("slip") << QByteArray("a\xDB");
  QTest::newRow("an unknown escape") << QByteArray("slip")
                                     << QByteArray(
                                            "\xDB"
                                            "a");
  QTest::newRow("an END inside") << QByteArray("slip") << QByteArray("a\xC0");
}

void TstFraming::refusesToDecode() {
  QFETCH(QByteArray, spec);
  QFETCH(QByteArray, body);
  const auto decoded = frameContent(*FramingSpec::parse(spec.toStdString()), asBytes(body.toStdString()));
  QVERIFY(!decoded && decoded.error().isInput(InputFault::badSyntax));
}

void TstFraming::whatHasNoEndIsGivenUp_data() {
  QTest::addColumn<QByteArray>("spec");
  for (const char* spec :
       {"line", "delimiter:0d0a", "length:8", "gap:1s", "cobs", "slip", "http", "json-lines", "modbus-tcp"})
    QTest::newRow(spec) << QByteArray(spec);
}

// The framer sees the same 64 KiB over and over, so that the stream takes no memory.
void TstFraming::whatHasNoEndIsGivenUp() {
  QFETCH(QByteArray, spec);
  const auto framer = makeFramer(*FramingSpec::parse(spec.toStdString()));
  const Bytes piece(std::size_t{64} << 10, std::byte{'x'});
  std::vector<Frame> frames;
  std::uint64_t pushed = 0;
  for (; pushed < 2 * Framer::kMostFrame + 2 * Framer::kMostFrame / 16; pushed += piece.size())
    framer->push(piece, 1, frames);
  framer->push(asBytes("\n\r\n"), 1, frames);
  framer->finish(frames);
  QVERIFY(frames.size() >= 2 && frames.size() <= 4);
  std::uint64_t end = 0;
  for (const Frame& frame : frames) {
    QCOMPARE(frame.offset, end);
    end += frame.length;
    QVERIFY(frame.length <= Framer::kMostFrame + (Framer::kMostFrame >> 4));
  }
  for (std::size_t i = 0; i < 2; ++i) QVERIFY(!frames[i].complete && !frames[i].fault.empty());
  QCOMPARE(end, pushed + 3);
}

void TstFraming::aBodyOfHttpHasNoBound() {
  const auto framer = makeFramer({.kind = FramingKind::http1});
  const Bytes piece(std::size_t{1} << 20, std::byte{'x'});
  std::vector<Frame> frames;
  framer->push(asBytes("HTTP/1.1 200 OK\r\nContent-Length: 104857600\r\n\r\n"), 1, frames);
  for (int i = 0; i < 100; ++i) framer->push(piece, 1, frames);
  QCOMPARE(frames.size(), std::size_t{1});
  QCOMPARE(frames[0].bodyLength, std::uint64_t{104857600});
  QVERIFY(frames[0].complete && frames[0].fault.empty());
}

QTEST_GUILESS_MAIN(TstFraming)
#include "tst_framing.moc"
