#include "ui/window/instance_link.h"

#include <unistd.h>

#include <QCryptographicHash>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>
#include <QLocalServer>
#include <QLocalSocket>
#include <QLockFile>
#include <QTimer>

namespace sockbench::ui {
namespace {

constexpr char kTaken[] = "taken\n";
constexpr char kRefused[] = "refused\n";
constexpr qsizetype kLongestAnswer = 16;
constexpr qsizetype kLongestPath =
    100;  // sockaddr_un has 108 bytes (unix(7)); Qt puts a few more in while binding

// A folder that this person owns and nobody else can enter. A symbolic link is none.
bool isPrivate(const QString& folder) {
  const QFileInfo info(folder);
  const auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup | QFile::ReadOther |
                      QFile::WriteOther | QFile::ExeOther;
  return info.isDir() && !info.isSymLink() && info.ownerId() == geteuid() && !(info.permissions() & others);
}

QString privateFolder() {
  const QString runtime = qEnvironmentVariable("XDG_RUNTIME_DIR");
  if (!runtime.isEmpty() && isPrivate(runtime)) return runtime;
  const QString own = QDir::tempPath() + QStringLiteral("/sockbench-%1").arg(geteuid());
  // Made with its mode: between making it open and closing it, a stranger could slip in.
  QDir().mkdir(own, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
  return isPrivate(own) ? own : QString();
}

}  // namespace

InstanceLink::InstanceLink(QString name, QObject* parent) : QObject(parent), name_(std::move(name)) {}

InstanceLink::~InstanceLink() = default;

QString InstanceLink::placeFor(const QString& display) {
  const QString folder = privateFolder();
  const QByteArray digest = QCryptographicHash::hash(display.toUtf8(), QCryptographicHash::Sha256).toHex();
  const QString place = folder + QStringLiteral("/sockbench-") + QString::fromLatin1(digest.left(8));
  return folder.isEmpty() || QFile::encodeName(place).size() > kLongestPath ? QString() : place;
}

InstanceLink::HandOver InstanceLink::handOver(const LaunchRequest& request) const {
  if (name_.isEmpty()) return HandOver::nobody;
  QElapsedTimer waited;
  waited.start();
  const auto left = [&waited] { return std::max(0, kPatienceMs - static_cast<int>(waited.elapsed())); };

  QLocalSocket socket;
  socket.connectToServer(name_);
  if (!socket.waitForConnected(left())) return HandOver::nobody;
  socket.write(request.encode());
  QByteArray answer;
  while (!answer.endsWith('\n') && answer.size() < kLongestAnswer && socket.waitForReadyRead(left())) {
    answer += socket.read(kLongestAnswer);
  }
  if (answer == kTaken) return HandOver::taken;
  return answer == kRefused ? HandOver::refused : HandOver::nobody;
}

bool InstanceLink::serve() {
  if (name_.isEmpty()) return false;
  // Two programs that start together: the second waits until the first one listens.
  QLockFile lock(name_ + QStringLiteral(".lock"));
  lock.setStaleLockTime(kPatienceMs);
  if (!lock.tryLock(kPatienceMs)) return false;

  QLocalSocket probe;
  probe.connectToServer(name_);
  if (probe.waitForConnected(kPatienceMs)) return false;
  // Refused is what a dead program's socket says; a file of another kind says otherwise and stays.
  if (QFileInfo::exists(name_)) {
    if (QFileInfo(name_).isFile() || QFileInfo(name_).isDir() || QFileInfo(name_).isSymLink()) return false;
    QLocalServer::removeServer(name_);
  }
  server_ = std::make_unique<QLocalServer>();
  server_->setSocketOptions(QLocalServer::UserAccessOption);
  server_->setMaxPendingConnections(kMostConversations);
  connect(server_.get(), &QLocalServer::newConnection, this, [this] {
    while (QLocalSocket* guest = server_->nextPendingConnection()) welcome(guest);
  });
  if (server_->listen(name_)) return true;
  server_.reset();
  return false;
}

void InstanceLink::welcome(QLocalSocket* guest) {
  guest->setParent(this);
  connect(guest, &QLocalSocket::disconnected, guest, &QObject::deleteLater);
  if (conversations_ >= kMostConversations) return guest->abort();
  ++conversations_;
  connect(guest, &QObject::destroyed, this, [this] { --conversations_; });
  guest->setReadBufferSize(LaunchRequest::kMostBytes + 1);
  connect(guest, &QLocalSocket::readyRead, this, [this, guest] { hear(guest); });
  // One that says nothing, or too slowly, is not waited for.
  QTimer::singleShot(kPatienceMs, guest, [guest] { guest->abort(); });
  hear(guest);
}

void InstanceLink::hear(QLocalSocket* guest) {
  const QByteArray received = guest->peek(LaunchRequest::kMostBytes + 1);
  if (!LaunchRequest::isWhole(received) && received.size() <= LaunchRequest::kMostBytes) return;
  disconnect(guest, &QLocalSocket::readyRead, this, nullptr);
  const auto request = LaunchRequest::decode(received);
  guest->write(request ? kTaken : kRefused);
  guest->disconnectFromServer();
  if (request) emit requested(*request);
}

}  // namespace sockbench::ui
