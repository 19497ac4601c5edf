// FragmentAssembler: IP datagrams out of their fragments.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <tuple>

#include "core/capture/read/packet_decoder.h"

namespace sockbench {

// At most kMostDatagrams are held incomplete, each of at most 64 KiB; then the oldest is given up.
class FragmentAssembler {
 public:
  static constexpr std::size_t kMostDatagrams = 256;

  // The whole datagram, once its last missing fragment comes: valid until the next call. What comes twice
  // counts once, the first. nullopt: it is not whole yet, or the fragment is damaged (or cut in the capture).
  std::optional<IpPacket> add(const IpPacket& fragment);
  // Fragments of datagrams that never became whole; they count when they are given up.
  std::uint64_t givenUp() const { return givenUp_; }
  void giveUpAll();

 private:
  using Key =
      std::tuple<std::array<std::byte, 16>, std::array<std::byte, 16>, std::uint32_t, std::uint8_t, bool>;
  struct Datagram {
    std::uint64_t age = 0;
    std::uint64_t fragments = 0;
    std::map<std::size_t, Bytes> pieces;  // by offset; they do not overlap
    std::size_t bytes = 0;
    std::optional<std::size_t> length;
  };

  void insert(Datagram& datagram, std::size_t offset, ByteView piece);
  void giveUpOldest();

  std::map<Key, Datagram> datagrams_;
  std::uint64_t age_ = 0;
  std::uint64_t givenUp_ = 0;
  Bytes whole_;
};

}  // namespace sockbench
