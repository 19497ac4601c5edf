#include "ui/models/record_details.h"

#include <QCoreApplication>

#include "core/net/interface_name.h"
#include "ui/bridge/core_types.h"
#include "ui/models/event_text.h"
#include "ui/models/format.h"
#include "ui/models/shown_text.h"

namespace sockbench::ui {
namespace {

struct RecordDetails {
  Q_DECLARE_TR_FUNCTIONS(RecordDetails)
};

class Details {
 public:
  void add(const QString& name, const QString& value) {
    if (!value.isEmpty()) {
      list_.append({name, value, DetailTone::plain});
    }
  }
  QList<RecordDetail> take() { return std::move(list_); }

 private:
  QList<RecordDetail> list_;
};

void addFlow(Details& details, const Flow& flow) {
  const auto named = [](const SocketAddress& address) {
    return address.isUnix() && address.isUnnamed() ? RecordDetails::tr("unnamed") : addressText(address);
  };
  details.add(RecordDetails::tr("Transport"), toQString(transportName(flow)));
  details.add(RecordDetails::tr("Local"), named(flow.local));
  details.add(RecordDetails::tr("Peer"), named(flow.peer));
  if (flow.interface != 0) {
    details.add(RecordDetails::tr("Interface"), shownText(interfaceName(flow.interface)));
  }
  details.add(RecordDetails::tr("Session"), QString::number(flow.session.value));
  if (flow.parent) {
    details.add(RecordDetails::tr("Server or group"), QString::number(flow.parent.value));
  }
}

void addError(Details& details, const EventDetail& event) {
  const Error& error = *event.error;
  details.add(RecordDetails::tr("Error"), shownText(error.symbol()));
  details.add(RecordDetails::tr("Call"), toQString(operationName(error.op)));
  details.add(RecordDetails::tr("Of"), shownText(error.subject));
  details.add(RecordDetails::tr("Meaning"), shownText(error.message()));
  details.add(RecordDetails::tr("Remark"), shownText(event.text));
  details.add(RecordDetails::tr("Told by"), shownText(event.offender));
  details.add(RecordDetails::tr("Hint"), shownText(error.hint()));
  if (error.bytesDone > 0) {
    details.add(RecordDetails::tr("Bytes before it"), formatCount(error.bytesDone));
  }
}

QString timeText(const Record& record) {
  const QString time = formatTimeInFull(record.time);
  return (record.flags & kRecordKernelTime) == 0 ? time
                                                 : RecordDetails::tr("%1, when the kernel had it").arg(time);
}

void addPayload(Details& details, const LogRow& row) {
  details.add(RecordDetails::tr("Length"),
              RecordDetails::tr("%1 byte(s)", nullptr, pluralNumber(row.record.length))
                  .arg(formatCount(row.record.length)));
  if ((row.record.flags & kRecordTruncated) != 0 && row.record.kind == RecordKind::out) {
    details.add(RecordDetails::tr("Not kept"),
                RecordDetails::tr("%1 byte(s) of a file, which the kernel sent by itself", nullptr,
                                  pluralNumber(row.record.value))
                    .arg(formatCount(row.record.value)));
  } else if ((row.record.flags & kRecordTruncated) != 0) {
    const std::uint64_t length = row.record.value;
    details.add(RecordDetails::tr("Truncated"),
                length == 0
                    ? RecordDetails::tr("yes: the datagram was longer")
                    : RecordDetails::tr("yes: the datagram had %1 byte(s)", nullptr, pluralNumber(length))
                          .arg(formatCount(length)));
  }
  if ((row.record.flags & kRecordUrgent) != 0) {
    details.add(RecordDetails::tr("Urgent"), RecordDetails::tr("yes: TCP's urgent byte (MSG_OOB)"));
  }
}

}  // namespace

QList<RecordDetail> recordDetails(const LogRow& row) {
  Details details;
  const Record& record = row.record;
  const bool bytes = record.kind == RecordKind::in || record.kind == RecordKind::out;
  const EventDetail event = bytes ? EventDetail() : decodeEventDetail(row.payload.bytes);
  details.add(RecordDetails::tr("Number"), formatCount(row.number + 1));
  details.add(RecordDetails::tr("Kind"), kindText(record.kind));
  details.add(RecordDetails::tr("Time"), timeText(record));
  if (event.error) {
    addError(details, event);
  } else {
    details.add(RecordDetails::tr("Event"), eventText(row));
  }
  details.add(RecordDetails::tr("By"), partyText(record.by));
  if (bytes) {
    addPayload(details, row);
  }
  if (row.flow) {
    addFlow(details, *row.flow);
  }
  return details.take();
}

}  // namespace sockbench::ui
