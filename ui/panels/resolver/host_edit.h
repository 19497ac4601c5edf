// HostEdit: hosts, one a line, each checked where it stands; # begins a comment. It grows with its lines, up
// to a bound. Thread: gui.
#pragma once

#include <QPlainTextEdit>
#include <QTextBlock>
#include <optional>

#include "core/base/error.h"

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
  static constexpr int kMostHosts = 10'000;  // further lines are passed over; see isOverfull()

  explicit HostEdit(QWidget* parent = nullptr);

  QList<HostLine> hosts() const;  // without blank lines and comments, at most kMostHosts
  bool isOverfull() const;

 signals:
  void lookUpPressed();  // Ctrl+Enter

 protected:
  void keyPressEvent(QKeyEvent* event) override;
  void changeEvent(QEvent* event) override;

 private:
  void check();
  const HostLine& lineOf(QTextBlock block) const;
  void fitHeight();
};

}  // namespace sockbench::ui
