// Descriptors that travel: Python's send_fds and recv_fds are sendmsg and recvmsg of one control message.
// Both disregard their last parameters there, and so here.
#include <sys/socket.h>

#include <cstring>
#include <limits>

#include "core/calls/python/bodies.h"

namespace sockbench {
namespace {

CallHandle socketAt(PythonCall& call) {
  const auto* handle = call.at(0).as<CallHandle>();
  if (handle == nullptr)
    raiseType(call.name() + "() argument 1 must be a socket, not " + std::string(call.at(0).typeName()), 0);
  return *handle;
}

CallValue perform(PythonCall& call, CallRequest request) {
  auto answer = performCall(call.context(), request);
  if (!answer) throw RaisedFault{std::move(answer).error(), std::nullopt};
  return *std::move(answer);
}

// As array.array("i", fds) has them.
Bytes descriptorsAt(PythonCall& call, std::size_t argument) {
  const auto* items = call.at(argument).items();
  if (items == nullptr)
    raiseType("'" + std::string(call.at(argument).typeName()) + "' object is not a list of descriptors",
              argument);
  Bytes bytes(items->size() * sizeof(int));
  for (std::size_t i = 0; i < items->size(); ++i) {
    const int descriptor = cInt((*items)[i], argument);
    std::memcpy(bytes.data() + i * sizeof descriptor, &descriptor, sizeof descriptor);
  }
  return bytes;
}

CallList descriptorsIn(const CallValue& control) {
  CallList descriptors;
  const auto* messages = control.items();
  if (messages == nullptr) return descriptors;
  for (const CallValue& message : *messages) {
    const auto* parts = message.items();
    if (parts == nullptr || parts->size() != 3 || !((*parts)[0] == CallValue(SOL_SOCKET)) ||
        !((*parts)[1] == CallValue(SCM_RIGHTS)))
      continue;
    const auto* data = (*parts)[2].as<Bytes>();
    for (std::size_t at = 0; data != nullptr && at + sizeof(int) <= data->size(); at += sizeof(int)) {
      int descriptor = -1;
      std::memcpy(&descriptor, data->data() + at, sizeof descriptor);
      descriptors.items.emplace_back(descriptor);
    }
  }
  return descriptors;
}

}  // namespace

CallValue callSendFds(PythonCall& call) {
  CallRequest request{.name = "sendmsg", .on = socketAt(call), .args = {}, .keywords = {}};
  const CallTuple rights{{SOL_SOCKET, SCM_RIGHTS, descriptorsAt(call, 2)}};
  request.args = {call.at(1), CallList{{rights}}};
  return perform(call, std::move(request));
}

CallValue callRecvFds(PythonCall& call) {
  constexpr std::size_t kMost = 2;
  CallRequest request{.name = "recvmsg", .on = socketAt(call), .args = {}, .keywords = {}};
  const std::int64_t most = call.sizeAt(kMost);
  constexpr std::int64_t kFits = (std::numeric_limits<int>::max() - 1024) / sizeof(int);
  if (most < 0 || most > kFits) raiseOverflow("CMSG_LEN() argument out of range", kMost);
  const auto room = static_cast<std::int64_t>(CMSG_LEN(static_cast<std::size_t>(most) * sizeof(int)));
  request.args = {call.at(1), room};
  const CallValue answer = perform(call, std::move(request));
  const auto& parts = answer.as<CallTuple>()->items;
  return CallTuple{{parts[0], descriptorsIn(parts[1]), parts[2], parts[3]}};
}

}  // namespace sockbench
