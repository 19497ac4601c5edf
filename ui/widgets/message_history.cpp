#include "ui/widgets/message_history.h"

#include "ui/bridge/core_types.h"

namespace sockbench::ui {
namespace {

// In front of an entry, "hex 68 65"; text has none where it does not look like one.
QString prefixOf(Composer::Mode mode) {
  return toQString(messageFormName(mode)) + QLatin1Char(' ');
}

std::optional<Composer::Mode> modeOf(const QString& string) {
  for (const auto mode :
       {Composer::Mode::text, Composer::Mode::hex, Composer::Mode::base64, Composer::Mode::file}) {
    if (string.startsWith(prefixOf(mode))) return mode;
  }
  return std::nullopt;
}

}  // namespace

void MessageHistory::add(const Entry& entry) {
  const bool known = !entries_.isEmpty() && entries_.last() == entry;
  if (!known && !entry.text.isEmpty() && entry.text.size() <= kMostCharacters) entries_.append(entry);
  if (entries_.size() > kMost) entries_.remove(0, entries_.size() - kMost);
  endWalk();
}

std::optional<MessageHistory::Entry> MessageHistory::older(const Entry& draft) {
  if (at_ == 0) return std::nullopt;
  if (at_ == entries_.size()) draft_ = draft;
  return entries_[--at_];
}

std::optional<MessageHistory::Entry> MessageHistory::newer() {
  if (at_ >= entries_.size()) return std::nullopt;
  return ++at_ == entries_.size() ? draft_ : entries_[at_];
}

QStringList MessageHistory::toStrings() const {
  QStringList strings;
  for (const Entry& entry : entries_) {
    const bool isPlain = entry.mode == Composer::Mode::text && !modeOf(entry.text);
    strings += isPlain ? entry.text : prefixOf(entry.mode) + entry.text;
  }
  return strings;
}

void MessageHistory::setStrings(const QStringList& strings) {
  entries_.clear();
  for (const QString& s : strings) {
    const std::optional<Composer::Mode> mode = modeOf(s);
    add(mode ? Entry{*mode, s.mid(prefixOf(*mode).size())} : Entry{Composer::Mode::text, s});
  }
}

}  // namespace sockbench::ui
