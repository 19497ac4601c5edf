// CaptureControls: what a timeline can be turned into: a file as it grows, a file of what is there, a stream
// into Wireshark. It owns the actions, the captures under way and their strips. Thread: gui.
//
// Object names of the actions: "trafficCaptureAction", "trafficExportAction", "trafficLiveAction",
// "trafficLiveOtherAction".
#pragma once

#include <QObject>
#include <QString>
#include <functional>

#include "ui/panels/traffic/capture/export_dialog.h"

class QAction;
class QSettings;
class QWidget;

namespace sockbench::ui {

class CaptureBridge;
class CaptureStrip;
class TrafficSource;

class CaptureControls : public QObject {
  Q_OBJECT
 public:
  // `choice` tells, when an export is asked for, what the timeline shows and has selected. `place` is the
  // parent of what is made. The source outlives it.
  CaptureControls(TrafficSource* source, std::function<ExportChoice()> choice, QWidget* place);

  QAction* capture() const { return capture_; }  // checked while everything is kept in a file
  QAction* exportRows() const { return export_; }
  QAction* live() const { return live_; }            // to Wireshark, or to what was named last
  QAction* liveOther() const { return liveOther_; }  // asks for the program
  QWidget* strips() const { return strips_; }  // to be placed over the timeline; takes no room while idle

  void captureTo(const QString& path);  // an existing file is replaced: who asks has asked the person
  void stopCapture();
  bool isCapturing() const;
  bool isTelling() const;  // a strip says something
  void openExport();
  void liveTo(const QString& command);  // split as a shell would

  // The folder and the command that were used last, in the group that the caller has begun.
  void saveState(QSettings& settings) const;
  void restoreState(QSettings& settings);

 signals:
  void told();  // isTelling(), and something new

 private:
  void askWhere();
  void askProgram();
  QString folder() const;

  TrafficSource* source_;
  std::function<ExportChoice()> choice_;
  QWidget* place_;
  CaptureBridge* file_;
  CaptureBridge* program_;
  QWidget* strips_;
  CaptureStrip* fileStrip_;
  CaptureStrip* programStrip_;
  QAction* capture_;
  QAction* export_;
  QAction* live_;
  QAction* liveOther_;
  QString folder_;
  QString command_;
};

}  // namespace sockbench::ui
