// Filter: a question about rows, in the manner of Wireshark's display filters: `port in {80 443} and not
// data contains "GET"`. The language stands in filter_fields.h.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.h"
#include "core/base/ids.h"
#include "core/traffic/log_slab.h"
#include "core/traffic/row_notes.h"

namespace sockbench {

class Filter;
using FilterPtr = std::shared_ptr<const Filter>;

// What a filter needs besides the rows of a slab. `notes` for marked and comment (nullptr: nothing is
// marked). `previousTime`: of the row before the slab's first, for delta; 0: there is none.
struct FilterContext {
  const RowNotes* notes = nullptr;
  WallNanos previousTime = 0;
};

// Immutable. Thread: any.
class Filter {
 public:
  // Errors: InputFault::badSyntax, unknownName, badAddress, badHex, ... with `where` over the wrong part of
  // `text`, and a sentence that says what would be right there. Blank text is a filter that all rows pass.
  // Nesting, length (64 KiB) and the number of terms are bounded.
  static Result<FilterPtr> parse(std::string_view text);
  // Rows of this session; of a listener: and of its sessions. Id 0: all rows.
  static FilterPtr ofSession(SessionId session);
  static FilterPtr both(FilterPtr a, FilterPtr b);  // nullptr stands for all rows

  virtual ~Filter() = default;
  virtual const std::string& text() const = 0;  // as it was parsed
  virtual bool usesNotes() const = 0;           // its answer changes with RowNotes
  // Appends the places in slab.records() of the rows that pass, ascending.
  virtual void select(const LogSlab& slab, const FilterContext& context,
                      std::vector<std::uint32_t>& out) const = 0;
};

// Text of a filter that makes `text` narrower: "text and term", "text and not term", with parentheses where
// they are needed; the other alone where one is blank.
std::string filterAnd(std::string_view text, std::string_view term);
std::string filterAndNot(std::string_view text, std::string_view term);
// A text (or bytes) as a filter has to quote it: "GET \"x\"". Not for what stands behind "matches".
std::string filterQuoted(std::string_view utf8);

}  // namespace sockbench
