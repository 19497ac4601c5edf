#include "core/system/capability_needs.h"

#include <netinet/in.h>
#include <sys/socket.h>

#include <cerrno>
#include <vector>

namespace sockbench {
namespace {

// "SOCK_STREAM, SOCK_DGRAM and SOCK_RAW"
std::string listed(const std::vector<std::string_view>& words) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) text += i + 1 == words.size() ? " and " : ", ";
    text += words[i];
  }
  return text;
}

std::string typesIn(std::uint32_t types) {
  std::vector<std::string_view> words;
  for (int type = SOCK_STREAM; type <= SOCK_DCCP; ++type)
    if ((types & (1U << static_cast<unsigned>(type))) != 0) words.push_back(socketTypeConstant(type));
  return listed(words);
}

std::uint32_t typesOfFamily(int family) {
  std::uint32_t types = 0;
  for (const SocketProtocol& protocol : socketProtocols())
    if (protocol.family == family) types |= protocol.types;
  return types;
}

std::string nonexistentReason(const SocketCombination& combination) {
  const std::string type(socketTypeConstant(combination.type));
  const std::string family(combination.family->name);
  const std::uint32_t ofFamily = typesOfFamily(combination.family->number);
  if ((ofFamily & (1U << static_cast<unsigned>(combination.type))) == 0)
    return "there is no " + type + " in " + family + "; its types are " + typesIn(ofFamily);
  if (combination.protocol->number == 0 && combination.type == SOCK_RAW)
    return "a raw socket of " + family + " must name its protocol";
  return std::string(combination.protocol->name) + " does not go with " + type + "; in " + family +
         " it goes with " + typesIn(combination.protocol->types);
}

// Beyond what the error's own hint says of rights.
std::string forbiddenReason(const SocketCombination& combination, const Error& error) {
  const int family = combination.family->number;
  const bool ip = family == AF_INET || family == AF_INET6;
  if (family == AF_PACKET || (ip && (combination.type == SOCK_RAW || combination.type == SOCK_DGRAM)))
    return error.hint();
  return "this family needs no right: a sandbox (seccomp, SELinux, AppArmor) forbids it to this process";
}

std::string missingReason(const SocketCombination& combination, const Error& error) {
  const SocketProtocol& protocol = *combination.protocol;
  if (protocol.number == IPPROTO_MPTCP && error.code == ENOPROTOOPT)
    return "it is switched off: sudo sysctl -w net.mptcp.enabled=1";
  if (combination.family->number == AF_VSOCK && combination.type == SOCK_DGRAM && error.code == ENODEV)
    return "only VMware's transport (module vmw_vsock_vmci_transport) has datagrams; use SOCK_STREAM or "
           "SOCK_SEQPACKET";
  // A protocol's module brings the family's with it.
  const SocketFamily& family = *combination.family;
  const std::string_view module = protocol.module.empty() ? family.module : protocol.module;
  std::string config(protocol.config.empty() ? family.config : protocol.config);
  if (error.code == EAFNOSUPPORT && !protocol.config.empty())
    config = std::string(family.config) + " and " + config;
  std::string needs = moduleNeeds(module, config, moduleState(module), kernelRelease());
  if (protocol.number == IPPROTO_DCCP) needs += "; Linux 6.16 and later have no DCCP any more";
  return needs;
}

bool isAbout(const Error& error) {
  switch (error.code) {
    case EMFILE:
    case ENFILE:
    case ENOBUFS:
    case ENOMEM:
      return false;
    default:
      return true;
  }
}

}  // namespace

std::string moduleNeeds(std::string_view module, std::string_view config, ModuleState state,
                        const std::string& release) {
  const std::string name(module);
  const std::string option(config.empty() ? std::string_view("its option") : config);
  if (name.empty()) return "this kernel was built without it; it takes one built with " + option;
  switch (state) {
    case ModuleState::loadable:
      return "the kernel's module " + name + " is not loaded: sudo modprobe " + name;
    case ModuleState::missing:
      return "the kernel's module " + name + " is not installed for " + release +
             ": install the distribution's package of further modules for it (or a kernel built with " +
             option + "), then sudo modprobe " + name;
    case ModuleState::noModules:
      return "the kernel's module " + name + " is not in this kernel (" + release +
             "), which loads no modules; it takes one built with " + option;
  }
  return {};
}

std::string capabilityNeeds(const SocketCombination& combination, CapabilityState state, const Error& error) {
  if (!isAbout(error)) return error.hint();
  switch (state) {
    case CapabilityState::supported:
      break;
    case CapabilityState::forbidden:
      return forbiddenReason(combination, error);
    case CapabilityState::missing:
      return missingReason(combination, error);
    case CapabilityState::nonexistent:
      return nonexistentReason(combination);
  }
  return {};
}

}  // namespace sockbench
