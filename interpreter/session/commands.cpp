#include "session/commands.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>

#include "diag/render.h"
#include "report/layout.h"
#include "session/words.h"

namespace juzhu::session {
namespace {

std::vector<std::string> split(std::string_view spellings) {
  std::vector<std::string> parts;
  for (std::size_t at = 0; at <= spellings.size();) {
    const std::size_t bar = std::min(spellings.find('|', at), spellings.size());
    parts.emplace_back(spellings.substr(at, bar - at));
    at = bar + 1;
  }
  return parts;
}

const std::vector<Command>& table() {
  static const auto* const kTable = new std::vector<Command>{
// NOLINTNEXTLINE(cppcoreguidelines-macro-usage)
#define COMMAND(id, en, zh, group, usage_en, usage_zh, does_en, does_zh, example_en, example_zh) \
  Command{CommandId::id,                                                                         \
          split(en),                                                                             \
          split(zh),                                                                             \
          CommandGroup::group,                                                                   \
          {usage_en, usage_zh},                                                                  \
          {does_en, does_zh},                                                                    \
          {example_en, example_zh}},
#include "session/commands.def"
#undef COMMAND
  };
  return *kTable;
}

/// Bytes of the line that a spelling takes at its start, blanks counting as one; 0: it is another.
std::size_t spelled(std::string_view line, std::string_view spelling) {
  std::size_t at = 0;
  for (const char letter : spelling) {
    if (at >= line.size()) return 0;
    if (letter == ' ') {
      if (line[at] != ' ' && line[at] != '\t') return 0;
      while (at < line.size() && (line[at] == ' ' || line[at] == '\t'))
        ++at;
      continue;
    }
    if (std::tolower(static_cast<unsigned char>(line[at])) != static_cast<unsigned char>(letter))
      return 0;
    ++at;
  }
  if (at == line.size() || is_han(spelling)) return at;
  const auto next = static_cast<unsigned char>(line[at]);
  const bool goes_on = std::isalnum(static_cast<unsigned char>(spelling.back())) != 0 &&
                       (std::isalnum(next) != 0 || next == '_');
  return goes_on ? 0 : at;
}

Bilingual group_name(CommandGroup group) {
  switch (group) {
    case CommandGroup::kFamily:
      return say("The family", "家庭");
    case CommandGroup::kAsk:
      return say("Questions", "提问");
    case CommandGroup::kScope:
      return say("Where, when, by which norms", "何地、何日、依何规定");
    case CommandGroup::kLook:
      return say("The rulebook", "规则库");
    case CommandGroup::kOther:
      return say("Others", "其他");
  }
  return {};
}

void hang(std::string& text, std::string_view head, std::string_view body, std::size_t column,
          std::size_t width) {
  const std::vector<std::string> lines = report::wrap(body, width - column);
  std::string lead = "  " + std::string(head);
  if (diag::display_width(lead) + 1 >= column) {
    text += lead + "\n";
    lead.clear();
  }
  for (const std::string& line : lines) {
    text += diag::pad_right(lead, column) + line + "\n";
    lead.clear();
  }
}

}  // namespace

std::span<const Command> commands() { return table(); }

std::optional<FoundCommand> command_of(std::string_view line) {
  FoundCommand best;
  for (const Command& command : table()) {
    for (const auto* spellings : {&command.english, &command.chinese}) {
      for (const std::string& spelling : *spellings) {
        const std::size_t size = spelled(line, spelling);
        if (size > best.size) best = {&command, size};
      }
    }
  }
  if (best.command == nullptr) return std::nullopt;
  return best;
}

std::vector<std::string> command_spellings(bool chinese) {
  std::vector<std::string> found;
  for (const bool tongue : {chinese, !chinese}) {
    for (const Command& command : table()) {
      const auto& spellings = tongue ? command.chinese : command.english;
      found.insert(found.end(), spellings.begin(), spellings.end());
    }
  }
  return found;
}

std::string help_text(const Command* of, bool chinese, std::size_t width) {
  constexpr std::size_t kColumn = 28;
  constexpr std::size_t kEnglishColumn = 12;
  std::string text;
  if (of != nullptr) {
    const auto add = [&](const Bilingual& head, const std::string& body) {
      hang(text, head.in(chinese), body, kEnglishColumn, width);
    };
    for (const std::string& line : report::wrap(of->usage.in(chinese), width))
      text += line + "\n";
    add(say("does", "作用"), of->does.in(chinese));
    add(say("example", "示例"), of->example.in(chinese));
    std::vector<std::string> others;
    for (const auto* spellings : {&of->english, &of->chinese}) {
      for (const std::string& spelling : *spellings) {
        if (spelling != of->name(chinese)) others.push_back(spelling);
      }
    }
    add(say("also", "亦作"), fmt::format("{}", fmt::join(others, chinese ? "、" : ", ")));
    return text;
  }
  constexpr std::array kGroups{CommandGroup::kFamily, CommandGroup::kAsk, CommandGroup::kScope,
                               CommandGroup::kLook, CommandGroup::kOther};
  for (const CommandGroup group : kGroups) {
    text += group_name(group).in(chinese) + "\n";
    if (group == CommandGroup::kFamily) {
      hang(text, say("parent Li: FACTS", "家长 李：事实").in(chinese),
           say("adds a person, or facts of one: child Mei: born 2018-02-11, hukou Hunan.Shaoyang",
               "增加一人，或其事实：孩子 梅：出生 2018年2月11日，户籍 湖南.邵阳")
               .in(chinese),
           kColumn, width);
    }
    for (const Command& command : table()) {
      if (command.group != group) continue;
      const std::string& usage = command.usage.in(chinese);
      hang(text, usage.substr(0, usage.find(" | ")), command.does.in(chinese), kColumn, width);
    }
  }
  text +=
      say("Add `at PLACE`, `on DATE`, `by LEVEL only` or `under REFORM` to a question to ask it "
          "so once.\n`help COMMAND` shows an example; `help facts` the words for facts.\n",
          "提问之后可加 `在 地点`、`截至 日期`、`依 层级`、`依改革 名称`，只对该问有效。\n"
          "`帮助 命令` 显示示例；`帮助 事实` 列出可用的词。\n")
          .in(chinese);
  return text;
}

}  // namespace juzhu::session
