// A session over the factory town, and short ways to talk with it.
#pragma once

#include <catch2/catch.hpp>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "session/session.h"
#include "value/date.h"

namespace juzhu::session {

inline SessionOptions factory_town(bool chinese = false) {
  SessionOptions options;
  options.rules = {std::string(JUZHU_ROOT) + "/examples/factory_town"};
  options.library = std::string(JUZHU_ROOT) + "/stdlib";
  options.chinese = chinese;
  options.today = value::parse_date("2024-05-01").value();
  return options;
}

/// A session that was told some lines, each of which must be followed.
class Talking {
 public:
  Talking(std::initializer_list<std::string_view> lines, bool chinese = false)
      : Talking(std::vector<std::string_view>(lines), chinese) {}
  explicit Talking(const std::vector<std::string_view>& lines, bool chinese = false)
      : session_(factory_town(chinese)) {
    REQUIRE_FALSE(session_.start().failed);
    for (const std::string_view line : lines)
      told(line);
  }
  std::string told(std::string_view line) {
    const Reply reply = session_.answer(line);
    INFO(line << "\n" << reply.text);
    REQUIRE_FALSE(reply.failed);
    return reply.text;
  }
  std::string refused(std::string_view line) {
    const Reply reply = session_.answer(line);
    INFO(line << "\n" << reply.text);
    REQUIRE(reply.failed);
    return reply.text;
  }
  /// What Tab offers at the end of a line.
  std::vector<std::string> offered(std::string_view line) {
    return session_.complete(line, line.size()).texts;
  }
  Session& session() { return session_; }

 private:
  Session session_;
};

inline bool has(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

}  // namespace juzhu::session
