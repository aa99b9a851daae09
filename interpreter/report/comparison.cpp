#include "report/comparison.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/check.h"
#include "explain/words.h"
#include "ops/calendar.h"
#include "report/answers.h"

namespace juzhu::report {
namespace {

constexpr std::int64_t kWeightOfOne = 1'000'000;
constexpr std::size_t kExamples = 2;

void count(ChangeCounts& into, const value::Household& household,
           const compare::Compared& compared) {
  into.changes[static_cast<std::size_t>(compared.change)].add(household);
  const bool before = compared.before.kind == eval::OutcomeKind::kUnknown;
  const bool after = compared.after.kind == eval::OutcomeKind::kUnknown;
  if (!before && after) into.became_unknown.add(household);
  if (before && !after) into.became_known.add(household);
}

}  // namespace

Comparison::Comparison(SideHead before, SideHead after, const std::vector<std::uint32_t>& services,
                       std::vector<Grouping> groupings, bool chinese)
    : before_(std::move(before)),
      after_(std::move(after)),
      groupings_(std::move(groupings)),
      chinese_(chinese) {
  for (const std::uint32_t service : services) {
    services_.emplace_back();
    services_.back().service = service;
    services_.back().groups.resize(groupings_.size());
  }
}

void Comparison::add_household(const value::Household& household, std::size_t child_count,
                               std::size_t left_out) {
  ++households_;
  children_ += child_count;
  left_out_ += left_out;
  weighted_ = weighted_ || household.weight_millionths != kWeightOfOne;
}

std::string Comparison::age_of(const value::Household& household, const eval::Query& before) const {
  const value::Schema& schema = *before_.program->schema;
  const value::Member& member = household.members[before.member];
  const auto fact = schema.fact(member.entity, "birth_date");
  std::string unknown = chinese_ ? "不详" : "not known";
  if (!fact) return unknown;
  const value::Value& born = member.cells[schema[*fact].column].value;
  if (!born.only_value()) return unknown;
  const auto years = [&](std::int64_t day) {
    return day > before.date
               ? std::int64_t{0}
               : ops::full_months_exact(day, before.date, ops::Counting::kCivilCode) / 12;
  };
  const std::int64_t youngest = years(born.hi);
  const std::int64_t oldest = years(born.lo);
  if (youngest == oldest) return fmt::format("{:02}", youngest);
  return oldest - youngest > 1 ? unknown : fmt::format("{:02}–{:02}", youngest, oldest);
}

std::string Comparison::group_of(const Grouping& grouping, const value::Household& household,
                                 const eval::Query& before, const ChangedChild& child) const {
  const value::Schema& schema = *before_.program->schema;
  switch (grouping.kind) {
    case Grouping::Kind::kPlace:
      if (!child.before.place.empty()) return child.before.place;
      return chinese_ ? "不详" : "not known";
    case Grouping::Kind::kAge:
      return age_of(household, before);
    case Grouping::Kind::kReason: {
      const auto side = [&](const AnswerLine& line) {
        std::string text = line.outcome;
        if (!line.rules.empty()) text += fmt::format(": {}", fmt::join(line.rules, ", "));
        return text;
      };
      return side(child.before) + " → " + side(child.after);
    }
    case Grouping::Kind::kFact: {
      const value::Fact& fact = schema[grouping.fact];
      const value::Member& member = household.members[before.member];
      const auto& cells = fact.entity == member.entity ? member.cells : household.cells;
      const value::Cell& cell = cells[fact.column];
      if (cell.state != value::InputState::kStated)
        return std::string(explain::state_name(cell.state, chinese_));
      return value::value_text(cell.value, fact.type, schema, chinese_);
    }
  }
  return {};
}

ChangedChild Comparison::add(const value::Household& household, const eval::Query& before,
                             const eval::Query& after, const compare::Compared& compared,
                             const ChildPlaces& places) {
  ChangedChild child{answer_line(*before_.program, household, before, compared.before, chinese_),
                     answer_line(compared.untouched ? *before_.program : *after_.program, household,
                                 after, compared.after, chinese_),
                     places};
  const auto at = std::find_if(services_.begin(), services_.end(),
                               [&](const auto& each) { return each.service == before.service; });
  JUZHU_CHECK(at != services_.end());
  count(at->all, household, compared);
  for (std::size_t i = 0; i < groupings_.size(); ++i)
    count(at->groups[i][group_of(groupings_[i], household, before, child)], household, compared);
  if (compared.open) ++at->open;
  std::vector<ChangedChild>& examples = at->examples[static_cast<std::size_t>(compared.change)];
  if (examples.size() < kExamples) examples.push_back(child);
  return child;
}

}  // namespace juzhu::report
