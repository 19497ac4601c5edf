// Conversions that ask nobody: inet(3), inet_pton(3), byteorder(3), cmsg(3).
#include "core/calls/call_registry_tables.h"

namespace sockbench {
namespace {

using enum ParameterKind;
using enum CallTarget;

constexpr CallParameter kAton[] = {
    {"ip_string", text, NameGroup::none, "",
     "An IPv4 address, also in its old forms: '127.1', '0x7f000001', '017700000001'."}};
constexpr CallParameter kNtoa[] = {
    {"packed_ip", ParameterKind::bytes, NameGroup::none, "", "Four bytes, the highest first."}};
constexpr CallParameter kPton[] = {
    {"address_family", choice, NameGroup::family, "", "AF_INET or AF_INET6."},
    {"ip_string", text, NameGroup::none, "", "The address as text: all four parts of an IPv4 one."}};
constexpr CallParameter kNtop[] = {
    {"address_family", choice, NameGroup::family, "", "AF_INET or AF_INET6."},
    {"packed_ip", ParameterKind::bytes, NameGroup::none, "", "4 or 16 bytes, the highest first."}};
constexpr CallParameter kLong[] = {
    {"x", integer, NameGroup::none, "", "A number of 32 bits, from 0 to 4294967295."}};
constexpr CallParameter kShort[] = {
    {"x", integer, NameGroup::none, "", "A number of 16 bits, from 0 to 65535."}};
constexpr CallParameter kLength[] = {
    {"length", integer, NameGroup::none, "", "Bytes of the control message's data, from 0."}};

constexpr CallErrorNote kFamilyErrors[] = {{"EAFNOSUPPORT", "The family has no addresses of that kind."}};

constexpr std::string_view kOrder = "byteorder(3)";

constexpr CallInfo kCalls[] = {
    {"inet_pton", function, "Convert", "Text of an address to its bytes.", kPton,
     "4 or 16 bytes, the highest first.", kFamilyErrors, "inet_pton(3)"},
    {"inet_ntop", function, "Convert", "Bytes of an address to its shortest text.", kNtop, "The text.",
     kFamilyErrors, "inet_ntop(3)"},
    {"inet_aton",
     function,
     "Convert",
     "Text of an IPv4 address to its bytes, old forms included.",
     kAton,
     "Four bytes, the highest first.",
     {},
     "inet_aton(3)"},
    {"inet_ntoa",
     function,
     "Convert",
     "Bytes of an IPv4 address to its text.",
     kNtoa,
     "The text.",
     {},
     "inet_ntoa(3)"},
    {"htons",
     function,
     "Convert",
     "16 bits from this machine's order to the network's.",
     kShort,
     "The number with its bytes in network order.",
     {},
     kOrder},
    {"htonl",
     function,
     "Convert",
     "32 bits from this machine's order to the network's.",
     kLong,
     "The number with its bytes in network order.",
     {},
     kOrder},
    {"ntohs",
     function,
     "Convert",
     "16 bits from the network's order to this machine's.",
     kShort,
     "The number with its bytes in this machine's order.",
     {},
     kOrder},
    {"ntohl",
     function,
     "Convert",
     "32 bits from the network's order to this machine's.",
     kLong,
     "The number with its bytes in this machine's order.",
     {},
     kOrder},
    {"CMSG_LEN",
     function,
     "Convert",
     "The length that a control message tells: header and data.",
     kLength,
     "Bytes.",
     {},
     "cmsg(3)"},
    {"CMSG_SPACE",
     function,
     "Convert",
     "The room that a control message takes, with what is left free behind it: what recvmsg's ancbufsize is "
     "added up from.",
     kLength,
     "Bytes.",
     {},
     "cmsg(3)"},
};

}  // namespace

std::span<const CallInfo> convertingCalls() {
  return kCalls;
}

}  // namespace sockbench
