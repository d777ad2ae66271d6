// Controls a capture from another thread of the same process.
#pragma once

#include <atomic>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "../core/platform.h"
#include "../core/session.h"

namespace layerscope {

class ThreadControl : public Control {
 public:
  explicit ThreadControl(std::function<void(const std::string&)> on_line) : on_line_(std::move(on_line)) {}

  // From any thread.
  void stop() {
    stopping_.store(true);
    waker_.wake();
  }

  void emit(EventKind, const std::string& line) override { on_line_(line); }
  void add_wait_handles(std::vector<WaitHandle>* handles) override { handles->push_back(waker_.handle()); }
  void service(const std::vector<WaitHandle>&) override { waker_.clear(); }
  const char* stop_reason() const override { return stopping_.load() ? "request" : nullptr; }

 private:
  std::function<void(const std::string&)> on_line_;
  std::atomic<bool> stopping_{false};
  platform::Waker waker_;
};

}  // namespace layerscope
