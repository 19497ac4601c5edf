// Context: what every session needs of the engine. It outlives the workers.
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <vector>

#include "core/engine/detail/descriptor_waiters.h"
#include "core/engine/detail/registry.h"
#include "core/engine/event_queue.h"
#include "core/resolve/dns_client.h"
#include "core/resolve/resolver.h"
#include "core/traffic/traffic_log.h"

namespace sockbench::detail {

class Worker;

struct Context {
  Context();
  ~Context();

  std::shared_ptr<TrafficLog> log;
  EventQueue events;
  Registry registry;
  DescriptorWaiters descriptorWaiters;
  std::vector<std::unique_ptr<Worker>> workers;
  std::unique_ptr<Resolver> resolver;
  std::once_flag dnsBegun;
  std::unique_ptr<DnsClient> dns;  // made when it is first asked for

  // In turn; one whose loop could not be made only while there is no other. Thread: any.
  Worker& nextWorker();

 private:
  std::atomic<std::size_t> turn_{0};
};

}  // namespace sockbench::detail
