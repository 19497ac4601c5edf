// The head of an HTTP/1 message: how its body is delimited (RFC 9112, section 6). Thread: one.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace sockbench {

// "GET / HTTP/1.1", "HTTP/1.1 200 OK", without the line's end.
bool isHttpStartLine(std::string_view line);

class HttpHead {
 public:
  enum class Body {
    none,
    length,
    chunked,
    untilClose,
    tunnel,  // another protocol follows, until the connection closes (101)
    broken,  // fault() says why nobody can tell where it ends
  };

  explicit HttpHead(std::string_view startLine = {});
  // A line behind the first, without its end. `isCut`: it was longer than what is given.
  void field(std::string_view line, bool isCut);
  // After the last line.
  Body body();
  std::uint64_t length() const { return length_.value_or(0); }
  std::string_view fault() const { return fault_; }  // also of a message whose end is known

 private:
  void contentLength(std::string_view value);
  void transferEncoding(std::string_view value);
  void complain(std::string_view fault);
  void breakBody(std::string_view fault);

  bool isResponse_ = false;
  int status_ = 0;
  bool isBroken_ = false;
  bool isCoded_ = false;        // there is a Transfer-Encoding
  bool isChunked_ = false;      // and its last coding is chunked
  bool wasDelimiting_ = false;  // the last field was one of the two that count here
  std::optional<std::uint64_t> length_{};
  std::string_view fault_{};
};

}  // namespace sockbench
