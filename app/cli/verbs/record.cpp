#include "core/automation/scenario/record.h"

#include <memory>

#include "app/cli/capture_options.h"
#include "app/cli/capture_walk.h"
#include "app/cli/command_line.h"
#include "app/cli/stop_signals.h"
#include "app/cli/verbs/verbs.h"
#include "app/cli/whole_file.h"
#include "core/capture/capture_file.h"

namespace sockbench::cli {
namespace {

struct RecordVerbOptions {
  std::string capture;
  std::string session;
  std::string role;
  std::string output;
  std::string title;
  bool waits = false;
};

constexpr std::uint64_t kMostSpilled = std::uint64_t{64} << 30;

// False: a signal came first.
bool readAll(CaptureFile& file, StopSignals& stop) {
  while (file.status().reading)
    if (stop.wait() == StopSignals::Woken::signalled) return false;
  return true;
}

int runRecord(Context& context, const RecordVerbOptions& given, const CLI::App& verb) {
  std::uint32_t session = 0;
  OptionReader reader(verb);
  reader.takeNumber(session, "--session", given.session, 1, 0xFFFFFFFF);
  if (!reader.isGood()) return kWrongUsage;
  StopSignals stop;
  CaptureFileSettings settings = captureSettings(given.capture);
  if (given.capture == "-") settings.log = LogLimits{.spillBytes = kMostSpilled};
  const auto file = CaptureFile::open(std::move(settings), [&stop] { stop.notify(); });
  if (!file) return context.fail(file.error());
  if (!readAll(**file, stop)) return kDone;
  if (const auto status = (*file)->status(); status.error) return context.fail(*status.error);
  const auto talk = recordTalk((*file)->log(), SessionId{session});
  if (!talk) return context.fail(talk.error());
  RecordOptions options;
  options.role = given.role == "server" ? RecordRole::server : RecordRole::client;
  options.waits = given.waits;
  options.title = given.title;
  const std::string text = recordScenario(*talk, options);
  if (given.output.empty() || given.output == "-") {
    context.out.write(text);
    return kDone;
  }
  if (const auto written = writeWholeFile(given.output, text); !written) return context.fail(written.error());
  return kDone;
}

}  // namespace

void addRecordVerb(CLI::App& app, Context& context) {
  const auto given = std::make_shared<RecordVerbOptions>();
  const auto self = std::make_shared<CLI::App*>(nullptr);
  CLI::App* verb = addVerb(app, context, "record", "Make a scenario of a session in a capture file",
                           [&context, given, self] { return runRecord(context, *given, **self); });
  *self = verb;
  addArgument(*verb, "CAPTURE", given->capture, kCaptureFileHelp)->required();
  addOption(*verb, "--session", given->session, "The session's number, as `show` has it")
      ->required()
      ->type_name("N");
  addOption(*verb, "--as", given->role, "The side that the scenario plays: client (default) or server")
      ->type_name("SIDE")
      ->check(isOneOf({"client", "server"}));
  verb->add_flag("--waits", given->waits, "The pauses between messages stand in it as wait steps");
  addOption(*verb, "--title", given->title, "Its title")->type_name("TEXT");
  addOption(*verb, "-o,--output", given->output, "The file to write, replaced when it is whole")
      ->type_name("FILE");
}

}  // namespace sockbench::cli
