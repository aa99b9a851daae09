// Dates, months, times and what is measured of them.
#include "expressions.h"

namespace juzhu::generated {

namespace {
const Kind kDate{Sort::kDate, Unit::kNone, {}, false};
const Kind kMonth{Sort::kMonth, Unit::kNone, {}, false};

std::string two_digits(std::int64_t number) {
  return (number < 10 ? "0" : "") + std::to_string(number);
}
}  // namespace

/// The ends of months and leap days are where calendars go wrong.
std::string Expressions::literal_date() {
  const std::string year = std::to_string(random_.between(2022, 2024));
  if (random_.percent(30))
    return random_.one_of({year + "-01-31", year + "-02-28", year + "-12-31",
                           std::string("2024-02-29"), year + "-08-31"});
  return year + "-" + two_digits(random_.between(1, 12)) + "-" + two_digits(random_.between(1, 28));
}

std::string Expressions::date_argument(const Scope& scope, int depth) {
  return random_.percent(60) ? "today" : argument(date(scope, depth));
}

Text Expressions::date(const Scope& scope, int depth) {
  const auto pick = random_.below(depth > 0 ? 16 : 6);
  Maybe made;
  if (pick == 0) return {literal_date(), Level::kLiteral, 0};
  if (pick == 1) return {"today", Level::kPath, 0};
  if (pick == 6 || pick == 7) {
    const bool months = random_.percent(50);
    const Text amount = fit(number(scope, months ? Unit::kMonth : Unit::kDay, depth - 1), 0);
    return {at(date(scope, depth - 1), Level::kProduct) + random_.one_of({" + ", " - "}) +
                at(amount, Level::kProduct),
            Level::kSum, 0};
  }
  if (pick == 8) {
    const Text year = number(scope, Unit::kNone, 0);
    const std::string of = random_.percent(60) || year.scale > 0 ? "today's year" : argument(year);
    return {random_.one_of({"31 August in ", "29 February in ", "1 January in "}) + of,
            Level::kPrimary, 0};
  }
  if (pick == 9) {
    const auto known = referred(scope, kDate, 0);
    const bool path = known && known->level == Level::kPath;
    return {(path ? known->text : "today") + "'s year_start", Level::kPath, 0};
  }
  if (pick == 10) {
    if (const auto when = time(scope, false, depth - 1))
      return {random_.one_of({"first day in ", "last day in "}) + at(*when, Level::kPrimary),
              Level::kPrimary, 0};
  }
  if (pick == 11) made = fold(scope, kDate, depth);
  if (pick == 12) made = list_fold(scope, kDate, depth);
  if (pick == 13) made = if_else(scope, kDate, depth);
  if (pick == 14) made = or_if_none(scope, kDate, depth);
  if (pick == 15 || (depth == 0 && pick == 5)) {
    for (const Variable& variable : scope) {
      if (variable.kind.sort == Sort::kRow && !variable.kind.months)
        made = Text{variable.name + random_.one_of({"'s start", "'s end"}), Level::kPath, 0};
    }
  }
  if (!made) made = referred(scope, kDate, depth);
  return made ? *made : Text{literal_date(), Level::kLiteral, 0};
}

Text Expressions::month(const Scope& scope, int depth) {
  const auto pick = random_.below(depth > 0 ? 10 : 5);
  Maybe made;
  if (pick == 0 || pick == 1) {
    const Text day = date(scope, 0);
    return {(day.level == Level::kPath ? day.text : "today") + "'s month", Level::kPath, 0};
  }
  if (pick == 5) {
    const Text amount = fit(number(scope, Unit::kMonth, depth - 1), 0);
    return {at(month(scope, depth - 1), Level::kProduct) + random_.one_of({" + ", " - "}) +
                at(amount, Level::kProduct),
            Level::kSum, 0};
  }
  if (pick == 6) {
    if (const auto when = time(scope, true, depth - 1))
      return {random_.one_of({"first day in ", "last day in "}) + at(*when, Level::kPrimary),
              Level::kPrimary, 0};
  }
  if (pick == 7) made = fold(scope, kMonth, depth);
  if (pick == 8)
    made = random_.percent(50) ? list_fold(scope, kMonth, depth) : if_else(scope, kMonth, depth);
  if (pick == 9 || pick == 4) {
    for (const Variable& variable : scope) {
      if (variable.kind.sort == Sort::kRow && variable.kind.months)
        made = Text{variable.name + random_.one_of({"'s start", "'s end"}), Level::kPath, 0};
    }
  }
  if (!made && pick != 2) made = referred(scope, kMonth, depth);
  return made ? *made : Text{literal_date().substr(0, 7), Level::kLiteral, 0};
}

std::string Expressions::counting() {
  return random_.percent(15) ? std::string(" counting ") +
                                   random_.one_of({"both_days", "calendar_months", "civil_code"})
                             : "";
}

std::string Expressions::window(const Scope& scope, Unit unit, bool of_time, bool gaps, int depth) {
  std::string text;
  if (random_.percent(of_time ? 25 : 100)) text += " from " + date_argument(scope, depth);
  if (random_.percent(40)) text += " to " + date_argument(scope, depth);
  if (gaps && random_.percent(25)) {
    text += " allowing gaps up to " + (random_.percent(50)
                                           ? std::to_string(random_.between(1, 3)) + " months"
                                           : std::to_string(random_.between(1, 60)) + " days");
    if (random_.percent(40)) text += " counting gaps";
  }
  if (random_.percent(20)) text += " beyond " + literal_number(unit).text;
  return text + counting();
}

std::optional<Text> Expressions::time(const Scope& scope, bool months, int depth) {
  const Kind kind{Sort::kTime, Unit::kNone, {}, months};
  const auto pick = random_.below(10);
  if (pick < 3) {
    if (const auto known = referred(scope, kind, depth)) return known;
  }
  if (pick < 5 && depth > 0) {
    const auto left = time(scope, months, depth - 1);
    const auto right = time(scope, months, depth - 1);
    if (left && right) {
      return Text{at(*left, Level::kPrimary) +
                      random_.one_of({" overlapping ", " together with ", " except "}) +
                      at(*right, Level::kPrimary),
                  Level::kFactor, 0};
    }
  }
  if (pick == 5 && depth > 1) {
    if (const auto made = if_else(scope, kind, depth - 1)) return made;
  }
  return covered(scope, months, depth);
}

std::optional<Text> Expressions::covered(const Scope& scope, bool months, int depth) {
  std::vector<std::pair<std::string, const ListSpec*>> rows;
  for (const Subject& subject : subjects(scope, false)) {
    for (const ListSpec& list : vocabulary_.lists) {
      if (list.owner == subject.kind.of && list.months() == months)
        rows.emplace_back(subject.text + "'s " + list.name, &list);
    }
  }
  if (rows.empty()) return std::nullopt;
  const auto& [text, list] = random_.one_of(rows);
  const std::string name = fresh();
  Scope inner = scope;
  inner.push_back({name, {Sort::kRow, Unit::kNone, list->name, list->months()}, 0});
  std::string made = "time covered by " + name + " among " + text;
  if (random_.percent(60)) made += " where " + condition(inner, depth - 1).text;
  return Text{made, Level::kExpression, 0};
}

Expressions::Maybe Expressions::number_measured(const Scope& scope, Unit unit, int depth) {
  if (unit != Unit::kMonth && unit != Unit::kDay) return std::nullopt;
  const bool months = unit == Unit::kMonth && random_.percent(40);
  const auto when = time(scope, months, depth - 1);
  if (!when) return std::nullopt;
  std::string text = random_.percent(35) ? random_.one_of({"unbroken ", "longest "}) : "";
  const bool chained = !text.empty();
  if (unit == Unit::kDay) {
    text += "days";
  } else {
    text += random_.one_of(
        {"full months", "full months", "full years", "started months", "started years"});
  }
  return Text{
      text + " in " + at(*when, Level::kPrimary) + window(scope, unit, true, chained, depth - 1),
      Level::kFactor, 0};
}

Expressions::Maybe Expressions::number_between(const Scope& scope, Unit unit, int depth) {
  if (unit == Unit::kDay && random_.percent(30)) {
    return Text{at(date(scope, depth - 1), Level::kProduct) + " - " +
                    at(date(scope, depth - 1), Level::kProduct),
                Level::kSum, 0};
  }
  if (unit == Unit::kMonth && random_.percent(20)) {
    return Text{at(month(scope, depth - 1), Level::kProduct) + " - " +
                    at(month(scope, depth - 1), Level::kProduct),
                Level::kSum, 0};
  }
  if (unit != Unit::kDay && unit != Unit::kMonth) return std::nullopt;
  const std::string word =
      unit == Unit::kDay
          ? "days"
          : random_.one_of({"full months", "full years", "started months", "started years"});
  return Text{word + window(scope, unit, false, false, depth - 1), Level::kFactor, 0};
}

}  // namespace juzhu::generated
