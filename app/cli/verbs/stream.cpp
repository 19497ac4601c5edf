#include <algorithm>
#include <limits>
#include <memory>
#include <string>
#include <vector>

#include "app/cli/capture_options.h"
#include "app/cli/capture_walk.h"
#include "app/cli/command_line.h"
#include "app/cli/json_output.h"
#include "app/cli/json_string.h"
#include "app/cli/verbs/verbs.h"
#include "core/payload/framing/framing.h"
#include "core/payload/hex.h"
#include "core/payload/visible_text.h"

namespace sockbench::cli {
namespace {

constexpr std::size_t kPreviewCharacters = 100;
constexpr std::size_t kPreviewBytes = 32;
constexpr std::size_t kWriteBytes = std::size_t{256} << 10;
constexpr std::uint64_t kMostKept = Framer::kMostFrame;  // of one frame

struct StreamOptions {
  std::string path;
  std::string session;
  std::string direction = "both";
  std::string framing;
  std::string payload;
};

struct StreamPlan {
  SessionId session;
  Direction direction = Direction::none;  // none: both
  std::optional<FramingSpec> framing;
  std::optional<PayloadForm> payload;
};

// What the rows of the session become.
class StreamView {
 public:
  virtual ~StreamView() = default;
  // Appends to `out` what the row adds.
  virtual void add(std::string& out, const LogRow& row) = 0;
  virtual void finish(std::string& out) = 0;
};

// The bytes of one direction, as they are. Urgent bytes are beside the stream.
class RawBytes : public StreamView {
 public:
  void add(std::string& out, const LogRow& row) override {
    if ((row.record.flags & kRecordUrgent) == 0) out += asChars(row.payload.bytes);
  }
  void finish(std::string&) override {}
};

class Rows : public StreamView {
 public:
  explicit Rows(std::unique_ptr<RecordFormat> format) : format_(std::move(format)) {}
  void add(std::string& out, const LogRow& row) override { format_->append(out, row); }
  void finish(std::string&) override {}

 private:
  std::unique_ptr<RecordFormat> format_;
};

// One direction, cut into messages: a line each.
class FrameLines {
 public:
  FrameLines(const FramingSpec& spec, Direction direction, PayloadForm payload, bool json)
      : spec_(spec), direction_(direction), payload_(payload), json_(json), framer_(makeFramer(spec)) {}

  void add(std::string& out, const LogRow& row) {
    piece_ = row.payload.bytes;
    time_ = row.record.time;
    framer_->push(piece_, time_, frames_);
    print(out);
    keepOpen();
  }
  void finish(std::string& out) {
    framer_->finish(frames_);
    print(out);
  }

 private:
  void print(std::string& out) {
    for (const Frame& frame : frames_) json_ ? printJson(out, frame) : printText(out, frame);
    frames_.clear();
  }

  // The bytes from `from` on, as far as they are there.
  Bytes bytesAt(std::uint64_t from, std::uint64_t length) const {
    Bytes bytes;
    const auto take = [&](ByteView view, std::uint64_t viewAt) {
      const std::uint64_t at = from + bytes.size();
      if (at < viewAt || at - viewAt >= view.size()) return;
      const ByteView rest = view.subspan(static_cast<std::size_t>(at - viewAt));
      const auto count = std::min<std::uint64_t>(rest.size(), length - bytes.size());
      bytes.insert(bytes.end(), rest.begin(), rest.begin() + static_cast<std::ptrdiff_t>(count));
    };
    take(kept_, keptAt_);
    take(piece_, pieceAt_);
    return bytes;
  }

  // Of an open frame its beginning is kept: a body of HTTP may be of any length.
  void keepOpen() {
    const std::uint64_t end = pieceAt_ + piece_.size();
    if (payload_ != PayloadForm::none) {
      const std::uint64_t from = end - framer_->open().length;
      const std::uint64_t gone = std::min<std::uint64_t>(from - keptAt_, kept_.size());
      kept_.erase(kept_.begin(), kept_.begin() + static_cast<std::ptrdiff_t>(gone));
      keptAt_ = from;
      const Bytes more = bytesAt(from + kept_.size(), kMostKept - kept_.size());
      kept_.insert(kept_.end(), more.begin(), more.end());
    }
    pieceAt_ = end;
    piece_ = {};
  }

