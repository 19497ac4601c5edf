#include "ui/widgets/manners_tool.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScopedValueRollback>
#include <QSpinBox>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/bridge/core_types.h"
#include "ui/models/format.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/help_page.h"
#include "ui/widgets/inline_message.h"

namespace sockbench::ui {
namespace {

constexpr int kMostPiece = 1 << 20;
constexpr int kMostGapMs = 60'000;
constexpr int kMostGarbage = 1 << 20;
constexpr int kMostBuffer = 64 << 20;
constexpr int kUrgentCharacters = 4;

OptionSetting bufferSetting(const char* name, int bytes) {
  return OptionSetting::parse(std::string(name) + "=" + std::to_string(bytes)).value();
}

int milliseconds(std::chrono::nanoseconds time) {
  return static_cast<int>(std::chrono::ceil<std::chrono::milliseconds>(time).count());
}

}  // namespace

MannersTool::MannersTool(const QString& prefix, EngineBridge* bridge,
                         std::function<QList<SessionId>()> targets, QWidget* parent)
    : QWidget(parent),
      prefix_(prefix),
      bridge_(bridge),
      targets_(std::move(targets)),
      body_(new QWidget(this)),
      target_(new QLabel(this)),
      message_(new InlineMessage(this)) {
  setObjectName(prefix + QStringLiteral("MannersTool"));
  setAccessibleName(tr("Misbehave"));
  setHelpPage(this, QStringLiteral("files#misbehave"));
  message_->setObjectName(prefix + QStringLiteral("MannersMessage"));
  target_->setObjectName(prefix + QStringLiteral("MannersTarget"));
  target_->setTextFormat(Qt::PlainText);
  target_->hide();
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 4, 0, 0);
  auto* lines = new QVBoxLayout(body_);
  lines->setContentsMargins(0, 0, 0, 0);
  column->addWidget(target_);
  column->addWidget(message_);
  column->addWidget(body_);
  column->addStretch(1);
  buildManners();
  buildBuffers();
  buildUrgent();
  connect(bridge_, &EngineBridge::optionsRead, this, &MannersTool::showBuffers);
  connect(bridge_, &EngineBridge::optionRefused, this, [this](SessionId id, const Error& error) {
    if (id == asked_) message_->showError(error);
  });
}

FlowLayout* MannersTool::line() {
  auto* widget = new QWidget(body_);
  auto* flow = new FlowLayout(widget);
  body_->layout()->addWidget(widget);
  return flow;
}

QCheckBox* MannersTool::check(const char* name, const QString& text, const QString& toolTip) {
  auto* box = new QCheckBox(text, this);
  box->setObjectName(prefix_ + QLatin1String(name));
  box->setAccessibleName(text);
  box->setToolTip(plainToolTip(toolTip));
  return box;
}

QSpinBox* MannersTool::spin(const char* name, const QString& text, int most, const QString& suffix,
                            const QString& toolTip) {
  auto* box = new QSpinBox(this);
  box->setObjectName(prefix_ + QLatin1String(name));
  box->setAccessibleName(text);
  box->setToolTip(plainToolTip(toolTip));
  box->setRange(0, most);
  box->setSuffix(suffix);
  box->setKeyboardTracking(false);
  return box;
}

