// Heard: what a session has received, as patterns look at it. A stream's bytes are one run, whose places are
// numbered from the session's beginning; a bounded tail of it is kept, so that a match may span receives. A
// datagram or a record stands alone. Thread: one.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <vector>

#include "core/base/bytes.h"
#include "core/payload/byte_pattern.h"

namespace sockbench {

class Heard {
 public:
  // Of a stream's earlier receives, at most so many bytes are looked at again. A longer match is found only
  // within one receive.
  static constexpr std::size_t kMostKept = std::size_t{16} << 10;

  // Not a stream: each add() is a message by itself.
  explicit Heard(bool isStream = true) : isStream_(isStream) {}

  // `bytes` must live until settle().
  void add(ByteView bytes);
  // The new bytes have been looked at; what stands before `needed` is of no more use.
  void settle(std::uint64_t needed);

  ByteView from(std::uint64_t place) const;  // what stands from there on; all, where that is gone
  std::uint64_t begin() const { return begin_; }
  std::uint64_t end() const { return begin_ + view_.size(); }
  bool isStream() const { return isStream_; }

 private:
  bool isStream_;
  Bytes kept_;               // of a stream, what view_ shows unless it shows the receive itself
  ByteView view_;            // all that is there
  std::uint64_t begin_ = 0;  // the place of its first byte
};

// How far one pattern has looked at what was heard.
class Listening {
 public:
  struct Found {
    std::uint64_t begin = 0;
    std::uint64_t end = 0;
    std::uint64_t from = 0;  // where the search began
  };
  explicit Listening(std::uint64_t from = 0) : from_(from), seen_(from) {}

  // The first match from its place on, which stays where it is. A regular expression's ^ is that place.
  std::optional<Found> find(const Heard& heard, const BytePattern& pattern);
  // What its groups held; see BytePattern::findGroups().
  static std::vector<Bytes> groups(const Heard& heard, const BytePattern& pattern, const Found& found);
  void goTo(std::uint64_t place);  // behind a match; never backwards
  std::uint64_t place() const { return from_; }
  // Another one has looked on for this one.
  void sawAsFarAs(const Listening& other) { seen_ = std::max(seen_, other.seen_); }
  // What must stay for the next find().
  std::uint64_t needed(const BytePattern& pattern) const;

 private:
  std::uint64_t from_;
  std::uint64_t seen_;  // a literal has no match that ends up to here
};

}  // namespace sockbench
