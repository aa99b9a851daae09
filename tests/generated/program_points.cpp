// Scores, definitions by clauses, and allocations.
#include <algorithm>
#include <regex>

#include "program_writer.h"

namespace juzhu::generated {

namespace {
const Kind kPoints{Sort::kNumber, Unit::kPoint, {}, false};
const Kind kCount{Sort::kNumber, Unit::kNone, {}, false};
}  // namespace

Text ProgramWriter::fitted(const Scope& scope, const Kind& kind, int most, int depth) {
  Text made = *expressions_.value(scope, kind, depth);
  if (kind.sort == Sort::kNumber && made.scale > most) {
    const bool loose = made.level == Level::kExpression;
    made = expressions_.fit(loose ? Text{"(" + made.text + ")", Level::kPrimary, made.scale} : made,
                            most);
  }
  return made;
}

/// The values of a definition, an exception over each.
std::string ProgramWriter::clauses(const Scope& scope, const Kind& kind, int most) {
  std::string text;
  std::vector<std::string> names;
  const std::size_t count = 1 + random_.below(3);
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t number = part_count_++;
    std::vector<std::string> parts = remarks();
    if (random_.percent(30)) parts.push_back(cites());
    if (random_.percent(15))
      parts.push_back("in force" + (random_.percent(50) ? " at " + place() : std::string()) +
                      " from " + start(1) + (random_.percent(30) ? " to 2024" : ""));
    if (!names.empty() && random_.percent(60))
      parts.push_back("overrides " + random_.one_of(names));
    const std::string name = "c" + std::to_string(number);
    text += joined("\n    clause " + named(name, "条款" + zh_number(number)), parts) + ": " +
            fitted(scope, kind, most, 1).text;
    if (i > 0 || random_.percent(50)) text += " when " + expressions_.condition(scope, 1).text;
    if (random_.percent(20)) text += " unless " + expressions_.condition(scope, 1).text;
    names.push_back(name);
  }
  if (random_.percent(50)) text += "\n    otherwise " + fitted(scope, kind, most, 1).text;
  return text;
}

std::string ProgramWriter::part_name(const std::string& name, const std::string& zh) {
  const std::size_t number = part_count_++;
  return named(name + std::to_string(number), zh + zh_number(number));
}

/// Points, or a bare number, which is points here.
std::string ProgramWriter::points(const Scope& scope, int& scale) {
  if (random_.percent(20)) {
    if (const auto table = expressions_.table(scope, kPoints, 2)) {
      scale = table->scale;
      return table->text;
    }
  }
  const Text made = fitted(scope, random_.percent(15) ? kCount : kPoints, 2, 2);
  scale = made.scale;
  return made.text;
}

std::string ProgramWriter::caps(const Scope& scope, int& scale) {
  std::string text;
  const auto bound = [&] {
    const Text made = random_.percent(70) ? expressions_.literal_number(Unit::kPoint)
                                          : fitted(scope, kPoints, 1, 0);
    scale = std::max(scale, made.scale);
    return expressions_.at(made, Level::kSum);
  };
  if (random_.percent(30)) text += " capped at " + bound();
  if (random_.percent(20)) text += " not below " + bound();
  return text;
}

std::string ProgramWriter::item(const Scope& scope, ScoreSpec& spec) {
  std::string text = "item " + part_name("i", "项");
  const std::string name = "i" + std::to_string(part_count_ - 1);
  text += maybe_text();
  if (random_.percent(20)) text += " " + cites();
  for (const std::string& remark : remarks())
    text += " " + remark;
  int scale = 0;
  text += ": " + points(scope, scale);
  if (random_.percent(50)) text += "\n    when " + expressions_.condition(scope, 1).text;
  text += caps(scope, scale);
  spec.parts.push_back({name, kPoints, scale});
  spec.scale = std::max(spec.scale, scale);
  return text;
}

