#include "engine/coverage.h"

#include <algorithm>
#include <tuple>

#include "ops/logic.h"

namespace juzhu::engine {

using ops::Operation;
using value::Value;

namespace {

bool holds(const eval::Frame& frame, plan::Slot slot) {
  return slot == plan::kNoSlot || value::is_true(ops::condition(frame.slots[slot]));
}

}  // namespace

void Coverage::add(const eval::Trace& trace) {
  for (const eval::Frame& frame : trace.frames) {
    for (const plan::Step& step : (*trace.plan)[frame.block].steps) {
      if (step.operation == Operation::kOutcome)
        add_rules(trace, frame, (*trace.plan)[plan::RuleSetId{step.a}]);
      if (step.operation == Operation::kTable) add_table(trace, frame, step);
    }
  }
}

void Coverage::add_rules(const eval::Trace& trace, const eval::Frame& frame,
                         const plan::RuleSet& rules) {
  const auto reach = [&](plan::DeclarationId id) {
    const plan::Declaration& declaration = (*trace.plan)[id];
    rules_.insert({declaration.item, declaration.version});
  };
  for (const plan::RuleEntry& rule : rules.rules) {
    if (holds(frame, rule.concerns) && holds(frame, rule.condition)) reach(rule.declaration);
    for (const plan::Narrowing& narrowing : rule.narrowings) {
      if (holds(frame, narrowing.concerns) && holds(frame, narrowing.condition))
        reach(narrowing.declaration);
    }
  }
}

void Coverage::add_table(const eval::Trace& trace, const eval::Frame& frame,
                         const plan::Step& step) {
  const bool first = static_cast<ops::HitPolicy>(step.a) == ops::HitPolicy::kFirst;
  const std::uint32_t count = step.operand_count / 2;
  bool may_fit_before = false;
  for (std::uint32_t row = 0; row < count; ++row) {
    const Value& status =
        frame.slots[trace.plan->operands[step.first_operand + std::size_t{2} * row]];
    const Value fits = ops::condition(status);
    if (value::is_true(fits) && !(first && may_fit_before)) rows_.insert({step.expr, row});
    may_fit_before |= !value::is_false(fits);
  }
  const bool has_otherwise = (step.b & ops::kHasOtherwise) != 0;
  if (has_otherwise && !may_fit_before) rows_.insert({step.expr, count});
}

std::vector<Coverage::Point> Coverage::points(const sema::Program& program) const {
  std::vector<Point> points;
  for (std::uint32_t rule = 0; rule < program.rules.size(); ++rule) {
    const std::vector<sema::RuleVersion>& versions = program.rules[rule].versions;
    for (std::uint32_t version = 0; version < versions.size(); ++version) {
      if (versions[version].reform.valid()) continue;
      points.push_back({versions[version].name_span, false, program.rules[rule].name,
                        rules_.contains({rule, version})});
    }
  }
  // The same table may be checked more than once, as a table of a score and of its choices is.
  std::map<std::pair<std::uint32_t, std::uint32_t>, Point> rows;
  for (std::uint32_t id = 0; id < program.exprs.size(); ++id) {
    const sema::Expr& expr = program.exprs[id];
    if (expr.operation != Operation::kTable || !expr.span.file.valid()) continue;
    for (std::uint32_t row = 0; row < (expr.operands.size() + 1) / 2; ++row) {
      const bool otherwise = std::size_t{2} * row + 1 == expr.operands.size();
      const source::Span span =
          program[expr.operands[std::size_t{2} * row + (otherwise ? 0 : 1)]].span;
      const auto [known, is_new] =
          rows.emplace(std::pair(span.file.index, span.begin), Point{span, true, {}, false});
      known->second.reached |= rows_.contains({id, row});
    }
  }
  for (auto& [where, point] : rows)
    points.push_back(std::move(point));
  std::sort(points.begin(), points.end(), [](const Point& left, const Point& right) {
    return std::tie(left.span.file.index, left.span.begin, left.is_row) <
           std::tie(right.span.file.index, right.span.begin, right.is_row);
  });
  return points;
}

}  // namespace juzhu::engine
