#include "ui/window/launch_request.h"

#include <QDir>
#include <QFile>
#include <QList>
#include <string>

namespace sockbench::ui {
namespace {

constexpr char kGreeting[] = "sockbench 1";
constexpr char kListen[] = "listen ";
constexpr char kConnect[] = "connect ";
constexpr char kOpen[] = "open ";
constexpr char kClosing[] = "\nend\n";

std::string absolutePath(const std::string& path) {
  return path.starts_with('/') ? path : QFile::encodeName(QDir::currentPath()).toStdString() + '/' + path;
}

Endpoint withAbsolutePath(Endpoint endpoint) {
  const bool isFile =
      isUnixTransport(endpoint.transport) && !endpoint.path.empty() && endpoint.path[0] != '\0';
  if (!isFile || endpoint.path[0] == '/') return endpoint;
  endpoint.path = absolutePath(endpoint.path);
  return endpoint;
}

void appendLine(QByteArray& message, const char* word, const std::string& text) {
  message += '\n';
  message += word;
  message += QByteArray::fromStdString(text).toPercentEncoding();
}

void appendLine(QByteArray& message, const char* word, const Endpoint& endpoint) {
  appendLine(message, word, withAbsolutePath(endpoint).text());
}

std::optional<Endpoint> endpointOf(const QByteArray& encoded) {
  auto endpoint = Endpoint::parse(QByteArray::fromPercentEncoding(encoded).toStdString());
  if (!endpoint) return std::nullopt;
  return *std::move(endpoint);
}

}  // namespace

QByteArray LaunchRequest::encode() const {
  QByteArray message = kGreeting;
  for (const Endpoint& endpoint : listen) appendLine(message, kListen, endpoint);
  for (const Endpoint& endpoint : connect) appendLine(message, kConnect, endpoint);
  for (const std::string& path : captures) appendLine(message, kOpen, absolutePath(path));
  return message + kClosing;
}

bool LaunchRequest::isWhole(const QByteArray& received) {
  return received.endsWith(kClosing);
}

std::optional<LaunchRequest> LaunchRequest::decode(const QByteArray& message) {
  if (message.size() > kMostBytes || !isWhole(message)) return std::nullopt;
  const qsizetype closing = static_cast<qsizetype>(sizeof kClosing) - 1;
  QList<QByteArray> lines = message.chopped(closing).split('\n');
  if (lines.takeFirst() != kGreeting || lines.size() > static_cast<qsizetype>(kMostEndpoints))
    return std::nullopt;

  LaunchRequest request;
  for (const QByteArray& line : lines) {
    if (line.startsWith(kOpen)) {
      const std::string path = QByteArray::fromPercentEncoding(line.mid(line.indexOf(' ') + 1)).toStdString();
      if (!path.starts_with('/') || path.contains('\0')) return std::nullopt;
      request.captures.push_back(path);
      continue;
    }
    const bool isListen = line.startsWith(kListen);
    if (!isListen && !line.startsWith(kConnect)) return std::nullopt;
    auto endpoint = endpointOf(line.mid(line.indexOf(' ') + 1));
    if (!endpoint) return std::nullopt;
    (isListen ? request.listen : request.connect).push_back(*std::move(endpoint));
  }
  return request;
}

}  // namespace sockbench::ui
