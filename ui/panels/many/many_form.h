// ManyForm: the one form of many clients: of whom, how many, how fast, for how long, and what each says.
// Thread: gui.
//
// Object names: those of EndpointForm ("manyTransportBox", "manyHostEdit", "manyPortEdit"),
// "manyClientsSpin", "manyOpenRateSpin", "manyLifetimeSpin", "manyMessageCheck", "manyFormBox",
// "manyMessageEdit", "manyIntervalSpin", "manyMessagesSpin", "manyAnswerBox", "manyPatternEdit",
// "manyColumnsButton", "manyFormMessage".
#pragma once

#include <QWidget>
#include <optional>

#include "core/automation/many/swarm_spec.h"

class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QHBoxLayout;
class QLabel;
class QLineEdit;
class QSettings;
class QSpinBox;
class QToolButton;

namespace sockbench::ui {

class EndpointForm;
class FlowLayout;
class InlineMessage;

class ManyForm : public QWidget {
  Q_OBJECT
 public:
  explicit ManyForm(QWidget* parent = nullptr);

  EndpointForm* endpoint() const { return endpoint_; }
  void addButton(QWidget* button);
  std::optional<SwarmSpec> read();  // nullopt: something is wrong, and it is shown
  void showError(const Error& error);
  void clearError();
  void setLocked(bool locked);  // while the clients run
  void loadColumns(const QString& path);

  void saveState(QSettings& settings) const;
  void restoreState(QSettings& settings);

 signals:
  void submitted();  // Return in a field

 private:
  void build();
  void name();
  void arrange(FlowLayout* counts, FlowLayout* message);
  QWidget* pair(const QString& caption, QWidget* field);
  void follow();
  void refreshColumns();
  void askForColumns();
  bool readMessage(SwarmSpec& spec);
  bool readAnswer(SwarmSpec& spec);

  EndpointForm* endpoint_;
  QHBoxLayout* firstLine_;
  QSpinBox* clients_;
  QDoubleSpinBox* openRate_;
  QDoubleSpinBox* lifetime_;
  QCheckBox* sends_;
  QComboBox* form_;
  QLineEdit* message_;
  QSpinBox* interval_;
  QSpinBox* messages_;
  QComboBox* answer_;
  QLineEdit* pattern_;
  QToolButton* columnsButton_;
  QToolButton* dropColumns_;
  InlineMessage* error_;
  QList<QWidget*> fields_;
  ClientColumns columns_;
  QString columnsName_;
};

}  // namespace sockbench::ui