std::string ProgramWriter::group(const Scope& scope, ScoreSpec& spec, int depth) {
  std::string text = random_.one_of({"group ", "best of "}) + part_name("u", "组");
  const std::string name = "u" + std::to_string(part_count_ - 1);
  if (random_.percent(20)) text += " " + cites();
  int scale = 0;
  text += caps(scope, scale) + " {";
  spec.scale = std::max(spec.scale, scale);
  const std::size_t count = 1 + random_.below(2);
  for (std::size_t i = 0; i < count; ++i) {
    const bool inner = depth > 0 && random_.percent(20);
    text += "\n    " + (inner ? group(scope, spec, depth - 1) : item(scope, spec));
  }
  spec.parts.push_back({name, kPoints, spec.scale});
  return text + " }";
}

std::string ProgramWriter::let(Scope& scope, ScoreSpec& spec) {
  const std::vector<Kind> kinds = {{},
                                   kCount,
                                   {Sort::kNumber, Unit::kMonth, {}, false},
                                   {Sort::kChoice, Unit::kNone, "band", false},
                                   {Sort::kDate, Unit::kNone, {}, false}};
  const Kind kind = random_.one_of(kinds);
  std::string text = "let " + part_name("k", "令");
  const std::string name = "k" + std::to_string(part_count_ - 1);
  if (random_.percent(20)) text += " " + cites();
  std::optional<Text> value;
  if (random_.percent(25)) value = expressions_.table(scope, kind, 2);
  if (!value || value->scale > 2) value = fitted(scope, kind, 2, 2);
  scope.push_back({name, kind, value->scale});
  spec.parts.push_back({name, kind, value->scale});
  return text + ": " + value->text;
}

std::string ProgramWriter::choosing(Scope& scope, ScoreSpec& spec) {
  for (int attempt = 0; attempt < 5; ++attempt) {
    const auto over = expressions_.collection(scope, 0);
    if (!over || (over->element.sort != Sort::kMember && over->element.sort != Sort::kRow))
      continue;
    const std::string name = expressions_.fresh();
    scope.push_back({name, over->element, 0});
    spec.parts.push_back({name, over->element, 0});
    std::string text = "choosing " + name + " among " + over->text;
    if (random_.percent(40)) text += " where " + expressions_.condition(scope, 1).text;
    return text + (random_.percent(40) ? " if any" : "");
  }
  return {};
}

void ProgramWriter::score_version(ScoreSpec& spec, const std::string& head,
                                  const std::string& in_force) {
  Scope scope;
  std::vector<std::string> parts = remarks();
  parts.push_back(for_each(scope, 20, false));
  if (random_.percent(60)) parts.push_back(cites());
  if (!in_force.empty()) parts.push_back(in_force);
  // A later choice may look among what an earlier one has: these keep their order.
  std::string choices;
  const std::size_t choice_count = random_.below(3);
  for (std::size_t i = 0; i < choice_count; ++i) {
    const std::string made = choosing(scope, spec);
    if (!made.empty()) choices += (choices.empty() ? "" : "\n  ") + made;
  }
  if (!choices.empty()) parts.push_back(choices);
  std::vector<std::string> components;
  const std::size_t let_count = random_.below(3);
  for (std::size_t i = 0; i < let_count; ++i)
    components.push_back(let(scope, spec));
  const std::size_t count = 1 + random_.below(3);
  for (std::size_t i = 0; i < count; ++i)
    components.push_back(random_.percent(25) ? group(scope, spec, 1) : item(scope, spec));
  random_.shuffle(components);
  std::string text = joined(head + maybe_text(), parts);
  for (const std::string& component : components)
    text += "\n  " + component;
  if (random_.percent(30)) text += "\n  total" + caps(scope, spec.scale);
  declarations_.push_back(text);
}

void ProgramWriter::score() {
  const std::size_t number = known_.scores.size();
  ScoreSpec spec{"s" + std::to_string(number), 0, {}};
  const std::string head = "score " + named(spec.name, "积分" + zh_number(number));
  const bool versions = random_.percent(15);
  score_version(spec, head, versions ? "in force from " + start(0) : "");
  if (versions) score_version(spec, head, "in force at " + place() + " from " + start(2));
  known_.scores.push_back(spec);
}

