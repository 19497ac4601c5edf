// PortsFilter: which rows of the Ports panel are shown. A value; thread: any.
#pragma once

#include <QList>
#include <QString>

#include "ui/models/ports_snapshot.h"

namespace sockbench::ui {

class PortsFilter {
 public:
  bool tcp = true;
  bool udp = true;  // and UDP-Lite
  bool unixSockets = true;
  bool raw = true;
  bool listeningOnly = false;

  // Words parted by spaces, all of which must be true of a row. port:80 (either end), pid:123 and inode:456
  // are whole numbers; state:listen, user:root, process:nginx, service:http, local:127. and peer:10. are
  // parts of that cell; any other word is part of any cell. Capitals do not matter. Empty: every row.
  void setText(const QString& text);

  bool matches(const PortRow& row) const;
  bool operator==(const PortsFilter&) const = default;

 private:
  enum class Field { anything, port, pid, inode, state, user, process, service, local, peer };
  struct Word {
    Field field = Field::anything;
    QString text;  // in lower case
    bool operator==(const Word&) const = default;
  };
  static Word wordOf(const QString& text);
  static bool matchesWord(const PortRow& row, const Word& word);
  bool matchesKind(const PortRow& row) const;

  QList<Word> words_;
};

}  // namespace sockbench::ui
