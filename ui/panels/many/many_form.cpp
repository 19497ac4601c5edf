#include "ui/panels/many/many_form.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QSettings>
#include <QSpinBox>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "ui/bridge/core_types.h"
#include "ui/models/format.h"
#include "ui/models/shown_text.h"
#include "ui/widgets/endpoint_form.h"
#include "ui/widgets/field_mark.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/inline_message.h"
#include "ui/widgets/named.h"

namespace sockbench::ui {
namespace {

constexpr qint64 kMostColumnsBytes = qint64{16} << 20;
constexpr int kMostMilliseconds = 3'600'000;

template <class Spin, class Number>
void setUp(Spin* spin, Number least, Number most, Number value) {
  spin->setRange(least, most);
  spin->setValue(value);
  spin->setGroupSeparatorShown(true);
  spin->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

// For a field of the form: a place in another text would mislead.
Error placeless(Error error) {
  error.where.reset();
  return error;
}

}  // namespace

ManyForm::ManyForm(QWidget* parent)
    : QWidget(parent),
      endpoint_(new EndpointForm(EndpointForm::Side::connect, QStringLiteral("many"), this)),
      firstLine_(new QHBoxLayout),
      clients_(new QSpinBox(this)),
      openRate_(new QDoubleSpinBox(this)),
      lifetime_(new QDoubleSpinBox(this)),
      sends_(new QCheckBox(tr("Send"), this)),
      form_(new QComboBox(this)),
      message_(new QLineEdit(this)),
      interval_(new QSpinBox(this)),
      messages_(new QSpinBox(this)),
      answer_(new QComboBox(this)),
      pattern_(new QLineEdit(this)),
      columnsButton_(new QToolButton(this)),
      dropColumns_(new QToolButton(this)),
      error_(new InlineMessage(this)) {
  name();
  build();
  auto* counts = new QWidget(this);
  auto* message = new QWidget(this);
  arrange(new FlowLayout(counts), new FlowLayout(message));
  firstLine_->setContentsMargins(0, 0, 0, 0);
  firstLine_->setSpacing(8);
  firstLine_->addWidget(endpoint_, 1);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(8);
  column->addLayout(firstLine_);
  for (QWidget* line : {counts, message, static_cast<QWidget*>(error_)}) column->addWidget(line);
  follow();
  refreshColumns();
}

void ManyForm::name() {
  error_->setObjectName(QStringLiteral("manyFormMessage"));
  named(clients_, "manyClientsSpin", tr("Clients"), tr("How many clients there are at once"));
  named(openRate_, "manyOpenRateSpin", tr("Opened a second"),
        tr("Clients that are opened a second. At once: up to 100 are connecting at a time"));
  named(lifetime_, "manyLifetimeSpin", tr("Each lives"),
        tr("Each client closes when it has been open for so long"));
  named(sends_, "manyMessageCheck", tr("Send a message"), tr("Off: the clients connect and only listen"));
  named(form_, "manyFormBox", tr("Form of the message"));
  named(
      message_, "manyMessageEdit", tr("Message"),
      tr("With escapes and fields: {{client}} is the client's number, and each column of a CSV is a field"));
  named(interval_, "manyIntervalSpin", tr("Every"),
        tr("From one message to the next of each client. They go at their times whether answers have come or "
           "not, and "
           "answers are timed from then"));
  named(messages_, "manyMessagesSpin", tr("Messages each"), tr("Each client closes after so many messages"));
  named(answer_, "manyAnswerBox", tr("Answered by"), tr("What answers a message, so that it can be timed"));
  named(pattern_, "manyPatternEdit", tr("Pattern of the answer"),
        tr("A regular expression over the bytes received"));
  named(columnsButton_, "manyColumnsButton", tr("Fields from a CSV"),
        tr("A CSV file: its first line names the fields, line n is client n's"));
  named(dropColumns_, "manyDropColumnsButton", tr("Without the CSV's fields"));
}

void ManyForm::build() {
  setUp(clients_, 1, static_cast<int>(SwarmSpec::kMostClients), 100);
  setUp(openRate_, 0.0, 1e6, 0.0);
  openRate_->setDecimals(1);
  openRate_->setSpecialValueText(tr("at once"));
  setUp(lifetime_, 0.0, 1e6, 0.0);
  lifetime_->setDecimals(1);
  lifetime_->setSuffix(tr(" s"));
  lifetime_->setSpecialValueText(tr("until stopped"));
  sends_->setChecked(true);
  form_->addItem(tr("Text"), static_cast<int>(MessageForm::text));
  form_->addItem(tr("Hex"), static_cast<int>(MessageForm::hex));
  message_->setText(QStringLiteral("hello from {{client}}\\n"));
  message_->setMinimumWidth(fontMetrics().averageCharWidth() * 26);
  message_->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  setUp(interval_, 0, kMostMilliseconds, 1000);
  interval_->setSuffix(tr(" ms"));
  interval_->setSpecialValueText(tr("once answered"));
  setUp(messages_, 0, 1'000'000'000, 0);
  messages_->setSpecialValueText(tr("no end"));
  answer_->addItem(tr("its echo"), static_cast<int>(AnswerCheck::How::echo));
  answer_->addItem(tr("whatever comes"), static_cast<int>(AnswerCheck::How::next));
  answer_->addItem(tr("a pattern"), static_cast<int>(AnswerCheck::How::pattern));
  answer_->addItem(tr("nothing"), static_cast<int>(AnswerCheck::How::none));
  pattern_->setPlaceholderText(QStringLiteral("OK\\r\\n"));
  pattern_->setFixedWidth(fontMetrics().averageCharWidth() * 18);
  columnsButton_->setToolButtonStyle(Qt::ToolButtonTextOnly);
  dropColumns_->setText(QStringLiteral("\u00d7"));
  connect(sends_, &QCheckBox::toggled, this, &ManyForm::follow);
  connect(answer_, &QComboBox::currentIndexChanged, this, &ManyForm::follow);
  connect(columnsButton_, &QToolButton::clicked, this, &ManyForm::askForColumns);
  connect(dropColumns_, &QToolButton::clicked, this, [this] {
    columns_ = {};
    refreshColumns();
  });
  for (QLineEdit* edit : {message_, pattern_}) {
    connect(edit, &QLineEdit::textEdited, this, &ManyForm::clearError);
    connect(edit, &QLineEdit::returnPressed, this, &ManyForm::submitted);
  }
  connect(endpoint_, &EndpointForm::edited, this, &ManyForm::clearError);
  connect(endpoint_, &EndpointForm::submitted, this, &ManyForm::submitted);
}

QWidget* ManyForm::pair(const QString& caption, QWidget* field) {
  auto* box = new QWidget(this);
  auto* row = new QHBoxLayout(box);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(6);
  auto* label = new QLabel(caption, box);
  label->setProperty("dim", true);
  label->setBuddy(field);
  row->addWidget(label);
  row->addWidget(field);
  box->setSizePolicy(field->sizePolicy().horizontalPolicy(), QSizePolicy::Fixed);
  return box;
}

void ManyForm::arrange(FlowLayout* counts, FlowLayout* message) {
  counts->addWidget(pair(tr("Clients"), clients_));
  counts->addWidget(pair(tr("Opened a second"), openRate_));
  counts->addWidget(pair(tr("Each lives"), lifetime_));
  counts->addWidget(pair(tr("Messages each"), messages_));
  auto* columns = new QWidget(this);
  auto* row = new QHBoxLayout(columns);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(2);
  row->addWidget(columnsButton_);
  row->addWidget(dropColumns_);
  message->addWidget(sends_);
  message->addWidget(form_);
  message->addWidget(message_);
  message->addWidget(pair(tr("every"), interval_));
  message->addWidget(pair(tr("Answered by"), answer_));
  message->addWidget(pattern_);
  message->addWidget(columns);
  fields_ = {clients_, openRate_, lifetime_, messages_, sends_,         form_,
             message_, interval_, answer_,   pattern_,  columnsButton_, dropColumns_};
  QWidget* last = endpoint_->lastField();
  for (QWidget* next : fields_) {
    setTabOrder(last, next);
    last = next;
  }
}

void ManyForm::follow() {
  for (QWidget* field :
       std::initializer_list<QWidget*>{form_, message_, interval_, messages_, answer_, pattern_})
    field->setEnabled(sends_->isChecked() && sends_->isEnabled());
  pattern_->setVisible(answer_->currentData().toInt() == static_cast<int>(AnswerCheck::How::pattern));
  clearError();
}

void ManyForm::addButton(QWidget* button) {
  firstLine_->addWidget(button, 0, Qt::AlignTop);
}

void ManyForm::setLocked(bool locked) {
  endpoint_->setLocked(locked, tr("The clients run"));
  for (QWidget* field : fields_) setEnabledOr(field, !locked, tr("The clients run"));
  if (!locked) follow();
}

bool ManyForm::readMessage(SwarmSpec& spec) {
  if (!sends_->isChecked()) return true;
  MessageSpec message;
  message.form = static_cast<MessageForm>(form_->currentData().toInt());
  message.body = message_->text().toStdString();
  spec.message = message;
  const auto good = Message::read(message);
  if (good) return true;
  error_->showError(good.error());
  markWrong(message_);
  message_->setFocus();
  selectWrongPart(message_, good.error());
  return false;
}

bool ManyForm::readAnswer(SwarmSpec& spec) {
  spec.answer.how = static_cast<AnswerCheck::How>(answer_->currentData().toInt());
  if (!spec.message || spec.answer.how != AnswerCheck::How::pattern) return true;
  auto pattern = BytePattern::fromRegex(pattern_->text().toStdString());
  if (pattern && !pattern_->text().isEmpty()) {
    spec.answer.pattern = std::move(*pattern);
    return true;
  }
  error_->showError(pattern ? Error::fromInput(InputFault::badSyntax, {}, std::nullopt,
                                               tr("the pattern of the answer is missing").toStdString())
                            : pattern.error());
  markWrong(pattern_);
  pattern_->setFocus();
  return false;
}

std::optional<SwarmSpec> ManyForm::read() {
  clearError();
  SwarmSpec spec;
  const auto endpoint = endpoint_->read();
  if (!endpoint) {
    error_->showError(endpoint.error());
    return std::nullopt;
  }
  spec.connect.endpoint = *endpoint;
  spec.clients = static_cast<std::size_t>(clients_->value());
  spec.opensPerSecond = openRate_->value();
  if (lifetime_->value() > 0)
    spec.lifetime = std::chrono::milliseconds(std::llround(lifetime_->value() * 1000));
  spec.messages = sends_->isChecked() ? static_cast<std::uint64_t>(messages_->value()) : 0;
  spec.interval = std::chrono::milliseconds(interval_->value());
  spec.columns = columns_;
  if (!readMessage(spec) || !readAnswer(spec)) return std::nullopt;
  return spec;
}

void ManyForm::showError(const Error& error) {
  error_->showError(error);
  if (error.domain == ErrorDomain::input) markWrong(message_);
}

void ManyForm::clearError() {
  error_->clear();
  for (QLineEdit* edit : {message_, pattern_}) clearWrong(edit);
}

void ManyForm::askForColumns() {
  const QString path =
      QFileDialog::getOpenFileName(this, tr("Fields from a CSV"), {}, tr("CSV (*.csv);;All files (*)"));
  if (!path.isEmpty()) loadColumns(path);
}

void ManyForm::loadColumns(const QString& path) {
  clearError();
  QFile file(path);
  if (!file.open(QIODevice::ReadOnly)) {
    error_->showWarning(tr("%1: %2").arg(shownText(path.toStdString()), file.errorString()));
    return;
  }
  if (file.size() > kMostColumnsBytes) {
    error_->showWarning(
        tr("%1 is longer than %2.").arg(shownText(path.toStdString()), formatBytes(kMostColumnsBytes)));
    return;
  }
  auto columns = ClientColumns::fromCsv(file.readAll().toStdString());
  if (!columns) {
    error_->showError(placeless(columns.error()));
    return;
  }
  columns_ = std::move(*columns);
  columnsName_ = QFileInfo(path).fileName();
  refreshColumns();
}

void ManyForm::refreshColumns() {
  dropColumns_->setVisible(!columns_.isEmpty());
  const QString name = shownText(columnsName_.toStdString());
  columnsButton_->setText(
      columns_.isEmpty()
          ? tr("Fields from a CSV\u2026")
          : tr("%1: %n field(s)", nullptr, static_cast<int>(columns_.names.size())).arg(name.left(24)));
}

void ManyForm::saveState(QSettings& settings) const {
  settings.setValue(QStringLiteral("transport"), static_cast<int>(endpoint_->transport()));
  settings.setValue(QStringLiteral("host"), endpoint_->host());
  settings.setValue(QStringLiteral("port"), endpoint_->port());
  settings.setValue(QStringLiteral("clients"), clients_->value());
  settings.setValue(QStringLiteral("openRate"), openRate_->value());
  settings.setValue(QStringLiteral("lifetime"), lifetime_->value());
  settings.setValue(QStringLiteral("sends"), sends_->isChecked());
  settings.setValue(QStringLiteral("form"), form_->currentIndex());
  settings.setValue(QStringLiteral("message"), message_->text());
  settings.setValue(QStringLiteral("interval"), interval_->value());
  settings.setValue(QStringLiteral("messages"), messages_->value());
  settings.setValue(QStringLiteral("answer"), answer_->currentIndex());
  settings.setValue(QStringLiteral("pattern"), pattern_->text());
}

void ManyForm::restoreState(QSettings& settings) {
  const auto number = [&](const char* key, int usual) {
    return settings.value(QLatin1String(key), usual).toInt();
  };
  const int transport = number("transport", static_cast<int>(endpoint_->transport()));
  if (transport >= 0 && transport <= static_cast<int>(Transport::unixSeqpacket))
    endpoint_->setTransport(static_cast<Transport>(transport));
  endpoint_->setHost(settings.value(QStringLiteral("host"), endpoint_->host()).toString());
  endpoint_->setPort(settings.value(QStringLiteral("port"), endpoint_->port()).toString());
  clients_->setValue(number("clients", clients_->value()));
  openRate_->setValue(settings.value(QStringLiteral("openRate"), openRate_->value()).toDouble());
  lifetime_->setValue(settings.value(QStringLiteral("lifetime"), lifetime_->value()).toDouble());
  sends_->setChecked(settings.value(QStringLiteral("sends"), true).toBool());
  form_->setCurrentIndex(std::clamp(number("form", 0), 0, form_->count() - 1));
  message_->setText(settings.value(QStringLiteral("message"), message_->text()).toString());
  interval_->setValue(number("interval", interval_->value()));
  messages_->setValue(number("messages", messages_->value()));
  answer_->setCurrentIndex(std::clamp(number("answer", 0), 0, answer_->count() - 1));
  pattern_->setText(settings.value(QStringLiteral("pattern")).toString());
}

}  // namespace sockbench::ui
