#include "ui/panels/resolver/address/address_forms.h"

#include <QHBoxLayout>
#include <QLabel>

#include "core/resolve/ip_notation.h"
#include "ui/bridge/core_types.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/theme.h"

namespace sockbench::ui {

AddressForms::AddressForms(QWidget* parent) : QWidget(parent) {
  auto* flow = new FlowLayout(this, 6);
  flow->setContentsMargins(0, 0, 0, 0);
  text_ = add(flow, tr("Text"), "resolverAddressTextLabel");
  packed_ = add(flow, tr("Packed"), "resolverAddressPackedLabel");
  integer_ = add(flow, tr("Integer"), "resolverAddressIntegerLabel");
}

QLabel* AddressForms::add(FlowLayout* flow, const QString& title, const char* name) {
  auto* pair = new QWidget(this);
  auto* caption = new QLabel(title, pair);
  caption->setProperty("dim", true);
  auto* value = new QLabel(pair);
  value->setObjectName(QLatin1String(name));
  value->setAccessibleName(title);
  value->setTextFormat(Qt::PlainText);
  value->setFont(theme::fixedFont());
  value->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
  auto* row = new QHBoxLayout(pair);
  row->setContentsMargins(0, 0, 14, 0);
  row->setSpacing(6);
  row->addWidget(caption);
  row->addWidget(value);
  flow->addWidget(pair);
  return value;
}

void AddressForms::setAddress(const std::optional<IpNumber>& address) {
  setVisible(address.has_value());
  if (!address) return;
  text_->setText(toQString(address->text()));
  packed_->setText(toQString(packedHex(*address)));
  integer_->setText(toQString(decimalText(address->value)));
}

}  // namespace sockbench::ui
