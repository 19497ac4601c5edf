// Which page of Help belongs to a widget, and the quiet "?" that opens it. Thread: gui.
//
// Pages are named as their files in resources/help are ("tcp-states"); the page of a call is "call-" and its
// name in the registry ("call-recv_into").
#pragma once

#include <QEvent>
#include <QString>
#include <QToolButton>

namespace sockbench::ui {

// F1 with the focus on `widget`, or on anything in it that has no page of its own, opens `page`. An empty
// one takes it back.
void setHelpPage(QWidget* widget, const QString& page);

// The page of `widget`, or of the nearest widget around it that has one; empty: none.
QString helpPageOf(const QWidget* widget);

// Somebody wants to read `page`. It goes to the window of who asks, and on to the window that this one
// belongs to, until one accepts it.
class HelpWanted : public QEvent {
 public:
  explicit HelpWanted(QString page) : QEvent(kType), page_(std::move(page)) {}
  const QString& page() const { return page_; }
  static const QEvent::Type kType;

 private:
  QString page_;
};

// False when no window around `from` has Help.
bool askForHelp(const QWidget* from, const QString& page);

// A small "?" beside the thing that it explains. It asks for its own page, or, given "", for the one that
// belongs to where it stands.
class HelpButton : public QToolButton {
  Q_OBJECT
 public:
  // `about` is what is explained: "the states of a connection".
  HelpButton(const QString& page, const QString& about, QWidget* parent = nullptr);
};

}  // namespace sockbench::ui
