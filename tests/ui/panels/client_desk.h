// The Client panel as a person has it before them, and servers of Qt Network's.
#pragma once

#include <QAbstractItemModel>
#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QLineEdit>
#include <QLocalServer>
#include <QLocalSocket>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QTabBar>
#include <QTableView>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QToolButton>
#include <QUdpSocket>
#include <memory>
#include <vector>

#include "panel_probe.h"
#include "ui/models/traffic_model.h"
#include "ui/panels/client/client_form.h"
#include "ui/panels/client/client_page.h"
#include "ui/panels/client/client_panel.h"
#include "ui/widgets/composer.h"
#include "ui/widgets/field_mark.h"
#include "ui/widgets/inline_message.h"

namespace sockbench::ui {

inline QString text(const char* utf8) {
  return QString::fromUtf8(utf8);
}

// A client panel as a person has it before them.
struct Desk {
  EngineBridge bridge;
  ClientPanel panel{&bridge};

  Desk() { showActive(panel); }

  template <class T>
  T* find(const char* name) const {
    return visible<T>(panel, name);
  }
  QString state() const { return find<QLabel>("clientStateLabel")->text(); }
  QString message() const {
    const auto* shown = find<InlineMessage>("clientFormMessage");
    return shown ? shown->text() : QString();
  }
  void click(const char* button) const { QTest::mouseClick(find<QPushButton>(button), Qt::LeftButton); }
  void fill(const char* transport, const QString& host, quint16 port) const {
    find<QComboBox>("clientTransportBox")->setCurrentText(text(transport));
    find<QLineEdit>("clientHostEdit")->setText(host);
    if (auto* edit = find<QLineEdit>("clientPortEdit")) edit->setText(QString::number(port));
  }
  void unfold() const { QTest::mouseClick(find<QToolButton>("clientMoreButton"), Qt::LeftButton); }
  void write(const char* message) const {
    find<QPlainTextEdit>("clientComposerEdit")->setPlainText(text(message));
    click("clientSendButton");
  }
  QStringList conversation() const {
    const QAbstractItemModel* rows = find<QTableView>("clientConversationTable")->model();
    QStringList previews;
    for (int row = 0; row < rows->rowCount(); ++row) {
      previews << rows->index(row, TrafficModel::Preview).data().toString();
    }
    return previews;
  }
};

// A server of Qt's, and what it has accepted.
struct Server : QTcpServer {
  Server() { listen(QHostAddress::LocalHost, 0); }
  QTcpSocket* next() {
    return QTest::qWaitFor([this] { return hasPendingConnections(); }) ? nextPendingConnection() : nullptr;
  }
};

// A port whose listener takes nobody any more: a connect to it waits for ever.
struct FullServer : QTcpServer {
  FullServer() {
    setListenBacklogSize(1);
    listen(QHostAddress::LocalHost, 0);
    pauseAccepting();
    for (int i = 0; i < 16; ++i) {
      waiting.push_back(std::make_unique<QTcpSocket>());
      waiting.back()->connectToHost(QHostAddress::LocalHost, serverPort());
      if (!waiting.back()->waitForConnected(300)) return;
    }
  }
  std::vector<std::unique_ptr<QTcpSocket>> waiting;
};

}  // namespace sockbench::ui
