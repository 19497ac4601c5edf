#include "ui/panels/calls/call_box.h"

#include <QCompleter>
#include <QLineEdit>
#include <QStandardItemModel>

#include "ui/bridge/core_types.h"
#include "ui/models/format.h"
#include "ui/widgets/remark_delegate.h"
#include "ui/widgets/theme.h"

namespace sockbench::ui {
namespace {

constexpr int kPlaceRole = Qt::UserRole + 1;  // in the registry; of a group's title: none

bool isMethod(const CallInfo& call) {
  return call.target == CallTarget::socketMethod;
}

// A name that is both a method and a function says which it is.
QString shownName(const CallInfo& call) {
  const QString name = toQString(call.name);
  const bool both = !isMethod(call) && findCall(CallTarget::socketMethod, call.name) != nullptr;
  return both ? QStringLiteral("socket.") + name : name;
}

}  // namespace

CallBox::CallBox(QWidget* parent) : QComboBox(parent) {
  setObjectName(QStringLiteral("callsCallBox"));
  setAccessibleName(tr("Call"));
  setToolTip(plainToolTip(tr("The call: choose it, or type a part of its name")));
  setEditable(true);
  setInsertPolicy(QComboBox::NoInsert);
  setItemDelegate(new RemarkDelegate(this));
  setMaxVisibleItems(24);
  setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  setMinimumContentsLength(12);
  lineEdit()->setFont(theme::fixedFont());
  auto* items = new QStandardItemModel(this);
  std::string_view group;
  const std::span<const CallInfo> calls = callRegistry();
  for (std::size_t place = 0; place < calls.size(); ++place) {
    const CallInfo& call = calls[place];
    if (call.group != group) {
      group = call.group;
      auto* heading = new QStandardItem(toQString(group) + QLatin1Char(':'));
      heading->setFlags(Qt::NoItemFlags);
      items->appendRow(heading);
    }
    auto* item = new QStandardItem(shownName(call));
    item->setData(static_cast<int>(place), kPlaceRole);
    item->setData(toQString(call.summary), kRemarkRole);
    items->appendRow(item);
  }
  setModel(items);
  completer()->setFilterMode(Qt::MatchContains);
  completer()->setCompletionMode(QCompleter::PopupCompletion);
  completer()->setCaseSensitivity(Qt::CaseInsensitive);
  connect(this, &QComboBox::activated, this, &CallBox::choose);
  connect(lineEdit(), &QLineEdit::editingFinished, this, &CallBox::chooseTyped);
}

const CallInfo* CallBox::callAt(int index) const {
  const QVariant place = itemData(index, kPlaceRole);
  return place.isValid() ? &callRegistry()[static_cast<std::size_t>(place.toInt())] : nullptr;
}

void CallBox::choose(int index) {
  const CallInfo* call = callAt(index);
  if (call == nullptr || call == call_) return;
  call_ = call;
  emit callChosen(call);
}

// What is no call's name gives way to the call that is chosen.
void CallBox::chooseTyped() {
  const int index = findText(currentText().trimmed(), Qt::MatchFixedString);
  if (callAt(index) == nullptr) return showCall();
  setCurrentIndex(index);
  choose(index);
}

void CallBox::setCall(const CallInfo* call) {
  if (call == nullptr) return;
  call_ = call;
  showCall();
}

void CallBox::showCall() {
  if (call_ == nullptr) return;
  const int index = findData(static_cast<int>(call_ - callRegistry().data()), kPlaceRole);
  const QSignalBlocker quiet(this);
  setCurrentIndex(index);
  setEditText(itemText(index));
}

}  // namespace sockbench::ui
