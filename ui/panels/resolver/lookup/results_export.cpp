#include "ui/panels/resolver/lookup/results_export.h"

#include <QAction>
#include <QClipboard>
#include <QFileDialog>
#include <QGuiApplication>
#include <QMenu>
#include <span>

#include "ui/bridge/core_types.h"
#include "ui/bridge/in_background.h"
#include "ui/models/format.h"
#include "ui/models/lookup_export.h"
#include "ui/models/save_file.h"
#include "ui/panels/resolver/lookup/lookup_results.h"
#include "ui/widgets/theme.h"

namespace sockbench::ui {

ResultsExport::ResultsExport(const LookupResults* results, QWidget* parent)
    : QPushButton(parent), results_(results) {
  setObjectName(QStringLiteral("resolverExportButton"));
  setText(tr("Export"));
  setAccessibleName(tr("Export the results"));
  setToolTip(plainToolTip(tr("Save the answers to a file, or copy them")));
  setMenu(new QMenu(this));
  addAction(tr("Save as CSV…"), QStringLiteral("resolverExportCsvAction"), Format::csv);
  addAction(tr("Save as JSON…"), QStringLiteral("resolverExportJsonAction"), Format::json);
  QAction* copy = menu()->addAction(theme::icon(QStringLiteral("copy")), tr("Copy all rows"), this,
                                    &ResultsExport::copyAll);
  copy->setObjectName(QStringLiteral("resolverCopyAllAction"));
  setEnabled(false);
  connect(results, &LookupResults::changed, this, [this] { setEnabled(results_->answered() > 0); });
}

void ResultsExport::addAction(const QString& text, const QString& name, Format format) {
  QAction* action = menu()->addAction(text, this, [this, format] { askWhere(format); });
  action->setObjectName(name);
}

void ResultsExport::askWhere(Format format) {
  const bool csv = format == Format::csv;
  auto* dialog = new QFileDialog(this, tr("Save the answers"));
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setAcceptMode(QFileDialog::AcceptSave);
  dialog->setDefaultSuffix(csv ? QStringLiteral("csv") : QStringLiteral("json"));
  dialog->setNameFilter(csv ? tr("CSV (*.csv)") : tr("JSON (*.json)"));
  connect(dialog, &QFileDialog::fileSelected, this,
          [this, format](const QString& path) { saveTo(path, format); });
  dialog->open();
}

void ResultsExport::saveTo(const QString& path, Format format) {
  const QList<LookedUpHost> hosts = results_->results();
  const auto count = static_cast<int>(hosts.size());
  inBackground(
      this,
      [hosts, service = results_->question().service, path, format] {
        const QByteArray text =
            format == Format::csv ? lookupsAsCsv(hosts, service) : lookupsAsJson(hosts, service);
        return saveFile(path, std::as_bytes(std::span(text.data(), static_cast<std::size_t>(text.size()))));
      },
      [this, path, count](const Result<std::size_t>& bytes) {
        if (!bytes) return emit refused(bytes.error());
        emit saved(tr("%n host(s) saved to %1 (%2)", nullptr, count).arg(path, formatBytes(*bytes)));
      });
}

void ResultsExport::copyAll() {
  const GroupedRowsModel* rows = results_->addresses();
  QStringList lines;
  for (int number = 0; number < rows->rowCount(); ++number)
    lines += rows->row(number)->cells.join(QLatin1Char('\t'));
  QGuiApplication::clipboard()->setText(lines.join(QLatin1Char('\n')));
}

}  // namespace sockbench::ui
