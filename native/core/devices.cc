#include "devices.h"

#include <vector>

#ifdef _WIN32
#include <winsock2.h>
#include <ws2tcpip.h>
#else
#include <arpa/inet.h>
#include <netinet/in.h>
#endif

#include "filter.h"
#include "json.h"
#include "open_device.h"
#include "pcap_library.h"
#include "platform.h"

namespace layerscope {
namespace {

std::string failure_json(const Failure& failure) {
  JsonObject object;
  object.flag("ok", false).text("code", failure.code).text("message", failure.message).text_or_null("token", failure.token);
  object.count_or_null("at", failure.at ? std::optional<uint64_t>(*failure.at) : std::nullopt);
  return object.finish();
}

// Empty for families without a text form here.
std::string address_text(const struct sockaddr* address) {
  if (address == nullptr) return "";
  char text[INET6_ADDRSTRLEN] = "";
  if (address->sa_family == AF_INET) {
    inet_ntop(AF_INET, &reinterpret_cast<const struct sockaddr_in*>(address)->sin_addr, text, sizeof text);
    return text;
  }
  if (address->sa_family == AF_INET6) {
    inet_ntop(AF_INET6, &reinterpret_cast<const struct sockaddr_in6*>(address)->sin6_addr, text, sizeof text);
    return text;
  }
  return platform::link_layer_address(address);
}

const char* address_kind(const struct sockaddr* address) {
  if (address->sa_family == AF_INET) return "ipv4";
  return address->sa_family == AF_INET6 ? "ipv6" : "mac";
}

std::string addresses_json(const PcapDevice& device) {
  std::vector<std::string> addresses;
  for (const PcapAddress* each = device.addresses; each != nullptr; each = each->next) {
    std::string text = address_text(each->address);
    if (text.empty()) continue;
    std::string netmask = address_text(each->netmask);
    JsonObject object;
    object.text("address", text).text_or_null("netmask", netmask.empty() ? std::nullopt : std::optional(netmask)).text("kind", address_kind(each->address));
    addresses.push_back(object.finish());
  }
  return json_array(addresses);
}

std::string link_type_json(const PcapLibrary& pcap, int number) {
  const char* name = pcap.datalink_val_to_name(number);
  const char* description = pcap.datalink_val_to_description(number);
  std::string fallback = "DLT " + std::to_string(number);
  JsonObject object;
  object.count("number", static_cast<uint64_t>(number)).text("name", name == nullptr ? fallback : name).text("description", description == nullptr ? fallback : description);
  return object.finish();
}

// The default first.
std::string link_types_json(const PcapLibrary& pcap, pcap_t* device) {
  std::vector<std::string> types = {link_type_json(pcap, pcap.datalink(device))};
  int* numbers = nullptr;
  int count = pcap.list_datalinks(device, &numbers);
  for (int index = 0; index < count; index++) {
    if (numbers[index] != pcap.datalink(device)) types.push_back(link_type_json(pcap, numbers[index]));
  }
  if (count >= 0) pcap.free_datalinks(numbers);
  return json_array(types);
}

std::string timestamp_types_json(const PcapLibrary& pcap, pcap_t* device) {
  std::vector<std::string> names;
  int* types = nullptr;
  int count = pcap.list_tstamp_types(device, &types);
  for (int index = 0; index < count; index++) {
    if (const char* name = pcap.tstamp_type_val_to_name(types[index])) names.push_back(json_text(name));
  }
  if (count > 0) pcap.free_tstamp_types(types);
  return json_array(names);
}

// What opening the interface shows; without rights, what the system tells.
void describe_open(const PcapLibrary& pcap, const std::string& name, JsonObject* object) {
  char reason[kErrorBufferSize] = "";
  pcap_t* device = pcap.create(name.c_str(), reason);
  if (device == nullptr) {
    object->raw("linkTypes", "[]").raw("canMonitor", "null").raw("timestampTypes", "[]").text("problem", reason);
    return;
  }
  int monitor = pcap.can_set_rfmon(device);
  object->flag_or_null("canMonitor", monitor < 0 ? std::nullopt : std::optional(monitor == 1));
  object->raw("timestampTypes", timestamp_types_json(pcap, device));
  std::optional<Failure> failure = activate(pcap, device, name, nullptr);
  std::optional<int> likely = platform::likely_link_type(name);
  object->raw("linkTypes", !failure ? link_types_json(pcap, device) : likely ? json_array({link_type_json(pcap, *likely)}) : "[]");
  object->text_or_null("problem", failure ? std::optional(failure->message) : std::nullopt);
  pcap.close(device);
}

std::string device_json(const PcapLibrary& pcap, const PcapDevice& device) {
  std::string name = device.name;
  JsonObject object;
  object.text("name", name).text_or_null("description", device.description == nullptr ? std::nullopt : std::optional<std::string>(device.description));
  object.raw("addresses", addresses_json(device));
  object.flag("isUp", (device.flags & kDeviceUp) != 0).flag("isRunning", (device.flags & kDeviceRunning) != 0);
  object.flag("isLoopback", (device.flags & kDeviceLoopback) != 0).flag("isWireless", platform::is_wireless(name, device.flags));
  object.flag_or_null("hasCarrier", platform::has_carrier(name, device.flags));
  if (platform::is_network_interface(name)) {
    describe_open(pcap, name, &object);
  } else {
    // Opening others has effects: it loads modules, connects to buses.
    object.raw("linkTypes", "[]").raw("canMonitor", "null").raw("timestampTypes", "[]").raw("problem", "null");
  }
  return object.finish();
}

}  // namespace

std::string interfaces_json() {
  std::optional<Failure> failure;
  const PcapLibrary* pcap = pcap_library(&failure);
  if (pcap == nullptr) return failure_json(*failure);
  char reason[kErrorBufferSize] = "";
  PcapDevice* first = nullptr;
  if (pcap->findalldevs(&first, reason) != 0) return failure_json({code::kInternal, std::string("The interfaces could not be listed: ") + reason + "."});
  std::vector<std::string> devices;
  for (const PcapDevice* each = first; each != nullptr; each = each->next) devices.push_back(device_json(*pcap, *each));
  pcap->freealldevs(first);
  JsonObject object;
  object.flag("ok", true).raw("interfaces", json_array(devices));
  return object.finish();
}

std::string version_json() {
  std::optional<Failure> failure;
  const PcapLibrary* pcap = pcap_library(&failure);
  bool may_capture = pcap != nullptr && platform::may_capture();
  if (pcap != nullptr && !may_capture) failure = Failure{code::kNoPermission, platform::permission_advice()};
  JsonObject object;
  object.text("version", LAYERSCOPE_VERSION).text_or_null("library", pcap == nullptr ? std::nullopt : std::optional(library_version(*pcap)));
  object.flag("mayCapture", may_capture);
  if (failure) {
    object.raw("problem", JsonObject().text("code", failure->code).text("message", failure->message).finish());
  } else {
    object.raw("problem", "null");
  }
  return object.finish();
}

std::string check_json(const std::string& filter, int link_type, int snaplen) {
  std::optional<Failure> failure;
  const PcapLibrary* pcap = pcap_library(&failure);
  if (pcap != nullptr) failure = check_filter(*pcap, filter, link_type, snaplen);
  return failure ? failure_json(*failure) : JsonObject().flag("ok", true).finish();
}

}  // namespace layerscope
