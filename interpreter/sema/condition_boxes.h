// What can be said of conditions without a solver: that two cannot hold together, that one holds
// whenever another does, that one never holds. Each answer is sound and none is complete: "no"
// means "not shown". A condition is taken apart into boxes, each a set of values per term; a
// condition holds only where one of its boxes does.
//
// A statement is about records whose facts are exact: T of one condition excludes or brings T of
// the other. `implies` also excludes that the second fails where the first holds.
#pragma once

#include <map>
#include <utility>
#include <vector>

#include "sema/condition_terms.h"

namespace juzhu::sema {

/// Within which place and between which days, both included, a statement is asked.
struct Window {
  PlaceNode place = value::kRootPlace;
  std::int64_t from = value::kFirstDate;
  std::int64_t to = value::kLastDate;
};

/// By term, sorted; terms that are not named may have any value or fail.
using Box = std::vector<std::pair<TermId, ValueSet>>;

class ConditionBoxes {
 public:
  ConditionBoxes(const Program& program, const value::Schema& schema)
      : terms_(program, schema), schema_(schema) {}
  ConditionTerms& terms() { return terms_; }

  /// Surely no record has both true there and then.
  bool are_apart(FormulaId left, FormulaId right, const Window& window);
  /// Surely the second is true in each record where the first is.
  bool implies(FormulaId first, FormulaId second, const Window& window);
  bool never_holds(FormulaId formula, const Window& window);

 private:
  /// Boxes of which one holds wherever the formula has this truth; they may hold elsewhere too.
  const std::vector<Box>& boxes(FormulaId formula, bool truth);
  std::vector<Box> boxes_of(FormulaId id, bool truth);
  std::vector<Box> literal_boxes(const Formula& formula, bool truth);
  std::vector<Box> united(const std::vector<FormulaId>& parts, bool truth);
  std::vector<Box> crossed(const std::vector<FormulaId>& parts, bool truth);
  std::vector<Box> product(const std::vector<Box>& left, const std::vector<Box>& right);
  std::optional<Box> merged(const Box& left, const Box& right);
  bool folds_clash(const Box& box);
  bool clash(TermId some, TermId none);
  bool surely(const Box& box, FormulaId goal, bool truth, const Window& window);
  bool literal_surely(const Box& box, const Formula& goal, bool truth, const Window& window);
  bool brings(FormulaId first, bool first_truth, FormulaId second, bool second_truth,
              const Window& window);
  bool in_force_throughout(const DefinitionVersion& version, const Window& window) const;
  Box window_box(const Window& window);

  ConditionTerms terms_;
  const value::Schema& schema_;
  std::map<std::pair<std::uint32_t, bool>, std::vector<Box>> boxes_;
  std::map<std::pair<TermId, TermId>, bool> clashes_;
  std::size_t merges_ = 0;
};

}  // namespace juzhu::sema
