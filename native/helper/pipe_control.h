// The helper's control channel: events to its output and to everybody connected to its control
// socket, "stop" from either. Nothing here ever waits, and a channel that closes is only let go.
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "../core/failure.h"
#include "../core/session.h"

namespace layerscope {

// One reader of events, who may also ask for the end.
struct Peer {
  int in = -1;
  int out = -1;
  std::string received;
  std::string unsent;
};

class PipeControl : public Control {
 public:
  // `events`: the descriptor that events go to; commands come from standard input.
  explicit PipeControl(int events);
  ~PipeControl() override;

  // Begins to accept connections at a path, for this user alone.
  std::optional<Failure> listen_at(const std::string& path);

  void emit(EventKind kind, const std::string& line) override;
  void add_wait_handles(std::vector<WaitHandle>* handles) override;
  void service(const std::vector<WaitHandle>& handles) override;
  const char* stop_reason() const override;

  // Gives slow readers a moment for the last lines.
  void finish();

 private:
  void accept_peer();
  bool read_peer(Peer& peer);
  bool write_peer(Peer& peer);
  static void lose_input(Peer& peer);
  static void lose_output(Peer& peer);

  std::deque<Peer> peers_;
  int listener_ = -1;
  std::string socket_path_;
  std::string started_;
  std::string file_;
  std::string counters_;
  bool stop_requested_ = false;
};

// Signals that end a capture cleanly; SIGPIPE and SIGXFSZ become errors of the write that caused them.
void catch_signals();

}  // namespace layerscope
