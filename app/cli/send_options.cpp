#include "app/cli/send_options.h"

#include <algorithm>
#include <cctype>
#include <tuple>
#include <utility>

#include "app/cli/command_line.h"
#include "core/payload/message/insertion_text.h"

namespace sockbench::cli {
namespace {

constexpr std::chrono::seconds kWithin{5};

Error wrongValue(std::string_view text, std::string detail) {
  return Error::fromInput(InputFault::badOptionValue, std::string(text), std::nullopt, std::move(detail));
}

Result<TextEncoding> parseEncoding(std::string_view name) {
  const auto lower = [](char c) { return std::tolower(static_cast<unsigned char>(c)); };
  for (const TextEncoding encoding : textEncodings()) {
    if (std::ranges::equal(name, textEncodingName(encoding), {}, lower, lower)) return encoding;
  }
  return std::unexpected(wrongValue(name, "there is no such encoding"));
}

Result<LineEnding> parseEnding(std::string_view name) {
  for (const auto ending :
       {LineEnding::none, LineEnding::lf, LineEnding::crLf, LineEnding::cr, LineEnding::nul}) {
    if (name == lineEndingName(ending)) return ending;
  }
  return std::unexpected(wrongValue(name, "there is no such line ending"));
}

Result<std::pair<std::string, std::string>> parseVariable(std::string_view text) {
  const std::size_t equals = text.find('=');
  if (equals == 0 || equals == std::string_view::npos)
    return std::unexpected(wrongValue(text, "a variable has a name, = and a value"));
  return std::pair{std::string(text.substr(0, equals)), std::string(text.substr(equals + 1))};
}

// What the options say, read one after another.
class SendReader {
 public:
  SendReader(const SendOptions& given, const CLI::App& verb) : given_(given), verb_(verb), reader_(verb) {}

  // nullopt: a value is wrong, and has been told.
  std::optional<SendJob> read(RunSettings& run) {
    SendJob job;
    if (verb_.count("ENDPOINT") > 0 || !given_.print)
      reader_.take(job.spec.endpoint, "", Endpoint::parse(given_.endpoint), kEndpointRemedy);
    std::optional<std::chrono::nanoseconds> timeout;
    reader_.takeSeconds(timeout, "--timeout", given_.timeout);
    job.spec.timeout = timeout.value_or(job.spec.timeout);
    reader_.takeSocketOptions(job.spec.options, given_.options);
    takeVariables(job);
    takeMessages(job);
    takePlan(job);
    takeExpected(job);
    reader_.takeRun(run, given_.run);
    if (!reader_.isGood() || !isWhole(job)) return std::nullopt;
    return job;
  }

 private:
  void takeVariables(SendJob& job) {
    Variables variables;
    for (const std::string& text : given_.variables) {
      std::pair<std::string, std::string> variable;
      reader_.take(variable, "--var", parseVariable(text), "write it as NAME=VALUE");
      variables.insert_or_assign(variable.first, variable.second);
    }
    job.variables = std::make_shared<const Variables>(std::move(variables));
  }

  // In the order in which things stand on the command line, whatever their options' names.
  void takeMessages(SendJob& job) {
    MessageSpec all;
    if (reader_.isWanted("--encoding"))
      reader_.take(all.encoding, "--encoding", parseEncoding(given_.encoding),
                   "choose utf-8, latin-1, gbk, utf-16le or utf-16be");
    if (reader_.isWanted("--ending"))
      reader_.take(all.ending, "--ending", parseEnding(given_.ending), "choose none, lf, crlf, cr or nul");
    takeInsertions(all);
    auto text = given_.texts.begin();
    auto hex = given_.hexes.begin();
    auto base64 = given_.base64s.begin();
    auto file = given_.files.begin();
    for (const CLI::Option* option : verb_.parse_order()) {
      const std::string name = option->get_name();
      if (name == "--text" && text != given_.texts.end()) {
        takeMessage(job, all, MessageForm::text, name, *text++);
      } else if (name == "--hex" && hex != given_.hexes.end()) {
        takeMessage(job, all, MessageForm::hex, name, *hex++);
      } else if (name == "--base64" && base64 != given_.base64s.end()) {
        takeMessage(job, all, MessageForm::base64, name, *base64++);
      } else if (name == "--file" && file != given_.files.end()) {
        takeMessage(job, all, MessageForm::file, name, *file++);
      }
    }
  }

  void takeInsertions(MessageSpec& all) {
    auto length = given_.lengths.begin();
    auto checksum = given_.checksums.begin();
    for (const CLI::Option* option : verb_.parse_order()) {
      const std::string name = option->get_name();
      Insertion insertion;
      if (name == "--length" && length != given_.lengths.end()) {
        reader_.take(insertion, name, readLengthInsertion(*length++), "write it as 2, or 2@0:little");
      } else if (name == "--checksum" && checksum != given_.checksums.end()) {
        reader_.take(insertion, name, readChecksumInsertion(*checksum++), "write it as CRC-16/MODBUS:little");
      } else {
        continue;
      }
      all.insertions.push_back(std::move(insertion));
    }
  }

  void takeMessage(SendJob& job, MessageSpec spec, MessageForm form, const std::string& option,
                   const std::string& body) {
    spec.form = form;
    spec.body = body;
    std::optional<Message> message;
    reader_.take(message, option, Message::read(std::move(spec)), "see --help");
    if (message) job.messages.push_back(*std::move(message));
  }

