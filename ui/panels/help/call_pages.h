// The pages of the calls, made from the registry. Rich text; what comes from the registry is escaped.
// Thread: gui.
#pragma once

#include <QString>

#include "core/calls/call_registry.h"

namespace sockbench::ui {

// "call-recv". A function and a method of one name share a page.
QString callPageId(const CallInfo& call);
QString callPageId(const QString& name);
bool isCallPage(const QString& id);
QString callPage(const QString& id);  // empty for an unknown call
QString callList();                   // all calls by group, each a link

// Where the program in C begins on the page of a call: the name of an anchor. A search leaves it out.
inline constexpr QLatin1String kProgramMark{"program"};

// A few lines of a script in which the call stands as one would write it.
QString callExample(const CallInfo& call);

}  // namespace sockbench::ui
