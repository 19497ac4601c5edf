// What Sockbench wrote comes back as the very records.
#include <QTest>
#include <random>

#include "core/capture/read/own_comment.h"
#include "tests/core/capture/imported.h"
#include "tests/core/capture/written_rows.h"

using namespace sockbench;
using namespace sockbench::test;

namespace {

QByteArray text(const std::string& words) {
  return QByteArray::fromStdString(words);
}

QByteArray describe(const Flow& flow) {
  return text(std::to_string(flow.session.value) + " of " + std::to_string(flow.parent.value) + ' ' +
              std::string(transportName(flow)) + ' ' + flow.local.text() + ' ' + flow.peer.text() + " via " +
              std::to_string(flow.interface));
}

QByteArray describe(const EventDetail& detail) {
  QByteArray words = text(detail.text + '|' + detail.offender);
  if (!detail.error) return words;
  const Error& error = *detail.error;
  words += '|' + text(error.line()) + '|' + text(error.subject) + '|' + text(error.detail) + '|' +
           QByteArray::number(qulonglong(error.bytesDone)) + '|' + QByteArray::number(error.code);
  if (error.where)
    words += '@' + QByteArray::number(qulonglong(error.where->offset)) + '+' +
             QByteArray::number(qulonglong(error.where->length));
  return words;
}

// All that a row says, as text that a failure shows.
QByteArray describe(const LogRow& row, const RowNotes& notes) {
  const Record& record = row.record;
  QByteArray words =
      QByteArray::number(qlonglong(record.time)) + ' ' + text(std::string(recordKindName(record.kind))) + ' ';
  words += text(std::string(directionName(record.direction))) + ' ' + text(std::string(partyName(record.by)));
  words += " flags " + QByteArray::number(record.flags) + " value " +
           QByteArray::number(qulonglong(record.value)) + ' ';
  words += describe(*row.flow) + ' ';
  const bool hasBytes = record.kind == RecordKind::in || record.kind == RecordKind::out;
  words += hasBytes
               ? QByteArray(asChars(row.payload.bytes).data(), qsizetype(row.payload.bytes.size())).toHex()
               : describe(decodeEventDetail(row.payload.bytes));
  const RowNotes::Note note = notes.note(row.number);
  return words + (note.marked ? " marked " : " ") + text(note.comment);
}

void compareLogs(TrafficLog& written, const Imported& read) {
  QVERIFY2(!read.status.error, read.status.error ? read.status.error->line().c_str() : "");
  QVERIFY(read.status.ours);
  QCOMPARE(read.status.passedOver, 0U);
  std::vector<LogRow> rows;
  written.read(0, written.end(), rows);
  QCOMPARE(read.rows.size(), rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i)
    QCOMPARE(describe(read.rows[i], read.log->notes()), describe(rows[i], written.notes()));
}

Flow flowOf(std::uint32_t id, std::string_view local, std::string_view peer,
            Transport transport = Transport::tcp, std::uint32_t parent = 0) {
  Flow flow;
  flow.session = SessionId{id};
  flow.parent = SessionId{parent};
  flow.transport = transport;
  flow.local = SocketAddress::fromText(local).value_or(SocketAddress());
  flow.peer = SocketAddress::fromText(peer).value_or(SocketAddress());
  return flow;
}

// Ends of every kind that a row can have.
std::vector<FlowPtr> allFlows() {
  std::vector<Flow> flows{
      flowOf(1, "127.0.0.1:9000", ""),
      flowOf(2, "127.0.0.1:9000", "127.0.0.1:50000", Transport::tcp, 1),
      flowOf(3, "127.0.0.1:50000", "127.0.0.1:9000"),
      flowOf(4, "[::1]:9000", "[::1]:50001", Transport::tcp, 1),
      flowOf(5, "[::ffff:10.0.0.1]:80", "[::ffff:10.0.0.2]:4711"),
      flowOf(6, "0.0.0.0:5353", "", Transport::udp),
      flowOf(7, "10.1.2.3:5353", "10.1.2.4:6000", Transport::udp, 6),
      flowOf(8, "unix:/tmp/a path with spaces=", "unix:@abstract", Transport::unixStream),
      flowOf(9, "unix:", "unix:/tmp/x", Transport::unixDatagram),
      flowOf(10, "", "", Transport::unixSeqpacket),
      flowOf(11, "10.0.0.1:0", "10.0.0.2:0"),
      flowOf(12, "127.0.0.1:1234", "[::1]:1234", Transport::udp),
  };
  flows[6].interface = 3;
  flows[10].otherTransport = "raw";
  std::vector<FlowPtr> shared;
  for (const Flow& flow : flows) shared.push_back(std::make_shared<Flow>(flow));
  return shared;
}

std::string hostileText(std::mt19937& random) {
  static const std::vector<std::string> words{"",
                                              "plain",
                                              "with space",
                                              "k=in s=9",
                                              "a\nsockbench:1 k=out",
                                              "%41",
                                              "\xff\xfe",
                                              "\xe4\xb8\xad\xe6\x96\x87",
                                              std::string("a\0b", 3),
                                              "quote \" and ' and \\",
                                              std::string(300, 'x')};
  return words[random() % words.size()];
}

Error someError(std::mt19937& random) {
  Error error;
  error.op = static_cast<Operation>(random() % (static_cast<unsigned>(Operation::rename) + 1));
  error.domain = static_cast<ErrorDomain>(random() % 6);
  error.code = static_cast<int>(random() % 200) - 50;
  error.subject = hostileText(random);
  error.bytesDone = random() % 3 == 0 ? random() : 0;
  if (random() % 2 == 0) error.where = TextSpan{random() % 9, random() % 9};
  error.detail = hostileText(random);
  return error;
}

void appendSomeRow(TrafficWriter& writer, std::mt19937& random, const FlowPtr& flow, WallNanos time) {
  Record record;
  record.time = time;
  record.session = flow->session;
  record.kind = static_cast<RecordKind>(random() % 16);
  record.by = static_cast<Party>(random() % 3);
  if (record.kind == RecordKind::in || record.kind == RecordKind::out) {
    record.direction = record.kind == RecordKind::in ? Direction::in : Direction::out;
    record.by = Party::none;
    const bool isDatagram = isDatagramTransport(flow->transport);
    constexpr std::array<std::size_t, 6> kLengths{0, 1, 100, 65480, 65481, 300000};
    const std::size_t length = kLengths.at(random() % (isDatagram ? 3 : 6));
    if (random() % 4 == 0) record.flags |= kRecordKernelTime;
    if (isDatagram && random() % 4 == 0) {
      record.flags |= kRecordTruncated;
      record.value = random() % 2 == 0 ? 0 : length + 5;
    }
    if (flow->transport == Transport::tcp && length == 1 && random() % 2 == 0) record.flags |= kRecordUrgent;
    return writer.append(record, flow, asBytes(bytesOf(length, static_cast<unsigned>(random()))));
  }
  record.value = random() % 3 == 0 ? random() : 0;
  EventDetail detail{
      .text = hostileText(random), .error = {}, .offender = random() % 4 == 0 ? "10.9.8.7" : ""};
  if (random() % 2 == 0) detail.error = someError(random);
  writer.appendEvent(record, flow, detail);
}

}  // namespace

