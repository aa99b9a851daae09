// What must hold of time and of numbers known within bounds (semantics.md 3.3 to 3.5, 4.1 to 4.4),
// on random expressions over small households of which every completion is tried: spells with
// ends, attributes and windows known in part, and lists that may lack rows.
#include <catch2/catch.hpp>
#include <map>
#include <set>

#include "random_time.h"

namespace juzhu::eval::testing {
namespace {

using Answered2 = std::pair<int, int>;

const value::ListId kPermits = vocabulary().permits;
const value::ListId kInsurance = vocabulary().insurance;

/// One expression with its plan.
class Tried {
 public:
  explicit Tried(const Expr& expression) : type_(expression->type) {
    book_.expression = expression;
    plan_ = &book_.plan({days(2023, 3, 31), vocabulary().sz, false});
  }
  [[nodiscard]] std::string text() const { return plan::print(*plan_); }
  [[nodiscard]] bool is_sound_plan() const { return plan::verify(*plan_).empty(); }
  [[nodiscard]] const Type& type() const { return type_; }
  [[nodiscard]] Value level_zero(const Household& who) const {
    Evaluator evaluator(*plan_, who);
    return evaluator.result(evaluator.run(plan_->roots[0], {value::bits(1)}));
  }
  Answer settled(const Household& who) {
    const Value subject = value::bits(1);
    return evaluate(book_, who, days(2023, 3, 31), [](const Plan& plan) { return plan.roots[0]; },
                    {&subject, 1});
  }

