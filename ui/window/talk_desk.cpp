#include "ui/window/talk_desk.h"

#include <QPointer>
#include <QWidget>
#include <algorithm>
#include <utility>

#include "ui/bridge/engine_bridge.h"
#include "ui/bridge/in_background.h"
#include "ui/panels/traffic/traffic_panel.h"
#include "ui/window/replay_dialog.h"

namespace sockbench::ui {
namespace {

Result<RecordedTalk> read(const TalkWanted& wanted) {
  if (wanted.rows.empty()) return recordTalk(*wanted.log, wanted.session);
  return recordTalk(*wanted.log, wanted.session,
                    [&wanted](std::uint64_t row) { return std::ranges::binary_search(wanted.rows, row); });
}

}  // namespace

TalkDesk::TalkDesk(EngineBridge* bridge, QWidget* place) : QObject(place), bridge_(bridge), place_(place) {}

void TalkDesk::serve(TrafficPanel* panel) {
  connect(panel, &TrafficPanel::talkWanted, this, [this, panel](const TalkWanted& wanted) {
    const auto tell = [this, what = wanted.what, panel = QPointer(panel)](Result<RecordedTalk>& talk) {
      if (talk) return take(*talk, what);
      if (panel) panel->tellError(talk.error());
    };
    inBackground(
        this, [wanted] { return read(wanted); }, tell);
  });
}

void TalkDesk::take(const RecordedTalk& talk, TalkWanted::What what) {
  if (what == TalkWanted::What::replay) return (new ReplayDialog(bridge_, talk, place_))->show();
  RecordOptions options;
  options.role = what == TalkWanted::What::recordServer ? RecordRole::server : RecordRole::client;
  emit recorded(QByteArray::fromStdString(recordScenario(talk, options)));
}

}  // namespace sockbench::ui
