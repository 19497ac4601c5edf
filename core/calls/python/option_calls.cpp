// Options, timeouts and blocking.
#include <linux/vm_sockets.h>
#include <sys/socket.h>

#include <cstring>

#include "core/calls/call_names.h"
#include "core/calls/python/bodies.h"

namespace sockbench {
namespace {

constexpr int kMostOptionBytes = 1024;

// The options of AF_VSOCK are 64 bits wide.
bool isWide(PythonCall& call) {
  return call.socket().family() == AF_VSOCK;
}

template <class Number>
Number numberOption(PythonCall& call, int level, int option) {
  const Bytes bytes = call.need(call.borrow()->rawOption(level, option, sizeof(Number)));
  Number number{};
  if (!bytes.empty()) std::memcpy(&number, bytes.data(), bytes.size());
  return number;
}

template <class Number>
void setNumber(PythonCall& call, int level, int option, Number number) {
  call.need(call.borrow()->setRawOption(level, option, std::as_bytes(std::span(&number, 1))));
}

// Whether a value is one that Python would take for an int of C, of which setsockopt makes an option's value.
bool isCInt(const CallValue& value, std::size_t argument) {
  if (!isWholeNumber(value)) return false;
  try {
    cInt(value, argument);
    return true;
  } catch (const RaisedFault&) {
    return false;
  }
}

// "SO_REUSEADDR=1"
std::string settingText(int level, int option, const CallValue& value) {
  const std::string_view name = nameOf(NameGroup::option, option, level);
  const std::string shown =
      name.empty() ? std::to_string(level) + "/" + std::to_string(option) : std::string(name);
  return shown + "=" + (value.as<std::string>() != nullptr ? *value.as<std::string>() : value.repr());
}

// setsockopt(level, option, None, length): no value, only its length.
void setLengthAlone(PythonCall& call) {
  if (!isCInt(call.at(0), 0) || !isCInt(call.at(1), 1) || !call.at(2).isNone() || !isWholeNumber(call.at(3)))
    raiseType("setsockopt() takes exactly 3 arguments (4 given)", call.at(2).isNone() ? 3 : 2);
  const int level = call.intAt(0);
  const int option = call.intAt(1);
  const auto length = static_cast<socklen_t>(cBits(call.at(3), 3));
  const int descriptor = call.descriptor();
  const auto set = [&] { return setsockopt(descriptor, level, option, nullptr, length); };
  if (witnessed("setsockopt", set) != 0) raiseErrno(Operation::setsockopt, errno);
  call.tell(RecordKind::option, settingText(level, option, call.at(2)));
}

}  // namespace

CallValue callGetsockopt(PythonCall& call) {
  const int level = call.intAt(0);
  const int option = call.intAt(1);
  const int length = call.intAt(2, 0);
  if (length == 0) {
    if (isWide(call)) return static_cast<std::int64_t>(numberOption<std::uint64_t>(call, level, option));
    return numberOption<int>(call, level, option);
  }
  if (length < 0 || length > kMostOptionBytes) raiseOs("getsockopt buflen out of range", 2);
  return call.need(call.borrow()->rawOption(level, option, static_cast<std::size_t>(length)));
}

CallValue callSetsockopt(PythonCall& call) {
  const bool wide = call.isOpen() && isWide(call);
  if (call.count() == 4 && !wide) {
    setLengthAlone(call);
    return {};
  }
  const int level = call.intAt(0);
  const int option = call.intAt(1);
  if (wide) {
    if (call.count() == 4) raiseType("setsockopt() takes exactly 3 arguments (4 given)", 3);
    setNumber(call, level, option, cBits(call.at(2), 2));
  } else if (isCInt(call.at(2), 2)) {
    setNumber(call, level, option, call.intAt(2));
  } else {
    const ByteView value = call.bytesAt(2);
    call.need(call.borrow()->setRawOption(level, option, value));
  }
  call.tell(RecordKind::option, settingText(level, option, call.at(2)));
  return {};
}

CallValue callSetblocking(PythonCall& call) {
  const bool blocking = cLong(call.at(0), 0) != 0;
  call.need(call.socket().setTimeout(blocking ? Timeout() : std::chrono::nanoseconds(0)));
  return {};
}

CallValue callGetblocking(PythonCall& call) {
  return call.socket().timeout() != Timeout(std::chrono::nanoseconds(0));
}

CallValue callSettimeout(PythonCall& call) {
  const Timeout timeout = seconds(call.at(0), 0);
  call.need(call.socket().setTimeout(timeout));
  return {};
}

CallValue callGettimeout(PythonCall& call) {
  return secondsValue(call.socket().timeout());
}

CallValue callSetdefaulttimeout(PythonCall& call) {
  call.context().setDefaultTimeout(seconds(call.at(0), 0));
  return {};
}

CallValue callGetdefaulttimeout(PythonCall& call) {
  return secondsValue(call.context().defaultTimeout());
}

}  // namespace sockbench
