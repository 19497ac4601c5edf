#include "core/capture/read/pcap_reader.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

namespace sockbench {
namespace {

constexpr std::size_t kBufferBytes = std::size_t{64} << 10;
constexpr WallNanos kSecond = 1'000'000'000;

}  // namespace

// What libpcap reads the file through.
ssize_t PcapReader::readFrom(void* self, char* to, std::size_t count) {
  auto& reader = *static_cast<PcapReader*>(self);
  const Result<ByteView> bytes = reader.source_.peekSome(std::min(count, kBufferBytes));
  if (!bytes) {
    reader.readError_ = bytes.error();
    errno = EIO;
    return -1;
  }
  std::memcpy(to, bytes->data(), bytes->size());
  reader.source_.skip(bytes->size());
  return static_cast<ssize_t>(bytes->size());
}

Result<std::unique_ptr<PacketSource>> PcapReader::open(ByteSource& source) {
  std::unique_ptr<PcapReader> reader(new PcapReader(source));
  cookie_io_functions_t functions{};
  functions.read = &PcapReader::readFrom;
  std::FILE* file = ::fopencookie(reader.get(), "r", functions);
  if (file == nullptr) return std::unexpected(Error::fromErrno(Operation::open, errno, source.name()));
  std::setvbuf(file, nullptr, _IOFBF, kBufferBytes);
  std::array<char, PCAP_ERRBUF_SIZE> problem{};
  reader->pcap_ =
      ::pcap_fopen_offline_with_tstamp_precision(file, PCAP_TSTAMP_PRECISION_NANO, problem.data());
  if (reader->pcap_ == nullptr) {
    std::fclose(file);
    return reader->wrong(problem.data());
  }
  reader->linkType_ = static_cast<std::uint32_t>(::pcap_datalink(reader->pcap_));
  return reader;
}

PcapReader::~PcapReader() {
  if (pcap_ != nullptr) ::pcap_close(pcap_);
}

std::unexpected<Error> PcapReader::wrong(const std::string& what) const {
  if (readError_) return std::unexpected(*readError_);
  const std::string where =
      packets_ == 0 ? std::string() : "behind packet " + std::to_string(packets_) + ": ";
  return std::unexpected(Error::fromInput(InputFault::badSyntax, source_.name(), std::nullopt, where + what));
}

Result<bool> PcapReader::next(CapturedPacket& packet) {
  pcap_pkthdr* header = nullptr;
  const u_char* bytes = nullptr;
  const int got = ::pcap_next_ex(pcap_, &header, &bytes);
  if (got == PCAP_ERROR_BREAK && !readError_) return false;
  if (got != 1) return wrong(::pcap_geterr(pcap_));
  ++packets_;
  packet.comments.clear();
  packet.flags = 0;
  packet.linkType = linkType_;
  packet.section = 0;
  packet.bytes = std::as_bytes(std::span(bytes, header->caplen));
  packet.realLength = std::max(header->len, header->caplen);
  packet.time = std::max<WallNanos>(WallNanos{header->ts.tv_sec} * kSecond + header->ts.tv_usec, 1);
  return true;
}

}  // namespace sockbench
