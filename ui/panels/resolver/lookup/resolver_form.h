// ResolverForm: what is asked of getaddrinfo, and the buttons that ask it. Thread: gui.
#pragma once

#include <QWidget>
#include <chrono>

#include "core/resolve/host_database.h"

class QAction;
class QComboBox;
class QDoubleSpinBox;
class QLineEdit;
class QPushButton;
class QSettings;

namespace sockbench::ui {

class HostEdit;
class HostListButton;

class ResolverForm : public QWidget {
  Q_OBJECT
 public:
  explicit ResolverForm(QWidget* parent = nullptr);

  HostEdit* hostEdit() const { return hosts_; }
  QLineEdit* serviceEdit() const { return service_; }
  QWidget* listButton() const;  // opens a list of hosts; whoever has the form gives it its place

  // The query but for its host; an error stands over the service, which is then marked.
  Result<AddressQuery> query() const;
  std::chrono::milliseconds limit() const;  // 0: none
  void setBusy(bool busy);                  // Cancel instead of Look up

  void saveState(QSettings& settings) const;
  void restoreState(QSettings& settings);

 signals:
  void lookUpRequested();
  void cancelRequested();
  void edited();
  void listOpened(const QString& words, bool isIncomplete);  // into the hosts: see HostListButton
  void listRefused(const sockbench::Error& error);

 private:
  void build();
  void arrange();
  void fillFlags();
  void showFlags();
  void markService();
  void connectList();
  int flags() const;

  HostEdit* hosts_;
  HostListButton* list_;
  QLineEdit* service_;
  QComboBox* family_;
  QComboBox* type_;
  QPushButton* flagsButton_;
  QList<QAction*> flags_;  // data: the bit
  QDoubleSpinBox* limit_;
  QPushButton* lookup_;
  QPushButton* cancel_;
};

}  // namespace sockbench::ui
