// What the Ports panel shows of one reading of the kernel's table: each socket in words, and what has changed
// since the reading before.
#pragma once

#include <QString>
#include <cstdint>
#include <memory>
#include <vector>

#include "core/engine/session_snapshot.h"
#include "core/system/socket_table.h"

namespace sockbench::ui {

struct PortOwner {
  pid_t pid = 0;
  int descriptor = -1;
  QString process;  // fit to be shown
};

struct PortRow {
  enum class Change : std::uint8_t { same, appeared, gone };

  SocketRow socket;
  std::uint64_t key = 0;  // the same in each reading, and no other socket's
  Change change = Change::same;
  QString protocol;  // "tcp", "unix dgram"
  QString state;     // the kernel's word
  QString local;     // fit to be shown, as all texts here
  QString peer;      // empty: none
  QString service;   // what its port is for: "http"; of a raw socket its IP protocol; "" if unknown
  QString user;
  QString interface;              // that it is bound to; "" for none
  std::vector<PortOwner> owners;  // empty: not known, or nobody
  bool isOurs = false;            // this process has it
  SessionId session;              // of this program; 0: none
  QString searched;               // all of it in lower case

  bool isGone() const { return change == Change::gone; }
};

// A port's range (RFC 6335): "well-known" to 1023, "registered" to 49151, "dynamic"; "" of what has no port.
QString portRangeText(const PortRow& row);

struct PortsSnapshot {
  std::vector<PortRow> rows;  // those that are gone stand where they stood
  std::size_t sockets = 0;    // that are there
  std::size_t listening = 0;
  std::size_t unknownOwners = 0;        // sockets that some process has, but not one that we may look at
  std::size_t unreadableProcesses = 0;  // whose descriptors we have no right to see
  std::vector<Error> faults;            // what could not be read
};
using PortsSnapshotPtr = std::shared_ptr<const PortsSnapshot>;

// Names that do not change from one reading to the next. One reading at a time uses it.
class PortNames;
std::shared_ptr<PortNames> makePortNames();

// Reads the table and compares it with `before` (null: the first reading, in which nothing is new).
// `sessions` are this program's. Blocks as readSocketTable() does. Thread: any, one at a time for the same
// `names`.
Result<PortsSnapshotPtr> readPorts(const PortsSnapshotPtr& before, PortNames& names,
                                   const std::vector<SessionSnapshot>& sessions);

}  // namespace sockbench::ui
