#include "core/calls/script/c_parts.h"

#include <algorithm>
#include <array>
#include <vector>

#include "core/calls/script/c_helpers.h"

namespace sockbench {
namespace {

constexpr std::string_view kIncludes =
    R"c(// Calls on sockets, written by Sockbench. Prints a line for each: its number, the call and what it answered.
// Build it with: cc -Wall -o calls calls.c
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <net/if.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <netinet/udp.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>
#include <linux/sockios.h>

)c";

constexpr std::array<std::string_view, 67> kTaken{
    "auto",           "break",    "case",     "char",   "const",   "continue",
    "default",        "do",       "double",   "else",   "enum",    "extern",
    "float",          "for",      "goto",     "if",     "inline",  "int",
    "long",           "register", "restrict", "return", "short",   "signed",
    "sizeof",         "static",   "struct",   "switch", "typedef", "union",
    "unsigned",       "void",     "volatile", "while",  "asm",     "typeof",
    "main",           "printf",   "puts",     "fputs",  "errno",   "stdin",
    "stdout",         "stderr",   "signal",   "free",   "malloc",  "calloc",
    "memcpy",         "strlen",   "write",    "read",   "unix",    "linux",
    "time",           "exit",     "abort",    "index",  "size_t",  "perror",
    "fcntl",          "open",     "NULL",     "getenv", "to",      "unnamed_bytes",
    "unnamed_address"};

bool isNameCharacter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

// C text without its strings and comments, in which no name means anything.
std::string codeOf(std::string_view text) {
  std::string code;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text.substr(at, 2) == "/*") {
      at = std::min(text.find("*/", at), text.size());
    } else if (text[at] == '"') {
      for (++at; at < text.size() && text[at] != '"'; ++at) at += text[at] == '\\' ? 1 : 0;
      code += '"';
    } else {
      code += text[at];
    }
  }
  return code;
}

// How often `code` uses a name; of a function, how often it calls it.
std::size_t mentions(std::string_view code, std::string_view name, bool calls) {
  std::size_t times = 0;
  for (std::size_t at = code.find(name); at != std::string_view::npos; at = code.find(name, at + 1)) {
    const bool begins = at == 0 || !isNameCharacter(code[at - 1]);
    const std::size_t end = at + name.size();
    if (begins && end < code.size() && (calls ? code[end] == '(' : !isNameCharacter(code[end]))) ++times;
  }
  return times;
}

// The part of a helper that only some programs want stands between /*?NAME*/ and /*.*/.
std::string withParts(std::string_view text, bool timeouts, bool lookUps) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t mark = std::min(text.find("/*?", at), text.size());
    out += text.substr(at, mark - at);
    if (mark == text.size()) break;
    const std::size_t begin = text.find("*/", mark) + 2;
    const std::size_t end = text.find("/*.*/", begin);
    const std::string_view name = text.substr(mark + 3, begin - mark - 5);
    const bool wanted = name == "timeouts" ? timeouts : name == "no timeouts" ? !timeouts : lookUps;
    if (wanted) out += text.substr(begin, end - begin);
    at = end + 5;
  }
  return out;
}

std::string helpersOf(std::string_view body, bool timeouts, bool lookUps) {
  const std::span<const CHelper> helpers = cHelpers();
  std::string code = codeOf(body);
  std::vector<std::string> wanted(helpers.size());
  for (std::size_t i = helpers.size(); i-- > 0;) {
    const bool isFunction = helpers[i].text.contains(std::string(helpers[i].name) + '(');
    if (mentions(code, helpers[i].name, isFunction) == 0) continue;
    wanted[i] = withParts(helpers[i].text, timeouts, lookUps);
    code += codeOf(wanted[i]);
  }
  std::string text;
  for (const std::string& helper : wanted) text += helper;
  return text;
}

}  // namespace

std::string cPrelude(std::string_view body, bool timeouts) {
  const std::string helpers = helpersOf(body, timeouts, false);
  const bool lookUps = helpers.contains("look_up_error");
  return std::string(kIncludes) + (lookUps ? helpersOf(body, timeouts, true) : helpers);
}

std::span<const CHelper> cHelpers() {
  static const std::vector<CHelper> all = [] {
    std::vector<CHelper> joined;
    for (const auto part : {cTellingHelpers(), cCallingHelpers(), cDataHelpers(), cLookUpHelpers()}) {
      joined.insert(joined.end(), part.begin(), part.end());
    }
    return joined;
  }();
  return all;
}

std::size_t timesNamed(std::string_view body, std::string_view name) {
  return mentions(codeOf(body), name, false);
}

bool isTakenInC(std::string_view name) {
  return std::ranges::find(kTaken, name) != kTaken.end() ||
         std::ranges::any_of(cHelpers(), [&](const CHelper& helper) { return helper.name == name; });
}

}  // namespace sockbench