class TestCaptureReadOwn : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void aConversationComesBack();
  void anyRowsComeBack_data();
  void anyRowsComeBack();
  void marksAndCommentsComeBack();
  void sessionsHaveTheirSums();
  void aFileThatWasCutGivesTheRowsBeforeTheCut();
  void twoFilesOneBehindAnotherStayApart();
  void commentsThatLieAreRefused_data();
  void commentsThatLieAreRefused();
};

void TestCaptureReadOwn::aConversationComesBack() {
  const auto log = TrafficLog::create();
  const auto writer = log->makeWriter();
  ToldSession client(*writer, 2, "127.0.0.1:50000", "127.0.0.1:80");
  client.event(RecordKind::connecting)
      .event(RecordKind::connected)
      .out("GET /")
      .in("hello")
      .in(bytesOf(200000));
  client.event(RecordKind::halfClosed, Party::peer).event(RecordKind::closed, Party::us);
  writer->publish();
  compareLogs(*log, importBytes(captured(*log)));
}

void TestCaptureReadOwn::anyRowsComeBack_data() {
  QTest::addColumn<unsigned>("seed");
  for (unsigned seed = 1; seed <= 40; ++seed) QTest::addRow("seed %u", seed) << seed;
}

void TestCaptureReadOwn::anyRowsComeBack() {
  QFETCH(unsigned, seed);
  std::mt19937 random(seed);
  const auto log = TrafficLog::create();
  const auto writer = log->makeWriter();
  const std::vector<FlowPtr> flows = allFlows();
  for (WallNanos i = 0; i < 60; ++i)
    appendSomeRow(*writer, random, flows[random() % flows.size()], 1'700'000'000'000'000'000 + i * 1001);
  writer->publish();
  for (std::uint64_t i = 0; i < log->end(); i += 7) {
    log->notes().setMarked(i, true);
    log->notes().setComment(i + 1, hostileText(random));
  }
  compareLogs(*log, importBytes(captured(*log)));
}

