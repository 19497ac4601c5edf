// The Scenario panel as a person has it before them, and scenarios of which what becomes is known.
#pragma once

#include <QFile>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTableView>
#include <QTemporaryDir>
#include <QToolButton>
#include <QTreeView>

#include "panel_probe.h"
#include "ui/bridge/engine_bridge.h"
#include "ui/models/scenario_steps_model.h"
#include "ui/panels/scenario/scenario_edit.h"
#include "ui/panels/scenario/scenario_page.h"
#include "ui/panels/scenario/scenario_panel.h"
#include "ui/widgets/inline_message.h"

namespace sockbench::ui {

// Line 1 is "version = 1"; the steps begin in lines 8 (listen), 10 (connect), 12 (send), 14 (expect).
inline QByteArray echoScenario(const char* expected = "'hello'", const char* more = "") {
  return QByteArrayLiteral(
             "version = 1\n"
             "[variables]\n"
             "word = \"hello\"\n"
             "[endpoints.server]\n"
             "listen = \"tcp://127.0.0.1:0\"\n"
             "respond = \"echo\"\n"
             "[[steps]]\n"
             "listen = \"server\"\n"
             "[[steps]]\n"
             "connect = \"server\"\n"
             "[[steps]]\n"
             "send = '{{word}}'\n"
             "[[steps]]\n"
             "expect = ") +
         expected + "\n" + more;
}

struct ScenarioDesk {
  EngineBridge bridge;
  ScenarioPanel panel{&bridge};
  QTemporaryDir folder;

  ScenarioDesk() { showActive(panel, {1053, 520}); }

  template <class T>
  T* find(const char* name) const {
    return visible<T>(panel, name);
  }
  ScenarioEdit* edit() const { return find<ScenarioEdit>("scenarioEdit"); }
  QAbstractItemModel* steps() const { return find<QTreeView>("scenarioStepsTree")->model(); }
  QString status() const { return find<QLabel>("scenarioStatusLabel")->text(); }
  QString difference() const {
    const auto* view = find<QPlainTextEdit>("scenarioDiffView");
    return view ? view->toPlainText() : QString();
  }
  void click(const char* button) const { QTest::mouseClick(find<QPushButton>(button), Qt::LeftButton); }
  bool isOn(const char* button) const { return find<QPushButton>(button)->isEnabled(); }
  bool isReady() const { return status().endsWith(QLatin1String("ready to run")); }
  // A page with this text, read.
  bool write(const QByteArray& text) {
    panel.newScenario(text);
    return QTest::qWaitFor([this] { return isReady(); });
  }
  QString file(const char* name, const QByteArray& text) const {
    const QString path = folder.filePath(QString::fromUtf8(name));
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size()) return {};
    return path;
  }
  // "held held failed skipped": of the steps at the top.
  QString states() const {
    QStringList words;
    for (int row = 0; row < steps()->rowCount(); ++row) {
      const int state = steps()->index(row, 0).data(ScenarioStepsModel::StateRole).toInt();
      words << (state < 0 ? QStringLiteral("group")
                          : stepStateText(static_cast<ScenarioStepsModel::State>(state)));
    }
    return words.join(QLatin1Char(' '));
  }
};

}  // namespace sockbench::ui
