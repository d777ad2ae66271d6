// The helper's control channel on Windows: events to its output, "stop" from its input, Ctrl+C.
#pragma once

#include <atomic>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "../core/failure.h"
#include "../core/session.h"

namespace layerscope {

class WindowsControl : public Control {
 public:
  explicit WindowsControl(int events);

  // Control sockets are for systems that have them.
  std::optional<Failure> listen_at(const std::string& path);

  void emit(EventKind kind, const std::string& line) override;
  void add_wait_handles(std::vector<WaitHandle>* handles) override;
  void service(const std::vector<WaitHandle>& handles) override;
  const char* stop_reason() const override;
  void finish() {}

 private:
  int events_;
};

void catch_signals();

}  // namespace layerscope
