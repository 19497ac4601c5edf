// What the files of SavedSends share.
#pragma once

#include <string>
#include <utility>

#include "core/workspace/saved_sends.h"

namespace sockbench::saved_sends {

// The bytes of its texts, of which a library holds a bounded number.
inline std::size_t weight(const SavedSend& send) {
  return send.name.size() + send.message.body.size() + send.endpoint.size() + send.note.size() +
         send.plan.match.text.size();
}

inline std::unexpected<Error> fault(InputFault what, std::string subject, std::string detail) {
  return std::unexpected(Error::fromInput(what, std::move(subject), std::nullopt, std::move(detail)));
}

}  // namespace sockbench::saved_sends
