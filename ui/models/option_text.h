// A socket option in words: its value, what may be written, and why the kernel has another value than was
// asked for. Thread: gui.
#pragma once

#include <QString>
#include <QStringList>
#include <string_view>

#include "core/net/socket_options.h"

namespace sockbench::ui {

// The value as a person reads it: "on", "off", "425984", "on,5". Safe to show.
QString optionValueText(const OptionInfo& option, std::string_view value);
// What may be written: "a whole number from 0 to 255", "off, or on and seconds: on,5"; "read only".
QString optionRangeText(const OptionInfo& option);
// The values that have names: "want", "probe"... Empty: none has.
QStringList optionChoices(const OptionInfo& option);
// Its meaning, and what may be written where that is not told by the value itself: "... (1 to 255)".
QString optionMeaningText(const OptionInfo& option);
// Why `effective` is not `requested`, both canonical: "twice what was asked for: ...". Empty: it is.
QString optionDifferenceText(const OptionInfo& option, std::string_view requested,
                             std::string_view effective);

}  // namespace sockbench::ui
