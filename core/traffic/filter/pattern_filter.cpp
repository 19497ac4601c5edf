#include "core/traffic/filter/pattern_filter.h"

#include <utility>

namespace sockbench {
namespace {

class PatternFilter final : public Filter {
 public:
  explicit PatternFilter(BytePattern pattern) : pattern_(std::move(pattern)) {}

  const std::string& text() const override { return text_; }
  bool usesNotes() const override { return false; }
  void select(const LogSlab& slab, const FilterContext&, std::vector<std::uint32_t>& out) const override {
    const std::span<const Record> records = slab.records();
    for (std::size_t i = 0; i < records.size(); ++i) {
      const bool bytes = records[i].kind == RecordKind::in || records[i].kind == RecordKind::out;
      if (bytes && pattern_.isIn(slab.payload(records[i]))) out.push_back(static_cast<std::uint32_t>(i));
    }
  }

 private:
  BytePattern pattern_;
  std::string text_;
};

}  // namespace

FilterPtr patternFilter(BytePattern pattern) {
  return std::make_shared<PatternFilter>(std::move(pattern));
}

}  // namespace sockbench
