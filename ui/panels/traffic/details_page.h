// DetailsPage: what is known of a row of the timeline, of its session as it stands now, and of the options of
// that session's socket; one of the three at a time. Thread: gui.
// Object names: "inspectorDetailsView" (the row), "detailsSessionLabel", "detailsRowButton",
// "detailsSessionButton", "detailsOptionsButton", and those of SessionView and OptionsView.
#pragma once

#include <QWidget>
#include <optional>

#include "core/traffic/traffic_log.h"
#include "ui/bridge/core_types.h"

class QButtonGroup;
class QHBoxLayout;
class QStackedWidget;

namespace sockbench::ui {

class DetailsTable;
class EngineBridge;
class OptionsView;
class SessionView;
class StateBadge;

class DetailsPage : public QWidget {
  Q_OBJECT
 public:
  enum View : int { Row, Session, Options };

  explicit DetailsPage(EngineBridge* bridge, QWidget* parent = nullptr);  // the bridge outlives it

  void setRow(const std::optional<LogRow>& row);  // and its session
  void setSession(SessionId id);                  // the row stays
  SessionId session() const { return session_; }
  View view() const;
  void setView(View view);
  void focusView();

 private:
  QWidget* makeBar();
  void addButton(QHBoxLayout* row, View view, const char* name, const QString& text, const QString& toolTip);
  void showSession();

  EngineBridge* bridge_;
  DetailsTable* row_;
  SessionView* sessionView_;
  OptionsView* options_;
  QStackedWidget* stack_;
  QButtonGroup* buttons_;
  StateBadge* badge_;
  SessionId session_;
};

}  // namespace sockbench::ui
