#include "core/resolve/resolver.h"

#include <netdb.h>

#include <algorithm>
#include <mutex>
#include <string_view>
#include <thread>

#include "core/resolve/resolver_state.h"

namespace sockbench {

namespace {

bool isNumber(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

bool isAddress(std::string_view text) {
  return SocketAddress::fromIp(text, 0).has_value();
}

// Whether getaddrinfo may have to ask a name server or read a file.
bool blocks(const AddressQuery& query) {
  const bool numericHost =
      query.host.empty() || query.host == "*" || (query.flags & AI_NUMERICHOST) != 0 || isAddress(query.host);
  const bool numericService = isNumber(query.service) || (query.flags & AI_NUMERICSERV) != 0;
  return !(numericHost && numericService);
}

}  // namespace

Resolver::Resolver(std::size_t maxThreads) : state_(std::make_shared<State>(maxThreads)) {
  state_->delivery = std::thread([state = state_] { state->deliver(); });
}

Resolver::~Resolver() {
  state_->close();
  if (state_->delivery.get_id() != std::this_thread::get_id()) {
    state_->delivery.join();
    return;
  }
  // Inside a callback: what is still due is delivered here; the thread ends when that callback returns.
  std::unique_lock lock(state_->mutex);
  state_->drain(lock);
  state_->delivery.detach();
}

LookupId Resolver::addresses(AddressQuery query, Limit limit,
                             std::function<void(LookupOutcome<AddressAnswer>)> done) {
  const bool mayBlock = blocks(query);
  std::string subject = query.host.empty() ? "*" : query.host;
  std::function<Result<AddressAnswer>()> ask = [query = std::move(query)] { return getAddressInfo(query); };
  Job job = makeJob(Operation::getaddrinfo, std::move(subject), std::move(ask), std::move(done));
  job.blocks = mayBlock;
  return start(std::move(job), limit);
}

LookupId Resolver::name(SocketAddress address, int flags, Limit limit,
                        std::function<void(LookupOutcome<NameInfo>)> done) {
  std::function<Result<NameInfo>()> ask = [address, flags] { return getNameInfo(address, flags); };
  return start(makeJob(Operation::getnameinfo, address.text(), std::move(ask), std::move(done)), limit);
}

LookupId Resolver::host(std::string nameOrAddress, Limit limit,
                        std::function<void(LookupOutcome<HostInfo>)> done) {
  const bool reverse = isAddress(nameOrAddress);
  std::function<Result<HostInfo>()> ask = [nameOrAddress, reverse] {
    return reverse ? getHostByAddress(nameOrAddress) : getHostByName(nameOrAddress);
  };
  const Operation op = reverse ? Operation::gethostbyaddr : Operation::gethostbyname;
  return start(makeJob(op, std::move(nameOrAddress), std::move(ask), std::move(done)), limit);
}

LookupId Resolver::start(Job job, Limit limit) {
  return state_->add(std::move(job), limit);
}

void Resolver::cancel(LookupId id) {
  state_->cancel(id.value);
}

std::size_t Resolver::pending() const {
  const std::scoped_lock lock(state_->mutex);
  return state_->lookups.size();
}

}  // namespace sockbench
