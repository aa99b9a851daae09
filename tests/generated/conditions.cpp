// Conditions, and decision tables.
#include <algorithm>

#include "expressions.h"

namespace juzhu::generated {

namespace {
const Kind kTruth{Sort::kTruth, Unit::kNone, {}, false};
const Kind kDate{Sort::kDate, Unit::kNone, {}, false};
const Kind kMonth{Sort::kMonth, Unit::kNone, {}, false};
const Kind kPlace{Sort::kPlace, Unit::kNone, {}, false};
Unit any_unit(Random& random) {
  return random.one_of({Unit::kNone, Unit::kNone, Unit::kMonth, Unit::kMonth, Unit::kDay,
                        Unit::kYuan, Unit::kPoint, Unit::kLesson});
}
}  // namespace

Text Expressions::condition(const Scope& scope, int depth) {
  static const std::vector<Production> kLeaves = {
      &Expressions::truth_fact,       &Expressions::truth_fact,      &Expressions::truth_fact,
      &Expressions::compared_numbers, &Expressions::compared_choice, &Expressions::compared_days,
      &Expressions::in_place,         &Expressions::given,           &Expressions::asked,
      &Expressions::compared_text};
  static const std::vector<Production> kAll = {&Expressions::truth_fact,
                                               &Expressions::chain,
                                               &Expressions::chain,
                                               &Expressions::condition_list,
                                               &Expressions::negated,
                                               &Expressions::quantified,
                                               &Expressions::quantified,
                                               &Expressions::compared_numbers,
                                               &Expressions::compared_numbers,
                                               &Expressions::compared_quotient,
                                               &Expressions::compared_days,
                                               &Expressions::compared_choice,
                                               &Expressions::compared_text,
                                               &Expressions::compared_members,
                                               &Expressions::in_set,
                                               &Expressions::in_place,
                                               &Expressions::on_day,
                                               &Expressions::given,
                                               &Expressions::asked,
                                               &Expressions::if_condition};
  return first_that_fits(depth > 0 ? kAll : kLeaves, scope, depth,
                         {random_.one_of({"yes", "no"}), Level::kPrimary, 0});
}

Expressions::Maybe Expressions::truth_fact(const Scope& scope, int depth) {
  const auto found = reference(scope, kTruth, depth);
  if (!found) return std::nullopt;
  const auto pick = random_.below(10);
  if (found->subject.empty() || pick == 0) return found->text();
  if (pick == 1) {
    return Text{found->text().text + random_.one_of({" is yes", " is no", " is not yes"}),
                Level::kComparison, 0};
  }
  return Text{found->subject + (pick < 7 ? " has " : " lacks ") + found->rest, Level::kComparison,
              0};
}

Expressions::Maybe Expressions::chain(const Scope& scope, int depth) {
  const std::string word = random_.one_of({" and ", " or "});
  const std::size_t count = 2 + random_.below(2);
  std::string text;
  for (std::size_t i = 0; i < count; ++i) {
    const Text each = condition(scope, depth - 1);
    text += (i == 0 ? "" : word) + at(each, Level::kComparison);
  }
  return Text{text, Level::kLogic, 0};
}

Expressions::Maybe Expressions::condition_list(const Scope& scope, int depth) {
  std::string text = random_.one_of({"all of {", "any of {"});
  const std::size_t count = 1 + random_.below(3);
  for (std::size_t i = 0; i < count; ++i) {
    text += (i == 0 ? " " : "; ") + condition(scope, depth - 1).text;
    if (random_.percent(10) && !known_.sources.empty())
      text += " cites " + random_.one_of(known_.sources) + " art " + std::to_string(1 + i);
    if (random_.percent(5)) text += " confidence recalled";
  }
  // A list is an operand, as a comparison is; its brackets need none around them.
  return Text{text + (random_.percent(20) ? "; }" : " }"), Level::kComparison, 0};
}

Expressions::Maybe Expressions::negated(const Scope& scope, int depth) {
  return Text{"not " + at(condition(scope, depth - 1), Level::kComparison), Level::kLogic, 0};
}

Expressions::Maybe Expressions::quantified(const Scope& scope, int depth) {
  const auto over = collection(scope, depth - 1);
  if (!over) return std::nullopt;
  const std::string name = fresh();
  Scope inner = scope;
  inner.push_back({name, over->element, 0});
  std::string text = random_.one_of({"some ", "every ", "no "}) + name + " among " + over->text;
  if (random_.percent(85)) text += " where " + condition(inner, depth - 1).text;
  return Text{text, Level::kExpression, 0};
}

std::string Expressions::relation(const Scope& scope, const Kind& kind, int depth) {
  const bool day = kind.sort != Sort::kNumber;
  const std::string word =
      day ? random_.one_of({"before ", "after ", "on or before ", "on or after ", "at least "})
          : random_.one_of({"at least ", "at most ", "over ", "under "});
  return word + at(*value(scope, kind, depth), Level::kSum);
}

Expressions::Maybe Expressions::compared_numbers(const Scope& scope, int depth) {
  const Kind kind{Sort::kNumber, any_unit(random_), {}, false};
  const std::string left = at(number(scope, kind.unit, depth - 1), Level::kSum);
  const auto pick = random_.below(10);
  if (pick == 0) {
    return Text{left + " is one of { " + literal_number(kind.unit).text + ", " +
                    number(scope, kind.unit, 0).text + " }",
                Level::kComparison, 0};
  }
  if (pick == 1) {
    return Text{left + random_.one_of({" is ", " is not "}) +
                    at(number(scope, kind.unit, depth - 1), Level::kSum),
                Level::kComparison, 0};
  }
  return Text{left + random_.one_of({" ", " is ", " is not "}) + relation(scope, kind, depth - 1),
              Level::kComparison, 0};
}

Expressions::Maybe Expressions::compared_quotient(const Scope& scope, int depth) {
  const Unit unit = any_unit(random_);
  const bool bare = random_.percent(50);
  const Text under = number(scope, bare ? unit : Unit::kNone, depth - 1);
  const std::string quotient =
      at(number(scope, unit, depth - 1), Level::kFactor) + " / " + at(under, Level::kFactor);
  const Unit bound = bare ? Unit::kNone : unit;
  if (random_.percent(25)) {
    return Text{at(number(scope, bound, depth - 1), Level::kSum) +
                    random_.one_of({" at most ", " over ", " is "}) + quotient,
                Level::kComparison, 0};
  }
  return Text{quotient + random_.one_of({" ", " is "}) +
                  relation(scope, {Sort::kNumber, bound, {}, false}, depth - 1),
              Level::kComparison, 0};
}

Expressions::Maybe Expressions::compared_days(const Scope& scope, int depth) {
  const Kind& kind = random_.percent(70) ? kDate : kMonth;
  const std::string left = at(*value(scope, kind, depth - 1), Level::kSum);
  if (random_.percent(10))
    return Text{left + " is " + at(*value(scope, kind, 0), Level::kSum), Level::kComparison, 0};
  return Text{left + random_.one_of({" ", " is "}) + relation(scope, kind, depth - 1),
              Level::kComparison, 0};
}

Expressions::Maybe Expressions::compared_choice(const Scope& scope, int depth) {
  const std::string& of = random_.one_of(vocabulary_.choices).name;
  const auto left = referred(scope, {Sort::kChoice, Unit::kNone, of, false}, depth);
  if (!left) return std::nullopt;
  if (random_.percent(40)) {
    return Text{left->text + random_.one_of({" is", " is not", ""}) + " one of { " +
                    choice(scope, of, 0).text + ", " + choice(scope, of, 0).text + " }",
                Level::kComparison, 0};
  }
  return Text{left->text + random_.one_of({" is ", " is not "}) +
                  at(choice(scope, of, depth - 1), Level::kSum),
              Level::kComparison, 0};
}

Expressions::Maybe Expressions::compared_text(const Scope& scope, int /*depth*/) {
  const auto left = referred(scope, {Sort::kText, Unit::kNone, {}, false}, 0);
  if (!left) return std::nullopt;
  if (random_.percent(30))
    return Text{left->text + " is one of { \"Bao\", \"Lin\" }", Level::kComparison, 0};
  return Text{left->text + random_.one_of({" is ", " is not "}) + text(scope).text,
              Level::kComparison, 0};
}

Expressions::Maybe Expressions::compared_members(const Scope& scope, int depth) {
  const auto left = member(scope, "person", depth - 1);
  if (!left) return std::nullopt;
  const auto right = member(scope, "person", depth - 1);
  return Text{at(*left, Level::kSum) + random_.one_of({" is ", " is not "}) +
                  (right ? at(*right, Level::kSum) : left->text),
              Level::kComparison, 0};
}

Expressions::Maybe Expressions::in_set(const Scope& scope, int depth) {
  if (random_.percent(50)) {
    return Text{at(choice_set(scope, "colour", depth - 1), Level::kSum) + " includes " +
                    at(choice(scope, "colour", depth - 1), Level::kSum),
                Level::kComparison, 0};
  }
  const auto set = member_set(scope, "person");
  const auto one = member(scope, "person", 0);
  if (!set || !one) return std::nullopt;
  return Text{at(*set, Level::kSum) + " includes " + at(*one, Level::kSum), Level::kComparison, 0};
}

Expressions::Maybe Expressions::in_place(const Scope& scope, int depth) {
  const std::string left = at(place(scope, depth - 1), Level::kSum);
  const std::string right = at(place(scope, depth - 1), Level::kSum);
  return Text{left + random_.one_of({" is within ", " within ", " is not within ", " is "}) + right,
              Level::kComparison, 0};
}

Expressions::Maybe Expressions::on_day(const Scope& scope, int depth) {
  const auto when = time(scope, random_.percent(30), depth - 1);
  if (!when) return std::nullopt;
  return Text{at(date(scope, depth - 1), Level::kSum) +
                  random_.one_of({" within ", " is within "}) + at(*when, Level::kSum),
              Level::kComparison, 0};
}

Expressions::Maybe Expressions::given(const Scope& scope, int depth) {
  const std::vector<Kind> kinds = {kDate,
                                   kPlace,
                                   kTruth,
                                   kMonth,
                                   {Sort::kNumber, Unit::kNone, {}, false},
                                   {Sort::kNumber, Unit::kMonth, {}, false},
                                   {Sort::kMember, Unit::kNone, "person", false},
                                   {Sort::kChoice, Unit::kNone, "tenure", false}};
  const Kind& kind = random_.one_of(kinds);
  auto what = referred(scope, kind, depth);
  if (depth > 1 && random_.percent(40)) what = value(scope, kind, depth - 1);
  if (!what) return std::nullopt;
  return Text{at(*what, Level::kSum) + " is given", Level::kComparison, 0};
}

Expressions::Maybe Expressions::asked(const Scope& scope, int /*depth*/) {
  if (known_.services.empty()) return std::nullopt;
  std::vector<std::string> persons;
  for (const Subject& subject : subjects(scope, true)) {
    if (subject.kind.sort == Sort::kMember && subject.kind.of == "person")
      persons.push_back(subject.text);
  }
  if (persons.empty()) return std::nullopt;
  std::string text = random_.one_of(persons) + "'s " + random_.one_of(known_.services);
  if (random_.percent(25)) {
    text += std::string(" under level ") +
            random_.one_of({"law", "regulation", "policy", "local_law", "local_rule", "practice"});
  }
  text += under_reform();
  if (random_.percent(20))
    return Text{text + " is one of { denied, conflict }", Level::kComparison, 0};
  return Text{text + random_.one_of({" is ", " is ", " is not "}) +
                  random_.one_of({"granted", "granted", "denied", "conflict", "ranked"}),
              Level::kComparison, 0};
}

Expressions::Maybe Expressions::if_condition(const Scope& scope, int depth) {
  return if_else(scope, kTruth, depth);
}

namespace {

/// One cell below a heading of a kind.
std::string cell_for(Random& random, const Vocabulary& vocabulary, const Kind& kind,
                     Expressions& expressions) {
  if (random.percent(20)) return "any";
  if (kind.sort == Sort::kTruth) return random.one_of({"yes", "no"});
  if (kind.sort == Sort::kChoice) {
    const auto& options = vocabulary.choice(kind.of).options;
    const std::string one = random.one_of(options).first;
    const auto pick = random.below(4);
    if (pick == 0) return "not " + one;
    if (pick > 1) return one;
    return std::string(random.percent(50) ? "not " : "") + "one of { " + one + ", " +
           random.one_of(options).first + " }";
  }
  const auto literal = [&] {
    return kind.sort == Sort::kDate ? expressions.literal_date()
                                    : expressions.literal_number(kind.unit).text;
  };
  const bool day = kind.sort == Sort::kDate;
  const auto pick = random.below(4);
  if (pick == 0) return literal();
  if (pick == 1)
    return (day ? "on or after " : "at least ") + literal() +
           (day ? " and before " : " and under ") + literal();
  const std::string word =
      day ? random.one_of({"before ", "after "}) : random.one_of({"at most ", "over "});
  return (random.percent(20) ? "not " : "") + word + literal();
}

}  // namespace

std::optional<Text> Expressions::table(const Scope& scope, const Kind& kind, int depth) {
  std::vector<std::string> policies{"unique", "first"};
  if (kind.sort == Sort::kNumber) policies.insert(policies.end(), {"sum", "highest", "lowest"});
  if (kind.sort == Sort::kNumber && kind.unit == Unit::kNone) policies.emplace_back("count");
  const std::string policy = random_.one_of(policies);
  const std::vector<Kind> kinds = {kTruth,
                                   {Sort::kChoice, Unit::kNone, "band", false},
                                   {Sort::kChoice, Unit::kNone, "tenure", false},
                                   {Sort::kNumber, Unit::kNone, {}, false},
                                   {Sort::kNumber, Unit::kMonth, {}, false},
                                   kDate};
  std::vector<Kind> columns;
  std::string text = "table " + policy + "\n    |";
  const std::size_t count = 1 + random_.below(2);
  for (std::size_t i = 0; i < count; ++i) {
    const Kind column = random_.one_of(kinds);
    const auto heading = value(scope, column, depth - 2);
    text += " " + heading->text + " |";
    columns.push_back(column);
  }
  text += " result |";
  Text made{text, Level::kExpression, 0};
  const std::size_t rows = 1 + random_.below(4);
  for (std::size_t row = 0; row < rows; ++row) {
    made.text += "\n    |";
    for (const Kind& column : columns)
      made.text += " " + cell_for(random_, vocabulary_, column, *this) + " |";
    const auto result = value(scope, kind, depth - 2);
    if (!result) return std::nullopt;
    made.scale = std::max(made.scale, result->scale);
    made.text += " " + result->text + " |";
    if (random_.percent(10)) made.text += " note " + text_in_quotes(random_);
    if (random_.percent(10) && !known_.sources.empty())
      made.text += " cites " + random_.one_of(known_.sources);
  }
  if (random_.percent(60)) {
    const auto otherwise = value(scope, kind, depth - 2);
    made.text += "\n    otherwise " + otherwise->text;
    made.scale = std::max(made.scale, otherwise->scale);
  }
  if (policy == "count") made.scale = 0;
  return made;
}

}  // namespace juzhu::generated
