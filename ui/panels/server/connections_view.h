// ConnectionsView: the connections of a server, and what can be done to the selected ones. Thread: gui.
//
// Object names: "serverConnectionsTable", "serverHalfCloseButton", "serverCloseButton", "serverResetButton".
#pragma once

#include <QList>
#include <QTimer>
#include <QWidget>

#include "core/base/ids.h"
#include "core/engine/session_snapshot.h"

class QAction;
class QPushButton;
class QTableView;

namespace sockbench::ui {

class ConnectionsModel;
class EngineBridge;
class EmptyHint;

class ConnectionsView : public QWidget {
  Q_OBJECT
 public:
  ConnectionsView(EngineBridge* bridge, QWidget* parent = nullptr);

  void addListener(SessionId id);                // its connections join those that are shown
  void setHint(const QString& text);             // what stands in the empty table
  QWidget* buttons() const { return buttons_; }  // for the owner to place

  QList<SessionId> sessions() const;  // every row
  QList<SessionSnapshot> selected() const;
  QList<SessionId> sendable(int most) const;            // the first to which something can be sent
  const SessionSnapshot* snapshot(SessionId id) const;  // nullptr: not here; valid until the next change
  bool contains(SessionId id) const;
  void select(SessionId id);

  QByteArray saveState() const;  // widths and order of the columns
  void restoreState(const QByteArray& state);

 signals:
  void changed();                        // rows, states or the selection
  void picked(sockbench::SessionId id);  // a person went to this row
  void detailsRequested(sockbench::SessionId id);
  void optionsRequested(sockbench::SessionId id);

 protected:
  void showEvent(QShowEvent* event) override;
  void hideEvent(QHideEvent* event) override;

 private:
  using Verb = void (EngineBridge::*)(SessionId);
  QPushButton* addButton(const QString& name, const QString& text, const QString& icon,
                         const QString& toolTip);
  void setUpTable();
  void connectTable();
  template <class Predicate>
  bool anySelected(Predicate predicate) const;
  void selectFirstIfNone();
  void selectRow(int row);  // by our hand, not a person's
  void refreshButtons();
  void apply(Verb verb);
  void openMenu(const QPoint& where);
  bool hasClosed() const;
  void forgetClosed();

  EngineBridge* bridge_;
  ConnectionsModel* model_;
  QTableView* table_;
  EmptyHint* hint_;
  QAction* copy_;
  QWidget* buttons_;
  QPushButton* halfClose_;
  QPushButton* close_;
  QPushButton* reset_;
  QTimer news_;
  bool selecting_ = false;
};

}  // namespace sockbench::ui
