#include "ui/widgets/message_job.h"

#include <QPromise>
#include <QThreadPool>

namespace sockbench::ui {
namespace {

constexpr std::size_t kMostAtOnce = std::size_t{64} << 10;

}  // namespace

MessageJob::MessageJob(MessageSpec spec, FieldValues values)
    : spec_(std::move(spec)), values_(std::move(values)) {
  if (values_.variables == nullptr) return;
  variables_ = std::make_shared<const Variables>(*values_.variables);
  values_.variables = variables_.get();
}

bool MessageJob::readsFiles() const {
  // Looser than the reader: a field that only looks like one is waited for once too often.
  return spec_.form == MessageForm::file || (spec_.body.contains("{{") && spec_.body.contains("file "));
}

bool MessageJob::mayWait() const {
  return readsFiles() || (values_.secret && spec_.body.contains("{{"));
}

bool MessageJob::isLong() const {
  return spec_.body.size() > kMostAtOnce;
}

ComposedMessage MessageJob::run() const {
  const Result<Message> message = Message::read(spec_);
  return std::make_shared<const Result<ExpandedMessage>>(message ? message->expand(values_)
                                                                 : std::unexpected(message.error()));
}

QFuture<ComposedMessage> MessageJob::runLater() const {
  auto promise = std::make_shared<QPromise<ComposedMessage>>();
  promise->start();
  QFuture<ComposedMessage> future = promise->future();
  QThreadPool::globalInstance()->start([promise, job = *this] {
    promise->addResult(job.run());
    promise->finish();
  });
  return future;
}

}  // namespace sockbench::ui
