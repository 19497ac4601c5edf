// MessageHistory: the messages sent before, and the way up and down through them. Thread: gui.
#pragma once

#include <QStringList>
#include <optional>

#include "ui/widgets/composer.h"

namespace sockbench::ui {

class MessageHistory {
 public:
  static constexpr qsizetype kMost = 200;
  static constexpr qsizetype kMostCharacters = 64 * 1024;  // a longer message is not remembered

  struct Entry {
    Composer::Mode mode = Composer::Mode::text;
    QString text;
    bool operator==(const Entry&) const = default;
  };

  void add(const Entry& entry);  // empty ones and a repetition of the last are passed over; ends a walk

  // One step to the older or the newer. The first step up keeps `draft`, the last step down gives it back.
  // nullopt: there is nothing further.
  std::optional<Entry> older(const Entry& draft);
  std::optional<Entry> newer();
  void endWalk() { at_ = entries_.size(); }

  // "hex 68 65", "base64 aGU=", "file /a/path"; text entries as they are, with "text " before one that begins
  // with any of the four words.
  QStringList toStrings() const;
  void setStrings(const QStringList& strings);

 private:
  QList<Entry> entries_;
  Entry draft_;
  qsizetype at_ = 0;
};

}  // namespace sockbench::ui
