// TcpSession: one TCP connection of a capture as rows: its making, both streams, its end.
#pragma once

#include <cstdint>
#include <optional>

#include "core/capture/read/imported_rows.h"
#include "core/capture/read/packet_decoder.h"
#include "core/capture/read/tcp_stream.h"

namespace sockbench {

// Rows: connecting (SYN), connected (SYN-ACK; its value is the time between), in and out, half-closed and
// closed (the first and the second FIN, each in its stream's order), reset, error ECONNREFUSED (a SYN
// answered by RST), dropped (value: bytes that the capture does not hold; they are missing in the stream
// here). A row of bytes of which the capture holds only the beginning is kRecordTruncated with its real
// length.
class TcpSession {
 public:
  TcpSession(ImportedRows& rows, FlowPtr flow) : rows_(rows), flow_(std::move(flow)) {}
  TcpSession(const TcpSession&) = delete;
  TcpSession& operator=(const TcpSession&) = delete;

  // A SYN of another connection between the same ends: finish() this one and make a new one.
  bool isOfAnother(const TransportPacket& packet) const;
  void take(const TransportPacket& packet, bool fromUs, WallNanos time);
  void giveUpGaps();
  void finish();
  SessionId id() const { return flow_->session; }
  std::size_t pendingBytes() const { return ours_.pendingBytes() + theirs_.pendingBytes(); }

 private:
  // One direction's rows.
  struct Side : StreamSink {
    Side(TcpSession& to, bool isOurs) : session(to), fromUs(isOurs) {}
    void streamed(const StreamPiece& piece) override;
    void missed(std::uint64_t bytes, WallNanos time) override;
    void ended(WallNanos time) override;
    TcpSession& session;
    bool fromUs;
  };

  void takeSyn(const TransportPacket& packet, bool fromUs, WallNanos time);
  void takeReset(bool fromUs, WallNanos time);
  void addEvent(RecordKind kind, Party by, WallNanos time, std::uint64_t value = 0);
  Record record(RecordKind kind, WallNanos time) const;

  ImportedRows& rows_;
  FlowPtr flow_;
  TcpStream ours_;
  TcpStream theirs_;
  Side fromUs_{*this, true};
  Side fromPeer_{*this, false};
  std::optional<std::uint32_t> synNumber_;  // of the SYN without ACK
  WallNanos synTime_ = 0;
  bool connected_ = false;  // or more than that
  bool reset_ = false;
  unsigned ends_ = 0;  // FINs
};

}  // namespace sockbench
