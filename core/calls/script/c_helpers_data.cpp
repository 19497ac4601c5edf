#include <array>

#include "core/calls/script/c_helpers.h"

namespace sockbench {
namespace {

constexpr std::array kHelpers{
    CHelper{"send_all", R"c(static int send_all(int s, const void *at, size_t size, int flags) {
  const char *rest = at;
/*?timeouts*/  double end = deadline(s);
/*.*/  do {
/*?timeouts*/    if (!ready_before(s, POLLOUT, end)) return -1;
/*.*/    ssize_t sent = send(s, rest, size, flags);
    if (sent == -1) return -1;
    rest += sent;
    size -= (size_t)sent;
  } while (size > 0);
  return 0;
}

)c"},
    CHelper{
        "refuses_file",
        R"c(// What Python refuses before it sends a file; after it has looked whether there is anything to send.
static int refuses_file(int s, long size, long count) {
  int type = SOCK_STREAM;
  socklen_t length = sizeof type;
  int waits = (fcntl(s, F_GETFL) & O_NONBLOCK) == 0;
/*?timeouts*/  waits = waits || has_timeout(s);
/*.*/  getsockopt(s, SOL_SOCKET, SO_TYPE, &type, &length);
  return (type & SOCK_STREAM) == 0 || count < 0 || (size > 0 && !waits);
}

)c"},
    CHelper{"copy_file", R"c(static long copy_file(int s, int file, off_t offset, long size, long count) {
  long total = 0;
  while (count == 0 || total < count) {
/*?timeouts*/    if (!ready(s, POLLOUT)) return -1;
/*.*/    ssize_t sent = sendfile(s, file, &offset, (size_t)(count == 0 ? size : count - total));
/*?timeouts*/    if (again(s, sent)) continue;
/*.*/    if (sent == -1) return -1;
    if (sent == 0) break;
    total += sent;
  }
  return total;
}

)c"},
    CHelper{"send_file", R"c(static long send_file(int s, const char *path, long offset, long count) {
  struct stat about;
  long total = 0;
  int file = open(path, O_RDONLY | O_CLOEXEC);
  if (!ok(file == -1 ? -1 : fstat(file, &about))) return 0;
  if (S_ISDIR(about.st_mode)) {
    puts("EISDIR");
  } else if (refuses_file(s, about.st_size, count)) {
    puts("ValueError");
  } else {
    total = about.st_size == 0 ? 0 : copy_file(s, file, offset, about.st_size, count);
    number(total);
  }
  close(file);
  return total;
}

)c"},
    CHelper{"receive",
            R"c(// `from` NULL: nobody asks who has sent it; then no bytes are no call, as in Python.
static long receive(struct bytes *into, int s, long room, int flags, struct address *from) {
  struct bytes data = {malloc((size_t)room + 1), 0};
  struct address sender = {.size = sizeof sender.at};
  ssize_t size = 0;
  if (room == 0 && from == NULL) {
    *into = data;
    return 0;
  }
/*?timeouts*/  double end = deadline(s);
  do {
    if (!ready_before(s, POLLIN, end)) return -1;
/*.*/  sender.size = sizeof sender.at;
    size = recvfrom(s, data.at, (size_t)room, flags, (struct sockaddr *)&sender.at, &sender.size);
/*?timeouts*/  } while (again(s, size));
/*.*/  if (size == -1) return -1;
  if (from != NULL) *from = sender;
  data.size = size > room ? (size_t)room : (size_t)size;
  *into = data;
  return size;
}

)c"},
    CHelper{"told_receipt",
            R"c(static void told_receipt(long result, const struct bytes *data, const struct address *from) {
  if (!ok(result)) return;
  putchar('(');
  print_bytes(data);
  fputs(", ", stdout);
  print_address(from);
  puts(")");
}

)c"},
    CHelper{"told_count_from", R"c(static void told_count_from(long result, const struct address *from) {
  if (!ok(result)) return;
  printf("(%ld, ", result);
  print_address(from);
  puts(")");
}

)c"},
    CHelper{
        "receive_into",
        R"c(static long receive_into(struct bytes *into, long room, int s, int flags, struct address *from) {
  size_t most = room == 0 ? into->size : (size_t)room;
  struct address sender = {.size = sizeof sender.at};
  ssize_t size = 0;
  if (most == 0 && from == NULL) return 0;
/*?timeouts*/  double end = deadline(s);
  do {
    if (!ready_before(s, POLLIN, end)) return -1;
/*.*/  sender.size = sizeof sender.at;
    size = recvfrom(s, into->at, most, flags, (struct sockaddr *)&sender.at, &sender.size);
/*?timeouts*/  } while (again(s, size));
/*.*/  if (size != -1 && from != NULL) *from = sender;
  return size;
}

)c"},
    CHelper{"control", R"c(struct control {
  int level;
  int type;
  struct bytes data;
};

)c"},
    CHelper{
        "send_message",
        R"c(static long send_message(int s, struct bytes *parts, size_t count, struct control *controls, size_t control_count,
                         int flags, struct address *to) {
  struct iovec pieces[1024];
  static char room[65536];
  struct msghdr message = {.msg_iov = pieces, .msg_iovlen = count};
  for (size_t i = 0; i < count; ++i) pieces[i] = (struct iovec){parts[i].at, parts[i].size};
  if (to != NULL) message.msg_name = &to->at, message.msg_namelen = to->size;
  memset(room, 0, sizeof room);
  for (size_t i = 0; i < control_count; ++i) {
    struct cmsghdr *header = (struct cmsghdr *)(room + message.msg_controllen);
    *header = (struct cmsghdr){CMSG_LEN(controls[i].data.size), controls[i].level, controls[i].type};
    memcpy(CMSG_DATA(header), controls[i].data.at, controls[i].data.size);
    message.msg_controllen += CMSG_SPACE(controls[i].data.size);
  }
  if (control_count > 0) message.msg_control = room;
/*?timeouts*/  if (!ready(s, POLLOUT)) return -1;
/*.*/  return sendmsg(s, &message, flags);
}

)c"},
    CHelper{"print_controls", R"c(static void print_controls(struct msghdr *message) {
  const char *separator = "";
  putchar('[');
  for (struct cmsghdr *header = CMSG_FIRSTHDR(message); header != NULL; header = CMSG_NXTHDR(message, header)) {
    struct bytes data = {CMSG_DATA(header), header->cmsg_len - CMSG_LEN(0)};
    printf("%s(%d, %d, ", separator, header->cmsg_level, header->cmsg_type);
    print_bytes(&data);
    putchar(')');
    separator = ", ";
  }
  putchar(']');
}

)c"},
    CHelper{
        "receive_message",
        R"c(static void receive_message(struct bytes *into, int *flags, struct address *from, int s, long room, long control_room,
                            int asked) {
  struct bytes data = {malloc((size_t)room + 1), 0};
  struct iovec piece = {data.at, (size_t)room};
  struct msghdr message = {.msg_name = &from->at, .msg_namelen = sizeof from->at, .msg_iov = &piece, .msg_iovlen = 1};
  message.msg_controllen = (size_t)control_room;
  message.msg_control = control_room > 0 ? calloc(1, (size_t)control_room) : NULL;
  ssize_t size;
/*?timeouts*/  double end = deadline(s);
  do {
    if (!ready_before(s, POLLIN, end)) {
      failed();
      return;
    }
/*.*/  size = recvmsg(s, &message, asked);
/*?timeouts*/  } while (again(s, size));
/*.*/  if (!ok(size)) return;
  data.size = size > room ? (size_t)room : (size_t)size;
  *into = data;
  *flags = message.msg_flags;
  from->size = message.msg_namelen;
  putchar('(');
  print_bytes(&data);
  fputs(", ", stdout);
  print_controls(&message);
  printf(", %d, ", *flags);
  print_address(from);
  puts(")");
}

)c"},
    CHelper{"poll_all", R"c(static void poll_all(struct pollfd *waiting, nfds_t count, double seconds) {
  const char *separator = "";
  int time = seconds < 0 ? -1 : (int)(seconds * 1e3);
  if (!ok(poll(waiting, count, time < seconds * 1e3 ? time + 1 : time))) return;
  putchar('[');
  for (nfds_t i = 0; i < count; ++i) {
    if (waiting[i].revents == 0) continue;
    printf("%s(<socket>, %d)", separator, waiting[i].revents);
    separator = ", ";
  }
  puts("]");
}

)c"},
    CHelper{"told_truth", R"c(static void told_truth(int is) {
  puts(is ? "True" : "False");
}

)c"},
    CHelper{"own_host_name", R"c(static const char *own_host_name(void) {
  static char name[1024];
  return gethostname(name, sizeof name - 1) == 0 ? name : NULL;
}

)c"},
    CHelper{"interface_name", R"c(static const char *interface_name(unsigned index) {
  static char name[IF_NAMESIZE];
  return if_indextoname(index, name);
}

)c"},
    CHelper{"told_index", R"c(static long told_index(unsigned index) {
  if (index == 0) puts("OSError");
  return index == 0 ? 0 : plain(index);
}

)c"},
    CHelper{"packed", R"c(static void packed(struct bytes *into, int family, const char *text, int is_loose) {
  struct bytes value = {calloc(1, 16), family == AF_INET6 ? 16 : 4};
  int result = is_loose ? inet_aton(text, (struct in_addr *)value.at) : inet_pton(family, text, value.at);
  told_bytes(result == 1 ? 0 : -1, &value);
  if (result == 1) *into = value;
}

)c"},
    CHelper{"as_text", R"c(static const char *as_text(int family, struct bytes address) {
  static char text[INET6_ADDRSTRLEN];
  return inet_ntop(family, address.at, text, sizeof text);
}

)c"},
    CHelper{"asked", R"c(static long asked(int s, unsigned long request) {
  int answer = 0;
  return ok(ioctl(s, request, &answer)) ? plain(answer) : -1;
}

)c"},
};

}  // namespace

std::span<const CHelper> cDataHelpers() {
  return kHelpers;
}

}  // namespace sockbench
