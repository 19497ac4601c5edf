// BytesText: bytes as text in an encoding that the person chooses, with every control character in sight.
// What begins as JSON or XML can be laid out for reading ("Pretty"); where it is neither after all, the note
// says so, and the wrong place is marked in the text as it came. Thread: gui.
//
// Object names: `prefix` + "TextView", "EncodingBox", "PrettyButton", "TextNote".
#pragma once

#include <QWidget>
#include <optional>

#include "core/payload/pretty_text.h"
#include "core/payload/text_codec.h"
#include "core/traffic/traffic_log.h"

class QComboBox;
class QLabel;
class QToolButton;

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
  bool isPretty() const;  // asked for; only what is JSON or XML is shown so
  void setPretty(bool pretty);

 private:
  void show();
  void layOut();
  void showPretty(const PrettyResult& pretty, TextSyntax syntax);
  void showPlain(const QString& remark);
  void markFault(const PrettyFault& fault);

  QComboBox* encoding_;
  QToolButton* pretty_;
  QLabel* note_;
  MarkedTextView* view_;
  std::optional<PinnedBytes> bytes_;
  quint64 asked_ = 0;  // what is laid out off this thread counts only if nothing else was asked since
};

}  // namespace sockbench::ui
