// AddressField: an address as the socket's family wants it: host and port, with flow and scope of IPv6; a
// path; anything else in the notation. Thread: gui.
#pragma once

#include "ui/panels/calls/moded_field.h"

class QLineEdit;

namespace sockbench::ui {

class AddressField : public ModedField {
  Q_OBJECT
 public:
  AddressField(const CallParameter& parameter, QWidget* parent = nullptr);

  void setContext(const CallFieldContext& context) override;

 protected:
  QString written(int mode) const override;
  std::optional<int> write(const QString& expression) override;
  QList<QWidget*> controls(int mode) const override;
  bool isOffered(const CallVariable& variable) const override;
  void modeChosen(int mode, int before) override;

 private:
  enum Mode { kHostPort, kPath };
  QLineEdit* makeEdit(const char* kind, const QString& title, const QString& placeholder);
  QString hostPort() const;
  void showParts();
  bool writeHostPort(const CallTuple& tuple);

  QLineEdit* host_;
  QLineEdit* port_;
  QLineEdit* flow_;
  QLineEdit* scope_;
  QLineEdit* path_;
  int family_ = 0;
};

}  // namespace sockbench::ui
