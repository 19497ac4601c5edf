// The lines of `listen` and `connect` for people.
#pragma once

#include "app/cli/record_format.h"

namespace sockbench::cli {

//   12:33:18.001  #1  ·  listening    127.0.0.1:40000
//   12:33:19.120  #2  ←  in           127.0.0.1:50122    5 B  hello
// Times are this machine's local ones. Payload is a preview of one line, in which nothing can mislead the
// eye.
class RecordText : public RecordFormat {
 public:
  explicit RecordText(PayloadForm payload) : payload_(payload) {}
  void append(std::string& out, const LogRow& row) override;
  void append(std::string& out, const RunSummary& summary) override;

 private:
  PayloadForm payload_;
};

// "error ECONNREFUSED ... " and, on a second line, the hint: what standard error is told of an error row.
std::string errorText(const LogRow& row);

}  // namespace sockbench::cli
