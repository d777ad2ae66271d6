#include "pcap_library.h"

#include <mutex>

#include "platform.h"

namespace layerscope {
namespace {

PcapLibrary library;
std::optional<Failure> load_failure;
bool loaded = false;

template <typename Function>
bool find(void* handle, const char* name, Function& function) {
  function = reinterpret_cast<Function>(platform::library_symbol(handle, name));
  return function != nullptr;
}

// The name of the first function that the library lacks, or null.
const char* find_all(void* handle) {
#define FIND(member) \
  if (!find(handle, "pcap_" #member, library.member)) return "pcap_" #member
  FIND(lib_version);
  FIND(findalldevs);
  FIND(freealldevs);
  FIND(create);
  FIND(set_snaplen);
  FIND(set_promisc);
  FIND(set_timeout);
  FIND(set_buffer_size);
  FIND(set_tstamp_type);
  FIND(set_tstamp_precision);
  FIND(get_tstamp_precision);
  FIND(can_set_rfmon);
  FIND(activate);
  FIND(close);
  FIND(datalink);
  FIND(set_datalink);
  FIND(list_datalinks);
  FIND(free_datalinks);
  FIND(datalink_name_to_val);
  FIND(datalink_val_to_name);
  FIND(datalink_val_to_description);
  FIND(list_tstamp_types);
  FIND(free_tstamp_types);
  FIND(tstamp_type_name_to_val);
  FIND(tstamp_type_val_to_name);
  FIND(snapshot);
  FIND(setnonblock);
  FIND(dispatch);
  FIND(breakloop);
  FIND(stats);
  FIND(geterr);
  FIND(statustostr);
  FIND(open_dead);
  FIND(compile);
  FIND(setfilter);
  FIND(freecode);
  FIND(lookupnet);
  FIND(set_rfmon);
#ifdef _WIN32
  FIND(getEvent);
#else
  FIND(get_selectable_fd);
  find(handle, "pcap_get_required_select_timeout", library.get_required_select_timeout);
#endif
#undef FIND
  return nullptr;
}

void load() {
  loaded = true;
  std::string reason;
  void* handle = platform::open_pcap(&reason);
  if (handle == nullptr) {
    load_failure = Failure{code::kNoLibpcap, platform::missing_pcap_message(reason)};
    return;
  }
  if (const char* missing = find_all(handle)) {
    load_failure = Failure{code::kLibpcapTooOld, std::string("The installed libpcap has no ") + missing + ": it is older than 1.5. Install libpcap 1.5 or newer."};
  }
}

}  // namespace

const PcapLibrary* pcap_library(std::optional<Failure>* failure) {
  static std::mutex once;
  std::lock_guard<std::mutex> lock(once);
  if (!loaded) load();
  *failure = load_failure;
  return load_failure ? nullptr : &library;
}

std::string library_version(const PcapLibrary& pcap) {
  std::string text = pcap.lib_version();
  size_t start = text.find("version ");
  if (start == std::string::npos) return text;
  start += sizeof("version ") - 1;
  return text.substr(start, text.find_first_of(" ,", start) - start);
}

}  // namespace layerscope