  struct Content {
    Bytes bytes;
    bool isCut = false;
  };

  // What is between the frame's marks, decoded where it was encoded.
  Content content(const Frame& frame) const {
    if (payload_ == PayloadForm::none) return {};
    Content content{.bytes = bytesAt(frame.bodyOffset, frame.bodyLength)};
    content.isCut = content.bytes.size() < frame.bodyLength;
    if (Result<Bytes> decoded = frameContent(spec_, content.bytes)) content.bytes = std::move(*decoded);
    return content;
  }

  // {"time" (of the piece that completed it),"direction","frame" (counted from
  // 1),"offset","length","complete", "fault" (null: good)} and, unless payload is none, "hex" or
  // "text": the content, without length and delimiter, and "cut" (true: it is longer than what is kept of a
  // frame, and this is its beginning).
  void printJson(std::string& out, const Frame& frame) {
    const Content body = content(frame);
    Json line{{"time", toRfc3339(time_)}, {"direction", directionName(direction_)},
              {"frame", ++count_},        {"offset", frame.offset},
              {"length", frame.length},   {"complete", frame.complete}};
    line["fault"] = frame.fault.empty() ? Json() : Json(frame.fault);
    if (payload_ == PayloadForm::hex) line["hex"] = toHex(body.bytes);
    if (payload_ == PayloadForm::text) line["text"] = jsonText(asChars(body.bytes));
    if (payload_ != PayloadForm::none) line["cut"] = body.isCut;
    out += jsonLine(line) + '\n';
  }

  void printText(std::string& out, const Frame& frame) {
    const Content body = content(frame);
    out += direction_ == Direction::in ? "\u2190 " : "\u2192 ";
    out += "frame " + std::to_string(++count_) + " at " + std::to_string(frame.offset) + "  " +
           std::to_string(frame.length) + " B";
    if (payload_ == PayloadForm::hex) out += "  " + toHexSpaced(body.bytes, kPreviewBytes);
    if (payload_ == PayloadForm::text) out += "  " + previewText(body.bytes, kPreviewCharacters);
    if (body.isCut) out += "  (content beyond 64 MiB cut)";
    if (!frame.complete) out += "  (not complete)";
    if (!frame.fault.empty()) out += "  (" + std::string(frame.fault) + ')';
    out += '\n';
  }

  FramingSpec spec_;
  Direction direction_;
  PayloadForm payload_;
  bool json_;
  std::unique_ptr<Framer> framer_;
  std::vector<Frame> frames_;
  ByteView piece_;             // the one that is being looked at
  std::uint64_t pieceAt_ = 0;  // in the stream
  Bytes kept_;                 // of the open frame, in front of the piece
  std::uint64_t keptAt_ = 0;
  std::uint64_t count_ = 0;
  WallNanos time_ = 0;
};

class Frames : public StreamView {
 public:
  Frames(const FramingSpec& spec, PayloadForm payload, bool json)
      : in_(spec, Direction::in, payload, json), out_(spec, Direction::out, payload, json) {}
  void add(std::string& out, const LogRow& row) override {
    if ((row.record.flags & kRecordUrgent) != 0) return;
    (row.record.direction == Direction::in ? in_ : out_).add(out, row);
  }
  void finish(std::string& out) override {
    in_.finish(out);
    out_.finish(out);
  }

