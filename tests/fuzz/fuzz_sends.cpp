// Any file is imported or refused; what came in can be kept, and comes back from the table that it is
// exported to.
#include <cstdint>
#include <cstdlib>

#include "core/workspace/ini_text.h"
#include "core/workspace/send_import.h"

using namespace sockbench;

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

SavedSends withoutPlans(const SavedSends& sends) {
  SavedSends plain = sends;
  for (const SendNodeId id : sends.inOrder()) {
    const SavedSends::Node& node = *sends.find(id);
    if (node.isFolder) continue;
    SavedSend send = node.send;
    send.plan = {};
    require(plain.change(id, std::move(send)).has_value());
  }
  return plain;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const ByteView file = std::as_bytes(std::span(data, size));
  for (const IniEntry& entry : readIni(asChars(file)).entries) require(entry.line > 0);
  auto import = importSends(file);
  if (!import) {
    require(!import.error().message().empty());
    return 0;
  }
  require(import->remarks.size() <= SendImport::kMostRemarks);
  for (const SendImport::Item& item : import->items) require(Message::read(item.send.message).has_value());
  const std::size_t found = import->items.size();
  const std::size_t skippedBefore = import->skipped;
  SavedSends sends;
  const std::size_t taken = takeIn(*import, sends);
  require(taken + import->skipped - skippedBefore == found && taken == sends.sendCount());
  if (taken == 0) return 0;

  auto again = importSends(asBytes(exportCsv(sends)));
  require(again.has_value() && again->skipped == 0);
  SavedSends back;
  require(takeIn(*again, back) == taken);
  if (sends.folderCount() == back.folderCount()) require(back == withoutPlans(sends));
  return 0;
}
