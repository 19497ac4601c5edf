// StreamPage: a session as one conversation, with what is chosen about how it is shown. It follows the
// session only while it is in sight. Thread: gui.
// Object names: "inspectorStreamView", "inspectorStreamFormBox", "inspectorStreamEncodingBox",
// "inspectorStreamDirectionBox", "inspectorStreamFollowButton", "inspectorStreamMenuButton",
// "inspectorStreamNote", "inspectorStreamMessage"; actions "streamSaveReceivedAction",
// "streamSaveSentAction", "streamSaveTextAction", "streamCancelSaveAction", "streamWindowAction"; and those
// of FramingBox.
#pragma once

#include <QTimer>
#include <QWidget>
#include <memory>
#include <optional>

#include "core/traffic/conversation/conversation.h"
#include "ui/bridge/core_types.h"
#include "ui/panels/traffic/stream/stream_save.h"

class QAction;
class QComboBox;
class QLabel;
class QSettings;
class QToolButton;

namespace sockbench::ui {

class FramingBox;
class InlineMessage;
class StreamDocument;
class StreamView;
class TrafficSource;

class StreamPage : public QWidget {
  Q_OBJECT
 public:
  explicit StreamPage(TrafficSource* source, QWidget* parent = nullptr);  // the source outlives it
  ~StreamPage() override;

  void setSession(SessionId id);  // 0: none
  SessionId session() const { return session_; }
  // Its session, and its place into view while the page is in sight.
  void setRow(const std::optional<LogRow>& row);
  StreamView* view() const { return view_; }
  StreamPage* openWindow();  // the same conversation in a window of its own

  void setFraming(const FramingSpec& spec);
  void saveTo(const QString& path, StreamSave::What what);

  void saveState(QSettings& settings) const;
  void restoreState(const QSettings& settings);

 signals:
  void rowActivated(quint64 row);  // a person asks for it in the timeline

 protected:
  void showEvent(QShowEvent* event) override;
  void changeEvent(QEvent* event) override;

 private:
  struct Gate;
  QWidget* makeBar();
  QComboBox* makeBox(const char* name, const QString& title);
  void fillBoxes();
  void fillMenu();
  void connectParts();
  void converse();
  void drop();
  void takeNews();
  void askWhere(StreamSave::What what);
  void askWhereForBytes(const QByteArray& bytes);
  void updateNote(const Conversation::State& state);
  void updateWindowTitle();

  TrafficSource* source_;
  FramingBox* framing_;
  QComboBox* form_;
  QComboBox* encoding_;
  QComboBox* direction_;
  QToolButton* follow_;
  QToolButton* menu_;
  QAction* cancelSave_;
  QLabel* note_;
  InlineMessage* message_;
  StreamView* view_;
  StreamSave* save_;
  QTimer news_;  // runs between news and its taking
  std::shared_ptr<Gate> gate_;
  std::shared_ptr<Conversation> conversation_;
  std::shared_ptr<StreamDocument> document_;
  SessionId session_;
};

}  // namespace sockbench::ui
