// HostListButton: opens a file with a list of hosts (core/resolve/host_list.h), off the GUI thread. Thread:
// gui. Object name: "resolverOpenListButton".
#pragma once

#include <QPushButton>
#include <QStringList>

#include "core/base/error.h"

namespace sockbench::ui {

class HostListButton : public QPushButton {
  Q_OBJECT
 public:
  explicit HostListButton(QWidget* parent = nullptr);

  void read(const QString& path);  // answered by one of the signals

 signals:
  // `words` tells how many came from where, and, if `isIncomplete`, which lines were passed over and why.
  void listRead(const QStringList& hosts, const QString& words, bool isIncomplete);
  void refused(const sockbench::Error& error);

 private:
  void askWhich();
};

}  // namespace sockbench::ui
