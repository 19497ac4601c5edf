// MessageJob: a message and what its fields stand for, worked out here or on another thread. Thread: any.
#pragma once

#include <QFuture>
#include <memory>

#include "core/payload/message/message.h"

namespace sockbench::ui {

using ComposedMessage = std::shared_ptr<const Result<ExpandedMessage>>;

class MessageJob {
 public:
  MessageJob() = default;
  // `values.variables` is copied: it need not live on.
  MessageJob(MessageSpec spec, FieldValues values);

  const MessageSpec& spec() const { return spec_; }
  bool readsFiles() const;
  bool mayWait() const;  // for a file, or for a secret that is asked for
  bool isLong() const;   // its text takes its time
  ComposedMessage run() const;
  QFuture<ComposedMessage> runLater() const;  // in the global pool

 private:
  MessageSpec spec_;
  FieldValues values_;
  std::shared_ptr<const Variables> variables_;
};

}  // namespace sockbench::ui