void MannersTool::buildManners() {
  reading_ = check("ReadingCheck", tr("Read what comes"),
                   tr("Off: nothing is received. What the peer sends fills the kernel's buffers, then the "
                      "peer's window closes. A reset is still seen."));
  reading_->setChecked(true);
  pieceBytes_ = spin("PieceBytesSpin", tr("Bytes a write"), kMostPiece, tr(" B"),
                     tr("At most so many bytes a send(2). The kernel may still put them together: "
                        "TCP_NODELAY=1 keeps them apart. Records and datagrams stay whole."));
  pieceBytes_->setSpecialValueText(tr("any size"));
  pieceGap_ = spin("PieceGapSpin", tr("Gap between writes"), kMostGapMs, tr(" ms"),
                   tr("At least so long between two writes"));
  pieceGap_->setSpecialValueText(tr("no gap"));
  neverAnswer_ = check("NeverAnswerCheck", tr("Never answer"),
                       tr("Nothing is sent by itself: neither what the responder would say nor an answer"));
  garbage_ = spin("GarbageSpin", tr("Garbage after the peer's end"), kMostGarbage, tr(" B"),
                  tr("So many random bytes are sent once the peer has closed its side"));
  garbage_->setSpecialValueText(tr("none"));
  FlowLayout* first = line();
  first->addWidget(reading_);
  first->addWidget(neverAnswer_);
  FlowLayout* second = line();
  second->addWidget(new QLabel(tr("Writes of"), this));
  second->addWidget(pieceBytes_);
  second->addWidget(pieceGap_);
  second->addWidget(new QLabel(tr("Garbage after the peer's end"), this));
  second->addWidget(garbage_);
  for (QCheckBox* box : {reading_, neverAnswer_})
    connect(box, &QCheckBox::toggled, this, &MannersTool::apply);
  for (QSpinBox* box : {pieceBytes_, pieceGap_, garbage_})
    connect(box, &QSpinBox::valueChanged, this, &MannersTool::apply);
}

void MannersTool::buildBuffers() {
  const QString asked = tr("What setsockopt(2) is asked for; the kernel keeps the double, and has its least");
  receiveBuffer_ = spin("ReceiveBufferSpin", tr("SO_RCVBUF"), kMostBuffer, tr(" B"), asked);
  sendBuffer_ = spin("SendBufferSpin", tr("SO_SNDBUF"), kMostBuffer, tr(" B"), asked);
  for (QSpinBox* box : {receiveBuffer_, sendBuffer_}) box->setValue(1);
  buffersButton_ = new QPushButton(tr("Set buffers"), this);
  buffersButton_->setObjectName(prefix_ + QStringLiteral("BuffersButton"));
  buffersButton_->setAccessibleName(buffersButton_->text());
  buffersButton_->setToolTip(plainToolTip(tr("Set both at the open sessions, and read what they are then")));
  buffersAnswer_ = new QLabel(this);
  buffersAnswer_->setObjectName(prefix_ + QStringLiteral("BuffersAnswer"));
  buffersAnswer_->setTextFormat(Qt::PlainText);
  FlowLayout* flow = line();
  flow->addWidget(new QLabel(tr("SO_RCVBUF"), this));
  flow->addWidget(receiveBuffer_);
  flow->addWidget(new QLabel(tr("SO_SNDBUF"), this));
  flow->addWidget(sendBuffer_);
  flow->addWidget(buffersButton_);
  flow->addWidget(buffersAnswer_);
  connect(buffersButton_, &QPushButton::clicked, this, &MannersTool::setBuffers);
}

void MannersTool::buildUrgent() {
  urgent_ = new QLineEdit(QStringLiteral("!"), this);
  urgent_->setObjectName(prefix_ + QStringLiteral("UrgentEdit"));
  urgent_->setAccessibleName(tr("Urgent byte"));
  urgent_->setMaxLength(kUrgentCharacters);
  urgent_->setMaximumWidth(fontMetrics().averageCharWidth() * 8);
  urgent_->setToolTip(plainToolTip(tr("A character, or two hexadecimal digits behind 0x")));
  urgentButton_ = new QPushButton(tr("Send urgent byte"), this);
  urgentButton_->setObjectName(prefix_ + QStringLiteral("UrgentButton"));
  urgentButton_->setAccessibleName(urgentButton_->text());
  urgentButton_->setToolTip(plainToolTip(tr("TCP's urgent byte (MSG_OOB), before what is queued")));
  FlowLayout* flow = line();
  flow->addWidget(new QLabel(tr("Urgent"), this));
  flow->addWidget(urgent_);
  flow->addWidget(urgentButton_);
  connect(urgentButton_, &QPushButton::clicked, this, &MannersTool::sendUrgent);
  connect(urgent_, &QLineEdit::returnPressed, this, &MannersTool::sendUrgent);
}

