// TcpStreams: the made-up sequence numbers of the TCP sessions of one file.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <unordered_map>

#include "core/base/ids.h"
#include "core/capture/synth/ip_packet.h"

namespace sockbench::synth {

// Both ends of a session as packets have them. Valid as long as its flow.
struct Ends {
  IpEnd local;
  IpEnd peer;
};

// What one end has said.
struct TcpSide {
  std::uint32_t next = 0;   // the sequence number of its next byte
  std::uint32_t acked = 0;  // what it has acknowledged of the other's
  bool spoke = false;       // it has sent something, so that `acked` holds
  bool scaled = false;      // a segment after its SYN has gone: its window is the scaled one
  bool finished = false;    // its FIN has gone
};

struct TcpStream {
  TcpSide us;
  TcpSide peer;
  // The other end of a session that is in the file already: its bytes must not be in the stream twice.
  bool isOtherEnd = false;
};

// A session is known from the first row that shows a connection until end(). Thread: one at a time.
class TcpStreams {
 public:
  TcpStream* find(SessionId session);
  // Where it is not known: begins in mid-stream. `ends` differ from one another.
  TcpStream& findOrBegin(SessionId session, const Ends& ends);
  void end(SessionId session);

 private:
  // The lower end and the higher one, so that both sessions of a connection have the same.
  struct Tuple {
    std::array<std::byte, 36> bytes{};
    bool operator==(const Tuple&) const = default;
  };
  struct TupleHash {
    std::size_t operator()(const Tuple& tuple) const noexcept;
  };
  struct Owner {
    SessionId session;
    bool localIsLower = false;
  };
  struct Entry {
    TcpStream stream;
    Tuple tuple;
  };

  static Tuple tupleOf(const Ends& ends, bool& localIsLower);
  bool own(SessionId session, const Tuple& tuple, bool localIsLower);

  std::unordered_map<SessionId, Entry> sessions_;
  std::unordered_map<Tuple, Owner, TupleHash> owners_;
};

}  // namespace sockbench::synth
