// The client's part of iperf3's protocol, for one TCP stream: a control connection on which both sides send
// states of one byte and JSON texts with their length before them, and a data connection that begins with
// the same cookie.
#include <arpa/inet.h>

#include <nlohmann/json.hpp>

#include "loopback.h"
#include "peer.h"
#include "report.h"

namespace bench::peer {
namespace {

enum class State : signed char {
  testStart = 1,
  testRunning = 2,
  testEnd = 4,
  exchangeParameters = 9,
  createStreams = 10,
  exchangeResults = 13,
  displayResults = 14,
  done = 16,
};

constexpr std::size_t kCookieBytes = 37;  // with the NUL at its end

void tell(int control, State state) {
  sendAll(control, &state, 1);
}

void expect(int control, State state) {
  State heard{};
  if (!receiveAll(control, &heard, 1) || heard != state)
    fail("iperf3 is in state " + std::to_string(static_cast<int>(heard)) + ", not " +
         std::to_string(static_cast<int>(state)));
}

void tell(int control, const nlohmann::json& json) {
  const std::string text = json.dump();
  const std::uint32_t length = htonl(static_cast<std::uint32_t>(text.size()));
  sendAll(control, &length, sizeof length);
  sendAll(control, text.data(), text.size());
}

void skipText(int control) {
  std::uint32_t length = 0;
  if (!receiveAll(control, &length, sizeof length)) fail("iperf3 hung up");
  std::vector<char> text(ntohl(length));
  if (!receiveAll(control, text.data(), text.size())) fail("iperf3 hung up");
}

nlohmann::json resultsOf(const Streamed& streamed) {
  return {{"cpu_util_total", 0},
          {"cpu_util_user", 0},
          {"cpu_util_system", 0},
          {"sender_has_retransmits", 0},
          {"streams",
           {{{"id", 1},
             {"bytes", streamed.bytes},
             {"retransmits", 0},
             {"jitter", 0},
             {"errors", 0},
             {"packets", 0},
             {"start_time", 0},
             {"end_time", streamed.seconds}}}}};
}

}  // namespace

void iperf(const Arguments& arguments) {
  const auto port = static_cast<std::uint16_t>(std::stoi(arguments[0]));
  const double seconds = std::stod(arguments[1]);
  const std::size_t chunk = std::stoul(arguments[2]);
  const std::string cookie(kCookieBytes - 1, 's');
  const Descriptor control = connectTcp(port);
  sendAll(*control, cookie.c_str(), kCookieBytes);
  expect(*control, State::exchangeParameters);
  tell(*control, {{"tcp", true},
                  {"omit", 0},
                  {"time", static_cast<int>(seconds) + 1},
                  {"parallel", 1},
                  {"len", chunk},
                  {"pacing_timer", 1000},
                  {"client_version", "3.12"}});
  expect(*control, State::createStreams);
  const Descriptor data = connectTcp(port);
  sendAll(*data, cookie.c_str(), kCookieBytes);
  expect(*control, State::testStart);
  expect(*control, State::testRunning);
  const Streamed streamed = streamFor(*data, seconds, chunk);
  tell(*control, State::testEnd);
  expect(*control, State::exchangeResults);
  tell(*control, resultsOf(streamed));
  skipText(*control);
  expect(*control, State::displayResults);
  tell(*control, State::done);
  print(static_cast<double>(streamed.bytes), streamed.seconds);
}

}  // namespace bench::peer
