// Scenario: steps with expectations, as a plain-text file (TOML) that the window and `sockbench-cli run` read
// alike. Plain data; nothing runs by reading one.
//
//   version = 1
//   title = "PING"
//   [variables]
//   port = "6379"                              # --var port=6380 gives another
//   [endpoints.redis]
//   connect = "tcp://127.0.0.1:{{port}}"
//   [[steps]]
//   connect = "redis"
//   [[steps]]
//   send = 'PING\r\n'
//   [[steps]]
//   expect = '+PONG\r\n'
//   within = "2s"
//
// A step is a table with one verb as a key; what else it may have stands at ScenarioStep. Lengths of time are
// text, as parseDuration() reads it: "500ms", "2s". An unknown key or word, a wrong type, and a name that
// there is not are errors with their place.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/automation/session_step.h"
#include "core/base/error.h"
#include "core/engine/session_snapshot.h"
#include "core/engine/session_spec.h"
#include "core/net/socket_options.h"
#include "core/payload/message/message.h"
#include "core/toml/toml_tree.h"

namespace sockbench {

// Bounds of what a file may ask for; beyond them it is an error of the file.
inline constexpr std::string_view kScenarioFormat = "sockbench-scenario";  // format = "...", may be left out
inline constexpr std::int64_t kScenarioVersion = 1;
inline constexpr std::size_t kMostScenarioBytes = std::size_t{16} << 20;
inline constexpr std::size_t kMostScenarioSteps = 100'000;  // written in one file
inline constexpr int kDeepestScenarioSteps = 16;            // loops, clients and sequences within each other
inline constexpr std::uint64_t kMostParallelClients = 20'000;
inline constexpr std::size_t kMostScenarioSessions = 200'000;  // opened or accepted in one run
inline constexpr std::uint64_t kMostStepsDone = 100'000'000;   // of `most-steps`
inline constexpr std::chrono::hours kLongestScenarioTime{24};

// What a session is expected to give.
struct ScenarioExpect {
  enum class Kind : std::uint8_t {
    text,     // `pattern`; what came before its match is passed over. { text = "...", ignore-case = true }
    hex,      // `pattern`, with ?? for any byte
    regex,    // `pattern`, RE2; its groups are {{1}}, {{2}}... from then on
    exactly,  // the very next bytes (datagrams, records: the whole of the next one) are `bytes`.
              // { exactly = "..." }, or a table as MessageSpec's: { exactly = { hex = "..." } }
    length,   // so many bytes (a datagram, a record: of that size); {{0}} is what came
    closed,   // the peer closes its side; what came before is passed over. { closed = true }
    reset,    // the peer resets the connection (a stream that is not TCP: it fails). { reset = true }
    nothing,  // nothing comes for `time` (which stands for the time limit, too). { nothing = "500ms" }
  };
  Kind kind = Kind::text;
  PatternSpec pattern;  // its text may hold {{NAME}} of variables; in a regex they stand for themselves
  MessageSpec bytes;
  std::uint64_t length = 0;
  std::chrono::nanoseconds time{0};
  bool operator==(const ScenarioExpect&) const = default;
};
std::string_view expectKindName(ScenarioExpect::Kind kind);  // "text", "exactly", ...

// How a session has to stand. Every member that is set must hold.
struct ScenarioState {
  std::string session;  // a name that steps gave, or of an endpoint that listens. Several may bear it (in
                        // clients): all must hold
  std::optional<SessionState> state;  // state = "closed"
  std::optional<Party> by;            // by = "peer"
  std::optional<std::uint64_t> bytesIn;
  std::optional<std::uint64_t> bytesInLeast;
  std::optional<std::uint64_t> bytesOut;
  std::optional<std::uint64_t> accepted;  // of a listener: sessions accepted in all
  std::optional<std::chrono::nanoseconds> within;
  TomlPlace place{};
};

struct ScenarioStep {
  enum class Verb : std::uint8_t {
    listen,   // listen = ENDPOINT. {{ENDPOINT.port}} and {{ENDPOINT.address}} are then where it listens
    accept,   // accept = ENDPOINT: the next session that it accepted (a datagram's sender) and nobody has yet
    connect,  // connect = ENDPOINT, or the text of one ("tcp://127.0.0.1:{{server.port}}"); an endpoint that
              // listens: where it listens. fails = "ECONNREFUSED": it must fail so
    send,     // send = "text", or { text or hex or base64 or file = "...", encoding, ending, ... }
    expect,   // expect = "text", or a table with a key of ScenarioExpect::Kind
    wait,     // wait = "500ms"
    close,    // close = true, or the name of a session or of an endpoint that listens
    halfClose,      // half-close = true or NAME
    reset,          // reset = true or NAME
    stopReading,    // stop-reading = true or NAME
    resumeReading,  // resume-reading = true or NAME
    set,            // set = { NAME = "text with {{1}}" }
    run,            // run = SEQUENCE: of [[sequences]]
    loop,           // loop = COUNT, steps = [...]; or until = as expect's: until that was received, asked
                    // before each round; then COUNT is how often at most, beyond which it has failed
    parallel,       // parallel = COUNT, steps = [...]: so many clients at once, each with its own variables
                    // (and sessions); {{client}} counts them from 1. every = "10ms": between two begins
    check,          // check = { session = NAME, state = "closed", by = "peer", bytes-in = 7, ... }
  };
  Verb verb = Verb::send;
  TomlPlace place{};      // where it begins in the file
  std::size_t index = 0;  // its number within the file, from 0, in the order of the text; sequences' first
  std::string name;       // name = "...": words for people; empty: none
  std::string target;     // listen, accept, connect: the endpoint; run: the sequence
  // The session that it acts on. Empty (no key, or `true`): the one that its strand connected or accepted
  // last.
  std::string on;
  std::string as;  // listen, accept, connect: the session's name from now on; empty: the endpoint's
  MessageSpec message;
  ScenarioExpect expect;                                    // expect; loop: until, where hasUntil
  std::optional<std::chrono::nanoseconds> within;           // time limit; nullopt: Scenario::timeLimit
  std::chrono::nanoseconds time{0};                         // wait; parallel: every
  std::vector<std::pair<std::string, std::string>> values;  // set, in their order
  std::uint64_t count = 0;
  bool hasUntil = false;
  std::string fails;  // connect: the symbol of the error that it must have; empty: it must not fail
  ScenarioState state;
  std::vector<ScenarioStep> steps;  // loop, parallel
};
std::string_view verbName(ScenarioStep::Verb verb);  // "listen", "half-close": its key
// One line for people, bounded, without what could mislead the eye: "send \"PING\\r\\n\"".
std::string stepText(const ScenarioStep& step);
std::string stateText(const ScenarioState& state);

struct ScenarioSequence {
  std::string name;
  TomlPlace place{};
  std::vector<ScenarioStep> steps;
};

// [endpoints.NAME]. Texts may hold {{NAME}} of variables.
struct ScenarioEndpoint {
  std::string name;  // letters, digits, _ and -
  TomlPlace place{};
  bool listens = false;  // listen = "..." instead of connect = "..."
  std::string endpoint;
  std::string bind;                       // connect: the local end, "127.0.0.1:0"; empty: any
  std::vector<std::string> options;       // ["TCP_NODELAY=1"]
  std::vector<TomlPlace> optionPlaces;    // of each of them
  int backlog = 128;                      // listen
  Responder responder = Responder::none;  // listen: respond = "echo". Its sessions are not for `accept`
  // Received and not expected yet: beyond it the peer is slowed. buffer = 1048576; 1 to 256 MiB.
  std::size_t bufferBytes = std::size_t{1} << 20;
};

struct ScenarioVariable {
  std::string name;
  std::string value;  // with fields: "{{env HOME}}". Numbers and booleans are taken as their text
  TomlPlace place{};
};

struct Scenario {
  std::string path;                                              // as it was read; names it in errors
  std::string title;                                             // empty: none was given
  std::chrono::nanoseconds timeLimit = std::chrono::seconds(5);  // of each step; time-limit
  std::chrono::nanoseconds mostTime{0};                          // of the whole; most-time. 0: none
  std::uint64_t mostSteps = 1'000'000;  // done in one run, in all strands; most-steps
  std::vector<ScenarioVariable> variables;
  std::vector<ScenarioEndpoint> endpoints;
  std::vector<ScenarioSequence> sequences;
  std::vector<ScenarioStep> steps;
  std::vector<ScenarioState> expectations;  // [[expectations]]: once all steps are done
  std::size_t stepCount = 0;                // all indices are below

  const ScenarioEndpoint* endpoint(std::string_view name) const;  // nullptr: there is none
  const ScenarioSequence* sequence(std::string_view name) const;
  const ScenarioVariable* variable(std::string_view name) const;
  const ScenarioStep* step(std::size_t index) const;  // wherever it stands
  std::string folder() const;                         // of `path`: what relative paths in it begin at
};
using ScenarioPtr = std::shared_ptr<const Scenario>;

// Errors: badSyntax as tomlError() makes it, with the place (tomlErrorPlace) and, for a name that there is
// not, the nearest one; tooLarge. `path` names it in them and need not exist. Thread: any.
Result<ScenarioPtr> readScenario(std::string_view text, std::string path);
// The same of a file. Errors: besides, those of open(2) and read(2). Blocks as these do.
Result<ScenarioPtr> loadScenario(const std::string& path);

}  // namespace sockbench
