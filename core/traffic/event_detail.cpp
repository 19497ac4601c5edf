#include "core/traffic/event_detail.h"

#include <cstdint>
#include <cstring>
#include <string_view>
#include <type_traits>

namespace sockbench {
namespace {

// The layout: tag, text, whether there is an error, its fields in the order of error.h, and the offender.
// Numbers are in the machine's own order, strings follow their length.
constexpr std::uint32_t kTag = 0x44765345;

class Encoder {
 public:
  template <class T>
  void number(T value) {
    static_assert(std::is_trivially_copyable_v<T>);
    const ByteView bytes = std::as_bytes(std::span(&value, 1));
    out_.insert(out_.end(), bytes.begin(), bytes.end());
  }
  void string(std::string_view text) {
    number(static_cast<std::uint32_t>(text.size()));
    const ByteView bytes = asBytes(text);
    out_.insert(out_.end(), bytes.begin(), bytes.end());
  }
  Bytes take() { return std::move(out_); }

 private:
  Bytes out_;
};

// After the first thing that is not there, everything reads as nothing and good() is false.
class Decoder {
 public:
  explicit Decoder(ByteView bytes) : rest_(bytes) {}

  template <class T>
  T number() {
    T value{};
    const ByteView bytes = take(sizeof value);
    if (!bytes.empty()) std::memcpy(&value, bytes.data(), sizeof value);
    return value;
  }
  std::string string() { return std::string(asChars(take(number<std::uint32_t>()))); }
  bool flag() {
    const auto value = number<std::uint8_t>();
    good_ = good_ && value <= 1;
    return value == 1;
  }
  void require(bool condition) { good_ = good_ && condition; }
  bool good() const { return good_; }
  bool atEnd() const { return rest_.empty(); }

 private:
  ByteView take(std::size_t count) {
    good_ = good_ && count <= rest_.size();
    if (!good_) return {};
    const ByteView taken = rest_.first(count);
    rest_ = rest_.subspan(count);
    return taken;
  }

  ByteView rest_;
  bool good_ = true;
};

void encodeError(Encoder& out, const Error& error) {
  out.number(error.op);
  out.number(error.domain);
  out.number(error.code);
  out.string(error.subject);
  out.number(error.bytesDone);
  out.number(std::uint8_t{error.where.has_value()});
  if (error.where) {
    out.number(error.where->offset);
    out.number(error.where->length);
  }
  out.string(error.detail);
}

Error decodeError(Decoder& in) {
  Error error;
  error.op = in.number<Operation>();
  in.require(error.op == Operation::none || !operationName(error.op).empty());
  error.domain = in.number<ErrorDomain>();
  in.require(!errorDomainName(error.domain).empty());
  error.code = in.number<int>();
  error.subject = in.string();
  error.bytesDone = in.number<std::size_t>();
  if (in.flag()) {
    TextSpan where;
    where.offset = in.number<std::size_t>();
    where.length = in.number<std::size_t>();
    error.where = where;
  }
  error.detail = in.string();
  return error;
}

}  // namespace

Bytes encodeEventDetail(const EventDetail& detail) {
  if (detail == EventDetail{}) return {};
  Encoder out;
  out.number(kTag);
  out.string(detail.text);
  out.number(std::uint8_t{detail.error.has_value()});
  if (detail.error) encodeError(out, *detail.error);
  out.string(detail.offender);
  return out.take();
}

EventDetail decodeEventDetail(ByteView bytes) {
  Decoder in(bytes);
  EventDetail detail;
  in.require(in.number<std::uint32_t>() == kTag);
  detail.text = in.string();
  if (in.flag()) detail.error = decodeError(in);
  detail.offender = in.string();
  if (!in.good() || !in.atEnd()) return {};
  return detail;
}

}  // namespace sockbench
