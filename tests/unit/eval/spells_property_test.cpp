// What must hold of time and of numbers known within bounds (semantics.md 3.3 to 3.5, 4.1 to 4.4),
// on random expressions over small households of which every completion is tried: spells with
// ends, attributes and windows known in part, and lists that may lack rows.
#include <catch2/catch.hpp>
#include <optional>
#include <random>
#include <set>

#include "plan_builder.h"

namespace juzhu::eval::testing {
namespace {

using ops::FoldKind;
using Random = std::mt19937;
using Answer2 = std::pair<int, int>;

const value::ListId kPermits = vocabulary().permits;
const value::ListId kInsurance = vocabulary().insurance;
const Type kNumber = value::number_type(0);
const Type kDate = value::date_type();

std::uint32_t draw(Random& random, std::uint32_t count) {
  return static_cast<std::uint32_t>(random() % count);
}

Type row_of_list(bool months) { return value::row_type(months ? kInsurance : kPermits); }

Expr random_condition(Random& random, int depth);
Expr random_number(Random& random, int depth);
Expr random_time(Random& random, bool months, int depth);

/// Near the end of February 2023, where months are short and days do not exist.
std::int64_t random_day(Random& random) { return days(2023, 1, 25) + draw(random, 75); }

Expr random_date(Random& random, int depth) {
  switch (draw(random, depth > 0 ? 7 : 2)) {
    case 0:
      return fact("birth");
    case 1:
      return constant(value::number(random_day(random)), kDate);
    case 2:
      return step(Operation::kAddMonths, kDate,
                  {random_date(random, depth - 1), random_number(random, depth - 1)});
    case 3:
      return step(Operation::kAddDays, kDate,
                  {random_date(random, depth - 1), random_number(random, depth - 1)});
    case 4:
      return step(Operation::kFirstDay, kDate, {random_time(random, false, depth - 1)});
    case 5:
      return step(Operation::kLastDay, kDate, {random_time(random, false, depth - 1)});
    default:
      return step(Operation::kDateInYear, kDate,
                  {step(Operation::kYearOf, kNumber, {random_date(random, depth - 1)})}, 2,
                  draw(random, 2) == 0 ? 29 : 28);
  }
}

/// Rows of the list that meet a condition: their own, the person's, or one on their ends.
Expr random_rows(Random& random, bool months) {
  const Type row = row_of_list(months);
  Expr where;
  switch (draw(random, 4)) {
    case 0:
      break;
    case 1:
      where = fact_of(it(row), "valid");
      break;
    case 2:
      where = !fact_of(it(row), "valid");
      break;
    default: {
      const Type end = months ? value::month_type() : kDate;
      const std::int64_t bound = months ? 2023 * 12 + 1 : days(2023, 2, 27);
      const Operation which = draw(random, 2) == 0 ? Operation::kRowStart : Operation::kRowEnd;
      where = step(which, end, {it(row)}) <= constant(value::number(bound), end);
    }
  }
  return fold(FoldKind::kCover, value::time_type(months),
              rows(months ? kInsurance : kPermits, subject()), row, where, {});
}

Expr random_time(Random& random, bool months, int depth) {
  const auto pick = draw(random, depth > 0 ? 6 : 2);
  if (pick < 2) return random_rows(random, months);
  if (pick == 2) {
    return if_else(fact("u"), random_time(random, months, depth - 1),
                   random_time(random, months, depth - 1));
  }
  return step(Operation::kCombineTime, value::time_type(months),
              {random_time(random, months, depth - 1), random_time(random, months, depth - 1)},
              draw(random, 3));
}

Expr random_measure(Random& random, int depth) {
  auto made = std::make_shared<Node>();
  made->operation = Operation::kMeasure;
  made->type = kNumber;
  ops::Measure& what = made->measure;
  what.months = draw(random, 3) == 0;
  what.unit = draw(random, 2) == 0 ? ops::MeasureUnit::kDays : ops::MeasureUnit::kMonths;
  what.counting = static_cast<ops::Counting>(draw(random, 3));
  what.chain = static_cast<ops::ChainMode>(draw(random, 3));
  what.tolerance = draw(random, 3);
  what.tolerance_in_months = draw(random, 2) == 0;
  what.count_gaps = what.chain != ops::ChainMode::kAll && draw(random, 2) == 0;
  const Expr from = draw(random, 2) == 0 ? date(1900, 1, 1) : random_date(random, depth - 1);
  made->operands = {random_time(random, what.months, depth - 1), from,
                    random_date(random, depth - 1)};
  return made;
}

Expr random_number(Random& random, int depth) {
  const auto other = [&] { return random_number(random, depth - 1); };
  switch (draw(random, depth > 0 ? 12 : 2)) {
    case 0:
      return fact("n");
    case 1:
      return number(static_cast<std::int64_t>(draw(random, 5)) - 1);
    case 2:
    case 3:
    case 4:
      return random_measure(random, depth);
    case 5: {
      constexpr Operation kBetween[] = {Operation::kDaysBetween, Operation::kMonthsBetween,
                                        Operation::kYearsBetween, Operation::kStartedBetween};
      const Operation which = kBetween[draw(random, 4)];
      const bool is_started = which == Operation::kStartedBetween;
      return step(which, kNumber, {random_date(random, depth - 1), random_date(random, depth - 1)},
                  draw(random, is_started ? 2 : 3));
    }
    case 6:
      return step(draw(random, 2) == 0 ? Operation::kFullUnits : Operation::kStartedUnits, kNumber,
                  {other(), other()});
    case 7:
      return step(draw(random, 2) == 0 ? Operation::kLeast : Operation::kGreatest, kNumber,
                  {other(), other()});
    case 8:
      return step(Operation::kProduct, kNumber, {other(), other()});
    case 9:
      return step(Operation::kRound, kNumber, {other(), other()}, draw(random, 6), 0);
    case 10:
      return step(Operation::kOrIfNone, kNumber, {other(), other()});
    default:
      return sum({other(), other()}, {0, draw(random, 2)});
  }
}

Expr random_condition(Random& random, int depth) {
  const bool months = draw(random, 3) == 0;
  switch (draw(random, depth > 1 ? 9 : 5)) {
    case 0:
      return random_number(random, depth) <= random_number(random, depth - 1);
    case 1:
      return equal(random_measure(random, depth), number(draw(random, 4)));
    case 2:
      return step(Operation::kCoversDate, value::boolean_type(),
                  {random_time(random, months, depth - 1), random_date(random, depth - 1)});
    case 3:
      return random_date(random, depth) < random_date(random, depth - 1);
    case 4: {
      const value::ListId list = months ? kInsurance : kPermits;
      return fold(draw(random, 2) == 0 ? FoldKind::kSome : FoldKind::kEvery, value::boolean_type(),
                  rows_on(list, subject(), random_date(random, depth - 1)), row_of_list(months), {},
                  fact_of(it(row_of_list(months)), "valid"));
    }
    case 5:
      return step(Operation::kGiven, value::boolean_type(), {random_date(random, depth)});
    case 6:
      return step(Operation::kCompareQuotient, value::boolean_type(),
                  {random_number(random, depth - 1), random_number(random, depth - 1),
                   random_number(random, depth - 1)},
                  draw(random, 3), draw(random, 2));
    case 7:
      return !random_condition(random, depth - 1);
    default: {
      const Expr left = random_condition(random, depth - 1);
      const Expr right = random_condition(random, depth - 1);
      return draw(random, 2) == 0 ? (left && right) : (left || right);
    }
  }
}

/// An input of the household with every value it may have.
struct Input {
  std::string name;  ///< as fact_text() says it
  std::function<void(Household&, const Value&)> put;
  Value whole;
  std::vector<Value> values;
};

/// A household with few completions. The lists are complete.
class Case {
 public:
  explicit Case(Random& random) {
    open_ = household();
    list_of_member(open_, kPermits, 0).state = value::InputState::kStated;
    list_of_member(open_, kInsurance, 0).state = value::InputState::kStated;
    add("u", draw(random, 3) != 0, 0, 1, random);
    add("n", draw(random, 3) != 0, 0, 3, random);
    const std::int64_t birth = random_day(random);
    add("birth", draw(random, 3) != 0, birth, birth + 2, random);
    for (std::uint32_t i = 1 + draw(random, 2); i > 0; --i)
      add_row(random, false);
    for (std::uint32_t i = draw(random, 2); i > 0; --i)
      add_row(random, true);
  }

