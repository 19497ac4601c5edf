// EventQueue: the engine's news for one reader. Never drops one. The rows of the timeline that belong to an
// event are visible before the event is.
#pragma once

#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/engine/session_snapshot.h"
#include "core/net/socket_options.h"

namespace sockbench {

// A socket option as it was asked for and as the kernel has it.
struct OptionReading {
  const OptionInfo* option = nullptr;    // of socketOptions()
  std::optional<std::string> requested;  // what was last asked for; nullopt: nobody did
  Result<std::string> effective;  // in the form that OptionSetting::parse takes, or why it cannot be read
};

// A session appeared or changed state, an error was met, or a send was refused. The timeline has the same as
// rows.
struct SessionEvent {
  enum class What : std::uint8_t {
    changed,      // state, address, descriptor or error: `session` is how it stands now
    sendRefused,  // `error` says why (queueFull, notOpen, or the kernel's EMSGSIZE...); nothing of it was
                  // sent
    sendDrained,  // everything that was queued has been taken by the kernel
    sampled,      // an answer to Engine::sample
    optionsRead,  // an answer to Engine::readOptions: `options`
    forgotten,    // a closed session left snapshots(), by forget() or because too many closed ones were kept
  };
  What what = What::changed;
  SessionSnapshot session;
  std::optional<Error> error;
  std::vector<OptionReading> options;
};

class EventQueue {
 public:
  // Called by a worker when the queue goes from empty to non-empty; must not block. Set before the engine
  // works.
  void setWakeHook(std::function<void()> wake);
  void push(SessionEvent event);  // Thread: any
  std::vector<SessionEvent>
  drain();  // everything since the last drain, oldest first. Thread: any, one at a time

 private:
  std::mutex mutex_;
  std::vector<SessionEvent> events_;
  std::function<void()> wake_;
};

}  // namespace sockbench
