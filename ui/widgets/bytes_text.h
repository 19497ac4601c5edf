// BytesText: bytes as text in an encoding that the person chooses, with every control character in sight.
// Thread: gui.
//
// Object names: `prefix` + "TextView", "EncodingBox", "TextNote".
#pragma once

#include <QWidget>
#include <optional>

#include "core/payload/text_codec.h"
#include "core/traffic/traffic_log.h"

class QComboBox;
class QLabel;

namespace sockbench::ui {

class MarkedTextView;

class BytesText : public QWidget {
  Q_OBJECT
 public:
  static constexpr std::size_t kShownBytes = std::size_t{1} << 20;  // more is not shown, and the note says so
  static constexpr qsizetype kShownLine = 8'192;  // longer lines are continued below, and the note says so

  // `title` is what assistive tools call the text.
  BytesText(const QString& prefix, const QString& title, QWidget* parent = nullptr);

  void setBytes(const PinnedBytes& bytes);                   // held until the next call
  void setWords(const QString& words, const QString& note);  // instead of bytes: safe to show
  TextEncoding encoding() const;
  void setEncoding(TextEncoding encoding);

 private:
  void show();

  QComboBox* encoding_;
  QLabel* note_;
  MarkedTextView* view_;
  std::optional<PinnedBytes> bytes_;
};

}  // namespace sockbench::ui
