// From expressions to lanes: what may be true and what may be false of a condition, the exact value
// of a number and where it is known. Sound by construction: lanes say something only where the case
// evaluator would say the same, whatever stands for the parts that they do not carry.
#pragma once

#include <map>
#include <set>

#include "batch/computed.h"
#include "batch/functions.h"
#include "batch/graph.h"

namespace juzhu::batch {

class LaneMaker {
 public:
  LaneMaker(const Expressions& expressions, const Table& table, const ComputedColumns& computed,
            Graph& graph);

  const Condition& condition(ExpressionId id);
  /// Numbers, dates, months, options and places.
  const Number& number(ExpressionId id);
  [[nodiscard]] const std::set<Stop>& stops() const { return stops_; }

  /// How rules or clauses stand: which of them hold and are beaten by none, and where that is sure.
  struct Standing {
    std::vector<NodeId> live;
    NodeId sure;
    NodeId none;  ///< none is live
  };
  Standing stand(const plan::Beats& beats, const std::vector<Condition>& statuses);

 private:
  // lane_conditions.cpp
  Condition make_condition(ExpressionId id);
  Condition of_mask(NodeId mask, NodeId known, bool may_not_apply = false);
  Condition function_condition(const Function& function);
  Condition column_condition(const FactColumn& column);
  Condition all_of(const Expression& expression);
  Condition any_of(const Expression& expression);
  Condition negated(const Condition& operand);
  Condition chosen(const Condition& test, const Condition& then, const Condition& otherwise);
  Condition compared(Kernel kernel, const Number& left, int left_scale, const Number& right,
                     int right_scale);
  Condition equal(ExpressionId left, ExpressionId right);
  Condition one_of(const Expression& expression);
  Condition given(const Expression& expression);
  Condition table_condition(const Expression& expression);
  Condition clauses_condition(const Expression& expression);
  Condition unknown_condition(const Expression& expression, Reason reason);
  NodeId exact(const Condition& condition);

  // lane_numbers.cpp
  Number make_number(ExpressionId id);
  Number function_number(const Function& function, const Expression& expression);
  Number column_number(const FactColumn& column, const Expression& expression);
  Number sum(const Expression& expression);
  Number product(const Expression& expression);
  Number extreme(const Expression& expression, bool least);
  Number chosen(const Condition& test, const Number& then, const Number& otherwise);
  Number or_if_none(const Expression& expression);
  Number table_number(const Expression& expression);
  Number clauses_number(const Expression& expression);
  Number outcome(const Expression& expression);
  Number unknown_number(const Expression& expression, Reason reason);
  Number constant_number(std::int64_t value);
  Number nowhere();  ///< a number that is known nowhere
  /// The same value as lanes of value - base at a width that holds up to `greatest`.
  Number rebased(const Number& number, std::int64_t base, std::int64_t greatest);
  Number scaled(const Number& number, int by);
  Number negated(const Number& number);
  /// One less operation where the value fits as it is.
  Number normal(Number number);
  struct Pair {
    Number left, right;
  };
  NodeId better_lanes(const Pair& pair, std::int64_t result_least, bool least);
  /// Both at one base and width; nothing if their values do not fit.
  std::optional<Pair> aligned(const Number& left, const Number& right);

  // lane_folds.cpp
  /// A member of the fold: may be one, may not be one.
  Condition candidate(const Expression& fold);
  /// Where a mask is set for some (every) member that the fold runs over.
  NodeId any_among(const Expression& fold, NodeId mask);
  NodeId all_among(const Expression& fold, NodeId mask);
  /// The set that a fold runs over, as bits; nothing: all members.
  std::optional<Number> set_of(const Expression& fold);
  /// Where it is known whom the fold runs over.
  NodeId set_known(const Expression& fold);
  /// The bits of the members for whom a mask is set, the same for each of the household.
  NodeId bits_of(NodeId mask);
  Condition fold_condition(const Expression& fold);
  Number fold_number(const Expression& fold);
  Number fold_extreme(const Expression& fold, const Number& element, const Condition& where,
                      bool highest);
  Number fold_sum(const Expression& fold, const Number& element, const Condition& where);
  /// Lanes of members put together: the greatest or the sum of all that count.
  NodeId together(const Expression& fold, Kernel family, Kernel join, Width width, NodeId lanes,
                  NodeId counts);
  /// Where lanes know the element of every member that may be one.
  NodeId fold_known(const Expression& fold, const Condition& where, NodeId element_known);

  /// Of a fact, or of what was worked out row by row; nullptr: none.
  [[nodiscard]] const FactColumn* column_of(ExpressionId id) const;
  [[nodiscard]] bool is_worth_function(const Expression& expression) const;
  /// Where a function has entries: lanes that count its parts.
  NodeId part_of(const Function& function);
  NodeId known_of(const Function& function);
  NodeId by_part(const Function& function, const std::vector<std::uint64_t>& entries, Width width);
  void stop(const Expression& expression, Reason reason);

  const Expressions& expressions_;
  const Table& table_;
  const ComputedColumns& computed_;
  Graph& graph_;
  Functions functions_;
  std::map<ExpressionId, Condition> conditions_;
  std::map<ExpressionId, Number> numbers_;
  std::set<Stop> stops_;
};

}  // namespace juzhu::batch
