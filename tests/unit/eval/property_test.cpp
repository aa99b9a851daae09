// What must hold for every condition and household (semantics.md 3.4, 3.5, 5.6), on random ones
// small enough to try all completions: the search is exact, missing facts are those that matter,
// failing sets are minimal.
#include <catch2/catch.hpp>
#include <random>
#include <set>

#include "eval/needs.h"
#include "plan_builder.h"

namespace juzhu::eval::testing {
namespace {

using Random = std::mt19937;

const Type kNumber = value::number_type(0);

/// The facts that random conditions read, with every value each of them has.
const std::map<std::string, std::vector<Value>>& domains() {
  static const std::map<std::string, std::vector<Value>> kDomains = {
      {"a", {value::truth(false), value::truth(true)}},
      {"u", {value::truth(false), value::truth(true)}},
      {"v", {value::truth(false), value::truth(true)}},
      {"y", {value::not_applicable(), value::truth(false), value::truth(true)}},
      {"n", {value::number(0), value::number(1), value::number(2), value::number(3)}},
      {"home", {value::bits(1), value::bits(2), value::bits(4)}}};
  return kDomains;
}

/// All of them missing, the number within its few values.
Household open_household() {
  Household made = household();
  state(made, "n", value::between(0, 3));
  return made;
}

Expr random_condition(Random& random, int depth);

Expr random_number(Random& random, int depth) {
  const auto pick = random() % (depth > 0 ? 7 : 2);
  if (pick == 0) return fact("n");
  if (pick == 1) return number(static_cast<std::int64_t>(random() % 4));
  if (pick == 2) {
    return if_else(random_condition(random, depth - 1), random_number(random, depth - 1),
                   random_number(random, depth - 1));
  }
  if (pick == 3) {
    return table(random() % 2 == 0 ? ops::HitPolicy::kFirst : ops::HitPolicy::kUnique,
                 {{random_condition(random, depth - 1), random_number(random, depth - 1)},
                  {random_condition(random, depth - 1), number(2)}},
                 random() % 2 == 0 ? number(1) : Expr());
  }
  if (pick == 4) {
    return table(random() % 2 == 0 ? ops::HitPolicy::kHighest : ops::HitPolicy::kSum,
                 {{random_condition(random, depth - 1), random_number(random, depth - 1)},
                  {random_condition(random, depth - 1), number(3)}},
                 random() % 2 == 0 ? number(0) : Expr());
  }
  return sum({random_number(random, depth - 1), random_number(random, depth - 1)},
             {0, random() % 2 == 0 ? 1U : 0U});
}

Expr random_condition(Random& random, int depth) {
  const auto pick = random() % (depth > 0 ? 10 : 4);
  const char* names[] = {"a", "u", "v", "y"};
  if (pick < 3) return fact(names[random() % 4]);
  if (pick == 3) {
    const Value option = value::bits(std::int64_t{1} << (random() % 3));
    return equal(fact("home"), constant(option, value::choice_type(vocabulary().tenure)));
  }
  if (pick == 4) return random_number(random, depth - 1) <= random_number(random, depth - 1);
  if (pick == 5) return !random_condition(random, depth - 1);
  if (pick == 6 && random() % 4 == 0) return fails(value::ErrorCode::kOverflow);
  if (pick == 7) {
    return if_else(random_condition(random, depth - 1), random_condition(random, depth - 1),
                   random_condition(random, depth - 1));
  }
  const Expr left = random_condition(random, depth - 1);
  const Expr right = random_condition(random, depth - 1);
  return random() % 2 == 0 ? (left && right) : (left || right);
}

/// Completions as choices of one value for each fact.
using Completion = std::map<std::string, std::size_t>;

std::vector<Completion> all_completions() {
  std::vector<Completion> found{{}};
  for (const auto& [name, values] : domains()) {
    std::vector<Completion> longer;
    for (const Completion& completion : found) {
      for (std::size_t i = 0; i < values.size(); ++i) {
        longer.push_back(completion);
        longer.back()[name] = i;
      }
    }
    found = std::move(longer);
  }
  return found;
}

Household completed(const Completion& completion) {
  Household made = household();
  for (const auto& [name, index] : completion) {
    state(made, name, domains().at(name)[index]);
  }
  return made;
}

struct Answers {
  std::map<Completion, std::pair<int, int>> by_completion;
  std::set<std::pair<int, int>> distinct;
};

/// T, F or an error code; "not applicable" is F, as a condition.
std::pair<int, int> answer_of(const Value& value) {
  if (value.only_error()) return {2, static_cast<int>(value.error.code)};
  return {value::is_true(value) ? 1 : 0, -1};
}

bool allows(const Value& possible, const std::pair<int, int>& answer) {
  if (answer.first == 2) return possible.may_fail();
  if (answer.first == 1) return possible.may_value() && (possible.lo & value::kTrueBit) != 0;
  return possible.may_not_apply() ||
         (possible.may_value() && (possible.lo & value::kFalseBit) != 0);
}

/// Facts for which two completions that differ in them alone have different answers.
std::set<std::string> facts_that_matter(const Answers& answers) {
  std::set<std::string> matter;
  for (const auto& [completion, answer] : answers.by_completion) {
    for (const auto& [name, values] : domains()) {
      Completion other = completion;
      for (std::size_t i = 0; i < values.size(); ++i) {
        other[name] = i;
        if (answers.by_completion.at(other) != answer) matter.insert(name);
      }
    }
  }
  return matter;
}

class OneExpression {
 public:
  explicit OneExpression(const Expr& expression) {
    book_.expression = expression;
    plan_ = &book_.plan({days(2022, 1, 1), vocabulary().sz, false});
  }
  [[nodiscard]] const Plan& plan() const { return *plan_; }
  [[nodiscard]] Value level_zero(const Household& household) const {
    Evaluator evaluator(*plan_, household);
    return evaluator.result(evaluator.run(plan_->roots[0], {value::bits(1)}));
  }
  Answer settled(const Household& household) {
    const Value subject = value::bits(1);
    return evaluate(book_, household, days(2022, 1, 1),
                    [](const Plan& plan) { return plan.roots[0]; }, {&subject, 1});
  }

