// EndWord: notices the line that ends a chat, in one direction of one session.
#pragma once

#include <string>
#include <string_view>

#include "core/base/bytes.h"

namespace sockbench::detail {

// A line ends with \n (a \r before it does not count). Until the direction has shown its first \n, a whole
// message (one send, one recv, one datagram) counts as a line too, since many chats send lines without an
// ending.
class EndWord {
 public:
  // True when `message` completes a line that equals `word`. Never true for an empty word.
  bool feed(ByteView message, std::string_view word);

 private:
  std::string line_;        // the line so far, never longer than the word and two characters
  bool endsLines_ = false;  // a \n has been seen
};

}  // namespace sockbench::detail
