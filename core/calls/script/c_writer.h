// CWriter: the body of a C program, call by call.
#pragma once

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "core/calls/script/c_value.h"
#include "core/calls/script/call_script.h"

namespace sockbench {

class CWriter {
 public:
  ScriptProgram write(const CallScript& script);

 private:
  // How one call is written. `args` are its arguments by place; a missing one is not there.
  using Body = void (CWriter::*)();
  struct Entry {
    std::string_view name;
    bool onSocket;
    std::vector<std::string_view> parameters;
    Body body;
  };
  static const std::vector<Entry>& entries();

  void add(const CallLine& line);
  void leaveOut(const CallLine& line, const std::string& reason);
  void addCall(const CallLine& line);
  void addAssignment(const CallLine& line);
  void readArguments(const CallLine& line, const Entry& entry);

  // Bodies.
  void makeSocket();
  void makePair();
  void takeOver();
  void copySocket();
  void closeSocket();
  void detach();
  void fileno();
  void bind();
  void listen();
  void accept();
  void connect();
  void connectEx();
  void shutdown();
  void ownName();
  void peerName();
  void readOption();
  void setOption();
  void setBlocking();
  void blocking();
  void setTimeout();
  void timeout();
  void setDefaultTimeout();
  void defaultTimeout();
  void ioctl();
  void send();
  void sendAll();
  void sendTo();
  void sendMessage();
  void receive();
  void receiveFrom();
  void receiveInto();
  void receiveFromInto();
  void receiveMessage();
  void poll();
  void convertNumber();
  void textToAddress();
  void addressToText();
  void controlSize();
  void sendFile();
  void lookUp();
  void hostAddress();
  void hostEntry();
  void namesOfAddress();
  void hostName();
  void serviceNumber();
  void serviceName();
  void protocolNumber();
  void protocolName();
  void interfaces();
  void interfaceNumber();
  void interfaceName();

  // Writing.
  void emit(std::string statement);  // one statement, with its semicolon
  std::string declare(std::string_view type, std::string_view name,
                      std::string_view start);  // a new C variable
  // A struct for the result that the target at `index` takes.
  CValue result(std::string_view type, std::size_t index, CValue::Type kind);
  // Writes a call whose result is an int or a long: assigned where the line has a target.
  CValue& assign(std::string_view type, std::string_view start, CValue::Type kind, const std::string& call);
  void bindTargets(CValue value);  // the targets of the line are this, or the items of it
  // The call as C waits for it: only once the socket is ready, where the program has time-outs.
  std::string waiting(std::string_view events, const std::string& call) const;
  // The call that `make` writes with an address's pointer and size, once there is such an address.
  std::string withAddress(const std::optional<CValue>& value,
                          const std::function<std::string(const std::string&)>& make);
  std::string addressMade(const CValue& value);  // what makes `to` of a literal
  std::string connectCall();
  std::string seconds(std::size_t index) const;
  std::string intoBuffer(const std::string& from);               // recv_into and recvfrom_into
  std::string unnamed(std::string_view type);                    // a variable for what nobody has asked for
  std::string scratch(std::string_view type, std::string name);  // one of the program's own, no script's
  void tellText(const std::string& call);  // writes a call whose result is text, or NULL where it has failed
  std::string numericAddress(const CValue& value);  // what makes `to` of what getnameinfo takes

  bool has(std::size_t index) const { return index < args_.size() && args_[index].has_value(); }
  std::string number(std::size_t index, std::string_view otherwise, std::int64_t least = INT32_MIN,
                     std::int64_t most = INT32_MAX) const;
  std::string bytesAt(std::size_t index) const;  // "pointer, size"
  std::string textAt(std::size_t index) const;
  std::string hostAt(std::size_t index) const;     // of a look-up
  std::string serviceAt(std::size_t index) const;  // a port as text, or NULL

  CVariables variables_;
  std::set<std::string, std::less<>> cNames_;
  std::string declarations_;
  std::string body_;
  std::vector<std::string> leftOut_;
  std::set<std::string, std::less<>> scalars_;
  bool timeouts_ = false;

  const CallLine* line_ = nullptr;
  CValue socket_;  // of a method
  std::vector<std::optional<CValue>> args_;
  CValue result_;
};

}  // namespace sockbench
