// A bench of one thread: what the bodies of the calls need, and what they told.
#pragma once

#include <unistd.h>

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/calls/call_socket.h"
#include "core/calls/python/call_context.h"
#include "core/net/kernel_witness.h"

namespace fixture {

class TestContext : public sockbench::CallContext, public sockbench::KernelWitness {
 public:
  ~TestContext() override {
    for (const auto& [handle, socket] : sockets_) ::close(socket->descriptor());
    for (const int descriptor : kept) ::close(descriptor);
  }

  std::expected<sockbench::CallValue, sockbench::CallFault> perform(const sockbench::CallRequest& request) {
    outcome = {};
    const sockbench::WitnessedThread watched(*this);
    return performCall(*this, request);
  }

  std::shared_ptr<sockbench::CallSocket> find(sockbench::CallHandle handle) override {
    const auto found = sockets_.find(handle);
    return found == sockets_.end() ? nullptr : found->second;
  }
  sockbench::CallHandle add(sockbench::Socket socket, int family, int type, int protocol) override {
    const sockbench::CallHandle handle{++last_};
    sockets_[handle] =
        std::make_shared<sockbench::CallSocket>(handle, std::move(socket), family, type, protocol);
    return handle;
  }
  int release(sockbench::CallHandle handle) override {
    const int descriptor = find(handle)->descriptor();
    sockets_.erase(handle);
    return descriptor;
  }
  sockbench::Result<void> close(sockbench::CallHandle handle) override {
    return sockbench::Socket::borrow(release(handle), {}).close();
  }
  void keepDescriptor(int descriptor) override { kept.push_back(descriptor); }

  sockbench::Timeout defaultTimeout() override { return timeout; }
  void setDefaultTimeout(sockbench::Timeout time) override { timeout = time; }

  void tellSent(sockbench::CallHandle, sockbench::ByteView bytes, const sockbench::SocketAddress&) override {
    told.push_back("out " + std::string(sockbench::asChars(bytes)));
  }
  void tellReceived(sockbench::CallHandle, sockbench::ByteView bytes, const sockbench::SocketAddress&,
                    int) override {
    told.push_back("in " + std::string(sockbench::asChars(bytes)));
  }
  void tellEvent(sockbench::CallHandle, sockbench::RecordKind kind, const sockbench::EventDetail& detail,
                 const sockbench::SocketAddress&) override {
    told.push_back(std::string(recordKindName(kind)) + (detail.text.empty() ? "" : " " + detail.text));
  }

  void willWait() override { ++waits; }
  void made(std::string_view call, std::int64_t returned, int error, std::chrono::nanoseconds took,
            std::string note) override {
    outcome.kernel.push_back({std::string(call), returned, error, took, std::move(note)});
  }
  bool interrupted() override { return isInterrupted; }

  std::vector<std::string> told;
  std::vector<int> kept;
  int waits = 0;
  sockbench::Timeout timeout;
  bool isInterrupted = false;

 private:
  std::uint64_t last_ = 0;
  std::map<sockbench::CallHandle, std::shared_ptr<sockbench::CallSocket>> sockets_;
};

}  // namespace fixture
