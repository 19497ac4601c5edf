// The three kinds of checksums behind the list: sums, CRCs and digests. Thread: any.
#pragma once

#include <array>
#include <memory>
#include <span>
#include <string_view>

#include "core/payload/checksum/checksum.h"

namespace sockbench {

// A row of the list; aliases that are empty are none.
struct CrcRow {
  std::string_view name;
  std::array<std::string_view, 4> aliases;
  CrcParameters parameters;
  std::string_view check;
};
std::span<const CrcRow> crcCatalogue();

struct PlainRow {
  std::string_view name;
  std::array<std::string_view, 4> aliases;
  unsigned bits;
  std::string_view check;
  std::unique_ptr<Checksum> (*make)();
};
std::span<const PlainRow> sumRows();
std::span<const PlainRow> digestRows();

}  // namespace sockbench
