#include "core/automation/answerers/http_answerer.h"

#include <algorithm>
#include <array>

#include "core/payload/visible_text.h"

namespace sockbench {
namespace {

constexpr std::array<std::pair<int, std::string_view>, 28> kReasons{{{200, "OK"},
                                                                     {201, "Created"},
                                                                     {202, "Accepted"},
                                                                     {204, "No Content"},
                                                                     {206, "Partial Content"},
                                                                     {301, "Moved Permanently"},
                                                                     {302, "Found"},
                                                                     {303, "See Other"},
                                                                     {304, "Not Modified"},
                                                                     {307, "Temporary Redirect"},
                                                                     {308, "Permanent Redirect"},
                                                                     {400, "Bad Request"},
                                                                     {401, "Unauthorized"},
                                                                     {403, "Forbidden"},
                                                                     {404, "Not Found"},
                                                                     {405, "Method Not Allowed"},
                                                                     {408, "Request Timeout"},
                                                                     {409, "Conflict"},
                                                                     {410, "Gone"},
                                                                     {413, "Content Too Large"},
                                                                     {418, "I'm a teapot"},
                                                                     {429, "Too Many Requests"},
                                                                     {431, "Request Header Fields Too Large"},
                                                                     {500, "Internal Server Error"},
                                                                     {501, "Not Implemented"},
                                                                     {502, "Bad Gateway"},
                                                                     {503, "Service Unavailable"},
                                                                     {505, "HTTP Version Not Supported"}}};

constexpr std::size_t kLongestNamed = 80;  // of a request's method and target, in the timeline

bool hasNoBody(int status) {
  return status == 204 || status == 304;
}

bool isFieldText(std::string_view text) {
  return std::ranges::none_of(text, [](char c) { return c == '\r' || c == '\n' || c == '\0'; });
}

bool isSameName(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, [](char x, char y) {
    return (x >= 'A' && x <= 'Z' ? x | 0x20 : x) == (y >= 'A' && y <= 'Z' ? y | 0x20 : y);
  });
}

bool hasHeader(const HttpAnswer& answer, std::string_view name) {
  return std::ranges::any_of(answer.headers, [&](const auto& h) { return isSameName(h.first, name); });
}

std::string statusLine(int status, std::string_view reason) {
  return "HTTP/1.1 " + std::to_string(status) + " " +
         std::string(reason.empty() ? usualReason(status) : reason) + "\r\n";
}

Error wrong(std::string subject, std::string why) {
  return Error::fromInput(InputFault::badSyntax, std::move(subject), std::nullopt, std::move(why));
}

}  // namespace

std::string_view usualReason(int status) {
  const auto known = std::ranges::find(kReasons, status, &std::pair<int, std::string_view>::first);
  return known == kReasons.end() ? std::string_view() : known->second;
}

std::optional<Error> faultOf(const HttpAnswer& answer) {
  if (answer.status < 200 || answer.status > 599)
    return wrong(std::to_string(answer.status), "a status is a number from 200 to 599");
  if (!isFieldText(answer.reason)) return wrong(answer.reason, "a reason is one line");
  for (const auto& [name, value] : answer.headers) {
    if (name.empty() || !isFieldText(name) || name.find_first_of(" \t:") != std::string::npos)
      return wrong(name, "a header's name is one word");
    if (!isFieldText(value)) return wrong(value, "a header's value is one line");
  }
  return std::nullopt;
}

void HttpAnswerer::attached(AgentSession& session) {
  session.note("answers HTTP requests with " + std::to_string(answer_->status));
}

void HttpAnswerer::received(AgentSession& session, ByteView bytes, WallNanos) {
  int continues = 0;
  for (const HttpRequest& request : requests_.take(bytes, continues)) {
    if (!closing_) answer(session, request);
  }
  if (continues > 0 && !closing_) static_cast<void>(session.send(toBytes("HTTP/1.1 100 Continue\r\n\r\n")));
  if (const auto due = notes_.due()) session.wakeAt(due);
}

void HttpAnswerer::answer(AgentSession& session, const HttpRequest& request) {
  Bytes bytes = answerTo(request);
  const std::size_t size = bytes.size();
  const bool isSent = session.send(std::move(bytes)).has_value();
  const int status = request.fault != 0 ? request.fault : answer_->status;
  std::string what = request.method + " " + request.target;
  if (request.method.empty()) what = "what is no request";
  if (what.size() > kLongestNamed) what = what.substr(0, kLongestNamed) + "…";
  std::string did = " " + what + " with " + std::to_string(status);
  if (request.fault != 0) did += " (" + std::string(request.faultText) + ")";
  did += isSent ? ", sent " + std::to_string(size) + " bytes" : ", which could not be sent";
  notes_.matched(session, "HTTP", did, isSent ? size : 0);
  if (request.staysOpen && isSent) return;
  closing_ = true;
  session.close();
}

Bytes HttpAnswerer::answerTo(const HttpRequest& request) const {
  if (request.fault != 0) {
    return toBytes(statusLine(request.fault, {}) + "Content-Length: 0\r\nConnection: close\r\n\r\n");
  }
  std::string head = statusLine(answer_->status, answer_->reason);
  for (const auto& [name, value] : answer_->headers) head += name + ": " + value + "\r\n";
  if (!hasNoBody(answer_->status) && !hasHeader(*answer_, "content-length"))
    head += "Content-Length: " + std::to_string(answer_->body.size()) + "\r\n";
  if (!hasHeader(*answer_, "connection"))
    head += request.staysOpen ? "Connection: keep-alive\r\n" : "Connection: close\r\n";
  Bytes bytes = toBytes(head + "\r\n");
  if (request.method != "HEAD" && !hasNoBody(answer_->status))
    bytes.insert(bytes.end(), answer_->body.begin(), answer_->body.end());
  return bytes;
}

}  // namespace sockbench
