// TextPage: a row's bytes as text in an encoding that the person chooses, with every control character in
// sight. Thread: gui. Object names: "inspectorTextView", "inspectorEncodingBox", "inspectorTextNote".
#pragma once

#include <QWidget>
#include <optional>

#include "core/payload/text_codec.h"
#include "core/traffic/traffic_log.h"

class QComboBox;
class QLabel;

namespace sockbench::ui {

class MarkedTextView;

class TextPage : public QWidget {
  Q_OBJECT
 public:
  static constexpr std::size_t kShownBytes = std::size_t{1} << 20;  // more is not shown, and the note says so
  static constexpr qsizetype kShownLine = 8'192;  // longer lines are continued below, and the note says so

  explicit TextPage(QWidget* parent = nullptr);

  void setRow(const std::optional<LogRow>& row);  // bytes, or an event's sentence
  TextEncoding encoding() const;
  void setEncoding(TextEncoding encoding);

 private:
  void show();
  void showBytes(ByteView bytes);

  QComboBox* encoding_;
  QLabel* note_;
  MarkedTextView* view_;
  std::optional<LogRow> row_;
};

}  // namespace sockbench::ui
