// layerscope-capture: the only program of the product with rights. It opens devices, gives up every
// other right, and writes what it captures; it parses no packet.
#include <cstdio>
#include <string>
#include <vector>

#include "../core/capture_options.h"
#include "../core/devices.h"
#include "../core/json.h"
#include "../core/platform.h"
#include "../core/session.h"
#include "control.h"
#include "watch.h"

namespace layerscope {
namespace {

constexpr int kUsageStatus = 2;

constexpr const char* kUsage =
    "layerscope-capture capture --out FILE -i INTERFACE [-i INTERFACE …] [OPTION …]\n"
    "  of an interface (before the first -i: of all): --filter TEXT --snaplen N --promiscuous 0|1 --no-promiscuous\n"
    "    --monitor --buffer-kib N --link-type NAME --timestamp-type NAME --timestamp-precision micro|nano\n"
    "  end: --max-packets N --max-bytes N --max-seconds N --max-files N\n"
    "  files: --file-bytes N --file-seconds N --file-packets N --ring-files N\n"
    "  others: --control SOCKET --user NAME\n"
    "layerscope-capture watch -i INTERFACE [-i INTERFACE …]\n"
    "layerscope-capture check --link-type N --snaplen N [--] FILTER\n"
    "layerscope-capture interfaces | version\n"
    "Answers and events are JSON objects, one a line. While it captures, the line \"stop\" on standard input stops it.\n";

int usage(const std::string& problem) {
  std::fprintf(stderr, "layerscope-capture: %s\n%s", problem.c_str(), kUsage);
  return kUsageStatus;
}

int print(const std::string& line) {
  std::printf("%s\n", line.c_str());
  return std::fflush(stdout) == 0 ? 0 : 1;
}

int refuse_to_start(Control& control, const Failure& failure) {
  JsonObject problem;
  problem.text("event", "problem").text("code", failure.code).text("message", failure.message).flag("fatal", true);
  control.emit(EventKind::kOther, problem.finish());
  return 1;
}

int capture(const std::vector<std::string>& words) {
  std::string problem;
  std::optional<CaptureOptions> options = parse_capture_options(words, &problem);
  if (!options) return usage(problem);
  catch_signals();
  // Packets to standard output leave standard error for events.
  HelperControl control(options->file == "-" ? 2 : 1);
  std::string socket = options->control;
  bool ended_well = false;
  if (!socket.empty()) {
    if (std::optional<Failure> failure = control.listen_at(socket)) return refuse_to_start(control, *failure);
  }
  {
    Session session(*std::move(options), &control, true);
    ended_well = session.run();
  }
  control.finish();
  return ended_well ? 0 : 1;
}

int check(const std::vector<std::string>& words) {
  uint64_t link_type = 1;
  uint64_t snaplen = kDefaultSnaplen;
  std::string filter;
  for (size_t index = 0; index < words.size(); index++) {
    bool has_value = index + 1 < words.size();
    if (words[index] == "--" && has_value) {
      filter = words[++index];
    } else if ((words[index] == "--link-type" || words[index] == "--snaplen") && has_value) {
      std::optional<uint64_t> value = parse_count(words[index + 1], words[index] == "--snaplen" ? kDefaultSnaplen : 65'535);
      if (!value) return usage(words[index] + " takes a number, not " + words[index + 1]);
      (words[index] == "--snaplen" ? snaplen : link_type) = *value;
      index++;
    } else {
      filter = words[index];
    }
  }
  // Compiling somebody's text needs no rights.
  platform::drop_all_privileges();
  return print(check_json(filter, static_cast<int>(link_type), snaplen == 0 ? kDefaultSnaplen : static_cast<int>(snaplen)));
}

int watch(const std::vector<std::string>& words) {
  std::vector<std::string> names;
  for (size_t index = 0; index + 1 < words.size() && words[index] == "-i"; index += 2) names.push_back(words[index + 1]);
  if (names.empty() || names.size() * 2 != words.size()) return usage("watch takes -i INTERFACE, once or several times");
  platform::drop_all_privileges();
  return watch_interfaces(names);
}

int run(const std::vector<std::string>& words) {
  if (words.empty()) return usage("what to do was not said");
  std::vector<std::string> rest(words.begin() + 1, words.end());
  if (words[0] == "capture") return capture(rest);
  if (words[0] == "watch") return watch(rest);
  if (words[0] == "check") return check(rest);
  if (words[0] == "interfaces") return print(interfaces_json());
  if (words[0] == "version") return print(version_json());
  return usage(words[0] + " is not a command");
}

}  // namespace
}  // namespace layerscope

int main(int count, char** words) { return layerscope::run(std::vector<std::string>(words + (count > 0 ? 1 : 0), words + count)); }
