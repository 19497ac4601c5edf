// ForeignTraffic: packets of anyone's as sessions: TCP connections put in order, UDP by the pair of ends.
#pragma once

#include <cstdint>
#include <memory>
#include <unordered_map>

#include "core/capture/read/fragment_assembler.h"
#include "core/capture/read/imported_rows.h"
#include "core/capture/read/packet_decoder.h"
#include "core/capture/read/packet_source.h"
#include "core/capture/read/tcp_session.h"

namespace sockbench {

// Who is "us" is nowhere written. It is who began: the sender of the SYN or of the first datagram; where a
// connection's beginning was not captured, the end with the higher port.
class ForeignTraffic {
 public:
  explicit ForeignTraffic(ImportedRows& rows) : rows_(rows) {}

  // False: passed over, since it is no TCP or UDP over IP, or is damaged. Fragments are kept until they are
  // whole (FragmentAssembler); those that never are count in passedOver().
  bool take(const CapturedPacket& packet);
  void finish();
  std::uint64_t passedOver() const { return fragments_.givenUp(); }

 private:
  struct Key {
    PacketEnd low;
    PacketEnd high;
    std::uint8_t protocol = 0;
    bool isIpv6 = false;
    bool operator==(const Key&) const = default;
  };
  struct KeyHash {
    std::size_t operator()(const Key& key) const;
  };
  struct Session {
    PacketEnd us;
    FlowPtr flow;
    std::unique_ptr<TcpSession> tcp;  // nullptr: UDP
  };

  static Key keyOf(const TransportPacket& packet);
  Session makeSession(const TransportPacket& packet);
  void takeDatagram(Session& session, const TransportPacket& packet, const CapturedPacket& captured);
  void takeSegment(Session& session, const TransportPacket& packet, const CapturedPacket& captured);

  ImportedRows& rows_;
  FragmentAssembler fragments_;
  std::unordered_map<Key, Session, KeyHash> sessions_;
  std::size_t pendingBytes_ = 0;  // of all sessions, waiting for what is missing before them
};

}  // namespace sockbench
