#include <atomic>
#include <cstdio>
#include <iostream>
#include <string>

#include "cli/verbs.h"
#include "session/session.h"

namespace juzhu::cli {

int repl(const Options& options) {
  const auto today = asked_date(options);
  if (!today) return kUsage;
  if (const int code = check_rule_paths(options); code != kFine) return code;
  session::SessionOptions about;
  about.rules = options.rules;
  about.library = options.library;
  about.encoding = options.encoding;
  about.chinese = options.chinese;
  about.today = today->date;
  session::Session session(about);
  const auto show = [](const session::Reply& reply) {
    std::fputs(reply.text.c_str(), reply.failed ? stderr : stdout);
    std::fflush(stdout);
    return !reply.failed;
  };
  bool fine = show(session.start());
  std::string text;
  std::string line;
  while (!session.is_over() && std::getline(std::cin, line)) {
    text += line;
    if (session::Session::wants_more(text)) {
      text += '\n';
      continue;
    }
    fine = show(session.answer(text)) && fine;
    text.clear();
  }
  if (!text.empty()) fine = show(session.answer(text)) && fine;
  return fine ? kFine : kFindings;
}

}  // namespace juzhu::cli
