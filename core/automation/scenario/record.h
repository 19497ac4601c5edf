// A session's rows made into a scenario: what was sent is sent again, what was received is expected.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/clock.h"
#include "core/base/error.h"
#include "core/base/ids.h"
#include "core/net/endpoint.h"
#include "core/traffic/traffic_log.h"

namespace sockbench {

inline constexpr std::size_t kMostRecordedBytes = std::size_t{4} << 20;
inline constexpr std::size_t kMostRecordedMessages = 50'000;

// A session's talk as it stands in a timeline.
struct RecordedTalk {
  enum class What : std::uint8_t { bytes, halfClosed, closed, reset };
  struct Item {
    What what = What::bytes;
    bool byClient = false;  // the side that connected (datagrams: that spoke first) did it
    WallNanos time = 0;
    Bytes bytes;
  };
  Transport transport = Transport::tcp;
  std::string serverEndpoint;  // "tcp://127.0.0.1:6379": where the server side was
  std::vector<Item> items;     // in their order
};

// Reads the rows of `session`. `wanted` (empty: all) says which of them count, by row number. Errors:
// unknownName (no row of that session, or none with bytes), tooLarge (beyond the bounds above, or a row whose
// bytes are not all kept), badTransport (a socket of a kind that a scenario has no word for), ECANCELED by
// `stop`. Takes time with the log's length. Thread: any.
Result<RecordedTalk> recordTalk(const TrafficLog& log, SessionId session,
                                const std::function<bool(std::uint64_t row)>& wanted = {},
                                std::stop_token stop = {});

enum class RecordRole : std::uint8_t { client, server };

struct RecordOptions {
  RecordRole role = RecordRole::client;  // server: a mock server, which expects what the client sent
  bool waits = false;                    // the pauses between the messages stand in it as `wait` steps
  std::string title{};                   // empty: words made of the endpoint
};

// The text of a scenario, which readScenario() reads. Bytes as text where they are printable, else as hex;
// pieces of a stream that followed each other (within 10 ms, where waits count) as one.
std::string recordScenario(const RecordedTalk& talk, const RecordOptions& options);

}  // namespace sockbench
