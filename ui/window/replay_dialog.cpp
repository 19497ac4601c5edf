#include "ui/window/replay_dialog.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>
#include <chrono>
#include <utility>

#include "core/net/endpoint.h"
#include "ui/bridge/core_types.h"
#include "ui/bridge/engine_bridge.h"
#include "ui/models/session_text.h"
#include "ui/models/shown_text.h"
#include "ui/widgets/help_page.h"
#include "ui/widgets/inline_message.h"
#include "ui/widgets/named.h"

namespace sockbench::ui {
namespace {
constexpr std::chrono::milliseconds kTick{100};
constexpr int kWidth = 460;
}  // namespace

ReplayDialog::ReplayDialog(EngineBridge* bridge, RecordedTalk talk, QWidget* parent)
    : QDialog(parent),
      bridge_(bridge),
      talk_(std::move(talk)),
      side_(named(new QComboBox(this), "replaySideBox", tr("What is sent"))),
      speed_(named(new QComboBox(this), "replaySpeedBox", tr("Timing"))),
      target_(named(new QComboBox(this), "replayTargetBox", tr("Where to"))),
      endpoint_(named(new QLineEdit(this), "replayEndpointEdit", tr("Endpoint to connect to"))),
      start_(named(new QPushButton(tr("&Replay"), this), "replayStartButton", tr("Send the messages"))),
      status_(new QLabel(this)),
      message_(new InlineMessage(this)),
      ticks_(this) {
  setObjectName(QStringLiteral("replayDialog"));
  setAttribute(Qt::WA_DeleteOnClose);
  setWindowTitle(tr("Replay"));
  setHelpPage(this, QStringLiteral("scenarios"));
  build();
  fillTargets();
  ticks_.setInterval(kTick);
  connect(&ticks_, &QTimer::timeout, this, &ReplayDialog::tell);
  connect(start_, &QPushButton::clicked, this, &ReplayDialog::start);
  connect(target_, &QComboBox::currentIndexChanged, this,
          [this] { endpoint_->setEnabled(target_->currentData().toUInt() == 0); });
  resize(kWidth, sizeHint().height());
}

void ReplayDialog::build() {
  side_->addItem(tr("What the client sent"), static_cast<int>(RecordRole::client));
  side_->addItem(tr("What the server sent"), static_cast<int>(RecordRole::server));
  speed_->addItem(tr("As it was"), 1.0);
  speed_->addItem(tr("Half as fast"), 0.5);
  speed_->addItem(tr("Twice as fast"), 2.0);
  speed_->addItem(tr("Ten times as fast"), 10.0);
  speed_->addItem(tr("Without pauses"), 0.0);
  endpoint_->setText(shownText(talk_.serverEndpoint));
  start_->setProperty("primary", true);
  start_->setDefault(true);
  status_->setObjectName(QStringLiteral("replayStatusLabel"));
  status_->setTextFormat(Qt::PlainText);
  status_->setProperty("dim", true);
  message_->setObjectName(QStringLiteral("replayMessage"));
  auto* form = new QFormLayout;
  form->addRow(tr("&What"), side_);
  form->addRow(tr("&Timing"), speed_);
  form->addRow(tr("Where &to"), target_);
  form->addRow(tr("&Endpoint"), endpoint_);
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
  buttons->addButton(start_, QDialogButtonBox::ActionRole);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
  auto* column = new QVBoxLayout(this);
  column->addLayout(form);
  column->addWidget(message_);
  column->addWidget(status_);
  column->addStretch(1);
  column->addWidget(buttons);
}

void ReplayDialog::fillTargets() {
  target_->addItem(tr("A new connection"), 0U);
  const QList<SessionSnapshot> sessions = bridge_->snapshots();
  for (const SessionSnapshot& session : sessions) {
    if (!session.isOpen() || session.role == SessionRole::listener) continue;
    target_->addItem(tr("Session %1: %2").arg(session.id.value).arg(sessionNameText(session)),
                     session.id.value);
  }
}

void ReplayDialog::start() {
  message_->clear();
  SessionId session{target_->currentData().toUInt()};
  if (!session) {
    const Result<Endpoint> endpoint = Endpoint::parse(toUtf8(endpoint_->text()));
    if (!endpoint) return message_->showError(endpoint.error());
    ConnectSpec spec;
    spec.endpoint = *endpoint;
    session = bridge_->connectTo(std::move(spec));
  }
  ReplaySpec spec;
  spec.side = static_cast<RecordRole>(side_->currentData().toInt());
  spec.speed = speed_->currentData().toDouble();
  agent_ = std::make_shared<ReplayAgent>(talk_, spec);
  bridge_->attach(session, agent_);
  ticks_.start();
  tell();
}

void ReplayDialog::tell() {
  const ReplayAgent::State state = agent_->state();
  const bool isOver = state == ReplayAgent::State::done || state == ReplayAgent::State::failed;
  const QString count = tr("%1 of %n message(s) sent", nullptr, static_cast<int>(agent_->total()))
                            .arg(static_cast<qulonglong>(agent_->sent()));
  status_->setText(state == ReplayAgent::State::failed ? tr("%1; the session ended before").arg(count)
                                                       : count);
  start_->setEnabled(isOver);
  if (isOver) ticks_.stop();
}

}  // namespace sockbench::ui
