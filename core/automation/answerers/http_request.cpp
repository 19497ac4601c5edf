#include "core/automation/answerers/http_request.h"

#include <algorithm>
#include <charconv>
#include <utility>

namespace sockbench {
namespace {

constexpr std::string_view kTokenMarks = "!#$%&'*+-.^_`|~";

bool isTokenCharacter(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         kTokenMarks.contains(c);
}

bool isToken(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, isTokenCharacter);
}

std::string inLowerCase(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
  return lower;
}

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

// Whether a list of words has this one (RFC 9110, section 5.6.1).
bool hasWord(std::string_view list, std::string_view word) {
  while (!list.empty()) {
    const std::size_t comma = std::min(list.find(','), list.size());
    if (inLowerCase(trimmed(list.substr(0, comma))) == word) return true;
    list.remove_prefix(std::min(comma + 1, list.size()));
  }
  return false;
}

}  // namespace

std::vector<HttpRequest> HttpRequests::take(ByteView bytes, int& continues) {
  std::vector<HttpRequest> done;
  while (!bytes.empty() && part_ != Part::broken) {
    if (part_ == Part::body) {
      const auto skipped = static_cast<std::size_t>(std::min<std::uint64_t>(left_, bytes.size()));
      bytes = bytes.subspan(skipped);
      left_ -= skipped;
      if (left_ > 0) break;
      if (isChunked_) {
        part_ = Part::chunkEnd;
      } else {
        complete(done);
      }
    } else if (takeLine(bytes)) {
      lineRead(done, continues);
      line_.clear();
    } else if (headBytes_ > kMostHead) {
      breakOff(done, 431, "its head is larger than 16 KiB");
    }
  }
  return done;
}

bool HttpRequests::takeLine(ByteView& bytes) {
  const std::string_view text = asChars(bytes);
  const std::size_t end = text.find('\n');
  const std::size_t room = kMostHead + 1 - std::min(headBytes_, kMostHead);
  const std::size_t taken = std::min(end == std::string_view::npos ? text.size() : end + 1, room);
  line_ += text.substr(0, taken);
  headBytes_ += taken;
  bytes = bytes.subspan(taken);
  if (headBytes_ > kMostHead || !line_.ends_with('\n')) return false;
  line_.pop_back();
  if (line_.ends_with('\r')) line_.pop_back();
  return true;
}

void HttpRequests::lineRead(std::vector<HttpRequest>& done, int& continues) {
  switch (part_) {
    case Part::start:
      if (!line_.empty()) startLine();
      if (request_.fault != 0) breakOff(done, request_.fault, request_.faultText);
      return;
    case Part::fields:
      if (line_.empty()) return headRead(done, continues);
      field();
      if (request_.fault != 0) breakOff(done, request_.fault, request_.faultText);
      return;
    case Part::chunkSize:
      return chunkSize(done);
    case Part::chunkEnd:
      if (!line_.empty()) return breakOff(done, 400, "a chunk is longer than its size says");
      part_ = Part::chunkSize;
      headBytes_ = 0;
      return;
    case Part::trailers:
      if (line_.empty()) complete(done);
      return;
    case Part::body:
    case Part::broken:
      return;
  }
}

// METHOD SP target SP HTTP/1.x (RFC 9112, section 3).
void HttpRequests::startLine() {
  const std::string_view line = line_;
  const std::size_t first = line.find(' ');
  const std::size_t last = line.rfind(' ');
  request_.fault = 400;
  request_.faultText = "it does not begin with METHOD TARGET HTTP/1.1";
  if (first == std::string_view::npos || first == last || !isToken(line.substr(0, first))) return;
  const std::string_view version = line.substr(last + 1);
  const std::string_view target = line.substr(first + 1, last - first - 1);
  if (!version.starts_with("HTTP/") || target.contains(' ')) return;
  request_.method = line.substr(0, first);
  request_.target = target;
  request_.faultText = "its version is not HTTP/1.x";
  request_.fault = 505;
  if (version != "HTTP/1.1" && version != "HTTP/1.0") return;
  request_.fault = 0;
  isOld_ = version == "HTTP/1.0";
  request_.staysOpen = !isOld_;
  head_ = HttpHead(line);
  part_ = Part::fields;
}

void HttpRequests::field() {
  const std::string_view line = line_;
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos || !isToken(line.substr(0, colon))) {
    request_.fault = 400;
    request_.faultText = "a header line is not NAME: VALUE";
    return;
  }
  head_.field(line, false);
  const std::string name = inLowerCase(line.substr(0, colon));
  const std::string_view value = trimmed(line.substr(colon + 1));
  if (name == "connection" && hasWord(value, "close")) request_.staysOpen = false;
  if (name == "connection" && isOld_ && hasWord(value, "keep-alive")) request_.staysOpen = true;
  if (name == "expect" && inLowerCase(value) == "100-continue") expectsContinue_ = !isOld_;
  if (name == "host") hasHost_ = true;
}

void HttpRequests::headRead(std::vector<HttpRequest>& done, int& continues) {
  const HttpHead::Body body = head_.body();
  if (body == HttpHead::Body::broken) return breakOff(done, 400, head_.fault());
  if (!isOld_ && !hasHost_) return breakOff(done, 400, "it has no Host");
  isChunked_ = body == HttpHead::Body::chunked;
  left_ = body == HttpHead::Body::length ? head_.length() : 0;
  headBytes_ = 0;
  if (expectsContinue_ && (isChunked_ || left_ > 0)) ++continues;
  if (isChunked_) {
    part_ = Part::chunkSize;
  } else if (left_ > 0) {
    part_ = Part::body;
  } else {
    complete(done);
  }
}

// Hexadecimal, perhaps with an extension behind a semicolon (RFC 9112, section 7.1).
void HttpRequests::chunkSize(std::vector<HttpRequest>& done) {
  const std::string_view digits = trimmed(std::string_view(line_).substr(0, line_.find(';')));
  const char* end = digits.data() + digits.size();
  const auto read = std::from_chars(digits.data(), end, left_, 16);
  if (digits.empty() || read.ec != std::errc() || read.ptr != end)
    return breakOff(done, 400, "the size of a chunk is no hexadecimal number");
  headBytes_ = 0;
  part_ = left_ > 0 ? Part::body : Part::trailers;
}

void HttpRequests::complete(std::vector<HttpRequest>& done) {
  // What follows a request after which the connection closes is of no interest.
  const bool goesOn = request_.staysOpen;
  done.push_back(std::exchange(request_, {}));
  part_ = goesOn ? Part::start : Part::broken;
  headBytes_ = 0;
  isOld_ = expectsContinue_ = hasHost_ = isChunked_ = false;
}

void HttpRequests::breakOff(std::vector<HttpRequest>& done, int status, std::string_view why) {
  request_.fault = status;
  request_.faultText = why;
  request_.staysOpen = false;
  complete(done);
}

}  // namespace sockbench
