#include "ui/panels/traffic/talk_menu.h"

#include <QItemSelectionModel>
#include <QMenu>
#include <algorithm>

#include "core/automation/scenario/record.h"
#include "ui/models/format.h"
#include "ui/models/traffic_model.h"
#include "ui/widgets/traffic_table.h"

namespace sockbench::ui {

// A session has at most so many messages in a record; a selection may be ten million rows long.
std::vector<std::uint64_t> TalkMenu::selectedRows(SessionId session) const {
  const TrafficModel* model = table_->trafficModel();
  std::vector<std::uint64_t> rows;
  const QItemSelection selection = table_->selectionModel()->selection();
  for (const QItemSelectionRange& range : selection) {
    for (int row = range.top(); row <= range.bottom() && rows.size() <= kMostRecordedMessages; ++row) {
      const std::optional<LogRow> one = model->rowAt(row);
      if (one && one->record.session == session) rows.push_back(one->number);
    }
  }
  std::ranges::sort(rows);
  return rows;
}

void TalkMenu::addTo(QMenu* menu, const std::function<void(const TalkWanted&)>& act) const {
  const std::optional<LogRow> row = table_->currentLogRow();
  const SessionId session = row ? row->record.session : SessionId{};
  TalkWanted wanted;
  wanted.log = table_->trafficModel()->log().shared_from_this();
  wanted.session = session;
  if (session) wanted.rows = selectedRows(session);
  if (wanted.rows.size() < 2) wanted.rows.clear();
  const auto add = [&](QMenu* to, const char* name, const QString& text, TalkWanted::What what) {
    wanted.what = what;
    QAction* action = to->addAction(text, [act, wanted] { act(wanted); });
    action->setObjectName(QLatin1String(name));
    action->setEnabled(static_cast<bool>(session));
  };
  menu->addSeparator();
  QMenu* record = menu->addMenu(
      wanted.rows.empty() ? tr("Rec&ord the session as a scenario")
                          : tr("Rec&ord %n row(s) as a scenario", nullptr, pluralNumber(wanted.rows.size())));
  record->setObjectName(QStringLiteral("recordTalkMenu"));
  record->setEnabled(static_cast<bool>(session));
  add(record, "recordClientAction", tr("As the &client"), TalkWanted::What::recordClient);
  add(record, "recordServerAction", tr("As a mock &server"), TalkWanted::What::recordServer);
  add(menu, "replayTalkAction", tr("Re&play\u2026"), TalkWanted::What::replay);
}

}  // namespace sockbench::ui
