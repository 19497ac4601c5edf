// What a conversation says of its frames, in words. Thread: any.
#pragma once

#include <QString>

#include "core/traffic/conversation/conversation.h"
#include "ui/panels/traffic/stream/stream_lines.h"

namespace sockbench::ui {

// Over a frame: which way it went, when, how long it is, and what is wrong with it.
struct StreamHead {
  QString way;    // "← received"; empty: it stands by itself
  QString words;  // what else there is to say; safe to show
  QString fault;  // what is wrong, in words; empty: nothing
};
StreamHead streamHead(const ConversationFrame& frame, const TrafficLog& log, const Conversation& of);

// Before and behind the bytes of a frame in the form of a C array; its name is made of the way and the
// offset.
QString cArrayHead(const ConversationFrame& frame);
QString cArrayTail();

QString streamFormName(StreamForm form);

}  // namespace sockbench::ui
