// The signal that ends a wait in the kernel: a real-time one whose handler does nothing and restarts nothing.
#pragma once

#include <pthread.h>

namespace sockbench {

// Names the calling thread and makes it hear no signal but this one. The handler is there afterwards.
void beginInterruptibleThread();
// Ends the system call in which `thread` sleeps with EINTR. One that is about to sleep misses it: repeat.
void interruptThread(pthread_t thread);
// Whether the kernel says that the thread (gettid(2)) sleeps, neither running nor waiting for a processor.
bool threadSleeps(pid_t thread);
// ... and that it does so for what comes from outside, not for a lock of ours that another thread holds.
bool threadAwaitsEvent(pid_t thread);

}  // namespace sockbench
