// Numbers with their units and decimals.
#include <algorithm>

#include "expressions.h"

namespace juzhu::generated {

namespace {
/// More decimals than a product of two results of this size may have are never written.
constexpr int kMaxScale = 4;

const char* unit_word(Random& random, Unit unit) {
  switch (unit) {
    case Unit::kNone:
      return "";
    case Unit::kMonth:
      return random.one_of({"months", "month"});
    case Unit::kDay:
      return random.one_of({"days", "day"});
    case Unit::kYuan:
      return "yuan";
    case Unit::kPoint:
      return random.one_of({"points", "point"});
    case Unit::kLesson:
      return "lessons";
  }
  return "";
}
}  // namespace

Text Expressions::literal_number(Unit unit) {
  const auto with_unit = [&](const std::string& digits, int scale) {
    return Text{digits + " " + unit_word(random_, unit), Level::kPrimary, scale};
  };
  const auto whole = [&](std::int64_t least, std::int64_t greatest) {
    return std::to_string(random_.between(least, greatest));
  };
  switch (unit) {
    case Unit::kNone:
      if (random_.percent(10)) return {"50.0" + whole(0, 2) + "%", Level::kPrimary, 4};
      if (random_.percent(2)) return {"922_337_203_685_477_5807", Level::kPrimary, 0};
      if (random_.percent(2)) return {"1万", Level::kPrimary, 0};
      if (random_.percent(15)) return {"0." + whole(0, 3), Level::kPrimary, 1};
      return {whole(0, 3), Level::kPrimary, 0};
    case Unit::kMonth:
      if (random_.percent(20))
        return {whole(1, 2) + random_.one_of({" years", " year", " years old"}), Level::kPrimary,
                0};
      return with_unit(whole(3, 13), 0);
    case Unit::kDay:
      return with_unit(random_.percent(50) ? whole(88, 91) : whole(1, 40), 0);
    case Unit::kYuan:
      return random_.percent(30) ? with_unit(whole(0, 2), 0) : with_unit("0.0" + whole(0, 3), 2);
    case Unit::kPoint:
      return with_unit(whole(0, 3), 0);
    case Unit::kLesson:
      return with_unit("0." + whole(0, 3), 1);
  }
  return {"0", Level::kPrimary, 0};
}

Text Expressions::number(const Scope& scope, Unit unit, int depth) {
  static const std::vector<NumberProduction> kLeaves = {
      &Expressions::number_literal, &Expressions::number_name, &Expressions::number_name};
  static const std::vector<NumberProduction> kAll = {
      &Expressions::number_name,     &Expressions::number_name,     &Expressions::number_sum,
      &Expressions::number_product,  &Expressions::number_negated,  &Expressions::number_rounded,
      &Expressions::number_chosen,   &Expressions::number_counted,  &Expressions::number_per,
      &Expressions::number_measured, &Expressions::number_measured, &Expressions::number_between};
  const auto& productions = depth > 0 ? kAll : kLeaves;
  for (int attempt = 0; attempt < 4; ++attempt) {
    const NumberProduction production = random_.one_of(productions);
    const Maybe made = (this->*production)(scope, unit, depth);
    if (made && made->scale <= kMaxScale) return *made;
  }
  return literal_number(unit);
}

Expressions::Maybe Expressions::number_literal(const Scope& /*scope*/, Unit unit, int /*depth*/) {
  return literal_number(unit);
}

Expressions::Maybe Expressions::number_name(const Scope& scope, Unit unit, int depth) {
  return referred(scope, {Sort::kNumber, unit, {}, false}, depth);
}

Expressions::Maybe Expressions::number_sum(const Scope& scope, Unit unit, int depth) {
  Text made{"", Level::kSum, 0};
  const std::size_t count = 2 + random_.below(2);
  for (std::size_t i = 0; i < count; ++i) {
    const Text term = number(scope, unit, depth - 1);
    made.text += (i == 0 ? "" : random_.one_of({" + ", " - "})) + at(term, Level::kProduct);
    made.scale = std::max(made.scale, term.scale);
  }
  return made;
}

Expressions::Maybe Expressions::number_product(const Scope& scope, Unit unit, int depth) {
  const Text left = number(scope, unit, depth - 1);
  const Text right = number(scope, Unit::kNone, depth - 1);
  return Text{at(left, Level::kFactor) + " * " + at(right, Level::kFactor), Level::kProduct,
              left.scale + right.scale};
}

Expressions::Maybe Expressions::number_negated(const Scope& scope, Unit unit, int depth) {
  const Text of = number(scope, unit, depth - 1);
  return Text{"-" + at(of, Level::kFactor), Level::kFactor, of.scale};
}

Expressions::Maybe Expressions::number_rounded(const Scope& scope, Unit unit, int depth) {
  const int scale = static_cast<int>(random_.below(3));
  Text of = number(scope, unit, depth - 1);
  if (random_.percent(70)) {
    of = {
        at(of, Level::kFactor) + " / " + at(number(scope, Unit::kNone, depth - 1), Level::kFactor),
        Level::kPrimary, 9};
  } else {
    of = {at(of, Level::kPrimary), Level::kPrimary, 9};
  }
  return fit(of, scale);
}

Expressions::Maybe Expressions::number_chosen(const Scope& scope, Unit unit, int depth) {
  const Kind kind{Sort::kNumber, unit, {}, false};
  switch (random_.below(4)) {
    case 0:
      return if_else(scope, kind, depth);
    case 1:
      return or_if_none(scope, kind, depth);
    case 2:
      return list_fold(scope, kind, depth);
    default:
      return fold(scope, kind, depth);
  }
}

Expressions::Maybe Expressions::number_counted(const Scope& scope, Unit unit, int depth) {
  if (unit != Unit::kNone) return std::nullopt;
  if (random_.percent(25)) {
    const Text day = date(scope, 0);
    const Text base = day.level == Level::kPath ? day : Text{"today", Level::kPath, 0};
    return Text{base.text + "'s year", Level::kPath, 0};
  }
  const auto over = collection(scope, depth - 1);
  if (!over) return std::nullopt;
  const std::string name = fresh();
  Scope inner = scope;
  inner.push_back({name, over->element, 0});
  std::string text = "count of " + name + " among " + over->text;
  if (random_.percent(80)) text += " where " + condition(inner, depth - 1).text;
  return Text{text, Level::kExpression, 0};
}

/// `0.1 points per full 2 months in …`: of a time, of a quantity, or of the days between two days.
Expressions::Maybe Expressions::number_per(const Scope& scope, Unit unit, int depth) {
  const Text rate = literal_number(unit);
  const Unit counted =
      random_.one_of({Unit::kMonth, Unit::kMonth, Unit::kDay, Unit::kLesson, Unit::kYuan});
  const bool whole = random_.percent(75);
  const bool rounded = !whole && random_.percent(50);
  std::string text = rate.text + " per ";
  const bool calendar = counted == Unit::kMonth || counted == Unit::kDay;
  Maybe when = calendar && random_.percent(60)
                   ? time(scope, counted == Unit::kMonth && random_.percent(40), depth - 1)
                   : Maybe();
  const bool unbroken = when && random_.percent(30);
  if (unbroken) text += "unbroken ";
  if (whole) text += random_.one_of({"full ", "started "});
  if ((whole || rounded) && random_.percent(50))
    text += std::to_string(random_.percent(5) ? 0 : random_.between(1, 6)) + " ";
  text += counted == Unit::kMonth && (whole || rounded) && random_.percent(30)
              ? "year"
              : unit_word(random_, counted);
  int scale = 0;
  if (when) {
    text += " in " + at(*when, Level::kPrimary) + window(scope, counted, true, unbroken, depth - 1);
  } else if (calendar && random_.percent(50)) {
    text += window(scope, counted, false, false, depth - 1);
    if (text.find(" from ") == std::string::npos) return std::nullopt;
  } else {
    const Text quantity = number(scope, counted, depth - 1);
    scale = quantity.scale;
    text += " in " + at(quantity, Level::kPrimary);
    if (random_.percent(30)) text += " beyond " + literal_number(counted).text;
    if (counted == Unit::kYuan) scale = std::max(scale, 2);
    if (counted == Unit::kLesson) scale = std::max(scale, 1);
  }
  if (whole) return Text{text, Level::kFactor, rate.scale};
  if (rounded) return Text{text + " rounded to 1 decimal", Level::kProduct, rate.scale + 1};
  return Text{text, Level::kFactor, rate.scale + scale};
}

}  // namespace juzhu::generated
