#include "core/traffic/filter/byte_slice.h"

#include <charconv>

#include "core/traffic/filter/filter_operand.h"

namespace sockbench {
namespace {

constexpr std::int64_t kFarthest = std::int64_t{1} << 32;

// Takes an offset, with a sign where one stands, from the beginning of `rest`, and the spaces around it.
std::optional<std::int64_t> takeOffset(std::string_view& rest) {
  rest.remove_prefix(std::min(rest.find_first_not_of(' '), rest.size()));
  std::int64_t value = 0;
  const auto [behind, fault] = std::from_chars(rest.data(), rest.data() + rest.size(), value);
  if (fault != std::errc() || value < -kFarthest || value > kFarthest) return std::nullopt;
  rest.remove_prefix(static_cast<std::size_t>(behind - rest.data()));
  rest.remove_prefix(std::min(rest.find_first_not_of(' '), rest.size()));
  return value;
}

}  // namespace

Result<ByteSlice> ByteSlice::parse(std::string_view whole, std::string_view part) {
  const auto wrong = filterFault(
      whole, part, InputFault::badSyntax,
      "a slice is [i], one byte, [i:n], n bytes from i on, [:n], the first n, [i:], the rest, or [i-j]");
  if (!part.starts_with('[') || !part.ends_with(']')) return wrong;
  std::string_view rest = part.substr(1, part.size() - 2);
  ByteSlice slice;
  const std::optional<std::int64_t> begin = takeOffset(rest);
  slice.begin_ = begin.value_or(0);
  if (rest.empty()) return begin ? Result<ByteSlice>(slice) : wrong;
  const char sign = rest.front();
  if ((sign != ':' && sign != '-') || (!begin && sign == '-')) return wrong;
  rest.remove_prefix(1);
  slice.end_ = sign == ':' ? End::count : End::last;
  const std::optional<std::int64_t> number = takeOffset(rest);
  if (!rest.empty()) return wrong;
  if (!number && (!begin || sign == '-')) return wrong;
  if (!number) slice.end_ = End::rest;
  slice.number_ = number.value_or(0);
  if (number && sign == ':' && *number <= 0) {
    return filterFault(whole, part, InputFault::badSyntax, "a slice has at least one byte");
  }
  return slice;
}

std::optional<ByteView> ByteSlice::of(ByteView bytes) const {
  const auto size = static_cast<std::int64_t>(bytes.size());
  const std::int64_t begin = begin_ < 0 ? begin_ + size : begin_;
  std::int64_t end = size;
  if (end_ == End::count) end = begin + number_;
  if (end_ == End::last) end = (number_ < 0 ? number_ + size : number_) + 1;
  if (begin < 0 || begin >= end || end > size) return std::nullopt;
  return bytes.subspan(static_cast<std::size_t>(begin), static_cast<std::size_t>(end - begin));
}

}  // namespace sockbench
