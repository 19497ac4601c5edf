#include "core/traffic/filter/filter_evaluators.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/traffic/event_detail.h"
#include "core/traffic/filter/error_symbols.h"

namespace sockbench {
namespace {

using Number = std::optional<std::int64_t>;

bool holdsBytes(const Record& record) {
  return record.kind == RecordKind::in || record.kind == RecordKind::out;
}

EventDetail detailOf(const FilterRow& row) {
  return decodeEventDetail(row.run.slab().payload(row.record()));
}

Number onlyIf(bool there, std::int64_t value = 1) {
  return there ? Number(value) : std::nullopt;
}

Number kindOf(const FilterRow& row) {
  return static_cast<std::int64_t>(row.record().kind);
}
Number directionOf(const FilterRow& row) {
  return static_cast<std::int64_t>(row.record().direction);
}
// Counted as the words of the table are: without Party::none.
Number partyOf(const FilterRow& row) {
  const Party by = row.record().by;
  return onlyIf(by != Party::none, static_cast<std::int64_t>(by) - 1);
}
Number sessionOf(const FilterRow& row) {
  const std::uint32_t id = row.record().session.value;
  return onlyIf(id != 0, id);
}
Number shownNumberOf(const FilterRow& row) {
  return static_cast<std::int64_t>(row.run.number(row.place) + 1);
}
Number lengthOf(const FilterRow& row) {
  return onlyIf(holdsBytes(row.record()), row.record().length);
}
Number droppedOf(const FilterRow& row) {
  return onlyIf(row.record().kind == RecordKind::dropped, static_cast<std::int64_t>(row.record().value));
}
Number timeOf(const FilterRow& row) {
  return row.record().time;
}
Number timeOfDayOf(const FilterRow& row) {
  return row.run.timeOfDay(row.record().time);
}
Number deltaOf(const FilterRow& row) {
  const WallNanos before = row.run.previousTime(row.place);
  return onlyIf(before != 0, row.record().time - before);
}
Number errorOf(const FilterRow& row) {
  if (holdsBytes(row.record()) || row.record().length == 0) return std::nullopt;
  const EventDetail detail = detailOf(row);
  return detail.error ? Number(errorNumber(detail.error->domain, detail.error->code)) : std::nullopt;
}
Number truncatedOf(const FilterRow& row) {
  return onlyIf((row.record().flags & kRecordTruncated) != 0);
}
Number urgentOf(const FilterRow& row) {
  return onlyIf((row.record().flags & kRecordUrgent) != 0);
}
Number markOf(const FilterRow& row) {
  const RowNotes::Note* note = row.run.note(row.place);
  return onlyIf(note != nullptr && note->marked);
}

template <Number (*read)(const FilterRow&), FilterCost price>
class NumberTest : public FilterPredicate {
 public:
  explicit NumberTest(NumberCondition condition) : condition_(std::move(condition)) {}
  FilterCost cost() const override { return price; }
  bool usesNotes() const override { return price == FilterCost::notes; }
  std::size_t narrow(FilterRun& run, std::span<std::uint32_t> places) const override {
    if (condition_.within.size() != 1) {
      return keepThose(places, [&](std::uint32_t place) {
        const Number value = read({run, place});
        return value && holds(condition_, *value);
      });
    }
    const NumberRange range = condition_.within.front();
    const bool inside = !condition_.outside;
    return keepThose(places, [&](std::uint32_t place) {
      const Number value = read({run, place});
      return value && range.has(*value) == inside;
    });
  }

 private:
  NumberCondition condition_;
};

template <Number (*read)(const FilterRow&), FilterCost price = FilterCost::record>
FilterPredicatePtr numberTest(NumberCondition condition) {
  return std::make_shared<const NumberTest<read, price>>(std::move(condition));
}

class FlowTest : public FilterPredicate {
 public:
  explicit FlowTest(FlowQuestion question) : question_(std::move(question)) {}
  FilterCost cost() const override { return FilterCost::flow; }
  bool usesNotes() const override { return false; }
  std::size_t narrow(FilterRun& run, std::span<std::uint32_t> places) const override {
    using Verdict = FilterRun::Verdict;
    std::vector<Verdict>& verdicts = run.verdicts(this);
    return keepThose(places, [&](std::uint32_t place) {
      const Record& record = run.record(place);
      if (record.flow == LogSlab::kNoFlow) return question_(nullptr, record.session);
      Verdict& verdict = verdicts[record.flow];
      if (verdict == Verdict::open) {
        const Flow* flow = run.slab().flow(record).get();
        verdict = question_(flow, record.session) ? Verdict::passes : Verdict::fails;
      }
      return verdict == Verdict::passes;
    });
  }

