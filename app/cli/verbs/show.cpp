#include <chrono>
#include <memory>

#include "app/cli/capture_options.h"
#include "app/cli/capture_walk.h"
#include "app/cli/command_line.h"
#include "app/cli/verbs/verbs.h"
#include "core/traffic/filter/filter.h"

namespace sockbench::cli {
namespace {

using Clock = std::chrono::steady_clock;

struct ShowOptions {
  std::string path;
  std::string filter;
  std::string payload;
};

struct ShowPlan {
  FilterPtr filter;
  std::optional<PayloadForm> payload;
};

// Prints the rows that pass, and sums up.
class Show {
 public:
  Show(Context& context, const ShowPlan& plan)
      : context_(context), format_(makeRecordFormat(context.json, plan.payload)), filter_(plan.filter) {}

  // False: nobody reads any more, or a signal has come.
  bool see(CaptureWalk& walk, const LogSlab& slab, WallNanos before) {
    text_.clear();
    places_.clear();
    if (filter_) {
      filter_->select(slab, {.notes = &walk.file().log().notes(), .previousTime = before}, places_);
    } else {
      for (std::uint32_t i = 0; i < slab.size(); ++i) places_.push_back(i);
    }
    for (const std::uint32_t place : places_) {
      const Record& record = slab.records()[place];
      format_->append(text_, {slab.first() + place, record, slab.flow(record), slab.pinned(record)});
      count(record, slab.flow(record));
      if (text_.size() >= kWriteBytes && !flush(walk)) return false;
    }
    return flush(walk);
  }

  // The JSON of `listen` and `connect`, and "packets", "passed_over" (of them) and "missing" (bytes of
  // streams that the capture does not hold).
  void summarize(CaptureWalk& walk) {
    const CaptureFile::Status status = walk.file().status();
    std::uint64_t missing = 0;
    for (const CapturedSession& session : walk.file().sessions()) {
      ++summary_.sessions;
      summary_.bytesIn += session.bytesIn;
      summary_.bytesOut += session.bytesOut;
      missing += session.missing;
    }
    summary_.evicted = walk.lost();
    summary_.elapsed = std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - begun_);
    if (context_.json) {
      std::string line;
      format_->append(line, summary_);
      line.resize(line.rfind('}'));
      line += ",\"packets\":" + std::to_string(status.packets) +
              ",\"passed_over\":" + std::to_string(status.passedOver) +
              ",\"missing\":" + std::to_string(missing) + "}\n";
      walk.write(context_, line);
    } else {
      walk.write(context_, words(status, missing));
    }
  }

 private:
  static constexpr std::size_t kWriteBytes = std::size_t{256} << 10;

  bool flush(CaptureWalk& walk) {
    const bool goesOn = walk.write(context_, text_);
    text_.clear();
    return goesOn;
  }

  // A dropped row of a stream counts bytes that the capture does not hold; those stand in its session.
  void count(const Record& record, const FlowPtr& flow) {
    ++summary_.records;
    const bool isOfDatagrams = !flow || !isByteStream(flow->transport);
    if (record.kind == RecordKind::dropped && isOfDatagrams) summary_.dropped += record.value;
  }

  std::string words(const CaptureFile::Status& status, std::uint64_t missing) const {
    std::string text =
        std::to_string(summary_.sessions) + (summary_.sessions == 1 ? " session" : " sessions");
    text += " \u00b7 in " + std::to_string(summary_.bytesIn) + " B \u00b7 out " +
            std::to_string(summary_.bytesOut) + " B";
    text += " \u00b7 " + std::to_string(summary_.records) + " records \u00b7 " +
            std::to_string(status.packets) + " packets";
    if (status.passedOver > 0) text += ", " + std::to_string(status.passedOver) + " passed over";
    if (missing > 0) text += " \u00b7 " + std::to_string(missing) + " B of streams are not in the capture";
    if (summary_.dropped > 0) text += " \u00b7 " + std::to_string(summary_.dropped) + " datagrams dropped";
    return text + '\n';
  }

  Context& context_;
  const Clock::time_point begun_ = Clock::now();
  std::unique_ptr<RecordFormat> format_;
  FilterPtr filter_;
  RunSummary summary_;
  std::string text_;
  std::vector<std::uint32_t> places_;
};

int runShow(Context& context, const ShowOptions& given, const CLI::App& verb) {
  ShowPlan plan;
  OptionReader reader(verb);
  takeRowFilter(reader, plan.filter, given.filter);
  takePayload(reader, plan.payload, given.payload);
  if (!reader.isGood()) return kWrongUsage;
  const auto walk = CaptureWalk::open(given.path);
  if (!walk) return context.fail(walk.error());
  Show show(context, plan);
  const CaptureWalk::End end =
      (*walk)->walk([&](const LogSlab& slab, WallNanos before) { return show.see(**walk, slab, before); });
  show.summarize(**walk);
  return (*walk)->finish(context, end);
}

}  // namespace

void addShowVerb(CLI::App& app, Context& context) {
  const auto given = std::make_shared<ShowOptions>();
  const auto self = std::make_shared<CLI::App*>(nullptr);
  CLI::App* verb = addVerb(app, context, "show",
                           "Print the rows of a capture file. In files of other programs \"out\" is what the "
                           "side sent that began the connection",
                           [&context, given, self] { return runShow(context, *given, **self); });
  *self = verb;
  addArgument(*verb, "FILE", given->path, kCaptureFileHelp)->required();
  addRowFilterOption(*verb, given->filter);
  addPayloadOption(*verb, given->payload);
}

}  // namespace sockbench::cli
