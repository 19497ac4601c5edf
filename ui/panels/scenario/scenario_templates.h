// What a new scenario begins with. Thread: gui.
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

namespace sockbench::ui {

struct ScenarioTemplate {
  QString title;
  QByteArray text;
};

QList<ScenarioTemplate> scenarioTemplates();  // each can be read; the first is the usual one

}  // namespace sockbench::ui
