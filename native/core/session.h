// One capture from opening its devices to the last byte on disk: a single loop that waits for
// packets, hands them to the file, and reports.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "capture_options.h"
#include "failure.h"
#include "file_set.h"
#include "open_device.h"
#include "pcap_library.h"
#include "platform.h"

namespace layerscope {

enum class EventKind { kStarted, kCounters, kFile, kOther };

// Whoever controls a capture and hears of it: the helper's pipes and sockets, or the addon's thread.
class Control {
 public:
  virtual ~Control() = default;
  // One JSON object. Never waits: a reader that is slow or gone must not hold up the capture.
  virtual void emit(EventKind kind, const std::string& line) = 0;
  // What wakes the loop for `service`.
  virtual void add_wait_handles(std::vector<WaitHandle>* handles) = 0;
  // Takes what has arrived.
  virtual void service(const std::vector<WaitHandle>& handles) = 0;
  // "request" or "signal" once the end was asked for, else null.
  virtual const char* stop_reason() const = 0;
};

class Session {
 public:
  // `drops_privileges`: a process of its own gives up its rights; inside a host that is not ours to do.
  Session(CaptureOptions options, Control* control, bool drops_privileges) : options_(std::move(options)), control_(control), drops_privileges_(drops_privileges) {}
  ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  // Runs until the capture ends. True when it had started and ended as it should.
  bool run();

 private:
  struct Source {
    Session* session = nullptr;
    const InterfaceOptions* options = nullptr;
    OpenDevice device;
    uint32_t id = 0;
    // 0: not a network interface, cannot vanish.
    unsigned system_index = 0;
    bool gone = false;
    uint64_t delivered = 0;
    std::optional<uint64_t> dropped_by_kernel;
    std::optional<uint64_t> dropped_by_interface;
    PcapStatistics last = {};

    uint64_t received() const { return delivered + dropped_by_kernel.value_or(0); }
  };

  static void on_packet(unsigned char* source, const PacketHeader* header, const unsigned char* bytes);
  void take(Source& source, const PacketHeader& header, const unsigned char* bytes);
  bool begin_next_file();

  std::optional<Failure> open_sources();
  std::optional<Failure> prepare();
  std::optional<Failure> begin_files();
  void loop();
  bool read_sources();
  void read_source(Source& source, bool* more);
  void lose(Source& source, const std::string& why);
  void tick(int64_t now_ms);
  void check_output();
  void check_last_write();
  int wait_ms(int64_t now_ms) const;
  void wait_for_packets(int timeout_ms);

  void update_statistics();
  pcapng::Bytes headers() const;
  std::vector<pcapng::Bytes> end_statistics();

  void stop(const char* reason);
  void emit_problem(const Failure& failure, bool fatal);
  void emit_started();
  void emit_file_events();
  std::string counts_json(const char* event, const char* reason) const;

  CaptureOptions options_;
  Control* control_;
  bool drops_privileges_;
  const PcapLibrary* pcap_ = nullptr;
  std::vector<std::unique_ptr<Source>> sources_;
  std::unique_ptr<FileSet> files_;
  uint64_t delivered_ = 0;
  uint64_t start_time_ns_ = 0;
  int64_t start_ms_ = 0;
  int64_t next_counters_ms_ = 0;
  int64_t last_flush_ms_ = 0;
  // Set when an end was asked for: until then what the kernel has collected is still taken.
  int64_t drain_until_ms_ = 0;
  const char* pending_reason_ = nullptr;
  // Set when nothing more is taken.
  const char* stop_reason_ = nullptr;
};

}  // namespace layerscope
