// LibraryDesk: the saved sends and the history in the window: their view, their keys, sending, and the files
// in which they stay from one start to the next. Thread: gui.
#pragma once

#include <QHash>
#include <QObject>
#include <QTimer>
#include <array>
#include <functional>
#include <optional>

#include "core/base/ids.h"
#include "core/payload/message/field_values.h"
#include "core/workspace/saved_sends.h"
#include "core/workspace/send_history.h"
#include "ui/models/sends_file.h"
#include "ui/window/actions.h"

class QSettings;

namespace sockbench::ui {

class EngineBridge;
class LibraryView;
class PanelTabs;
class SavedSendsModel;
class SendHistoryModel;
class SessionPage;

class LibraryDesk : public QObject {
  Q_OBJECT
 public:
  // They outlive it. Fills actions.savedSends: nine entries, Alt+1 to Alt+9.
  LibraryDesk(EngineBridge* bridge, PanelTabs* panels, const Actions& actions, QObject* parent);

  LibraryView* view() const { return view_; }  // to be placed in the window

  // The sends stand in sends.toml beside the file of `settings`, the history, where a person wants that, in
  // history.toml.
  void remember(QSettings* settings);
  // What {{NAME}} stands for in the saved sends. Empty: nothing.
  void setFieldSource(std::function<FieldValues()> source) { fieldSource_ = std::move(source); }
  void saveState();  // at once what is still to be written

  // Those of a workspace in place of the person's own, which stay in their file; nullopt: back to these.
  void setWorkspaceSends(std::optional<SavedSends> sends);
  const SavedSends& sends() const;

  // To where the page in front sends now. It says how that went.
  void send(const SavedSend& send);

 signals:
  void edited();                   // a person changed the saved sends
  void told(const QString& text);  // how a sending went, in one line
  void viewRequested();            // it must be seen

 private:
  void connectView();
  void makeKeys();
  void refreshKeys();
  void pressKey(unsigned key);
  void edit(const SavedSend& send);
  void keep(const MessageSpec& message);
  FieldValues valuesFor(SessionId session, const MessageSpec& message);
  void deliver(const SavedSend& send, const QList<SessionId>& to);
  void deliverTo(const QString& name, const MessageSpec& message, SessionId session,
                 const Result<Bytes>& bytes);
  void load();
  void write(SendsFile& file, const std::string& text);
  void writeFiles();

  EngineBridge* bridge_;
  PanelTabs* panels_;
  Actions actions_;
  SavedSendsModel* sends_;
  SendHistoryModel* history_;
  LibraryView* view_;
  std::array<QAction*, 9> keys_{};
  QSettings* settings_ = nullptr;
  SendsFile sendsFile_;
  SendsFile historyFile_;
  std::optional<SavedSends> own_;  // while those of a workspace are shown
  std::function<FieldValues()> fieldSource_;
  QTimer writing_;                       // soon after a change
  QHash<QByteArray, quint64> counters_;  // how often a message with fields was sent
};

}  // namespace sockbench::ui
