#include "syncer.h"

#include <chrono>

#include "platform.h"

namespace layerscope {
namespace {

// Less than a second, so that a sync that takes its time still begins within one.
constexpr std::chrono::milliseconds kInterval{900};

}  // namespace

void Syncer::watch(int file) {
  std::lock_guard<std::mutex> lock(mutex_);
  current_ = file;
  if (!thread_.joinable()) thread_ = std::thread([this] { run(); });
}

void Syncer::hand_over(int file) {
  {
    std::lock_guard<std::mutex> lock(mutex_);
    complete_.push_back(file);
    if (current_ == file) current_ = -1;
  }
  wake_.notify_one();
}

void Syncer::finish() {
  {
    std::lock_guard<std::mutex> lock(mutex_);
    ending_ = true;
  }
  wake_.notify_one();
  if (thread_.joinable()) thread_.join();
}

// Only this thread closes files, so a descriptor it syncs is never one that was closed meanwhile.
void Syncer::run() {
  std::unique_lock<std::mutex> lock(mutex_);
  for (;;) {
    wake_.wait_for(lock, kInterval, [this] { return ending_ || !complete_.empty(); });
    std::vector<int> complete = std::move(complete_);
    complete_.clear();
    int current = current_;
    bool ending = ending_;
    lock.unlock();
    if (current >= 0) platform::sync_file(current);
    for (int file : complete) {
      platform::sync_file(file);
      platform::close_file(file);
    }
    lock.lock();
    if (complete_.empty() && ending) return;
  }
}

}  // namespace layerscope
