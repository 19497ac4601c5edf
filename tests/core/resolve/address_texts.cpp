#include "address_texts.h"

#include <algorithm>
#include <array>

#include "core/resolve/ip_network.h"
#include "core/resolve/ip_notation.h"
#include "core/resolve/special_purpose.h"

namespace sockbench::test {
namespace {

// The library's distributions may differ from one to the next; the engine does not.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : engine_(seed) {}
  std::size_t below(std::size_t count) { return engine_() % count; }
  bool oneIn(std::size_t count) { return below(count) == 0; }
  std::uint64_t bits() { return engine_(); }

 private:
  std::mt19937_64 engine_;
};

void addEdges(std::vector<std::string>& texts, const IpNetwork& block) {
  const int bits = block.first().bits;
  const Uint128 highest = block.first().highest();
  const std::array<Uint128, 4> edges{(block.first().value - 1) & highest, block.first().value,
                                     block.last().value, (block.last().value + 1) & highest};
  for (const Uint128 value : edges) {
    for (int prefix = 0; prefix <= bits; ++prefix) {
      texts.push_back(IpNumber{bits, value}.text() + '/' + std::to_string(prefix));
    }
  }
}

std::string ipv4Suffix(Dice& dice) {
  const int prefix = static_cast<int>(dice.below(33));
  const IpNetwork network(IpNumber::ofIpv4(0), prefix);
  switch (dice.below(5)) {
    case 0:
      return {};
    case 1:
      return '/' + network.netmask().text();
    case 2:
      return '/' + network.wildcard().text();
    case 3:
      return "/0" + std::to_string(prefix);
    default:
      return '/' + std::to_string(prefix);
  }
}

// Runs of zeros and of ones, and now and then a prefix that means something.
Uint128 ipv6Value(Dice& dice) {
  static constexpr std::array<std::uint64_t, 10> kPrefixes{
      0,           0,           0xFFFF'0000'0000, 0x0064'FF9B,      0x2001'0000,
      0x2002'0000, 0xFE80'0000, 0xFF02'0000,      0x0064'FF9B'0001, 0x2001'0DB8};
  Uint128 value = 0;
  for (int group = 0; group < 8; ++group) {
    const std::uint64_t random = dice.bits() & 0xFFFF;
    const std::array<std::uint64_t, 5> choices{0, 0, random, random >> dice.below(16), 0xFFFF};
    value = value << 16 | choices.at(dice.below(choices.size()));
  }
  if (dice.oneIn(2)) return value;
  const std::uint64_t prefix = kPrefixes.at(dice.below(kPrefixes.size()));
  const int width = prefix > 0xFFFF'FFFF ? 48 : 32;
  if (prefix == 0xFFFF'0000'0000) return Uint128{0xFFFF} << 32 | (value & 0xFFFF'FFFF);
  if (prefix == 0) return value & 0xFFFF'FFFF;
  return (value << width >> width) | (Uint128{prefix} << (128 - width));
}

std::string withDots(IpNumber address) {
  const std::string full = explodedText(address);
  const auto low = static_cast<std::uint32_t>(address.value);
  return full.substr(0, full.size() - 9) + IpNumber::ofIpv4(low).text();
}

std::string ipv6Writing(Dice& dice, IpNumber address) {
  std::string text = address.text();
  switch (dice.below(5)) {
    case 0:
      text = explodedText(address);
      break;
    case 1:
      text = withDots(address);
      break;
    default:
      break;
  }
  if (dice.oneIn(4))
    std::ranges::transform(text, text.begin(),
                           [](char c) { return c >= 'a' ? static_cast<char>(c - 32) : c; });
  return text;
}

std::string ipv6Text(Dice& dice) {
  static constexpr std::array<std::string_view, 4> kZones{"%eth0", "%1", "%a.b-c", "%\xe7\xbd\x91"};
  std::string text = ipv6Writing(dice, IpNumber::ofIpv6(ipv6Value(dice)));
  if (dice.oneIn(8)) text += kZones.at(dice.below(kZones.size()));
  if (!dice.oneIn(4)) text += '/' + std::to_string(dice.below(129));
  return text;
}

std::string ipv4Text(Dice& dice) {
  return IpNumber::ofIpv4(static_cast<std::uint32_t>(dice.bits())).text() + ipv4Suffix(dice);
}

constexpr std::string_view kCharacters = "0123456789abcdefABCDEF.:/%xg -+";

void spoil(Dice& dice, std::string& text) {
  const std::size_t at = dice.below(text.size() + 1);
  const char c = kCharacters[dice.below(kCharacters.size())];
  switch (dice.below(4)) {
    case 0:
      text.insert(at, 1, c);
      break;
    case 1:
      text = text.substr(0, at) + text.substr(std::min(at + 1, text.size()));
      break;
    case 2:
      text.insert(at, text.substr(at / 2, 3));
      break;
    default:
      if (at < text.size()) text[at] = c;
  }
}

}  // namespace

std::vector<std::string> edgeTexts() {
  std::vector<std::string> texts;
  for (const AddressBlock& block : addressBlocks()) addEdges(texts, block.network);
  return texts;
}

std::vector<std::string> ipv4Texts(std::size_t count) {
  Dice dice(4);
  std::vector<std::string> texts(count);
  std::ranges::generate(texts, [&] { return ipv4Text(dice); });
  return texts;
}

std::vector<std::string> ipv6Texts(std::size_t count) {
  Dice dice(6);
  std::vector<std::string> texts(count);
  std::ranges::generate(texts, [&] { return ipv6Text(dice); });
  return texts;
}

std::vector<std::string> brokenTexts(std::size_t count) {
  Dice dice(46);
  std::vector<std::string> texts(count);
  std::ranges::generate(texts, [&] {
    std::string text = dice.oneIn(2) ? ipv4Text(dice) : ipv6Text(dice);
    spoil(dice, text);
    if (dice.oneIn(3)) spoil(dice, text);
    return text;
  });
  return texts;
}

std::vector<std::string> garbageTexts(std::size_t count) {
  Dice dice(99);
  std::vector<std::string> texts(count);
  std::ranges::generate(texts, [&] {
    std::string text(dice.below(48), '\0');
    const bool any = dice.oneIn(3);
    std::ranges::generate(text, [&] {
      return any ? static_cast<char>(dice.bits()) : kCharacters[dice.below(kCharacters.size())];
    });
    return text;
  });
  return texts;
}

}  // namespace sockbench::test
