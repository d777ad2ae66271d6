// What Linux and macOS share.
#include "platform.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <net/if.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

namespace layerscope::platform {

void* library_symbol(void* library, const char* name) { return dlsym(library, name); }

std::string system_name() {
  struct utsname names;
  if (uname(&names) != 0) return "Unix";
  return std::string(names.sysname) + " " + names.release;
}

std::string hardware_name() {
  struct utsname names;
  return uname(&names) == 0 ? names.machine : "";
}

int64_t monotonic_ms() {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return int64_t{now.tv_sec} * 1000 + now.tv_nsec / 1'000'000;
}

uint64_t wall_clock_ns() {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  return static_cast<uint64_t>(now.tv_sec) * 1'000'000'000 + static_cast<uint64_t>(now.tv_nsec);
}

std::string local_time_stamp() {
  time_t now = time(nullptr);
  struct tm local;
  localtime_r(&now, &local);
  char text[32];
  strftime(text, sizeof text, "%Y%m%d%H%M%S", &local);
  return text;
}

uint64_t process_id() { return static_cast<uint64_t>(getpid()); }

std::string write_advice() {
  // The helper has given up root's right to write anywhere.
  return errno == EACCES && geteuid() == 0 ? ", one that belongs to root: the helper keeps only the rights to capture" : "";
}

unsigned interface_index(const std::string& name) { return if_nametoindex(name.c_str()); }

bool add_wait_handle(const PcapLibrary& pcap, pcap_t* device, std::vector<WaitHandle>* handles) {
  int descriptor = pcap.get_selectable_fd(device);
  if (descriptor < 0) return false;
  handles->push_back({descriptor, POLLIN, 0});
  // Some devices have packets without telling poll.
  return pcap.get_required_select_timeout == nullptr || pcap.get_required_select_timeout(device) == nullptr;
}

void wait(std::vector<WaitHandle>* handles, int timeout_ms) { poll(handles->data(), static_cast<nfds_t>(handles->size()), timeout_ms); }

Waker::Waker() {
  if (pipe(ends_) != 0) {
    ends_[0] = ends_[1] = -1;
    return;
  }
  for (int end : ends_) {
    fcntl(end, F_SETFD, FD_CLOEXEC);
    fcntl(end, F_SETFL, O_NONBLOCK);
  }
}

Waker::~Waker() {
  for (int end : ends_) {
    if (end >= 0) close(end);
  }
}

void Waker::wake() {
  char byte = 0;
  // A full pipe wakes as well.
  if (write(ends_[1], &byte, 1) < 0) return;
}

void Waker::clear() {
  char bytes[64];
  while (read(ends_[0], bytes, sizeof bytes) > 0) continue;
}

WaitHandle Waker::handle() const { return {ends_[0], POLLIN, 0}; }

bool standard_input_ends_within(int timeout_ms) {
  int64_t until_ms = monotonic_ms() + timeout_ms;
  for (;;) {
    struct pollfd input = {STDIN_FILENO, POLLIN, 0};
    int64_t left_ms = until_ms - monotonic_ms();
    if (poll(&input, 1, left_ms > 0 ? static_cast<int>(left_ms) : 0) < 1) return false;
    char bytes[256];
    if (read(STDIN_FILENO, bytes, sizeof bytes) <= 0) return true;
  }
}

int create_file(const std::string& path) { return open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOCTTY, 0600); }

WriteResult write_all(int file, const unsigned char* bytes, size_t length, bool (*give_up)(), size_t* count, std::string* reason) {
  *count = 0;
  while (*count < length) {
    ssize_t written = write(file, bytes + *count, length - *count);
    if (written >= 0) {
      *count += static_cast<size_t>(written);
      continue;
    }
    if (errno == EINTR) {
      if (give_up()) return WriteResult::kClosed;
      continue;
    }
    if (errno == EAGAIN) {
      struct pollfd writable = {file, POLLOUT, 0};
      if (poll(&writable, 1, -1) < 0 && errno == EINTR && give_up()) return WriteResult::kClosed;
      continue;
    }
    *reason = last_error();
    if (errno == ENOSPC || errno == EDQUOT || errno == EFBIG) return WriteResult::kFull;
    return errno == EPIPE ? WriteResult::kClosed : WriteResult::kFailed;
  }
  return WriteResult::kDone;
}

bool is_regular_file(int file) {
  struct stat status;
  return fstat(file, &status) == 0 && S_ISREG(status.st_mode);
}

bool has_reader(int pipe) {
  struct pollfd state = {pipe, 0, 0};
  return poll(&state, 1, 0) < 1 || (state.revents & (POLLERR | POLLHUP | POLLNVAL)) == 0;
}

void truncate_file(int file, uint64_t length) {
  if (ftruncate(file, static_cast<off_t>(length)) == 0) lseek(file, static_cast<off_t>(length), SEEK_SET);
}

void sync_file(int file) {
#ifdef __APPLE__
  fsync(file);
#else
  fdatasync(file);
#endif
}

void close_file(int file) { close(file); }

bool delete_file(const std::string& path) { return unlink(path.c_str()) == 0; }

std::string last_error() { return strerror(errno); }

}  // namespace layerscope::platform