  [[nodiscard]] const Household& open() const { return open_; }
  [[nodiscard]] const std::vector<Input>& inputs() const { return inputs_; }
  [[nodiscard]] Household completed(const std::vector<std::size_t>& choice) const {
    Household made = open_;
    for (std::size_t i = 0; i < inputs_.size(); ++i)
      inputs_[i].put(made, inputs_[i].values[choice[i]]);
    return made;
  }
  /// How many completions there are at most.
  [[nodiscard]] std::size_t size() const {
    std::size_t count = 1;
    for (const Input& input : inputs_)
      count *= input.values.size();
    return count;
  }
  /// A choice of a value for each input, or nothing if it puts the ends of a spell out of order.
  [[nodiscard]] std::optional<std::vector<std::size_t>> some_completion(Random& random) const {
    std::vector<std::size_t> choice;
    for (const Input& input : inputs_)
      choice.push_back(draw(random, static_cast<std::uint32_t>(input.values.size())));
    if (!in_order(completed(choice))) return std::nullopt;
    return choice;
  }
  /// All choices that keep the ends of spells in order.
  [[nodiscard]] std::vector<std::vector<std::size_t>> completions() const {
    std::vector<std::vector<std::size_t>> found{{}};
    for (const Input& input : inputs_) {
      std::vector<std::vector<std::size_t>> longer;
      for (const auto& choice : found) {
        for (std::size_t i = 0; i < input.values.size(); ++i) {
          longer.push_back(choice);
          longer.back().push_back(i);
        }
      }
      found = std::move(longer);
    }
    std::erase_if(found, [&](const auto& choice) { return !in_order(completed(choice)); });
    return found;
  }

