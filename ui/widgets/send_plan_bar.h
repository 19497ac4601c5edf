// SendPlanBar: how the Composer's message is sent: once, or again and again; from when, until when, how fast,
// in which pieces. While something is being sent it says how far it is, and stops it. Thread: gui.
//
// It also attaches: start() makes a SendAgent for each session.
//
// Object names: `prefix` + "PlanBar" (this), "PlanModeBox", "PlanIntervalEdit", "PlanJitterEdit",
// "PlanCountSpin", "PlanStartBox", "PlanMatchEdit", "PlanMoreButton", "PlanDurationEdit", "PlanUntilEdit",
// "PlanRateSpin", "PlanPieceSpin", "PlanGapEdit", "PlanStatusLabel", "PlanStopButton", "PlanMessage".
#pragma once

#include <QElapsedTimer>
#include <QList>
#include <QTimer>
#include <QWidget>
#include <memory>

#include "core/automation/send_agent.h"
#include "ui/bridge/core_types.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QSettings;
class QSpinBox;
class QToolButton;

namespace sockbench::ui {

class EngineBridge;
class InlineMessage;

class SendPlanBar : public QWidget {
  Q_OBJECT
 public:
  SendPlanBar(const QString& prefix, EngineBridge* bridge, QWidget* parent = nullptr);

  // What is asked for, or what is wrong; that is marked where it stands.
  Result<SendPlan> plan();
  void setPlan(const SendPlan& plan);
  bool isOnce() const;  // the composer's own Send is enough

  // Sends `message` in each of these sessions as the plan says; what it says no to is shown here.
  // `variables` of its fields: nullptr for none. False: nothing was begun.
  bool start(const MessageSpec& message, const QList<SessionId>& sessions,
             const std::shared_ptr<const Variables>& variables = {});
  void stop();  // all that was begun here
  bool isRunning() const;

  QByteArray saveState() const;
  void restoreState(const QByteArray& state);

 signals:
  void edited();

 private:
  struct Sending {
    SessionId session;
    std::shared_ptr<SendAgent> agent;
  };
  void buildFields(const QString& prefix);
  QLineEdit* makeTime(const QString& name, const QString& accessible, const QString& example);
  QSpinBox* makeSpin(const QString& name, const QString& accessible, const QString& none);
  QWidget* captioned(const QString& caption, QWidget* field);
  void showFields();
  void readTime(QLineEdit* edit, std::chrono::nanoseconds& to, std::optional<Error>& error);
  void refreshStatus();
  QString statusText(const SendAgent::Status& sums, qsizetype running) const;

  EngineBridge* bridge_;
  QComboBox* mode_;
  QComboBox* start_;
  QLineEdit* match_;
  QLineEdit* interval_;
  QLineEdit* jitter_;
  QSpinBox* count_;
  QLineEdit* duration_;
  QLineEdit* until_;
  QSpinBox* rate_;
  QSpinBox* piece_;
  QLineEdit* gap_;
  QToolButton* more_;
  QList<QWidget*> repeated_;  // fields of a message that goes more than once
  QList<QWidget*> rest_;      // fields under "More"
  QLabel* status_;
  QToolButton* stop_;
  InlineMessage* message_;
  // As setPlan() gave them: these fields show their text alone.
  PatternSpec givenMatch_;
  PatternSpec givenUntil_;
  QList<Sending> sendings_;
  QTimer refresh_;  // runs while something is being sent
  QElapsedTimer since_;
};

}  // namespace sockbench::ui
