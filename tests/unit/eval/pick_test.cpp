// Choosing by several keys, as an allocation that ranks by the score gives them: the language alone
// has the total.
#include <catch2/catch.hpp>

#include "eval/looked_at.h"
#include "plan_builder.h"

namespace juzhu::eval::testing {
namespace {

using plan::BlockKind;
using plan::Slot;

const Type kPerson = value::member_type(vocabulary().person);

/// A plan of one expression: of the subject's parents the best by `n`, then by `birth`; either who
/// it is, or the best one's `n`.
class ByTwoKeys {
 public:
  explicit ByTwoKeys(bool earliest_first, bool gives_points = false) {
    plan_.schema = vocabulary().schema;
    plan::Declaration declaration;
    declaration.key = "pick";
    plan_.declarations.push_back(declaration);
    plan::Pick pick;
    pick.choices.push_back({collection(), {}, false});
    pick.lowest_first = {0, earliest_first ? 1U : 0U};
    pick.body = body(gives_points);
    const Type type = gives_points ? value::number_type(0) : kPerson;
    plan_.picks.push_back(pick);
    plan::Block expression = block(BlockKind::kExpression, {kPerson});
    expression.results = {add(expression, Operation::kPick, type, 0, {0})};
    plan_.blocks.push_back(expression);
  }

  [[nodiscard]] const Plan& plan() const { return plan_; }
  [[nodiscard]] plan::BlockId root() const { return plan::BlockId(plan_.blocks.size() - 1); }

 private:
  plan::Block block(BlockKind kind, std::vector<Type> parameters) {
    plan::Block made;
    made.kind = kind;
    made.declaration = plan::DeclarationId(std::size_t{0});
    made.parameters = std::move(parameters);
    return made;
  }

  Slot add(plan::Block& to, Operation operation, const Type& type, std::uint32_t a,
           const std::vector<Slot>& operands) {
    plan::Step step;
    step.operation = operation;
    step.type = type;
    step.a = a;
    step.declaration = to.declaration;
    step.first_operand = static_cast<std::uint32_t>(plan_.operands.size());
    step.operand_count = static_cast<std::uint32_t>(operands.size());
    plan_.operands.insert(plan_.operands.end(), operands.begin(), operands.end());
    to.steps.push_back(step);
    return static_cast<Slot>(to.slot_count() - 1);
  }

  Slot fact(plan::Block& to, const char* name, Slot of) {
    const auto id = vocabulary().schema->fact(vocabulary().person, name);
    return add(to, Operation::kFact, (*vocabulary().schema)[*id].type, id->index, {of});
  }

  plan::BlockId collection() {
    plan::Block made = block(BlockKind::kPickPart, {kPerson});
    made.results = {fact(made, "parents", 0)};
    plan_.blocks.push_back(made);
    return plan::BlockId(plan_.blocks.size() - 1);
  }

  plan::BlockId body(bool gives_points) {
    plan::Block made = block(BlockKind::kPickPart, {kPerson, kPerson});
    const Slot points = fact(made, "n", 0);
    const Slot since = fact(made, "birth", 0);
    made.results = {points, since, gives_points ? points : 0};
    plan_.blocks.push_back(made);
    return plan::BlockId(plan_.blocks.size() - 1);
  }

  Plan plan_;
};

struct Family {
  Household household = testing::household();
  std::size_t li = add_member(household, "Li");
  std::size_t wu = add_member(household, "Wu");

  Family(const Value& li_points, const Value& wu_points) {
    const auto both = static_cast<std::int64_t>((1U << li) | (1U << wu));
    state(household, "parents", value::set_between(both, both));
    state(household, "n", li_points, li);
    state(household, "n", wu_points, wu);
    state(household, "birth", value::number(days(1990, 5, 1)), li);
    state(household, "birth", value::number(days(1985, 5, 1)), wu);
  }
  [[nodiscard]] Value chosen(bool earliest_first = true, bool gives_points = false) const {
    const ByTwoKeys plan(earliest_first, gives_points);
    CHECK(plan::verify(plan.plan()).empty());
    Evaluator evaluator(plan.plan(), household);
    return evaluator.result(evaluator.run(plan.root(), {value::bits(1)}));
  }
  [[nodiscard]] Value only(std::size_t member) const {
    return value::bits(std::int64_t{1} << member);
  }
};

}  // namespace

TEST_CASE("P08 further keys break ties of the score") {
  const Family same(value::number(70), value::number(70));
  CHECK(same.chosen(true) == same.only(same.wu));
  CHECK(same.chosen(false) == same.only(same.li));
}

TEST_CASE("a key that is not known leaves open only what it may change") {
  const Family perhaps(value::number(70), value::between(60, 70));
  CHECK(perhaps.chosen(true) ==
        value::bits(perhaps.only(perhaps.li).lo | perhaps.only(perhaps.wu).lo));
  CHECK(perhaps.chosen(false) == perhaps.only(perhaps.li));  // at best a tie, and later
}

TEST_CASE("all keys equal: the smaller member key") {
  Family same(value::number(70), value::number(70));
  state(same.household, "birth", value::number(days(1990, 5, 1)), same.wu);
  CHECK(same.chosen() == same.only(same.li));
}

TEST_CASE("P09 nobody to choose from") {
  Family nobody(value::number(70), value::number(70));
  state(nobody.household, "parents", value::set_between(0, 0));
  CHECK(nobody.chosen() == value::not_applicable());
  const std::int64_t li = std::int64_t{1} << nobody.li;
  state(nobody.household, "parents", value::set_between(0, li));
  Value perhaps = nobody.only(nobody.li);
  perhaps.kinds |= value::kNotApplicable;
  CHECK(nobody.chosen() == perhaps);
}

/// Every set of parents between two, and every number between two bounds.
TEST_CASE("what is chosen under every completion is among the results") {
  constexpr std::int64_t kMost = 3;
  struct Range {
    std::int64_t lo, hi;
  };
  std::vector<Range> ranges;
  for (std::int64_t lo = 0; lo <= kMost; ++lo) {
    for (std::int64_t hi = lo; hi <= kMost; ++hi)
      ranges.push_back({lo, hi});
  }
  for (const Range& li : ranges) {
    for (const Range& wu : ranges) {
      for (unsigned sure = 0; sure < 4; ++sure) {
        Family open(value::between(li.lo, li.hi), value::between(wu.lo, wu.hi));
        const std::int64_t one = open.only(open.li).lo;
        const std::int64_t other = open.only(open.wu).lo;
        const std::int64_t must = ((sure & 1U) != 0 ? one : 0) | ((sure & 2U) != 0 ? other : 0);
        state(open.household, "parents", value::set_between(must, one | other));
        const Value who = open.chosen(true);
        const Value points = open.chosen(true, true);
        for (std::int64_t a = li.lo; a <= li.hi; ++a) {
          for (std::int64_t b = wu.lo; b <= wu.hi; ++b) {
            for (const std::int64_t exact : {std::int64_t{0}, one, other, one | other}) {
              if ((exact & must) != must) continue;
              Family known(value::number(a), value::number(b));
              state(known.household, "parents", value::set_between(exact, exact));
              const Value is = known.chosen(true);
              const Value gives = known.chosen(true, true);
              CHECK((is.kinds & ~who.kinds) == 0);
              CHECK((is.lo & ~who.lo) == 0);
              CHECK((gives.kinds & ~points.kinds) == 0);
              if (gives.may_value()) CHECK((points.lo <= gives.lo && gives.hi <= points.hi));
            }
          }
        }
      }
    }
  }
}

}  // namespace juzhu::eval::testing