void MannersTool::addListener() {
  accepting_ = check("AcceptingCheck", tr("Accept connections"),
                     tr("Off: who connects waits in the backlog; the kernel has answered its SYN"));
  accepting_->setChecked(true);
  acceptDelay_ = spin("AcceptDelaySpin", tr("Delay before each accept"), kMostGapMs, tr(" ms"),
                      tr("Each connection waits so long before it is accepted, one after the other"));
  acceptDelay_->setSpecialValueText(tr("at once"));
  newcomers_ = check("NewcomersCheck", tr("Those accepted later misbehave alike"),
                     tr("Connections that are accepted from now on begin with what is chosen below"));
  listenerLine_ = new QWidget(this);
  auto* flow = new FlowLayout(listenerLine_);
  flow->addWidget(accepting_);
  flow->addWidget(acceptDelay_);
  flow->addWidget(newcomers_);
  static_cast<QVBoxLayout*>(layout())->insertWidget(0, listenerLine_);
  connect(accepting_, &QCheckBox::toggled, this, &MannersTool::applyToListener);
  connect(newcomers_, &QCheckBox::toggled, this, &MannersTool::applyToListener);
  connect(acceptDelay_, &QSpinBox::valueChanged, this, &MannersTool::applyToListener);
}

void MannersTool::setListener(SessionId id) {
  listener_ = id;
}

void MannersTool::setUsable(bool usable, const QString& why) {
  const bool some = usable || listener_;
  body_->setEnabled(some);
  if (listenerLine_) listenerLine_->setEnabled(static_cast<bool>(listener_));
  for (QPushButton* button : {buffersButton_, urgentButton_}) {
    button->setEnabled(usable);
    if (!usable) button->setToolTip(plainToolTip(why));
  }
}

void MannersTool::setTargetText(const QString& text) {
  target_->setText(text);
  target_->setVisible(!text.isEmpty());
}

Manners MannersTool::manners() const {
  Manners all;
  all.reading = reading_->isChecked();
  all.pieceBytes = static_cast<std::size_t>(pieceBytes_->value());
  all.pieceGap = std::chrono::milliseconds(pieceGap_->value());
  all.neverAnswer = neverAnswer_->isChecked();
  all.garbageAfterClose = static_cast<std::size_t>(garbage_->value());
  return all;
}

Manners MannersTool::listenersManners() const {
  Manners all = newcomers_ && newcomers_->isChecked() ? manners() : Manners();
  if (listensForDatagrams_) all.reading = reading_->isChecked();
  if (accepting_) all.accepting = accepting_->isChecked();
  if (acceptDelay_) all.acceptDelay = std::chrono::milliseconds(acceptDelay_->value());
  return all;
}

// A datagram listener's peers share its socket: reading is the listener's.
void MannersTool::apply() {
  if (showing_) return;
  message_->clear();
  Manners wanted = manners();
  if (listensForDatagrams_) wanted.reading = true;
  const QList<SessionId> to = targets_();
  for (const SessionId id : to) bridge_->setManners(id, wanted);
  if (!to.isEmpty()) pending_ = {to.first(), wanted};
  const bool ofListener = listener_ && (listensForDatagrams_ || newcomers_->isChecked());
  ofListener ? applyToListener() : static_cast<void>(anyTarget(to));
  tellRemark();
}

void MannersTool::applyToListener() {
  if (showing_ || !listener_) return;
  pendingListener_ = listenersManners();
  bridge_->setManners(listener_, *pendingListener_);
  tellRemark();
}

void MannersTool::showSession(const SessionSnapshot& session) {
  if (pending_ && session.id == pending_->first && session.manners != pending_->second) return;
  pending_.reset();
  showManners(session.manners);
}

