// libpcap (or Npcap), loaded at run time: the product builds and opens files without it. The
// declarations are our own, of the part of its stable interface that is used here.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#ifdef _WIN32
#include <winsock2.h>
#else
#include <sys/socket.h>
#include <sys/time.h>
#endif

#include "failure.h"

namespace layerscope {

struct pcap;
using pcap_t = pcap;

// pcap(3PCAP): struct pcap_pkthdr. On macOS a comment follows, which is not read.
struct PacketHeader {
  struct timeval ts;
  uint32_t captured_length;
  uint32_t wire_length;
};

// pcap_stats(3PCAP). On Windows more follows, which old and new versions fill in.
struct PcapStatistics {
  unsigned received;
  unsigned dropped;
  unsigned dropped_by_interface;
#ifdef _WIN32
  unsigned windows_only[3];
#endif
};

struct BpfProgram {
  unsigned length;
  void* instructions;
};

struct PcapAddress {
  PcapAddress* next;
  struct sockaddr* address;
  struct sockaddr* netmask;
  struct sockaddr* broadcast;
  struct sockaddr* destination;
};

struct PcapDevice {
  PcapDevice* next;
  char* name;
  char* description;
  PcapAddress* addresses;
  unsigned flags;
};

// PcapDevice::flags
inline constexpr unsigned kDeviceLoopback = 0x01;
inline constexpr unsigned kDeviceUp = 0x02;
inline constexpr unsigned kDeviceRunning = 0x04;
inline constexpr unsigned kDeviceWireless = 0x08;
inline constexpr unsigned kDeviceConnection = 0x30;
inline constexpr unsigned kDeviceConnected = 0x10;
inline constexpr unsigned kDeviceDisconnected = 0x20;

// What pcap_activate and others answer.
inline constexpr int kErrorBreak = -2;
inline constexpr int kErrorNoSuchDevice = -5;
inline constexpr int kErrorNoMonitorMode = -6;
inline constexpr int kErrorPermission = -8;
inline constexpr int kErrorNotUp = -9;
inline constexpr int kErrorPromiscuousPermission = -11;

inline constexpr int kErrorBufferSize = 256;
inline constexpr int kPrecisionNano = 1;
inline constexpr uint32_t kNetmaskUnknown = 0xffffffff;

using PacketHandler = void (*)(unsigned char* user, const PacketHeader* header, const unsigned char* bytes);

struct PcapLibrary {
  const char* (*lib_version)();
  int (*findalldevs)(PcapDevice**, char*);
  void (*freealldevs)(PcapDevice*);
  pcap_t* (*create)(const char*, char*);
  int (*set_snaplen)(pcap_t*, int);
  int (*set_promisc)(pcap_t*, int);
  int (*set_timeout)(pcap_t*, int);
  int (*set_buffer_size)(pcap_t*, int);
  int (*set_tstamp_type)(pcap_t*, int);
  int (*set_tstamp_precision)(pcap_t*, int);
  int (*get_tstamp_precision)(pcap_t*);
  int (*can_set_rfmon)(pcap_t*);
  int (*set_rfmon)(pcap_t*, int);
  int (*activate)(pcap_t*);
  void (*close)(pcap_t*);
  int (*datalink)(pcap_t*);
  int (*set_datalink)(pcap_t*, int);
  int (*list_datalinks)(pcap_t*, int**);
  void (*free_datalinks)(int*);
  int (*datalink_name_to_val)(const char*);
  const char* (*datalink_val_to_name)(int);
  const char* (*datalink_val_to_description)(int);
  int (*list_tstamp_types)(pcap_t*, int**);
  void (*free_tstamp_types)(int*);
  int (*tstamp_type_name_to_val)(const char*);
  const char* (*tstamp_type_val_to_name)(int);
  int (*snapshot)(pcap_t*);
  int (*setnonblock)(pcap_t*, int, char*);
  int (*dispatch)(pcap_t*, int, PacketHandler, unsigned char*);
  void (*breakloop)(pcap_t*);
  int (*stats)(pcap_t*, PcapStatistics*);
  char* (*geterr)(pcap_t*);
  const char* (*statustostr)(int);
  pcap_t* (*open_dead)(int, int);
  int (*compile)(pcap_t*, BpfProgram*, const char*, int, uint32_t);
  int (*setfilter)(pcap_t*, BpfProgram*);
  void (*freecode)(BpfProgram*);
  int (*lookupnet)(const char*, uint32_t*, uint32_t*, char*);
#ifdef _WIN32
  void* (*getEvent)(pcap_t*);
#else
  int (*get_selectable_fd)(pcap_t*);
  // libpcap 1.9; null in older versions.
  const struct timeval* (*get_required_select_timeout)(pcap_t*);
#endif
};

// Loads the library on the first call and keeps it. Thread-safe.
// Null, with `failure` set, when it is missing or older than 1.5 (nanosecond time stamps).
const PcapLibrary* pcap_library(std::optional<Failure>* failure);

// "1.10.3" from "libpcap version 1.10.3 (with TPACKET_V3)".
std::string library_version(const PcapLibrary& library);

}  // namespace layerscope
