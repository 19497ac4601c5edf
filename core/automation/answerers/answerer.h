// Answerers that are ready: an echo after a time, a sink that reads slowly, a file for whoever connects, one
// HTTP answer to every request.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/error.h"
#include "core/engine/session_agent.h"

namespace sockbench {

// An answer to every request (RFC 9112). Content-Length and Connection are added unless `headers` has them.
struct HttpAnswer {
  int status = 200;    // 200 to 599
  std::string reason;  // empty: the usual one of the status, where it is a common one
  std::vector<std::pair<std::string, std::string>> headers;
  Bytes body;  // not sent to HEAD, nor with 204 and 304
  bool operator==(const HttpAnswer&) const = default;
};

struct AnswererSpec {
  enum class Kind : std::uint8_t {
    none,
    // What comes goes back after `delay`, in order. What waits when the peer closes its side goes at once. At
    // most kMostEchoed bytes wait: then reading stops (datagrams beyond it get no answer, counted and told).
    delayedEcho,
    // Reads at most `bytesPerSecond`, so that the kernel slows the peer; nothing is sent. Not for datagrams
    // to a listener, whose peers share one socket.
    throttledSink,
    // Sends the file `path`, from its beginning to its end as it is then, to whoever connects, and closes.
    // Streams and seqpacket (records of 16 KiB).
    file,
    // HTTP/1.1 and 1.0 with keep-alive and pipelining. The bodies of requests are passed over (Content-Length
    // and chunked); Expect: 100-continue is answered. What is no request gets 400, a head larger than 16 KiB
    // 431, a version other than 1.x 505; then the connection is closed.
    http,
  };
  static constexpr std::size_t kMostEchoed = std::size_t{8} << 20;

  Kind kind = Kind::none;
  std::chrono::nanoseconds delay = std::chrono::milliseconds(100);
  std::uint64_t bytesPerSecond = 1024;  // at least 1
  std::string path;
  HttpAnswer http;
  bool operator==(const AnswererSpec&) const = default;
};

// A maker of its agents; an empty one for `none`. Errors: those of open(2) and badPath for a file that cannot
// be served now; badSyntax for a status, a header or a rate that cannot be. Blocks as open(2) does.
Result<AgentMaker> makeAnswerer(const AnswererSpec& spec);

// An HttpAnswer in TOML:
//
//   status = 200
//   reason = "OK"
//   headers = ["Content-Type: text/plain"]
//   body = "hello\n"         # or: file = "PATH", read at once
//
// Errors: badSyntax with the place; those of reading the file.
Result<HttpAnswer> readHttpAnswer(std::string_view text, const std::string& subject);

}  // namespace sockbench
