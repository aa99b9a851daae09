// A conversation about one family: a rulebook, a place, a day, a case built line by line, and
// questions about it. One line in, one text out; the terminal is elsewhere (tools/cli/repl.cpp). A
// line that cannot be followed says so and changes nothing.
//
// Threads: one thread; `stop` may be set from elsewhere (a signal) and ends a long question.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace juzhu::session {

struct SessionOptions {
  std::vector<std::string> rules;
  std::string library;  ///< folder of the standard library; empty: beside the program
  std::string encoding = "utf-8";
  bool chinese = false;
  bool color = false;
  std::size_t width = 80;
  std::int64_t today = 0;  ///< the day that is asked about until another one is named
  const std::atomic<bool>* stop = nullptr;
};

struct Reply {
  std::string text;
  bool failed = false;  ///< the line could not be followed; `text` is why
};

/// What may stand at the cursor: `texts` in place of the bytes from `from` to the cursor.
struct Completion {
  std::size_t from = 0;
  std::vector<std::string> texts;
};

class Talk;

class Session {
 public:
  explicit Session(SessionOptions options);
  ~Session();
  Session(Session&&) noexcept;
  Session& operator=(Session&&) noexcept;
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  /// Loads the rules. A session without usable rules goes on: they may be mended while it runs.
  Reply start();
  Reply answer(std::string_view line);
  /// What is loaded, and what to type first.
  [[nodiscard]] std::string greeting() const;
  /// Does the text end in the middle of something: an open brace, a comma, a colon?
  [[nodiscard]] static bool wants_more(std::string_view text);
  [[nodiscard]] Completion complete(std::string_view line, std::size_t cursor) const;
  /// Where and when is asked: "Shenzhen.Baoan 2024-05-01> ".
  [[nodiscard]] std::string prompt() const;
  [[nodiscard]] bool is_over() const;
  void set_width(std::size_t columns);

 private:
  std::unique_ptr<Talk> talk_;
};

}  // namespace juzhu::session
