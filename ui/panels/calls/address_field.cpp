#include "ui/panels/calls/address_field.h"

#include <QHBoxLayout>
#include <QLineEdit>

#include "core/calls/call_names.h"
#include "core/calls/script/call_script.h"
#include "ui/bridge/core_types.h"
#include "ui/models/format.h"
#include "ui/widgets/theme.h"

namespace sockbench::ui {
namespace {

int familyOf(std::string_view name) {
  return static_cast<int>(numberOf(name).value_or(0));
}

constexpr int kLeastCharacters = 9;  // a port, with its frame
const QString kComma = QStringLiteral(", ");

// A literal's own value; a tuple of the notation is one of literals.
std::optional<CallTuple> literalTuple(const QString& expression) {
  const Result<CallExpression> parsed = parseCallExpression(toUtf8(expression));
  if (!parsed || parsed->kind != CallExpression::Kind::tuple) return std::nullopt;
  CallTuple tuple;
  for (const CallExpression& item : parsed->items) {
    if (item.kind != CallExpression::Kind::value) return std::nullopt;
    tuple.items.push_back(item.value);
  }
  return tuple;
}

}  // namespace

AddressField::AddressField(const CallParameter& parameter, QWidget* parent)
    : ModedField(parameter, parent),
      host_(makeEdit("HostEdit", tr("Host of the address"), tr("host or address"))),
      port_(makeEdit("PortEdit", tr("Port of the address"), tr("port"))),
      flow_(makeEdit("FlowEdit", tr("Flow label of the address"), tr("flow"))),
      scope_(makeEdit("ScopeEdit", tr("Scope of the address: an interface's number"), tr("scope"))),
      path_(makeEdit("PathEdit", tr("Path of the address"), tr("path of the socket file"))) {
  auto* page = new QWidget(this);
  auto* row = new QHBoxLayout(page);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(4);
  row->addWidget(host_, 4);
  row->addWidget(port_, 2);
  row->addWidget(flow_, 1);
  row->addWidget(scope_, 2);
  addMode(tr("Host, port"), tr("An internet address"), page);
  addMode(tr("Path"), tr("A UNIX socket's path"), path_);
  finish();
  host_->setText(QStringLiteral("127.0.0.1"));
  flow_->hide();
  scope_->hide();
}

QLineEdit* AddressField::makeEdit(const char* kind, const QString& title, const QString& placeholder) {
  auto* edit = new QLineEdit(this);
  edit->setObjectName(nameFor(kind));
  edit->setAccessibleName(title);
  edit->setToolTip(plainToolTip(title));
  edit->setPlaceholderText(placeholder);
  edit->setFont(theme::fixedFont());
  edit->setMinimumWidth(edit->fontMetrics().averageCharWidth() * kLeastCharacters);
  connect(edit, &QLineEdit::textEdited, this, &AddressField::edited);
  return edit;
}

// Only a field in which nobody has written yet follows the socket's family.
void AddressField::setContext(const CallFieldContext& context) {
  ModedField::setContext(context);
  const int before = std::exchange(family_, context.family);
  const int six = familyOf("AF_INET6");
  showParts();
  if (family_ == before || family_ == 0) return;
  const QSignalBlocker quiet(this);
  if (family_ == familyOf("AF_UNIX")) {
    if (mode() == kHostPort) setMode(kPath);
  } else if (family_ == familyOf("AF_INET") || family_ == six) {
    const QString other = family_ == six ? QStringLiteral("127.0.0.1") : QStringLiteral("::1");
    if (host_->text() == other)
      host_->setText(family_ == six ? QStringLiteral("::1") : QStringLiteral("127.0.0.1"));
    if (mode() == kPath) setMode(kHostPort);
  } else if (mode() != kNotation) {
    setMode(kNotation);
  }
}

// The flow label is rare: it has a place only where one is given.
void AddressField::showParts() {
  const bool six = family_ == familyOf("AF_INET6");
  const QString flow = flow_->text().trimmed();
  flow_->setVisible(six && !flow.isEmpty() && flow != QStringLiteral("0"));
  scope_->setVisible(six);
}

QString AddressField::hostPort() const {
  const QString port = port_->text().trimmed();
  QStringList parts{textLiteral(host_->text()), port.isEmpty() ? QStringLiteral("0") : port};
  const QString flow = flow_->text().trimmed();
  const QString scope = scope_->text().trimmed();
  if (family_ == familyOf("AF_INET6") && !(flow.isEmpty() && scope.isEmpty())) {
    parts += flow.isEmpty() ? QStringLiteral("0") : flow;
    parts += scope.isEmpty() ? QStringLiteral("0") : scope;
  }
  return QLatin1Char('(') + parts.join(kComma) + QLatin1Char(')');
}

QString AddressField::written(int mode) const {
  return mode == kPath ? textLiteral(path_->text()) : hostPort();
}

bool AddressField::writeHostPort(const CallTuple& tuple) {
  const std::size_t count = tuple.items.size();
  if (count < 2 || count > 4 || (count > 2 && family_ != familyOf("AF_INET6"))) return false;
  const auto* host = tuple.items[0].as<std::string>();
  if (host == nullptr) return false;
  QStringList numbers;
  for (std::size_t i = 1; i < count; ++i) {
    const auto* number = tuple.items[i].as<std::int64_t>();
    if (number == nullptr) return false;
    numbers += QString::number(*number);
  }
  host_->setText(toQString(*host));
  port_->setText(numbers[0]);
  flow_->setText(numbers.value(1));
  scope_->setText(numbers.value(2));
  showParts();
  return true;
}

std::optional<int> AddressField::write(const QString& expression) {
  if (const std::optional<CallTuple> tuple = literalTuple(expression); tuple && writeHostPort(*tuple))
    return kHostPort;
  const std::optional<QString> path = literalText(expression);
  if (!path) return std::nullopt;
  path_->setText(*path);
  return kPath;
}

void AddressField::modeChosen(int, int) {}

QList<QWidget*> AddressField::controls(int mode) const {
  return mode == kPath ? QList<QWidget*>{path_} : QList<QWidget*>{host_, port_};
}

bool AddressField::isOffered(const CallVariable& variable) const {
  return variable.value.as<CallTuple>() || variable.value.as<std::string>() || variable.value.as<Bytes>();
}

}  // namespace sockbench::ui
