#include "core/calls/python/host_name.h"

#include <idn2.h>
#include <netdb.h>
#include <netinet/in.h>

#include <algorithm>
#include <memory>
#include <string_view>
#include <vector>

#include "core/calls/python/fault.h"
#include "core/calls/python/texts.h"
#include "core/net/kernel_witness.h"

namespace sockbench {
namespace {

constexpr std::size_t kLongestLabel = 63;

[[noreturn]] void refuse(const std::string& why, std::size_t argument) {
  raiseValue("encoding with 'idna' codec failed (UnicodeError: " + why + ")", argument);
}

bool isAscii(std::string_view text) {
  return std::ranges::all_of(text, [](unsigned char c) { return c < 0x80; });
}

bool isLongest(std::string_view label) {
  return label.size() <= kLongestLabel;
}

// What separates labels: the full stop and its three wide forms (RFC 3490, section 3.1).
bool isDot(char32_t c) {
  return c == U'.' || c == U'\u3002' || c == U'\uFF0E' || c == U'\uFF61';
}

std::vector<std::string> labelsOf(const std::string& host) {
  std::vector<std::string> labels(1);
  for (std::size_t at = 0; at < host.size();) {
    const std::size_t begin = at;
    if (isDot(nextTextCharacter(host, at))) {
      labels.emplace_back();
    } else {
      labels.back().append(host, begin, at - begin);
    }
  }
  return labels;
}

std::string asciiHost(const std::string& host, std::size_t argument) {
  std::size_t begin = 0;
  for (std::size_t dot = host.find('.'); dot != std::string::npos; dot = host.find('.', begin)) {
    if (dot == begin || dot - begin > kLongestLabel) refuse("label empty or too long", argument);
    begin = dot + 1;
  }
  if (host.size() - begin > kLongestLabel) refuse("label too long", argument);
  return host;
}

std::string asciiLabel(const std::string& label, std::size_t argument) {
  if (isAscii(label)) {
    if (label.empty() || !isLongest(label)) refuse("label empty or too long", argument);
    return label;
  }
  char* raw = nullptr;
  const int status = idn2_to_ascii_8z(label.c_str(), &raw, IDN2_NFC_INPUT | IDN2_TRANSITIONAL);
  const std::unique_ptr<char, decltype(&std::free)> ascii(raw, &std::free);
  if (status != IDN2_OK) refuse(idn2_strerror(status), argument);
  return ascii.get();
}

}  // namespace

std::string idnaBytes(const std::string& host, std::size_t argument) {
  if (isAscii(host)) return asciiHost(host, argument);
  for (std::size_t at = 0; at < host.size();) {
    const char32_t character = nextTextCharacter(host, at);
    if (character >= 0xD800 && character <= 0xDFFF)
      refuse("Invalid character '" + escapedCharacter(character) + "'", argument);
  }
  std::vector<std::string> labels = labelsOf(host);
  const bool trailingDot = labels.back().empty();
  if (trailingDot) labels.pop_back();
  std::string bytes;
  for (const std::string& label : labels) {
    if (!bytes.empty()) bytes += '.';
    bytes += asciiLabel(label, argument);
  }
  return trailingDot ? bytes + '.' : bytes;
}

std::string hostText(const CallValue& value, std::size_t argument) {
  std::string host;
  if (const auto* text = value.as<std::string>()) {
    try {
      host = isAscii(*text) ? *text : idnaBytes(*text, argument);
    } catch (const RaisedFault&) {
      raiseType("encoding of hostname failed", argument);
    }
  } else if (value.as<Bytes>() != nullptr || value.as<CallBuffer>() != nullptr) {
    host = asChars(bytesLike(value, argument));
  } else {
    raiseType("str, bytes or bytearray expected, not " + std::string(value.typeName()), argument);
  }
  if (host.contains('\0')) raiseType("host name must not contain null character", argument);
  return host;
}

AddressAnswer lookUpAddresses(const AddressQuery& query) {
  if (KernelWitness* witness = KernelWitness::ofThisThread()) witness->willWait();
  return orRaise(getAddressInfo(query));
}

namespace {

SocketAddress wildcard(int family) {
  const AddressQuery query{.service = "0", .family = family, .type = SOCK_DGRAM, .flags = AI_PASSIVE};
  const AddressAnswer answer = lookUpAddresses(query);
  if (answer.results.size() > 1) raiseOs("wildcard resolved to multiple address");
  return answer.results.front().address.withPort(0);
}

}  // namespace

SocketAddress hostAddress(const std::string& host, int family) {
  if (host.empty()) return wildcard(family);
  if (host == "255.255.255.255" || host == "<broadcast>") {
    if (family == AF_INET6) raiseOs("address family mismatched");
    return SocketAddress::fromIpv4(INADDR_BROADCAST, 0);
  }
  if (!host.contains('%')) {
    const auto literal = SocketAddress::fromIp(host, 0);
    if (literal && (family == AF_UNSPEC || literal->family() == family)) return *literal;
  }
  const AddressAnswer answer = lookUpAddresses({.host = host, .family = family});
  return answer.results.front().address.withPort(0);
}

}  // namespace sockbench
