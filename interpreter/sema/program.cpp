#include "sema/program.h"

#include <algorithm>

namespace juzhu::sema {

Confidence effective_confidence(const Program& program, const Remarks& remarks) {
  if (remarks.confidence) return *remarks.confidence;
  Confidence least = Confidence::kOfficial;
  for (const Citation& citation : remarks.cites) {
    least = std::max(least,
                     program[citation.source].remarks.confidence.value_or(Confidence::kSecondary));
  }
  return remarks.cites.empty() ? Confidence::kOfficial : least;
}

bool is_marked(const Program& program, const Remarks& remarks) {
  return effective_confidence(program, remarks) >= Confidence::kRecalled ||
         !remarks.vague.empty() || !remarks.not_encoded.empty();
}

std::optional<std::size_t> key_of_score(const Program& program, const Allocation& allocation,
                                        DefinitionId total) {
  for (std::size_t i = 0; i < allocation.keys.size(); ++i) {
    if (!allocation.keys[i].value.valid()) continue;
    const Expr& key = program[allocation.keys[i].value];
    if (key.operation != ops::Operation::kCall || DefinitionId{key.a} != total) continue;
    const Expr& whose = program[key.operands.front()];
    if (whose.operation == ops::Operation::kArgument && whose.a == allocation.subject.index)
      return i;
  }
  return std::nullopt;
}

bool reaches(const Breach& breach, PlaceNode place, std::int64_t date,
             const value::PlaceTree& places) {
  const Breach::At* nearest = nullptr;
  for (const Breach::At& at : breach.found) {
    if (!places.within(place, at.place)) continue;
    if (nearest == nullptr || places[at.place].depth > places[nearest->place].depth) nearest = &at;
  }
  return nearest != nullptr &&
         std::any_of(nearest->days.begin(), nearest->days.end(),
                     [&](const auto& days) { return days.first <= date && date <= days.second; });
}

bool stands_under(const Program& program, const Breach& breach, std::uint32_t stack) {
  if (stack < program.stacks_checked || stack >= program.stacks.size())
    return breach.stack == stack;
  const std::vector<ReformId>& all = program.stacks[stack].reforms;
  const std::vector<ReformId>& some = program.stacks[breach.stack].reforms;
  return std::all_of(some.begin(), some.end(), [&](ReformId each) {
    return std::find(all.begin(), all.end(), each) != all.end();
  });
}

std::pair<std::uint32_t, std::uint32_t> place_on_list(const Program& program,
                                                      const Scenario& scenario,
                                                      std::uint32_t position) {
  for (std::uint32_t household = 0; household < scenario.households.size(); ++household) {
    const auto members =
        static_cast<std::uint32_t>(program[scenario.households[household]].members.size());
    if (position < members) return {household, position};
    position -= members;
  }
  return {0, position};
}

}  // namespace juzhu::sema
