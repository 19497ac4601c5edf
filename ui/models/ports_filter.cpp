#include "ui/models/ports_filter.h"

#include <algorithm>
#include <array>
#include <utility>

namespace sockbench::ui {
namespace {

bool isNumber(const QString& text, quint64 number) {
  bool whole = false;
  return text.toULongLong(&whole) == number && whole;
}

bool holds(const QString& cell, const QString& part) {
  return cell.contains(part, Qt::CaseInsensitive);
}

}  // namespace

void PortsFilter::setText(const QString& text) {
  words_.clear();
  for (const QString& word : text.toLower().split(u' ', Qt::SkipEmptyParts)) words_ += wordOf(word);
}

// A colon is part of many an address: only the names of fields begin a word with a meaning.
PortsFilter::Word PortsFilter::wordOf(const QString& text) {
  static constexpr std::array<std::pair<QLatin1StringView, Field>, 9> kFields{{
      {QLatin1StringView("port:"), Field::port},
      {QLatin1StringView("pid:"), Field::pid},
      {QLatin1StringView("inode:"), Field::inode},
      {QLatin1StringView("state:"), Field::state},
      {QLatin1StringView("user:"), Field::user},
      {QLatin1StringView("process:"), Field::process},
      {QLatin1StringView("service:"), Field::service},
      {QLatin1StringView("local:"), Field::local},
      {QLatin1StringView("peer:"), Field::peer},
  }};
  for (const auto& [name, field] : kFields) {
    if (text.startsWith(name)) return {field, text.mid(name.size())};
  }
  return {Field::anything, text};
}

bool PortsFilter::matchesWord(const PortRow& row, const Word& word) {
  const auto anyOwner = [&](auto holdsFor) { return std::ranges::any_of(row.owners, holdsFor); };
  switch (word.field) {
    case Field::anything:
      return row.searched.contains(word.text);
    case Field::port:
      return row.socket.local.isIp() &&
             (isNumber(word.text, row.socket.local.port()) || isNumber(word.text, row.socket.peer.port()));
    case Field::pid:
      return anyOwner([&](const PortOwner& o) { return isNumber(word.text, static_cast<quint64>(o.pid)); });
    case Field::inode:
      return isNumber(word.text, row.socket.inode);
    case Field::state:
      return holds(row.state, word.text);
    case Field::user:
      return holds(row.user, word.text);
    case Field::process:
      return anyOwner([&](const PortOwner& owner) { return holds(owner.process, word.text); });
    case Field::service:
      return holds(row.service, word.text);
    case Field::local:
      return holds(row.local, word.text);
    case Field::peer:
      return holds(row.peer, word.text);
  }
  return false;
}

bool PortsFilter::matchesKind(const PortRow& row) const {
  switch (row.socket.kind) {
    case SocketKind::tcp:
      return tcp;
    case SocketKind::udp:
    case SocketKind::udpLite:
      return udp;
    case SocketKind::raw:
      return raw;
    case SocketKind::unixStream:
    case SocketKind::unixDatagram:
    case SocketKind::unixSeqpacket:
      return unixSockets;
  }
  return true;
}

bool PortsFilter::matches(const PortRow& row) const {
  return matchesKind(row) && (!listeningOnly || isListening(row.socket)) &&
         std::ranges::all_of(words_, [&](const Word& word) { return matchesWord(row, word); });
}

}  // namespace sockbench::ui
