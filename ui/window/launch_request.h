// LaunchRequest: the endpoints and capture files that a command line asks for, and how a second program
// writes them to the first. Thread: any.
#pragma once

#include <QByteArray>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "core/net/endpoint.h"

namespace sockbench::ui {

struct LaunchRequest {
  std::vector<Endpoint> listen;
  std::vector<Endpoint> connect;
  std::vector<std::string> captures{};  // paths of files to be opened

  static constexpr std::size_t kMostEndpoints = 64;   // of all kinds together
  static constexpr qsizetype kMostBytes = 64 * 1024;  // of the whole message

  bool isEmpty() const { return listen.empty() && connect.empty() && captures.empty(); }
  bool operator==(const LaunchRequest&) const = default;

  // "sockbench 1", then "listen ENDPOINT", "connect ENDPOINT" and "open PATH" lines (percent-encoded, so that
  // any path fits), then "end". Relative paths are made absolute, for the reader's current folder is another
  // one.
  QByteArray encode() const;

  // What encode() wrote. nullopt for anything else: a line too many, a malformed endpoint, bytes after the
  // end, more than the bounds above. The writer is a program that anyone may run, so nothing of it is
  // trusted.
  static std::optional<LaunchRequest> decode(const QByteArray& message);

  // True once `received` holds the closing line: no more is to come.
  static bool isWhole(const QByteArray& received);
};

}  // namespace sockbench::ui
