#include "ui/panels/resolver/address/membership.h"

#include <QCoreApplication>

#include "ui/bridge/core_types.h"

namespace sockbench::ui {
namespace {

QString tr(const char* text) {
  return QCoreApplication::translate("Membership", text);
}

QString place(IpNumber address, const IpNetwork& network) {
  if (address.bits != network.first().bits) return tr("it is of the other family");
  return address < network.first() ? tr("it lies before %1").arg(toQString(network.first().text()))
                                   : tr("it lies behind %1").arg(toQString(network.last().text()));
}

QString relation(const IpNetwork& own, const IpNetwork& other) {
  const QString text = toQString(own.text());
  if (own == other) return tr("%1 is the same network").arg(text);
  if (other.contains(own)) return tr("all of %1 is in it").arg(text);
  if (own.contains(other)) return tr("%1 is around it").arg(text);
  return tr("%1 has no address in common with it").arg(text);
}

}  // namespace

Membership membership(const AddressFacts& address, const AddressText& text) {
  const IpNetwork network(text.address, text.prefix.value_or(text.address.bits));
  const QString own = toQString(address.number.text());
  const QString other = toQString(network.text());
  Membership result{.isIn = network.contains(address.number), .words = {}};
  result.words = result.isIn ? tr("Yes: %1 is in %2").arg(own, other)
                             : tr("No: %1 is not in %2; %3").arg(own, other, place(address.number, network));
  if (address.network && address.number.bits == network.first().bits)
    result.words += QStringLiteral("; ") + relation(*address.network, network);
  return result;
}

}  // namespace sockbench::ui
