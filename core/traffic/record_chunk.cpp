#include "core/traffic/record_chunk.h"

#include <utility>

namespace sockbench {

RecordChunk::RecordChunk(std::size_t capacity, std::shared_ptr<MemoryBudget> shared)
    : storage(std::make_unique_for_overwrite<std::byte[]>(capacity * sizeof(Record))),
      flows(capacity),
      charged(bytes(capacity)),
      budget(std::move(shared)) {
  budget->charge(charged);
}

RecordChunk::~RecordChunk() {
  budget->refund(charged);
}

std::size_t RecordChunk::bytes(std::size_t capacity) {
  return capacity * sizeof(Record) + sizeof(RecordChunk);
}

}  // namespace sockbench
