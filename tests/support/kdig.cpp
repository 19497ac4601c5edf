#include "kdig.h"

#include <QProcess>
#include <QRegularExpression>
#include <QStandardPaths>

namespace {

KdigRecord record(const QString& line) {
  static const QRegularExpression fields(QStringLiteral("^(\\S+)\\s+(\\d+)\\s+(\\S+)\\s+(\\S+)\\s*(.*)$"));
  const QRegularExpressionMatch match = fields.match(line);
  return {match.captured(1), match.captured(2).toUInt(), match.captured(3), match.captured(4),
          match.captured(5).trimmed()};
}

void readComment(const QString& line, KdigAnswer& answer) {
  static const QRegularExpression status(QStringLiteral("; status: (\\w+);"));
  static const QRegularExpression flags(QStringLiteral("^;; Flags: ([^;]*);"));
  if (const auto match = status.match(line); match.hasMatch()) answer.rcode = match.captured(1);
  if (const auto match = flags.match(line); match.hasMatch()) {
    answer.flags = match.captured(1).toUpper().split(QLatin1Char(' '), Qt::SkipEmptyParts);
    answer.flags.removeAll(QStringLiteral("QR"));
  }
  if (line.contains(QStringLiteral("(TCP)"))) answer.overTcp = true;
}

}  // namespace

QString kdigMissing() {
  return QStandardPaths::findExecutable(QStringLiteral("kdig")).isEmpty()
             ? QStringLiteral("kdig (Debian's knot-dnsutils) is not installed")
             : QString();
}

KdigAnswer askKdig(const QString& name, const QString& type, quint16 port, const QStringList& options) {
  QProcess kdig;
  kdig.setProcessChannelMode(QProcess::MergedChannels);
  kdig.start(QStringLiteral("kdig"),
             QStringList{QStringLiteral("@127.0.0.1"), QStringLiteral("-p"), QString::number(port),
                         QStringLiteral("+edns"), QStringLiteral("+bufsize=1232"), QStringLiteral("+noidn"),
                         name, type} +
                 options);
  KdigAnswer answer;
  if (!kdig.waitForFinished(30000) || kdig.exitCode() != 0) {
    answer.failure = QStringLiteral("kdig: ") + QString::fromUtf8(kdig.readAll());
    return answer;
  }
  QList<KdigRecord>* section = nullptr;
  const QString text = QString::fromUtf8(kdig.readAll());
  for (const QString& line : text.split(QLatin1Char('\n'), Qt::SkipEmptyParts)) {
    if (line.startsWith(QStringLiteral(";; ANSWER SECTION"))) {
      section = &answer.answers;
    } else if (line.startsWith(QStringLiteral(";; AUTHORITY SECTION"))) {
      section = &answer.authority;
    } else if (line.startsWith(QStringLiteral(";; ADDITIONAL SECTION"))) {
      section = &answer.additional;
    } else if (line.startsWith(QLatin1Char(';'))) {
      readComment(line, answer);
    } else if (section != nullptr) {
      section->append(record(line));
    }
  }
  if (answer.rcode.isEmpty()) answer.failure = QStringLiteral("kdig: ") + text;
  return answer;
}
