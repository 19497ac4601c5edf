#include "core/automation/answerers/answerer.h"

#include "core/automation/answerers/delayed_echo.h"
#include "core/automation/answerers/file_server.h"
#include "core/automation/answerers/http_answerer.h"
#include "core/automation/answerers/throttled_sink.h"
#include "core/base/regular_file.h"
#include "core/toml/toml_reader.h"

namespace sockbench {
namespace {

constexpr std::size_t kMostBody = std::size_t{64} << 20;

Result<AgentMaker> serveFile(const std::string& path) {
  // Told now rather than to the first who connects.
  if (const auto file = FileSend::open({.path = path}); !file) return std::unexpected(file.error());
  return [path] { return std::make_shared<FileServer>(path); };
}

Result<AgentMaker> answerHttp(const HttpAnswer& answer) {
  if (auto fault = faultOf(answer)) return std::unexpected(std::move(*fault));
  return [shared = std::make_shared<const HttpAnswer>(answer)] {
    return std::make_shared<HttpAnswerer>(shared);
  };
}

// "NAME: VALUE"
std::pair<std::string, std::string> headerOf(const std::string& line) {
  const std::size_t colon = std::min(line.find(':'), line.size());
  const std::size_t value = line.find_first_not_of(" \t", colon + 1);
  return {line.substr(0, colon), value == std::string::npos ? std::string() : line.substr(value)};
}

}  // namespace

Result<AgentMaker> makeAnswerer(const AnswererSpec& spec) {
  switch (spec.kind) {
    case AnswererSpec::Kind::none:
      return AgentMaker();
    case AnswererSpec::Kind::delayedEcho:
      return [delay = spec.delay] { return std::make_shared<DelayedEcho>(delay); };
    case AnswererSpec::Kind::throttledSink:
      if (spec.bytesPerSecond == 0)
        return std::unexpected(Error::fromInput(InputFault::badSyntax, "0", std::nullopt,
                                                "a sink reads at least 1 byte a second"));
      return [rate = spec.bytesPerSecond] { return std::make_shared<ThrottledSink>(rate); };
    case AnswererSpec::Kind::file:
      return serveFile(spec.path);
    case AnswererSpec::Kind::http:
      return answerHttp(spec.http);
  }
  std::unreachable();
}

Result<HttpAnswer> readHttpAnswer(std::string_view text, const std::string& subject) {
  const auto table = readToml(text, subject);
  if (!table) return std::unexpected(table.error());
  TomlReader in(*table, subject, UnknownKeys::refused);
  HttpAnswer answer;
  answer.status = in.integer("status", answer.status, 200, 599);
  answer.reason = in.text("reason", "");
  for (const std::string& line : in.texts("headers")) answer.headers.push_back(headerOf(line));
  answer.body = toBytes(in.text("body", ""));
  if (in.has("body") && in.has("file")) in.fail("file", "an answer has a body or a file");
  if (in.has("file")) {
    auto file = readRegularFile(in.text("file"), kMostBody);
    if (!file) in.fail("file", file.error());
    answer.body = file.value_or(Bytes());
  }
  if (const auto fault = faultOf(answer)) in.fail("headers", *fault);
  return in.finish(std::move(answer));
}

}  // namespace sockbench
