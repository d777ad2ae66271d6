#include "filter.h"

#include <cctype>
#include <string_view>
#include <vector>

#include "platform.h"

namespace layerscope {
namespace {

// Compiling part after part looks names up again and again: after this time the place stays unknown.
constexpr int64_t kSearchMs = 1500;

struct Token {
  size_t at;
  size_t length;
};

struct Compiled {
  bool ok;
  std::string message;
};

class Compiler {
 public:
  Compiler(const PcapLibrary& pcap, int link_type, int snaplen) : pcap_(pcap), handle_(pcap.open_dead(link_type, snaplen)) {}
  Compiler(const Compiler&) = delete;
  Compiler& operator=(const Compiler&) = delete;
  ~Compiler() {
    if (handle_ != nullptr) pcap_.close(handle_);
  }

  Compiled compile(const std::string& text) {
    if (handle_ == nullptr) return {false, "libpcap does not know the link type"};
    BpfProgram program = {0, nullptr};
    if (pcap_.compile(handle_, &program, text.c_str(), 1, kNetmaskUnknown) != 0) return {false, pcap_.geterr(handle_)};
    pcap_.freecode(&program);
    return {true, ""};
  }

 private:
  const PcapLibrary& pcap_;
  pcap_t* handle_;
};

bool is_word(char each) {
  // What libpcap's scanner takes into one name, number or address (scanner.l).
  return std::isalnum(static_cast<unsigned char>(each)) != 0 || each == '_' || each == '-' || each == '.' || each == ':' || each == '\\' || (static_cast<unsigned char>(each) & 0x80) != 0;
}

std::vector<Token> tokens_of(const std::string& text) {
  static constexpr std::string_view kPairs[] = {"&&", "||", "==", "!=", ">=", "<=", "<<", ">>"};
  std::vector<Token> tokens;
  for (size_t at = 0; at < text.size();) {
    if (std::isspace(static_cast<unsigned char>(text[at])) != 0) {
      at++;
      continue;
    }
    size_t length = 1;
    if (is_word(text[at])) {
      while (at + length < text.size() && is_word(text[at + length])) length++;
    } else {
      for (std::string_view pair : kPairs) {
        if (text.compare(at, 2, pair) == 0) length = 2;
      }
    }
    tokens.push_back({at, length});
    at += length;
  }
  return tokens;
}

bool is_syntax_error(const std::string& message) { return message.find("syntax error") != std::string::npos; }

std::string closing_brackets(const std::string& text) {
  std::string open;
  for (char each : text) {
    if (each == '(') open.insert(0, ")");
    if (each == '[') open.insert(0, "]");
    if ((each == ')' || each == ']') && !open.empty()) open.erase(0, 1);
  }
  return open;
}

// Whether some text can follow `prefix` so that libpcap's grammar accepts it.
bool can_continue(Compiler& compiler, const std::string& prefix) {
  static constexpr const char* kContinuations[] = {"", " 1", " tcp", " host 1.1.1.1", " 1.1.1.1", " ::1", " port 1", " net 10", " 1-2", " 0:0:0:0:0:1", " = 1", "0] = 1", "0:1] = 1", " proto 1", " in", " mgt", " mask 255.0.0.0", " pass", " 1 = 1"};
  for (const char* continuation : kContinuations) {
    std::string text = prefix + continuation;
    Compiled result = compiler.compile(text + closing_brackets(text));
    // Any other complaint comes after the grammar's.
    if (result.ok || !is_syntax_error(result.message)) return true;
  }
  return false;
}

// The first token after which nothing can follow: where the grammar stops. At the end when every one can be continued.
void find_syntax_error(Compiler& compiler, const std::string& text, int64_t deadline_ms, Failure* failure) {
  for (const Token& token : tokens_of(text)) {
    if (platform::monotonic_ms() > deadline_ms) return;
    if (can_continue(compiler, text.substr(0, token.at + token.length))) continue;
    failure->token = text.substr(token.at, token.length);
    failure->at = token.at;
    return;
  }
  failure->at = text.size();
}

// A word of the text that the message quotes.
bool find_quoted(const std::string& text, const std::string& message, Failure* failure) {
  for (size_t open = message.find_first_of("'\""); open != std::string::npos; open = message.find_first_of("'\"", open + 1)) {
    size_t close = message.find(message[open], open + 1);
    if (close == std::string::npos) return false;
    std::string quoted = message.substr(open + 1, close - open - 1);
    for (const Token& token : tokens_of(text)) {
      if (text.compare(token.at, token.length, quoted) != 0) continue;
      failure->token = quoted;
      failure->at = token.at;
      return true;
    }
  }
  return false;
}

// The token whose arrival makes libpcap say what it says about the whole.
void find_first_complaint(Compiler& compiler, const std::string& text, const std::string& message, int64_t deadline_ms, Failure* failure) {
  for (const Token& token : tokens_of(text)) {
    if (platform::monotonic_ms() > deadline_ms) return;
    std::string prefix = text.substr(0, token.at + token.length);
    Compiled result = compiler.compile(prefix + closing_brackets(prefix));
    if (result.ok || result.message != message) continue;
    failure->token = text.substr(token.at, token.length);
    failure->at = token.at;
    return;
  }
}

Failure explain(Compiler& compiler, const std::string& text, const std::string& message) {
  Failure failure{code::kBadFilter, message};
  int64_t deadline_ms = platform::monotonic_ms() + kSearchMs;
  if (is_syntax_error(message)) {
    find_syntax_error(compiler, text, deadline_ms, &failure);
  } else if (!find_quoted(text, message, &failure)) {
    find_first_complaint(compiler, text, message, deadline_ms, &failure);
  }
  return failure;
}

std::string place(const Failure& failure) {
  if (failure.token) return " at \"" + *failure.token + "\" (character " + std::to_string(*failure.at + 1) + ")";
  return failure.at ? " at its end: something is missing" : "";
}

}  // namespace

std::optional<Failure> check_filter(const PcapLibrary& pcap, const std::string& text, int link_type, int snaplen) {
  Compiler compiler(pcap, link_type, snaplen);
  Compiled result = compiler.compile(text);
  if (result.ok) return std::nullopt;
  return explain(compiler, text, result.message);
}

std::optional<Failure> set_filter(const PcapLibrary& pcap, pcap_t* device, const std::string& interface_name, const std::string& text, int snaplen) {
  if (text.empty()) return std::nullopt;
  uint32_t network = 0;
  uint32_t netmask = kNetmaskUnknown;
  char reason[kErrorBufferSize] = "";
  // Only "ip broadcast" needs it; an interface without an address has none.
  if (pcap.lookupnet(interface_name.c_str(), &network, &netmask, reason) != 0) netmask = kNetmaskUnknown;
  BpfProgram program = {0, nullptr};
  if (pcap.compile(device, &program, text.c_str(), 1, netmask) != 0) {
    std::string message = pcap.geterr(device);
    Compiler compiler(pcap, pcap.datalink(device), snaplen);
    Failure failure = explain(compiler, text, message);
    failure.message = "The capture filter \"" + text + "\" does not compile for " + interface_name + place(failure) + ": " + message + ".";
    return failure;
  }
  int status = pcap.setfilter(device, &program);
  pcap.freecode(&program);
  if (status == 0) return std::nullopt;
  return Failure{code::kInternal, "The capture filter could not be set on " + interface_name + ": " + pcap.geterr(device) + "."};
}

}  // namespace layerscope
