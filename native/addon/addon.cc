// The same core for Node.js: context-aware, Node-API 9, no external buffers (Electron's memory cage
// forbids them). Answers and events are the helper's JSON lines.
#include <napi.h>

#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "../core/devices.h"
#include "../core/json.h"
#include "../core/session.h"
#include "thread_control.h"

namespace layerscope {
namespace {

// Work that may take a while (opening devices, looking up names), on libuv's pool.
class Answer : public Napi::AsyncWorker {
 public:
  Answer(Napi::Env env, std::function<std::string()> work) : AsyncWorker(env), deferred_(env), work_(std::move(work)) {}
  Napi::Promise promise() const { return deferred_.Promise(); }

 protected:
  void Execute() override { answer_ = work_(); }
  void OnOK() override { deferred_.Resolve(Napi::String::New(Env(), answer_)); }
  void OnError(const Napi::Error& error) override { deferred_.Reject(error.Value()); }

 private:
  Napi::Promise::Deferred deferred_;
  std::function<std::string()> work_;
  std::string answer_;
};

Napi::Value queue(Napi::Env env, std::function<std::string()> work) {
  auto* answer = new Answer(env, std::move(work));
  Napi::Promise promise = answer->promise();
  answer->Queue();
  return promise;
}

Napi::Value version(const Napi::CallbackInfo& info) { return Napi::String::New(info.Env(), version_json()); }

Napi::Value interfaces(const Napi::CallbackInfo& info) { return queue(info.Env(), interfaces_json); }

Napi::Value check(const Napi::CallbackInfo& info) {
  if (info.Length() < 3 || !info[0].IsString() || !info[1].IsNumber() || !info[2].IsNumber()) {
    Napi::TypeError::New(info.Env(), "check takes a filter, a link type and a snaplen").ThrowAsJavaScriptException();
    return info.Env().Undefined();
  }
  std::string filter = info[0].As<Napi::String>();
  int link_type = info[1].As<Napi::Number>().Int32Value();
  int snaplen = info[2].As<Napi::Number>().Int32Value();
  return queue(info.Env(), [filter, link_type, snaplen] { return check_json(filter, link_type, snaplen > 0 ? snaplen : kDefaultSnaplen); });
}

using Lines = Napi::ThreadSafeFunction;

// A capture on a thread of its own. It ends by itself, by stop, or with the environment, whose end waits for it.
struct CaptureThread {
  std::shared_ptr<ThreadControl> control;
  std::thread thread;

  void join() {
    if (thread.joinable()) thread.join();
  }
};

void on_environment_end(void* data) {
  auto* capture = static_cast<CaptureThread*>(data);
  capture->control->stop();
  capture->join();
}

// After the last line was delivered, or when the environment ends.
void on_lines_end(Napi::Env env, CaptureThread* capture) {
  napi_remove_env_cleanup_hook(env, on_environment_end, capture);
  capture->control->stop();
  capture->join();
  delete capture;
}

// Null stands for the end of the lines.
void deliver(Napi::Env env, Napi::Function callback, std::string* line) {
  std::unique_ptr<std::string> owned(line);
  if (env == nullptr) return;
  callback.Call({line == nullptr ? env.Null() : Napi::String::New(env, *line).As<Napi::Value>()});
}

void send_line(const Lines& lines, const std::string& line) {
  auto copy = std::make_unique<std::string>(line);
  if (lines.NonBlockingCall(copy.get(), deliver) == napi_ok) copy.release();
}

void run_capture(const std::vector<std::string>& words, ThreadControl* control) {
  std::string problem;
  std::optional<CaptureOptions> options = parse_capture_options(words, &problem);
  if (options) {
    Session(*std::move(options), control, false).run();
    return;
  }
  JsonObject event;
  event.text("event", "problem").text("code", code::kInternal).text("message", "The capture was not understood: " + problem + ".").flag("fatal", true);
  control->emit(EventKind::kOther, event.finish());
}

// capture(words, onLine): the helper's words; onLine gets each line, null at last. Returns { stop() }.
Napi::Value capture(const Napi::CallbackInfo& info) {
  Napi::Env env = info.Env();
  if (info.Length() < 2 || !info[0].IsArray() || !info[1].IsFunction()) {
    Napi::TypeError::New(env, "capture takes an array of words and a function").ThrowAsJavaScriptException();
    return env.Undefined();
  }
  Napi::Array array = info[0].As<Napi::Array>();
  std::vector<std::string> words;
  // The first word is the helper's command.
  for (uint32_t index = 1; index < array.Length(); index++) words.push_back(Napi::Value(array[index]).ToString());
  auto* thread = new CaptureThread;
  Lines lines = Lines::New(env, info[1].As<Napi::Function>(), "layerscope capture", 0, 1, [thread](Napi::Env ending) { on_lines_end(ending, thread); });
  thread->control = std::make_shared<ThreadControl>([lines](const std::string& line) { send_line(lines, line); });
  napi_add_env_cleanup_hook(env, on_environment_end, thread);
  thread->thread = std::thread([words, lines, control = thread->control]() mutable {
    run_capture(words, control.get());
    lines.NonBlockingCall(static_cast<std::string*>(nullptr), deliver);
    lines.Release();
  });
  Napi::Object handle = Napi::Object::New(env);
  handle.Set("stop", Napi::Function::New(env, [control = thread->control](const Napi::CallbackInfo&) { control->stop(); }));
  return handle;
}

Napi::Object initialize(Napi::Env env, Napi::Object exports) {
  exports.Set("version", Napi::Function::New(env, version));
  exports.Set("interfaces", Napi::Function::New(env, interfaces));
  exports.Set("check", Napi::Function::New(env, check));
  exports.Set("capture", Napi::Function::New(env, capture));
  return exports;
}

NODE_API_MODULE(layerscope_native, initialize)

}  // namespace
}  // namespace layerscope