 private:
  Type type_;
  TestBook book_;
  const Plan* plan_ = nullptr;
};

/// Is every result that `part` allows one that `whole` allows?
bool is_within(const Value& part, const Value& whole, const Type& type) {
  if ((part.kinds & ~whole.kinds) != 0) return false;
  if (!part.may_value()) return true;
  if (type.kind == value::TypeKind::kBoolean) return (part.lo & ~whole.lo) == 0;
  return whole.lo <= part.lo && part.hi <= whole.hi;
}

Answered2 answer_of(const Value& value) {
  if (value.only_error()) return {2, static_cast<int>(value.error.code)};
  return {value::is_true(value) ? 1 : 0, -1};
}

using Results = std::map<Completion, Answered2>;

/// Inputs for which two completions that differ in them alone have different answers. Level 0 keeps
/// the least error that is possible, so errors of two codes may, but need not, count as different.
std::set<std::string> inputs_that_matter(const Case& home, const Results& results, bool codes) {
  std::set<std::string> matter;
  for (const auto& [choice, answer] : results) {
    for (std::size_t i = 0; i < home.inputs().size(); ++i) {
      auto other = choice;
      for (other[i] = 0; other[i] < home.inputs()[i].values.size(); ++other[i]) {
        const auto found = results.find(other);
        if (found == results.end()) continue;
        const bool differ = codes ? found->second != answer : found->second.first != answer.first;
        if (differ) matter.insert(home.inputs()[i].name);
      }
    }
  }
  return matter;
}

}  // namespace

TEST_CASE("G1 G2 G3 E06 times and numbers within bounds hold every completion") {
  Random random(23);
  int open_results = 0;
  for (int round = 0; round < 500; ++round) {
    const Case home(random);
    const bool is_condition = draw(random, 2) == 0;
    const Tried tried(is_condition           ? random_condition(random, 3)
                      : draw(random, 4) == 0 ? random_date(random, 3)
                                             : random_number(random, 3));
    INFO("round " << round << "\n" << tried.text());
    REQUIRE(tried.is_sound_plan());
    const Value possible = tried.level_zero(home.open());
    open_results += value::is_known(possible, tried.type()) ? 0 : 1;
    for (int tries = 0; tries < 20; ++tries) {
      const auto choice = home.some_completion(random);
      if (!choice) continue;
      // One input after the other is made exact, so that each step only takes results away.
      Household narrowed = home.open();
      Value before = possible;
      for (std::size_t each = 0; each < choice->size(); ++each) {
        const Input& input = home.inputs()[each];
        if (input.values.size() > 2) {
          const std::size_t first = draw(random, static_cast<std::uint32_t>((*choice)[each] + 1));
          input.put(narrowed,
                    value::between(input.values[first].lo, input.values[(*choice)[each]].hi));
          const Value part = tried.level_zero(narrowed);
          INFO("within part of " << input.name);
          REQUIRE(is_within(part, before, tried.type()));
          before = part;
        }
        input.put(narrowed, input.values[(*choice)[each]]);
        const Value after = tried.level_zero(narrowed);
        INFO("after " << input.name << ": " << after.lo << ".." << after.hi << " of kinds "
                      << int{after.kinds} << ", before: " << before.lo << ".." << before.hi
                      << " of kinds " << int{before.kinds});
        REQUIRE(is_within(after, before, tried.type()));
        before = after;
      }
      REQUIRE(value::is_known(before, tried.type()));
    }
  }
  INFO(open_results);
  REQUIRE(open_results > 100);
}

TEST_CASE("3.4 3.5 of conditions on time what is settled and what matters is exact") {
  Random random(29);
  int open_answers = 0;
  int settled_answers = 0;
  for (int round = 0; round < 900; ++round) {
    const Case home(random);
    if (home.size() > 150) continue;  // so that no search runs out of evaluations
    Tried tried(random_condition(random, 3));
    Results results;
    std::set<Answered2> distinct;
    for (const auto& choice : home.completions()) {
      const Answered2 answer = answer_of(tried.level_zero(home.completed(choice)));
      results[choice] = answer;
      distinct.insert(answer);
    }
    INFO("round " << round << "\n" << tried.text());
    const Answer found = tried.settled(home.open());
    INFO(results.size() << " completions, " << distinct.size() << " answers; " << found.value.lo
                        << " of kinds " << int{found.value.kinds});
    const bool all_fail = distinct.begin()->first == 2;  // the last kind of answer
    if (!all_fail) REQUIRE(found.known == (distinct.size() == 1));
    if (found.known) {
      REQUIRE(answer_of(found.value).first == distinct.begin()->first);
      ++settled_answers;
      continue;
    }
    ++open_answers;
    std::set<std::string> named;
    for (const value::FactRef& ref : found.depends_on) {
      std::string name = value::fact_text(ref, home.open(), *vocabulary().schema, false);
      named.insert(name.substr(name.find("'s ") + 3));
    }
    for (const std::string& each : inputs_that_matter(home, results, false)) {
      INFO(each);
      REQUIRE(named.count(each) == 1);
    }
    const std::set<std::string> at_most = inputs_that_matter(home, results, true);
    for (const std::string& each : named) {
      INFO(each);
      REQUIRE(at_most.count(each) == 1);
    }
  }
  REQUIRE(open_answers > 40);
  REQUIRE(settled_answers > 100);
}

TEST_CASE("G1 a list that may lack rows allows what any further row brings") {
  Random random(31);
  for (int round = 0; round < 500; ++round) {
    Case home(random);
    const Tried tried(draw(random, 2) == 0 ? random_condition(random, 3)
                                           : random_number(random, 3));
    Household open = home.open();
    const value::ListId list = draw(random, 2) == 0 ? kPermits : kInsurance;
    list_of_member(open, list, 0).state = value::InputState::kUnknown;
    const Value possible = tried.level_zero(open);
    INFO("round " << round << "\n" << tried.text());
    for (int more = 0; more < 5; ++more) {
      Household complete = open;
      list_of_member(complete, list, 0).state = value::InputState::kStated;
      for (std::uint32_t i = 1 + draw(random, 2); i > 0; --i) {
        const std::int64_t first =
            list == kInsurance ? 2023 * 12 + draw(random, 4) : random_day(random) - 20;
        const std::int64_t last = first + draw(random, list == kInsurance ? 3 : 60);
        value::Row row = permit(first, last);
        row.cells[0].value = value::truth(draw(random, 2) == 0);
        list_of_member(complete, list, 0).rows.push_back(row);
      }
      REQUIRE(is_within(tried.level_zero(complete), possible, tried.type()));
    }
  }
}

}  // namespace juzhu::eval::testing