 private:
  TestBook book_;
  const Plan* plan_ = nullptr;
};

}  // namespace

TEST_CASE("G1 G3 the search is sound and exact, missing facts are those that matter") {
  Random random(7);
  const std::vector<Completion> completions = all_completions();
  for (int round = 0; round < 120; ++round) {
    OneExpression tried(random_condition(random, 4));
    INFO("round " << round << "\n" << plan::print(tried.plan()));
    REQUIRE(plan::verify(tried.plan()).empty());
    const Household open = open_household();
    const Value possible = tried.level_zero(open);
    Answers answers;
    for (const Completion& completion : completions) {
      const Value exact = tried.level_zero(completed(completion));
      REQUIRE(value::is_known(exact, value::boolean_type()));
      const auto answer = answer_of(exact);
      REQUIRE(allows(possible, answer));
      answers.by_completion[completion] = answer;
      answers.distinct.insert(answer);
    }
    const Answer settled = tried.settled(open);
    REQUIRE(settled.known == (answers.distinct.size() == 1));
    if (settled.known) {
      REQUIRE(answer_of(settled.value) == *answers.distinct.begin());
      continue;
    }
    std::set<std::string> named;
    for (const value::FactRef& ref : settled.depends_on) {
      named.insert(vocabulary().schema->facts[ref.fact.index].name.en);
    }
    REQUIRE(named == facts_that_matter(answers));
  }
}

TEST_CASE("G2 E06 a known answer stays when an input becomes more exact") {
  Random random(11);
  for (int round = 0; round < 300; ++round) {
    OneExpression tried(random_condition(random, 4));
    Household narrowed = open_household();
    Value before = tried.level_zero(narrowed);
    for (const auto& [name, values] : domains()) {
      state(narrowed, name, values[random() % values.size()]);
      const Value after = tried.level_zero(narrowed);
      INFO("round " << round << " fact " << name << "\n" << plan::print(tried.plan()));
      REQUIRE((after.kinds & ~before.kinds) == 0);
      REQUIRE((after.lo & ~before.lo) == 0);
      before = after;
    }
  }
}

namespace {

/// A rule over facts a, b, c, d, each of which is mentioned once, with one sign.
struct Grown {
  Expr condition;
  std::vector<std::string> facts;
};
Grown grow(Random& random, std::vector<std::string> names) {
  if (names.size() == 1) {
    const Expr leaf = fact(names[0]);
    return {random() % 3 == 0 ? !leaf : leaf, names};
  }
  const std::size_t cut = 1 + random() % (names.size() - 1);
  const auto middle = names.begin() + static_cast<std::ptrdiff_t>(cut);
  const Grown left = grow(random, {names.begin(), middle});
  const Grown right = grow(random, {middle, names.end()});
  const bool both = random() % 2 == 0;
  return {both ? (left.condition && right.condition) : (left.condition || right.condition), names};
}

std::string set_text(const std::vector<std::string>& facts) {
  std::string text = "{";
  for (const std::string& name : facts) {
    text += (text.size() > 1 ? ", " : "") + name;
  }
  return text + "}";
}

}  // namespace

TEST_CASE("5.6 failing sets are the minimal sets of facts whose reversal grants") {
  Random random(5);
  const std::vector<std::string> names{"a", "b", "c", "d", "m", "p"};
  int denials = 0;
  for (int round = 0; round < 150; ++round) {
    TestBook book;
    TestRule rule;
    rule.name = "g";
    rule.when = grow(random, names).condition;
    book.rules = {rule};
    Household who = household();
    std::vector<bool> truths;
    for (const std::string& name : names) {
      truths.push_back(random() % 2 == 0);
      state(who, name, value::truth(truths.back()));
    }
    const Outcome outcome = ask_book(book, who);
    if (outcome.kind != OutcomeKind::kDenied) continue;
    ++denials;
    std::vector<std::uint32_t> minimal;
    for (std::uint32_t set = 1; set < (1U << names.size()); ++set) {
      bool is_superset = false;
      for (const std::uint32_t small : minimal) {
        is_superset = is_superset || (small & set) == small;
      }
      if (is_superset) continue;
      Household other = who;
      for (std::size_t i = 0; i < names.size(); ++i) {
        const bool is_reversed = ((set >> i) & 1U) != 0;
        state(other, names[i], value::truth(truths[i] != is_reversed));
      }
      const bool grants = ask_book(book, other).kind == OutcomeKind::kGranted;
      if (grants) minimal.push_back(set);  // numbers grow, so a subset comes before its supersets
    }
    std::set<std::string> expected;
    for (const std::uint32_t set : minimal) {
      std::vector<std::string> facts;
      for (std::size_t i = 0; i < names.size(); ++i) {
        if (((set >> i) & 1U) != 0) facts.push_back(names[i]);
      }
      expected.insert(set_text(facts));
    }
    std::set<std::string> found;
    for (const FailingSet& set : outcome.failing.sets) {
      std::vector<std::string> facts;
      for (const Leaf& leaf : set) {
        const Trace& trace = *outcome.trace;
        const plan::Step& step = plan::step_of(trace.block(leaf.frame), leaf.slot);
        facts.push_back(vocabulary().schema->facts[step.a].name.en);
      }
      std::sort(facts.begin(), facts.end());
      found.insert(set_text(facts));
    }
    INFO("round " << round << "\n" << plan::print(*outcome.trace->plan));
    CHECK(found == expected);
    CHECK(!outcome.failing.may_lack_some);
  }
  REQUIRE(denials > 30);
}

}  // namespace juzhu::eval::testing
