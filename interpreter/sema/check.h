// Syntax trees → Program: resolves every name, types every expression, and reports what can be said
// of a rulebook before anything runs. All problems are reported; one mistake gives one message (the
// error type agrees with all).
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "diag/diagnostic.h"
#include "sema/program.h"
#include "syntax/syntax_tree.h"

namespace juzhu::sema {

struct CheckInput {
  const source::SourceMap* sources = nullptr;
  std::vector<syntax::SyntaxTree> trees;
  /// Reads a file named in a rule file (`divisions from "…"`), relative to that file; nothing if it
  /// cannot be read.
  std::function<std::optional<std::string>(source::FileId from, const std::string& path)> read;
  /// Files that the user names, by index; others were only reached through `use`.
  std::set<std::uint32_t> named;
  /// By the name of a file: modules it is read as if it used, beside those it says.
  std::map<std::string, std::set<std::string>> also_uses;
  bool lint = true;  ///< also findings that are no errors: uncited rules, holes, possible conflicts
};

/// Nothing if there were errors; they are in the sink.
std::optional<Program> check(const CheckInput& input, diag::Sink& sink);

}  // namespace juzhu::sema
