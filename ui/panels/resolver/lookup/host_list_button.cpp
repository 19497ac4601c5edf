#include "ui/panels/resolver/lookup/host_list_button.h"

#include <QFileDialog>
#include <QFileInfo>

#include "core/payload/visible_text.h"
#include "core/resolve/host_list.h"
#include "ui/bridge/core_types.h"
#include "ui/bridge/in_background.h"
#include "ui/models/format.h"

namespace sockbench::ui {
namespace {

constexpr std::size_t kFaultsTold = 5;

QString faultWords(const HostList& list) {
  QStringList lines;
  for (const HostList::Fault& fault : list.faults) {
    if (static_cast<std::size_t>(lines.size()) == kFaultsTold) break;
    lines += HostListButton::tr("line %1: %2")
                 .arg(formatCount(fault.line), toQString(visibleText(fault.error.message())));
  }
  if (list.faulty > kFaultsTold) lines += QStringLiteral("…");
  return lines.join(QStringLiteral("; "));
}

QString wordsOf(const HostList& list, const QString& path) {
  QStringList parts{HostListButton::tr("%n host(s) from %1", nullptr, pluralNumber(list.hosts.size()))
                        .arg(toQString(visibleText(toUtf8(QFileInfo(path).fileName()))))};
  if (list.faulty > 0)
    parts += HostListButton::tr("%n line(s) passed over (%1)", nullptr, pluralNumber(list.faulty))
                 .arg(faultWords(list));
  if (list.beyond > 0)
    parts += HostListButton::tr("%n host(s) beyond the first %1 left out", nullptr, pluralNumber(list.beyond))
                 .arg(formatCount(kMostListedHosts));
  return parts.join(QStringLiteral(" · "));
}

}  // namespace

HostListButton::HostListButton(QWidget* parent) : QPushButton(parent) {
  setObjectName(QStringLiteral("resolverOpenListButton"));
  setText(tr("Open a list…"));
  setAccessibleName(tr("Open a list of hosts"));
  setToolTip(plainToolTip(
      tr("Hosts from a file, one a line; # begins a comment. A file may also be dropped on the hosts")));
  connect(this, &QPushButton::clicked, this, &HostListButton::askWhich);
}

void HostListButton::askWhich() {
  auto* dialog = new QFileDialog(this, tr("Open a list of hosts"));
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setFileMode(QFileDialog::ExistingFile);
  connect(dialog, &QFileDialog::fileSelected, this, &HostListButton::read);
  dialog->open();
}

void HostListButton::read(const QString& path) {
  inBackground(
      this, [file = QFile::encodeName(path).toStdString()] { return readHostList(file); },
      [this, path](const Result<HostList>& list) {
        if (!list) return emit refused(list.error());
        QStringList hosts;
        for (const std::string& host : list->hosts) hosts += toQString(host);
        emit listRead(hosts, wordsOf(*list, path), list->faulty + list->beyond > 0);
      });
}

}  // namespace sockbench::ui
