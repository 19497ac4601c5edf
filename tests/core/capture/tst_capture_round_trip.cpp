// What is written and read again is what was there: every field of every record, its flow and its notes.
#include <QTemporaryDir>
#include <QTest>
#include <random>

#include "core/capture/capture_file.h"
#include "core/capture/export.h"
#include "tests/core/capture/written_rows.h"

using namespace sockbench;
using namespace sockbench::test;

namespace {

SocketAddress anyAddress(std::mt19937& random, Transport transport) {
  const auto pick = [&](std::initializer_list<const char*> texts) {
    return SocketAddress::fromText(texts.begin()[random() % texts.size()]).value_or(SocketAddress());
  };
  if (isUnixTransport(transport)) return pick({"unix:", "unix:/tmp/a b%", "unix:@abstract", ""});
  if (random() % 8 == 0) return {};
  if (random() % 3 == 0) return pick({"[::1]:7000", "[2001:db8::9]:40080", "[fe80::1%lo]:9", "[::]:0"});
  if (random() % 3 == 0) return pick({"[::ffff:10.0.0.1]:7000", "[::ffff:10.0.0.2]:40080"});
  return pick({"127.0.0.1:7000", "10.0.0.9:40080", "0.0.0.0:0", "255.255.255.255:65535"});
}

FlowPtr anyFlow(std::mt19937& random) {
  auto flow = std::make_shared<Flow>();
  flow->session = SessionId{1 + static_cast<std::uint32_t>(random() % 20)};
  if (random() % 2 == 0) flow->parent = SessionId{static_cast<std::uint32_t>(100 + random() % 3)};
  flow->transport = static_cast<Transport>(random() % 5);
  flow->local = anyAddress(random, flow->transport);
  flow->peer = anyAddress(random, flow->transport);
  if (random() % 4 == 0) flow->interface = 1 + static_cast<std::uint32_t>(random() % 3);
  return flow;
}

EventDetail anyDetail(std::mt19937& random) {
  EventDetail detail;
  if (random() % 2 == 0) detail.text = bytesOf(random() % 60, static_cast<unsigned>(random()));
  if (random() % 3 == 0) {
    detail.error = Error::fromErrno(Operation::recv, static_cast<int>(random() % 120), "tcp://[::1]:9 %=\n");
    detail.error->bytesDone = random() % 3;
    if (random() % 2 == 0) detail.error->where = TextSpan{random() % 5, random() % 5};
    if (random() % 2 == 0) detail.error->detail = "a sentence, \"quoted\"";
  }
  if (random() % 5 == 0) detail.offender = "192.0.2.1";
  return detail;
}

void appendAny(TrafficWriter& writer, std::mt19937& random, WallNanos time) {
  const FlowPtr flow = anyFlow(random);
  Record record;
  record.time = time;
  record.session = flow->session;
  record.kind = static_cast<RecordKind>(random() % 16);
  record.by = static_cast<Party>(random() % 3);
  if (record.kind != RecordKind::in && record.kind != RecordKind::out) {
    record.value = random() % 4 == 0 ? random() : 0;
    return writer.appendEvent(record, flow, anyDetail(random));
  }
  record.direction = record.kind == RecordKind::in ? Direction::in : Direction::out;
  record.flags = random() % 3 == 0 ? kRecordKernelTime : 0;
  if (random() % 10 == 0) {
    record.flags |= kRecordTruncated;
    record.value = random() % 70'000;
  }
  const std::size_t length = random() % 20 == 0 ? random() % 200'000 : random() % 300;
  writer.append(record, flow, asBytes(bytesOf(length, static_cast<unsigned>(random()))));
}

QString described(const LogRow& row, const RowNotes::Note& note) {
  const Record& r = row.record;
  std::string text = std::to_string(r.time) + ' ' + std::string(recordKindName(r.kind)) + " s" +
                     std::to_string(r.session.value) + " v" + std::to_string(r.value) + " d" +
                     std::string(directionName(r.direction)) + " by" + std::string(partyName(r.by)) + " f" +
                     std::to_string(r.flags);
  if (row.flow)
    text += " p" + std::to_string(row.flow->parent.value) + ' ' + std::string(transportName(*row.flow)) +
            " l" + row.flow->local.text() + " r" + row.flow->peer.text() + " i" +
            std::to_string(row.flow->interface);
  text += std::string(" ") + (note.marked ? "marked" : "") + note.comment + " bytes" +
          std::to_string(row.payload.bytes.size());
  return QString::fromStdString(text);
}

}  // namespace

class TestCaptureRoundTrip : public QObject {
  Q_OBJECT

 private slots:
  void recordsComeBack_data();
  void recordsComeBack();
};

void TestCaptureRoundTrip::recordsComeBack_data() {
  QTest::addColumn<unsigned>("seed");
  for (unsigned seed = 1; seed <= 12; ++seed) QTest::addRow("rows of seed %u", seed) << seed;
}

void TestCaptureRoundTrip::recordsComeBack() {
  QFETCH(unsigned, seed);
  std::mt19937 random(seed);
  const auto log = TrafficLog::create();
  const auto writer = log->makeWriter();
  for (int i = 0; i < 500; ++i) appendAny(*writer, random, 1'700'000'000'000'000'000 + i);
  writer->publish();
  for (std::uint64_t row = 0; row < log->end(); row += 1 + random() % 40) {
    log->notes().setMarked(row, random() % 2 == 0);
    log->notes().setComment(row, random() % 2 == 0 ? "said: 100 % = \"all\"\nof it" : "");
  }
  const QTemporaryDir folder;
  const std::string path = folder.filePath(QStringLiteral("f.pcapng")).toStdString();
  QVERIFY(exportRows(*log, {.path = path}));

  const auto file = CaptureFile::open({.path = path});
  QVERIFY(file);
  (*file)->waitUntilRead();
  QVERIFY(!(*file)->status().error);
  QVERIFY((*file)->status().ours);
  TrafficLog& again = (*file)->log();
  for (std::uint64_t row = 0; row < log->end(); ++row) {
    const auto was = log->read(row);
    const auto is = again.read(row);
    QVERIFY(was && is);
    QCOMPARE(described(*is, again.notes().note(row)), described(*was, log->notes().note(row)));
    QVERIFY(is->flow->local == was->flow->local && is->flow->peer == was->flow->peer);
    if (was->record.kind == RecordKind::in || was->record.kind == RecordKind::out) {
      QVERIFY(std::ranges::equal(is->payload.bytes, was->payload.bytes));
    } else {
      QVERIFY(decodeEventDetail(is->payload.bytes) == decodeEventDetail(was->payload.bytes));
    }
  }
  QCOMPARE(again.end(), log->end());
}

QTEST_GUILESS_MAIN(TestCaptureRoundTrip)
#include "tst_capture_round_trip.moc"
