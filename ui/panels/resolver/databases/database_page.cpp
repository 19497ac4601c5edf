#include "ui/panels/resolver/databases/database_page.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QSettings>
#include <QSortFilterProxyModel>
#include <QStyle>
#include <QTableView>
#include <QVBoxLayout>
#include <utility>

#include "core/net/port_range.h"
#include "ui/bridge/core_types.h"
#include "ui/bridge/in_background.h"
#include "ui/panels/resolver/lookup/lookup_rows.h"
#include "ui/widgets/table_style.h"

namespace sockbench::ui {
namespace {

// What was typed, against a row: the lower, the better it fits.
enum class Fit { number, name, beginning, part, none };

// Rows that have the text in any column, of the chosen protocol: those whose number or name it is come first,
// else the order is the table's.
class Search final : public QSortFilterProxyModel {
 public:
  // `names`: the columns of names, one of which holds several, with commas.
  Search(int numberColumn, int protocolColumn, QList<int> names, QObject* parent)
      : QSortFilterProxyModel(parent),
        number_(numberColumn),
        protocolColumn_(protocolColumn),
        names_(std::move(names)) {
    sort(0);
  }
  void look(const QString& text, const QString& protocol) {
    text_ = text;
    protocol_ = protocol;
    invalidate();
  }

 protected:
  bool filterAcceptsRow(int row, const QModelIndex&) const override {
    const TextRow& candidate = *static_cast<const GroupedRowsModel*>(sourceModel())->row(row);
    if (!protocol_.isEmpty() && candidate.cells.value(protocolColumn_) != protocol_) return false;
    return text_.isEmpty() || fit(candidate) != Fit::none;
  }
  bool lessThan(const QModelIndex& left, const QModelIndex& right) const override {
    const Fit a = fitOf(left.row());
    const Fit b = fitOf(right.row());
    return a != b ? a < b : left.row() < right.row();
  }

 private:
  Fit fitOf(int row) const {
    return text_.isEmpty() ? Fit::part : fit(*static_cast<const GroupedRowsModel*>(sourceModel())->row(row));
  }
  Fit fit(const TextRow& row) const {
    if (row.cells.value(number_) == text_) return Fit::number;
    Fit best = Fit::none;
    for (const int column : names_) {
      for (const QString& name : row.cells.value(column).split(QStringLiteral(", "))) {
        if (name.compare(text_, Qt::CaseInsensitive) == 0) return Fit::name;
        if (name.startsWith(text_, Qt::CaseInsensitive)) best = Fit::beginning;
      }
    }
    if (best != Fit::none) return best;
    const bool within = row.cells.join(QLatin1Char('\n')).contains(text_, Qt::CaseInsensitive);
    return within ? Fit::part : Fit::none;
  }