void TestCaptureReadOwn::marksAndCommentsComeBack() {
  const auto log = TrafficLog::create();
  const auto writer = log->makeWriter();
  ToldSession(*writer, 1, "127.0.0.1:1", "127.0.0.1:2")
      .out("a")
      .in(bytesOf(100000))
      .event(RecordKind::closed);
  writer->publish();
  log->notes().setMarked(1, true);
  log->notes().setComment(1, "two lines\nand sockbench:1");
  log->notes().setComment(2, "at the end");
  compareLogs(*log, importBytes(captured(*log)));
}

void TestCaptureReadOwn::sessionsHaveTheirSums() {
  const auto log = TrafficLog::create();
  const auto writer = log->makeWriter();
  ToldSession(*writer, 7, "127.0.0.1:1", "127.0.0.1:2").out("abc").in("de").in("f");
  writer->publish();
  const Imported got = importBytes(captured(*log));
  QCOMPARE(got.sessions.size(), 1U);
  QCOMPARE(got.sessions[0].id.value, 7U);
  QCOMPARE(got.sessions[0].bytesOut, 3U);
  QCOMPARE(got.sessions[0].bytesIn, 3U);
}

void TestCaptureReadOwn::aFileThatWasCutGivesTheRowsBeforeTheCut() {
  const auto log = TrafficLog::create();
  const auto writer = log->makeWriter();
  ToldSession(*writer, 1, "127.0.0.1:1", "127.0.0.1:2").out("first").in(bytesOf(200000)).out("last");
  writer->publish();
  const std::string whole = captured(*log);
  const Imported got = importBytes(whole.substr(0, whole.size() / 2));
  QVERIFY(got.status.error && got.status.error->isInput(InputFault::badSyntax));
  QCOMPARE(got.rows.size(), 2U);
  QCOMPARE(got.stream(RecordKind::out), "first");
  QVERIFY((got.rows[1].record.flags & kRecordTruncated) != 0);
  QVERIFY(text(bytesOf(200000))
              .startsWith(QByteArray(asChars(got.rows[1].payload.bytes).data(),
                                     qsizetype(got.rows[1].payload.bytes.size()))));
}

void TestCaptureReadOwn::twoFilesOneBehindAnotherStayApart() {
  const auto log = TrafficLog::create();
  const auto writer = log->makeWriter();
  ToldSession(*writer, 5, "127.0.0.1:1", "127.0.0.1:2").out("abc");
  writer->publish();
  const std::string file = captured(*log);
  const Imported got = importBytes(file + file);
  QCOMPARE(got.sessions.size(), 2U);
  QCOMPARE(got.rows.size(), 2U);
  QCOMPARE(got.rows[0].record.session.value, 5U);
  QVERIFY(got.rows[1].record.session.value != 5);
}

void TestCaptureReadOwn::commentsThatLieAreRefused_data() {
  QTest::addColumn<QByteArray>("comment");
  QTest::addColumn<bool>("good");
  const auto row = [](const char* name, const char* keys, bool good = false) {
    QTest::newRow(name) << QByteArray("words\nsockbench:1") + keys << good;
  };
  row("no key", "", true);
  row("a key that is not known", " future=1 k=in", true);
  row("a kind that is not known", " k=teleported");
  row("a key without a value", " k");
  row("a number that is none", " s=12x");
  row("a number that is too large", " s=4294967296");
  row("a negative value", " v=-1");
  row("flags beyond a byte", " f=256");
  row("a part beyond its parts", " part=3/2");
  row("a part of nothing", " part=0/0");
  row("a part without its parts", " part=1");
  row("an escape that is cut", " t=%4");
  row("an escape that is none", " t=%zz");
  row("an address of no form", " l=127.0.0.1");
  row("a raw address that is too short", " l=raw:02");
  row("a path that is too long", (" l=unix:" + std::string(200, 'x')).c_str());
  row("two spaces", "  k=in");
  row("another version", "0 k=in");
}

void TestCaptureReadOwn::commentsThatLieAreRefused() {
  QFETCH(QByteArray, comment);
  QTEST(parseOwnComment(comment.toStdString()).has_value(), "good");
}

QTEST_GUILESS_MAIN(TestCaptureReadOwn)
#include "tst_capture_read_own.moc"
