#include "cli/line_editor.h"

#include <histedit.h>
#include <langinfo.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <clocale>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>

#include "diag/render.h"

namespace juzhu::cli {
namespace {

constexpr int kLinesKept = 1000;
constexpr std::size_t kChoicesShown = 120;
constexpr char kTab = '\t';

/// Characters of a text, which is how libedit counts.
int count_characters(std::string_view text) {
  return static_cast<int>(std::count_if(text.begin(), text.end(), [](char byte) {
    return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U;
  }));
}

std::string common_start(const std::vector<std::string>& texts) {
  std::string common = texts.front();
  for (const std::string& text : texts) {
    std::size_t same = 0;
    while (same < std::min(common.size(), text.size()) && common[same] == text[same])
      ++same;
    common.resize(same);
  }
  // Not in the middle of a character.
  std::size_t whole = 0;
  for (std::size_t at = 0; at < common.size();) {
    const auto first = static_cast<unsigned char>(common[at]);
    const std::size_t size = first < 0x80U ? 1 : first < 0xE0U ? 2 : first < 0xF0U ? 3 : 4;
    if (at + size > common.size()) break;
    at += size;
    whole = at;
  }
  common.resize(whole);
  return common;
}

std::size_t terminal_columns() {
  winsize size{};
  const bool known = ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= 20;
  return known ? size.ws_col : 80;
}

/// The texts in columns, down and then across.
std::string in_columns(const std::vector<std::string>& texts) {
  const std::size_t shown = std::min(texts.size(), kChoicesShown);
  std::size_t widest = 1;
  for (std::size_t at = 0; at < shown; ++at)
    widest = std::max(widest, diag::display_width(texts[at]) + 2);
  const std::size_t columns = std::max<std::size_t>(1, terminal_columns() / widest);
  const std::size_t rows = (shown + columns - 1) / columns;
  std::string text;
  for (std::size_t row = 0; row < rows; ++row) {
    for (std::size_t at = row; at < shown; at += rows)
      text += at + rows < shown ? diag::pad_right(texts[at], widest) : texts[at];
    text += '\n';
  }
  if (texts.size() > shown) text += "…\n";
  return text;
}

}  // namespace

struct LineEditor::Inside {
  EditLine* editor = nullptr;
  History* history = nullptr;
  Complete complete;
  std::string history_path;
  std::string prompt;

  static Inside& of(EditLine* editor) {
    void* data = nullptr;
    el_get(editor, EL_CLIENTDATA, &data);
    return *static_cast<Inside*>(data);
  }

  static char* show_prompt(EditLine* editor) { return of(editor).prompt.data(); }

  /// Tab: puts in what all choices begin with, or the only one and a blank; else shows them.
  static unsigned char complete_word(EditLine* editor, int /*key*/) {
    const LineInfo* info = el_line(editor);
    const std::string line(info->buffer, info->lastchar);
    const auto cursor = static_cast<std::size_t>(info->cursor - info->buffer);
    const Choices choices = of(editor).complete(line, cursor);
    if (choices.texts.empty()) return CC_ERROR;
    const std::string typed = line.substr(choices.from, cursor - choices.from);
    std::string text = common_start(choices.texts);
    const bool only = choices.texts.size() == 1;
    if (only && !text.ends_with('/')) text += ' ';
    if (text.size() > typed.size() || (only && text != typed)) {
      el_deletestr(editor, count_characters(typed));
      return el_insertstr(editor, text.c_str()) == 0 ? CC_REFRESH : CC_ERROR;
    }
    std::fputs(("\n" + in_columns(choices.texts)).c_str(), stdout);
    std::fflush(stdout);
    return CC_REDISPLAY;
  }
};

LineEditor::LineEditor(Complete complete, std::string history)
    : inside_(std::make_unique<Inside>()) {
  // libedit counts characters by the locale; a terminal of today speaks UTF-8, whatever it says.
  std::setlocale(LC_CTYPE, "");
  if (std::strcmp(nl_langinfo(CODESET), "UTF-8") != 0) std::setlocale(LC_CTYPE, "C.UTF-8");
  inside_->complete = std::move(complete);
  inside_->history_path = std::move(history);
  inside_->editor = el_init("juzhu", stdin, stdout, stderr);
  inside_->history = history_init();
  HistEvent event{};
  ::history(inside_->history, &event, H_SETSIZE, kLinesKept);
  ::history(inside_->history, &event, H_SETUNIQUE, 1);
  if (!inside_->history_path.empty())
    ::history(inside_->history, &event, H_LOAD, inside_->history_path.c_str());
  EditLine* editor = inside_->editor;
  el_set(editor, EL_CLIENTDATA, inside_.get());
  el_set(editor, EL_PROMPT, &Inside::show_prompt);
  el_set(editor, EL_EDITOR, "emacs");
  el_set(editor, EL_SIGNAL, 0);
  el_set(editor, EL_HIST, ::history, inside_->history);
  el_set(editor, EL_ADDFN, "juzhu-complete", "complete the word", &Inside::complete_word);
  const char tab[] = {kTab, '\0'};
  el_set(editor, EL_BIND, tab, "juzhu-complete", nullptr);
  el_set(editor, EL_BIND, "^R", "em-inc-search-prev", nullptr);
}

LineEditor::~LineEditor() {
  history_end(inside_->history);
  el_end(inside_->editor);
}

LineEditor::Read LineEditor::read(const std::string& prompt) {
  inside_->prompt = prompt;
  el_resize(inside_->editor);
  int count = 0;
  errno = 0;
  const char* line = el_gets(inside_->editor, &count);
  if (line == nullptr || count <= 0) {
    const bool interrupted = count < 0 && errno == EINTR;
    if (interrupted) el_reset(inside_->editor);
    std::fputs("\n", stdout);
    return {interrupted ? End::kInterrupted : End::kEnd, {}};
  }
  std::string text(line, static_cast<std::size_t>(count));
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r'))
    text.pop_back();
  return {End::kLine, std::move(text)};
}

void LineEditor::remember(const std::string& line) {
  std::string entry = line;
  std::replace(entry.begin(), entry.end(), '\n', ' ');
  if (entry.find_first_not_of(" \t") == std::string::npos) return;
  HistEvent event{};
  ::history(inside_->history, &event, H_ENTER, entry.c_str());
  if (inside_->history_path.empty()) return;
  // After every line: a session may end in any way. What is said of a family is nobody else's.
  const mode_t before = umask(S_IRWXG | S_IRWXO);
  ::history(inside_->history, &event, H_SAVE, inside_->history_path.c_str());
  umask(before);
}

std::string history_file() {
  namespace fs = std::filesystem;
  const char* state = std::getenv("XDG_STATE_HOME");
  const char* home = std::getenv("HOME");
  fs::path folder;
  if (state != nullptr && *state != '\0') {
    folder = state;
  } else if (home != nullptr && *home != '\0') {
    folder = fs::path(home) / ".local" / "state";
  } else {
    return {};
  }
  folder /= "juzhu";
  std::error_code error;
  fs::create_directories(folder, error);
  return error ? std::string() : (folder / "history").string();
}

}  // namespace juzhu::cli
