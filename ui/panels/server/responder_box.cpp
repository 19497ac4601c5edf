#include "ui/panels/server/responder_box.h"

namespace sockbench::ui {

ResponderBox::ResponderBox(QWidget* parent) : QComboBox(parent) {
  setAccessibleName(tr("Answer"));
  add(Responder::none, tr("Answer: by hand"), tr("By hand: nobody answers but you"));
  add(Responder::echo, tr("Answer: echo"), tr("Echo (RFC 862): what comes goes back"));
  add(Responder::discard, tr("Answer: discard"),
      tr("Discard (RFC 863): what comes is recorded, and nothing is sent"));
  add(Responder::chargen, tr("Answer: chargen"),
      tr("Character generator (RFC 864): lines of printable characters without end; each datagram is "
         "answered by one of 0 to 512 bytes"));
  add(Responder::daytime, tr("Answer: daytime"),
      tr("Daytime (RFC 867): date and time in UTC as a line of text, then the connection is closed; each "
         "datagram is answered by one"));
  add(Responder::time, tr("Answer: time"),
      tr("Time (RFC 868): seconds since 1900 as 4 bytes, then the connection is closed; each datagram is "
         "answered by one"));
  add(Responder::qotd, tr("Answer: qotd"),
      tr("Quote of the day (RFC 865): a quote, then the connection is closed; each datagram is answered by "
         "one"));
  connect(this, &QComboBox::currentIndexChanged, this, &ResponderBox::explain);
  explain();
}

void ResponderBox::add(Responder responder, const QString& caption, const QString& sentence) {
  addItem(caption, static_cast<int>(responder));
  setItemData(count() - 1, sentence, Qt::ToolTipRole);
}

void ResponderBox::explain() {
  const QString sentence = currentData(Qt::ToolTipRole).toString();
  setAccessibleDescription(sentence);
  setToolTip(tr("%1.\nA change holds for the connections to come.").arg(sentence));
}

Responder ResponderBox::responder() const {
  return static_cast<Responder>(currentData().toInt());
}

void ResponderBox::setResponder(Responder responder) {
  setCurrentIndex(findData(static_cast<int>(responder)));
}

}  // namespace sockbench::ui
