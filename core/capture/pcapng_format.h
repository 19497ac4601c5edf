// The capture files of Sockbench: pcapng (draft-ietf-opsawg-pcapng) in this machine's byte order, which
// Wireshark and others read as packets, and Sockbench as the very records. What writes and what reads agree
// here.
//
// SECTION    One section header block: shb_hardware, shb_os, shb_userappl "Sockbench VERSION", section length
//            unknown (-1). Then the two interfaces, both with if_tsresol 9 (nanoseconds) and without a limit
//            of length (snaplen 0): 0 "ip" of kLinkRaw, 1 "events" of kLinkUpperPdu. Then enhanced packet
//            blocks alone, in the order of the log's rows. A file that was cut off holds every block that is
//            whole.
// PACKETS    A row becomes one packet or several that stand one behind another, all of the row's time (its
//            nanoseconds are the packets' time stamps). epb_flags says inbound, outbound or neither: an
//            inbound packet's destination is the record's local end, an outbound one's its source.
//            epb_dropcount: `value` of a dropped row.
//   TCP      Interface 0. in and out are segments, at most kMostSegment bytes of payload each. connected and
//            accepted are SYN, SYN-ACK and ACK; half-closed and closed are FIN of the side that did it, reset
//            is RST. Sequence numbers are made up (the first one from the session's id), and count every byte
//            of either direction from where the capture began; an ACK is added now and then. No option but
//            SYN's window scale. The urgent byte is in the stream, with URG and an urgent pointer of 1.
//   UDP      Interface 0. in and out are one datagram each. One that was truncated has the headers and the
//            original length of the whole one, where the record tells it.
//   others   Interface 1, as exported PDUs with the tags kTag... below, of the dissector "data", with payload
//            in portions of at most kMostSegment bytes. So are: other transports; events where nothing of the
//            TCP connection can carry them (before it, after it, or where an empty ACK would look like a
//            duplicate); rows without addresses; and both directions of a TCP session whose two addresses
//            belong to another session of this file already (a client and a server in one program: the
//            first session to appear is the TCP one, so that no byte is in the stream twice).
// COMMENTS   The last opt_comment of each packet is ours (below). Where a person wrote a comment on the row,
//            that is an opt_comment before it, and `note` is in ours besides; foreign programs may add others
//            in front.
//
// OUR COMMENT is UTF-8 without NUL:
//     words LF "sockbench:1" *( SP key "=" value )
// words: for people, one line without controls. What follows the last LF is for machines. Its values are
// printable ASCII; in texts all but letters, digits and any of  - . _ ~ / : , ; ( ) [ ] @ + *  is %HH (upper
// case, by bytes), and so are never a space, a quote or a line feed. Numbers are decimal. A key stands at
// most once; a reader passes over those that it does not know.
//   k      the kind, by recordKindName(). Absent: this packet carries no record, it only completes TCP (the
//          other packets of a handshake or of an end, ACKs), or says that records were lost before it (on
//          interface 1, with epb_dropcount). It then has no key but s
//   s p    session and parent ids; absent: none
//   d      directionName(), where it is not in for "in", out for "out", and none for all others
//   by     partyName(), where there is one
//   f v    flags and value, where not 0
//   part   I/N, from 1/2 on, where a record's payload is spread over N packets: this is packet I of them. All
//          keys stand in each of them
//   tr     transportName() of Flow::transport, on interface 1; on interface 0 it is the packet's protocol
//   ot     Flow::otherTransport, where there is one
//   l r    the local and the remote (peer's) address, where the packet does not have exactly that; on
//          interface 1 always:
//            none            empty, of no family
//            unix:TEXT       of AF_UNIX; the path's bytes, the first one NUL (%00) for an abstract name
//            raw:HEX         the whole sockaddr, as this kind of machine has it in memory
//   m      1: both addresses are the packet's IPv4 ones mapped into IPv6 (::ffff:0:0/96)
//   i      Flow::interface, where not 0
// What an event has to say (EventDetail), each where it is not empty:
//   t      text
//   o      offender
//   eo ed ec      the error: operationName(), errorDomainName(), code (may be negative). ed is in every error
//   es eb ew et   its subject, bytesDone, where (OFFSET:LENGTH), detail
//   cut    1: one of the texts was longer than kMostText bytes and is cut
// What a person wrote beside the row, as far as it was known when the packet was written (a capture under way
// writes a row once, so that marks and comments made later are not in it; an export has them all):
//   mark   1
//   note   the comment
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace sockbench::pcapng {

// Block types.
inline constexpr std::uint32_t kSectionHeader = 0x0A0D0D0A;
inline constexpr std::uint32_t kInterfaceDescription = 1;
inline constexpr std::uint32_t kEnhancedPacket = 6;
inline constexpr std::uint32_t kByteOrderMagic = 0x1A2B3C4D;

// Options.
inline constexpr std::uint16_t kEndOfOptions = 0;
inline constexpr std::uint16_t kComment = 1;
inline constexpr std::uint16_t kSectionHardware = 2;
inline constexpr std::uint16_t kSectionSystem = 3;
inline constexpr std::uint16_t kSectionProgram = 4;
inline constexpr std::uint16_t kInterfaceName = 2;
inline constexpr std::uint16_t kInterfaceResolution = 9;
inline constexpr std::uint16_t kPacketFlags = 2;
inline constexpr std::uint16_t kPacketDropCount = 4;

// The lowest two bits of epb_flags.
inline constexpr std::uint32_t kInbound = 1;
inline constexpr std::uint32_t kOutbound = 2;

// The two interfaces, by index, and their link types.
inline constexpr std::uint32_t kIpInterface = 0;
inline constexpr std::uint32_t kEventInterface = 1;
inline constexpr std::uint16_t kLinkRaw = 101;       // LINKTYPE_RAW: IPv4 or IPv6, by its first four bits
inline constexpr std::uint16_t kLinkUpperPdu = 252;  // LINKTYPE_WIRESHARK_UPPER_PDU

// Tags of an exported PDU: tag and length of 16 bits each and the value, padded to four bytes; all in network
// order. The payload follows kTagEnd.
inline constexpr std::uint16_t kTagEnd = 0;
inline constexpr std::uint16_t kTagDissector = 12;  // its name
inline constexpr std::uint16_t kTagIpv4Source = 20;
inline constexpr std::uint16_t kTagIpv4Destination = 21;
inline constexpr std::uint16_t kTagIpv6Source = 22;
inline constexpr std::uint16_t kTagIpv6Destination = 23;
inline constexpr std::uint16_t kTagPortType = 24;         // 32 bits: kPortTcp, kPortUdp
inline constexpr std::uint16_t kTagSourcePort = 25;       // 32 bits
inline constexpr std::uint16_t kTagDestinationPort = 26;  // 32 bits
inline constexpr std::uint16_t kTagProtocolColumn = 33;   // text: the transport
inline constexpr std::uint16_t kTagInfoColumn = 36;       // text: the words of the comment
inline constexpr std::uint32_t kPortTcp = 2;
inline constexpr std::uint32_t kPortUdp = 3;

inline constexpr std::string_view kProgram = "Sockbench ";       // shb_userappl begins so
inline constexpr std::string_view kMachinePart = "sockbench:1";  // what follows the comment's last LF
inline constexpr std::size_t kMostSegment = 65480;  // bytes of payload in one TCP segment or exported PDU
inline constexpr std::size_t kMostText = 4096;      // bytes of a text of an event, before it is escaped

}  // namespace sockbench::pcapng
