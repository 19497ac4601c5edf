// SessionPage: one page of the Server or the Client panel, with the session that was started on it. Thread:
// gui.
#pragma once

#include <QString>
#include <QWidget>
#include <functional>
#include <memory>

#include "core/engine/session_snapshot.h"
#include "core/payload/message/field_values.h"
#include "core/workspace/send_history.h"

class QScrollArea;
class QSettings;
class QSplitter;
class QVBoxLayout;

namespace sockbench::ui {

class Composer;

class SessionPage : public QWidget {
  Q_OBJECT
 public:
  explicit SessionPage(QWidget* parent = nullptr);

  virtual SessionId session() const = 0;  // the newest that was started here; none before the first
  virtual Composer* composer() const = 0;
  virtual bool owns(
      SessionId id) const = 0;       // this page's sessions, earlier ones and a listener's among them
  virtual bool isFresh() const = 0;  // nothing was ever started here
  virtual bool isOpen() const = 0;   // a session of this page is open or being opened

  virtual void act() = 0;
  virtual void cancel() = 0;
  virtual void focusFirst() = 0;
  virtual void showSession(SessionId id) = 0;     // one that it owns
  virtual QList<SessionId> sessions() const = 0;  // all that it owns and that are known
  virtual void saveState(QSettings& settings) const = 0;
  virtual void restoreState(QSettings& settings) = 0;

  struct Title {
    QString text;
    QString toolTip;
    SessionState state = SessionState::idle;
  };
  virtual Title title() const = 0;

  // Where a message goes that is sent here now, and, when to nobody, why.
  struct Targets {
    QList<SessionId> sessions;
    QString whyNone;
  };
  virtual Targets targets() const = 0;

  // What {{NAME}} stands for in this page's messages: the workspace's variables. Once.
  void setFieldSource(std::function<FieldValues()> source);
  virtual void refreshFields();  // what the source gives has changed

 signals:
  void titleChanged();
  void sessionSelected(sockbench::SessionId id);  // a person picked it, or it began here
  void detailsRequested(sockbench::SessionId id);
  void optionsRequested(sockbench::SessionId id);
  void sentByHand(const sockbench::SentMessage& sent);  // from the composer

 protected:
  // Its error is what the form is to show: not one of an option that was set later, which stands there.
  static bool failedByItsForm(const SessionSnapshot& session);
  // The page from top to bottom. A window that is too low for it scrolls it, so that nothing is ever cut.
  QVBoxLayout* column() const { return column_; }
  // The lower part of the page: `table` takes the room, `below` keeps its own; the border between them can be
  // moved.
  void addSplit(QWidget* table, QWidget* below);
  // Those of the source, and the addresses of whom a message goes to first.
  FieldValues fieldValues() const;
  std::shared_ptr<const Variables> variables() const;    // a copy; nullptr: there are none
  virtual const SessionSnapshot* addressed() const = 0;  // nullptr: nobody
  // The cursor is in the composer, where act() has put it, and nothing is written there yet: it may be moved.
  bool cursorIsFree() const;
  void goTo(QWidget* part);  // puts the cursor there and scrolls it into view
  QByteArray saveSplit() const;
  void restoreSplit(const QByteArray& state);

 private:
  QVBoxLayout* column_;
  QSplitter* split_;
  QScrollArea* area_;
  std::function<FieldValues()> fieldSource_;
};

}  // namespace sockbench::ui
