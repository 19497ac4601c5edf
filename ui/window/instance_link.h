// InstanceLink: one window for each person and display. A second program hands its endpoints to the first
// one's window and ends.
//
// The meeting place is a socket in a folder that only this person can enter (checked: owner and mode), so
// whoever answers there is a program of the same person. Thread: gui.
#pragma once

#include <QObject>
#include <QString>
#include <memory>

#include "ui/window/launch_request.h"

class QLocalServer;
class QLocalSocket;

namespace sockbench::ui {

class InstanceLink : public QObject {
  Q_OBJECT
 public:
  // `name`: a path for the socket; empty turns the link off (handOver answers nobody, serve does nothing).
  explicit InstanceLink(QString name, QObject* parent = nullptr);
  ~InstanceLink() override;

  // The socket's path for this person and this display: in $XDG_RUNTIME_DIR, else in a folder of this
  // person's in the folder for temporary files. Empty when no folder there is safe.
  static QString placeFor(const QString& display);

  enum class HandOver {
    taken,    // the running window has it: this program may end
    nobody,   // no window is running, or something else answers there
    refused,  // the running window did not understand it (another version)
  };
  // Waits kPatienceMs at most.
  HandOver handOver(const LaunchRequest& request) const;

  // From now on others may hand over. A dead program's socket is replaced; a live one's, or a file that is no
  // socket of ours, is left alone, and the answer is false: the window then runs without the link.
  bool serve();

  static constexpr int kPatienceMs = 2000;      // for a whole message, either way
  static constexpr int kMostConversations = 8;  // at once; one more is turned away

 signals:
  // Another program was started with these endpoints (none: it only asks for the window).
  void requested(const sockbench::ui::LaunchRequest& request);

 private:
  void welcome(QLocalSocket* guest);
  void hear(QLocalSocket* guest);

  QString name_;
  std::unique_ptr<QLocalServer> server_;
  int conversations_ = 0;
};

}  // namespace sockbench::ui