 private:
  FlowQuestion question_;
};

using Numbers = std::vector<std::int64_t>;

void addPort(const SocketAddress& address, Numbers& values) {
  if (address.isIp()) values.push_back(address.port());
}
void peerPort(const Flow* flow, SessionId, Numbers& values) {
  if (flow != nullptr) addPort(flow->peer, values);
}
void localPort(const Flow* flow, SessionId, Numbers& values) {
  if (flow != nullptr) addPort(flow->local, values);
}
void anyPort(const Flow* flow, SessionId session, Numbers& values) {
  localPort(flow, session, values);
  peerPort(flow, session, values);
}
void serverOf(const Flow* flow, SessionId session, Numbers& values) {
  if (session) values.push_back(session.value);
  if (flow != nullptr && flow->parent) values.push_back(flow->parent.value);
}
void interfaceOf(const Flow* flow, SessionId, Numbers& values) {
  if (flow != nullptr && flow->interface != 0) values.push_back(flow->interface);
}

using Addresses = std::vector<const SocketAddress*>;

void addNamed(const SocketAddress& address, Addresses& values) {
  if (!address.isUnnamed()) values.push_back(&address);
}
void peerOf(const Flow& flow, Addresses& values) {
  addNamed(flow.peer, values);
}
void localOf(const Flow& flow, Addresses& values) {
  addNamed(flow.local, values);
}
void eitherOf(const Flow& flow, Addresses& values) {
  addNamed(flow.local, values);
  addNamed(flow.peer, values);
}

std::optional<ByteView> dataOf(const FilterRow& row, std::string&) {
  if (!holdsBytes(row.record())) return std::nullopt;
  return row.run.slab().payload(row.record());
}

// Each part of an event in a line of its own.
std::optional<ByteView> textOf(const FilterRow& row, std::string& room) {
  if (holdsBytes(row.record())) return row.run.slab().payload(row.record());
  if (row.record().length == 0) return std::nullopt;
  const EventDetail detail = detailOf(row);
  room = detail.text;
  if (detail.error) room += '\n' + detail.error->line();
  if (!detail.offender.empty()) room += '\n' + detail.offender;
  return asBytes(room);
}

std::optional<ByteView> commentOf(const FilterRow& row, std::string& room) {
  const RowNotes::Note* note = row.run.note(row.place);
  if (note == nullptr || note->comment.empty()) return std::nullopt;
  room = note->comment;
  return asBytes(room);
}

const std::pair<std::string_view, FilterEvaluator> kEvaluators[] = {
    {"kind", &numberTest<kindOf>},
    {"dir", &numberTest<directionOf>},
    {"by", &numberTest<partyOf>},
    {"session", &numberTest<sessionOf>},
    {"no", &numberTest<shownNumberOf>},
    {"len", &numberTest<lengthOf>},
    {"count", &numberTest<droppedOf>},
    {"time", &numberTest<timeOf>},
    {"delta", &numberTest<deltaOf>},
    {"errno", &numberTest<errorOf, FilterCost::event>},
    {"truncated", &numberTest<truncatedOf>},
    {"urgent", &numberTest<urgentOf>},
    {"marked", &numberTest<markOf, FilterCost::notes>},
    {"server", FlowNumbers{serverOf}},
    {"port", FlowNumbers{anyPort}},
    {"peer.port", FlowNumbers{peerPort}},
    {"local.port", FlowNumbers{localPort}},
    {"interface", FlowNumbers{interfaceOf}},
    {"peer", FlowAddresses{peerOf}},
    {"local", FlowAddresses{localOf}},
    {"addr", FlowAddresses{eitherOf}},
    {"transport", FlowWord{[](const Flow& flow) { return transportName(flow); }}},
    {"data", RowBytes{dataOf, FilterCost::bytes}},
    {"text", RowBytes{textOf, FilterCost::event}},
    {"comment", RowBytes{commentOf, FilterCost::notes}},
};

}  // namespace

const FilterEvaluator& filterEvaluator(std::string_view field) {
  const auto found =
      std::ranges::find(kEvaluators, field, &std::pair<std::string_view, FilterEvaluator>::first);
  return found->second;
}

FilterPredicatePtr timeOfDayTest(NumberCondition condition) {
  return numberTest<timeOfDayOf>(std::move(condition));
}

FilterPredicatePtr flowTest(FlowQuestion question) {
  return std::make_shared<const FlowTest>(std::move(question));
}

bool holds(const NumberCondition& condition, std::int64_t value) {
  const bool within =
      std::ranges::any_of(condition.within, [&](const NumberRange& r) { return r.has(value); });
  return within != condition.outside;
}

}  // namespace sockbench
