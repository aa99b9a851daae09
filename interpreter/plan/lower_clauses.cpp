// A definition given by clauses: those in force in the scope, and who goes before whom.
#include "plan/lower_block.h"
#include "sema/extent.h"

namespace juzhu::plan {

Slot Lowering::lower_clauses(BlockBuilder& into, const sema::Expr& expr, sema::ExprId id,
                             DeclarationId declaration) {
  const std::vector<sema::RuleVersion>& clauses = program_.clause_sets[expr.a];
  const value::PlaceTree& places = program_.schema->places;
  std::vector<sema::RuleAt> in_force;
  std::vector<Slot> operands;
  for (std::size_t i = 0; i < clauses.size(); ++i) {
    const sema::Extent& extent = clauses[i].extent;
    const auto place = sema::reached_through(extent.places, plan_.scope.place, places);
    if (!place || plan_.scope.date < extent.from || plan_.scope.date > extent.to) continue;
    in_force.push_back({sema::RuleId{i}, &clauses[i], *place});
    operands.push_back(lower(into, expr.operands[2 * i], declaration));
    operands.push_back(lower(into, expr.operands[2 * i + 1], declaration));
  }
  if ((expr.b & ops::kHasOtherwise) != 0)
    operands.push_back(lower(into, expr.operands.back(), declaration));
  Beats beats(in_force.size(), std::vector<bool>(in_force.size(), false));
  for (std::size_t i = 0; i < in_force.size(); ++i) {
    for (std::size_t j = 0; j < in_force.size(); ++j) {
      if (i != j) beats[i][j] = sema::goes_before(in_force[i], in_force[j], places);
    }
  }
  Step step = step_for(expr, id, declaration);
  step.a = static_cast<std::uint32_t>(plan_.clause_orders.size());
  plan_.clause_orders.push_back(closed(std::move(beats)));
  return add_step(into, step, operands);
}

}  // namespace juzhu::plan
