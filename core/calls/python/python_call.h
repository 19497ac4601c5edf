// PythonCall: what a body of a call works with: its arguments, its socket, and the ways to end.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/calls/call_registry.h"
#include "core/calls/call_socket.h"
#include "core/calls/python/call_context.h"
#include "core/calls/python/fault.h"
#include "core/calls/python/numbers.h"
#include "core/calls/python/texts.h"
#include "core/net/kernel_witness.h"
#include "core/net/socket_wait.h"

namespace sockbench {

class PythonCall;
using CallBody = CallValue (*)(PythonCall&);

// A call's body, and what Python takes beside the arguments' kinds. The parameters' names are the registry's.
struct CallRow {
  CallTarget target;
  std::string_view name;
  CallBody body;
  std::size_t least = 0;  // arguments
  std::size_t most = 0;
  bool takesKeywords = false;
};

std::span<const CallRow> callRows();
const CallRow* findCallRow(CallTarget target, std::string_view name);

// Remembers the last system call on its way to the thread's witness before it: a timeout of the socket and a
// kernel's ETIMEDOUT have the same number.
class LastStep : public KernelWitness {
 public:
  LastStep() : next_(KernelWitness::ofThisThread()) {}
  void willWait() override;
  void made(std::string_view call, std::int64_t returned, int error, std::chrono::nanoseconds took,
            std::string note) override;
  bool interrupted() override;
  bool kernelSaid(int code) const;  // the last call failed with it, or told it as SO_ERROR

 private:
  KernelWitness* next_;
  int error_ = 0;
  bool pendingError_ = false;
};

// One call on its thread. All throw RaisedFault.
class PythonCall {
 public:
  // Binds the arguments to the row's parameters. type: too few, too many, or keywords that it does not take.
  PythonCall(CallContext& context, const CallRequest& request, const CallRow& row, LastStep& lastStep);

  CallContext& context() { return context_; }
  std::string name() const { return std::string(row_.name); }
  CallHandle handle() const { return handle_; }

  std::size_t count() const { return count_; }  // positional arguments that were given
  bool has(std::size_t i) const { return arguments_[i] != nullptr; }
  const CallValue& at(std::size_t i) const { return *arguments_[i]; }
  bool hasValue(std::size_t i) const { return has(i) && !at(i).isNone(); }

  int intAt(std::size_t i) const { return cInt(at(i), i); }
  int intAt(std::size_t i, int otherwise) const { return has(i) ? intAt(i) : otherwise; }
  std::int64_t sizeAt(std::size_t i) const { return cSize(at(i), i); }
  std::int64_t sizeAt(std::size_t i, std::int64_t otherwise) const { return has(i) ? sizeAt(i) : otherwise; }
  ByteView bytesAt(std::size_t i) const { return bytesLike(at(i), i); }
  std::string textAt(std::size_t i) const;

  // The socket that the method is on; a closed one, where the bench keeps those, has the descriptor -1.
  // os/EBADF: unknown.
  CallSocket& socket();
  bool isOpen() const { return socket_ != nullptr && socket_->descriptor() >= 0; }
  CallSocket::Borrowed borrow() { return socket().borrow(); }
  int descriptor() { return socket().descriptor(); }
  // Python looks with poll(2) before each call of a socket with a timeout: the socket when it is ready, with
  // what is left of its time.
  CallSocket::Borrowed borrowWhenReady(short events);

  // The value, or the fault: timeout where the time of the socket was over, else as the kernel said it.
  template <class T>
  T need(Result<T> result) {
    if (!result) raise(std::move(result.error()));
    if constexpr (!std::is_void_v<T>) return *std::move(result);
  }
  [[noreturn]] void raise(Error error);
  bool isTimeOver(int code) const { return code == ETIMEDOUT && !lastStep_.kernelSaid(ETIMEDOUT); }

  void give(std::string key, CallValue value);  // into the outcome's `out`
  void tell(RecordKind kind, std::string text = {}, std::optional<Error> error = {});
  void tellConnecting(const SocketAddress& to);

 private:
  void bind(const CallRequest& request);
  void bindKeywords(const CallRequest& request);
  std::string countText(std::size_t given) const;

  CallContext& context_;
  const CallRow& row_;
  LastStep& lastStep_;
  CallHandle handle_;
  std::shared_ptr<CallSocket> socket_;
  std::size_t count_ = 0;
  std::vector<const CallValue*> arguments_;
};

}  // namespace sockbench
