// What a command line says, and what every verb needs of it: the language, colours, the messages it
// prints, and the names it gives for dates, places, levels and services, each with a guess where
// nobody knows the name.
//
// Exit codes: 0 fine; 1 findings (errors in rules, bad rows, failed scenarios); 2 a command line
// that cannot be followed; 70 a mistake of ours that was caught before it did harm.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bilingual.h"
#include "diag/diagnostic.h"
#include "engine/rulebook.h"
#include "ops/operation.h"
#include "sema/program.h"
#include "source/source_file.h"

namespace juzhu::cli {

inline constexpr int kFine = 0;
inline constexpr int kFindings = 1;
inline constexpr int kUsage = 2;
inline constexpr int kInternal = 70;  ///< as sysexits.h has it

/// Findings in data files that are shown; all are counted.
inline constexpr std::size_t kDataFindingsShown = 50;

struct Options {
  std::vector<std::string> rules;  ///< rule files and folders
  std::vector<std::string> data;   ///< files and folders of households; empty: beside the rules
  std::vector<std::string> services;
  std::string on;
  std::string at;
  std::string level;
  std::string child;
  std::string household;
  std::string score;
  std::vector<std::string> reforms;      ///< as given, each perhaps several with commas
  std::vector<std::string> and_rules;    ///< compare: the other side
  std::vector<std::string> and_reforms;  ///< "none": the text as it stands
  std::string and_on;
  std::string and_at;
  std::string and_level;
  std::vector<std::string> by;
  std::vector<std::string> without;  ///< lint: findings left out
  std::vector<std::string> only;     ///< lint: no others
  std::string filter;
  std::string property;
  std::size_t households = 200;  ///< made up for each property
  std::uint64_t seed = 1;
  bool no_generated = false;
  bool coverage = false;   ///< `test`: what the scenarios reach
  std::string allocation;  ///< whose list is printed
  std::string format = "text";
  std::string lang;
  std::string color = "auto";
  std::string output;
  std::string encoding = "utf-8";
  std::string library;
  std::string to;  ///< `fmt`: the tongue to turn to
  bool all = false;
  bool echo = false;       ///< `repl`: show each line that is read from a pipe
  bool check = false;      ///< `fmt`: say what would change
  bool to_stdout = false;  ///< `fmt`: write there instead of into the files
  bool chinese = false;

  [[nodiscard]] std::string_view say(std::string_view en, std::string_view zh) const {
    return chinese ? zh : en;
  }
  [[nodiscard]] bool json() const { return format == "json"; }
};

/// From `--lang` among the arguments, else from the environment: needed before parsing, for help
/// and messages.
bool wants_chinese(const std::vector<std::string>& arguments);

/// Whether to colour what goes to this stream.
bool wants_color(const Options& options, std::FILE* stream);

/// Prints findings with their places to a stream; those beyond the limit are counted in a last
/// line.
void print_findings(const diag::Sink& sink, const source::SourceMap& sources,
                    const Options& options, std::FILE* stream);

/// Reports what the command line asks for and is not there; returns kUsage.
int print_usage_error(const Options& options, diag::Code code, Bilingual message, Bilingual help);

/// "did you mean `x`?", or what to do without a guess.
Bilingual guess_or(std::string_view name, const std::vector<std::string>& known,
                   Bilingual otherwise);

/// Names with a comma between them, as each tongue has it.
Bilingual listed(const std::vector<std::string>& names);

/// "1 error", "2 errors".
std::string counted(std::size_t count, std::string_view noun);

/// A word as a shell reads it back: in quotes if it must be.
std::string shell_word(const std::string& word);

/// The date asked about and whether it is today's; no value after a message.
struct AskedDate {
  std::int64_t date = 0;
  bool is_today = false;
};
std::optional<AskedDate> asked_date(const Options& options);
std::optional<ops::Level> asked_level(const Options& options);
/// The place of `--at`; kRootPlace if there is none; no value after a message.
std::optional<value::PlaceNode> asked_place(const Options& options, const value::Schema& schema);
/// The stack of reforms named, those of `--reform` in the order given; no value after a message.
std::optional<std::uint32_t> asked_reforms(const Options& options,
                                           const std::vector<std::string>& names,
                                           engine::Rulebook& rulebook);
/// The services of `--service`, all if none is named; no value after a message.
std::optional<std::vector<std::uint32_t>> asked_services(const Options& options,
                                                         const sema::Program& program);
/// The score of `--score`; no value after a message.
std::optional<sema::ScoreId> asked_score(const Options& options, const sema::Program& program);

/// The allocation of `--allocation`; not valid if none is named; no value after a message.
std::optional<sema::RuleId> asked_allocation(const Options& options, const sema::Program& program);

/// The command that explains a child of what these options ask, up to `--child`.
std::string explain_command(const Options& options);

}  // namespace juzhu::cli
