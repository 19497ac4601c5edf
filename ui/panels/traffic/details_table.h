// DetailsPage: what is known of a row, name by name. Thread: gui. Object name: "inspectorDetailsView".
#pragma once

#include <QTableWidget>
#include <optional>

#include "core/traffic/traffic_log.h"

namespace sockbench::ui {

class DetailsPage : public QTableWidget {
  Q_OBJECT
 public:
  explicit DetailsPage(QWidget* parent = nullptr);
  void setRow(const std::optional<LogRow>& row);

 protected:
  void keyPressEvent(QKeyEvent* event) override;  // Copy: the selected lines, "name<tab>value"
  void resizeEvent(QResizeEvent* event) override;
  void changeEvent(QEvent* event) override;

 private:
  void fitRows();
  void paintNames();  // in the theme's colour
};

}  // namespace sockbench::ui
