#include "ui/window/workspace_desk.h"

#include <QApplication>
#include <QDir>
#include <QEvent>
#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QMenu>
#include <QSettings>
#include <QWidget>
#include <chrono>
#include <csignal>

#include "ui/models/settings_toml.h"
#include "ui/models/shown_text.h"
#include "ui/window/workspace_bar.h"

namespace sockbench::ui {
namespace {

const QString kRecent = QStringLiteral("workspaces/recent");
const QString kAutosave = QStringLiteral("workspaces/autosave");
constexpr std::chrono::milliseconds kSoon{700};

QString fileFilter() {
  return WorkspaceDesk::tr("Workspaces (*.sockbench *.toml);;All files (*)");
}

std::string encoded(const QString& path) {
  return QFile::encodeName(path).toStdString();
}

// What of a section a person would call a change: not how wide a column is, and not what was shown last.
void keepTold(TomlTable& table) {
  std::erase_if(table.entries(), [](const TomlTable::Entry& entry) {
    const std::string& key = entry.first;
    return isOpaque(entry.second) || key.starts_with("current") || key.starts_with("recent") ||
           key == "history" || key == "panel";
  });
  for (auto& [key, value] : table.entries()) {
    if (auto* inner = std::get_if<TomlTable>(&value.data)) keepTold(*inner);
    auto* array = std::get_if<TomlArray>(&value.data);
    for (std::size_t i = 0; array != nullptr && i < array->size(); ++i) {
      if (auto* inner = std::get_if<TomlTable>(&(*array)[i].data)) keepTold(*inner);
    }
  }
}

bool isAlive(qint64 pid) {
  return ::kill(static_cast<pid_t>(pid), 0) == 0 || errno != ESRCH;
}

}  // namespace

WorkspaceDesk::WorkspaceDesk(QWidget* place, WorkspaceBar* bar) : QObject(place), place_(place), bar_(bar) {
  soon_.setSingleShot(true);
  connect(&soon_, &QTimer::timeout, this, &WorkspaceDesk::look);
  qApp->installEventFilter(this);
}

WorkspaceDesk::~WorkspaceDesk() {
  dropRecovery();
}

void WorkspaceDesk::addSection(WorkspaceSection section) {
  sections_.push_back(std::move(section));
}

void WorkspaceDesk::remember(QSettings* settings, const QString& folder) {
  settings_ = settings;
  recoveryFolder_ = folder;
  recent_ = settings_->value(kRecent).toStringList();
  if (recent_.size() > kMostRecent) recent_.resize(kMostRecent);
  autosave_ = settings_->value(kAutosave, false).toBool();
  settle();
  offerRecovery();
}

void WorkspaceDesk::setAutosave(bool on) {
  autosave_ = on;
  if (settings_ != nullptr) settings_->setValue(kAutosave, on);
  look();
}

QString WorkspaceDesk::path() const {
  return QFile::decodeName(file_.path().c_str());
}

QString WorkspaceDesk::name() const {
  return shownText(toUtf8(QFileInfo(path()).fileName()));
}

bool WorkspaceDesk::eventFilter(QObject* watched, QEvent* event) {
  const auto type = event->type();
  if ((type == QEvent::KeyRelease || type == QEvent::MouseButtonRelease || type == QEvent::Drop ||
       type == QEvent::Wheel || type == QEvent::InputMethod) &&
      watched->isWidgetType())
    soon_.start(kSoon);
  return QObject::eventFilter(watched, event);
}

TomlTable WorkspaceDesk::made() const {
  TomlTable all;
  for (const WorkspaceSection& section : sections_) all.set(section.key, section.save());
  return all;
}

TomlTable WorkspaceDesk::told() const {
  TomlTable all;
  for (const WorkspaceSection& section : sections_) {
    if (section.told) all.set(section.key, section.save());
  }
  keepTold(all);
  return all;
}

bool WorkspaceDesk::restore(const WorkspaceFile& file) {
  bool whole = true;
  for (const WorkspaceSection& section : sections_) {
    const TomlValue* value = file.contents().find(section.key);
    const auto* table = value != nullptr ? std::get_if<TomlTable>(&value->data) : nullptr;
    const auto restored = section.restore(table != nullptr ? *table : TomlTable());
    if (restored || !whole) continue;
    Error error = restored.error();
    error.subject = file.path();
    bar_->showError(error);
    whole = false;
  }
  return whole;
}

void WorkspaceDesk::settle() {
  settled_ = told();
  setModified(false);
  dropRecovery();
}

void WorkspaceDesk::setModified(bool modified) {
  modified_ = modified;
  place_->setWindowModified(modified && !file_.path().empty());
  emit changed();
}

void WorkspaceDesk::look() {
  soon_.stop();
  const bool modified = told() != settled_;
  if (!modified) dropRecovery();
  if (modified && autosave_ && !file_.path().empty()) {
    if (save()) return;
  }
  if (modified) keepForRecovery();
  if (modified != modified_) setModified(modified);
}

void WorkspaceDesk::newOne() {
  if (modified_ && !file_.path().empty())
    return askBefore(tr("Begin a new workspace?"), [this] {
      setModified(false);
      newOne();
    });
  bar_->putAway();
  file_ = WorkspaceFile();
  restore(file_);
  settle();
}

bool WorkspaceDesk::open(const QString& path) {
  const QString whole = QFileInfo(path).absoluteFilePath();
  if (modified_ && !file_.path().empty()) {
    askBefore(tr("Open %1?").arg(shownText(toUtf8(QFileInfo(whole).fileName()))), [this, whole] {
      setModified(false);
      open(whole);
    });
    return false;
  }
  auto file = WorkspaceFile::open(encoded(whole));
  if (!file) {
    bar_->showError(file.error());
    return false;
  }
  bar_->putAway();
  file_ = *std::move(file);
  // A section that cannot be read as a whole stays in the file as it is: nothing of it is known.
  const bool wholeRead = restore(file_);
  file_.setKnown(wholeRead ? made() : TomlTable());
  settle();
  note(whole);
  return true;
}

bool WorkspaceDesk::save() {
  if (file_.path().empty()) {
    askWhere();
    return false;
  }
  if (const auto saved = file_.save(made()); !saved) {
    bar_->showError(saved.error(),
                    {{QStringLiteral("SaveAs"), tr("Save &as\u2026"), [this] { askWhere(); }}});
    if (!modified_) setModified(true);
    return false;
  }
  bar_->putAway();
  settle();
  return true;
}

bool WorkspaceDesk::saveAs(const QString& path) {
  QString whole = QFileInfo(path).absoluteFilePath();
  if (QFileInfo(whole).suffix().isEmpty()) whole += toQString(kWorkspaceSuffix);
  if (const auto saved = file_.saveAs(encoded(whole), made()); !saved) {
    bar_->showError(saved.error(),
                    {{QStringLiteral("SaveAs"), tr("Save &as\u2026"), [this] { askWhere(); }}});
    return false;
  }
  bar_->putAway();
  settle();
  note(whole);
  return true;
}

void WorkspaceDesk::askWhich() {
  const QString folder = recent_.isEmpty() ? QString() : QFileInfo(recent_.first()).absolutePath();
  auto* dialog = new QFileDialog(place_, tr("Open a workspace"), folder, fileFilter());
  dialog->setObjectName(QStringLiteral("openWorkspaceDialog"));
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setFileMode(QFileDialog::ExistingFile);
  connect(dialog, &QFileDialog::fileSelected, this, &WorkspaceDesk::open);
  dialog->open();
}

void WorkspaceDesk::askWhere() {
  auto* dialog = new QFileDialog(place_, tr("Save the workspace"), path(), fileFilter());
  dialog->setObjectName(QStringLiteral("saveWorkspaceDialog"));
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setAcceptMode(QFileDialog::AcceptSave);
  dialog->setDefaultSuffix(toQString(kWorkspaceSuffix.substr(1)));
  connect(dialog, &QFileDialog::fileSelected, this, &WorkspaceDesk::saveAs);
  dialog->open();
}

void WorkspaceDesk::note(const QString& path) {
  recent_.removeAll(path);
  recent_.prepend(path);
  if (recent_.size() > kMostRecent) recent_.resize(kMostRecent);
  if (settings_ != nullptr) settings_->setValue(kRecent, recent_);
}

void WorkspaceDesk::fillRecent(QMenu* menu) {
  menu->clear();
  for (const QString& path : qAsConst(recent_)) {
    QString words = shownText(toUtf8(path));
    words.replace(QLatin1Char('&'), QStringLiteral("&&"));
    menu->addAction(words, this, [this, path] { open(path); })
        ->setObjectName(QStringLiteral("recentWorkspaceAction"));
  }
  if (recent_.isEmpty()) menu->addAction(tr("None yet"))->setEnabled(false);
}

void WorkspaceDesk::askBefore(const QString& question, const std::function<void()>& go) {
  bar_->ask(question, tr("%1 has changes that are not saved.").arg(name()),
            {{QStringLiteral("Save"), tr("&Save"),
              [this, go] {
                if (save()) go();
              }},
             {QStringLiteral("Discard"), tr("&Discard the changes"), go}});
}

bool WorkspaceDesk::mayClose() {
  look();
  if (!modified_ || file_.path().empty() || closing_) {
    dropRecovery();
    return true;
  }
  askBefore(tr("Close the window?"), [this] {
    closing_ = true;
    place_->close();
  });
  return false;
}

void WorkspaceDesk::leaveForRecovery() {
  look();
  const bool hasLoss = modified_ && !file_.path().empty();
  if (hasLoss) recovery_.clear();
}

// A file of its own for each process, which nobody else may read.
void WorkspaceDesk::keepForRecovery() {
  if (recoveryFolder_.isEmpty() || !QDir().mkpath(recoveryFolder_)) return;
  QFile::setPermissions(recoveryFolder_, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
  const QString place = recoveryFolder_ + QStringLiteral("/%1").arg(QCoreApplication::applicationPid()) +
                        toQString(kWorkspaceSuffix);
  const TomlTable now = made();
  if (!recovery_.isEmpty() && now == recovered_) return;
  WorkspaceFile copy = file_;
  // A copy that cannot be kept is not worth a word: the workspace itself is not at stake yet.
  if (!copy.saveAs(encoded(place), now)) return;
  recovery_ = place;
  recovered_ = now;
}

void WorkspaceDesk::dropRecovery() {
  if (!recovery_.isEmpty()) QFile::remove(recovery_);
  recovery_.clear();
}

void WorkspaceDesk::offerRecovery() {
  const QFileInfoList files =
      QDir(recoveryFolder_).entryInfoList({QStringLiteral("*") + toQString(kWorkspaceSuffix)}, QDir::Files);
  for (const QFileInfo& left : files) {
    bool isPid = false;
    const qint64 pid = left.completeBaseName().toLongLong(&isPid);
    if (recoveryFolder_.isEmpty() || !isPid || isAlive(pid)) continue;
    const QString path = left.absoluteFilePath();
    return bar_->ask(tr("A workspace was not saved when Sockbench ended."),
                     tr("It is of %1.").arg(QLocale().toString(left.lastModified(), QLocale::ShortFormat)),
                     {{QStringLiteral("Recover"), tr("&Recover it"),
                       [this, path] {
                         const auto file = WorkspaceFile::open(encoded(path));
                         if (!file) return bar_->showError(file.error());
                         restore(*file);
                         look();
                         if (!recovery_.isEmpty()) QFile::remove(path);
                       }},
                      {QStringLiteral("Discard"), tr("&Discard it"), [path] { QFile::remove(path); }}});
  }
}

}  // namespace sockbench::ui
