// The verb `repl`: a session at a terminal, with editing, history and completion; or read from a
// pipe, plainly, so that scripts and tests can hold one too.
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <csignal>
#include <cstdio>
#include <iostream>
#include <string>

#include "cli/line_editor.h"
#include "cli/verbs.h"
#include "engine/rule_files.h"
#include "session/session.h"

namespace juzhu::cli {
namespace {

/// Set by Ctrl-C: ends the question that runs, or the line that is being typed.
std::atomic<bool> interrupted{false};
static_assert(std::atomic<bool>::is_always_lock_free, "a signal handler may only touch such");

void interrupt(int /*signal*/) { interrupted = true; }

/// Without SA_RESTART, so that a read of the terminal comes back.
void listen_for_interrupts() {
  struct sigaction action {};
  action.sa_handler = interrupt;
  sigemptyset(&action.sa_mask);
  sigaction(SIGINT, &action, nullptr);
}

std::size_t columns() {
  constexpr std::size_t kPlain = 80;
  constexpr std::size_t kNarrowest = 40;
  winsize size{};
  const bool known = isatty(STDOUT_FILENO) != 0 && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0;
  return known && size.ws_col >= kNarrowest ? size.ws_col : kPlain;
}

bool show(const session::Reply& reply, bool to_errors) {
  std::fputs(reply.text.c_str(), reply.failed && to_errors ? stderr : stdout);
  std::fflush(stdout);
  return !reply.failed;
}

/// What the options say, as lines of the session.
std::vector<std::string> first_lines(const Options& options) {
  std::vector<std::string> lines;
  if (!options.data.empty()) {
    std::string line = "load " + options.data.front();
    if (!options.household.empty()) line += " " + options.household;
    lines.push_back(std::move(line));
    // The day in a saved case gives way to one that is asked for.
    if (!options.on.empty()) lines.push_back("on " + options.on);
  }
  if (!options.at.empty()) lines.push_back("at " + options.at);
  return lines;
}

/// Nothing but answers, or with `echo` what a terminal would show; 1 if a line could not be
/// followed.
int from_pipe(session::Session& session, bool echo, bool fine) {
  std::string text;
  std::string line;
  const auto answer = [&] {
    if (echo) std::fputs((session.prompt() + text + "\n").c_str(), stdout);
    std::fflush(stdout);
    fine = show(session.answer(text), !echo) && fine;
    text.clear();
  };
  while (!session.is_over() && std::getline(std::cin, line)) {
    text += line;
    // An empty line ends what was left open, so that one slip does not swallow the rest.
    if (!line.empty() && session::Session::wants_more(text)) {
      text += '\n';
      continue;
    }
    answer();
  }
  if (!text.empty()) answer();
  return fine ? kFine : kFindings;
}

int at_terminal(session::Session& session) {
  std::fputs(session.greeting().c_str(), stdout);
  std::string text;  // of lines that go on
  LineEditor editor(
      [&](std::string_view line, std::size_t cursor) {
        session::Completion found =
            session.complete(text + std::string(line), text.size() + cursor);
        const std::size_t from = std::max(found.from, text.size()) - text.size();
        return LineEditor::Choices{from, std::move(found.texts)};
      },
      history_file());
  listen_for_interrupts();
  while (!session.is_over()) {
    LineEditor::Read read = editor.read(text.empty() ? session.prompt() : std::string("… "));
    interrupted = false;
    if (read.end == LineEditor::End::kEnd) break;
    if (read.end == LineEditor::End::kInterrupted) {
      text.clear();
      continue;
    }
    text += read.line;
    // An empty line ends what was left open.
    if (!read.line.empty() && session::Session::wants_more(text)) {
      text += '\n';
      continue;
    }
    editor.remember(text);
    session.set_width(columns());
    show(session.answer(text), false);
    text.clear();
  }
  return kFine;
}

}  // namespace

int repl(const Options& given) {
  Options options = given;
  if (options.rules.empty()) {
    if (engine::rule_files_in(".", engine::Depth::kSubfolders).empty()) {
      return print_usage_error(
          options, diag::Code::kMissingFile,
          say("there are no rule files (.jz) here", "当前文件夹没有规则文件（.jz）"),
          say("name a folder of rule files: juzhu repl examples/factory_town",
              "写明规则文件所在的文件夹：juzhu repl examples/factory_town"));
    }
    options.rules.emplace_back(".");
  }
  const auto today = asked_date(options);
  if (!today) return kUsage;
  if (const int code = check_rule_paths(options); code != kFine) return code;
  session::SessionOptions about;
  about.rules = options.rules;
  about.library = options.library;
  about.encoding = options.encoding;
  about.chinese = options.chinese;
  about.color = wants_color(options, stdout);
  about.width = columns();
  about.today = today->date;
  about.stop = &interrupted;
  session::Session session(about);
  const bool typed = isatty(STDIN_FILENO) != 0 && isatty(STDOUT_FILENO) != 0;
  bool fine = show(session.start(), !typed);
  for (const std::string& line : first_lines(options))
    fine = show(session.answer(line), !typed) && fine;
  return typed ? at_terminal(session) : from_pipe(session, options.echo, fine);
}

}  // namespace juzhu::cli
