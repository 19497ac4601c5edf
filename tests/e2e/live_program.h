// sockbench-cli and other people's programs as child processes of a test.
#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QList>
#include <QProcess>
#include <QString>
#include <QStringList>
#include <functional>

namespace sockbench::test {

inline constexpr int kDeadlineMs = 20000;

// A program; killed when it goes. What it writes is collected by the event loop (QTRY_* macros run it).
class Program {
 public:
  Program(const QString& program, const QStringList& arguments);
  virtual ~Program();

  // Waits until `isThere`, at most kDeadlineMs.
  bool waitUntil(const std::function<bool()>& isThere);
  bool waitForText(const QByteArray& text);  // on either stream
  // The exit status; -1: it did not end in time, or crashed.
  int waitForExit();
  bool isRunning() const { return process_.state() != QProcess::NotRunning; }
  void signal(int number);

  QProcess& process() { return process_; }
  const QByteArray& out() const { return out_; }
  const QByteArray& err() const { return err_; }

 protected:
  virtual void outGrew() {}
  QByteArray out_;
  QByteArray err_;

 private:
  QProcess process_;
};

// sockbench-cli --json: its records, each checked for the keys that every line of its kind has.
class JsonRun : public Program {
 public:
  // `through`: a program and its arguments that start ours ("ip netns exec NAME"); empty: none.
  explicit JsonRun(const QStringList& arguments, const QStringList& through = {});

  // Waits for the nth (from 0) record of the kind; empty: it did not come.
  QJsonObject waitFor(const QString& kind, int nth = 0);
  // `listening`'s port, once it is there; 0: it did not come.
  int port();

  const QList<QJsonObject>& records() const { return records_; }
  QList<QJsonObject> all(const QString& kind) const;
  QStringList kinds() const;
  QByteArray payload(const QString& kind) const;  // "in" or "out": the hex of all of them, decoded
  QJsonObject summary() const;                    // of the last line; empty: it is none
  const QString& complaint() const {
    return complaint_;
  }  // the first line that breaks the contract; empty: none

 protected:
  void outGrew() override;

 private:
  void take(const QByteArray& line);
  qsizetype parsed_ = 0;
  QList<QJsonObject> records_;
  QString complaint_;
};

QString cliPath();
QString tool(const char* name);  // its path; empty: not installed
// python3 -c `script` `arguments`. The script may use what kPythonPrelude imports.
QStringList pythonArguments(const QByteArray& script, const QStringList& arguments = {});
// A TCP port that nobody listens on at the moment.
int freePort();
// The port in "ADDRESS:PORT".
int portOf(const QString& address);

}  // namespace sockbench::test
