#include "ui/widgets/endpoint_form.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <cerrno>

#include "ui/bridge/core_types.h"
#include "ui/widgets/address_box.h"
#include "ui/widgets/field_mark.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/options_edit.h"

using namespace sockbench;
using namespace sockbench::ui;

namespace {

QString text(const char* utf8) {
  return QString::fromUtf8(utf8);
}

QLineEdit* edit(const QWidget& form, const char* name) {
  return form.findChild<QLineEdit*>(text(name));
}
QComboBox* box(const QWidget& form, const char* name) {
  return form.findChild<QComboBox*>(text(name));
}

}  // namespace

class TestEndpointForm : public QObject {
  Q_OBJECT

 private slots:
  void fieldsMakeAnEndpoint_data();
  void fieldsMakeAnEndpoint();
  void anEndpointFillsTheFields_data();
  void anEndpointFillsTheFields();
  void hostAndPathAreKeptApart();
  void typingAnEndpointDoesNotSpreadItTooEarly();
  void theWrongPartIsSelected();
  void eachErrorHasItsField_data();
  void eachErrorHasItsField();
  void lockingGivesTheReasonAndTakesItBack();
  void offersTheAddressesOfThisMachine();
  void knowsWhoCanReachAnAddress_data();
  void knowsWhoCanReachAnAddress();
  void tabsSayWhatMatters_data();
  void tabsSayWhatMatters();
  void linesWrapAndShareWhatIsLeft();
  void optionsAreReadInOrder();
  void aWrongOptionIsFoundInTheWholeText();
};

void TestEndpointForm::fieldsMakeAnEndpoint_data() {
  QTest::addColumn<int>("side");
  QTest::addColumn<int>("transport");
  QTest::addColumn<QString>("host");
  QTest::addColumn<QString>("port");
  QTest::addColumn<QString>("endpoint");  // empty: refused
  const int listen = static_cast<int>(EndpointForm::Side::listen);
  const int connect = static_cast<int>(EndpointForm::Side::connect);
  const int tcp = static_cast<int>(Transport::tcp);
  QTest::newRow("address and port") << connect << tcp << text("127.0.0.1") << text("80")
                                    << text("tcp://127.0.0.1:80");
  QTest::newRow("IPv6 without brackets")
      << connect << tcp << text("::1") << text("80") << text("tcp://[::1]:80");
  QTest::newRow("service") << connect << tcp << text("localhost") << text("http")
                           << text("tcp://localhost:http");
  QTest::newRow("spaces around") << connect << tcp << text("  localhost ") << text(" 80 ")
                                 << text("tcp://localhost:80");
  QTest::newRow("everywhere") << listen << tcp << text("*") << text("9") << text("tcp://*:9");
  QTest::newRow("any port to listen on")
      << listen << tcp << text("127.0.0.1") << QString() << text("tcp://127.0.0.1:0");
  QTest::newRow("no port to connect to") << connect << tcp << text("127.0.0.1") << QString() << QString();
  QTest::newRow("path") << listen << static_cast<int>(Transport::unixDatagram) << text("/tmp/x y")
                        << QString() << text("unix-dgram:/tmp/x y");
  QTest::newRow("abstract name") << connect << static_cast<int>(Transport::unixStream) << text("@x")
                                 << QString() << text("unix:@x");
}

void TestEndpointForm::fieldsMakeAnEndpoint() {
  QFETCH(int, side);
  QFETCH(int, transport);
  QFETCH(QString, host);
  QFETCH(QString, port);
  QFETCH(QString, endpoint);
  EndpointForm form(static_cast<EndpointForm::Side>(side), text("x"));
  form.setTransport(static_cast<Transport>(transport));
  form.setHost(host);
  form.setPort(port);
  const Result<Endpoint> made = form.read();
  QCOMPARE(made.has_value(), !endpoint.isEmpty());
  if (made) QCOMPARE(toQString(made->text()), endpoint);
}

void TestEndpointForm::anEndpointFillsTheFields_data() {
  QTest::addColumn<QString>("endpoint");
  for (const char* each : {"tcp://127.0.0.1:80", "udp://[::1]:53", "tcp://*:0", "unix:/tmp/数据.sock",
                           "unix-dgram:@name", "unix-seqpacket:/x"}) {
    QTest::newRow(each) << text(each);
  }
}

void TestEndpointForm::anEndpointFillsTheFields() {
  QFETCH(QString, endpoint);
  EndpointForm form(EndpointForm::Side::listen, text("x"));
  form.setEndpoint(*Endpoint::parse(toUtf8(endpoint)));
  QCOMPARE(toQString(form.endpoint()->text()), endpoint);
}

