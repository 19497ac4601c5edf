#include "ui/window/help_windows.h"

#include <QCoreApplication>
#include <QHeaderView>
#include <QLabel>
#include <QTableWidget>
#include <QVBoxLayout>

#include "ui/widgets/theme.h"

namespace sockbench::ui {

KeyList::KeyList(const QList<QAction*>& actions, QWidget* parent) : QDialog(parent) {
  setObjectName(QStringLiteral("keyList"));
  setWindowTitle(tr("Keys"));
  setAttribute(Qt::WA_DeleteOnClose);
  auto* table = new QTableWidget(0, 2, this);
  table->setObjectName(QStringLiteral("keyListTable"));
  table->setAccessibleName(tr("Keys"));
  table->setHorizontalHeaderLabels({tr("Key"), tr("Does")});
  table->horizontalHeader()->setStretchLastSection(true);
  table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
  table->verticalHeader()->hide();
  table->setShowGrid(false);
  table->setEditTriggers(QAbstractItemView::NoEditTriggers);
  table->setSelectionBehavior(QAbstractItemView::SelectRows);
  for (const QAction* action : actions) {
    if (action->shortcut().isEmpty()) continue;
    const int row = table->rowCount();
    table->insertRow(row);
    table->setItem(row, 0, new QTableWidgetItem(action->shortcut().toString(QKeySequence::NativeText)));
    table->setItem(row, 1, new QTableWidgetItem(QString(action->text()).remove(QLatin1Char('&'))));
  }
  table->resizeColumnToContents(0);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addWidget(table);
  resize(460, 560);
}

AboutBox::AboutBox(QWidget* parent) : QDialog(parent) {
  setObjectName(QStringLiteral("aboutBox"));
  setWindowTitle(tr("About Sockbench"));
  setAttribute(Qt::WA_DeleteOnClose);
  auto* picture = new QLabel(this);
  picture->setPixmap(theme::icon(QStringLiteral("sockbench")).pixmap(64, 64));
  auto* name = new QLabel(QStringLiteral("Sockbench ") + QCoreApplication::applicationVersion(), this);
  QFont large = font();
  large.setPointSizeF(large.pointSizeF() * 1.5);
  large.setWeight(QFont::DemiBold);
  name->setFont(large);
  auto* text =
      new QLabel(tr("A desktop socket workbench: resolve, serve, connect, exchange, and watch one truthful "
                    "timeline of everything that the sockets did.\n\nMIT licence. Built with Qt %1 and asio.")
                     .arg(QString::fromLatin1(qVersion())),
                 this);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(24, 24, 24, 24);
  layout->setSpacing(12);
  for (QLabel* label : {picture, name, text}) {
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(label == text);
    layout->addWidget(label);
  }
  setMinimumWidth(420);
}

}  // namespace sockbench::ui