void MannersTool::showManners(const Manners& now) {
  const QScopedValueRollback guard(showing_, true);
  if (!listensForDatagrams_) reading_->setChecked(now.reading);
  pieceBytes_->setValue(static_cast<int>(std::min<std::size_t>(now.pieceBytes, kMostPiece)));
  pieceGap_->setValue(milliseconds(now.pieceGap));
  neverAnswer_->setChecked(now.neverAnswer);
  garbage_->setValue(static_cast<int>(std::min<std::size_t>(now.garbageAfterClose, kMostGarbage)));
  tellRemark();
}

void MannersTool::showListener(const SessionSnapshot& listener) {
  const bool datagrams = isDatagramTransport(listener.transport);
  listensForDatagrams_ = datagrams;
  accepting_->setEnabled(!datagrams);
  acceptDelay_->setEnabled(!datagrams);
  if (pendingListener_ && listener.manners != *pendingListener_) return;
  pendingListener_.reset();
  const QScopedValueRollback guard(showing_, true);
  accepting_->setChecked(listener.manners.accepting);
  acceptDelay_->setValue(milliseconds(listener.manners.acceptDelay));
  if (datagrams) reading_->setChecked(listener.manners.reading);
  tellRemark();
}

bool MannersTool::anyTarget(const QList<SessionId>& targets) {
  if (targets.isEmpty())
    message_->showWarning(tr("Nothing was done: there is no open connection that it would act on."));
  return !targets.isEmpty();
}

void MannersTool::setBuffers() {
  message_->clear();
  const QList<SessionId> to = targets_();
  if (!anyTarget(to)) return;
  for (const SessionId id : to) {
    if (receiveBuffer_->value() > 0)
      bridge_->setOption(id, bufferSetting("SO_RCVBUF", receiveBuffer_->value()));
    if (sendBuffer_->value() > 0) bridge_->setOption(id, bufferSetting("SO_SNDBUF", sendBuffer_->value()));
  }
  asked_ = to.first();
  bridge_->readOptions(asked_);
}

void MannersTool::showBuffers(SessionId id, const QList<OptionReading>& options) {
  if (id != asked_) return;
  QStringList parts;
  for (const OptionReading& option : options) {
    const std::string_view name = option.option->name;
    if (name != "SO_RCVBUF" && name != "SO_SNDBUF") continue;
    parts << QStringLiteral("%1 %2").arg(
        toQString(name), toQString(option.effective ? *option.effective : option.effective.error().symbol()));
  }
  buffersAnswer_->setText(tr("The kernel says: %1").arg(parts.join(QStringLiteral(", "))));
}

void MannersTool::sendUrgent() {
  message_->clear();
  const QString text = urgent_->text();
  bool isHex = false;
  const uint hex = text.startsWith(QStringLiteral("0x"), Qt::CaseInsensitive) ? text.toUInt(&isHex, 16) : 0;
  if (!isHex && (text.size() != 1 || text.front().unicode() > 0x7f))
    return message_->showWarning(tr("One byte: an ASCII character, or 0x and two digits"));
  const QList<SessionId> to = targets_();
  if (!anyTarget(to)) return;
  const auto byte = isHex ? static_cast<std::byte>(hex) : static_cast<std::byte>(text.front().unicode());
  for (const SessionId id : to) bridge_->sendUrgent(id, byte);
}

void MannersTool::tellRemark() {
  const Manners is = manners();
  const int count = int{!is.reading} + int{is.pieceBytes > 0 || is.pieceGap.count() > 0} +
                    int{is.neverAnswer} + int{is.garbageAfterClose > 0} +
                    int{accepting_ && !accepting_->isChecked()} +
                    int{acceptDelay_ && acceptDelay_->value() > 0};
  emit remarkChanged(count == 0 ? QString() : tr("%1 on").arg(count));
}

}  // namespace sockbench::ui
