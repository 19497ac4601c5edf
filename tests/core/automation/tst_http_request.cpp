#include <QTest>

#include "core/automation/answerers/http_request.h"

using namespace sockbench;

class TestHttpRequest : public QObject {
  Q_OBJECT
 private slots:
  void cutsRequests_data();
  void cutsRequests();
  void isBounded();
};

namespace {

// "GET /a, POST /b!400" in words; "~" stands behind one after which the connection closes.
QString inWords(const std::vector<HttpRequest>& requests) {
  QStringList words;
  for (const HttpRequest& request : requests) {
    QString word = QString::fromStdString(request.method + " " + request.target);
    if (request.fault != 0) word += QStringLiteral("!%1").arg(request.fault);
    words << (request.staysOpen ? word : word + QLatin1Char('~'));
  }
  return words.join(QStringLiteral(", "));
}

}  // namespace

void TestHttpRequest::cutsRequests_data() {
  QTest::addColumn<QByteArray>("bytes");
  QTest::addColumn<QString>("requests");
  QTest::addColumn<int>("continues");
  const auto row = [](const char* name, const QByteArray& bytes, const char* requests, int continues = 0) {
    QTest::newRow(name) << bytes << QString::fromLatin1(requests) << continues;
  };
  row("one", "GET /a HTTP/1.1\r\nHost: x\r\n\r\n", "GET /a");
  row("bare new lines", "GET /a HTTP/1.1\nHost: x\n\n", "GET /a");
  row("pipelined, with an empty line between",
      "GET /a HTTP/1.1\r\nHost: x\r\n\r\n\r\nGET /b HTTP/1.1\r\nHost: x\r\n\r\n", "GET /a, GET /b");
  row("a body by its length",
      "POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nGET /GET /b HTTP/1.1\r\nHost: x\r\n\r\n",
      "POST /a, GET /b");
  row("a body in chunks",
      "POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: "
      "chunked\r\n\r\n5;x=y\r\nhello\r\nA\r\n0123456789\r\n0\r\nT: "
      "1\r\n\r\nGET /b HTTP/1.1\r\nHost: x\r\n\r\n",
      "POST /a, GET /b");
  row("closes", "GET /a HTTP/1.1\r\nHost: x\r\nConnection: foo, Close\r\n\r\nGET /b HTTP/1.1\r\n\r\n",
      "GET /a~");
  row("1.0 closes", "GET /a HTTP/1.0\r\n\r\n", "GET /a~");
  row("1.0 stays open on request", "GET /a HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", "GET /a");
  row("waits for 100", "PUT /a HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\n", "",
      1);
  row("nonsense", "hello\r\n", " !400~");
  row("TLS", QByteArray("\x16\x03\x01\x00\x05\x01\x00\x00\x01\x0a", 10), " !400~");
  row("no host", "GET /a HTTP/1.1\r\n\r\n", "GET /a!400~");
  row("another version", "GET /a HTTP/2.0\r\n\r\n", "GET /a!505~");
  row("a field that is none", "GET /a HTTP/1.1\r\nHost x\r\n\r\n", "GET /a!400~");
  row("two lengths", "GET /a HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
      "GET /a!400~");
  row("a chunk without a size", "POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
      "POST /a!400~");
  row("a chunk that is longer",
      "POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n", "POST /a!400~");
}

void TestHttpRequest::cutsRequests() {
  QFETCH(const QByteArray, bytes);
  // However the stream is cut, the requests are the same.
  for (qsizetype piece = 1; piece <= bytes.size(); piece = piece < 8 ? piece + 1 : piece * 2) {
    HttpRequests reader;
    std::vector<HttpRequest> all;
    int continues = 0;
    for (qsizetype at = 0; at < bytes.size(); at += piece) {
      const QByteArray part = bytes.mid(at, piece);
      for (HttpRequest& request :
           reader.take(asBytes({part.data(), static_cast<std::size_t>(part.size())}), continues))
        all.push_back(std::move(request));
    }
    QTEST(inWords(all), "requests");
    QTEST(continues, "continues");
  }
}

void TestHttpRequest::isBounded() {
  HttpRequests reader;
  int continues = 0;
  const std::string line(1000, 'a');
  std::vector<HttpRequest> all;
  for (int i = 0; i < 100; ++i) {
    for (HttpRequest& request : reader.take(asBytes(line), continues)) all.push_back(std::move(request));
  }
  QCOMPARE(inWords(all), QStringLiteral(" !431~"));
}

QTEST_GUILESS_MAIN(TestHttpRequest)
#include "tst_http_request.moc"
