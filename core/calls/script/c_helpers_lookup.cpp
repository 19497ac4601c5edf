#include <array>

#include "core/calls/script/c_helpers.h"

namespace sockbench {
namespace {

constexpr std::array kHelpers{
    CHelper{"decimal", R"c(static const char *decimal(long number) {
  static char text[24];
  snprintf(text, sizeof text, "%ld", number);
  return text;
}

)c"},
    CHelper{"address_in", R"c(static struct address address_in(const struct addrinfo *found) {
  struct address address = {.size = found->ai_addrlen};
  if (found->ai_addr != NULL) memcpy(&address.at, found->ai_addr, found->ai_addrlen);
  return address;
}

)c"},
    CHelper{
        "looked_up",
        R"c(static struct addrinfo *looked_up(const char *host, const char *service, int family, int type, int protocol,
                                  int flags) {
  struct addrinfo hints = {.ai_flags = flags, .ai_family = family, .ai_socktype = type, .ai_protocol = protocol};
  struct addrinfo *found = NULL;
  look_up_error = getaddrinfo(host, service, &hints, &found);
  if (!ok(look_up_error == 0 ? 0 : -1)) return NULL;
  for (struct addrinfo *one = found; one != NULL; one = one->ai_next) {
    struct address address = address_in(one);
    printf("%s(%d, %d, %d, ", one == found ? "[" : ", ", one->ai_family, one->ai_socktype, one->ai_protocol);
    print_text(one->ai_canonname != NULL ? one->ai_canonname : "");
    fputs(", ", stdout);
    print_address(&address);
    putchar(')');
  }
  puts("]");
  return found;
}

)c"},
    CHelper{"nth_found", R"c(// What is not there has no family, and no address.
static const struct addrinfo *nth_found(const struct addrinfo *found, long n) {
  static const struct addrinfo nothing;
  for (; found != NULL && n > 0; --n) found = found->ai_next;
  return found != NULL ? found : &nothing;
}

)c"},
    CHelper{"name_found", R"c(static const char *name_found(const struct addrinfo *found, long n) {
  const char *name = nth_found(found, n)->ai_canonname;
  return name != NULL ? name : "";
}

)c"},
    CHelper{"found_address", R"c(static struct address *found_address(const struct addrinfo *found, long n) {
  static struct address address;
  address = address_in(nth_found(found, n));
  return &address;
}

)c"},
    CHelper{"address_named", R"c(static const char *address_named(const char *host) {
  static struct address address;
  return resolve(&address, AF_INET, host) == 0 ? host_of(&address) : NULL;
}

)c"},
    CHelper{"host_symbol", R"c(static const char *host_symbol(int error) {
  switch (error) {
    case HOST_NOT_FOUND: return "HOST_NOT_FOUND";
    case TRY_AGAIN: return "TRY_AGAIN";
    case NO_RECOVERY: return "NO_RECOVERY";
    case NO_DATA: return "NO_DATA";
    default: return "herror";
  }
}

)c"},
    CHelper{"told_host", R"c(static void told_host(const struct hostent *host) {
  if (host == NULL) {
    puts(host_symbol(h_errno));
    return;
  }
  putchar('(');
  print_text(host->h_name);
  fputs(", [", stdout);
  for (char **name = host->h_aliases; *name != NULL; ++name) {
    if (name != host->h_aliases) fputs(", ", stdout);
    print_text(*name);
  }
  fputs("], [", stdout);
  for (char **at = host->h_addr_list; *at != NULL; ++at) {
    char text[INET6_ADDRSTRLEN];
    printf("%s'%s'", at != host->h_addr_list ? ", " : "", inet_ntop(host->h_addrtype, *at, text, sizeof text));
  }
  puts("])");
}

)c"},
    CHelper{"names_of", R"c(static void names_of(const char *host) {
  struct address address = {0};
  if (ok(resolve(&address, AF_INET, host))) told_host(gethostbyname(host));
}

)c"},
    CHelper{"names_at", R"c(static void names_at(const char *host) {
  struct address address = {0};
  if (!ok(resolve(&address, AF_UNSPEC, host))) return;
  const void *in = &((const struct sockaddr_in *)&address.at)->sin_addr;
  const void *in6 = &((const struct sockaddr_in6 *)&address.at)->sin6_addr;
  int family = address.at.ss_family;
  told_host(gethostbyaddr(family == AF_INET6 ? in6 : in, family == AF_INET6 ? 16 : 4, family));
}

)c"},
    CHelper{
        "numeric_address",
        R"c(static int numeric_address(struct address *into, const char *host, const char *port, unsigned flow, unsigned scope) {
  struct addrinfo hints = {.ai_flags = AI_NUMERICHOST, .ai_socktype = SOCK_DGRAM};
  struct addrinfo *found = NULL;
  look_up_error = getaddrinfo(host, port, &hints, &found);
  if (look_up_error != 0) return -1;
  *into = address_in(found);
  freeaddrinfo(found);
  if (into->at.ss_family == AF_INET6) {
    ((struct sockaddr_in6 *)&into->at)->sin6_flowinfo = htonl(flow);
    ((struct sockaddr_in6 *)&into->at)->sin6_scope_id = scope;
  }
  return 0;
}

)c"},
    CHelper{
        "told_names",
        R"c(static void told_names(const char **host, const char **service, const struct address *from, int flags) {
  char names[2][NI_MAXHOST];
  if (from->at.ss_family == AF_UNIX) {
    puts("TypeError");
    return;
  }
  look_up_error = getnameinfo((const struct sockaddr *)&from->at, from->size, names[0], sizeof names[0], names[1],
                              NI_MAXSERV, flags);
  if (!ok(look_up_error == 0 ? 0 : -1)) return;
  putchar('(');
  print_text(names[0]);
  fputs(", ", stdout);
  print_text(names[1]);
  puts(")");
  *host = strdup(names[0]);
  *service = strdup(names[1]);
}

)c"},
    CHelper{"told_port", R"c(static long told_port(const struct servent *service) {
  if (service == NULL) puts("OSError");
  return service == NULL ? 0 : plain(ntohs((unsigned short)service->s_port));
}

)c"},
    CHelper{"service_name", R"c(static const char *service_name(long port, const char *protocol) {
  const struct servent *service = getservbyport(htons((unsigned short)port), protocol);
  errno = 0;  // Python tells of none
  return service == NULL ? NULL : service->s_name;
}

)c"},
    CHelper{"told_protocol", R"c(static long told_protocol(const struct protoent *protocol) {
  if (protocol == NULL) puts("OSError");
  return protocol == NULL ? 0 : plain(protocol->p_proto);
}

)c"},
    CHelper{"protocol_name", R"c(static const char *protocol_name(int number) {
  const struct protoent *protocol = getprotobynumber(number);
  errno = 0;
  return protocol == NULL ? NULL : protocol->p_name;
}

)c"},
    CHelper{"told_interfaces", R"c(static void told_interfaces(void) {
  struct if_nameindex *all = if_nameindex();
  if (!ok(all == NULL ? -1 : 0)) return;
  putchar('[');
  for (struct if_nameindex *one = all; one->if_index != 0; ++one) {
    printf("%s(%u, ", one == all ? "" : ", ", one->if_index);
    print_text(one->if_name);
    putchar(')');
  }
  puts("]");
  if_freenameindex(all);
}

)c"},
};

}  // namespace

std::span<const CHelper> cLookUpHelpers() {
  return kHelpers;
}

}  // namespace sockbench
