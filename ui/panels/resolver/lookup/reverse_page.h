// ReversePage: the names of addresses, as getnameinfo(3) tells them. Thread: gui.
// Object names: "resolverReverseButton", "resolverReverseTable", "resolverReverseNumericBox",
// "resolverReverseRequiredBox", "resolverReverseDatagramBox".
#pragma once

#include <QHash>
#include <QWidget>
#include <chrono>

#include "ui/bridge/core_types.h"

class QCheckBox;
class QPushButton;

namespace sockbench::ui {

class EngineBridge;
class GroupedRowsModel;

class ReversePage : public QWidget {
  Q_OBJECT
 public:
  explicit ReversePage(EngineBridge* bridge, QWidget* parent = nullptr);  // the bridge outlives it

  // Asks for the name of each, in place of what was asked before. `limit` 0: none.
  void lookUp(const QList<SocketAddress>& addresses, std::chrono::milliseconds limit);
  void cancel();
  bool isRunning() const { return !pending_.isEmpty(); }
  void setCanAsk(bool can);  // something is selected whose name may be asked for

 signals:
  void lookUpRequested();  // of what is selected in the results

 private:
  struct Asked {
    int group = 0;
    SocketAddress address;
  };
  QCheckBox* makeFlag(const QString& text, const char* name, const QString& toolTip);
  int flags() const;
  void answer(LookupId id, const LookupOutcome<NameInfo>& outcome);

  EngineBridge* bridge_;
  GroupedRowsModel* model_;
  QCheckBox* numeric_;
  QCheckBox* required_;
  QCheckBox* datagram_;
  QPushButton* button_;
  QHash<quint64, Asked> pending_;
};

}  // namespace sockbench::ui
