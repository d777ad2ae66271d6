#include "platform.h"

#include <arpa/inet.h>
#include <dlfcn.h>
#include <errno.h>
#include <grp.h>
#include <linux/capability.h>
#include <linux/if_packet.h>
#include <net/ethernet.h>
#include <net/if_arp.h>
#include <pwd.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <sstream>

namespace layerscope::platform {
namespace {

constexpr uint32_t kCaptureCapabilities = (1u << CAP_NET_ADMIN) | (1u << CAP_NET_RAW);

// Empty when there is no such file.
std::string read_line(const std::string& path) {
  std::ifstream file(path);
  std::string line;
  std::getline(file, line);
  return line;
}

std::string class_file(const std::string& name, const char* file) {
  // A name is one path element: anything else is no interface and must not lead elsewhere.
  if (name.empty() || name[0] == '.' || name.find('/') != std::string::npos) return "/nonexistent";
  return "/sys/class/net/" + name + "/" + file;
}

bool exists(const std::string& path) {
  struct stat status;
  return stat(path.c_str(), &status) == 0;
}

// Leaves at most `kept` of the first 32 capabilities, none to children, and nothing to gain by exec.
bool keep_capabilities(uint32_t kept) {
  for (int capability = 0; prctl(PR_CAPBSET_READ, capability, 0, 0, 0) >= 0; capability++) {
    // Needs CAP_SETPCAP; without it the bounding set does not matter, as no_new_privs follows.
    prctl(PR_CAPBSET_DROP, capability, 0, 0, 0);
  }
  prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return false;
  struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
  struct __user_cap_data_struct data[2] = {};
  if (syscall(SYS_capget, &header, data) != 0) return false;
  uint32_t rest = data[0].permitted & kept;
  data[0] = {rest, rest, 0};
  data[1] = {0, 0, 0};
  return syscall(SYS_capset, &header, data) == 0;
}

bool become(const std::string& user) {
  const struct passwd* entry = getpwnam(user.c_str());
  if (entry == nullptr) return false;
  // Capabilities survive the change of user only when asked for.
  if (prctl(PR_SET_KEEPCAPS, 1, 0, 0, 0) != 0) return false;
  return initgroups(entry->pw_name, entry->pw_gid) == 0 && setresgid(entry->pw_gid, entry->pw_gid, entry->pw_gid) == 0 &&
         setresuid(entry->pw_uid, entry->pw_uid, entry->pw_uid) == 0;
}

}  // namespace

void* open_pcap(std::string* reason) {
  // Never from an environment variable: this program has rights that its caller does not.
  for (const char* name : {"libpcap.so.1", "libpcap.so.0.8", "libpcap.so"}) {
    if (void* library = dlopen(name, RTLD_NOW | RTLD_LOCAL)) return library;
    const char* message = dlerror();
    // A library that is there but does not load says more than names that do not exist.
    bool absent = message == nullptr || std::string(message).find("No such file") != std::string::npos;
    if (reason->empty() || !absent) *reason = message == nullptr ? "" : message;
  }
  return nullptr;
}

std::string missing_pcap_message(const std::string& reason) {
  return "libpcap could not be loaded (" + reason + "). Install it: apt install libpcap0.8, dnf install libpcap, or what your system calls it.";
}

bool may_capture() {
  int descriptor = socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0);
  if (descriptor < 0) return false;
  close(descriptor);
  return true;
}

std::string permission_advice() {
  char path[4096];
  ssize_t length = readlink("/proc/self/exe", path, sizeof path);
  std::string program = length > 0 ? std::string(path, static_cast<size_t>(length)) : "layerscope-capture";
  return "Give the capture helper the rights: sudo setcap cap_net_raw,cap_net_admin=ep " + program;
}

std::optional<Failure> drop_privileges(const std::string& user) {
  if (!user.empty() && !become(user)) return Failure{code::kNoPermission, "The helper could not become the user " + user + ": only root can, and the user must exist."};
  if (keep_capabilities(kCaptureCapabilities)) return std::nullopt;
  return Failure{code::kInternal, "The helper could not give up its rights (" + last_error() + "), so it does not capture."};
}

void drop_all_privileges() { keep_capabilities(0); }

bool is_network_interface(const std::string& name) { return name == "any" || exists(class_file(name, "ifindex")); }

std::optional<bool> has_carrier(const std::string& name, unsigned pcap_flags) {
  // Reading it fails while the interface is down, and where /sys shows another network namespace.
  std::string carrier = read_line(class_file(name, "carrier"));
  if (!carrier.empty()) return carrier == "1";
  unsigned connection = pcap_flags & kDeviceConnection;
  if (connection == kDeviceConnected) return true;
  return connection == kDeviceDisconnected ? std::optional(false) : std::nullopt;
}

bool is_wireless(const std::string& name, unsigned) { return exists(class_file(name, "wireless")) || exists(class_file(name, "phy80211")); }

std::optional<uint64_t> speed_bits_per_second(const std::string& name) {
  long long megabits = atoll(read_line(class_file(name, "speed")).c_str());
  if (megabits <= 0) return std::nullopt;
  return static_cast<uint64_t>(megabits) * 1'000'000;
}

std::optional<int> likely_link_type(const std::string& name) {
  if (name == "any") return 113;
  std::string type = read_line(class_file(name, "type"));
  if (type.empty()) return std::nullopt;
  switch (atoi(type.c_str())) {
    case ARPHRD_ETHER:
    case ARPHRD_LOOPBACK:
      return 1;
    case ARPHRD_IEEE80211:
      return 105;
    case ARPHRD_IEEE80211_RADIOTAP:
      return 127;
    case ARPHRD_NONE:
    case ARPHRD_TUNNEL:
    case ARPHRD_TUNNEL6:
    case ARPHRD_SIT:
    case ARPHRD_IPGRE:
      return 12;
    default:
      return std::nullopt;
  }
}

std::string link_layer_address(const struct sockaddr* address) {
  if (address->sa_family != AF_PACKET) return "";
  const auto* link = reinterpret_cast<const struct sockaddr_ll*>(address);
  std::string text;
  for (int index = 0; index < link->sll_halen && index < 8; index++) {
    char byte[4];
    snprintf(byte, sizeof byte, index == 0 ? "%02x" : ":%02x", link->sll_addr[index]);
    text += byte;
  }
  return text;
}

// /proc/net/dev: name: received bytes, packets, errs, drop, fifo, frame, compressed, multicast; then sent bytes, packets, …
std::vector<InterfaceCounts> interface_counts(const std::vector<std::string>& names) {
  auto wanted = [&](const std::string& name) { return std::find(names.begin(), names.end(), name) != names.end(); };
  std::vector<InterfaceCounts> counts;
  InterfaceCounts all{"any", 0, 0, std::nullopt};
  std::ifstream file("/proc/net/dev");
  for (std::string line; std::getline(file, line);) {
    size_t colon = line.find(':');
    if (colon == std::string::npos) continue;
    std::istringstream numbers(line.substr(colon + 1));
    uint64_t column[10] = {};
    for (uint64_t& each : column) numbers >> each;
    size_t start = line.find_first_not_of(' ');
    std::string name = line.substr(start, colon - start);
    // What a loopback sends is what it receives.
    bool both = name != "lo";
    InterfaceCounts one{name, column[1] + (both ? column[9] : 0), column[0] + (both ? column[8] : 0), column[3] + column[4]};
    all.packets += one.packets;
    all.bytes += one.bytes;
    if (wanted(name)) counts.push_back(one);
  }
  if (wanted("any")) counts.push_back(all);
  return counts;
}

}  // namespace layerscope::platform