 private:
  static bool in_order(const Household& made) {
    for (const value::ListId list : {kPermits, kInsurance}) {
      for (const value::Row& row :
           made.members[0].lists[(*vocabulary().schema)[list].column].rows) {
        if (row.start.lo > row.end.lo) return false;
      }
    }
    return true;
  }
  void keep(Input input, bool is_open, Random& random) {
    if (!is_open) {
      input.put(open_, input.values[draw(random, static_cast<std::uint32_t>(input.values.size()))]);
      return;
    }
    input.put(open_, input.whole);
    inputs_.push_back(std::move(input));
  }
  void add(const std::string& name, bool is_open, std::int64_t lo, std::int64_t hi,
           Random& random) {
    Input input;
    input.name = name;
    const bool is_truth = name == "u";
    input.put = [name](Household& made, const Value& value) { state(made, name, value); };
    input.whole = is_truth ? value::unknown_truth() : value::between(lo, hi);
    for (std::int64_t each = lo; each <= hi; ++each) {
      input.values.push_back(is_truth ? value::truth(each != 0) : value::number(each));
    }
    keep(std::move(input), is_open, random);
  }
  void add_row(Random& random, bool months) {
    const value::ListId list = months ? kInsurance : kPermits;
    std::vector<value::Row>& all = list_of_member(open_, list, 0).rows;
    const std::size_t index = all.size();
    const std::int64_t first = months ? 2023 * 12 + draw(random, 3) : random_day(random) - 10;
    const std::int64_t last = first + draw(random, months ? 3 : 40);
    all.push_back({value::number(first),
                   value::number(last),
                   {{value::truth(true), value::InputState::kStated}}});
    const std::string row =
        std::string(months ? "insurance " : "permits ") + std::to_string(index + 1);
    const auto at = [list, index](Household& made) -> value::Row& {
      return list_of_member(made, list, 0).rows[index];
    };
    const auto ends = [&](bool is_end, std::int64_t from) {
      Input input;
      input.name = row + (is_end ? "'s end" : "'s start");
      input.put = [at, is_end](Household& made, const Value& value) {
        (is_end ? at(made).end : at(made).start) = value;
      };
      const std::int64_t width = 1 + draw(random, 3);
      input.whole = value::between(from, from + width);
      for (std::int64_t each = from; each <= from + width; ++each) {
        input.values.push_back(value::number(each));
      }
      return input;
    };
    keep(ends(false, first), draw(random, 2) == 0, random);
    const std::int64_t start = at(open_).start.lo;
    keep(ends(true, std::max(last, start)), draw(random, 2) == 0, random);
    Input valid;
    valid.name = row + "'s valid";
    valid.put = [at](Household& made, const Value& value) {
      at(made).cells[0] = {value, value::InputState::kStated};
    };
    valid.whole = value::unknown_truth();
    valid.values = {value::truth(false), value::truth(true)};
    keep(std::move(valid), draw(random, 2) == 0, random);
  }

  Household open_;
  std::vector<Input> inputs_;
};

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

Answer2 answer_of(const Value& value) {
  if (value.only_error()) return {2, static_cast<int>(value.error.code)};
  return {value::is_true(value) ? 1 : 0, -1};
}

using Results = std::map<std::vector<std::size_t>, Answer2>;

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
    std::set<Answer2> distinct;
    for (const auto& choice : home.completions()) {
      const Answer2 answer = answer_of(tried.level_zero(home.completed(choice)));
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
