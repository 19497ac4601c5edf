#include "ui/widgets/message_history.h"

namespace sockbench::ui {
namespace {

const QLatin1String kHex("hex ");
const QLatin1String kText("text ");

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
    if (entry.mode == Composer::Mode::hex)
      strings += kHex + entry.text;
    else if (entry.text.startsWith(kHex) || entry.text.startsWith(kText))
      strings += kText + entry.text;
    else
      strings += entry.text;
  }
  return strings;
}

void MessageHistory::setStrings(const QStringList& strings) {
  entries_.clear();
  for (const QString& s : strings) {
    if (s.startsWith(kHex))
      add({Composer::Mode::hex, s.mid(kHex.size())});
    else
      add({Composer::Mode::text, s.startsWith(kText) ? s.mid(kText.size()) : s});
  }
}

}  // namespace sockbench::ui
