// Filters made at random select what asking each row by itself selects.
#include <QTest>
#include <algorithm>
#include <cerrno>
#include <functional>
#include <random>

#include "core/traffic/filter/filter.h"
#include "made_log.h"

using namespace sockbench;

namespace {

using Random = std::mt19937;

struct Asked {
  const LogRow& row;
  const LogRow* before;  // nullptr: none
  const RowNotes& notes;
};

// A filter twice: as it is written, and as a question to one row.
struct Question {
  std::string text;
  std::function<bool(const Asked&)> passes;
};

template <class T>
const T& oneOf(Random& random, const std::vector<T>& all) {
  return all[random() % all.size()];
}

bool holdsBytes(const Record& record) {
  return record.kind == RecordKind::in || record.kind == RecordKind::out;
}

using Values = std::vector<std::int64_t>;

bool isV4(const SocketAddress& address) {
  return address.family() == AF_INET;
}

std::int64_t v4(const SocketAddress& address) {
  std::int64_t value = 0;
  for (const std::byte byte : address.ipBytes()) value = value << 8 | std::to_integer<int>(byte);
  return value;
}

struct NumberField {
  std::string name;
  std::function<Values(const Asked&)> values;
  std::vector<std::int64_t> pool;
  std::function<std::string(std::int64_t)> written = [](std::int64_t v) { return std::to_string(v); };
  bool ordered = true;
};

const std::vector<NumberField>& numberFields() {
  const auto kindName = [](std::int64_t v) {
    return std::string(recordKindName(static_cast<RecordKind>(v)));
  };
  const auto nanos = [](std::int64_t v) { return std::to_string(v) + "ns"; };
  static const std::vector<NumberField> all{
      {"session", [](const Asked& a) { return Values{a.row.record.session.value}; }, {1, 2, 3, 4, 9}},
      {"server",
       [](const Asked& a) {
         Values values{a.row.record.session.value};
         if (a.row.flow && a.row.flow->parent) values.push_back(a.row.flow->parent.value);
         return values;
       },
       {1, 2, 3, 4, 9}},
      {"len",
       [](const Asked& a) { return holdsBytes(a.row.record) ? Values{a.row.record.length} : Values{}; },
       {0, 1, 5, 20, 60}},
      {"no",
       [](const Asked& a) { return Values{static_cast<std::int64_t>(a.row.number) + 1}; },
       {0, 1, 500, 1500, 9999}},
      {"delta",
       [](const Asked& a) { return a.before ? Values{a.row.record.time - a.before->record.time} : Values{}; },
       {-5, 0, 3, 10, 100},
       nanos},
      {"port",
       [](const Asked& a) {
         Values values;
         for (const SocketAddress* end : {&a.row.flow->local, &a.row.flow->peer})
           if (end->isIp()) values.push_back(end->port());
         return values;
       },
       {80, 1000, 1001, 1003, 65535}},
      {"kind",
       [](const Asked& a) { return Values{static_cast<std::int64_t>(a.row.record.kind)}; },
       {8, 9, 13, 14},
       kindName,
       false},
      {"dir",
       [](const Asked& a) { return Values{static_cast<std::int64_t>(a.row.record.direction)}; },
       {0, 1, 2},
       [](std::int64_t v) { return std::string(directionName(static_cast<Direction>(v))); },
       false},
      {"errno",
       [](const Asked& a) {
         if (holdsBytes(a.row.record)) return Values{};
         const EventDetail detail = decodeEventDetail(a.row.payload.bytes);
         return detail.error ? Values{detail.error->code} : Values{};
       },
       {ECONNREFUSED, ETIMEDOUT, EPERM},
       [](std::int64_t v) { return errnoSymbol(static_cast<int>(v)); },
       false},
  };
  return all;
}

bool compares(std::string_view op, std::int64_t a, std::int64_t b) {
  return op == "==" ? a == b : op == "<" ? a < b : op == "<=" ? a <= b : op == ">" ? a > b : a >= b;
}

Question numberQuestion(Random& random) {
  const NumberField& field = oneOf(random, numberFields());
  const std::vector<std::string> ops =
      field.ordered ? std::vector<std::string>{"==", "!=", "<", "<=", ">", ">=", "in", ""}
                    : std::vector<std::string>{"==", "!=", "in", ""};
  const std::string op = oneOf(random, ops);
  const std::int64_t a = oneOf(random, field.pool);
  const std::int64_t b = oneOf(random, field.pool);
  if (op.empty()) return {field.name, [&field](const Asked& asked) { return !field.values(asked).empty(); }};
  if (op == "in") {
    const bool isRange = field.ordered && a <= b;
    const std::string set = field.written(a) + (isRange ? ".." : ", ") + field.written(b);
    return {field.name + " in {" + set + "}", [=, &field](const Asked& asked) {
              return std::ranges::any_of(field.values(asked), [&](std::int64_t v) {
                return isRange ? a <= v && v <= b : v == a || v == b;
              });
            }};
  }
  return {field.name + " " + op + " " + field.written(a), [=, &field](const Asked& asked) {
            const Values values = field.values(asked);
            if (op == "!=") return !values.empty() && std::ranges::count(values, a) == 0;
            return std::ranges::any_of(values, [&](std::int64_t v) { return compares(op, v, a); });
          }};
}

Question addressQuestion(Random& random) {
  const auto bits = static_cast<int>(random() % 33);
  const auto address = SocketAddress::fromIpv4(0x0A000000 + random() % 4, 0);
  const std::int64_t shift = 32 - bits;
  return {"peer == " + address.ip() + "/" + std::to_string(bits), [=](const Asked& asked) {
            const SocketAddress& peer = asked.row.flow->peer;
            return isV4(peer) && v4(peer) >> shift == v4(address) >> shift;
          }};
}

std::string letters(Random& random, std::size_t most) {
  std::string text;
  for (std::size_t n = 1 + random() % most; n > 0; --n) text += "abAB"[random() % 4];
  return text;
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = c == 'A' ? 'a' : c == 'B' ? 'b' : c;
  return out;
}

Question bytesQuestion(Random& random) {
  const std::string word = letters(random, 3);
  const std::string quoted = filterQuoted(word);
  const auto data = [](const Asked& a) { return asChars(a.row.payload.bytes); };
  switch (random() % 5) {
    case 0:
      return {"data contains " + quoted,
              [=](const Asked& a) { return holdsBytes(a.row.record) && data(a).contains(word); }};
    case 1:
      return {"data matches \"^" + word + "\"",
              [=](const Asked& a) { return holdsBytes(a.row.record) && data(a).starts_with(word); }};
    case 2: {
      const std::size_t from = random() % 5;
      const std::string slice = "[" + std::to_string(from) + ":" + std::to_string(word.size()) + "]";
      return {"data" + slice + " < " + quoted, [=](const Asked& a) {
                return holdsBytes(a.row.record) && data(a).size() >= from + word.size() &&
                       data(a).substr(from, word.size()) < word;
              }};
    }
    case 3:
      return {"data[-" + std::to_string(word.size()) + ":] != " + quoted, [=](const Asked& a) {
                return holdsBytes(a.row.record) && data(a).size() >= word.size() && !data(a).ends_with(word);
              }};
    default:
      return {"text contains " + quoted, [=](const Asked& a) {
                if (holdsBytes(a.row.record)) return lower(data(a)).contains(lower(word));
                return lower(decodeEventDetail(a.row.payload.bytes).text).contains(lower(word));
              }};
  }
}

Question question(Random& random, int depth) {
  const auto choice = random() % (depth > 0 ? 10 : 5);
  if (choice == 0) return addressQuestion(random);
  if (choice == 1) return bytesQuestion(random);
  if (choice == 2) return {"marked", [](const Asked& a) { return a.notes.isMarked(a.row.number); }};
  if (choice < 5) return numberQuestion(random);
  const Question a = question(random, depth - 1);
  if (choice < 7) return {"not (" + a.text + ")", [=](const Asked& asked) { return !a.passes(asked); }};
  const Question b = question(random, depth - 1);
  if (choice == 7)
    return {"(" + a.text + ") and (" + b.text + ")",
            [=](const Asked& q) { return a.passes(q) && b.passes(q); }};
  const Question c = question(random, depth - 1);
  return {"(" + a.text + " or " + b.text + " || " + c.text + ")",
          [=](const Asked& q) { return a.passes(q) || b.passes(q) || c.passes(q); }};
}

FlowPtr randomFlow(Random& random, std::uint32_t session) {
  auto flow = std::make_shared<Flow>();
  flow->session = SessionId{session};
  if (random() % 2 == 0) flow->parent = SessionId{1 + static_cast<std::uint32_t>(random() % 4)};
  const auto port = static_cast<std::uint16_t>(1000 + random() % 4);
  if (random() % 4 != 0)
    flow->peer = SocketAddress::fromIpv4(0x0A000000 + random() % 4, port);
  else
    flow->peer = SocketAddress::fromUnixPath("/tmp/x").value();
  if (random() % 2 == 0) flow->local = SocketAddress::fromIpv4(0x7F000001, 80);
  return flow;
}

EventDetail randomDetail(Random& random) {
  EventDetail detail;
  detail.text = letters(random, 10);
  const int code = oneOf(random, std::vector<int>{0, ECONNREFUSED, ETIMEDOUT});
  // Its own words have none of the letters that are looked for.
  if (code != 0) detail = {"", Error::fromErrno(Operation::none, code)};
  return detail;
}

std::shared_ptr<TrafficLog> randomLog(Random& random, std::size_t rows) {
  const auto log = TrafficLog::create({.chunkRecords = 512});
  const auto writer = log->makeWriter();
  std::vector<FlowPtr> flows;
  for (std::uint32_t session = 1; session <= 12; ++session)
    flows.push_back(randomFlow(random, session % 6 + 1));
  WallNanos time = 1'000'000'000;
  for (std::size_t i = 0; i < rows; ++i) {
    const FlowPtr& flow = oneOf(random, flows);
    Record record;
    record.session = flow->session;
    record.time = time += static_cast<WallNanos>(random() % 13) - 2;
    record.kind = oneOf(random, std::vector{RecordKind::in, RecordKind::out, RecordKind::error});
    if (record.kind == RecordKind::error) {
      writer->appendEvent(record, flow, randomDetail(random));
    } else {
      record.direction = record.kind == RecordKind::in ? Direction::in : Direction::out;
      const std::string payload = random() % 8 == 0 ? "" : letters(random, 30);
      writer->append(record, flow, asBytes(payload));
    }
    if (random() % 20 == 0) log->notes().setMarked(i, true);
  }
  writer->publish();
  return log;
}

std::vector<std::uint64_t> askedRows(const TrafficLog& log, const Question& question) {
  std::vector<LogRow> rows;
  log.read(0, log.end(), rows);
  std::vector<std::uint64_t> passed;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (question.passes({rows[i], i > 0 ? &rows[i - 1] : nullptr, log.notes()}))
      passed.push_back(rows[i].number);
  }
  return passed;
}

}  // namespace

class TstFilterRandom : public QObject {
  Q_OBJECT
 private slots:
  void selectsWhatAskingSelects();
};

void TstFilterRandom::selectsWhatAskingSelects() {
  Random random(20261121);
  const auto log = randomLog(random, 3000);
  for (int i = 0; i < 400; ++i) {
    const Question asked = question(random, 3);
    const auto filter = Filter::parse(asked.text);
    QVERIFY2(filter.has_value(), (filter ? asked.text : filter.error().line()).c_str());
    const auto expected = askedRows(*log, asked);
    const std::size_t most = 1 + random() % 5000;
    const bool same = selectedRows(*log, **filter, most) == expected;
    QVERIFY2(same, asked.text.c_str());
  }
}

QTEST_GUILESS_MAIN(TstFilterRandom)
#include "tst_filter_random.moc"
