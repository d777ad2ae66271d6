// What differs between systems, behind plain functions: platform_linux.cc, platform_macos.cc,
// platform_windows.cc, and platform_posix.cc for what the first two share.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "failure.h"
#include "pcap_library.h"

#ifndef _WIN32
#include <poll.h>
#endif

namespace layerscope {

#ifdef _WIN32
using WaitHandle = void*;
#else
using WaitHandle = struct pollfd;
#endif

struct InterfaceCounts {
  std::string name;
  uint64_t packets = 0;
  uint64_t bytes = 0;
  std::optional<uint64_t> dropped;
};

namespace platform {

// The library, or null with the loader's reason.
void* open_pcap(std::string* reason);
void* library_symbol(void* library, const char* name);
std::string missing_pcap_message(const std::string& reason);

// "Linux 6.1.0", "x86_64": for the section header of captures.
std::string system_name();
std::string hardware_name();

int64_t monotonic_ms();
uint64_t wall_clock_ns();
// Local time as YYYYMMDDhhmmss, for file names.
std::string local_time_stamp();
uint64_t process_id();

// Whether this process may open devices. False is certain; true can still fail on one device.
bool may_capture();
// What a user does who may not.
std::string permission_advice();
// Added to "Choose another place" after a file could not be made: root without its rights is a case of its own.
std::string write_advice();
// Gives up for good what capturing on open devices does not need; with `user`, also root.
std::optional<Failure> drop_privileges(const std::string& user);
// The same for work that needs no rights at all.
void drop_all_privileges();

// A network interface, which can be opened without side effects (libpcap lists other things too).
bool is_network_interface(const std::string& name);
// 0 when there is none (any more).
unsigned interface_index(const std::string& name);
std::optional<bool> has_carrier(const std::string& name, unsigned pcap_flags);
bool is_wireless(const std::string& name, unsigned pcap_flags);
// Null when unknown.
std::optional<uint64_t> speed_bits_per_second(const std::string& name);
// DLT_ number that opening would give, from what the system tells without rights.
std::optional<int> likely_link_type(const std::string& name);
// Text of a link-layer address, or empty for other families.
std::string link_layer_address(const struct sockaddr* address);
// The system's counters of the named interfaces; those that do not exist are left out.
std::vector<InterfaceCounts> interface_counts(const std::vector<std::string>& names);

// Adds what wakes `wait` when the device has packets; false when only asking again helps.
bool add_wait_handle(const PcapLibrary& pcap, pcap_t* device, std::vector<WaitHandle>* handles);
// Returns when a handle is ready or the time is over.
void wait(std::vector<WaitHandle>* handles, int timeout_ms);

// Wakes a `wait` from another thread.
class Waker {
 public:
  Waker();
  ~Waker();
  Waker(const Waker&) = delete;
  Waker& operator=(const Waker&) = delete;
  void wake();
  void clear();
  WaitHandle handle() const;

 private:
#ifdef _WIN32
  void* event_;
#else
  int ends_[2];
#endif
};

// Waits that long for the end of standard input; what arrives is ignored.
bool standard_input_ends_within(int timeout_ms);

// Files. Descriptors are C library descriptors on every system.
int create_file(const std::string& path);
enum class WriteResult { kDone, kFull, kClosed, kFailed };
// Writes all of it unless something is wrong; `*count` bytes were written, `*reason` says what is wrong.
// A signal while a pipe is full ends the attempt when `give_up()` says so.
WriteResult write_all(int file, const unsigned char* bytes, size_t length, bool (*give_up)(), size_t* count, std::string* reason);
bool is_regular_file(int file);
bool has_reader(int pipe);
void truncate_file(int file, uint64_t length);
void sync_file(int file);
void close_file(int file);
bool delete_file(const std::string& path);
std::string last_error();

}  // namespace platform
}  // namespace layerscope