void TestEndpointForm::hostAndPathAreKeptApart() {
  EndpointForm form(EndpointForm::Side::connect, text("x"));
  form.setHost(text("example.com"));
  form.setPort(text("80"));
  form.setTransport(Transport::unixStream);
  QCOMPARE(form.host(), QString());
  QVERIFY(edit(form, "xPortEdit")->isHidden());
  form.setHost(text("/run/x"));
  form.setTransport(Transport::unixDatagram);
  QCOMPARE(form.host(), text("/run/x"));
  form.setTransport(Transport::udp);
  QCOMPARE(form.host(), text("example.com"));
  QCOMPARE(form.port(), text("80"));
  form.setTransport(Transport::unixStream);
  QCOMPARE(form.host(), text("/run/x"));
}

void TestEndpointForm::typingAnEndpointDoesNotSpreadItTooEarly() {
  EndpointForm form(EndpointForm::Side::connect, text("x"));
  auto* host = edit(form, "xHostEdit");
  QTest::keyClicks(host, text("udp://localhost:5353"));
  QCOMPARE(host->text(), text("udp://localhost:5353"));
  QSignalSpy submitted(&form, &EndpointForm::submitted);
  QTest::keyClick(host, Qt::Key_Return);
  QCOMPARE(submitted.size(), 1);
  QCOMPARE(form.transport(), Transport::udp);
  QCOMPARE(host->text(), text("localhost"));
  QCOMPARE(form.port(), text("5353"));
}

void TestEndpointForm::theWrongPartIsSelected() {
  EndpointForm form(EndpointForm::Side::connect, text("x"));
  form.show();
  form.setHost(text("tcp://häuschen:70000"));
  const Result<Endpoint> read = form.read();
  QVERIFY(!read);
  auto* host = edit(form, "xHostEdit");
  QVERIFY(isWrong(host));
  QCOMPARE(host->selectedText(), text("70000"));
  QTest::keyClick(host, Qt::Key_End);
  QVERIFY2(isWrong(host), "moving about changes nothing");
  QTest::keyClick(host, Qt::Key_Backspace);
  QVERIFY2(!isWrong(host), "an edit does");
}

void TestEndpointForm::eachErrorHasItsField_data() {
  QTest::addColumn<int>("op");
  QTest::addColumn<int>("code");
  QTest::addColumn<bool>("isUnix");
  QTest::addColumn<bool>("atPort");
  const int bind = static_cast<int>(Operation::bind);
  const int connect = static_cast<int>(Operation::connect);
  QTest::newRow("address in use") << bind << EADDRINUSE << false << true;
  QTest::newRow("no rights for port 80") << bind << EACCES << false << true;
  QTest::newRow("address of another machine") << bind << EADDRNOTAVAIL << false << false;
  QTest::newRow("no rights for a path") << bind << EACCES << true << false;
  QTest::newRow("refused") << connect << ECONNREFUSED << false << true;
  QTest::newRow("refused at a path") << connect << ECONNREFUSED << true << false;
  QTest::newRow("unreachable") << connect << EHOSTUNREACH << false << false;
  QTest::newRow("broadcast without leave") << connect << EACCES << false << false;
}

void TestEndpointForm::eachErrorHasItsField() {
  QFETCH(int, op);
  QFETCH(int, code);
  QFETCH(bool, isUnix);
  QFETCH(bool, atPort);
  const Error error = Error::fromErrno(static_cast<Operation>(op), code);
  const auto field = fieldOfError(error, isUnix ? Transport::unixStream : Transport::tcp);
  QCOMPARE(field == EndpointForm::Field::port, atPort);
}

void TestEndpointForm::lockingGivesTheReasonAndTakesItBack() {
  EndpointForm form(EndpointForm::Side::listen, text("x"));
  const QString own = edit(form, "xPortEdit")->toolTip();
  form.setLocked(true, text("because"));
  form.setLocked(true, text("because"));
  QVERIFY(!box(form, "xTransportBox")->isEnabled());
  QCOMPARE(edit(form, "xPortEdit")->toolTip(), text("because"));
  form.setLocked(false, {});
  QVERIFY(edit(form, "xPortEdit")->isEnabled());
  QCOMPARE(edit(form, "xPortEdit")->toolTip(), own);
}

void TestEndpointForm::offersTheAddressesOfThisMachine() {
  EndpointForm form(EndpointForm::Side::listen, text("x"));
  auto* addresses = box(form, "xAddressBox");
  for (const char* each : {"127.0.0.1", "::1", "0.0.0.0", "*"})
    QVERIFY2(addresses->findText(text(each)) >= 0, each);
  addresses->setCurrentIndex(addresses->findText(text("0.0.0.0")));
  QCOMPARE(form.host(), text("0.0.0.0"));
  form.setTransport(Transport::unixStream);
  QCOMPARE(addresses->count(), 0);
}

