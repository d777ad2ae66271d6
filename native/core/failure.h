// An expected failure, told to the user as it is: what happened, where, what to do.
#pragma once

#include <optional>
#include <string>

namespace layerscope {

// Codes of the helper's "problem" event (native/capture-types.ts).
namespace code {
inline constexpr const char* kNoLibpcap = "no-libpcap";
inline constexpr const char* kLibpcapTooOld = "libpcap-too-old";
inline constexpr const char* kNoPermission = "no-permission";
inline constexpr const char* kNoSuchInterface = "no-such-interface";
inline constexpr const char* kInterfaceGone = "interface-gone";
inline constexpr const char* kBadFilter = "bad-filter";
inline constexpr const char* kBadLinkType = "bad-link-type";
inline constexpr const char* kDiskFull = "disk-full";
inline constexpr const char* kUnwritable = "unwritable";
inline constexpr const char* kInternal = "internal";
}  // namespace code

struct Failure {
  const char* code;
  std::string message;
  // For a filter: the text at fault and its first byte, where they could be derived.
  std::optional<std::string> token = std::nullopt;
  std::optional<size_t> at = std::nullopt;
};

}  // namespace layerscope
