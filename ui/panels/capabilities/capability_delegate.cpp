#include "ui/panels/capabilities/capability_delegate.h"

#include "ui/models/capabilities_model.h"
#include "ui/widgets/theme.h"

namespace sockbench::ui {
namespace {

theme::Role wordRole(CapabilityState state) {
  switch (state) {
    case CapabilityState::supported:
      return theme::Role::good;
    case CapabilityState::forbidden:
      return theme::Role::warning;
    case CapabilityState::missing:
    case CapabilityState::nonexistent:
      break;
  }
  return theme::Role::dim;
}

}  // namespace

void CapabilityDelegate::initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const {
  QStyledItemDelegate::initStyleOption(option, index);
  option->state &= ~QStyle::State_HasFocus;
  const auto state = static_cast<CapabilityState>(index.data(CapabilitiesModel::StateRole).toInt());
  if (index.column() == CapabilitiesModel::State)
    option->palette.setColor(QPalette::Text, theme::color(wordRole(state)));
  else if (state != CapabilityState::supported)
    option->palette.setColor(QPalette::Text, theme::color(theme::Role::dim));
}

}  // namespace sockbench::ui
