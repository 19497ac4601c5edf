// PortsBar: what the Ports panel shows and how often it reads it. Thread: gui.
//
// Object names: "portsRefreshButton", "portsIntervalBox", "portsFilterEdit", "portsTcpCheck",
// "portsUdpCheck", "portsUnixCheck", "portsRawCheck", "portsListeningCheck".
#pragma once

#include <QWidget>
#include <chrono>

#include "ui/models/ports_filter.h"

class QCheckBox;
class QComboBox;
class QLineEdit;
class QPushButton;
class QSettings;

namespace sockbench::ui {

class PortsBar : public QWidget {
  Q_OBJECT
 public:
  explicit PortsBar(QWidget* parent = nullptr);

  PortsFilter filter() const;
  std::chrono::seconds interval() const;  // 0: off
  QLineEdit* filterEdit() const { return edit_; }

  void saveState(QSettings& settings) const;
  void restoreState(QSettings& settings);

 signals:
  void refreshRequested();
  void filterChanged();
  void intervalChanged();

 private:
  QCheckBox* addCheck(const char* name, const QString& text, const QString& toolTip, bool checked);
  void makeRefresh();
  void makeInterval();
  void makeFilter();

  QPushButton* refresh_;
  QComboBox* interval_;
  QLineEdit* edit_;
  QCheckBox* tcp_;
  QCheckBox* udp_;
  QCheckBox* unix_;
  QCheckBox* raw_;
  QCheckBox* listening_;
};

}  // namespace sockbench::ui
