// ResponderBox: who answers what a peer sends. Each choice says in its tool tip what it does and which RFC
// describes it; the box says it of the current one. Thread: gui.
#pragma once

#include <QComboBox>

#include "core/engine/session_spec.h"

namespace sockbench::ui {

class ResponderBox : public QComboBox {
  Q_OBJECT
 public:
  explicit ResponderBox(QWidget* parent = nullptr);

  Responder responder() const;
  void setResponder(Responder responder);

 private:
  void add(Responder responder, const QString& caption, const QString& sentence);
  void explain();
};

}  // namespace sockbench::ui
