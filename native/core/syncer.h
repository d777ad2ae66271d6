// Brings files to the disk once a second and closes finished ones, on a thread of its own: a disk
// that takes its time must not keep anybody from reading packets.
#pragma once

#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

namespace layerscope {

class Syncer {
 public:
  ~Syncer() { finish(); }

  // From now on this regular file, once a second.
  void watch(int file);
  // The file, watched before, is complete: synced and closed soon.
  void hand_over(int file);
  // Everything handed over is on the disk and closed afterwards.
  void finish();

 private:
  void run();

  std::mutex mutex_;
  std::condition_variable wake_;
  std::thread thread_;
  std::vector<int> complete_;
  int current_ = -1;
  bool ending_ = false;
};

}  // namespace layerscope
