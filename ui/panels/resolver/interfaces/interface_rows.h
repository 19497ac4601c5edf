// This machine's interfaces as rows of a table, and what has changed of them in words. Thread: gui.
#pragma once

#include <QStringList>
#include <vector>

#include "core/resolve/interface_changes.h"
#include "core/resolve/interfaces.h"
#include "ui/panels/resolver/grouped_rows_model.h"

namespace sockbench::ui {

// What a row stands for (TextRow::value): an address of an interface, "" where it has none.
struct InterfaceRow {
  unsigned index = 0;
  QString address;
  bool operator==(const InterfaceRow&) const = default;
};

// Name, state, address, scope, broadcast or peer, MTU, MAC, kind, flags.
QStringList interfaceTitles();
// A row for each address; one for an interface that has none. What `changes` are about is marked as fresh.
QList<TextRow> interfaceRows(const NetworkInterface& interface, const std::vector<InterfaceChange>& changes);

QString changeText(const InterfaceChange& change);  // "eth1 added", "eth0: address 192.0.2.1/24 added"
// All of them, or the first few and how many more there are.
QString changesText(const std::vector<InterfaceChange>& changes, std::size_t most);

}  // namespace sockbench::ui
