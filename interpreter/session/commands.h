// The commands of a session, from commands.def: their spellings in both tongues, and what help
// says.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/bilingual.h"

namespace juzhu::session {

enum class CommandId {
// NOLINTNEXTLINE(cppcoreguidelines-macro-usage)
#define COMMAND(id, en, zh, group, usage_en, usage_zh, does_en, does_zh, example_en, example_zh) id,
#include "session/commands.def"
#undef COMMAND
};
enum class CommandGroup { kFamily, kAsk, kScope, kLook, kOther };

struct Command {
  CommandId id{};
  std::vector<std::string> english;
  std::vector<std::string> chinese;
  CommandGroup group{};
  Bilingual usage;
  Bilingual does;
  Bilingual example;

  [[nodiscard]] const std::string& name(bool in_chinese) const {
    return in_chinese ? chinese.front() : english.front();
  }
};

std::span<const Command> commands();

/// The command that a line starts with, and the bytes it takes; the longest spelling counts. A
/// Latin word ends at a blank or a sign, Chinese may go on without one.
struct FoundCommand {
  const Command* command = nullptr;
  std::size_t size = 0;
};
std::optional<FoundCommand> command_of(std::string_view line);

/// Every spelling in both tongues, the wanted one first.
std::vector<std::string> command_spellings(bool chinese);

/// The list of commands; with `of`, one of them and its example.
std::string help_text(const Command* of, bool chinese, std::size_t width);

}  // namespace juzhu::session