void TestEndpointForm::knowsWhoCanReachAnAddress_data() {
  QTest::addColumn<QString>("host");
  QTest::addColumn<int>("reach");
  const auto row = [](const char* host, Reach reach) {
    QTest::newRow(host) << text(host) << static_cast<int>(reach);
  };
  row("", Reach::thisMachine);
  row("127.0.0.53", Reach::thisMachine);
  row("::1", Reach::thisMachine);
  row("[::1]", Reach::thisMachine);
  row("LocalHost", Reach::thisMachine);
  row("*", Reach::otherMachines);
  row("0.0.0.0", Reach::otherMachines);
  row("::", Reach::otherMachines);
  row("10.1.2.3", Reach::otherMachines);
  row("my-machine", Reach::unknown);
}

void TestEndpointForm::knowsWhoCanReachAnAddress() {
  QFETCH(QString, host);
  QFETCH(int, reach);
  QCOMPARE(static_cast<int>(reachOf(host)), reach);
}

void TestEndpointForm::tabsSayWhatMatters_data() {
  QTest::addColumn<int>("transport");
  QTest::addColumn<QString>("place");
  QTest::addColumn<bool>("withHost");
  QTest::addColumn<QString>("title");
  const int tcp = static_cast<int>(Transport::tcp);
  const int path = static_cast<int>(Transport::unixStream);
  QTest::newRow("server") << tcp << text("127.0.0.1") << false << text(":80 tcp");
  QTest::newRow("client") << tcp << text("localhost") << true << text("localhost:80 tcp");
  QTest::newRow("path") << path << text("/run/user/demo.sock") << true << text("demo.sock unix");
  QTest::newRow("hostile path") << path << text("/x/a\u202Eb") << true << text("a<U+202E>b unix");
}

void TestEndpointForm::tabsSayWhatMatters() {
  QFETCH(int, transport);
  QFETCH(QString, place);
  QFETCH(bool, withHost);
  QFETCH(QString, title);
  QCOMPARE(shortEndpointText(static_cast<Transport>(transport), place, text("80"), withHost), title);
}

void TestEndpointForm::linesWrapAndShareWhatIsLeft() {
  QWidget whole;
  auto* flow = new FlowLayout(&whole, 10);
  QList<QWidget*> parts;
  for (int i = 0; i < 3; ++i) {
    parts.append(new QWidget(&whole));
    parts.last()->setFixedSize(100, 20);
    flow->addWidget(parts.last());
  }
  auto* wide = new QWidget(&whole);
  wide->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  wide->setMinimumSize(50, 20);
  flow->addWidget(wide);
  QCOMPARE(flow->heightForWidth(400), 20);
  QCOMPARE(flow->heightForWidth(379), 50);
  QCOMPARE(flow->heightForWidth(100), 110);
  QCOMPARE(flow->minimumSize(), QSize(100, 20));

  flow->setGeometry({0, 0, 500, 20});
  QCOMPARE(wide->geometry(), QRect(330, 0, 170, 20));
  flow->setGeometry({0, 0, 230, 50});
  QCOMPARE(parts[1]->geometry(), QRect(110, 0, 100, 20));
  QCOMPARE(parts[2]->geometry(), QRect(0, 30, 100, 20));
  QCOMPARE(wide->geometry(), QRect(110, 30, 120, 20));
  whole.setLayoutDirection(Qt::RightToLeft);
  flow->setGeometry({0, 0, 230, 50});
  QCOMPARE(parts[0]->geometry(), QRect(130, 0, 100, 20));
  parts[0]->hide();
  QCOMPARE(flow->heightForWidth(379), 20);
}

void TestEndpointForm::optionsAreReadInOrder() {
  OptionsEdit options;
  options.setText(text("  TCP_NODELAY=on   SO_LINGER=on,5 "));
  const auto settings = options.settings();
  QVERIFY(settings);
  QCOMPARE(settings->size(), std::size_t{2});
  QCOMPARE(toQString(settings->front().text()), text("TCP_NODELAY=1"));
  OptionsEdit again;
  again.setSettings(*settings);
  QCOMPARE(again.text(), text("TCP_NODELAY=1 SO_LINGER=on,5"));
}

void TestEndpointForm::aWrongOptionIsFoundInTheWholeText() {
  OptionsEdit options;
  options.setText(text("TCP_NODELAY=1 SO_RCVBUF=many"));
  const auto settings = options.settings();
  QVERIFY(!settings);
  QVERIFY(settings.error().isInput(InputFault::badOptionValue));
  selectWrongPart(&options, settings.error());
  QCOMPARE(options.selectedText(), text("many"));
}

QTEST_MAIN(TestEndpointForm)
#include "tst_endpoint_form.moc"
