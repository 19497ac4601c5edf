// A message that was sent by hand, as the history keeps it. Thread: gui.
#pragma once

#include <QList>

#include "core/base/error.h"
#include "core/base/ids.h"
#include "core/workspace/send_history.h"

namespace sockbench::ui {

class EngineBridge;

// Of now. `bytes`: how many went to each; `error`: the first refusal, nullptr: none.
SentMessage sentMessage(MessageSpec message, std::size_t bytes, std::string target, const Error* error);

// "tcp 127.0.0.1:9000", and of several how many.
std::string targetText(const QList<SessionId>& sessions, const EngineBridge& bridge);

}  // namespace sockbench::ui
