#include "batch/lane_maker.h"

#include "base/check.h"

namespace juzhu::batch {

using ops::Operation;

LaneMaker::LaneMaker(const Expressions& expressions, const Table& table,
                     const ComputedColumns& computed, Graph& graph)
    : expressions_(expressions),
      table_(table),
      computed_(computed),
      graph_(graph),
      functions_(expressions, table) {}

void LaneMaker::stop(const Expression& expression, Reason reason) {
  stops_.insert({expression.declaration, expression.operation, reason});
}

const FactColumn* LaneMaker::column_of(ExpressionId id) const {
  const Expression& expression = expressions_[id];
  const bool is_fact = expression.shape == Shape::kStep && expression.operation == Operation::kFact;
  if (is_fact) return table_.column(value::FactId(expression.a));
  const auto found = computed_.find(id);
  return found != computed_.end() ? &found->second : nullptr;
}

const Condition& LaneMaker::condition(ExpressionId id) {
  const auto found = conditions_.find(id);
  if (found != conditions_.end()) return found->second;
  Condition made = make_condition(id);
  return conditions_.emplace(id, made).first->second;
}

const Number& LaneMaker::number(ExpressionId id) {
  const auto found = numbers_.find(id);
  if (found != numbers_.end()) return found->second;
  Number made = make_number(id);
  return numbers_.emplace(id, made).first->second;
}

/// A function of one fact always is: a few steps or a look-up. Of two facts where the alternative
/// is a chain of comparisons or nothing at all.
bool LaneMaker::is_worth_function(const Expression& expression) const {
  if (!expression.is_function || expression.operation == Operation::kFact) return false;
  if (expression.facts.size() <= 1) return true;
  if (expression.facts.size() > 2) return false;
  switch (expression.operation) {
    case Operation::kAll:
    case Operation::kAny:
    case Operation::kNot:
    case Operation::kEqual:
    case Operation::kLess:
    case Operation::kLessEqual:
    case Operation::kIf:
    case Operation::kOrIfNone:
    case Operation::kSum:
    case Operation::kProduct:
    case Operation::kLeast:
    case Operation::kGreatest:
      return false;
    default:  // NOLINT: everything else has no kernel that is cheaper
      return true;
  }
}

NodeId LaneMaker::part_of(const Function& function) {
  const auto axis = [&](std::size_t i, std::uint64_t factor) {
    const std::uint32_t range = functions_.range_of(function.facts[i]);
    std::vector<std::uint64_t> entries(range);
    std::size_t part = 0;
    for (std::uint32_t lane = 0; lane < range; ++lane) {
      if (part + 1 < function.cuts[i].size() && lane >= function.cuts[i][part + 1]) ++part;
      entries[lane] = part * factor;
    }
    return entries;
  };
  const std::size_t inner = function.facts.size() > 1 ? function.cuts[1].size() : 1;
  const Width width = width_for(function.values.size() - 1);
  NodeId part;
  for (std::size_t i = 0; i < function.facts.size(); ++i) {
    const FactColumn* column = table_.column(function.facts[i]);
    const NodeId lanes = graph_.column(column->lanes);
    const NodeId own = graph_.look_up(lanes, axis(i, i == 0 ? inner : 1), width);
    part = part.valid() ? graph_.binary(Kernel::kAdd, width, part, own) : own;
  }
  return part;
}

/// Entries by part, for one fact directly over its lanes.
NodeId LaneMaker::by_part(const Function& function, const std::vector<std::uint64_t>& entries,
                          Width width) {
  if (function.facts.empty()) return graph_.constant(width, entries[0]);
  if (function.facts.size() == 2) return graph_.look_up(part_of(function), entries, width);
  const std::uint32_t range = functions_.range_of(function.facts[0]);
  std::vector<std::uint64_t> all(range);
  std::size_t part = 0;
  for (std::uint32_t lane = 0; lane < range; ++lane) {
    if (part + 1 < function.cuts[0].size() && lane >= function.cuts[0][part + 1]) ++part;
    all[lane] = entries[part];
  }
  return graph_.look_up(graph_.column(table_.column(function.facts[0])->lanes), all, width);
}

/// Where the facts are known and apply, so that their lanes say which part it is.
NodeId LaneMaker::known_of(const Function& function) {
  NodeId known = graph_.always();
  for (const value::FactId fact : function.facts) {
    const FactColumn* column = table_.column(fact);
    if (!column->known.empty()) known = graph_.both(known, graph_.column(column->known));
    if (!column->given.empty()) known = graph_.both(known, graph_.column(column->given));
  }
  return known;
}

LaneMaker::Standing LaneMaker::stand(const plan::Beats& beats,
                                     const std::vector<Condition>& statuses) {
  JUZHU_CHECK(beats.size() == statuses.size());
  std::vector<NodeId> sure;
  sure.reserve(statuses.size());
  for (const Condition& status : statuses) {
    sure.push_back(status.is_exact ? status.may_be_true
                                   : graph_.without(status.may_be_true, status.may_be_false));
  }
  Standing standing{{}, graph_.always(), graph_.always()};
  for (std::size_t i = 0; i < statuses.size(); ++i) {
    NodeId beaten = graph_.never();
    for (std::size_t j = 0; j < statuses.size(); ++j) {
      if (beats[j][i]) beaten = graph_.either(beaten, sure[j]);
    }
    standing.live.push_back(graph_.without(sure[i], beaten));
    standing.none = graph_.without(standing.none, standing.live[i]);
    if (statuses[i].is_exact) continue;
    const NodeId open = graph_.both(statuses[i].may_be_true, statuses[i].may_be_false);
    standing.sure = graph_.without(standing.sure, graph_.without(open, beaten));
  }
  return standing;
}

}  // namespace juzhu::batch
