#include "ui/models/option_text.h"

#include <QCoreApplication>
#include <charconv>
#include <limits>
#include <optional>

#include "core/payload/visible_text.h"
#include "ui/bridge/core_types.h"

namespace sockbench::ui {
namespace {

struct OptionText {
  Q_DECLARE_TR_FUNCTIONS(OptionText)
};

std::optional<long long> numberIn(std::string_view text) {
  long long number = 0;
  const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool whole = error == std::errc() && rest == text.data() + text.size();
  return whole ? std::optional(number) : std::nullopt;
}

bool isBuffer(std::string_view name) {
  return name.starts_with("SO_RCVBUF") || name.starts_with("SO_SNDBUF");
}

// socket(7): the kernel doubles what is asked for, within the limits of the machine.
QString bufferText(std::string_view name, long long requested, long long effective) {
  const bool receives = name.starts_with("SO_RCV");
  if (effective == 2 * requested) {
    return OptionText::tr("twice what was asked for: the kernel adds as much for its own bookkeeping");
  }
  if (effective > 2 * requested) {
    return OptionText::tr("raised to the least that the kernel gives");
  }
  const QString limit = receives ? QStringLiteral("net.core.rmem_max") : QStringLiteral("net.core.wmem_max");
  return OptionText::tr("capped at %1 of this machine, then doubled").arg(limit);
}

// Where the manual page says why.
QString knownReason(std::string_view name) {
  if (name == "TCP_MAXSEG") return OptionText::tr("the segment size that is in use now");
  if (name == "TCP_QUICKACK") return OptionText::tr("the kernel switches it by itself as the data come");
  if (name == "TCP_DEFER_ACCEPT") return OptionText::tr("rounded up to whole retransmissions");
  if (name == "IP_TOS" || name == "IPV6_TCLASS")
    return OptionText::tr("the kernel keeps the two ECN bits of a TCP connection to itself");
  if (name == "SO_RCVTIMEO" || name == "SO_SNDTIMEO")
    return OptionText::tr("rounded up to the kernel's clock tick");
  if (name == "TCP_WINDOW_CLAMP") return OptionText::tr("raised to the least that the kernel takes");
  return {};
}

QString choiceNames(const OptionInfo& option) {
  return optionChoices(option).join(QStringLiteral(", "));
}

QString numberText(const OptionInfo& option) {
  const QString range = OptionText::tr("a whole number from %1 to %2").arg(option.min).arg(option.max);
  return option.choices.empty() ? range : OptionText::tr("%1, or %2").arg(range, choiceNames(option));
}

}  // namespace

QStringList optionChoices(const OptionInfo& option) {
  QStringList names;
  for (const OptionChoice& choice : option.choices) names.append(toQString(choice.name));
  return names;
}

QString optionValueText(const OptionInfo& option, std::string_view value) {
  if (option.kind == OptionKind::boolean) {
    return value == "0" ? OptionText::tr("off") : OptionText::tr("on");
  }
  return toQString(visibleText(value));
}

QString optionRangeText(const OptionInfo& option) {
  if (!option.writable) return OptionText::tr("read only");
  switch (option.kind) {
    case OptionKind::boolean:
      return OptionText::tr("on or off");
    case OptionKind::integer:
    case OptionKind::wide:
      return numberText(option);
    case OptionKind::choice:
      return OptionText::tr("one of %1").arg(choiceNames(option));
    case OptionKind::flags:
      return OptionText::tr("none, or names joined with |: %1").arg(choiceNames(option));
    case OptionKind::interface:
      return OptionText::tr("an interface's name or number, or none");
    case OptionKind::multicastInterface:
      return OptionText::tr("an interface's IPv4 address, name or number");
    case OptionKind::portRange:
      return OptionText::tr("two ports, such as 40000-50000, or none");
    case OptionKind::sourceMembership:
      return OptionText::tr("GROUP,INTERFACE,SOURCE");
    case OptionKind::anycast:
      return OptionText::tr("ADDRESS,INTERFACE");
    case OptionKind::linger:
      return OptionText::tr("off, or on and seconds: on,5");
    case OptionKind::duration:
      return OptionText::tr("seconds, such as 1.5; 0 waits for ever");
    case OptionKind::membership:
      return OptionText::tr("GROUP,INTERFACE");
    default:
      return OptionText::tr("text");
  }
}

QString optionMeaningText(const OptionInfo& option) {
  const QString meaning = toQString(option.meaning);
  const bool bounded = option.kind == OptionKind::integer && option.max < std::numeric_limits<int>::max();
  const bool formed = option.kind == OptionKind::linger || option.kind == OptionKind::membership;
  if (!option.writable || (!bounded && !formed)) return meaning;
  return QStringLiteral("%1 (%2)").arg(
      meaning,
      bounded ? OptionText::tr("%1 to %2").arg(option.min).arg(option.max) : optionRangeText(option));
}

QString optionDifferenceText(const OptionInfo& option, std::string_view requested,
                             std::string_view effective) {
  if (requested == effective) return {};
  const auto asked = numberIn(requested);
  const auto granted = numberIn(effective);
  if (asked && granted && isBuffer(option.name)) return bufferText(option.name, *asked, *granted);
  if (asked && *asked == -1 && option.min == -1) {
    return OptionText::tr("the system's own value");
  }
  const QString reason = knownReason(option.name);
  return reason.isEmpty() ? OptionText::tr("the kernel has another value than was asked for") : reason;
}

}  // namespace sockbench::ui
