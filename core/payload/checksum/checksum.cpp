#include "core/payload/checksum/checksum.h"

#include <algorithm>
#include <vector>

#include "core/payload/checksum/kinds.h"

namespace sockbench {
namespace {

std::span<const std::string_view> given(const std::array<std::string_view, 4>& aliases) {
  const auto end = std::ranges::find(aliases, std::string_view());
  return {aliases.data(), static_cast<std::size_t>(end - aliases.begin())};
}

std::vector<ChecksumInfo> allChecksums() {
  std::vector<ChecksumInfo> all;
  const auto addPlain = [&](std::span<const PlainRow> rows) {
    for (const PlainRow& row : rows)
      all.push_back({row.name, given(row.aliases), row.bits, row.check, std::nullopt});
  };
  addPlain(sumRows());
  for (const CrcRow& row : crcCatalogue())
    all.push_back({row.name, given(row.aliases), row.parameters.width, row.check, row.parameters});
  addPlain(digestRows());
  return all;
}

std::string simplified(std::string_view name) {
  std::string simple;
  for (const char c : name) {
    if (std::string_view("-_/ ").contains(c)) continue;
    simple += c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
  }
  return simple;
}

bool isCalled(const ChecksumInfo& info, const std::string& simple) {
  return simplified(info.name) == simple || std::ranges::any_of(info.aliases, [&](std::string_view alias) {
           return simplified(alias) == simple;
         });
}

}  // namespace

std::span<const ChecksumInfo> checksums() {
  static const std::vector<ChecksumInfo> all = allChecksums();
  return all;
}

const ChecksumInfo* findChecksum(std::string_view name) {
  const std::string simple = simplified(name);
  const auto found =
      std::ranges::find_if(checksums(), [&](const ChecksumInfo& info) { return isCalled(info, simple); });
  return found == checksums().end() ? nullptr : &*found;
}

std::unique_ptr<Checksum> makeChecksum(const ChecksumInfo& info) {
  if (info.crc) return makeCrc(*info.crc).value_or(nullptr);
  for (const std::span<const PlainRow> rows : {sumRows(), digestRows()}) {
    const auto row = std::ranges::find(rows, info.name, &PlainRow::name);
    if (row != rows.end()) return row->make();
  }
  return nullptr;
}

Bytes checksumOf(const ChecksumInfo& info, ByteView bytes) {
  const std::unique_ptr<Checksum> sum = makeChecksum(info);
  if (!sum) return {};
  sum->update(bytes);
  return sum->value();
}

}  // namespace sockbench