 private:
  FrameLines in_;
  FrameLines out_;
};

std::unique_ptr<StreamView> makeView(const StreamPlan& plan, bool json) {
  const PayloadForm payload = plan.payload.value_or(json ? PayloadForm::hex : PayloadForm::text);
  if (plan.framing) return std::make_unique<Frames>(*plan.framing, payload, json);
  if (plan.direction != Direction::none && !json && !plan.payload) return std::make_unique<RawBytes>();
  return std::make_unique<Rows>(makeRecordFormat(json, plan.payload));
}

// False: nobody reads any more, or a signal has come.
bool print(Context& context, CaptureWalk& walk, StreamView& view, const StreamPlan& plan,
           const LogSlab& slab) {
  std::string text;
  std::uint64_t number = slab.first();
  for (const Record& record : slab.records()) {
    const std::uint64_t row = number++;
    const bool carriesBytes = record.kind == RecordKind::in || record.kind == RecordKind::out;
    const bool isWanted = plan.direction == Direction::none || plan.direction == record.direction;
    if (!carriesBytes || !isWanted || record.session != plan.session) continue;
    view.add(text, {row, record, slab.flow(record), slab.pinned(record)});
    if (text.size() < kWriteBytes) continue;
    if (!walk.write(context, text)) return false;
    text.clear();
  }
  return walk.write(context, text);
}

// Whether the session is there at all, and what of it is missing.
int judge(Context& context, CaptureFile& file, const StreamPlan& plan, int status) {
  const std::vector<CapturedSession> sessions = file.sessions();
  const auto found = std::ranges::find(sessions, plan.session, &CapturedSession::id);
  if (found == sessions.end()) {
    const std::string words = sessions.empty() ? "there is none"
                                               : "they are " + std::to_string(sessions.front().id.value) +
                                                     " to " + std::to_string(sessions.back().id.value);
    return context.fail(Error::fromInput(InputFault::unknownName, std::to_string(plan.session.value),
                                         std::nullopt, "the file has no session of this number; " + words));
  }
  if (found->missing > 0)
    Output(STDERR_FILENO)
        .write("sockbench-cli: " + std::to_string(found->missing) +
               " bytes of the session's streams are not in the capture\n");
  return status;
}

int runStream(Context& context, const StreamOptions& given, const CLI::App& verb) {
  StreamPlan plan;
  OptionReader reader(verb);
  reader.takeNumber(plan.session.value, "SESSION", given.session, 1,
                    std::numeric_limits<std::uint32_t>::max());
  if (reader.isWanted("--framing"))
    reader.take(plan.framing, "--framing", FramingSpec::parse(given.framing),
                "write it as line, length:2 or delimiter:0d0a");
  takePayload(reader, plan.payload, given.payload);
  if (!reader.isGood()) return kWrongUsage;
  if (given.direction == "in") plan.direction = Direction::in;
  if (given.direction == "out") plan.direction = Direction::out;
  const auto walk = CaptureWalk::open(given.path);
  if (!walk) return context.fail(walk.error());
  const std::unique_ptr<StreamView> view = makeView(plan, context.json);
  const CaptureWalk::End end = (*walk)->walk(
      [&](const LogSlab& slab, WallNanos) { return print(context, **walk, *view, plan, slab); });
  std::string rest;
  view->finish(rest);
  (*walk)->write(context, rest);
  const int status = (*walk)->finish(context, end);
  return end == CaptureWalk::End::stopped || status != kDone ? status
                                                             : judge(context, (*walk)->file(), plan, status);
}

}  // namespace

void addStreamVerb(CLI::App& app, Context& context) {
  const auto given = std::make_shared<StreamOptions>();
  const auto self = std::make_shared<CLI::App*>(nullptr);
  CLI::App* verb =
      addVerb(app, context, "stream",
              "Print what a session of a capture file carried: both sides in turn, or the bytes of one "
              "direction as they are",
              [&context, given, self] { return runStream(context, *given, **self); });
  *self = verb;
  addArgument(*verb, "FILE", given->path, kCaptureFileHelp)->required();
  addArgument(*verb, "SESSION", given->session, "The session's number, as show prints it")->required();
  addOption(
      *verb, "--direction", given->direction,
      "both (default): a line for each piece; in or out: its bytes, one behind another, as they are (with "
      "--json, --payload or --framing: lines)")
      ->type_name("DIRECTION")
      ->check(isOneOf({"in", "out", "both"}));
  addOption(
      *verb, "--framing", given->framing,
      "Cut the streams into messages, a line each: line, delimiter:0d0a, length:2, length:4:le:-4, fixed:16, "
      "gap:20ms, cobs, slip, http, dns-tcp, json-lines, modbus-tcp, per-read")
      ->type_name("SPEC");
  addPayloadOption(*verb, given->payload);
}

}  // namespace sockbench::cli
