#include "core/system/capabilities.h"

#include <linux/if_alg.h>
#include <linux/vm_sockets.h>

#include <algorithm>
#include <cerrno>

#include "core/net/socket.h"
#include "core/system/capability_needs.h"

namespace sockbench {
namespace {

SocketAddress algorithmAddress(const SocketCombination& combination) {
  sockaddr_alg address{};
  address.salg_family = AF_ALG;
  const auto copy = [](std::string_view text, std::span<__u8> into) {
    std::copy_n(text.begin(), std::min(text.size(), into.size() - 1), into.begin());
  };
  copy(combination.algorithmType, address.salg_type);
  copy(combination.algorithm, address.salg_name);
  return SocketAddress::fromRaw(reinterpret_cast<const sockaddr*>(&address), sizeof address);
}

SocketAddress loopbackAddress() {
  sockaddr_vm address{};
  address.svm_family = AF_VSOCK;
  address.svm_cid = VMADDR_CID_LOCAL;
  address.svm_port = VMADDR_PORT_ANY;
  return SocketAddress::fromRaw(reinterpret_cast<const sockaddr*>(&address), sizeof address);
}

std::string subjectOf(const SocketCombination& combination) {
  return std::string(combination.family->name) + ", " + std::string(socketTypeConstant(combination.type)) +
         ", " + combination.protocolText();
}

std::optional<Error> errorOf(const SocketCombination& combination) {
  const auto fault = [&](Operation op, const Error& error) {
    return Error::fromErrno(op, error.code, subjectOf(combination));
  };
  Result<Socket> socket =
      Socket::open(combination.family->number, combination.type, combination.protocol->number);
  if (!socket) return fault(Operation::socket, socket.error());
  if (combination.trial == FurtherTrial::none) return std::nullopt;
  const Result<void> bound = socket->bind(
      combination.trial == FurtherTrial::bindLoopback ? loopbackAddress() : algorithmAddress(combination));
  if (!bound) return fault(Operation::bind, bound.error());
  return std::nullopt;
}

// What says that something is not there; all else (EMFILE, ...) says nothing about the combination.
bool saysAbsent(int code) {
  switch (code) {
    case EAFNOSUPPORT:
    case EPFNOSUPPORT:
    case EPROTONOSUPPORT:
    case ESOCKTNOSUPPORT:
    case ENOPROTOOPT:
    case ENODEV:
    case EADDRNOTAVAIL:
    case ENOENT:
    case EINVAL:
      return true;
    default:
      return false;
  }
}

CapabilityState stateOf(const SocketCombination& combination, const std::optional<Error>& error) {
  if (!error) return CapabilityState::supported;
  const bool forbidden = error->code == EPERM || error->code == EACCES;
  // AF_PACKET asks for the right before it looks at the type.
  if (!combination.exists && (forbidden || saysAbsent(error->code))) return CapabilityState::nonexistent;
  return forbidden ? CapabilityState::forbidden : CapabilityState::missing;
}

}  // namespace

std::string_view capabilityStateName(CapabilityState state) {
  switch (state) {
    case CapabilityState::supported:
      return "supported";
    case CapabilityState::forbidden:
      return "forbidden";
    case CapabilityState::missing:
      return "missing";
    case CapabilityState::nonexistent:
      return "nonexistent";
  }
  return {};
}

Capability tryCapability(const SocketCombination& combination) {
  Capability tried{.combination = combination, .error = errorOf(combination), .needs = {}};
  tried.state = stateOf(combination, tried.error);
  if (tried.error) tried.needs = capabilityNeeds(combination, tried.state, *tried.error);
  return tried;
}

std::string socketNeeds(int family, int type, int protocol, const Error& error) {
  for (const SocketCombination& combination : socketCombinations()) {
    if (combination.family->number != family || combination.type != type ||
        combination.protocol->number != protocol || combination.trial != FurtherTrial::none)
      continue;
    return capabilityNeeds(combination, stateOf(combination, error), error);
  }
  return {};
}

std::vector<Capability> tryCapabilities() {
  std::vector<Capability> all;
  for (const SocketCombination& combination : socketCombinations()) all.push_back(tryCapability(combination));
  return all;
}

}  // namespace sockbench
