// Names and what is common to all kinds of expressions.
#include "expressions.h"

#include <algorithm>

namespace juzhu::generated {

Text Expressions::Reference::text() const {
  return {subject.empty() ? rest : subject + "'s " + rest, level, scale};
}

std::string Expressions::at(const Text& text, Level level) {
  const bool needed = text.level > level;
  return needed || random_.percent(3) ? "(" + text.text + ")" : text.text;
}

Text Expressions::first_that_fits(const std::vector<Production>& productions, const Scope& scope,
                                  int depth, const Text& otherwise) {
  for (int attempt = 0; attempt < 4; ++attempt) {
    const Production production = random_.one_of(productions);
    if (const Maybe made = (this->*production)(scope, depth)) return *made;
  }
  return otherwise;
}

std::string Expressions::fresh() { return "v" + std::to_string(++bound_); }

Text Expressions::fit(Text number, int scale) {
  if (number.scale <= scale) return number;
  const std::string mode = random_.one_of(
      {std::string(" half_up"), std::string(" half_even"), std::string(" down"), std::string(" up"),
       std::string(" floor"), std::string(" ceiling"), std::string()});
  const bool path = number.level <= Level::kPrimary;
  return {(path ? number.text : "(" + number.text + ")") + " rounded" + mode + " to " +
              std::to_string(scale) + (scale == 1 ? " decimal" : " decimals"),
          Level::kProduct, scale};
}

std::vector<Expressions::Subject> Expressions::subjects(const Scope& scope, bool one_hop) {
  std::vector<Subject> found{{"household", {Sort::kMember, Unit::kNone, "household", false}}};
  for (const Variable& variable : scope) {
    if (variable.kind.sort == Sort::kMember || variable.kind.sort == Sort::kRow)
      found.push_back({variable.name, variable.kind});
  }
  if (!one_hop) return found;
  const std::size_t direct = found.size();
  for (std::size_t i = 0; i < direct; ++i) {
    for (const FactSpec& fact : vocabulary_.facts) {
      if (fact.kind.sort == Sort::kMember && fact.owner == found[i].kind.of)
        found.push_back({found[i].text + "'s " + fact.name, fact.kind});
    }
  }
  return found;
}

std::string Expressions::argument(const Text& text) {
  const bool plain = text.level <= Level::kLiteral && !random_.percent(25);
  return plain ? text.text : "(" + text.text + ")";
}

std::optional<Expressions::Reference> Expressions::call(const Scope& scope,
                                                        const DefinitionSpec& definition,
                                                        const std::vector<Subject>& all,
                                                        int depth) {
  Reference reference{"", definition.name, Level::kPath, definition.scale};
  if (definition.subject) {
    std::vector<Subject> fitting;
    for (const Subject& subject : all) {
      if (subject.kind == definition.subject->kind) fitting.push_back(subject);
    }
    if (fitting.empty()) return std::nullopt;
    reference.subject = random_.one_of(fitting).text;
  }
  if (definition.with) {
    auto given = value(scope, definition.with->kind, std::min(depth - 1, 1));
    if (!given) return std::nullopt;
    if (definition.with->kind.sort == Sort::kNumber) given = fit(*given, definition.with->scale);
    reference.rest += " with " + argument(*given);
  }
  if (definition.in) reference.rest += " in " + argument(place(scope, std::min(depth - 1, 1)));
  if (definition.on) reference.rest += " on " + date_argument(scope, std::min(depth - 1, 1));
  reference.rest += under_reform();
  if (reference.rest != definition.name) reference.level = Level::kPrimary;
  return reference;
}

std::string Expressions::under_reform() {
  if (known_.reforms.empty() || !random_.percent(20)) return {};
  return " under reform " + random_.one_of(known_.reforms);
}

std::vector<Expressions::Reference> Expressions::of_scores(const std::vector<Subject>& subjects,
                                                           const Kind& kind) const {
  std::vector<Reference> found;
  for (const Subject& subject : subjects) {
    if (subject.kind.sort != Sort::kMember || subject.kind.of != "person") continue;
    for (const ScoreSpec& score : known_.scores) {
      // Behind `has` no second property may stand, so that these have no subject of their own.
      const std::string total = subject.text + "'s " + score.name;
      if (kind == Kind{Sort::kNumber, Unit::kPoint, {}, false})
        found.push_back({"", total, Level::kPath, score.scale});
      for (const ScoreSpec::Part& part : score.parts) {
        if (part.kind == kind)
          found.push_back({"", total + "'s " + part.name, Level::kPath, part.scale});
      }
    }
  }
  return found;
}

std::optional<Expressions::Reference> Expressions::reference(const Scope& scope, const Kind& kind,
                                                             int depth) {
  const std::vector<Subject> all = subjects(scope, random_.percent(25));
  std::vector<Reference> plain;
  for (const Variable& variable : scope) {
    if (variable.kind == kind) plain.push_back({"", variable.name, Level::kPath, variable.scale});
  }
  for (const Subject& subject : all) {
    for (const FactSpec& fact : vocabulary_.facts) {
      if (fact.kind == kind && fact.owner == subject.kind.of)
        plain.push_back({subject.text, fact.name, Level::kPath, fact.scale});
    }
  }
  for (const Reference& each : of_scores(all, kind))
    plain.push_back(each);
  std::vector<const DefinitionSpec*> definitions;
  for (const DefinitionSpec& definition : known_.definitions) {
    if (definition.kind == kind) definitions.push_back(&definition);
  }
  std::vector<const ParameterSpec*> parameters;
  for (const ParameterSpec& parameter : known_.parameters) {
    if (parameter.kind == kind) parameters.push_back(&parameter);
  }
  const std::size_t count = plain.size() + 2 * definitions.size() + parameters.size();
  if (count == 0) return std::nullopt;
  const std::size_t pick = random_.below(count);
  if (pick < plain.size()) return plain[pick];
  if (pick < plain.size() + parameters.size()) {
    const ParameterSpec& parameter = *parameters[pick - plain.size()];
    Reference reference{"", parameter.name, Level::kPath, parameter.scale};
    if (random_.percent(20)) reference.rest += " in " + argument(place(scope, 0));
    if (random_.percent(20)) reference.rest += " on " + date_argument(scope, 0);
    reference.rest += under_reform();
    if (reference.rest != parameter.name) reference.level = Level::kPrimary;
    return reference;
  }
  return call(scope, *random_.one_of(definitions), all, depth);
}

Expressions::Maybe Expressions::referred(const Scope& scope, const Kind& kind, int depth) {
  const auto found = reference(scope, kind, depth);
  return found ? Maybe(found->text()) : std::nullopt;
}

std::optional<Expressions::Collection> Expressions::collection(const Scope& scope, int depth) {
  std::vector<Collection> found;
  for (const std::string& entity : vocabulary_.entities) {
    // Where the noun is bound it means the one member.
    const bool bound = std::any_of(scope.begin(), scope.end(),
                                   [&](const Variable& each) { return each.name == entity; });
    if (!bound) found.push_back({entity, {Sort::kMember, Unit::kNone, entity, false}});
  }
  const ChoiceSpec& choice = random_.one_of(vocabulary_.choices);
  found.push_back({choice.name, {Sort::kChoice, Unit::kNone, choice.name, false}});
  for (const std::string of : {"person", "colour"}) {
    const bool members = of == "person";
    const Kind set{members ? Sort::kMemberSet : Sort::kChoiceSet, Unit::kNone, of, false};
    if (const auto sets = referred(scope, set, depth))
      found.push_back(
          {sets->text, {members ? Sort::kMember : Sort::kChoice, Unit::kNone, of, false}});
  }
  for (const Subject& subject : subjects(scope, random_.percent(20))) {
    for (const ListSpec& list : vocabulary_.lists) {
      if (list.owner != subject.kind.of) continue;
      Collection rows{subject.text + "'s " + list.name,
                      {Sort::kRow, Unit::kNone, list.name, list.months()}};
      if (random_.percent(35)) rows.text += " on " + date_argument(scope, 0);
      found.push_back(rows);
      found.push_back(rows);
    }
  }
  return random_.one_of(found);
}

std::string Expressions::where(const Scope& scope, int depth) {
  return random_.percent(75) ? " where " + condition(scope, depth).text : "";
}

Expressions::Maybe Expressions::if_else(const Scope& scope, const Kind& kind, int depth) {
  const auto then = value(scope, kind, depth - 1);
  const auto otherwise = value(scope, kind, depth - 1);
  if (!then || !otherwise) return std::nullopt;
  return Text{"if " + condition(scope, depth - 1).text + " then " + then->text + " otherwise " +
                  otherwise->text,
              Level::kExpression, std::max(then->scale, otherwise->scale)};
}

Expressions::Maybe Expressions::or_if_none(const Scope& scope, const Kind& kind, int depth) {
  const auto first = value(scope, kind, depth - 1);
  const auto instead = value(scope, kind, depth - 1);
  if (!first || !instead) return std::nullopt;
  return Text{at(*first, Level::kSum) + " or if none " + at(*instead, Level::kSum),
              Level::kComparison, std::max(first->scale, instead->scale)};
}

Expressions::Maybe Expressions::fold(const Scope& scope, const Kind& kind, int depth) {
  const auto over = collection(scope, depth - 1);
  if (!over) return std::nullopt;
  const std::string name = fresh();
  Scope inner = scope;
  inner.push_back({name, over->element, 0});
  const auto element = value(inner, kind, depth - 1);
  if (!element) return std::nullopt;
  std::vector<std::string> words{"highest of ", "lowest of "};
  if (kind.sort == Sort::kNumber) words.emplace_back("sum of ");
  if (kind.sort != Sort::kNumber) words = {"earliest of ", "latest of "};
  const std::string condition = where(inner, depth - 1);
  Text made{random_.one_of(words) + at(*element, Level::kSum) + " for " + name + " among " +
                over->text + condition,
            Level::kExpression, element->scale};
  const auto instead = value(scope, kind, 0);
  if (!instead || !random_.percent(60)) return made;
  if (!condition.empty()) {
    // It would be read as that of the condition.
    return Text{"(" + made.text + ") or if none " + at(*instead, Level::kSum), Level::kComparison,
                std::max(made.scale, instead->scale)};
  }
  made.text += " or if none " + at(*instead, Level::kSum);
  made.scale = std::max(made.scale, instead->scale);
  return made;
}

Expressions::Maybe Expressions::list_fold(const Scope& scope, const Kind& kind, int depth) {
  std::string text = kind.sort == Sort::kNumber
                         ? random_.one_of({"highest of { ", "lowest of { "})
                         : random_.one_of({"earliest of { ", "latest of { "});
  Text made{text, Level::kPrimary, 0};
  const std::size_t count = 1 + random_.below(3);
  for (std::size_t i = 0; i < count; ++i) {
    const auto each = value(scope, kind, depth - 1);
    if (!each) return std::nullopt;
    made.text += (i == 0 ? "" : "; ") + each->text;
    made.scale = std::max(made.scale, each->scale);
  }
  made.text += " }";
  return made;
}

std::optional<Text> Expressions::value(const Scope& scope, const Kind& kind, int depth) {
  switch (kind.sort) {
    case Sort::kTruth:
      return condition(scope, depth);
    case Sort::kNumber:
      return number(scope, kind.unit, depth);
    case Sort::kDate:
      return date(scope, depth);
    case Sort::kMonth:
      return month(scope, depth);
    case Sort::kChoice:
      return choice(scope, kind.of, depth);
    case Sort::kChoiceSet:
      return choice_set(scope, kind.of, depth);
    case Sort::kPlace:
      return place(scope, depth);
    case Sort::kText:
      return text(scope);
    case Sort::kMember:
      return member(scope, kind.of, depth);
    case Sort::kMemberSet:
      return member_set(scope, kind.of);
    case Sort::kTime:
      return time(scope, kind.months, depth);
    case Sort::kRow:
    case Sort::kRows:
      return referred(scope, kind, depth);
  }
  return std::nullopt;
}

Text Expressions::choice(const Scope& scope, const std::string& of, int depth) {
  const Kind kind{Sort::kChoice, Unit::kNone, of, false};
  const auto pick = random_.below(depth > 0 ? 8 : 4);
  Maybe made;
  if (pick == 7) made = if_else(scope, kind, depth);
  if (pick == 6) made = or_if_none(scope, kind, depth);
  if (pick != 0 && !made) made = referred(scope, kind, depth);
  if (made) return *made;
  return {random_.one_of(vocabulary_.choice(of).options).first, Level::kPath, 0};
}

Text Expressions::choice_set(const Scope& scope, const std::string& of, int depth) {
  const Kind kind{Sort::kChoiceSet, Unit::kNone, of, false};
  const auto pick = random_.below(10);
  if (pick == 0) return {of, Level::kPath, 0};
  if (pick < 6) {
    if (const auto made = referred(scope, kind, depth)) return *made;
  }
  if (pick == 6 && depth > 0) {
    if (const auto made = if_else(scope, kind, depth)) return *made;
  }
  std::string text = "{ " + choice(scope, of, 0).text;
  if (random_.percent(50)) text += ", " + choice(scope, of, 0).text;
  return {text + " }", Level::kPrimary, 0};
}

Text Expressions::place(const Scope& scope, int depth) {
  const Kind kind{Sort::kPlace, Unit::kNone, {}, false};
  const auto pick = random_.below(depth > 0 ? 12 : 9);
  Maybe made;
  if (pick == 11) made = if_else(scope, kind, depth);
  if (pick == 10) made = or_if_none(scope, kind, depth);
  if (pick == 9 || pick == 8 || pick == 7) made = referred(scope, kind, depth);
  if (pick == 6 || pick == 5) {
    Text base{"here", Level::kPath, 0};
    if (const auto fact = referred(scope, kind, 0); fact && fact->level == Level::kPath)
      base = *fact;
    base.text += random_.one_of({"'s city", "'s county", "'s province"});
    made = base;
  }
  if (pick == 4) made = Text{"here", Level::kPath, 0};
  return made ? *made : Text{random_.one_of(vocabulary_.places), Level::kPath, 0};
}

Text Expressions::text(const Scope& scope) {
  const auto made = referred(scope, {Sort::kText, Unit::kNone, {}, false}, 0);
  if (made && random_.percent(60)) return *made;
  return {random_.one_of({"\"Bao\"", "\"Lin\"", "“阿宝”"}), Level::kPrimary, 0};
}

std::optional<Text> Expressions::member(const Scope& scope, const std::string& entity, int depth) {
  const Kind kind{Sort::kMember, Unit::kNone, entity, false};
  if (depth > 1 && random_.percent(15)) {
    if (const auto made = if_else(scope, kind, depth - 1)) return made;
  }
  return referred(scope, kind, depth);
}

std::optional<Text> Expressions::member_set(const Scope& scope, const std::string& entity) {
  const auto known = referred(scope, {Sort::kMemberSet, Unit::kNone, entity, false}, 0);
  if (known && random_.percent(60)) return known;
  const auto one = member(scope, entity, 0);
  if (!one) return known;
  std::string text = "{ " + one->text;
  if (const auto other = member(scope, entity, 0); other && random_.percent(40))
    text += ", " + other->text;
  return Text{text + " }", Level::kPrimary, 0};
}

}  // namespace juzhu::generated
