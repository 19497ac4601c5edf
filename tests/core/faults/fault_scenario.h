// A short life of one session, in which a system call may fail: it is opened, says something both ways, is
// half-closed by its peer and ends; then a second one does the same on the same engine. The peers run on the
// caller's thread, the engine on others; every wait is bounded.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/engine/engine.h"
#include "core/net/socket.h"

namespace sockbench::faults {

enum class Role { listener, client };  // of the engine

class Scenario {
 public:
  // `folder`: for the sockets' files, without a slash at its end.
  Scenario(Transport transport, Role role, std::string folder);
  ~Scenario();
  Scenario(const Scenario&) = delete;
  Scenario& operator=(const Scenario&) = delete;

  bool firstSession();   // true: all of it went well
  bool secondSession();  // on a new listener if the first has failed
  // Everything is closed by the engine; false: something stayed open, or was never accounted for.
  bool end();

  bool wasTold(int error) const;  // a row and an event have this errno
  bool wasAnythingTold() const { return !symbols_.empty(); }
  // What the rows say went through differs from what the sessions' counters say; "": nothing.
  std::string miscount() const;
  std::string story() const;  // every row, for a failed test

 private:
  bool openListener();
  bool asListener();
  bool asClient();
  bool openPeersListener();
  Socket plainSocket() const;
  bool bindSomewhere(Socket& socket) const;
  bool talk(Socket& peer, SessionId ours);
  bool exchange(Socket& peer, std::string_view words);
  bool saysUntilHeard(const Socket& peer, const std::function<bool()>& say);
  bool hears(Socket& peer, std::string_view words);
  bool isOver(SessionId id) const;
  bool endsByItself(SessionId id);
  SessionId newestChild() const;
  void takeNews();
  bool isDatagram() const { return isDatagramTransport(transport_); }

  const Transport transport_;
  const Role role_;
  const std::string folder_;
  mutable int paths_ = 0;
  mutable Engine engine_;  // its log and events are read by what only looks
  Endpoint endpoint_;
  SessionId listener_;
  Socket peersListener_;
  std::vector<std::string> symbols_;        // of the errors that events have told
  std::map<SessionId, SessionState> told_;  // by the last event of each
};

}  // namespace sockbench::faults
