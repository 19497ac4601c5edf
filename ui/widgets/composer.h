// Composer: a message written by hand, as text with escapes or as hex, with an exact preview of the bytes
// that will go. It sends nothing itself. Thread: gui.
//
// Object names are `prefix` + "Composer" (this), "ComposerEdit", "SendButton", "ModeTextButton",
// "ModeHexButton", "EndingBox", "EncodingBox", "PreviewLabel", "ComposerMessage".
#pragma once

#include <QWidget>
#include <memory>

#include "core/base/bytes.h"
#include "core/base/error.h"
#include "core/payload/text_codec.h"

namespace sockbench::ui {

class Composer : public QWidget {
  Q_OBJECT
 public:
  enum class Mode { text, hex };
  enum class LineEnding { none, lf, crLf, cr, nul };

  explicit Composer(const QString& prefix, QWidget* parent = nullptr);
  ~Composer() override;

  void setText(const QString& text);
  QString text() const;
  void setMode(Mode mode);
  void setLineEnding(LineEnding ending);
  void setEncoding(TextEncoding encoding);

  // The bytes that Send would give, or what is wrong and where in the text.
  Result<Bytes> message() const;

  // Off with a reason, which stands in the button's tool tip and beside the preview.
  void setSendEnabled(bool enabled, const QString& reason = {});
  // An error of sending, shown in place until the person types or sends again.
  void showError(const Error& error);
  // A place beside the Send button for a panel's own control (the Server's "to selected").
  void addControl(QWidget* control);
  // Call when the message was accepted: it enters the history, and the edit is emptied when `clear`.
  void accepted(bool clear = true);

  QStringList history() const;  // oldest first, at most 200, no two neighbours the same
  void setHistory(const QStringList&);
  QByteArray saveState() const;  // mode, ending, encoding
  void restoreState(const QByteArray& state);

 public slots:
  void send();  // emits sendRequested, or marks the error where it stands

 signals:
  void sendRequested(const sockbench::Bytes& data);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace sockbench::ui