  int number_;
  int protocolColumn_;
  QList<int> names_;
  QString text_;
  QString protocol_;
};

}  // namespace

DatabasePage::DatabasePage(Source source, QWidget* parent)
    : Panel(parent),
      source_(std::move(source)),
      model_(new GroupedRowsModel(source_.columns, source_.numbers, this)),
      shown_(new Search(source_.numbers.value(0), source_.protocolColumn, source_.names, this)),
      edit_(new QLineEdit(this)),
      protocolBox_(new QComboBox(this)),
      answer_(new QLabel(this)),
      table_(new QTableView(this)) {
  shown_->setSourceModel(model_);
  table_->setModel(shown_);
  styleTable(table_, source_.name + QStringLiteral("Table"), source_.title);
  table_->horizontalHeader()->setStretchLastSection(true);
  setColumnWidths(table_, source_.widths);
  edit_->setObjectName(source_.name + QStringLiteral("NameEdit"));
  edit_->setAccessibleName(source_.title);
  edit_->setPlaceholderText(source_.placeholder);
  edit_->setClearButtonEnabled(true);
  protocolBox_->setObjectName(source_.name + QStringLiteral("ProtocolBox"));
  protocolBox_->setAccessibleName(tr("Protocol"));
  protocolBox_->addItem(tr("any protocol"));
  for (const QString& name : source_.protocols) protocolBox_->addItem(name, name);
  protocolBox_->setVisible(!source_.protocols.isEmpty());
  answer_->setObjectName(source_.name + QStringLiteral("AnswerLabel"));
  answer_->setTextFormat(Qt::PlainText);
  answer_->setWordWrap(true);
  answer_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  answer_->hide();
  arrange();
  connect(edit_, &QLineEdit::textChanged, this, &DatabasePage::ask);
  connect(protocolBox_, &QComboBox::currentIndexChanged, this, &DatabasePage::ask);
}

void DatabasePage::arrange() {
  auto* bar = new QHBoxLayout;
  bar->setSpacing(6);
  bar->addWidget(edit_, 1);
  bar->addWidget(protocolBox_);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(14, 12, 14, 12);
  column->setSpacing(6);
  column->addLayout(bar);
  column->addWidget(answer_);
  column->addWidget(table_, 1);
}

void DatabasePage::showEvent(QShowEvent* event) {
  Panel::showEvent(event);
  if (!read_) act();
}

void DatabasePage::act() {
  read_ = true;
  inBackground(this, source_.all, [this](const QList<TextRow>& rows) { model_->setGroup(0, rows); });
}

void DatabasePage::focusFirst() {
  edit_->setFocus();
  edit_->selectAll();
}

void DatabasePage::saveState(QSettings& settings) const {
  settings.setValue(QStringLiteral("text"), edit_->text());
  settings.setValue(QStringLiteral("protocol"), protocol());
  settings.setValue(QStringLiteral("columns"), table_->horizontalHeader()->saveState());
}

void DatabasePage::restoreState(QSettings& settings) {
  edit_->setText(settings.value(QStringLiteral("text")).toString());
  const int index = protocolBox_->findData(settings.value(QStringLiteral("protocol")));
  if (index >= 0) protocolBox_->setCurrentIndex(index);
  table_->horizontalHeader()->restoreState(settings.value(QStringLiteral("columns")).toByteArray());
}

QString DatabasePage::protocol() const {
  return protocolBox_->currentData().toString();
}

void DatabasePage::ask() {
  const QString text = edit_->text().trimmed();
  static_cast<Search*>(shown_)->look(text, protocol());
  if (text.isEmpty()) {
    answer_->hide();
    return;
  }
  inBackground(
      this, [find = source_.find, text, protocol = protocol()] { return find(text, protocol); },
      [this, text](const Result<TextRow>& answer) { showAnswer(text, answer); });
}

void DatabasePage::showAnswer(const QString& asked, const Result<TextRow>& answer) {
  if (asked != edit_->text().trimmed()) return;  // typed on meanwhile
  QStringList parts{answer ? source_.words(*answer) : errorLine(answer.error())};
  if (const QString note = source_.note(answer ? answer->cells.value(source_.numbers.value(0)) : asked);
      !note.isEmpty())
    parts += note;
  answer_->setText(parts.join(QStringLiteral(" · ")));
  answer_->setProperty("dim", !answer);  // half a name is no fault
  style()->unpolish(answer_);
  style()->polish(answer_);
  answer_->show();
}

namespace {

// "registered (1024-49151)"; "" for what is no number.
QString portNote(const QString& text) {
  bool isNumber = false;
  const qulonglong number = text.toULongLong(&isNumber);
  if (!isNumber) return {};
  if (number > 65535) return DatabasePage::tr("ports end at 65535");
  return portRangeText(portRangeOf(static_cast<std::uint16_t>(number)));
}

QString protocolNote(const QString& text) {
  bool isNumber = false;
  const qulonglong number = text.toULongLong(&isNumber);
  if (!isNumber || number <= 255) return {};
  return DatabasePage::tr("protocol numbers end at 255");
}

}  // namespace

DatabasePage* makeServicePage(QWidget* parent) {
  DatabasePage::Source source;
  source.name = QStringLiteral("resolverService");
  source.title = DatabasePage::tr("Services");
  source.placeholder = DatabasePage::tr("service name or port");
  source.columns = serviceTitles();
  source.numbers = {1};
  source.names = {0, 4};
  source.widths = {20, 8, 10, 26};
  source.note = portNote;
  source.protocols = {QStringLiteral("tcp"), QStringLiteral("udp"), QStringLiteral("sctp")};
  source.protocolColumn = 2;
  source.all = [] {
    QList<TextRow> rows;
    for (const ServiceEntry& entry : allServices()) rows += serviceRow(entry);
    return rows;
  };
  source.find = [](const QString& text, const QString& protocol) -> Result<TextRow> {
    bool number = false;
    const ushort port = text.toUShort(&number);
    const Result<ServiceEntry> entry =
        number ? serviceByPort(port, toUtf8(protocol)) : serviceByName(toUtf8(text), toUtf8(protocol));
    if (!entry) return std::unexpected(entry.error());
    return serviceRow(*entry);
  };
  source.words = [](const TextRow& row) {
    return DatabasePage::tr("%1 is port %2 of %3").arg(row.cells[0], row.cells[1], row.cells[2]);
  };
  return new DatabasePage(std::move(source), parent);
}

DatabasePage* makeProtocolPage(QWidget* parent) {
  DatabasePage::Source source;
  source.name = QStringLiteral("resolverProtocol");
  source.title = DatabasePage::tr("Protocols");
  source.placeholder = DatabasePage::tr("protocol name or number");
  source.columns = protocolTitles();
  source.numbers = {1};
  source.names = {0, 2};
  source.widths = {20, 8};
  source.note = protocolNote;
  source.all = [] {
    QList<TextRow> rows;
    for (const ProtocolEntry& entry : allProtocols()) rows += protocolRow(entry);
    return rows;
  };
  source.find = [](const QString& text, const QString&) -> Result<TextRow> {
    bool isNumber = false;
    const int number = text.toInt(&isNumber);
    const Result<ProtocolEntry> entry = isNumber ? protocolByNumber(number) : protocolByName(toUtf8(text));
    if (!entry) return std::unexpected(entry.error());
    return protocolRow(*entry);
  };
  source.words = [](const TextRow& row) {
    return DatabasePage::tr("%1 is protocol number %2").arg(row.cells[0], row.cells[1]);
  };
  return new DatabasePage(std::move(source), parent);
}

}  // namespace sockbench::ui
