// A Calls panel as a person has it: the form, the line, the table.
#pragma once

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QTest>
#include <QTreeView>

#include "panel_probe.h"
#include "ui/bridge/engine_bridge.h"
#include "ui/models/calls_model.h"
#include "ui/panels/calls/call_line_edit.h"
#include "ui/panels/calls/calls_panel.h"
#include "ui/panels/calls/calls_table.h"

namespace sockbench::ui {

struct CallsDesk {
  static constexpr int kPatience = 20000;

  EngineBridge bridge;
  std::unique_ptr<CallsPanel> panel = std::make_unique<CallsPanel>(&bridge);
  CallsModel* model = panel->model();
  QAbstractItemModelTester tester{model, QAbstractItemModelTester::FailureReportingMode::QtTest};
  CallsTable* table = find<CallsTable>("callsTable");
  QTreeView* variables = find<QTreeView>("callsVariablesTable");
  CallLineEdit* line = find<CallLineEdit>("callsLineEdit");
  QPushButton* run = find<QPushButton>("callsRunButton");
  QPushButton* interrupt = find<QPushButton>("callsInterruptButton");
  QComboBox* call = find<QComboBox>("callsCallBox");
  QComboBox* target = find<QComboBox>("callsTargetBox");
  QLineEdit* result = find<QLineEdit>("callsResultEdit");

  CallsDesk() { showActive(*panel, {1053, 520}); }

  template <class T>
  T* find(const char* name) const {
    return panel->findChild<T*>(QString::fromLatin1(name));
  }

  QString cell(int row, int column) const { return model->index(row, column).data().toString(); }
  QString answer(int row) const { return cell(row, CallsModel::Result); }
  CallRow::State state(int row) const {
    const CallRow* at = model->rowAt(row);
    return at ? at->state : CallRow::State::fresh;
  }
  bool isDone(int row) const { return state(row) == CallRow::State::done; }
  int last() const { return model->rowCount() - 1; }

  // Types the line and runs it with Enter, without waiting for its end.
  void begin(const QString& text) const {
    line->selectAll();
    QTest::keyClick(line, Qt::Key_Delete);
    QTest::keyClicks(line, text);
    QTest::keyClick(line, Qt::Key_Return);
  }
  // The same to its end; the answer.
  QString type(const QString& text) const {
    begin(text);
    if (!QTest::qWaitFor([this] { return isDone(last()); }, kPatience)) return QStringLiteral("(no end)");
    return answer(last());
  }

  // Chooses a call as a person does who types its name.
  void choose(const char* name) const {
    call->setFocus();
    call->lineEdit()->selectAll();
    QTest::keyClicks(call->lineEdit(), QString::fromLatin1(name));
    QTest::keyClick(call->lineEdit(), Qt::Key_Return);
    if (!line->line().contains(QLatin1String(name)))
      qFatal("%s was not chosen: %s", name, qPrintable(line->line()));
  }
  void write(const char* edit, const QString& text) const {
    auto* field = visible<QLineEdit>(*panel, edit);
    if (field == nullptr) qFatal("no field %s", edit);
    field->selectAll();
    QTest::keyClick(field, Qt::Key_Delete);
    field->insert(text);  // as an input method does, which can write Chinese
  }
  // Clicks Run and waits for the end; the answer.
  QString click() const {
    run->click();
    if (!QTest::qWaitFor([this] { return isDone(last()); }, kPatience)) return QStringLiteral("(no end)");
    return answer(last());
  }

  QString valueOf(const QString& variable) const {
    for (int row = 0; row < variables->model()->rowCount(); ++row)
      if (variables->model()->index(row, 0).data().toString() == variable)
        return variables->model()->index(row, 1).data().toString();
    return {};
  }

  // The action of the table's menu, triggered; false: it is not there.
  bool trigger(const char* name) const {
    QMenu menu;
    emit table->menuWanted(&menu);
    for (QAction* action : menu.actions()) {
      if (action->objectName() != QLatin1String(name)) continue;
      action->trigger();
      return true;
    }
    return false;
  }
};

}  // namespace sockbench::ui
