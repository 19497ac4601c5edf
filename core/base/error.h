// Error: what went wrong, in the kernel's (or the library's) own words, with its meaning and what to try.
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>

namespace sockbench {

// What was being done: the name of the call, as its manual page has it, or "parse" for input.
enum class Operation : std::uint8_t {
  none,
  parse,
  socket,
  socketpair,
  bind,
  listen,
  accept,
  connect,
  send,
  recv,
  sendfile,
  shutdown,
  close,
  poll,
  getsockopt,
  setsockopt,
  getsockname,
  getpeername,
  ioctl,
  fcntl,
  open,
  read,
  write,
  unlink,
  lstat,
  getaddrinfo,
  getnameinfo,
  gethostbyname,
  gethostbyaddr,
  gethostname,
  getservbyname,
  getservbyport,
  getprotobyname,
  getprotobynumber,
  rtnetlink,  // a question to the kernel's links and addresses (rtnetlink(7))
  dns,        // a question to a name server, from its making to its answer
  sock_diag,  // a question to the kernel's table of sockets (sock_diag(7))
  fsync,
  rename,
  mmap,
};

// Whose number `code` is.
enum class ErrorDomain : std::uint8_t {
  system,    // errno; written "errno"
  addrinfo,  // EAI_*; written "eai"
  hostdb,    // h_errno: HOST_NOT_FOUND...; written "h_errno"
  dns,       // a DnsFault: a question that got no answer
  tls,       // OpenSSL's code
  input,     // an InputFault: text that a person or a file gave us
};

// The codes of ErrorDomain::input. symbol() writes them as BAD_PORT and so on.
enum class InputFault : int {
  badSyntax = 1,
  badTransport,
  badHost,
  badPort,
  badZone,
  badPath,
  pathTooLong,
  badAddress,
  badHex,
  badEscape,
  badEncoding,
  badOptionName,
  badOptionValue,
  queueFull,
  tooLarge,
  unknownName,
  notOpen,
  rateLimit,
  badPrefix,
};

// The codes of ErrorDomain::dns: why a question got no answer that can be read. (An RCODE is an answer.)
// symbol() writes them as DNS_TIMEOUT and so on.
enum class DnsFault : int {
  timeout = 1,  // no server answered in time
  unreachable,  // no server could be reached (refused, no route, connection ended in mid-answer)
  noServer,     // no server is configured, or none is given
  badAnswer,    // what came cannot be read as an answer
};

// Where in `Error::subject` the wrong part stands, in bytes. length 0: at that place something is missing.
struct TextSpan {
  std::size_t offset = 0;
  std::size_t length = 0;
  bool operator==(const TextSpan&) const = default;
};

struct Error {
  Operation op = Operation::none;
  ErrorDomain domain = ErrorDomain::system;
  int code = 0;
  std::string subject;        // what it was done to: "tcp://127.0.0.1:9", an option's name, the text typed
  std::size_t bytesDone = 0;  // bytes that had gone before the error (sendall); 0 when none
  std::optional<TextSpan> where;  // for input: the wrong part of `subject`
  std::string detail;             // a more exact sentence than the code's own; empty: none

  // `code` is errno. Thread: any, for all of these.
  static Error fromErrno(Operation op, int code, std::string subject = {});
  static Error fromAddrinfo(Operation op, int eaiCode,
                            std::string subject = {});  // see fromErrno for EAI_SYSTEM
  static Error fromHostdb(Operation op, int hErrno, std::string subject = {});
  // `detail` says more than the fault does ("2 replies had a wrong id"); empty: nothing.
  static Error fromDns(Operation op, DnsFault fault, std::string subject = {}, std::string detail = {});
  // `detail` is a whole sentence without a full stop: "port 70000 is above 65535".
  static Error fromInput(InputFault fault, std::string subject, std::optional<TextSpan> where,
                         std::string detail, Operation op = Operation::parse);

  // "ECONNREFUSED", "EAI_NONAME", "HOST_NOT_FOUND", "BAD_PORT"; "E#999" if unknown.
  std::string symbol() const;
  std::string message() const;  // "Connection refused", or `detail` where there is one
  std::string hint() const;     // what it means here and what to try; empty when there is nothing to add
  std::string line() const;     // "connect tcp://127.0.0.1:9: ECONNREFUSED, Connection refused"
  bool isErrno(int number) const { return domain == ErrorDomain::system && code == number; }
  bool isDns(DnsFault fault) const { return domain == ErrorDomain::dns && code == static_cast<int>(fault); }
  bool isInput(InputFault fault) const {
    return domain == ErrorDomain::input && code == static_cast<int>(fault);
  }
  bool operator==(const Error&) const = default;
};

template <class T>
using Result = std::expected<T, Error>;

std::string_view operationName(Operation op);     // "connect"; "" for none
std::string_view errorDomainName(ErrorDomain d);  // "errno", "eai", "h_errno", "dns", "tls", "input"
std::string errnoSymbol(int code);                // "ECONNREFUSED"; "E#999" if unknown

}  // namespace sockbench
