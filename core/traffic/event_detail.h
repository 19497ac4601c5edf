// The detail of an event row: what its record's payload holds, since a record is of fixed size.
#pragma once

#include <optional>
#include <string>

#include "core/base/bytes.h"
#include "core/base/error.h"

namespace sockbench {

// Each may be empty. `text` is a short English remark in the field's words ("attempt 2 of 3",
// "TCP_NODELAY=1"). `offender`: the address, without a port, of the machine whose ICMP message the error is.
struct EventDetail {
  std::string text;
  std::optional<Error> error;
  std::string offender{};
  bool operator==(const EventDetail&) const = default;
};

// A private encoding, stable within a process only. decode of anything else answers an empty detail, never
// fails.
Bytes encodeEventDetail(const EventDetail& detail);
EventDetail decodeEventDetail(ByteView bytes);

}  // namespace sockbench
