// ComposerDesk: what a Composer does with its controls: the message that stands there, its bytes, its
// history. Thread: gui.
#pragma once

#include <QFutureWatcher>
#include <QTimer>
#include <functional>
#include <optional>

#include "ui/widgets/composer.h"
#include "ui/widgets/composer_parts.h"
#include "ui/widgets/message_history.h"
#include "ui/widgets/message_job.h"

namespace sockbench::ui {

class ComposerDesk : public ComposerParts {
 public:
  ComposerDesk(Composer* owner, const QString& namePrefix);

  MessageSpec spec() const;
  void setSpec(const MessageSpec& spec);
  bool switchMode(MessageForm form);
  void changed();  // something of the message, or of what its fields stand for: works it out anew
  void sendNow();
  void accepted(bool clear);
  Result<Bytes> bytes() const;

  std::function<FieldValues()> fieldSource;
  MessageHistory history;

 private:
  void connectParts();
  void connectMessage();
  MessageJob job() const;
  void settle(ComposedMessage result);
  void deliver(const Result<ExpandedMessage>& result);
  void showPreview();
  void showFault();
  void showFormat();
  void write(const QString& text);
  void recall(const std::optional<MessageHistory::Entry>& entry);
  void chooseFile();
  MessageHistory::Entry entry() const;

  Composer* owner_;
  QFutureWatcher<ComposedMessage> later_;
  QFutureWatcher<ComposedMessage> sending_;
  QTimer pause_;

  MessageSpec format_;       // but for its body, which stands in the edit
  ComposedMessage outcome_;  // of what stands in the edit; empty while it is being worked out
  std::uint64_t seed_ = freshSeed();
  MessageSpec lastSent_;
  std::uint64_t sentBefore_ = 0;  // of lastSent_, one behind the other
  // What was converted into what: going back without an edit restores the very text that was typed.
  QString beforeSwitch_;
  QString afterSwitch_;
  MessageForm formBefore_ = MessageForm::text;
  bool quiet_ = false;  // the composer itself is changing the text
};

}  // namespace sockbench::ui
