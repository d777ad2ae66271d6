#include "platform.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <net/if_dl.h>
#include <pwd.h>
#include <stdio.h>
#include <unistd.h>

#include <algorithm>

namespace layerscope::platform {
namespace {

// Devices are tried until one is free; more than these are never needed to find out about rights.
constexpr int kMostDevices = 256;

bool become(const std::string& user) {
  const struct passwd* entry = getpwnam(user.c_str());
  if (entry == nullptr) return false;
  return initgroups(entry->pw_name, static_cast<int>(entry->pw_gid)) == 0 && setgid(entry->pw_gid) == 0 && setuid(entry->pw_uid) == 0;
}

}  // namespace

void* open_pcap(std::string* reason) {
  // The system's own; the second name is that of older ones.
  for (const char* name : {"/usr/lib/libpcap.A.dylib", "/usr/lib/libpcap.dylib"}) {
    if (void* library = dlopen(name, RTLD_NOW | RTLD_LOCAL)) return library;
    const char* message = dlerror();
    *reason = message == nullptr ? "" : message;
  }
  return nullptr;
}

std::string missing_pcap_message(const std::string& reason) { return "libpcap, which is part of macOS, could not be loaded (" + reason + ")."; }

bool may_capture() {
  for (int number = 0; number < kMostDevices; number++) {
    char path[32];
    snprintf(path, sizeof path, "/dev/bpf%d", number);
    int descriptor = open(path, O_RDWR | O_CLOEXEC);
    if (descriptor >= 0) {
      close(descriptor);
      return true;
    }
    // Others are in use: the next one tells.
    if (errno != EBUSY) return false;
  }
  return true;
}

std::string permission_advice() { return "Give your group access to the packet filter devices: sudo chgrp admin /dev/bpf* && sudo chmod g+rw /dev/bpf*"; }

// There are no capabilities: what remains of rights are the open devices and, for root, root.
std::optional<Failure> drop_privileges(const std::string& user) {
  if (!user.empty() && !become(user)) return Failure{code::kNoPermission, "The helper could not become the user " + user + ": only root can, and the user must exist."};
  return std::nullopt;
}

void drop_all_privileges() {}

bool is_network_interface(const std::string& name) { return if_nametoindex(name.c_str()) != 0; }

std::optional<bool> has_carrier(const std::string&, unsigned pcap_flags) {
  unsigned connection = pcap_flags & kDeviceConnection;
  if (connection == kDeviceConnected) return true;
  return connection == kDeviceDisconnected ? std::optional(false) : std::nullopt;
}

bool is_wireless(const std::string&, unsigned pcap_flags) { return (pcap_flags & kDeviceWireless) != 0; }

std::optional<uint64_t> speed_bits_per_second(const std::string&) { return std::nullopt; }

std::optional<int> likely_link_type(const std::string& name) {
  if (name.rfind("en", 0) == 0) return 1;
  if (name.rfind("lo", 0) == 0 || name.rfind("utun", 0) == 0) return 0;
  return std::nullopt;
}

std::string link_layer_address(const struct sockaddr* address) {
  if (address->sa_family != AF_LINK) return "";
  const auto* link = reinterpret_cast<const struct sockaddr_dl*>(address);
  const auto* bytes = reinterpret_cast<const unsigned char*>(LLADDR(link));
  std::string text;
  for (int index = 0; index < link->sdl_alen && index < 8; index++) {
    char byte[4];
    snprintf(byte, sizeof byte, index == 0 ? "%02x" : ":%02x", bytes[index]);
    text += byte;
  }
  return text;
}

std::vector<InterfaceCounts> interface_counts(const std::vector<std::string>& names) {
  std::vector<InterfaceCounts> counts;
  struct ifaddrs* first = nullptr;
  if (getifaddrs(&first) != 0) return counts;
  for (const struct ifaddrs* each = first; each != nullptr; each = each->ifa_next) {
    if (each->ifa_addr == nullptr || each->ifa_addr->sa_family != AF_LINK || each->ifa_data == nullptr) continue;
    if (std::find(names.begin(), names.end(), each->ifa_name) == names.end()) continue;
    const auto* data = static_cast<const struct if_data*>(each->ifa_data);
    // What a loopback sends is what it receives.
    bool both = (each->ifa_flags & IFF_LOOPBACK) == 0;
    counts.push_back({each->ifa_name, uint64_t{data->ifi_ipackets} + (both ? data->ifi_opackets : 0), uint64_t{data->ifi_ibytes} + (both ? data->ifi_obytes : 0), data->ifi_iqdrops});
  }
  freeifaddrs(first);
  return counts;
}

}  // namespace layerscope::platform
