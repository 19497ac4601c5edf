// FilesTool: a file is sent through sessions, and what one of them receives is written to a file. Both go on
// while the page does something else; what runs is looked at five times a second, and no timer runs when
// nothing does. Thread: gui.
//
// Object names: `prefix` + "FileEdit", "FileBrowseButton", "FileOffsetEdit", "FileLengthEdit",
// "FileRateEdit", "FileKeepCheck", "FileSendButton", "FileCancelButton", "FileProgress", "FileStatus";
// "ReceiveEdit", "ReceiveBrowseButton", "ReceiveLimitEdit", "ReceiveOverwriteCheck", "ReceiveButton",
// "ReceiveStopButton", "ReceiveStatus", "ReceiveSums"; "FilesTarget", "FilesMessage".
#pragma once

#include <QElapsedTimer>
#include <QTimer>
#include <QWidget>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "core/automation/file_receive.h"
#include "ui/bridge/engine_bridge.h"

class QCheckBox;
class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;

namespace sockbench::ui {

class FlowLayout;
class InlineMessage;

class FilesTool : public QWidget {
  Q_OBJECT
 public:
  // `targets`: the sessions that are open, asked at each act. What is received comes from the first of them.
  FilesTool(const QString& prefix, EngineBridge* bridge, std::function<QList<SessionId>()> targets,
            QWidget* parent = nullptr);

  void setUsable(bool usable, const QString& why);  // why: for who wonders that it is not
  void setFile(const QString& path);                // to be sent
  void setTargetText(const QString& text);  // whom it acts on, where that is chosen elsewhere; empty: nothing
  bool isBusy() const;

 signals:
  void remarkChanged(const QString& remark);  // "42 %", "receiving"; empty: nothing runs

 protected:
  void dragEnterEvent(QDragEnterEvent* event) override;
  void dropEvent(QDropEvent* event) override;

 private:
  QLineEdit* edit(const char* name, const QString& label, const QString& placeholder, const QString& toolTip);
  QLineEdit* number(const char* name, const QString& label, const QString& placeholder,
                    const QString& toolTip);
  QPushButton* button(const char* name, const QString& text, const QString& toolTip,
                      void (FilesTool::*act)());
  QLabel* label(const char* name);
  FlowLayout* line();
  void buildSending();
  void buildReceiving();
  void browse();
  void browsePlace();
  void send();
  void cancel();
  void receive();
  void stop();
  void look();                     // at what runs
  void showSending(bool sending);  // `sending`: as it was before its numbers are read
  void showReceiving();
  void refreshButtons();
  bool isSending() const;
  bool isReceiving() const;
  bool anyTarget(const QList<SessionId>& targets);

  const QString prefix_;
  EngineBridge* bridge_;
  const std::function<QList<SessionId>()> targets_;
  QLabel* target_;
  InlineMessage* message_;
  QLineEdit* path_ = nullptr;
  QLineEdit* offset_ = nullptr;
  QLineEdit* length_ = nullptr;
  QLineEdit* rate_ = nullptr;
  QCheckBox* keep_ = nullptr;
  QPushButton* send_ = nullptr;
  QPushButton* cancel_ = nullptr;
  QProgressBar* progress_ = nullptr;
  QLabel* sendStatus_ = nullptr;
  QLineEdit* place_ = nullptr;
  QLineEdit* limit_ = nullptr;
  QCheckBox* overwrite_ = nullptr;
  QPushButton* receive_ = nullptr;
  QPushButton* stop_ = nullptr;
  QLabel* receiveStatus_ = nullptr;
  QLabel* sums_ = nullptr;
  QTimer timer_;
  std::vector<std::shared_ptr<FileSend>> sends_;
  bool sending_ = false;  // the end of sends_ has not been shown yet
  std::shared_ptr<FileReceive> receipt_;
  SessionId receivesFrom_;
  bool receiving_ = false;  // the end of receipt_ has not been shown yet
  bool usable_ = false;
  QString why_;
};

}  // namespace sockbench::ui
