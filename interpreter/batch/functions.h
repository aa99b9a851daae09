// Expressions that are functions of one or two facts, worked out for every value that the facts
// take in a table: calendars, parameters, decision tables and places become steps or look-ups, and
// need no kernel of their own. Neighbouring values that give the same are kept once (a date of
// birth has 20,000 values and the age in years 60), so that what is built on a function costs its
// steps alone.
#pragma once

#include <map>

#include "batch/expression.h"
#include "batch/table.h"

namespace juzhu::batch {

/// By the facts of an expression, in their order: each axis is cut where the result may change.
struct Function {
  std::vector<value::FactId> facts;              ///< at most two
  std::vector<std::vector<std::uint32_t>> cuts;  ///< for each: lanes at which a part starts
  std::vector<Value> values;                     ///< by part, the last fact running fastest
};

class Functions {
 public:
  Functions(const Expressions& expressions, const Table& table)
      : expressions_(expressions), table_(table) {}
  /// nullptr if it is no function of at most two facts, or one with too many parts.
  const Function* of(ExpressionId id);
  /// How many values the column of a fact has room for; 0: it holds none.
  [[nodiscard]] std::uint32_t range_of(value::FactId fact) const;

 private:
  bool make(ExpressionId id, Function& function);
  [[nodiscard]] bool make_fact(value::FactId fact, Function& function) const;

  const Expressions& expressions_;
  const Table& table_;
  std::map<ExpressionId, std::optional<Function>> made_;
};

}  // namespace juzhu::batch
