#include "core/net/kernel_witness.h"

namespace sockbench {
namespace {

thread_local KernelWitness* current = nullptr;

}  // namespace

KernelWitness* KernelWitness::ofThisThread() {
  return current;
}

WitnessedThread::WitnessedThread(KernelWitness& witness) : before_(std::exchange(current, &witness)) {}

WitnessedThread::~WitnessedThread() {
  current = before_;
}

}  // namespace sockbench
