#include "core/calls/python/python_call.h"

#include <algorithm>
#include <cerrno>

namespace sockbench {

void LastStep::willWait() {
  if (next_ != nullptr) next_->willWait();
}

void LastStep::made(std::string_view call, std::int64_t returned, int error, std::chrono::nanoseconds took,
                    std::string note) {
  error_ = error;
  pendingError_ = call == "getsockopt(SO_ERROR)";
  if (next_ != nullptr) next_->made(call, returned, error, took, std::move(note));
}

bool LastStep::interrupted() {
  return next_ != nullptr && next_->interrupted();
}

bool LastStep::kernelSaid(int code) const {
  return error_ == code || pendingError_;
}

PythonCall::PythonCall(CallContext& context, const CallRequest& request, const CallRow& row,
                       LastStep& lastStep)
    : context_(context),
      row_(row),
      lastStep_(lastStep),
      handle_(request.on.value_or(CallHandle())),
      count_(request.args.size()),
      arguments_(row.most) {
  if (request.on) socket_ = context.find(*request.on);
  bind(request);
}

std::string PythonCall::countText(std::size_t given) const {
  const std::string got = " (" + std::to_string(given) + " given)";
  if (row_.most == 0) return name() + "() takes no arguments" + got;
  const std::size_t limit = given < row_.least ? row_.least : row_.most;
  const std::string bound = row_.least == row_.most ? "exactly" : given < row_.least ? "at least" : "at most";
  return name() + "() takes " + bound + " " + std::to_string(limit) +
         (limit == 1 ? " argument" : " arguments") + got;
}

void PythonCall::bind(const CallRequest& request) {
  if (!request.keywords.empty() && !row_.takesKeywords) raiseType(name() + "() takes no keyword arguments");
  const std::size_t given = request.args.size() + request.keywords.size();
  if (request.args.size() > row_.most) raiseType(countText(request.args.size()), row_.most);
  for (std::size_t i = 0; i < request.args.size(); ++i) arguments_[i] = &request.args[i];
  bindKeywords(request);
  const auto begin = arguments_.begin();
  const auto missing = std::find(begin, begin + static_cast<std::ptrdiff_t>(row_.least), nullptr);
  if (missing != begin + static_cast<std::ptrdiff_t>(row_.least))
    raiseType(countText(std::min(given, row_.least - 1)), static_cast<std::size_t>(missing - begin));
}

void PythonCall::bindKeywords(const CallRequest& request) {
  const CallInfo* info = findCall(row_.target, row_.name);
  for (const auto& [key, value] : request.keywords) {
    std::size_t place = row_.most;
    for (std::size_t i = 0; info != nullptr && i < std::min(row_.most, info->parameters.size()); ++i) {
      if (info->parameters[i].name == key) place = i;
    }
    if (place == row_.most) raiseType("'" + key + "' is an invalid keyword argument for " + name() + "()");
    if (arguments_[place] != nullptr)
      raiseType(name() + "() got multiple values for argument '" + key + "'", place);
    arguments_[place] = &value;
  }
}

std::string PythonCall::textAt(std::size_t i) const {
  if (at(i).as<std::string>() == nullptr)
    raiseType(name() + "() argument " + std::to_string(i + 1) + " must be str, not " +
                  std::string(at(i).typeName()),
              i);
  return plainText(at(i), i);
}

CallSocket& PythonCall::socket() {
  if (!socket_) raiseErrno(Operation::none, EBADF);
  return *socket_;
}

CallSocket::Borrowed PythonCall::borrowWhenReady(short events) {
  using std::chrono::nanoseconds;
  const Timeout timeout = socket().timeout();
  // poll(2) passes over what is no descriptor, and would wait for nothing.
  if (!timeout || *timeout <= nanoseconds(0) || !isOpen()) return borrow();
  const Deadline deadline(std::max(*timeout - context_.held(), nanoseconds(1)));
  if (const int code = waitFor(descriptor(), events, deadline))
    raise(Error::fromErrno(Operation::poll, code));
  return CallSocket::Borrowed(Socket::borrow(descriptor(), std::max(*deadline.left(), nanoseconds(1))));
}

void PythonCall::raise(Error error) {
  if (!error.isErrno(ETIMEDOUT) || !isTimeOver(error.code)) raiseError(std::move(error));
  CallFault fault;
  fault.kind = CallFaultKind::timeout;
  fault.message = "timed out";
  fault.bytesDone = error.bytesDone;
  throw RaisedFault{std::move(fault), std::move(error)};
}

void PythonCall::give(std::string key, CallValue value) {
  context_.outcome.out.emplace_back(std::move(key), std::move(value));
}

void PythonCall::tell(RecordKind kind, std::string text, std::optional<Error> error) {
  context_.tellEvent(handle_, kind, EventDetail{.text = std::move(text), .error = std::move(error)}, {});
}

void PythonCall::tellConnecting(const SocketAddress& to) {
  context_.tellEvent(handle_, RecordKind::connecting, {}, to);
}

}  // namespace sockbench
