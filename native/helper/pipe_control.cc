#include "pipe_control.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>

#include "../core/output.h"
#include "../core/platform.h"

namespace layerscope {
namespace {

constexpr size_t kMostPeers = 16;
// Whoever is this far behind does not read: counters are left out for it, a command this long is none.
constexpr size_t kMostUnsent = 256 * 1024;
constexpr size_t kMostReceived = 4096;
constexpr int64_t kFinishMs = 500;

volatile sig_atomic_t signal_received = 0;
int signal_pipe[2] = {-1, -1};

void on_signal(int) {
  signal_received = 1;
  abandon_blocked_write.store(true);
  char byte = 0;
  if (write(signal_pipe[1], &byte, 1) < 0) return;
}

bool is_socket(int descriptor) {
  struct stat status;
  return fstat(descriptor, &status) == 0 && S_ISSOCK(status.st_mode);
}

bool is_pipe(int descriptor) {
  struct stat status;
  return fstat(descriptor, &status) == 0 && S_ISFIFO(status.st_mode);
}

bool is_writable(int descriptor) {
  struct pollfd state = {descriptor, POLLOUT, 0};
  return poll(&state, 1, 0) == 1 && (state.revents & POLLOUT) != 0;
}

// Writes without waiting, and without O_NONBLOCK, which others who hold the same pipe would get too.
ssize_t write_some(int descriptor, const std::string& text) {
  if (is_socket(descriptor)) return send(descriptor, text.data(), text.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
  if (!is_pipe(descriptor)) return write(descriptor, text.data(), text.size());
  // A pipe that is writable takes this much at once.
  if (is_writable(descriptor)) return write(descriptor, text.data(), std::min<size_t>(text.size(), 4096));
  errno = EAGAIN;
  return -1;
}

// Connections of other users are refused, whatever the socket's folder allows. Root may do anything anyway.
bool is_own_user(int connection) {
#ifdef __linux__
  struct ucred peer;
  socklen_t length = sizeof peer;
  if (getsockopt(connection, SOL_SOCKET, SO_PEERCRED, &peer, &length) != 0) return false;
  return peer.uid == geteuid() || peer.uid == 0;
#else
  uid_t user;
  gid_t group;
  if (getpeereid(connection, &user, &group) != 0) return false;
  return user == geteuid() || user == 0;
#endif
}

std::optional<Failure> socket_failure(const std::string& path, const std::string& why) {
  return Failure{code::kUnwritable, "The control socket " + path + " could not be made: " + why + "."};
}

}  // namespace

void catch_signals() {
  if (pipe(signal_pipe) == 0) {
    for (int end : signal_pipe) {
      fcntl(end, F_SETFD, FD_CLOEXEC);
      fcntl(end, F_SETFL, O_NONBLOCK);
    }
  }
  struct sigaction action = {};
  action.sa_handler = on_signal;
  // No SA_RESTART: a write that waits on a pipe has to hear of it.
  for (int signal : {SIGINT, SIGTERM}) sigaction(signal, &action, nullptr);
  // The terminal's end is not the capture's: it goes on like after any closed control channel.
  for (int ignored : {SIGPIPE, SIGXFSZ, SIGHUP}) signal(ignored, SIG_IGN);
}

PipeControl::PipeControl(int events) { peers_.push_back({STDIN_FILENO, events, "", ""}); }

PipeControl::~PipeControl() {
  if (listener_ < 0) return;
  close(listener_);
  unlink(socket_path_.c_str());
}

std::optional<Failure> PipeControl::listen_at(const std::string& path) {
  struct sockaddr_un address = {};
  address.sun_family = AF_UNIX;
  if (path.size() >= sizeof address.sun_path) return socket_failure(path, "its path is too long");
  memcpy(address.sun_path, path.c_str(), path.size());
  int descriptor = socket(AF_UNIX, SOCK_STREAM, 0);
  if (descriptor < 0) return socket_failure(path, platform::last_error());
  fcntl(descriptor, F_SETFD, FD_CLOEXEC);
  fcntl(descriptor, F_SETFL, O_NONBLOCK);
  // Mode 0600 from the first moment on.
  mode_t before = umask(0177);
  int bound = bind(descriptor, reinterpret_cast<struct sockaddr*>(&address), sizeof address);
  umask(before);
  if (bound != 0 || listen(descriptor, 8) != 0) {
    std::string why = platform::last_error();
    close(descriptor);
    return socket_failure(path, why);
  }
  listener_ = descriptor;
  socket_path_ = path;
  return std::nullopt;
}

void PipeControl::emit(EventKind kind, const std::string& line) {
  if (kind == EventKind::kStarted) started_ = line;
  if (kind == EventKind::kFile) file_ = line;
  if (kind == EventKind::kCounters) counters_ = line;
  for (Peer& peer : peers_) {
    if (peer.out < 0 || (kind == EventKind::kCounters && peer.unsent.size() > kMostUnsent)) continue;
    peer.unsent += line + '\n';
    if (!write_peer(peer) || peer.unsent.size() > 4 * kMostUnsent) lose_output(peer);
  }
}

void PipeControl::add_wait_handles(std::vector<WaitHandle>* handles) {
  if (signal_pipe[0] >= 0) handles->push_back({signal_pipe[0], POLLIN, 0});
  if (listener_ >= 0) handles->push_back({listener_, POLLIN, 0});
  for (const Peer& peer : peers_) {
    if (peer.in >= 0) handles->push_back({peer.in, POLLIN, 0});
    if (peer.out >= 0 && !peer.unsent.empty()) handles->push_back({peer.out, POLLOUT, 0});
  }
}

void PipeControl::service(const std::vector<WaitHandle>& handles) {
  for (const WaitHandle& handle : handles) {
    if (handle.revents == 0) continue;
    if (handle.fd == listener_) {
      accept_peer();
      continue;
    }
    for (Peer& peer : peers_) {
      if (handle.fd == peer.in && (handle.events & POLLIN) != 0 && !read_peer(peer)) lose_input(peer);
      if (handle.fd == peer.out && (handle.events & POLLOUT) != 0 && !write_peer(peer)) lose_output(peer);
    }
  }
  peers_.erase(std::remove_if(peers_.begin(), peers_.end(), [](const Peer& peer) { return peer.in < 0 && peer.out < 0; }), peers_.end());
}

void PipeControl::accept_peer() {
  int connection = accept(listener_, nullptr, nullptr);
  if (connection < 0) return;
  fcntl(connection, F_SETFD, FD_CLOEXEC);
  if (peers_.size() >= kMostPeers || !is_own_user(connection)) {
    close(connection);
    return;
  }
  Peer peer = {connection, connection, "", ""};
  for (const std::string* line : {&started_, &file_, &counters_}) {
    if (!line->empty()) peer.unsent += *line + '\n';
  }
  if (write_peer(peer)) {
    peers_.push_back(std::move(peer));
  } else {
    close(connection);
  }
}

// False when nothing comes any more.
bool PipeControl::read_peer(Peer& peer) {
  char bytes[512];
  ssize_t count = read(peer.in, bytes, sizeof bytes);
  if (count < 0) return errno == EAGAIN || errno == EINTR;
  if (count == 0) return false;
  peer.received.append(bytes, static_cast<size_t>(count));
  size_t end;
  while ((end = peer.received.find('\n')) != std::string::npos) {
    if (peer.received.compare(0, end, "stop") == 0) stop_requested_ = true;
    peer.received.erase(0, end + 1);
  }
  return peer.received.size() <= kMostReceived;
}

// False when nobody reads any more.
bool PipeControl::write_peer(Peer& peer) {
  while (!peer.unsent.empty()) {
    ssize_t count = write_some(peer.out, peer.unsent);
    if (count < 0) return errno == EAGAIN || errno == EINTR;
    peer.unsent.erase(0, static_cast<size_t>(count));
  }
  return true;
}

// A connection ends as a whole. Standard input and the events end apart: without input there are still events.
void PipeControl::lose_input(Peer& peer) {
  if (peer.in == peer.out) return lose_output(peer);
  peer.in = -1;
}

void PipeControl::lose_output(Peer& peer) {
  if (peer.in == peer.out) {
    close(peer.in);
    peer.in = -1;
  }
  peer.out = -1;
  peer.unsent.clear();
}

const char* PipeControl::stop_reason() const {
  if (stop_requested_) return "request";
  return signal_received != 0 ? "signal" : nullptr;
}

void PipeControl::finish() {
  int64_t until_ms = platform::monotonic_ms() + kFinishMs;
  for (;;) {
    std::vector<WaitHandle> handles;
    for (const Peer& peer : peers_) {
      if (peer.out >= 0 && !peer.unsent.empty()) handles.push_back({peer.out, POLLOUT, 0});
    }
    int64_t left_ms = until_ms - platform::monotonic_ms();
    if (handles.empty() || left_ms <= 0) return;
    platform::wait(&handles, static_cast<int>(left_ms));
    service(handles);
  }
}

}  // namespace layerscope
