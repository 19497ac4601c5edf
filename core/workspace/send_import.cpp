#include "core/workspace/send_import.h"

#include <utility>

#include "core/base/unicode.h"
#include "core/payload/text_codec.h"

namespace sockbench {
namespace {

bool isUtf8(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    if (nextUtf8(text, at) == kInvalidUtf8) return false;
  }
  return true;
}

// Of the file's text, and what is to be said of how it was read.
std::string utf8Of(ByteView file, std::string& remark) {
  const std::string_view text = asChars(file);
  if (text.starts_with("\xFF\xFE")) return decodeText(file.subspan(2), TextEncoding::utf16le);
  if (text.starts_with("\xFE\xFF")) return decodeText(file.subspan(2), TextEncoding::utf16be);
  if (text.starts_with("\xEF\xBB\xBF")) return std::string(text.substr(3));
  if (isUtf8(text)) return std::string(text);
  remark = "the file is not UTF-8: it was read as Latin-1";
  return decodeText(file, TextEncoding::latin1);
}

// A line that begins with "[" and ends with "]", before any other content.
bool looksLikeIni(std::string_view text) {
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    const std::size_t first = line.find_first_not_of(" \t\r");
    if (first == std::string_view::npos || line[first] == ';' || line[first] == '#') continue;
    return line[first] == '[' && line[line.find_last_not_of(" \t\r")] == ']';
  }
  return false;
}

}  // namespace

void SendImport::remark(std::uint32_t line, std::string text) {
  if (remarks.size() < kMostRemarks) remarks.push_back({line, std::move(text)});
}

void SendImport::skip(std::uint32_t line, std::string why) {
  ++skipped;
  remark(line, std::move(why));
}

void SendImport::skipBeyond(std::uint32_t line) {
  skip(line, "there are more than " + std::to_string(SavedSends::kMost) + " sends");
}

Result<SendImport> importSends(ByteView file) {
  if (file.size() > kMostImportBytes)
    return std::unexpected(
        Error::fromInput(InputFault::tooLarge, {}, std::nullopt, "the file is larger than 64 MiB"));
  std::string how;
  const std::string text = utf8Of(file, how);
  Result<SendImport> import = looksLikeIni(text) ? importPacketSender(text) : importCsv(text);
  if (!import) return import;
  if (import->items.empty() && import->skipped == 0)
    return std::unexpected(
        Error::fromInput(InputFault::badSyntax, {}, std::nullopt, "no message was found in the file"));
  if (!how.empty()) import->remark(0, how);
  return import;
}

std::size_t takeIn(SendImport& import, SavedSends& into) {
  std::size_t taken = 0;
  std::string lastPath;
  SendNodeId lastFolder;
  for (SendImport::Item& item : import.items) {
    if (item.folder != lastPath || taken == 0) {
      const auto folder = into.makeFolders(item.folder);
      if (!folder) {
        import.skip(item.line, folder.error().message());
        continue;
      }
      lastPath = item.folder;
      lastFolder = *folder;
    }
    if (into.withHotKey(item.send.hotKey)) {
      import.remark(item.line,
                    "Alt+" + std::to_string(item.send.hotKey) + " is another's: it has no key now");
      item.send.hotKey = 0;
    }
    const auto added = into.addSend(lastFolder, SavedSends::kAtEnd, std::move(item.send));
    if (added) {
      ++taken;
    } else {
      import.skip(item.line, added.error().message());
    }
  }
  import.items.clear();
  return taken;
}

}  // namespace sockbench
