/* Stands in for a name server that never answers: says so on standard error, then sleeps for ever. */
#include <netdb.h>
#include <unistd.h>

int getaddrinfo(const char* host, const char* service, const struct addrinfo* hints,
                struct addrinfo** found) {
  (void)host;
  (void)service;
  (void)hints;
  (void)found;
  if (write(STDERR_FILENO, "hanging\n", 8) != 8) return EAI_SYSTEM;
  for (;;) pause();
}
