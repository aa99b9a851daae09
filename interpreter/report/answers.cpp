#include "report/answers.h"

#include <algorithm>
#include <numeric>

namespace juzhu::report {

std::vector<std::uint32_t> all_services(const sema::Program& program) {
  std::vector<std::uint32_t> services(program.services.size());
  std::iota(services.begin(), services.end(), 0U);
  std::stable_sort(services.begin(), services.end(), [&](std::uint32_t left, std::uint32_t right) {
    return program.services[left].name.en < program.services[right].name.en;
  });
  return services;
}

void place_household(value::Household& household, const Questions& questions,
                     const value::Schema& schema) {
  if (!questions.place || !schema.place_fact.valid()) return;
  // "At Shenzhen" is somewhere in Shenzhen: a rule of one district may make a difference.
  household.cells[schema[schema.place_fact].column] = {value::place_value(*questions.place, false),
                                                       value::InputState::kStated};
}

value::Value place_of(const value::Household& household, const value::Schema& schema) {
  if (!schema.place_fact.valid()) return value::place_value(value::kRootPlace, false);
  return household.cells[schema[schema.place_fact].column].value;
}

std::size_t ask_all(engine::Rulebook& rulebook, const value::Household& household,
                    const Questions& questions, const Visit& visit) {
  const std::vector<std::uint32_t> children = rulebook.children(household, questions.date);
  for (const std::uint32_t child : children) {
    for (const std::uint32_t service : questions.services) {
      if (!rulebook.concerns(household, child, sema::ServiceId{service}, questions.date)) continue;
      eval::Query query;
      query.service = service;
      query.member = child;
      query.date = questions.date;
      query.lowest_level = questions.lowest_level;
      visit(query, rulebook.ask(household, query, questions.stack));
    }
  }
  return children.size();
}

}  // namespace juzhu::report
