#include "core/payload/literal_search.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <utility>

namespace sockbench {
namespace {

using Block = unsigned char __attribute__((vector_size(16)));
constexpr std::size_t kBlock = sizeof(Block);
constexpr std::byte kCaseBit{0x20};
// In short bytes, blocks find more than twice as fast as memmem(3), whose time is linear also where a long
// needle nearly fits everywhere.
constexpr std::size_t kLongNeedle = 32;

Block load(const unsigned char* from) {
  Block block;
  std::memcpy(&block, from, kBlock);
  return block;
}

const unsigned char* asUnsigned(ByteView bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

template <class Mask>
bool any(Mask mask) {
  const auto words = std::bit_cast<std::array<std::uint64_t, 2>>(mask);
  return (words[0] | words[1]) != 0;
}

}  // namespace

LiteralSearch::LiteralSearch(Bytes exact) : needle_(std::move(exact)), fold_(needle_.size()) {}

LiteralSearch::LiteralSearch(const Bytes& lower, const Bytes& upper)
    : needle_(lower), isExact_(lower == upper) {
  fold_.reserve(lower.size());
  for (std::size_t i = 0; i < lower.size(); ++i)
    fold_.push_back(lower[i] == upper[i] ? std::byte{0} : kCaseBit);
}

bool LiteralSearch::isAt(const unsigned char* place) const {
  for (std::size_t i = 0; i < needle_.size(); ++i) {
    if ((std::byte{place[i]} | fold_[i]) != needle_[i]) return false;
  }
  return true;
}

// Sixteen places at a time are asked whether the first and the last byte fit; only where both do is the rest
// looked at.
std::optional<std::size_t> LiteralSearch::findByBlocks(const unsigned char* bytes, std::size_t starts) const {
  const std::size_t last = needle_.size() - 1;
  const auto fits = [&](std::size_t begin, std::size_t end) -> std::optional<std::size_t> {
    for (std::size_t at = begin; at < end; ++at) {
      if (isAt(bytes + at)) return at;
    }
    return std::nullopt;
  };
  if (starts < kBlock) return fits(0, starts);
  const auto firstFold = std::to_integer<unsigned char>(fold_[0]);
  const auto lastFold = std::to_integer<unsigned char>(fold_[last]);
  const auto firstByte = std::to_integer<unsigned char>(needle_[0]);
  const auto lastByte = std::to_integer<unsigned char>(needle_[last]);
  for (std::size_t next = 0; next < starts; next += kBlock) {
    const std::size_t at = std::min(next, starts - kBlock);  // the last block overlaps the one before it
    const auto mask =
        ((load(bytes + at) | firstFold) == firstByte) & ((load(bytes + at + last) | lastFold) == lastByte);
    if (!any(mask)) continue;
    if (const auto found = fits(at, at + kBlock)) return found;
  }
  return std::nullopt;
}

std::optional<std::size_t> LiteralSearch::find(ByteView bytes, std::size_t from) const {
  if (from > bytes.size() || bytes.size() - from < needle_.size()) return std::nullopt;
  const ByteView rest = bytes.subspan(from);
  if (isExact_ && needle_.size() > kLongNeedle) {
    const void* found = memmem(rest.data(), rest.size(), needle_.data(), needle_.size());
    if (found == nullptr) return std::nullopt;
    return static_cast<std::size_t>(static_cast<const std::byte*>(found) - bytes.data());
  }
  const auto found = findByBlocks(asUnsigned(rest), rest.size() - needle_.size() + 1);
  return found ? std::optional(from + *found) : std::nullopt;
}

}  // namespace sockbench