  void takePlan(SendJob& job) {
    SendPlan& plan = job.plan;
    reader_.takeNumber(plan.count, "--count", given_.count, 0);
    takeTime(plan.interval, "--interval", given_.interval);
    takeTime(plan.jitter, "--jitter", given_.jitter);
    reader_.takeNumber(plan.bytesPerSecond, "--rate", given_.rate, 1);
    if (!reader_.isWanted("--piece")) return;
    const std::size_t colon = std::min(given_.piece.find(':'), given_.piece.size());
    reader_.takeNumber(plan.pieceBytes, "--piece", given_.piece.substr(0, colon), 1);
    if (colon < given_.piece.size()) takeTime(plan.pieceGap, "--piece", given_.piece.substr(colon + 1));
  }

  void takeTime(std::chrono::nanoseconds& to, std::string_view option, const std::string& text) {
    std::optional<std::chrono::nanoseconds> time;
    reader_.takeSeconds(time, option, text);
    to = time.value_or(to);
  }

  void takeExpected(SendJob& job) {
    using Kind = PatternKind;
    for (const auto& [option, kind, text] :
         {std::tuple{"--expect", Kind::text, &given_.expect},
          std::tuple{"--expect-hex", Kind::hex, &given_.expectHex},
          std::tuple{"--expect-regex", Kind::regex, &given_.expectRegex}}) {
      if (!reader_.isWanted(option)) continue;
      reader_.take(job.expected, option, BytePattern::make(kind, *text, TextEncoding::utf8, true),
                   "see --help");
    }
    job.within = kWithin;
    takeTime(job.within, "--within", given_.within);
  }

  bool isWhole(const SendJob& job) const {
    const auto wrong = [](std::string_view problem, std::string_view remedy) {
      Context::wrongUsage(problem, remedy);
      return false;
    };
    if (job.messages.empty())
      return wrong("there is nothing to send", "give it with --text, --hex, --base64 or --file");
    const bool repeats = verb_.count("--count") + verb_.count("--interval") > 0;
    if (job.messages.size() > 1 && repeats)
      return wrong("--count and --interval are for one message", "send one, or several once each");
    if (verb_.count("--expect") + verb_.count("--expect-hex") + verb_.count("--expect-regex") > 1)
      return wrong("one thing can be expected", "give one of --expect, --expect-hex and --expect-regex");
    if (job.plan.jitter > job.plan.interval)
      return wrong("the jitter is larger than the interval", "make --interval larger, or --jitter smaller");
    return true;
  }

  const SendOptions& given_;
  const CLI::App& verb_;
  OptionReader reader_;
};

void addMessageOptions(CLI::App& verb, SendOptions& given) {
  addRepeatable(verb, "--text", given.texts,
                "Text with escapes (\\n \\xHH \\u{1F600}) and fields ({{counter}} {{time.iso}} {{uuid}} "
                "{{random.hex 8}} {{env NAME}} {{file PATH}} {{NAME}})");
  addRepeatable(verb, "--hex", given.hexes, "Bytes written in hexadecimal, with fields")->type_name("HEX");
  addRepeatable(verb, "--base64", given.base64s, "Bytes in base64, with fields")->type_name("BASE64");
  addRepeatable(verb, "--file", given.files, "The bytes of a file, as one message")->type_name("PATH");
  addOption(verb, "--encoding", given.encoding, "Of text: utf-8, latin-1, gbk, utf-16le, utf-16be");
  addOption(verb, "--ending", given.ending, "Added to each message: none, lf, crlf, cr, nul");
  addRepeatable(verb, "--length", given.lengths,
                "Put the length in: SIZE[@PLACE][:FROM..TO][:little][:hex|:decimal][:add=N][:front]; a place "
                "is a number of bytes, end or end-N")
      ->type_name("LENGTH");
  addRepeatable(verb, "--checksum", given.checksums,
                "Put a checksum in: NAME[@PLACE][:FROM..TO][:little][:hex|:decimal][:front]; `checksum "
                "--list` has the names")
      ->type_name("CHECKSUM");
  addRepeatable(verb, "--var", given.variables, "What {{NAME}} stands for")->type_name("NAME=VALUE");
}

void addPlanOptions(CLI::App& verb, SendOptions& given) {
  addOption(verb, "--count", given.count, "Send it so often; 0: until the end (default 1)")->type_name("N");
  addOption(verb, "--interval", given.interval, "From one to the next")->type_name("SECONDS");
  addOption(verb, "--jitter", given.jitter, "Each so much earlier or later at most")->type_name("SECONDS");
  addOption(verb, "--rate", given.rate, "Bytes a second at most")->type_name("BYTES");
  addOption(verb, "--piece", given.piece, "In pieces of so many bytes, with seconds between them")
      ->type_name("BYTES[:GAP]");
  addOption(verb, "--expect", given.expect, "Exit 0 only if this text is received");
  addOption(verb, "--expect-hex", given.expectHex, "... these bytes; ? stands for any digit")
      ->type_name("HEX");
  addOption(verb, "--expect-regex", given.expectRegex, "... what this expression matches")
      ->type_name("REGEX");
  addOption(verb, "--within", given.within, "Seconds that it is waited for once all is sent (default 5)")
      ->type_name("SECONDS");
}

}  // namespace

void addSendOptions(CLI::App& verb, SendOptions& given) {
  addMessageOptions(verb, given);
  addPlanOptions(verb, given);
  verb.add_flag("--print", given.print, "Print what would go, and send nothing");
  addOption(verb, "--timeout", given.timeout, "Seconds for resolving and connecting (default 10)")
      ->type_name("SECONDS");
  addSocketOptionOption(verb, given.options);
  addRunOptions(verb, given.run);
}

std::optional<SendJob> readSendOptions(const SendOptions& given, const CLI::App& verb, RunSettings& run) {
  return SendReader(given, verb).read(run);
}

}  // namespace sockbench::cli
