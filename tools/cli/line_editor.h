// Lines typed at a terminal: edited, with history from earlier starts, completed at Tab, wide
// characters taking two columns. libedit does the work; nothing of it is seen beyond this door.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace juzhu::cli {

class LineEditor {
 public:
  /// What may stand at the cursor: texts in place of the bytes from `from` to the cursor.
  struct Choices {
    std::size_t from = 0;
    std::vector<std::string> texts;
  };
  using Complete = std::function<Choices(std::string_view line, std::size_t cursor)>;

  /// `history` is the file that keeps the lines; empty: they are forgotten.
  LineEditor(Complete complete, std::string history);
  ~LineEditor();
  LineEditor(const LineEditor&) = delete;
  LineEditor& operator=(const LineEditor&) = delete;

  enum class End { kLine, kEnd, kInterrupted };
  struct Read {
    End end = End::kEnd;
    std::string line;
  };
  /// One line, without its break. kInterrupted: Ctrl-C; what was typed is dropped.
  Read read(const std::string& prompt);
  void remember(const std::string& line);

 private:
  struct Inside;
  std::unique_ptr<Inside> inside_;
};

/// Where lines are kept between starts: $XDG_STATE_HOME/juzhu/history, else below
/// ~/.local/state; made if it is not there, for this user's eyes only. Empty: there is no home.
std::string history_file();

}  // namespace juzhu::cli
