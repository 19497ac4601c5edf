#include "ui/models/calls_text.h"

#include <QCoreApplication>
#include <algorithm>

#include "ui/bridge/core_types.h"
#include "ui/models/format.h"
#include "ui/models/shown_text.h"

namespace sockbench::ui {
namespace {

constexpr std::size_t kMostLine = 400;  // characters

class Words {
  Q_DECLARE_TR_FUNCTIONS(Calls)
};

// A value cut down to what is shown of it, so that a megabyte is not written out to be thrown away.
CallValue shortened(const CallValue& value, std::size_t most) {
  if (const auto* bytes = value.as<Bytes>(); bytes && bytes->size() > most)
    return Bytes(bytes->begin(), bytes->begin() + static_cast<std::ptrdiff_t>(most));
  if (const auto* buffer = value.as<CallBuffer>(); buffer && buffer->bytes.size() > most)
    return CallBuffer{
        Bytes(buffer->bytes.begin(), buffer->bytes.begin() + static_cast<std::ptrdiff_t>(most))};
  if (const auto* text = value.as<std::string>(); text && text->size() > most * 4) {
    std::size_t end = most * 4;
    while (end > 0 && (static_cast<unsigned char>((*text)[end]) & 0xc0U) == 0x80U) --end;
    return text->substr(0, end);
  }
  return value;
}

std::string listText(const std::vector<CallValue>& items, std::size_t most, bool tuple);

std::string valueText(const CallValue& value, std::size_t most) {
  if (const auto* tuple = value.as<CallTuple>()) return listText(tuple->items, most, true);
  if (const auto* list = value.as<CallList>()) return listText(list->items, most, false);
  const CallValue cut = shortened(value, most);
  std::string text = cut.repr();
  const auto* bytes = value.as<Bytes>();
  const auto* cutBytes = cut.as<Bytes>();
  if (bytes && cutBytes && bytes->size() > cutBytes->size())
    text += toUtf8(Words::tr(" … %1 bytes").arg(formatCount(bytes->size())));
  return text;
}

std::string listText(const std::vector<CallValue>& items, std::size_t most, bool tuple) {
  std::string text = tuple ? "(" : "[";
  std::size_t done = 0;
  for (const CallValue& item : items) {
    if (text.size() > most) break;
    if (done++ > 0) text += ", ";
    text += valueText(item, most);
  }
  if (done < items.size()) text += toUtf8(Words::tr(", … %1 items").arg(formatCount(items.size())));
  if (tuple && items.size() == 1) text += ",";
  return text + (tuple ? ")" : "]");
}

QString faultText(const CallFault& fault) {
  return toQString(pythonErrorName(fault.kind)) + QStringLiteral(": ") + shownText(fault.message);
}

RecordDetail detail(const QString& name, const QString& value, DetailTone tone = DetailTone::plain) {
  return {name, value.isEmpty() ? QStringLiteral("–") : value, tone};
}

void addSteps(QList<RecordDetail>& details, const CallOutcome& outcome) {
  for (const KernelStep& step : outcome.kernel)
    details += detail(Words::tr("Kernel"), kernelStepText(step),
                      step.error != 0 ? DetailTone::warning : DetailTone::plain);
  if (outcome.kernelStepsLeftOut > 0)
    details +=
        detail(Words::tr("Kernel"), Words::tr("… and %1 more").arg(formatCount(outcome.kernelStepsLeftOut)));
}

void addBuffers(QList<CallBytes>& buffers, const QString& name, const CallValue& value) {
  if (const auto* bytes = value.as<Bytes>()) buffers += {name, *bytes};
  if (const auto* buffer = value.as<CallBuffer>()) buffers += {name, buffer->bytes};
  const auto* tuple = value.as<CallTuple>();
  if (tuple == nullptr) return;
  for (const CallValue& item : tuple->items)
    if (item.as<Bytes>()) addBuffers(buffers, name, item);
}

}  // namespace

QString visibleLine(std::string_view line) {
  const std::string_view cut = line.substr(0, kMostLine * 4);
  QString text = shownText(cut);
  const bool more = cut.size() < line.size() || text.size() > static_cast<qsizetype>(kMostLine);
  return more ? text.left(kMostLine) + QChar(0x2026) : text;
}

QString callValueText(const CallValue& value, std::size_t most) {
  return shownText(valueText(value, most));
}

QString callResultText(const CallOutcome& outcome) {
  return outcome.result ? callValueText(*outcome.result) : faultText(outcome.result.error());
}

QString errnoText(int number) {
  const Error error = Error::fromErrno(Operation::none, number);
  return toQString(error.symbol()) + QStringLiteral("  ") + toQString(error.message());
}

QString callErrnoText(const CallOutcome& outcome) {
  if (!outcome.result) {
    const CallFault& fault = outcome.result.error();
    if (fault.beforeKernel()) return Words::tr("never reached the kernel");
    const QString symbol = toQString(fault.symbol());
    if (!symbol.isEmpty()) return symbol + QStringLiteral("  ") + shownText(fault.message);
  }
  const bool refused = !outcome.kernel.empty() && outcome.kernel.back().error != 0;
  return refused ? errnoText(outcome.kernel.back().error) : QString();
}

QString kernelStepText(const KernelStep& step) {
  QString text = shownText(step.call);
  if (!text.contains(QLatin1Char('('))) text += QStringLiteral("()");
  text += QStringLiteral("\u00a0=\u00a0%1").arg(step.returned);
  if (step.error != 0) text += QStringLiteral("  ") + errnoText(step.error);
  if (!step.note.empty()) text += QStringLiteral("  ") + shownText(step.note);
  return text + QStringLiteral("  ·\u00a0") +
         formatDuration(step.duration).replace(QLatin1Char(' '), QChar::Nbsp);
}

QList<RecordDetail> callDetails(const CallOutcome& outcome) {
  constexpr std::size_t kMostResult = 2000;
  QList<RecordDetail> details;
  if (outcome.result) {
    details += detail(Words::tr("Result"), callValueText(*outcome.result, kMostResult));
  } else {
    const CallFault& fault = outcome.result.error();
    details += detail(Words::tr("Error"), faultText(fault), DetailTone::error);
    if (fault.interrupted)
      details += detail(Words::tr("Ended"), Words::tr("it was interrupted"), DetailTone::warning);
    if (fault.bytesDone > 0)
      details += detail(Words::tr("Done before"), Words::tr("%1 bytes").arg(formatCount(fault.bytesDone)));
    if (const QString hint = shownText(fault.hint()); !hint.isEmpty())
      details += detail(Words::tr("Hint"), hint);
  }
  addSteps(details, outcome);
  for (const auto& [name, value] : outcome.out)
    details += detail(shownText(name), callValueText(value, kMostResult));
  details += detail(Words::tr("Time"), formatDuration(outcome.duration));
  return details;
}

QList<CallBytes> callBuffers(const CallOutcome& outcome) {
  QList<CallBytes> buffers;
  if (outcome.filled) buffers += {Words::tr("Buffer, as the call left it"), *outcome.filled};
  if (outcome.result) addBuffers(buffers, Words::tr("Result"), *outcome.result);
  for (const auto& [name, value] : outcome.out) addBuffers(buffers, shownText(name), value);
  return buffers;
}

}  // namespace sockbench::ui
