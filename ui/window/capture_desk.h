// CaptureDesk: opens capture files, each in a window of its own, and knows which were opened last. Thread:
// gui. Object names: "openCaptureDialog", of the menu's actions "recentCaptureAction".
#pragma once

#include <QList>
#include <QObject>
#include <QPointer>
#include <QStringList>

class QMenu;
class QMimeData;
class QSettings;
class QWidget;

namespace sockbench::ui {

class CaptureWindow;
class TrafficPanel;

class CaptureDesk : public QObject {
  Q_OBJECT
 public:
  static constexpr qsizetype kMostRecent = 10;

  // `place`: over which questions are asked. `like`: see TrafficPanel; it outlives the desk.
  explicit CaptureDesk(QWidget* place, const TrafficPanel* like = nullptr);
  ~CaptureDesk() override;  // closes its windows

  void remember(QSettings* settings);  // the recent files, and the windows' places; it outlives the desk
  // A file that is open already comes to the front.
  CaptureWindow* open(const QString& path);
  void askWhich();
  void fillRecent(QMenu* menu);                          // whenever it is about to be shown
  void closeAll();                                       // and remembers where they were
  const QStringList& recent() const { return recent_; }  // the last one first

  // The files of something that is dragged over a window; empty: it is nothing for us.
  static QStringList filesOf(const QMimeData* data);

 signals:
  void helpRequested(const QString& page);            // by one of its windows
  void opened(sockbench::ui::CaptureWindow* window);  // which could open its file

 private:
  void note(const QString& path);

  QWidget* place_;
  const TrafficPanel* like_;
  QSettings* settings_ = nullptr;
  QStringList recent_;
  QList<QPointer<CaptureWindow>> windows_;
};

}  // namespace sockbench::ui
