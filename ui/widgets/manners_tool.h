// MannersTool: how sessions misbehave on purpose, changed while they run: reading, writes in pieces, small
// buffers, silence, garbage, an urgent byte; of a listener, accepting. What is changed counts at once.
// Thread: gui.
//
// Object names: `prefix` + "ReadingCheck", "PieceBytesSpin", "PieceGapSpin", "NeverAnswerCheck",
// "GarbageSpin", "ReceiveBufferSpin", "SendBufferSpin", "BuffersButton", "BuffersAnswer", "UrgentEdit",
// "UrgentButton", "MannersTarget", "MannersMessage"; with a listener also "AcceptingCheck",
// "AcceptDelaySpin", "NewcomersCheck".
#pragma once

#include <QWidget>
#include <functional>
#include <optional>
#include <utility>

#include "ui/bridge/engine_bridge.h"

class QCheckBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;

namespace sockbench::ui {

class FlowLayout;
class InlineMessage;

class MannersTool : public QWidget {
  Q_OBJECT
 public:
  // `targets`: the sessions that the controls act on, asked at each act.
  MannersTool(const QString& prefix, EngineBridge* bridge, std::function<QList<SessionId>()> targets,
              QWidget* parent = nullptr);

  void addListener();                               // the controls of a listener, once
  void setListener(SessionId id);                   // whose accepting they are; 0: none
  void setUsable(bool usable, const QString& why);  // why: for who wonders that it is not
  void setTargetText(const QString& text);  // whom it acts on, where that is chosen elsewhere; empty: nothing
  // How the session (the first one of several) and the listener stand now.
  void showSession(const SessionSnapshot& session);
  void showListener(const SessionSnapshot& listener);
  // What a listener's new sessions are to inherit, and how it accepts.
  Manners listenersManners() const;

 signals:
  void remarkChanged(const QString& remark);  // "3 on"; empty: all is well-behaved

 private:
  QCheckBox* check(const char* name, const QString& text, const QString& toolTip);
  QSpinBox* spin(const char* name, const QString& text, int most, const QString& suffix,
                 const QString& toolTip);
  FlowLayout* line();
  void buildManners();
  void buildBuffers();
  void buildUrgent();
  Manners manners() const;
  void showManners(const Manners& manners);
  void apply();
  void applyToListener();
  void setBuffers();
  void showBuffers(SessionId id, const QList<OptionReading>& options);
  void sendUrgent();
  void tellRemark();
  bool anyTarget(const QList<SessionId>& targets);

  const QString prefix_;
  EngineBridge* bridge_;
  const std::function<QList<SessionId>()> targets_;
  QWidget* body_;
  QLabel* target_;
  InlineMessage* message_;
  QCheckBox* reading_ = nullptr;
  QSpinBox* pieceBytes_ = nullptr;
  QSpinBox* pieceGap_ = nullptr;
  QCheckBox* neverAnswer_ = nullptr;
  QSpinBox* garbage_ = nullptr;
  QSpinBox* receiveBuffer_ = nullptr;
  QSpinBox* sendBuffer_ = nullptr;
  QLabel* buffersAnswer_ = nullptr;
  QLineEdit* urgent_ = nullptr;
  QPushButton* urgentButton_ = nullptr;
  QPushButton* buffersButton_ = nullptr;
  QWidget* listenerLine_ = nullptr;
  QCheckBox* accepting_ = nullptr;
  QSpinBox* acceptDelay_ = nullptr;
  QCheckBox* newcomers_ = nullptr;
  SessionId listener_;
  bool listensForDatagrams_ = false;
  SessionId asked_;                                       // whose options are to be shown
  std::optional<std::pair<SessionId, Manners>> pending_;  // was asked for, and is not told yet
  std::optional<Manners> pendingListener_;
  bool showing_ = false;  // the controls are being set, nobody changes them
};

}  // namespace sockbench::ui
