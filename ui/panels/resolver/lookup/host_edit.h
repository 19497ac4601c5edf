// HostEdit: hosts, one a line, each checked where it stands; # begins a comment. It grows with its lines, up
// to a bound. Thread: gui.
#pragma once

#include <QPlainTextEdit>
#include <QTextBlock>
#include <optional>

#include "core/base/error.h"
#include "core/resolve/host_list.h"

namespace sockbench::ui {

// A host as it was typed, and what is wrong with it. Its place counts in characters of the whole text.
struct HostLine {
  QString host;
  std::optional<Error> fault;
  qsizetype position = 0;
};

// What keeps `host` from being looked up: no name, no address, and nothing else that getaddrinfo reads. "*"
// is good.
std::optional<Error> hostFault(const QString& host);

class HostEdit : public QPlainTextEdit {
  Q_OBJECT
 public:
  static constexpr int kMostHosts = kMostListedHosts;  // further lines are passed over; see isOverfull()

  explicit HostEdit(QWidget* parent = nullptr);

  void setHosts(const QStringList& hosts);  // in place of what is there; can be undone
  QList<HostLine> hosts() const;            // without blank lines and comments, at most kMostHosts
  bool isOverfull() const;

 signals:
  void lookUpPressed();                         // Ctrl+Enter
  void fileGiven(const QString& path);          // dropped or pasted
  void refused(const sockbench::Error& error);  // text that is larger than a list may be

 protected:
  void keyPressEvent(QKeyEvent* event) override;
  bool canInsertFromMimeData(const QMimeData* given) const override;
  void insertFromMimeData(const QMimeData* given) override;
  void changeEvent(QEvent* event) override;

 private:
  static QString fileOf(const QMimeData* given);  // "": it is none
  void check();
  const HostLine& lineOf(QTextBlock block) const;
  void fitHeight();
};

}  // namespace sockbench::ui
