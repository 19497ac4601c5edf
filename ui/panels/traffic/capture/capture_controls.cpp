#include "ui/panels/traffic/capture/capture_controls.h"

#include <QAction>
#include <QDateTime>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QInputDialog>
#include <QProcess>
#include <QSettings>
#include <QStandardPaths>
#include <QVBoxLayout>
#include <cerrno>
#include <utility>

#include "ui/bridge/capture_bridge.h"
#include "ui/bridge/core_types.h"
#include "ui/models/traffic_source.h"
#include "ui/panels/traffic/capture/capture_strip.h"

namespace sockbench::ui {
namespace {

const QString kWireshark = QStringLiteral("wireshark -k -i -");

QAction* makeAction(QObject* parent, const char* name, const QString& text, const QString& toolTip) {
  auto* action = new QAction(text, parent);
  action->setObjectName(QLatin1String(name));
  action->setToolTip(toolTip);
  action->setStatusTip(toolTip);
  return action;
}

}  // namespace

CaptureControls::CaptureControls(TrafficSource* source, std::function<ExportChoice()> choice, QWidget* place)
    : QObject(place),
      source_(source),
      choice_(std::move(choice)),
      place_(place),
      file_(new CaptureBridge(source->log().shared_from_this(), source->bridge(), this)),
      program_(new CaptureBridge(source->log().shared_from_this(), nullptr, this)),
      strips_(new QWidget(place)),
      fileStrip_(new CaptureStrip(file_, strips_)),
      programStrip_(new CaptureStrip(program_, strips_)),
      capture_(makeAction(this, "trafficCaptureAction", tr("&Keep everything in a file\u2026"),
                          tr("Write all records to a capture file as they come"))),
      export_(makeAction(this, "trafficExportAction", tr("&Export\u2026"),
                         tr("Write records to a file: pcapng, JSON, CSV, text, bytes"))),
      live_(makeAction(this, "trafficLiveAction", tr("&Live to Wireshark"),
                       tr("Start Wireshark and give it every record as it comes"))),
      liveOther_(makeAction(this, "trafficLiveOtherAction", tr("Live to another &program\u2026"),
                            tr("Start a program that reads a capture from its standard input"))),
      command_(kWireshark) {
  capture_->setCheckable(true);
  fileStrip_->setObjectName(QStringLiteral("captureFileStrip"));
  programStrip_->setObjectName(QStringLiteral("captureProgramStrip"));
  auto* column = new QVBoxLayout(strips_);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(fileStrip_);
  column->addWidget(programStrip_);
  connect(fileStrip_, &CaptureStrip::told, this, &CaptureControls::told);
  connect(programStrip_, &CaptureStrip::told, this, &CaptureControls::told);
  connect(source_, &TrafficSource::trafficChanged, file_, &CaptureBridge::logChanged);
  connect(source_, &TrafficSource::trafficChanged, program_, &CaptureBridge::logChanged);
  connect(file_, &CaptureBridge::changed, this, [this] { capture_->setChecked(file_->isRunning()); });
  connect(file_, &CaptureBridge::changed, this,
          [this] { capture_->setEnabled(file_->isIdle() || file_->isRunning()); });
  connect(file_, &CaptureBridge::ended, this, [this] { capture_->setEnabled(true); });
  connect(program_, &CaptureBridge::changed, this, [this] { live_->setEnabled(program_->isIdle()); });
  connect(program_, &CaptureBridge::ended, this, [this] { live_->setEnabled(true); });
  connect(capture_, &QAction::triggered, this, [this](bool wanted) {
    capture_->setChecked(file_->isRunning());
    wanted ? askWhere() : stopCapture();
  });
  connect(export_, &QAction::triggered, this, &CaptureControls::openExport);
  connect(live_, &QAction::triggered, this, [this] { liveTo(kWireshark); });
  connect(liveOther_, &QAction::triggered, this, &CaptureControls::askProgram);
}

QString CaptureControls::folder() const {
  if (!folder_.isEmpty() && QFileInfo(folder_).isDir()) return folder_;
  const QString documents = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
  return QFileInfo(documents).isDir() ? documents : QDir::homePath();
}

void CaptureControls::askWhere() {
  const QString name = QDateTime::currentDateTime().toString(u"'sockbench-'yyyy-MM-dd-HHmmss'.pcapng'");
  auto* dialog = new QFileDialog(place_, tr("Keep everything in"), QDir(folder()).filePath(name),
                                 tr("Captures (*.pcapng)"));
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setAcceptMode(QFileDialog::AcceptSave);
  dialog->setDefaultSuffix(QStringLiteral("pcapng"));
  connect(dialog, &QFileDialog::fileSelected, this, &CaptureControls::captureTo);
  dialog->open();
}

void CaptureControls::captureTo(const QString& path) {
  folder_ = QFileInfo(path).absolutePath();
  if (!file_->isIdle()) return;
  CaptureSettings settings;
  settings.path = toUtf8(path);
  settings.replace = true;
  if (const auto error = file_->start(std::move(settings))) fileStrip_->showRefusal(*error);
}

void CaptureControls::stopCapture() {
  file_->stop();
}

bool CaptureControls::isCapturing() const {
  return file_->isRunning();
}

bool CaptureControls::isTelling() const {
  return !fileStrip_->isHidden() || !programStrip_->isHidden();
}

void CaptureControls::openExport() {
  ExportChoice choice = choice_();
  choice.folder = folder();
  (new ExportDialog(std::move(choice), place_))->show();
}

void CaptureControls::askProgram() {
  auto* dialog = new QInputDialog(place_);
  dialog->setObjectName(QStringLiteral("liveProgramDialog"));
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setWindowTitle(tr("Live to a program"));
  dialog->setLabelText(tr("A command that reads a pcapng stream from its standard input:"));
  dialog->setTextValue(command_);
  connect(dialog, &QInputDialog::textValueSelected, this, [this](const QString& command) {
    command_ = command;
    liveTo(command);
  });
  dialog->open();
}

void CaptureControls::liveTo(const QString& command) {
  if (!program_->isIdle()) return;
  std::vector<std::string> words;
  for (const QString& word : QProcess::splitCommand(command)) words.push_back(toUtf8(word));
  std::optional<Error> error = program_->startInto(std::move(words));
  if (!error) return;
  if (error->isErrno(ENOENT)) {
    error->detail =
        toUtf8(tr("%1 is not installed, or not in PATH").arg(command.section(QLatin1Char(' '), 0, 0)));
  }
  programStrip_->showRefusal(*error);
}

void CaptureControls::saveState(QSettings& settings) const {
  settings.setValue(QStringLiteral("captureFolder"), folder_);
  settings.setValue(QStringLiteral("liveCommand"), command_);
}

void CaptureControls::restoreState(QSettings& settings) {
  folder_ = settings.value(QStringLiteral("captureFolder")).toString();
  command_ = settings.value(QStringLiteral("liveCommand"), kWireshark).toString();
}

}  // namespace sockbench::ui
