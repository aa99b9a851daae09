// The verbs of the command, a file each. They print their answers to standard output (or
// `--output`) and what went wrong to standard error, and return the exit code.
#pragma once

#include <memory>
#include <string>

#include "cli/options.h"
#include "engine/rulebook.h"

namespace juzhu::cli {

int check(const Options& options);
int run(const Options& options);
int explain(const Options& options);
int test(const Options& options);
int compare(const Options& options);
int repl(const Options& given);
int format(const Options& options);  ///< the verb `fmt`
int lint(const Options& options);
int make_new(const Options& options);  ///< the verb `new`

/// A rulebook that was asked for, with the texts it came from.
struct Loaded {
  source::SourceMap sources;
  std::unique_ptr<engine::Rulebook> rulebook;
  int exit_code = kFine;  ///< if there is no rulebook: why not
};

/// Loads the rules of the command line; prints what is wrong with them. Where only the rules'
/// answers are wanted, warnings and notes are left to `check`.
std::unique_ptr<Loaded> load_rules(const Options& options);

/// Whether the paths are there and have rule files; kFine or, after a message, kUsage.
int check_rule_paths(const Options& options);

/// Was a rule file named on the command line, itself or its folder? What is merely used belongs to
/// somebody else.
bool is_asked(const Options& options, const source::SourceMap& sources, source::FileId file);

/// Where the households are: `--data`, else the folder `households` beside the rules. Empty after a
/// message.
std::vector<std::string> data_paths(const Options& options);

}  // namespace juzhu::cli
