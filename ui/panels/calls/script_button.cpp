#include "ui/panels/calls/script_button.h"

#include <QAction>
#include <QClipboard>
#include <QFileDialog>
#include <QFileInfo>
#include <QGuiApplication>
#include <QMenu>
#include <QSaveFile>
#include <optional>

#include "core/calls/script/call_script.h"
#include "core/payload/visible_text.h"
#include "ui/bridge/in_background.h"
#include "ui/models/calls_model.h"
#include "ui/models/format.h"

namespace sockbench::ui {
namespace {

Error fileError(const QFileDevice& file, Operation operation) {
  return Error::fromInput(InputFault::badPath, toUtf8(file.fileName()), std::nullopt,
                          toUtf8(file.errorString()), operation);
}

Result<QByteArray> readScript(const QString& path) {
  QFile file(path);
  if (!file.open(QIODevice::ReadOnly)) return std::unexpected(fileError(file, Operation::read));
  const auto most = static_cast<qint64>(kMostScriptBytes);
  QByteArray text = file.read(most + 1);
  if (file.error() != QFileDevice::NoError) return std::unexpected(fileError(file, Operation::read));
  if (text.size() > most)
    return std::unexpected(Error::fromInput(
        InputFault::tooLarge, toUtf8(path), std::nullopt,
        "a script has at most " + std::to_string(kMostScriptBytes >> 20) + " MiB", Operation::read));
  return text;
}

struct ReadLines {
  std::vector<std::string> lines;
  std::optional<Error> error;
  std::size_t failedLine = 0;  // 0: the file could not be read
};

ReadLines readLines(const QString& path) {
  ReadLines read;
  const Result<QByteArray> text = readScript(path);
  if (!text) {
    read.error = text.error();
    return read;
  }
  const std::string_view all(text->constData(), static_cast<std::size_t>(text->size()));
  Result<CallScript> script = parseCallScript(all, &read.failedLine);
  if (!script) {
    read.error = script.error();
    return read;
  }
  read.lines.reserve(script->size());
  for (CallLine& line : *script) read.lines.push_back(std::move(line.text));
  return read;
}

Result<qsizetype> writeScript(const QString& path, const QByteArray& text) {
  QSaveFile file(path);
  if (file.open(QIODevice::WriteOnly) && file.write(text) == text.size() && file.commit()) return text.size();
  return std::unexpected(fileError(file, Operation::write));
}

QString fileName(const QString& path) {
  return toQString(visibleText(toUtf8(QFileInfo(path).fileName())));
}

}  // namespace

ScriptButton::ScriptButton(const CallsModel* model, QWidget* parent) : QToolButton(parent), model_(model) {
  setObjectName(QStringLiteral("callsScriptButton"));
  setText(tr("Script"));
  setAccessibleName(tr("Script"));
  setToolTip(plainToolTip(tr("Open and save the lines, or copy them as a program")));
  setProperty("framed", true);
  setPopupMode(QToolButton::InstantPopup);
  setMenu(new QMenu(this));
  addAction("callsOpenAction", tr("Open a script…"), &ScriptButton::askWhich);
  QAction* save = addAction("callsSaveAction", tr("Save the lines…"), &ScriptButton::askWhere);
  menu()->addSeparator();
  QAction* copy = addAction("callsCopyScriptAction", tr("Copy the lines"), &ScriptButton::copyScript);
  QAction* python = addAction("callsCopyPythonAction", tr("Copy as Python"), &ScriptButton::copyPython);
  QAction* c = addAction("callsCopyCAction", tr("Copy as C"), &ScriptButton::copyC);
  connect(menu(), &QMenu::aboutToShow, this, [this, save, copy, python, c] {
    for (QAction* action : {save, copy, python, c}) action->setEnabled(model_->rowCount() > 0);
  });
}

QAction* ScriptButton::addAction(const char* name, const QString& text, void (ScriptButton::*act)()) {
  QAction* action = menu()->addAction(text, this, act);
  action->setObjectName(QLatin1String(name));
  return action;
}

void ScriptButton::askWhich() {
  auto* dialog = new QFileDialog(this, tr("Open a script of calls"));
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setFileMode(QFileDialog::ExistingFile);
  connect(dialog, &QFileDialog::fileSelected, this, &ScriptButton::open);
  dialog->open();
}

void ScriptButton::askWhere() {
  auto* dialog = new QFileDialog(this, tr("Save the lines"));
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setAcceptMode(QFileDialog::AcceptSave);
  dialog->setDefaultSuffix(QStringLiteral("calls"));
  connect(dialog, &QFileDialog::fileSelected, this, &ScriptButton::saveTo);
  dialog->open();
}

void ScriptButton::open(const QString& path) {
  inBackground(
      this, [path] { return readLines(path); },
      [this, path](const ReadLines& read) {
        if (read.error) return emit refused(*read.error, read.failedLine);
        emit scriptOpened(read.lines, fileName(path));
      });
}

void ScriptButton::saveTo(const QString& path) {
  inBackground(
      this, [path, text = QByteArray::fromStdString(model_->script())] { return writeScript(path, text); },
      [this, path](const Result<qsizetype>& bytes) {
        if (!bytes) return emit refused(bytes.error(), 0);
        emit told(
            tr("Saved to %1 (%2)").arg(fileName(path), formatBytes(static_cast<std::uint64_t>(*bytes))));
      });
}

void ScriptButton::copyScript() {
  copy({model_->script(), {}}, tr("The lines"));
}

void ScriptButton::copyPython() {
  copyAs(scriptAsPython, tr("The lines as Python"));
}

void ScriptButton::copyC() {
  copyAs(scriptAsC, tr("The lines as C"));
}

void ScriptButton::copyAs(ScriptProgram (*translate)(const CallScript&), const QString& what) {
  std::size_t failed = 0;
  const Result<CallScript> script = parseCallScript(model_->script(), &failed);
  if (!script) return emit refused(script.error(), failed);
  copy(translate(*script), what);
}

void ScriptButton::copy(const ScriptProgram& program, const QString& what) {
  constexpr std::size_t kMostTold = 5;
  QGuiApplication::clipboard()->setText(toQString(program.text));
  const QString words = tr("%1 are in the clipboard (%2)").arg(what, formatBytes(program.text.size()));
  if (program.leftOut.empty()) return emit told(words);
  QStringList reasons;
  for (const std::string& reason : program.leftOut) {
    if (static_cast<std::size_t>(reasons.size()) == kMostTold) break;
    reasons += toQString(visibleText(reason));
  }
  if (program.leftOut.size() > kMostTold) reasons += QString(QChar(0x2026));
  emit leftOut(
      tr("%1; %n line(s) could not be translated", nullptr, pluralNumber(program.leftOut.size())).arg(words),
      reasons.join(QLatin1Char('\n')));
}

}  // namespace sockbench::ui
