// Bytes that leave.
#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>

#include <limits>

#include "core/calls/python/address.h"
#include "core/calls/python/bodies.h"

namespace sockbench {
namespace {

CallValue countValue(std::uint64_t count) {
  return static_cast<std::int64_t>(count);
}

void tellSent(PythonCall& call, ByteView bytes, const SocketAddress& to = {}) {
  call.context().tellSent(call.handle(), bytes, to);
}

// The items of what Python would walk through.
std::vector<CallValue> iterated(PythonCall& call, std::size_t argument) {
  const CallValue& value = call.at(argument);
  if (const auto* items = value.items()) return *items;
  if (value.as<Bytes>() != nullptr || value.as<CallBuffer>() != nullptr) {
    std::vector<CallValue> items;
    for (const std::byte byte : bytesLike(value, argument)) items.emplace_back(static_cast<int>(byte));
    return items;
  }
  if (const auto* text = value.as<std::string>()) {
    return text->empty() ? std::vector<CallValue>() : std::vector<CallValue>{value};
  }
  raiseType(call.name() + "() argument " + std::to_string(argument + 1) + " must be an iterable", argument);
}

ControlMessage controlMessage(const CallValue& value, std::size_t argument) {
  const std::string where = "[sendmsg() ancillary data items]() argument must be ";
  const std::vector<CallValue>* items = value.items();
  if (items == nullptr) raiseType(where + "3-item sequence, not " + std::string(value.typeName()), argument);
  if (items->size() != 3)
    raiseType(where + "sequence of length 3, not " + std::to_string(items->size()), argument);
  const int level = cInt(items->at(0), argument);
  const int type = cInt(items->at(1), argument);
  const ByteView data = bytesLike(items->at(2), argument);
  return {level, type, Bytes(data.begin(), data.end())};
}

// The arguments of sendmsg, in the order in which Python looks at them.
struct Message {
  std::vector<CallValue> buffers;  // what `parts` look at
  std::vector<ByteView> parts;
  std::vector<ControlMessage> control;
  int flags = 0;
  SocketAddress to;
};

Message messageOf(PythonCall& call) {
  Message message;
  message.flags = call.intAt(2, 0);
  if (call.hasValue(3)) message.to = addressAt(call, 3);
  message.buffers = iterated(call, 0);
  for (const CallValue& buffer : message.buffers) message.parts.push_back(bytesLike(buffer, 0));
  if (call.has(1)) {
    for (const CallValue& item : iterated(call, 1)) message.control.push_back(controlMessage(item, 1));
  }
  return message;
}

Bytes joined(const std::vector<ByteView>& parts, std::size_t most) {
  Bytes whole;
  for (const ByteView part : parts) {
    const ByteView taken = part.first(std::min(part.size(), most - whole.size()));
    whole.insert(whole.end(), taken.begin(), taken.end());
  }
  return whole;
}

// A file that is closed with it.
class File {
 public:
  explicit File(const std::string& path)
      : descriptor_(witnessed("open", [&] { return ::open(path.c_str(), O_RDONLY | O_CLOEXEC); })) {
    if (descriptor_ < 0) raiseErrno(Operation::open, errno);
    struct stat about {};
    if (fstat(descriptor_, &about) == 0 && S_ISDIR(about.st_mode)) {
      ::close(descriptor_);
      raiseErrno(Operation::open, EISDIR);
    }
  }
  ~File() { ::close(descriptor_); }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  int descriptor() const { return descriptor_; }

 private:
  int descriptor_;
};

std::optional<std::uint64_t> fileCount(PythonCall& call) {
  constexpr std::size_t kCount = 2;
  if (!call.hasValue(kCount)) return std::nullopt;
  const std::string why = "count must be a positive integer (got " + call.at(kCount).repr() + ")";
  if (!isWholeNumber(call.at(kCount))) raiseType(why, kCount);
  const std::int64_t count = cLong(call.at(kCount), kCount);
  if (count <= 0) raiseValue(why, kCount);
  return static_cast<std::uint64_t>(count);
}

// What of the file has gone, for the timeline.
void tellFile(PythonCall& call, const File& file, std::uint64_t offset, std::uint64_t count) {
  Bytes block(256 * 1024);
  while (count > 0) {
    const auto step = std::min<std::uint64_t>(count, block.size());
    const ssize_t got = ::pread(file.descriptor(), block.data(), step, static_cast<off_t>(offset));
    if (got <= 0) return;
    tellSent(call, ByteView(block).first(static_cast<std::size_t>(got)));
    offset += static_cast<std::uint64_t>(got);
    count -= static_cast<std::uint64_t>(got);
  }
}

// The address may stand where the flags would: the fault names it all the same.
SocketAddress destinationAt(PythonCall& call, std::size_t argument) {
  try {
    return addressAt(call, argument);
  } catch (RaisedFault& raised) {
    if (raised.fault.argument) raised.fault.parameter = "address";
    throw;
  }
}

}  // namespace

CallValue callSend(PythonCall& call) {
  const ByteView data = call.bytesAt(0);
  const int flags = call.intAt(1, 0);
  const std::size_t sent = call.need(call.borrowWhenReady(POLLOUT)->send(data, flags));
  tellSent(call, data.first(sent));
  return countValue(sent);
}

CallValue callSendall(PythonCall& call) {
  const ByteView data = call.bytesAt(0);
  const int flags = call.intAt(1, 0);
  Result<void> sent = call.borrowWhenReady(POLLOUT)->sendAll(data, flags);
  const std::size_t done = sent ? data.size() : sent.error().bytesDone;
  if (sent || done > 0) tellSent(call, data.first(done));
  call.need(std::move(sent));
  return {};
}

CallValue callSendto(PythonCall& call) {
  if (call.count() < 2)
    raiseType("sendto() takes 2 or 3 arguments (" + std::to_string(call.count()) + " given)");
  const ByteView data = call.bytesAt(0);
  const std::size_t last = call.count() - 1;
  const int flags = last == 2 ? call.intAt(1) : 0;
  const SocketAddress to = destinationAt(call, last);
  const std::size_t sent = call.need(call.borrowWhenReady(POLLOUT)->sendTo(data, to, flags));
  tellSent(call, data.first(sent), to);
  return countValue(sent);
}

CallValue callSendmsg(PythonCall& call) {
  const Message message = messageOf(call);
  const std::size_t sent = call.need(
      call.borrowWhenReady(POLLOUT)->sendMessage(message.parts, message.control, message.to, message.flags));
  tellSent(call, joined(message.parts, sent), message.to);
  return countValue(sent);
}

CallValue callSendfile(PythonCall& call) {
  const std::string path = pathText(call.at(0), 0);
  const std::int64_t offset = call.has(1) ? cLong(call.at(1), 1) : 0;
  if ((call.socket().type() & SOCK_STREAM) == 0) raiseValue("only SOCK_STREAM type sockets are supported");
  const std::optional<std::uint64_t> count = fileCount(call);
  if (call.socket().timeout() == std::chrono::nanoseconds(0))
    raiseValue("non-blocking sockets are not supported");
  const File file(path);
  const auto begin = static_cast<std::uint64_t>(offset);
  Result<std::uint64_t> sent = call.borrow()->sendFile(file.descriptor(), begin, count);
  tellFile(call, file, begin, sent ? *sent : sent.error().bytesDone);
  return countValue(call.need(std::move(sent)));
}

}  // namespace sockbench
