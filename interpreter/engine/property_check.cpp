#include "engine/property_check.h"

#include <algorithm>
#include <bit>

#include "eval/facts.h"
#include "ops/logic.h"
#include "sema/extent.h"

namespace juzhu::engine {

using value::Household;
using value::TypeKind;
using value::Value;

PropertyCheck::PropertyCheck(const sema::Program& program, sema::PropertyId id, std::uint64_t seed)
    : program_(program), property_(program[id]), seed_(seed) {
  std::size_t bound = 0;
  for (const sema::Property::Binder& binder : property_.binders) {
    const std::size_t among = add_root(binder.among, bound++);
    binder_roots_.emplace_back(among, add_root(binder.concerns, bound));
  }
  premise_ = add_root(property_.premise, bound);
  conclusion_ = add_root(property_.conclusion, bound);
  measured_ = add_root(property_.measured, bound);
  std::vector<sema::ExprId> read{property_.raised};
  for (const plan::Root& root : roots_)
    read.push_back(root.expr);
  read_ = closure_of(program_, read);
}

std::size_t PropertyCheck::add_root(sema::ExprId expr, std::size_t bound) {
  if (!expr.valid()) return kNone;
  plan::Root root{expr, {}};
  for (std::size_t i = 0; i < bound; ++i)
    root.parameters.push_back(property_.binders[i].local);
  roots_.push_back(std::move(root));
  return roots_.size() - 1;
}

std::vector<const plan::Plan*> PropertyCheck::plans(const Value& place, std::int64_t date) {
  std::vector<const plan::Plan*> found;
  for (const plan::Scope& scope : plan::scopes_of(program_, place, date)) {
    std::unique_ptr<plan::Plan>& plan = plans_[scope];
    if (!plan) plan = std::make_unique<plan::Plan>(plan::lower_roots(program_, scope, roots_));
    found.push_back(plan.get());
  }
  return found;
}

eval::Answer PropertyCheck::value_of(const Household& household, std::size_t root,
                                     const std::vector<Value>& bound) {
  const std::size_t count = roots_[root].parameters.size();
  return eval::evaluate(
      *this, household, date_, [root](const plan::Plan& plan) { return plan.roots[root]; },
      std::span<const Value>(bound.data(), count));
}

bool PropertyCheck::outside(const Household& household, std::int64_t date) const {
  if (date < property_.extent.from || date > property_.extent.to) return true;
  if (property_.extent.places.empty() || !program_.schema->place_fact.valid()) return false;
  const value::Fact& fact = (*program_.schema)[program_.schema->place_fact];
  const Value& place = household.cells[fact.column].value;
  return !place.only_value() ||
         !sema::reached_through(property_.extent.places, static_cast<value::PlaceNode>(place.lo),
                                program_.schema->places);
}

PropertyVerdict PropertyCheck::of(const Household& household, std::int64_t date) {
  PropertyVerdict verdict;
  if (outside(household, date)) return verdict;
  date_ = date;
  std::vector<Value> bound;
  bind(household, 0, bound, verdict);
  return verdict;
}

void PropertyCheck::bind(const Household& household, std::size_t binder, std::vector<Value>& bound,
                         PropertyVerdict& verdict) {
  if (verdict.refuted) return;
  if (binder == property_.binders.size()) {
    judge(household, bound, verdict);
    return;
  }
  const auto [among, concerns] = binder_roots_[binder];
  std::int64_t members =
      eval::members_of(household, program_[property_.binders[binder].local].type.entity);
  if (among != kNone) {
    const eval::Answer answer = value_of(household, among, bound);
    if (!answer.value.only_value() || answer.value.lo != answer.value.hi) {
      verdict.undecided = true;
      return;
    }
    members = answer.value.lo;
  }
  for (std::size_t i = 0; i < household.members.size(); ++i) {
    if ((static_cast<std::uint64_t>(members) >> i & 1U) == 0) continue;
    bound.push_back(value::bits(eval::bit(i)));
    bool is_concerned = true;
    if (concerns != kNone) {
      const eval::Answer answer = value_of(household, concerns, bound);
      is_concerned = value::is_true(answer.value);
      if (!answer.known || answer.value.may_fail()) verdict.undecided = true;
    }
    if (is_concerned) bind(household, binder + 1, bound, verdict);
    bound.pop_back();
  }
}

void PropertyCheck::judge(const Household& household, const std::vector<Value>& bound,
                          PropertyVerdict& verdict) {
  if (measured_ != kNone) {
    judge_raising(household, bound, verdict);
    return;
  }
  if (premise_ != kNone) {
    const eval::Answer premise = value_of(household, premise_, bound);
    if (!premise.known || premise.value.may_fail()) verdict.undecided = true;
    if (!value::is_true(premise.value)) return;
  }
  verdict.concerned = true;
  const eval::Answer conclusion = value_of(household, conclusion_, bound);
  if (!conclusion.known || conclusion.value.may_fail()) {
    verdict.undecided = true;
  } else if (!value::is_true(conclusion.value)) {
    verdict.refuted = true;
    verdict.bound = bound;
  }
}

namespace {

enum class Change : std::uint8_t { kLower, kNotLower, kNotKnown };

Change bounds_change(std::int64_t before_lo, std::int64_t before_hi, std::int64_t after_lo,
                     std::int64_t after_hi) {
  if (after_hi < before_lo) return Change::kLower;
  return after_lo >= before_hi ? Change::kNotLower : Change::kNotKnown;
}

/// The lowest and highest of the options still possible.
std::pair<std::int64_t, std::int64_t> option_bounds(std::int64_t bits) {
  const auto options = static_cast<std::uint64_t>(bits);
  return {std::countr_zero(options), 63 - std::countl_zero(options)};
}

/// Outcomes are held denied < ranked < granted; a conflict stands nowhere among them.
Change change_of(const Value& before, const Value& after, const value::Type& type,
                 bool is_outcome) {
  if (before.only_not_applicable() && after.only_not_applicable()) return Change::kNotLower;
  if (!before.only_value() || !after.only_value()) return Change::kNotKnown;
  if (type.kind != TypeKind::kChoice && type.kind != TypeKind::kBoolean)
    return bounds_change(before.lo, before.hi, after.lo, after.hi);
  if (is_outcome) {
    const std::int64_t conflict =
        eval::bit(static_cast<std::size_t>(ops::OutcomeOption::kConflict));
    if (((before.lo | after.lo) & conflict) != 0) return Change::kNotKnown;
  }
  const auto [before_least, before_most] = option_bounds(before.lo);
  const auto [after_least, after_most] = option_bounds(after.lo);
  return bounds_change(before_least, before_most, after_least, after_most);
}

}  // namespace

void PropertyCheck::judge_raising(const Household& household, const std::vector<Value>& bound,
                                  PropertyVerdict& verdict) {
  const sema::Expr& raised = program_[property_.raised];
  std::int32_t member = -1;
  if (!raised.operands.empty()) {
    const sema::LocalId local{program_[raised.operands.front()].a};
    for (std::size_t i = 0; i < property_.binders.size(); ++i) {
      if (property_.binders[i].local == local)
        member = static_cast<std::int32_t>(eval::lowest_bit(bound[i].lo));
    }
  }
  // Afresh for each household, so that what is raised depends on the household alone.
  Generator generator(program_, read_, property_.extent, seed_);
  const std::vector<Household> others = generator.raised(household, date_, raised, member);
  if (others.empty()) return;
  const eval::Answer before = value_of(household, measured_, bound);
  const bool is_outcome = measured_type() == value::choice_type(program_.outcome_choice);
  for (const Household& other : others) {
    const eval::Answer after = value_of(other, measured_, bound);
    verdict.concerned = true;
    switch (change_of(before.value, after.value, measured_type(), is_outcome)) {
      case Change::kNotLower:
        break;
      case Change::kNotKnown:
        verdict.undecided = true;
        break;
      case Change::kLower:
        verdict.refuted = true;
        verdict.bound = bound;
        verdict.raised = other;
        verdict.before = before.value;
        verdict.after = after.value;
        return;
    }
  }
}

}  // namespace juzhu::engine
