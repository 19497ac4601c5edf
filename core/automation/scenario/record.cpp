#include "core/automation/scenario/record.h"

#include <cerrno>
#include <utility>

#include "core/traffic/record.h"

namespace sockbench {
namespace {

using What = RecordedTalk::What;

Error said(InputFault fault, SessionId session, std::string detail) {
  return Error::fromInput(fault, "session " + std::to_string(session.value), std::nullopt, std::move(detail));
}

class TalkReader {
 public:
  explicit TalkReader(SessionId session) : session_(session) {}

  Result<void> take(std::uint64_t number, const Record& record, const FlowPtr& flow, ByteView payload) {
    if (!isKnown_ && flow) learn(*flow);
    if (flow && !flow->otherTransport.empty())
      return std::unexpected(
          said(InputFault::badTransport, session_,
               "a scenario has no word for a " + std::string(flow->otherTransport) + " socket"));
    if (flow && serverAddress(*flow) != nullptr) server_ = *serverAddress(*flow);
    switch (record.kind) {
      case RecordKind::connected:
        isClient_ = true;
        return {};
      case RecordKind::accepted:
        isClient_ = false;
        return {};
      case RecordKind::in:
      case RecordKind::out:
        return takeBytes(number, record, payload);
      case RecordKind::halfClosed:
        return add(What::halfClosed, record, {});
      case RecordKind::closed:
        return add(What::closed, record, {});
      case RecordKind::reset:
        return add(What::reset, record, {});
      default:
        return {};
    }
  }

  Result<RecordedTalk> finish() {
    if (bytes_ == 0 && talk_.items.empty())
      return std::unexpected(said(InputFault::unknownName, session_, "there is no row of this session"));
    if (messages_ == 0)
      return std::unexpected(said(InputFault::unknownName, session_, "no byte of this session was kept"));
    for (RecordedTalk::Item& item : talk_.items) item.byClient = item.byClient == isClient_;
    talk_.serverEndpoint = endpointText();
    return std::move(talk_);
  }

 private:
  void learn(const Flow& flow) {
    isKnown_ = true;
    isClient_ = flow.parent.value == 0;
    talk_.transport = flow.transport;
  }

  const SocketAddress* serverAddress(const Flow& flow) const {
    const SocketAddress& address = isClient_ ? flow.peer : flow.local;
    return address.isUnnamed() ? nullptr : &address;
  }

  std::string endpointText() const {
    if (server_.isUnix()) {
      const auto endpoint = Endpoint::fromParts(talk_.transport, pathText(), {});
      return endpoint ? endpoint->text() : "unix:/tmp/scenario";
    }
    if (!server_.isIp()) return std::string(transportName(talk_.transport)) + "://127.0.0.1:0";
    return std::string(transportName(talk_.transport)) + "://" + server_.text();
  }

  std::string pathText() const {
    std::string path = server_.unixPath();
    if (!path.empty() && path.front() == '\0') path.front() = '@';
    return path;
  }

  Result<void> takeBytes(std::uint64_t number, const Record& record, ByteView payload) {
    const bool isBeside = (record.flags & kRecordUrgent) != 0 && payload.size() <= 1;
    if (isBeside) return {};
    if ((record.flags & kRecordTruncated) != 0)
      return std::unexpected(said(InputFault::tooLarge, session_,
                                  "row " + std::to_string(number) + " does not hold all of its bytes"));
    bytes_ += payload.size();
    if (bytes_ > kMostRecordedBytes)
      return std::unexpected(
          said(InputFault::tooLarge, session_, "a scenario is made of at most 4 MiB of bytes"));
    ++messages_;
    return add(What::bytes, record, {payload.begin(), payload.end()});
  }

  // byClient holds at first whether we did it; finish() knows who we were.
  Result<void> add(What what, const Record& record, Bytes bytes) {
    const bool byUs = what == What::bytes ? record.kind == RecordKind::out : record.by == Party::us;
    if (talk_.items.size() >= kMostRecordedMessages)
      return std::unexpected(
          said(InputFault::tooLarge, session_,
               "a scenario is made of at most " + std::to_string(kMostRecordedMessages) + " messages"));
    talk_.items.push_back({what, byUs, record.time, std::move(bytes)});
    return {};
  }

  const SessionId session_;
  RecordedTalk talk_;
  SocketAddress server_;
  bool isKnown_ = false;
  bool isClient_ = true;
  std::size_t bytes_ = 0;
  std::size_t messages_ = 0;
};

}  // namespace

Result<RecordedTalk> recordTalk(const TrafficLog& log, SessionId session,
                                const std::function<bool(std::uint64_t row)>& wanted, std::stop_token stop) {
  TalkReader reader(session);
  for (std::uint64_t row = log.first();;) {
    if (stop.stop_requested())
      return std::unexpected(Error::fromErrno(Operation::read, ECANCELED, "the timeline"));
    const LogSlab slab = log.slab(row);
    if (slab.empty()) return reader.finish();
    for (std::size_t i = 0; i < slab.size(); ++i) {
      const Record& record = slab.records()[i];
      const std::uint64_t number = slab.first() + i;
      if (record.session != session || (wanted && !wanted(number))) continue;
      if (const auto taken = reader.take(number, record, slab.flow(record), slab.payload(record)); !taken)
        return std::unexpected(taken.error());
    }
    row = slab.end();
  }
}

}  // namespace sockbench
