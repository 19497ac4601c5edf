#include "core/resolve/dns/replies.h"

#include <utility>

#include "core/resolve/dns/wire.h"

namespace sockbench::dns {

namespace {

constexpr std::size_t kPrefix = 2;

void appendCount(std::string& list, int count, std::string_view what) {
  if (count == 0) return;
  if (!list.empty()) list += ", ";
  list += std::to_string(count) + ' ' + std::string(what);
}

}  // namespace

Ignored& Ignored::operator+=(const Ignored& more) {
  notDns += more.notDns;
  otherId += more.otherId;
  otherQuestion += more.otherQuestion;
  return *this;
}

std::string Ignored::sentence() const {
  std::string kinds;
  appendCount(kinds, otherId, "with another id");
  appendCount(kinds, otherQuestion, "to another question");
  appendCount(kinds, notDns, "that were no DNS message");
  if (kinds.empty()) return kinds;
  return std::to_string(all()) + (all() == 1 ? " reply" : " replies") + " did not belong to this question (" +
         kinds + ")";
}

std::string Trouble::sentence() const {
  const std::string who = server.empty() ? "" : server.text() + ' ';
  if (code == 0) return who + what;
  const Error error = Error::fromErrno(op, code);
  return who + std::string(operationName(op)) + ": " + error.symbol() + ", " + error.message();
}

std::optional<Bytes> StreamMessages::take(ByteView received) {
  bytes_.insert(bytes_.end(), received.begin(), received.end());
  if (bytes_.size() < kPrefix || bytes_.size() < kPrefix + read16(bytes_, 0)) return std::nullopt;
  Bytes message(bytes_.begin() + kPrefix, bytes_.end());
  bytes_.clear();
  return message;
}

std::string StreamMessages::progress() const {
  if (bytes_.size() < kPrefix) return "before its answer";
  return "after " + std::to_string(bytes_.size() - kPrefix) + " of the " + std::to_string(read16(bytes_, 0)) +
         " bytes that it announced";
}

}  // namespace sockbench::dns
