// PcapngReader: the blocks of a pcapng file (draft-ietf-opsawg-pcapng).
//
// libpcap reads pcapng too, but refuses a file whose interfaces differ in link type, as those of Sockbench
// do, and tells nobody the comments, in which Sockbench's own records are.
#pragma once

#include <vector>

#include "core/capture/read/packet_clock.h"
#include "core/capture/read/packet_source.h"

namespace sockbench {

// Sections of either byte order, enhanced, simple and obsolete packet blocks. Other blocks are passed over,
// and packets of an interface that is not described, or longer than their block, are counted as damaged.
class PcapngReader : public PacketSource {
 public:
  static constexpr std::uint32_t kMostBlock = std::uint32_t{16} << 20;  // bytes; a longer one is tooLarge

  explicit PcapngReader(ByteSource& source) : source_(source) {}
  Result<bool> next(CapturedPacket& packet) override;

 private:
  struct Interface {
    std::uint32_t linkType = 0;
    std::uint32_t snapLength = 0;  // 0: no limit
    PacketClock clock;
  };
  struct Block {
    std::uint32_t type = 0;
    ByteView body;  // without type and lengths
  };

  Result<bool> readBlock(Block& block);
  Result<bool> readOrder(ByteView start);
  bool takePacket(const Block& block, CapturedPacket& packet);
  bool takeEnhanced(ByteView body, CapturedPacket& packet);
  bool takeSimple(ByteView body, CapturedPacket& packet);
  bool takeObsolete(ByteView body, CapturedPacket& packet);
  bool fillPacket(std::size_t interface, ByteView body, std::size_t at, CapturedPacket& packet);
  bool setBytes(ByteView body, std::size_t at, std::uint64_t captured, std::uint64_t real,
                CapturedPacket& packet) const;
  void takeInterface(ByteView body);
  void takeSection(ByteView body);
  std::unexpected<Error> wrong(std::string what) const;
  template <class T>
  T number(ByteView bytes, std::size_t at) const;
  // Calls take(code, value) with each option from `at` on.
  template <class Take>
  void eachOption(ByteView body, std::size_t at, Take&& take) const;

  ByteSource& source_;
  bool swapped_ = false;
  std::size_t blockBytes_ = 0;  // of the block that is looked at, to be skipped before the next
  std::vector<Interface> interfaces_;
  std::uint32_t sections_ = 0;  // so far
  WallNanos lastTime_ = 1;
};

}  // namespace sockbench
