#include "core/base/error.h"

#include <netdb.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

namespace sockbench {
namespace {

struct CodeName {
  int code;
  std::string_view name;
};

// netdb.h declares the ones from EAI_INPROGRESS on for getaddrinfo_a(3) and internationalised names.
constexpr std::array kAddrinfoNames{
    CodeName{EAI_BADFLAGS, "EAI_BADFLAGS"},
    CodeName{EAI_NONAME, "EAI_NONAME"},
    CodeName{EAI_AGAIN, "EAI_AGAIN"},
    CodeName{EAI_FAIL, "EAI_FAIL"},
    CodeName{EAI_NODATA, "EAI_NODATA"},
    CodeName{EAI_FAMILY, "EAI_FAMILY"},
    CodeName{EAI_SOCKTYPE, "EAI_SOCKTYPE"},
    CodeName{EAI_SERVICE, "EAI_SERVICE"},
    CodeName{EAI_ADDRFAMILY, "EAI_ADDRFAMILY"},
    CodeName{EAI_MEMORY, "EAI_MEMORY"},
    CodeName{EAI_SYSTEM, "EAI_SYSTEM"},
    CodeName{EAI_OVERFLOW, "EAI_OVERFLOW"},
    CodeName{EAI_INPROGRESS, "EAI_INPROGRESS"},
    CodeName{EAI_CANCELED, "EAI_CANCELED"},
    CodeName{EAI_NOTCANCELED, "EAI_NOTCANCELED"},
    CodeName{EAI_ALLDONE, "EAI_ALLDONE"},
    CodeName{EAI_INTR, "EAI_INTR"},
    CodeName{EAI_IDN_ENCODE, "EAI_IDN_ENCODE"},
};

constexpr std::array kHostdbNames{
    CodeName{HOST_NOT_FOUND, "HOST_NOT_FOUND"},
    CodeName{TRY_AGAIN, "TRY_AGAIN"},
    CodeName{NO_RECOVERY, "NO_RECOVERY"},
    CodeName{NO_DATA, "NO_DATA"},
};

struct FaultText {
  std::string_view symbol;
  std::string_view message;
};

FaultText faultText(int code) {
  switch (static_cast<InputFault>(code)) {
    case InputFault::badSyntax:
      return {"BAD_SYNTAX", "The text cannot be understood"};
    case InputFault::badTransport:
      return {"BAD_TRANSPORT", "Unknown transport"};
    case InputFault::badHost:
      return {"BAD_HOST", "Not a host"};
    case InputFault::badPort:
      return {"BAD_PORT", "Not a port"};
    case InputFault::badZone:
      return {"BAD_ZONE", "No such interface"};
    case InputFault::badPath:
      return {"BAD_PATH", "Not a path"};
    case InputFault::pathTooLong:
      return {"PATH_TOO_LONG", "The path is too long"};
    case InputFault::badAddress:
      return {"BAD_ADDRESS", "Not an address"};
    case InputFault::badHex:
      return {"BAD_HEX", "Not hexadecimal"};
    case InputFault::badEscape:
      return {"BAD_ESCAPE", "Unknown escape"};
    case InputFault::badEncoding:
      return {"BAD_ENCODING", "The encoding lacks a character"};
    case InputFault::badOptionName:
      return {"BAD_OPTION_NAME", "Unknown socket option"};
    case InputFault::badOptionValue:
      return {"BAD_OPTION_VALUE", "Not a value of the option"};
    case InputFault::queueFull:
      return {"QUEUE_FULL", "The send queue is full"};
    case InputFault::tooLarge:
      return {"TOO_LARGE", "Too large"};
    case InputFault::unknownName:
      return {"UNKNOWN_NAME", "Unknown name"};
    case InputFault::notOpen:
      return {"NOT_OPEN", "Not open"};
    case InputFault::rateLimit:
      return {"RATE_LIMIT", "Faster than the limit allows"};
    case InputFault::badPrefix:
      return {"BAD_PREFIX", "Not a prefix length or mask"};
  }
  return {};
}

FaultText dnsFaultText(int code) {
  switch (static_cast<DnsFault>(code)) {
    case DnsFault::timeout:
      return {"DNS_TIMEOUT", "No name server answered in time"};
    case DnsFault::unreachable:
      return {"DNS_UNREACHABLE", "No name server could be reached"};
    case DnsFault::noServer:
      return {"DNS_NO_SERVER", "No name server is configured"};
    case DnsFault::badAnswer:
      return {"DNS_BAD_ANSWER", "The name server's answer cannot be read"};
  }
  return {};
}

std::string unknownCode(int code) {
  return "E#" + std::to_string(code);
}

template <std::size_t size>
std::string nameIn(const std::array<CodeName, size>& names, int code) {
  for (const CodeName& entry : names) {
    if (entry.code == code) return std::string(entry.name);
  }
  return unknownCode(code);
}

Error make(Operation op, ErrorDomain domain, int code, std::string subject) {
  Error error;
  error.op = op;
  error.domain = domain;
  error.code = code;
  error.subject = std::move(subject);
  return error;
}

// strerror(3) without its locale and its shared buffer.
std::string errnoMessage(int code) {
  const char* text = strerrordesc_np(code);
  return text != nullptr && code != 0 ? text : "Unknown error " + std::to_string(code);
}

}  // namespace

Error Error::fromErrno(Operation op, int code, std::string subject) {
  return make(op, ErrorDomain::system, code, std::move(subject));
}

Error Error::fromAddrinfo(Operation op, int eaiCode, std::string subject) {
  if (eaiCode == EAI_SYSTEM) return fromErrno(op, errno, std::move(subject));
  return make(op, ErrorDomain::addrinfo, eaiCode, std::move(subject));
}

Error Error::fromHostdb(Operation op, int hErrno, std::string subject) {
  if (hErrno == NETDB_INTERNAL) return fromErrno(op, errno, std::move(subject));
  return make(op, ErrorDomain::hostdb, hErrno, std::move(subject));
}

Error Error::fromDns(Operation op, DnsFault fault, std::string subject, std::string detail) {
  Error error = make(op, ErrorDomain::dns, static_cast<int>(fault), std::move(subject));
  error.detail = std::move(detail);
  return error;
}

Error Error::fromInput(InputFault fault, std::string subject, std::optional<TextSpan> where,
                       std::string detail, Operation op) {
  Error error = make(op, ErrorDomain::input, static_cast<int>(fault), std::move(subject));
  error.where = where;
  error.detail = std::move(detail);
  return error;
}

std::string Error::symbol() const {
  switch (domain) {
    case ErrorDomain::system:
      return errnoSymbol(code);
    case ErrorDomain::addrinfo:
      return nameIn(kAddrinfoNames, code);
    case ErrorDomain::hostdb:
      return nameIn(kHostdbNames, code);
    case ErrorDomain::input: {
      const std::string_view name = faultText(code).symbol;
      return name.empty() ? unknownCode(code) : std::string(name);
    }
    case ErrorDomain::dns: {
      const std::string_view name = dnsFaultText(code).symbol;
      return name.empty() ? unknownCode(code) : std::string(name);
    }
    case ErrorDomain::tls:
      break;
  }
  return unknownCode(code);
}

std::string Error::message() const {
  if (!detail.empty()) return detail;
  switch (domain) {
    case ErrorDomain::system:
      return errnoMessage(code);
    case ErrorDomain::addrinfo:
      return gai_strerror(code);
    case ErrorDomain::hostdb:
      return hstrerror(code);
    case ErrorDomain::input: {
      const std::string_view text = faultText(code).message;
      if (!text.empty()) return std::string(text);
      break;
    }
    case ErrorDomain::dns: {
      const std::string_view text = dnsFaultText(code).message;
      if (!text.empty()) return std::string(text);
      break;
    }
    case ErrorDomain::tls:
      break;
  }
  return "Unknown error " + std::to_string(code);
}

std::string Error::line() const {
  std::string text(operationName(op));
  if (!subject.empty()) {
    if (!text.empty()) text += ' ';
    text += subject;
  }
  if (!text.empty()) text += ": ";
  return text + symbol() + ", " + message();
}

std::string_view errorDomainName(ErrorDomain d) {
  switch (d) {
    case ErrorDomain::system:
      return "errno";
    case ErrorDomain::addrinfo:
      return "eai";
    case ErrorDomain::hostdb:
      return "h_errno";
    case ErrorDomain::dns:
      return "dns";
    case ErrorDomain::tls:
      return "tls";
    case ErrorDomain::input:
      return "input";
  }
  return "";
}

std::string errnoSymbol(int code) {
  const char* name = strerrorname_np(code);
  return name != nullptr && code != 0 ? name : unknownCode(code);
}

}  // namespace sockbench
