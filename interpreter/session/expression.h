// Expressions of the language typed in a session, worked out for the case. The line is checked as
// part of the rulebook, by the checker that rule files go through, so that it means what it would
// mean in a rule.
//
// Ownership: keeps the rulebook's texts and trees, so that only the line is parsed anew; made again
// when the rules change. Programs made for a line live as long as the answer.
#pragma once

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "engine/load.h"
#include "eval/outcome.h"
#include "sema/program.h"
#include "session/trouble.h"

namespace juzhu::session {

/// An expression that was checked: a part of a program of its own.
struct CheckedExpression {
  std::unique_ptr<sema::Program> program;
  sema::ExprId expr;                  ///< not valid: the line is a question about a service
  std::vector<sema::LocalId> people;  ///< locals for the members of the case, in their order
  std::uint32_t member = 0;           ///< of a question
  std::uint32_t service = 0;
};

class ExpressionChecker {
 public:
  ExpressionChecker(const std::vector<std::string>& paths, const std::string& library);

  /// False: the files have errors, and nothing can be checked against them.
  [[nodiscard]] bool readable() const { return readable_; }

  /// `people` are the keys and kinds of the members of the case. Nothing after a trouble, whose
  /// place is in the expression.
  std::optional<CheckedExpression> check(
      const std::string& expression, const std::vector<std::pair<std::string, std::string>>& people,
      std::optional<Trouble>& trouble);

 private:
  source::SourceMap sources_;
  engine::LoadedTrees loaded_;
  std::set<std::string> modules_;
  bool readable_ = true;
};

/// The value for a household under the reforms of these names, the later on top, and the facts it
/// hangs on if it is not known.
eval::Answer work_out(const CheckedExpression& checked, const value::Household& household,
                      std::int64_t date, const std::vector<std::string>& reforms);

}  // namespace juzhu::session
