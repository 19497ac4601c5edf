// WrittenField: a text or bytes, written as what they are: characters with escapes, or hexadecimal, with the
// very bytes beside. Thread: gui.
#pragma once

#include "ui/panels/calls/moded_field.h"
#include "ui/widgets/composer.h"

class QLineEdit;

namespace sockbench::ui {

class ElidedLabel;

class WrittenField : public ModedField {
  Q_OBJECT
 public:
  WrittenField(const CallParameter& parameter, QWidget* parent = nullptr);

 protected:
  QString written(int mode) const override;
  std::optional<int> write(const QString& expression) override;
  QList<QWidget*> controls(int mode) const override;
  bool isOffered(const CallVariable& variable) const override;
  void modeChosen(int mode, int before) override;

 private:
  enum Mode { kText, kHex };
  bool isBytes() const { return parameter().kind == ParameterKind::bytes; }
  Result<Bytes> bytes(int mode) const;
  void showPreview();

  QLineEdit* edit_;
  ElidedLabel* preview_;
};

}  // namespace sockbench::ui
