#include <algorithm>

#include "core/payload/checksum/kinds.h"

namespace sockbench {
namespace {

using namespace std::string_view_literals;

Bytes highFirst(std::uint64_t value, std::size_t size) {
  Bytes bytes(size);
  for (std::size_t i = size; i-- > 0; value >>= 8) bytes[i] = static_cast<std::byte>(value & 0xFF);
  return bytes;
}

std::uint64_t sumOf(ByteView bytes) {
  std::uint64_t sum = 0;
  for (const std::byte byte : bytes) sum += std::to_integer<std::uint64_t>(byte);
  return sum;
}

// The sum of all bytes, its low `bits` bits; `isNegated`: what makes it 0.
template <unsigned bits, bool isNegated = false>
class ByteSum final : public Checksum {
 public:
  void update(ByteView bytes) override { sum_ += sumOf(bytes); }
  Bytes value() const override { return highFirst(isNegated ? ~sum_ + 1 : sum_, bits / 8); }

 private:
  std::uint64_t sum_ = 0;
};

class ByteXor final : public Checksum {
 public:
  void update(ByteView bytes) override {
    for (const std::byte byte : bytes) xor_ ^= byte;
  }
  Bytes value() const override { return {xor_}; }

 private:
  std::byte xor_{0};
};

// Words of two bytes; a last byte that is alone has a zero behind it. take() gets each of them once.
template <bool isLittle, class Words>
class WordChecksum : public Checksum {
 public:
  void update(ByteView bytes) final {
    if (bytes.empty()) return;
    if (hasFirst_) {
      hasFirst_ = false;
      words_.take(word(first_, bytes.front()));
      bytes = bytes.subspan(1);
    }
    std::size_t at = 0;
    for (; at + 1 < bytes.size(); at += 2) words_.take(word(bytes[at], bytes[at + 1]));
    if (at == bytes.size()) return;
    hasFirst_ = true;
    first_ = bytes[at];
  }

  Bytes value() const final {
    Words all = words_;
    if (hasFirst_) all.take(word(first_, std::byte{0}));
    return all.value();
  }

 private:
  static std::uint64_t word(std::byte first, std::byte second) {
    const auto a = std::to_integer<std::uint64_t>(first);
    const auto b = std::to_integer<std::uint64_t>(second);
    return isLittle ? b << 8 | a : a << 8 | b;
  }

  Words words_{};
  std::byte first_{0};
  bool hasFirst_ = false;
};

struct WordSum {
  std::uint64_t sum = 0;
  void take(std::uint64_t word) { sum += word; }
  Bytes value() const { return highFirst(sum, 2); }
};

// RFC 1071: the carries come back in, and the sum is inverted.
struct InternetSum {
  std::uint64_t sum = 0;
  void take(std::uint64_t word) { sum += word; }
  Bytes value() const {
    std::uint64_t folded = sum;
    while (folded >> 16 != 0) folded = (folded & 0xFFFF) + (folded >> 16);
    return highFirst(~folded, 2);
  }
};

// Words modulo 65535, low byte first.
struct Fletcher32Sum {
  std::uint64_t low = 0;
  std::uint64_t high = 0;
  void take(std::uint64_t word) {
    low = (low + word) % 65535;
    high = (high + low) % 65535;
  }
  Bytes value() const { return highFirst(high << 16 | low, 4); }
};

// Adler-32 (RFC 1950) and Fletcher-16: two sums modulo `modulus`, the second of all values of the first.
template <std::uint64_t modulus, std::uint64_t start, unsigned bits>
class TwoSums final : public Checksum {
 public:
  void update(ByteView bytes) override {
    // So many bytes cannot overflow 64 bits, and a division for each would be slow.
    constexpr std::size_t kPart = std::size_t{1} << 20;
    while (!bytes.empty()) {
      const ByteView part = bytes.first(std::min(bytes.size(), kPart));
      for (const std::byte byte : part) {
        low_ += std::to_integer<std::uint64_t>(byte);
        high_ += low_;
      }
      low_ %= modulus;
      high_ %= modulus;
      bytes = bytes.subspan(part.size());
    }
  }
  Bytes value() const override { return highFirst(high_ << bits / 2 | low_, bits / 8); }

 private:
  std::uint64_t low_ = start;
  std::uint64_t high_ = 0;
};

template <class Kind>
std::unique_ptr<Checksum> make() {
  return std::make_unique<Kind>();
}

constexpr auto kSums = std::to_array<PlainRow>({
    {"SUM-8", {"SUM"}, 8, "dd", make<ByteSum<8>>},
    {"SUM-16", {}, 16, "01dd", make<ByteSum<16>>},
    {"SUM-32", {}, 32, "000001dd", make<ByteSum<32>>},
    {"SUM-16/WORDS-BE", {}, 16, "09d4", make<WordChecksum<false, WordSum>>},
    {"SUM-16/WORDS-LE", {}, 16, "d509", make<WordChecksum<true, WordSum>>},
    {"XOR-8", {"BCC", "XOR"}, 8, "31", make<ByteXor>},
    {"LRC", {"LRC-8"}, 8, "23", make<ByteSum<8, true>>},
    {"INTERNET", {"INTERNET CHECKSUM", "RFC 1071", "IP"}, 16, "f62a", make<WordChecksum<false, InternetSum>>},
    {"FLETCHER-16", {"FLETCHER"}, 16, "1ede", make<TwoSums<255, 0, 16>>},
    {"FLETCHER-32", {}, 32, "df09d509", make<WordChecksum<true, Fletcher32Sum>>},
    {"ADLER-32", {"ADLER"}, 32, "091e01de", make<TwoSums<65521, 1, 32>>},
});

}  // namespace

std::span<const PlainRow> sumRows() {
  return kSums;
}

}  // namespace sockbench