namespace {

/// `person's friend's s0`, and not `person's s0`.
bool reads_score_of_another(const std::string& key) {
  static const std::regex kScore("(\\w+)'s s[0-9]");
  for (std::sregex_iterator at(key.begin(), key.end(), kScore), end; at != end; ++at) {
    const std::string owner = (*at)[1];
    if (owner != "person" && owner != "child") return true;
  }
  return false;
}

}  // namespace

std::string ProgramWriter::rank_keys(const Scope& scope) {
  std::string text = "rank by ";
  const std::size_t count = 1 + random_.below(2);
  for (std::size_t i = 0; i < count; ++i) {
    if (i > 0) text += " then by ";
    const auto pick = random_.below(5);
    if (pick == 0) {
      text += expressions_.date(scope, 1).text + random_.one_of({" earliest", " latest"});
    } else if (pick == 1) {
      text += expressions_.month(scope, 0).text + random_.one_of({" earliest", " latest"});
    } else {
      const Unit unit = random_.one_of({Unit::kNone, Unit::kPoint, Unit::kPoint, Unit::kMonth});
      std::string key = expressions_.number(scope, unit, 1).text;
      // A further key decides which parent is chosen where the score is equal; if it read the score
      // of somebody else, whose parent hangs on the same key, the keys would stand on themselves.
      while (i > 0 && reads_score_of_another(key))
        key = expressions_.number(scope, unit, 1).text;
      text += key + random_.one_of({" highest", " lowest"});
    }
    text += " first";
  }
  return text;
}

void ProgramWriter::allocation(const std::string& service, std::size_t number) {
  const std::string name = "a" + std::to_string(number);
  Scope scope{{"person", {Sort::kMember, Unit::kNone, "person", false}, 0}};
  std::string allocates = "allocates " + service + " to each person";
  if (random_.percent(25)) allocates += " where " + expressions_.condition(scope, 1).text;
  std::vector<std::string> parts = remarks();
  parts.push_back(allocates);
  parts.push_back(cites());
  if (random_.percent(15)) parts.push_back("in force at " + place() + " from " + start(1));
  if (random_.percent(50)) parts.push_back("when " + expressions_.condition(scope, 2).text);
  if (random_.percent(40)) {
    const std::vector<Kind> kinds = {
        {Sort::kPlace, Unit::kNone, {}, false}, {Sort::kChoice, Unit::kNone, "band", false}, {}};
    parts.push_back("by " + expressions_.value(scope, random_.one_of(kinds), 1)->text);
  }
  const auto wish_rule = random_.below(4);  // 0, 1: none
  Scope of_seats = scope;
  if (wish_rule > 1) {
    const Kind place{Sort::kPlace, Unit::kNone, {}, false};
    std::string wishes = "wishes school among { " + expressions_.place(scope, 1).text;
    if (random_.percent(60)) wishes += ", " + expressions_.place(scope, 0).text;
    parts.push_back(wishes + " }" + (wish_rule == 2 ? " by wish" : " by rank"));
    of_seats.push_back({"school", place, 0});
  }
  parts.push_back("seats " + (random_.percent(60) ? std::to_string(random_.below(4))
                                                  : fitted(of_seats, kCount, 0, 1).text));
  parts.push_back(rank_keys(scope));
  std::vector<std::string> ties{"ties lottery with seed 7", "ties lottery", "ties admit_all",
                                "ties undecided"};
  if (wish_rule != 3) ties.emplace_back("ties refuse_tied");
  parts.push_back(random_.one_of(ties));
  if (random_.percent(40)) {
    parts.push_back("reserves " + std::string(random_.one_of({"1", "50%", "0", "100%"})) +
                    " for each person where " + expressions_.condition(scope, 1).text +
                    (random_.percent(40) ? " kept" : ""));
  }
  if (random_.percent(20)) parts.emplace_back("open first");
  declarations_.push_back(
      joined("allocation " + named(name, "分配" + zh_number(number)) + maybe_text(), parts));
  overridable_.push_back(name);
}

}  // namespace juzhu::generated
