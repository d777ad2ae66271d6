#include "watch.h"

#include <cstdio>
#include <map>

#include "../core/json.h"
#include "../core/platform.h"

namespace layerscope {
namespace {

constexpr int kEveryMs = 500;

using Baseline = std::map<std::string, InterfaceCounts>;

std::string counters_json(const std::vector<InterfaceCounts>& counts, Baseline* baseline, double seconds) {
  std::vector<std::string> interfaces;
  for (const InterfaceCounts& now : counts) {
    InterfaceCounts& first = baseline->try_emplace(now.name, now).first->second;
    // Its name was given to a new interface.
    if (now.packets < first.packets || now.bytes < first.bytes) first = InterfaceCounts{now.name, 0, 0, now.dropped ? std::optional<uint64_t>(0) : std::nullopt};
    std::optional<uint64_t> dropped = now.dropped && first.dropped && *now.dropped >= *first.dropped ? std::optional<uint64_t>(*now.dropped - *first.dropped) : std::nullopt;
    JsonObject object;
    object.text("name", now.name).count("packets", now.packets - first.packets).count("bytes", now.bytes - first.bytes).count_or_null("droppedByInterface", dropped);
    interfaces.push_back(object.finish());
  }
  return JsonObject().text("event", "counters").seconds("seconds", seconds).raw("interfaces", json_array(interfaces)).finish();
}

}  // namespace

int watch_interfaces(const std::vector<std::string>& names) {
  Baseline baseline;
  int64_t start_ms = platform::monotonic_ms();
  for (int64_t next_ms = start_ms;; next_ms += kEveryMs) {
    std::string line = counters_json(platform::interface_counts(names), &baseline, static_cast<double>(platform::monotonic_ms() - start_ms) / 1000);
    if (std::printf("%s\n", line.c_str()) < 0 || std::fflush(stdout) != 0) return 0;
    if (platform::standard_input_ends_within(static_cast<int>(next_ms + kEveryMs - platform::monotonic_ms()))) return 0;
  }
}

}  // namespace layerscope
