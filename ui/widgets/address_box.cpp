#include "ui/widgets/address_box.h"

#include <QLineEdit>
#include <QListView>
#include <QPainter>
#include <QSignalBlocker>
#include <QStyleOptionFrame>

#include "core/resolve/interfaces.h"
#include "ui/bridge/core_types.h"
#include "ui/widgets/remark_delegate.h"
#include "ui/widgets/theme.h"

namespace sockbench::ui {

namespace {

// A line edit with a dimmed remark behind its text, as long as there is room.
class RemarkedEdit : public QLineEdit {
 public:
  using QLineEdit::QLineEdit;

 protected:
  void paintEvent(QPaintEvent* event) override {
    QLineEdit::paintEvent(event);
    const auto* box = qobject_cast<QComboBox*>(parentWidget());
    const int row = box ? box->findText(text()) : -1;
    if (row < 0) return;
    QStyleOptionFrame option;
    initStyleOption(&option);
    const QRect area = style()->subElementRect(QStyle::SE_LineEditContents, &option, this);
    constexpr int kGap = 14;
    const int used = fontMetrics().horizontalAdvance(text()) + kGap;
    const QString remark = box->itemData(row, kRemarkRole).toString();
    if (remark.isEmpty() || area.width() - used < fontMetrics().averageCharWidth() * 4) return;
    QPainter painter(this);
    painter.setPen(theme::color(theme::Role::dim));
    painter.drawText(area.adjusted(used, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine,
                     fontMetrics().elidedText(remark, Qt::ElideRight, area.width() - used));
  }
};

}  // namespace

AddressBox::AddressBox(QWidget* parent) : QComboBox(parent) {
  setEditable(true);
  setLineEdit(new RemarkedEdit(this));
  setInsertPolicy(QComboBox::NoInsert);
  setCompleter(nullptr);
  auto* list = new QListView(this);
  setView(list);
  list->setItemDelegate(new RemarkDelegate(list));
}

void AddressBox::setOffering(bool offering) {
  if (offering_ == offering) return;
  offering_ = offering;
  fill();
}

void AddressBox::showPopup() {
  fill();
  if (count() == 0) return;
  view()->setMinimumWidth(view()->sizeHintForColumn(0) + 24);
  QComboBox::showPopup();
}

void AddressBox::fill() {
  const QSignalBlocker quiet(this);
  const QString typed = currentText();
  clear();
  const auto offer = [this](const QString& address, const QString& remark) {
    if (findText(address) >= 0) return;
    addItem(address);
    setItemData(count() - 1, remark, kRemarkRole);
  };
  if (offering_) {
    offer(QStringLiteral("127.0.0.1"), tr("this machine only"));
    offer(QStringLiteral("::1"), tr("this machine only, IPv6"));
    offer(QStringLiteral("0.0.0.0"), tr("every IPv4 address"));
    offer(QStringLiteral("*"), tr("every address, IPv4 and IPv6"));
    const auto interfaces = networkInterfaces();
    for (const NetworkInterface& interface : interfaces ? *interfaces : std::vector<NetworkInterface>()) {
      for (const InterfaceAddress& own : interface.addresses) {
        if (own.address.isIp()) offer(toQString(own.address.ip()), toQString(interface.name));
      }
    }
  }
  setCurrentIndex(findText(typed));
  setEditText(typed);
}

Reach reachOf(const QString& host) {
  const QString plain = host.trimmed();
  if (plain.isEmpty() || plain.compare(QLatin1String("localhost"), Qt::CaseInsensitive) == 0)
    return Reach::thisMachine;
  if (plain == QLatin1String("*")) return Reach::otherMachines;
  QString bare = plain;
  if (bare.startsWith(QLatin1Char('[')) && bare.endsWith(QLatin1Char(']')))
    bare = bare.mid(1, bare.size() - 2);
  const Result<SocketAddress> address = SocketAddress::fromIp(toUtf8(bare), 0);
  if (!address) return Reach::unknown;
  return address->isLoopback() ? Reach::thisMachine : Reach::otherMachines;
}

}  // namespace sockbench::ui
