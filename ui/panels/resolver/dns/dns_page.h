// DnsPage: name servers asked directly, not through nsswitch: each section of their answers as it came.
// Thread: gui.
//
// Object names: those of DnsForm, "resolverDnsMessage", "resolverDnsStatusLabel", "resolverDnsTable".
#pragma once

#include <QElapsedTimer>
#include <QHash>

#include "core/net/endpoint.h"
#include "core/resolve/dns_client.h"
#include "ui/bridge/core_types.h"
#include "ui/panels/panel.h"

class QMenu;

namespace sockbench::ui {

class DnsForm;
class ElidedLabel;
class EngineBridge;
class GroupedRowsModel;
class InlineMessage;
class RowsTable;

class DnsPage : public Panel {
  Q_OBJECT
 public:
  explicit DnsPage(EngineBridge* bridge, QWidget* parent = nullptr);  // the bridge outlives it

  void act() override;     // asks, a question a type
  void cancel() override;  // the questions under way
  void focusFirst() override;
  void saveState(QSettings& settings) const override;
  void restoreState(QSettings& settings) override;

 signals:
  void targetChosen(const sockbench::Endpoint& endpoint);  // its service is empty
  void inspectRequested(const QString& address);

 private:
  void arrange();
  void connectParts();
  void answer(LookupId id, const LookupOutcome<DnsAnswer>& outcome);
  void sayReverse();
  void finish();
  void chooseCurrent();
  void addRowActions(QMenu* menu);
  const DnsRecord* currentRecord() const;  // nullptr when there is none

  EngineBridge* bridge_;
  DnsForm* form_;
  InlineMessage* message_;
  ElidedLabel* status_;
  GroupedRowsModel* model_;
  RowsTable* table_;
  QList<DnsQuery> asked_;
  QHash<quint64, int> pending_;  // of asked_
  QElapsedTimer clock_;
  int records_ = 0;
  int failed_ = 0;
};

}  // namespace sockbench::ui
