// Composer: a message written by hand, as text with escapes, as hex, as base64, or as the path of a file,
// with fields, a line ending, lengths and checksums, and an exact preview of the bytes that will go. It sends
// nothing itself. Thread: gui.
//
// Object names are `prefix` + "Composer" (this), "ComposerEdit", "SendButton", "ModeTextButton",
// "ModeHexButton", "ModeBase64Button", "ModeFileButton", "ChooseFileButton", "EndingBox", "EncodingBox",
// "InsertLengthButton", "InsertChecksumButton", "InsertionBar", "SaveButton", "PreviewLabel",
// "ComposerMessage".
#pragma once

#include <QWidget>
#include <functional>
#include <memory>

#include "core/base/bytes.h"
#include "core/base/error.h"
#include "core/payload/message/message.h"

namespace sockbench::ui {

class Composer : public QWidget {
  Q_OBJECT
 public:
  using Mode = MessageForm;
  using LineEnding = sockbench::LineEnding;

  explicit Composer(const QString& prefix, QWidget* parent = nullptr);
  ~Composer() override;

  // The message as it is written, whether it can be read or not.
  MessageSpec spec() const;
  void setSpec(const MessageSpec& spec);

  void setText(const QString& text);
  QString text() const;
  void setMode(Mode mode);
  void setLineEnding(LineEnding ending);
  void setEncoding(TextEncoding encoding);

  // The bytes that Send would give now, or what is wrong and where in the text. Reads a file where the
  // message has one that the preview has not read yet.
  Result<Bytes> message() const;

  // What the fields stand for, but for the counter, the time and the seed, which are the composer's own: the
  // counter is how often this same message was accepted without another in between, and the seed of a preview
  // is that of its sending. Its variables are copied; its `secret` is called on other threads.
  void setFieldSource(std::function<FieldValues()> source);
  void refreshFields();  // what the source gives has changed

  // Off with a reason, which stands in the button's tool tip and beside the preview.
  void setSendEnabled(bool enabled, const QString& reason = {});
  // An error of sending, shown in place until the person types or sends again.
  void showError(const Error& error);
  // A place beside the Send button for a panel's own control (the Server's "to selected").
  void addControl(QWidget* control);
  // A place under everything, as wide as the composer, for how the message is sent. Takes ownership.
  void setPlanBar(QWidget* bar);
  // Call when the message was accepted: it enters the history, and the edit is emptied when `clear`.
  void accepted(bool clear = true);

  QStringList history() const;  // oldest first, at most 200, no two neighbours the same
  void setHistory(const QStringList&);
  QByteArray saveState() const;  // mode, ending, encoding
  void restoreState(const QByteArray& state);

 public slots:
  void send();  // emits sendRequested, or marks the error where it stands

 signals:
  // With a file, or a secret, it follows as soon as they have been read.
  void sendRequested(const sockbench::Bytes& data);
  void saveRequested(const sockbench::MessageSpec& spec);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace sockbench::ui
