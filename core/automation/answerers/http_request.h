// HttpRequests: HTTP/1 requests, cut from a stream as it comes; of each, what an answer depends on. Their
// bodies are passed over. Bounded: a line or a head beyond kMostHead is a fault. Thread: one.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/bytes.h"
#include "core/payload/framing/http_head.h"

namespace sockbench {

struct HttpRequest {
  std::string method;
  std::string target;
  bool staysOpen = true;       // the connection, after the answer
  int fault = 0;               // 400, 431, 505: it is no good request, and nothing follows it. 0: none
  std::string_view faultText;  // why
};

class HttpRequests {
 public:
  static constexpr std::size_t kMostHead = std::size_t{16} << 10;

  // What the bytes complete, in order. `continues` is raised where a peer waits for "100 Continue" before its
  // body.
  std::vector<HttpRequest> take(ByteView bytes, int& continues);

 private:
  enum class Part : std::uint8_t { start, fields, body, chunkSize, chunkEnd, trailers, broken };

  bool takeLine(ByteView& bytes);  // true: line_ is whole
  void lineRead(std::vector<HttpRequest>& done, int& continues);
  void startLine();
  void field();
  void headRead(std::vector<HttpRequest>& done, int& continues);
  void chunkSize(std::vector<HttpRequest>& done);
  void complete(std::vector<HttpRequest>& done);
  void breakOff(std::vector<HttpRequest>& done, int status, std::string_view why);

  Part part_ = Part::start;
  std::string line_;
  std::size_t headBytes_ = 0;
  HttpRequest request_;
  HttpHead head_;
  bool isOld_ = false;  // HTTP/1.0
  bool expectsContinue_ = false;
  bool hasHost_ = false;
  bool isChunked_ = false;
  std::uint64_t left_ = 0;  // of a body or a chunk
};

}  // namespace sockbench
