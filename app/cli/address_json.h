// An address's facts as JSON.
#pragma once

#include <string_view>

#include "app/cli/context.h"
#include "core/resolve/address_facts.h"

namespace sockbench::cli {

// What `inspect` answers for `input`. A key that does not apply is null.
Json addressToJson(std::string_view input, const AddressFacts& facts);

}  // namespace sockbench::cli
