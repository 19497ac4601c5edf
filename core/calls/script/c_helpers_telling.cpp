#include <array>

#include "core/calls/script/c_helpers.h"

namespace sockbench {
namespace {

constexpr std::array kHelpers{
    CHelper{"bytes", R"c(struct bytes {
  unsigned char *at;
  size_t size;
};

)c"},
    CHelper{"address", R"c(struct address {
  struct sockaddr_storage at;
  socklen_t size;
};

)c"},
    CHelper{"timed_out",
            "static int timed_out;  // the call has waited as long as its socket's time-out lets it\n"},
    CHelper{"look_up_error", "static int look_up_error;  // EAI_*\n"},
    CHelper{"seconds_of",
            "static double seconds_of[1 << 16];  // the time-out of each descriptor; 0: none, below 0: never "
            "wait\n"},
    CHelper{"default_seconds", "static double default_seconds = -1;  // of new sockets; below 0: none\n\n"},
    CHelper{"look_up_symbol", R"c(static const char *look_up_symbol(int error) {
  switch (error) {
    case EAI_NONAME: return "EAI_NONAME";
    case EAI_AGAIN: return "EAI_AGAIN";
    case EAI_FAIL: return "EAI_FAIL";
    case EAI_FAMILY: return "EAI_FAMILY";
    case EAI_SOCKTYPE: return "EAI_SOCKTYPE";
    case EAI_SERVICE: return "EAI_SERVICE";
    case EAI_BADFLAGS: return "EAI_BADFLAGS";
    case EAI_MEMORY: return "EAI_MEMORY";
    case EAI_ADDRFAMILY: return "EAI_ADDRFAMILY";
    case EAI_NODATA: return "EAI_NODATA";
    case EAI_OVERFLOW: return "EAI_OVERFLOW";
    default: return gai_strerror(error);
  }
}

)c"},
    CHelper{"call", R"c(static void call(int line, const char *text) {
  printf("%d %s -> ", line, text);
  errno = 0;
/*?timeouts*/  timed_out = 0;
/*.*//*?lookUps*/  look_up_error = 0;
/*.*/}

)c"},
    CHelper{"symbol", R"c(static const char *symbol(int error) {
  const char *name = strerrorname_np(error);
  return error == EOPNOTSUPP ? "EOPNOTSUPP" : error != 0 && name != NULL ? name : "OSError";
}

)c"},
    CHelper{"failed", R"c(static void failed(void) {
/*?lookUps*/  if (look_up_error != 0 && look_up_error != EAI_SYSTEM) {
    puts(look_up_symbol(look_up_error));
    return;
  }
/*.*//*?timeouts*/  if (timed_out) {
    puts("timed out");
    return;
  }
/*.*/  puts(symbol(errno));
}

)c"},
    CHelper{"ok", R"c(static int ok(long result) {
  if (result == -1) failed();
  return result != -1;
}

)c"},
    CHelper{"none", R"c(static void none(long result) {
  if (ok(result)) puts("None");
}

)c"},
    CHelper{"plain", R"c(static long plain(long number) {
  printf("%ld\n", number);
  return number;
}

)c"},
    CHelper{"number", R"c(static long number(long result) {
  if (ok(result)) plain(result);
  return result;
}

)c"},
    CHelper{"print_seconds", R"c(static void print_seconds(double seconds) {
  char text[64];
  for (int digits = 1; digits <= 17; ++digits) {
    snprintf(text, sizeof text, "%.*g", digits, seconds);
    if (strtod(text, NULL) == seconds) break;
  }
  if (seconds < 0)
    puts("None");
  else
    printf(strpbrk(text, ".e") != NULL ? "%s\n" : "%s.0\n", text);
}

)c"},
    CHelper{"print_quoted", R"c(// As Python's repr writes it; bytes beyond ASCII stand in text as they are.
static void print_quoted(const unsigned char *at, size_t size, int is_text) {
  int quote = memchr(at, '\'', size) != NULL && memchr(at, '"', size) == NULL ? '"' : '\'';
  putchar(quote);
  for (size_t i = 0; i < size; ++i) {
    if (at[i] == '\\' || at[i] == quote)
      printf("\\%c", at[i]);
    else if (at[i] == '\n' || at[i] == '\r' || at[i] == '\t')
      printf("\\%c", at[i] == '\n' ? 'n' : at[i] == '\r' ? 'r' : 't');
    else if ((at[i] >= 0x20 && at[i] < 0x7f) || (is_text && at[i] >= 0x80))
      putchar(at[i]);
    else
      printf("\\x%02x", at[i]);
  }
  putchar(quote);
}

)c"},
    CHelper{"print_text", R"c(static void print_text(const char *text) {
  print_quoted((const unsigned char *)text, strlen(text), 1);
}

)c"},
    CHelper{"print_bytes", R"c(static void print_bytes(const struct bytes *bytes) {
  putchar('b');
  print_quoted(bytes->at, bytes->size, 0);
}

)c"},
    CHelper{"host_of", R"c(static const char *host_of(const struct address *address) {
  static char text[INET6_ADDRSTRLEN];
  int family = address->at.ss_family;
  const void *in = &((const struct sockaddr_in *)&address->at)->sin_addr;
  const void *in6 = &((const struct sockaddr_in6 *)&address->at)->sin6_addr;
  return inet_ntop(family, family == AF_INET6 ? in6 : in, text, sizeof text);
}

)c"},
    CHelper{"port_of", R"c(static int port_of(const struct address *address) {
  return ntohs(((const struct sockaddr_in *)&address->at)->sin_port);
}

)c"},
    CHelper{"print_path", R"c(static void print_path(const struct address *address) {
  const unsigned char *path = (const unsigned char *)((const struct sockaddr_un *)&address->at)->sun_path;
  size_t size = address->size - sizeof(sa_family_t);
  int is_abstract = size > 0 && path[0] == 0;
  if (is_abstract) putchar('b');
  print_quoted(path, is_abstract ? size : strnlen((const char *)path, size), !is_abstract);
}

)c"},
    CHelper{"print_address", R"c(static void print_address(const struct address *address) {
  const struct sockaddr_in6 *in6 = (const struct sockaddr_in6 *)&address->at;
  if (address->size == 0)
    fputs("None", stdout);
  else if (address->at.ss_family == AF_INET)
    printf("('%s', %d)", host_of(address), port_of(address));
  else if (address->at.ss_family == AF_INET6)
    printf("('%s', %d, %u, %u)", host_of(address), port_of(address), ntohl(in6->sin6_flowinfo),
           in6->sin6_scope_id);
  else if (address->at.ss_family == AF_UNIX)
    print_path(address);
  else
    printf("<address of family %d>", address->at.ss_family);
}

)c"},
    CHelper{"told_address", R"c(static void told_address(long result, const struct address *address) {
  if (!ok(result)) return;
  print_address(address);
  putchar('\n');
}

)c"},
    CHelper{"told_bytes", R"c(static void told_bytes(long result, const struct bytes *bytes) {
  if (!ok(result)) return;
  print_bytes(bytes);
  putchar('\n');
}

)c"},
    CHelper{"told_text", R"c(// A text that nobody has got is a name that no host may have.
static const char *told_text(const char *text) {
  if (text == NULL) {
    failed();
    return "unknown.invalid";
  }
  print_text(text);
  putchar('\n');
  return strdup(text);
}

)c"},
};

}  // namespace

std::span<const CHelper> cTellingHelpers() {
  return kHelpers;
}

}  // namespace sockbench
