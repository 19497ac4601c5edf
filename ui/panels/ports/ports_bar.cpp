#include "ui/panels/ports/ports_bar.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QToolButton>

#include "ui/widgets/flow_layout.h"
#include "ui/widgets/help_page.h"
#include "ui/widgets/named.h"

namespace sockbench::ui {

PortsBar::PortsBar(QWidget* parent)
    : QWidget(parent),
      refresh_(new QPushButton(tr("Refresh"), this)),
      interval_(new QComboBox(this)),
      edit_(new QLineEdit(this)) {
  auto* flow = new FlowLayout(this);
  setLayout(flow);
  makeRefresh();
  makeInterval();
  makeFilter();
  flow->addWidget(refresh_);
  flow->addWidget(interval_);
  flow->addWidget(edit_);
  tcp_ = addCheck("portsTcpCheck", tr("TCP"), tr("Show TCP sockets"), true);
  udp_ = addCheck("portsUdpCheck", tr("UDP"), tr("Show UDP and UDP-Lite sockets"), true);
  unix_ = addCheck("portsUnixCheck", tr("UNIX"), tr("Show UNIX sockets"), true);
  raw_ = addCheck("portsRawCheck", tr("Raw"), tr("Show raw sockets"), true);
  listening_ =
      addCheck("portsListeningCheck", tr("Listening only"),
               tr("Only what can be reached unasked: listeners, and datagram sockets without a peer"), false);
  flow->addWidget(named(new HelpButton({}, tr("ports"), this), "portsHelpButton", tr("Help: ports")));
}

void PortsBar::makeRefresh() {
  refresh_->setObjectName(QStringLiteral("portsRefreshButton"));
  refresh_->setAccessibleName(tr("Refresh"));
  refresh_->setToolTip(tr("Read the table of sockets again (F5)"));
  refresh_->setProperty("primary", true);
  connect(refresh_, &QPushButton::clicked, this, &PortsBar::refreshRequested);
}

void PortsBar::makeInterval() {
  interval_->setObjectName(QStringLiteral("portsIntervalBox"));
  interval_->setAccessibleName(tr("Refresh by itself"));
  interval_->setToolTip(tr("Read the table again by itself, as long as this panel is in sight"));
  interval_->addItem(tr("By hand"), 0);
  for (const int seconds : {1, 2, 5, 10}) interval_->addItem(tr("Every %1 s").arg(seconds), seconds);
  connect(interval_, &QComboBox::currentIndexChanged, this, &PortsBar::intervalChanged);
}

void PortsBar::makeFilter() {
  edit_->setObjectName(QStringLiteral("portsFilterEdit"));
  edit_->setAccessibleName(tr("Filter of the sockets"));
  edit_->setPlaceholderText(tr("Filter: port:80 state:listen nginx"));
  edit_->setToolTip(
      tr("Words that must all be found in a row.\n"
         "port:80 (either end), pid:123, inode:456: that number\n"
         "state:listen, user:root, process:nginx, service:http: part of that column\n"
         "local:127.0.0.1, peer:10.: part of that address"));
  edit_->setClearButtonEnabled(true);
  for (QToolButton* clear : edit_->findChildren<QToolButton*>())
    clear->setAccessibleName(tr("Clear the filter"));
  edit_->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  edit_->setMinimumWidth(fontMetrics().averageCharWidth() * 30);
  connect(edit_, &QLineEdit::textChanged, this, &PortsBar::filterChanged);
}

QCheckBox* PortsBar::addCheck(const char* name, const QString& text, const QString& toolTip, bool checked) {
  auto* check = new QCheckBox(text, this);
  check->setObjectName(QString::fromLatin1(name));
  check->setAccessibleName(text);
  check->setToolTip(toolTip);
  check->setChecked(checked);
  layout()->addWidget(check);
  connect(check, &QCheckBox::toggled, this, &PortsBar::filterChanged);
  return check;
}

PortsFilter PortsBar::filter() const {
  PortsFilter filter;
  filter.tcp = tcp_->isChecked();
  filter.udp = udp_->isChecked();
  filter.unixSockets = unix_->isChecked();
  filter.raw = raw_->isChecked();
  filter.listeningOnly = listening_->isChecked();
  filter.setText(edit_->text());
  return filter;
}

std::chrono::seconds PortsBar::interval() const {
  return std::chrono::seconds(interval_->currentData().toInt());
}

void PortsBar::saveState(QSettings& settings) const {
  settings.setValue(QStringLiteral("interval"), interval_->currentData());
  settings.setValue(QStringLiteral("filter"), edit_->text());
  for (const QCheckBox* check : {tcp_, udp_, unix_, raw_, listening_})
    settings.setValue(check->objectName(), check->isChecked());
}

void PortsBar::restoreState(QSettings& settings) {
  const int index = interval_->findData(settings.value(QStringLiteral("interval"), 0).toInt());
  interval_->setCurrentIndex(std::max(index, 0));
  edit_->setText(settings.value(QStringLiteral("filter")).toString());
  for (QCheckBox* check : {tcp_, udp_, unix_, raw_, listening_})
    check->setChecked(settings.value(check->objectName(), check->isChecked()).toBool());
}

}  // namespace sockbench::ui
