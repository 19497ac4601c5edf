// The Server panel as a person has it before them, and peers of Qt Network's.
#pragma once

#include <QAbstractItemModel>
#include <QComboBox>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QLocalSocket>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTabBar>
#include <QTableView>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QToolButton>
#include <QUdpSocket>
#include <memory>

#include "panel_probe.h"
#include "ui/models/connections_model.h"
#include "ui/panels/server/server_page.h"
#include "ui/panels/server/server_panel.h"
#include "ui/widgets/composer.h"
#include "ui/widgets/inline_message.h"

namespace sockbench::ui {

inline QString text(const char* utf8) {
  return QString::fromUtf8(utf8);
}

// A server panel as a person has it before them.
struct Desk {
  EngineBridge bridge;
  ServerPanel panel{&bridge};

  Desk() { showActive(panel); }

  template <class T>
  T* find(const char* name) const {
    return visible<T>(panel, name);
  }
  QString state() const { return find<QLabel>("serverStateLabel")->text(); }
  QString message() const {
    const auto* shown = find<InlineMessage>("serverFormMessage");
    return shown ? shown->text() : QString();
  }
  QAbstractItemModel* rows() const { return find<QTableView>("serverConnectionsTable")->model(); }
  QString cell(int row, int column) const { return rows()->index(row, column).data().toString(); }
  void click(const char* button) const { QTest::mouseClick(find<QPushButton>(button), Qt::LeftButton); }
  void fill(const char* transport, const QString& host, const QString& port = {}) const {
    find<QComboBox>("serverTransportBox")->setCurrentText(text(transport));
    find<QComboBox>("serverAddressBox")->setEditText(host);
    if (auto* edit = find<QLineEdit>("serverPortEdit")) edit->setText(port);
  }
  void answer(int responder) const { find<QComboBox>("serverResponderBox")->setCurrentIndex(responder); }
  quint16 start() const {
    click("serverStartButton");
    return QTest::qWaitFor([this] { return state().startsWith(text("Listening on ")); })
               ? state().section(QLatin1Char(':'), -1).toUShort()
               : quint16{0};
  }
  void write(const char* message) const {
    find<QPlainTextEdit>("serverComposerEdit")->setPlainText(text(message));
    click("serverSendButton");
  }
};

inline std::unique_ptr<QTcpSocket> dial(quint16 port) {
  auto socket = std::make_unique<QTcpSocket>();
  socket->connectToHost(QHostAddress::LocalHost, port);
  return socket->waitForConnected(5000) ? std::move(socket) : nullptr;
}

inline int rowOfPort(const Desk& desk, quint16 port) {
  for (int row = 0; row < desk.rows()->rowCount(); ++row) {
    if (desk.cell(row, ConnectionsModel::Peer).endsWith(QLatin1Char(':') + QString::number(port))) return row;
  }
  return -1;
}

}  // namespace sockbench::ui
