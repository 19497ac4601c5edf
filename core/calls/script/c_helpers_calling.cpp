#include <array>

#include "core/calls/script/c_helpers.h"

namespace sockbench {
namespace {

constexpr std::array kHelpers{
    CHelper{"now", R"c(static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

)c"},
    CHelper{"has_timeout", R"c(static int has_timeout(int s) {
  return s >= 0 && s < (int)(sizeof seconds_of / sizeof *seconds_of) && seconds_of[s] > 0;
}

)c"},
    CHelper{"deadline", R"c(static double deadline(int s) {
  return has_timeout(s) ? now() + seconds_of[s] : 0;
}

)c"},
    CHelper{"ready_before",
            R"c(// A call on a socket with a time-out first waits for it to be ready, at most until `end`.
static int ready_before(int s, short events, double end) {
  struct pollfd waiting = {s, events, 0};
  while (has_timeout(s)) {
    double left = end - now();
    int result = left < 0 ? 0 : poll(&waiting, 1, (int)(left * 1e3) + 1);
    if (result == -1 && errno == EINTR) continue;
    if (result == 0) timed_out = 1;
    return result == 1;
  }
  return 1;
}

)c"},
    CHelper{"ready", R"c(static int ready(int s, short events) {
  return ready_before(s, events, deadline(s));
}

)c"},
    CHelper{"again", R"c(// It was ready, and yet had nothing: the call waits for the rest of its time.
static int again(int s, long result) {
  return result == -1 && errno == EAGAIN && has_timeout(s);
}

)c"},
    CHelper{"set_seconds", R"c(// How long calls on a socket wait: below 0 for ever, 0 never.
static int set_seconds(int s, double seconds) {
  int flags = fcntl(s, F_GETFL);
  if (flags == -1) return -1;
  if (s < (int)(sizeof seconds_of / sizeof *seconds_of)) seconds_of[s] = seconds < 0 ? 0 : seconds == 0 ? -1 : seconds;
  return fcntl(s, F_SETFL, seconds < 0 ? flags & ~O_NONBLOCK : flags | O_NONBLOCK);
}

)c"},
    CHelper{"seconds", R"c(static double seconds(int s) {
  double kept = s >= 0 && s < (int)(sizeof seconds_of / sizeof *seconds_of) ? seconds_of[s] : 0;
  return kept > 0 ? kept : kept < 0 ? 0 : -1;
}

)c"},
    CHelper{"begin_socket", R"c(static void begin_socket(int s) {
  set_seconds(s, (fcntl(s, F_GETFL) & O_NONBLOCK) != 0 ? 0 : default_seconds);
}

)c"},
    CHelper{"made", R"c(static int made(int s) {
  if (!ok(s)) return s;
/*?timeouts*/  begin_socket(s);
/*.*/  puts("<socket>");
  return s;
}

)c"},
    CHelper{"made_pair", R"c(static void made_pair(int *a, int *b, int family, int type, int protocol) {
  int pair[2] = {-1, -1};
  if (!ok(socketpair(family, type, protocol, pair))) return;
  *a = pair[0];
  *b = pair[1];
/*?timeouts*/  begin_socket(*a);
  begin_socket(*b);
/*.*/  puts("(<socket>, <socket>)");
}

)c"},
    CHelper{"made_copy", R"c(static int made_copy(int s) {
  int copy = made(dup(s));
/*?timeouts*/  if (copy != -1) set_seconds(copy, seconds(s));
/*.*/  return copy;
}

)c"},
    CHelper{"made_from", R"c(// `asks` is what the kernel is asked for beside, so that it must be a socket.
static int made_from(int fd, int asks) {
  struct address name = {.size = sizeof name.at};
  int copy = dup(fd);
  if (copy != -1 && asks && getsockname(copy, (struct sockaddr *)&name.at, &name.size) == -1) {
    failed();
    close(copy);
    return -1;
  }
  return made(copy);
}

)c"},
    CHelper{"close_socket",
            R"c(// Closing twice does nothing; a closed socket is -1, so that calls on it are EBADF.
static int close_socket(int *s) {
  int closing = *s;
  *s = -1;
  return closing == -1 ? 0 : close(closing);
}

)c"},
    CHelper{"resolve", R"c(static int resolve(struct address *into, int family, const char *host) {
  struct addrinfo hints = {.ai_family = family, .ai_socktype = SOCK_DGRAM};
  struct addrinfo *found = NULL;
  if (*host == 0) {
    hints.ai_flags = AI_PASSIVE;
    look_up_error = getaddrinfo(NULL, "0", &hints, &found);
  } else {
    look_up_error = getaddrinfo(strcmp(host, "<broadcast>") == 0 ? "255.255.255.255" : host, NULL, &hints, &found);
  }
  if (look_up_error != 0) return -1;
  memcpy(&into->at, found->ai_addr, found->ai_addrlen);
  into->size = found->ai_addrlen;
  freeaddrinfo(found);
  return 0;
}

)c"},
    CHelper{
        "internet_address",
        R"c(static int internet_address(struct address *into, int family, const char *host, int port, unsigned flow,
                            unsigned scope) {
  if (resolve(into, family, host) == -1) return -1;
  if (family == AF_INET6) {
    struct sockaddr_in6 *in6 = (struct sockaddr_in6 *)&into->at;
    in6->sin6_flowinfo = htonl(flow);
    if (scope != 0) in6->sin6_scope_id = scope;
  }
  ((struct sockaddr_in *)&into->at)->sin_port = htons((unsigned short)port);
  return 0;
}

)c"},
    CHelper{"unix_address", R"c(static int unix_address(struct address *into, const char *path, size_t size) {
  struct sockaddr_un *at = (struct sockaddr_un *)&into->at;
  memset(into, 0, sizeof *into);
  at->sun_family = AF_UNIX;
  memcpy(at->sun_path, path, size);
  into->size = (socklen_t)(sizeof(sa_family_t) + size + (*path != 0));
  return 0;
}

)c"},
    CHelper{"connect_in_time",
            R"c(static int connect_in_time(int s, const struct sockaddr *to, socklen_t size) {
  int result = connect(s, to, size);
  if (result == 0 || errno != EINPROGRESS || !has_timeout(s)) return result;
  if (!ready(s, POLLOUT)) return -1;
  int error = 0;
  socklen_t length = sizeof error;
  if (getsockopt(s, SOL_SOCKET, SO_ERROR, &error, &length) == -1 || error == 0) return error;
  errno = error;
  return -1;
}

)c"},
    CHelper{"told_errno", R"c(static long told_errno(long result) {
/*?lookUps*/  if (look_up_error != 0) {
    failed();
    return -1;
  }
/*.*//*?timeouts*/  if (timed_out) return plain(EAGAIN);
/*.*/  return plain(result == 0 ? 0 : errno);
}

)c"},
    CHelper{"accepted", R"c(static int accepted(int listener, int flags, struct address *from) {
  struct address name = {.size = sizeof name.at};
  int s;
/*?timeouts*/  double end = deadline(listener);
  do {
    if (!ready_before(listener, POLLIN, end)) return failed(), -1;
/*.*/  s = accept4(listener, (struct sockaddr *)&name.at, &name.size, flags | SOCK_CLOEXEC);
/*?timeouts*/  } while (again(listener, s));
/*.*/  if (!ok(s)) return -1;
/*?timeouts*/  begin_socket(s);
/*.*/  *from = name;
  fputs("(<socket>, ", stdout);
  print_address(from);
  puts(")");
  return s;
}

)c"},
    CHelper{"own_name", R"c(static void own_name(struct address *into, int s) {
  struct address name = {.size = sizeof name.at};
  long result = getsockname(s, (struct sockaddr *)&name.at, &name.size);
  told_address(result, &name);
  if (result == 0) *into = name;
}

)c"},
    CHelper{"peer_name", R"c(static void peer_name(struct address *into, int s) {
  struct address name = {.size = sizeof name.at};
  long result = getpeername(s, (struct sockaddr *)&name.at, &name.size);
  told_address(result, &name);
  if (result == 0) *into = name;
}

)c"},
    CHelper{"int_option", R"c(static long int_option(int s, int level, int name) {
  int value = 0;
  socklen_t size = sizeof value;
  return ok(getsockopt(s, level, name, &value, &size)) ? plain(value) : -1;
}

)c"},
    CHelper{"bytes_option",
            R"c(static void bytes_option(struct bytes *into, int s, int level, int name, int room) {
  socklen_t size = (socklen_t)room;
  struct bytes value = {calloc(1, (size_t)room), 0};
  long result = getsockopt(s, level, name, value.at, &size);
  value.size = size;
  told_bytes(result, &value);
  if (result == 0) *into = value;
}

)c"},
};

}  // namespace

std::span<const CHelper> cCallingHelpers() {
  return kHelpers;
}

}  // namespace sockbench
