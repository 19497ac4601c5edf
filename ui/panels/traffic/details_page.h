// DetailsPage: what is known of a row of the timeline, of its session as it stands now, and of the options of
// that session's socket; one of the three at a time. Of sessions that live nowhere only the row. Thread: gui.
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
class TrafficSource;

class DetailsPage : public QWidget {
  Q_OBJECT
 public:
  enum View : int { Row, Session, Options };

  explicit DetailsPage(TrafficSource* source, QWidget* parent = nullptr);  // the source outlives it

  void setRow(const std::optional<LogRow>& row);  // and its session
  void setSession(SessionId id);                  // the row stays
  SessionId session() const { return session_; }
  View view() const;
  void setView(View view);
  void focusView();

 private:
  QWidget* makeBar();
  void addLiveViews();
  void addButton(QHBoxLayout* row, View view, const char* name, const QString& text, const QString& toolTip);
  void showSession();

  EngineBridge* bridge_;  // nullptr: nothing can be asked of a session
  DetailsTable* row_;
  SessionView* sessionView_ = nullptr;
  OptionsView* options_ = nullptr;
  QStackedWidget* stack_;
  QButtonGroup* buttons_;
  StateBadge* badge_;
  SessionId session_;
};

}  // namespace sockbench::ui
