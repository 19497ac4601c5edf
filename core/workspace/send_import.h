// Sends that other programs wrote: Packet Sender's packets.ini, and tables (CSV). Thread: any.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/error.h"
#include "core/workspace/saved_sends.h"

namespace sockbench {

// What was found in a file, and what of it could not be taken.
struct SendImport {
  static constexpr std::size_t kMostRemarks = 100;  // kept; all are counted

  struct Item {
    std::string folder;  // a path as SavedSends::makeFolders() takes it; empty: the outermost
    SavedSend send;
    std::uint32_t line = 0;
  };
  struct Remark {
    std::uint32_t line = 0;  // from 1; 0: of the file as a whole
    std::string text;        // a sentence without a full stop
  };
  std::vector<Item> items;
  std::size_t skipped = 0;      // sends that could not be taken; each has a remark
  std::vector<Remark> remarks;  // also of what was taken otherwise than it stood there

  bool isFull() const { return items.size() >= SavedSends::kMost; }  // the others are skipped
  void skip(std::uint32_t line, std::string why);
  void skipBeyond(std::uint32_t line);  // it is full
  void remark(std::uint32_t line, std::string text);
};

inline constexpr std::size_t kMostImportBytes = std::size_t{64} << 20;

// A file as a whole: UTF-8, UTF-16 with its mark, or, where it is not UTF-8, Latin-1. The kind is told by the
// content: a table unless it has INI sections. Errors: tooLarge; badSyntax where it holds nothing of either.
Result<SendImport> importSends(ByteView file);

// Packet Sender (its QSettings INI file): the packets of [NAMES] in their order, then others that have a
// hexString. TCP and UDP become an endpoint; a repetition becomes a plan. HTTP requests are made by Packet
// Sender and are no bytes of a message: they are skipped.
SendImport importPacketSender(std::string_view ini);

// A table: with a row of titles (name, folder, endpoint, form, body, encoding, ending, hotkey, note; in any
// order, `body` among them), or without one in two columns, the name and the text.
Result<SendImport> importCsv(std::string_view text);

// The same table. `lost`: how many sends have insertions or a plan, for which there is no column.
std::string exportCsv(const SavedSends& sends, std::size_t* lost = nullptr);

// Puts them at the end of `into`, new folders where they are needed; what finds no room there is skipped.
// A hot key that is taken stays with who has it. Answers how many came in.
std::size_t takeIn(SendImport& import, SavedSends& into);

}  // namespace sockbench
