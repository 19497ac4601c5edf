// TalkMenu: what the menu of a timeline's row offers to make of its session's talk. Thread: gui.
#pragma once

#include <QCoreApplication>
#include <QMetaType>
#include <functional>
#include <memory>
#include <vector>

#include "core/traffic/traffic_log.h"

class QMenu;

namespace sockbench::ui {

class TrafficTable;

// What a person wants of it.
struct TalkWanted {
  enum class What { recordClient, recordServer, replay };
  What what = What::recordClient;
  std::shared_ptr<const TrafficLog> log;
  SessionId session;
  std::vector<std::uint64_t> rows;  // only these count, ascending; empty: all of the session's
};

class TalkMenu {
  Q_DECLARE_TR_FUNCTIONS(TalkMenu)
 public:
  explicit TalkMenu(const TrafficTable* table) : table_(table) {}

  // "Record as scenario" and "Replay", of the current row's session: of the selected rows of it, where there
  // are several. `act` is called by the menu. Object names: "recordTalkMenu", "recordClientAction",
  // "recordServerAction", "replayTalkAction".
  void addTo(QMenu* menu, const std::function<void(const TalkWanted&)>& act) const;

 private:
  std::vector<std::uint64_t> selectedRows(SessionId session) const;

  const TrafficTable* table_;
};

}  // namespace sockbench::ui

Q_DECLARE_METATYPE(sockbench::ui::TalkWanted)
