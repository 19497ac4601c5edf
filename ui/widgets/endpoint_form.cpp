#include "ui/widgets/endpoint_form.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QFileInfo>
#include <QLineEdit>
#include <QRegularExpression>
#include <QSignalBlocker>
#include <algorithm>
#include <array>
#include <cerrno>

#include "core/payload/visible_text.h"
#include "ui/bridge/core_types.h"
#include "ui/widgets/address_box.h"
#include "ui/widgets/field_mark.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/help_page.h"

namespace sockbench::ui {

namespace {

constexpr std::array kTransports{Transport::tcp, Transport::udp, Transport::unixStream,
                                 Transport::unixDatagram, Transport::unixSeqpacket};

// A list that is as wide as what it shows, not as its widest item: a form has better use for the room.
class SnugBox : public QComboBox {
 public:
  explicit SnugBox(QWidget* parent) : QComboBox(parent) {
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    connect(this, &QComboBox::currentTextChanged, this, [this] { updateGeometry(); });
  }
  QSize sizeHint() const override {
    int widest = 0;
    for (int row = 0; row < count(); ++row)
      widest = std::max(widest, fontMetrics().horizontalAdvance(itemText(row)));
    const QSize whole = QComboBox::sizeHint();
    return {whole.width() - widest + fontMetrics().horizontalAdvance(currentText()), whole.height()};
  }
  QSize minimumSizeHint() const override { return sizeHint(); }
  void showPopup() override {
    view()->setMinimumWidth(QComboBox::sizeHint().width());
    QComboBox::showPopup();
  }
};

// The text of a whole endpoint in `typed`, or nothing when it is a host or a path alone. "host:80" counts as
// whole for the transports that have ports.
QString wholeEndpoint(const QString& typed, Transport transport) {
  const QString text = typed.trimmed();
  if (text.contains(QLatin1String("://"))) return text;
  for (const Transport each : kTransports) {
    if (isUnixTransport(each) && text.startsWith(toQString(transportName(each)) + QLatin1Char(':')))
      return text;
  }
  static const QRegularExpression hostAndPort(
      QStringLiteral("^(\\[[^\\]]*\\]|[^:\\[\\]/@]+):[A-Za-z0-9-]+$"));
  if (isUnixTransport(transport) || !hostAndPort.match(text).hasMatch()) return {};
  return toQString(transportName(transport)) + QLatin1String("://") + text;
}

}  // namespace

QString transportText(Transport transport) {
  switch (transport) {
    case Transport::tcp:
      return EndpointForm::tr("TCP");
    case Transport::udp:
      return EndpointForm::tr("UDP");
    case Transport::unixStream:
      return EndpointForm::tr("UNIX stream");
    case Transport::unixDatagram:
      return EndpointForm::tr("UNIX datagram");
    case Transport::unixSeqpacket:
      return EndpointForm::tr("UNIX seqpacket");
  }
  return {};
}

EndpointForm::Field fieldOfError(const Error& error, Transport transport) {
  if (isUnixTransport(transport)) return EndpointForm::Field::host;
  if (error.isInput(InputFault::badPort)) return EndpointForm::Field::port;
  const bool aboutPort = error.isErrno(EADDRINUSE) || error.isErrno(ECONNREFUSED) ||
                         (error.op == Operation::bind && (error.isErrno(EACCES) || error.isErrno(EPERM)));
  return aboutPort ? EndpointForm::Field::port : EndpointForm::Field::host;
}

QString shortEndpointText(Transport transport, const QString& hostOrPath, const QString& port,
                          bool withHost) {
  const QString name = toQString(transportName(transport));
  const QString place = toQString(visibleText(toUtf8(hostOrPath)));
  if (isUnixTransport(transport)) return QFileInfo(place).fileName() + QLatin1Char(' ') + name;
  return (withHost ? place : QString()) + QLatin1Char(':') + port + QLatin1Char(' ') + name;
}

EndpointForm::EndpointForm(Side side, const QString& prefix, QWidget* parent)
    : QWidget(parent), side_(side), flow_(new FlowLayout(this)), transport_(new SnugBox(this)) {
  transport_->setObjectName(prefix + QLatin1String("TransportBox"));
  transport_->setAccessibleName(tr("Transport"));
  transport_->setToolTip(tr("Transport"));
  for (const Transport each : kTransports) transport_->addItem(transportText(each), static_cast<int>(each));
  port_ = new QLineEdit(this);
  port_->setObjectName(prefix + QLatin1String("PortEdit"));
  port_->setAccessibleName(tr("Port"));
  port_->setToolTip(side == Side::listen
                        ? tr("Port: a number or a service's name; 0 or nothing for any free port")
                        : tr("Port: a number or a service's name"));
  port_->setPlaceholderText(side == Side::listen ? tr("any port") : tr("port"));
  port_->setFixedWidth(port_->fontMetrics().averageCharWidth() * 14);
  port_->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
  flow_->addWidget(transport_);
  flow_->addWidget(makeHostField(prefix));
  flow_->addWidget(port_);
  setHelpPage(transport_, QStringLiteral("tcp-udp"));
  setHelpPage(addresses_ ? static_cast<QWidget*>(addresses_) : host_, QStringLiteral("addresses"));
  setHelpPage(port_, QStringLiteral("ports"));
  applyKind(false);

  connect(transport_, &QComboBox::currentIndexChanged, this, &EndpointForm::onTransportPicked);
  connect(host_, &QLineEdit::textEdited, this, &EndpointForm::onHostEdited);
  connect(host_, &QLineEdit::editingFinished, this, &EndpointForm::spreadWholeEndpoint);
  connect(port_, &QLineEdit::textEdited, this, [this] {
    clearWrong(port_);
    emit edited();
  });
  for (QLineEdit* edit : {host_, port_})
    connect(edit, &QLineEdit::returnPressed, this, &EndpointForm::submitted);
}

QWidget* EndpointForm::makeHostField(const QString& prefix) {
  QWidget* field = nullptr;
  if (side_ == Side::listen) {
    auto* box = new AddressBox(this);
    addresses_ = box;
    host_ = box->lineEdit();
    box->setObjectName(prefix + QLatin1String("AddressBox"));
    host_->setObjectName(prefix + QLatin1String("AddressEdit"));
    connect(box, &QComboBox::activated, this, [this] { onHostEdited(host_->text()); });
    connect(box, &QComboBox::editTextChanged, this, [this] { emit edited(); });
    field = box;
  } else {
    host_ = new QLineEdit(this);
    host_->setObjectName(prefix + QLatin1String("HostEdit"));
    field = host_;
  }
  field->setMinimumWidth(fontMetrics().averageCharWidth() * 26);
  field->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  field->setMaximumWidth(fontMetrics().averageCharWidth() * 56);
  return field;
}

void EndpointForm::addField(QWidget* field) {
  flow_->addWidget(field);
}

Transport EndpointForm::transport() const {
  return static_cast<Transport>(transport_->currentData().toInt());
}
QString EndpointForm::host() const {
  return host_->text();
}
QString EndpointForm::port() const {
  return port_->text().trimmed();
}

void EndpointForm::setTransport(Transport transport) {
  transport_->setCurrentIndex(transport_->findData(static_cast<int>(transport)));
}

void EndpointForm::setHost(const QString& hostOrPath) {
  if (addresses_) {
    addresses_->setEditText(hostOrPath);
  } else {
    host_->setText(hostOrPath);
  }
  host_->setCursorPosition(0);
  lastLength_ = hostOrPath.size();
}

void EndpointForm::setPort(const QString& port) {
  port_->setText(port);
}

void EndpointForm::setEndpoint(const Endpoint& endpoint) {
  setTransport(endpoint.transport);
  if (isUnixTransport(endpoint.transport)) {
    QString path = toQString(endpoint.path);
    if (path.startsWith(QChar(0))) path.replace(0, 1, QLatin1Char('@'));
    setHost(path);
  } else {
    setHost(toQString(endpoint.host));
    setPort(toQString(endpoint.service));
  }
  clearMarks();
}

Result<Endpoint> EndpointForm::endpoint() const {
  const QString whole = wholeEndpoint(host(), transport());
  if (!whole.isEmpty()) return Endpoint::parse(toUtf8(whole));
  const QString service = port().isEmpty() && side_ == Side::listen ? QStringLiteral("0") : port();
  return Endpoint::fromParts(transport(), toUtf8(host().trimmed()), toUtf8(service));
}

Result<Endpoint> EndpointForm::read() {
  clearMarks();
  spreadWholeEndpoint();
  Result<Endpoint> result = endpoint();
  if (!result) showError(result.error(), true);
  return result;
}

void EndpointForm::showError(const Error& error, bool takeCursor) {
  // What is wrong in a whole endpoint is wrong where it was typed.
  const bool inWhole = error.domain == ErrorDomain::input && !wholeEndpoint(host(), transport()).isEmpty();
  const Field field = inWhole ? Field::host : fieldOfError(error, transport());
  QLineEdit* edit = field == Field::port ? port_ : host_;
  mark(field);
  if (!takeCursor || !edit->isVisible()) return;
  edit->setFocus();
  selectWrongPart(edit, error);
}

QWidget* EndpointForm::fieldWidget(Field field) const {
  switch (field) {
    case Field::transport:
      return transport_;
    case Field::port:
      return port_;
    case Field::host:
      break;
  }
  return addresses_ ? static_cast<QWidget*>(addresses_) : host_;
}

void EndpointForm::mark(Field field) {
  markWrong(fieldWidget(field));
}

void EndpointForm::clearMarks() {
  for (const Field field : {Field::transport, Field::host, Field::port}) clearWrong(fieldWidget(field));
}

void EndpointForm::setLocked(bool locked, const QString& reason) {
  for (const Field field : {Field::transport, Field::host, Field::port}) {
    setEnabledOr(fieldWidget(field), !locked, reason);
  }
}

QWidget* EndpointForm::lastField() const {
  return port_;
}

void EndpointForm::focusHost() {
  host_->setFocus();
  host_->selectAll();
}

void EndpointForm::onTransportPicked() {
  const bool nowUnix = isUnixTransport(transport());
  if (nowUnix != isUnix_) applyKind(nowUnix);
  clearMarks();
  emit transportChanged(transport());
  emit edited();
}

// Pasting is told from typing by its length: a whole endpoint is not spread while a person is still typing
// it.
void EndpointForm::onHostEdited(const QString& text) {
  const bool pasted = text.size() > lastLength_ + 1;
  lastLength_ = text.size();
  clearWrong(fieldWidget(Field::host));
  if (pasted) spreadWholeEndpoint();
  emit edited();
}

bool EndpointForm::spreadWholeEndpoint() {
  const QString whole = wholeEndpoint(host(), transport());
  if (whole.isEmpty()) return false;
  const Result<Endpoint> parsed = Endpoint::parse(toUtf8(whole));
  if (parsed) setEndpoint(*parsed);
  return parsed.has_value();
}

void EndpointForm::applyKind(bool isUnix) {
  if (isUnix != isUnix_) {
    const QString shown = host();
    setHost(otherText_);
    otherText_ = shown;
  }
  isUnix_ = isUnix;
  port_->setVisible(!isUnix);
  if (addresses_) static_cast<AddressBox*>(addresses_)->setOffering(!isUnix);
  const QString meaning = isUnix                  ? tr("Path; a leading @ for the abstract namespace")
                          : side_ == Side::listen ? tr("Address of this machine to listen on")
                                                  : tr("Host name or address, or a whole endpoint");
  host_->setPlaceholderText(isUnix                  ? tr("/run/demo.sock or @name")
                            : side_ == Side::listen ? tr("127.0.0.1")
                                                    : tr("host, or tcp://host:port"));
  QWidget* field = fieldWidget(Field::host);
  field->setToolTip(meaning);
  field->setAccessibleName(isUnix ? tr("Path") : side_ == Side::listen ? tr("Address") : tr("Host"));
}

}  // namespace sockbench::ui
