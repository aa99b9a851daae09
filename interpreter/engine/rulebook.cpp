#include "engine/rulebook.h"

#include <algorithm>

#include "eval/facts.h"

namespace juzhu::engine {

eval::PlanSource& Rulebook::under(std::uint32_t stack) {
  if (stack == sema::kNoReforms) return *this;
  std::unique_ptr<Reformed>& source = reformed_[stack];
  if (!source) source = std::make_unique<Reformed>(*this, stack);
  return *source;
}

std::vector<const plan::Plan*> Rulebook::plans(const value::Value& place, std::int64_t date,
                                               std::uint32_t stack) {
  std::vector<const plan::Plan*> found;
  for (const plan::Scope& scope : plan::scopes_of(program_, place, date, stack)) {
    std::unique_ptr<plan::Plan>& plan = plans_[scope];
    if (!plan) {
      // Every role test is a root, so that `children` can ask whom a role holds for.
      std::vector<plan::Root> roots;
      for (const sema::DefinitionId role : program_.roles) {
        const sema::DefinitionVersion& version = program_[role].versions.front();
        roots.push_back({version.body, version.parameters, {}});
      }
      for (const sema::Score& score : program_.scores)
        roots.push_back({{}, {}, score.total});
      plan = std::make_unique<plan::Plan>(plan::lower(program_, scope, roots));
    }
    found.push_back(plan.get());
  }
  return found;
}

eval::Answer Rulebook::score(const value::Household& household, std::uint32_t member,
                             sema::ScoreId score, std::int64_t date, std::uint32_t stack) {
  const value::Value self = value::bits(std::int64_t{1} << member);
  const std::size_t root = program_.roles.size() + score.index;
  return eval::evaluate(under(stack), household, date,
                        [root](const plan::Plan& plan) { return plan.roots[root]; }, {&self, 1});
}

std::vector<std::uint32_t> Rulebook::children(const value::Household& household,
                                              std::int64_t date) {
  std::vector<std::uint32_t> found;
  std::size_t role = program_.roles.size();
  for (std::size_t i = 0; i < program_.roles.size(); ++i) {
    if (program_[program_.roles[i]].name.is("child")) role = i;
  }
  const value::Household whole = eval::with_whole_domains(household, schema());
  const value::Value anywhere = value::place_value(value::kRootPlace, true);
  for (std::uint32_t member = 0; member < household.members.size() && member < eval::kMaxMembers;
       ++member) {
    if (role == program_.roles.size()) {
      found.push_back(member);  // no such role: the rulebook speaks of every member
      continue;
    }
    const plan::Plan* plan = plans(anywhere, date).front();
    eval::Evaluator evaluator(*plan, whole);
    const value::Value self = value::bits(std::int64_t{1} << member);
    const value::Value is_child = evaluator.result(evaluator.run(plan->roots[role], {self}));
    if (!value::is_false(is_child)) found.push_back(member);
  }
  return found;
}

bool Rulebook::concerns(const value::Household& household, std::uint32_t member,
                        sema::ServiceId service, std::int64_t date) {
  if (program_.subjects[service.index] != household.members[member].entity) return false;
  const std::vector<std::uint32_t> all = children(household, date);
  return std::find(all.begin(), all.end(), member) != all.end();
}

}  // namespace juzhu::engine
