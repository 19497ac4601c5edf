// ColourRules: rows in colours, by filters: the first rule whose filter a row passes gives it its colour.
// Thread: gui.
#pragma once

#include <QList>
#include <QObject>
#include <QString>
#include <cstdint>
#include <optional>

#include "core/traffic/filter/filter.h"
#include "core/traffic/traffic_log.h"

class QSettings;

namespace sockbench::ui {

struct ColourRule {
  QString name;
  QString filter;  // its text
  int colour = 0;  // of theme::ruleColor()
  bool enabled = true;
  bool operator==(const ColourRule&) const = default;
};

class ColourRules : public QObject {
  Q_OBJECT
 public:
  static constexpr qsizetype kMost = 50;

  using QObject::QObject;

  // A rule with a filter that is blank or cannot be read colours nothing; error() says why. More than kMost:
  // the first.
  void setRules(QList<ColourRule> rules);
  const QList<ColourRule>& rules() const { return rules_; }
  std::optional<Error> error(qsizetype rule) const;  // nullopt: its filter can be read

  // The place of the first enabled rule that row `number` passes; -1: none does, or the row is gone.
  qsizetype ruleOf(const TrafficLog& log, std::uint64_t number) const;
  bool isColouring() const;  // there is an enabled rule that can be read
  bool usesNotes() const;    // its answers change with marks and comments

  // What a newcomer may want, to choose from.
  static QList<ColourRule> examples();

  // In the group that the caller has begun.
  void saveState(QSettings& settings) const;
  void restoreState(QSettings& settings);

 signals:
  void changed();

 private:
  bool colours(qsizetype rule) const;

  QList<ColourRule> rules_;
  QList<Result<FilterPtr>> filters_;  // by rule
};

}  // namespace sockbench::ui
