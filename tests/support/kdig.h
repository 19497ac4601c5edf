// What kdig (Debian's knot-dnsutils) says to a question: the other reader of the same answer.
#pragma once

#include <QList>
#include <QString>
#include <QStringList>

struct KdigRecord {
  QString name;
  quint32 ttl = 0;
  QString klass;
  QString type;
  QString data;
  bool operator==(const KdigRecord&) const = default;
};

struct KdigAnswer {
  QString failure;  // empty: all of what follows holds
  QString rcode;
  QStringList flags;  // in capitals, without QR
  bool overTcp = false;
  QList<KdigRecord> answers;
  QList<KdigRecord> authority;
  QList<KdigRecord> additional;  // without OPT
};

// Why it cannot be asked here; empty where it can. For QSKIP.
QString kdigMissing();

// `options` as kdig takes them: "+tcp", "+norec".
KdigAnswer askKdig(const QString& name, const QString& type, quint16 port, const QStringList& options = {});
