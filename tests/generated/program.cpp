#include <algorithm>

#include "program_writer.h"

namespace juzhu::generated {

namespace {
const char* const kDigits[] = {"零", "一", "二", "三", "四", "五", "六", "七", "八", "九"};
}  // namespace

std::string zh_number(std::size_t number) {
  std::string text = number >= 10 ? zh_number(number / 10) : std::string();
  return text + kDigits[number % 10];
}

void ProgramWriter::sources() {
  const std::size_t count = 2 + random_.below(3);
  const std::vector<std::string> wide = {"Land",    "Land", "North", "Harbour",
                                         "Harbour", "Quay", "Hill"};
  for (std::size_t i = 0; i < count; ++i) {
    const std::string name = "S" + std::to_string(i);
    std::vector<std::string> parts{
        "level " + std::string(random_.one_of({"law", "regulation", "policy", "local_law",
                                               "local_rule", "local_rule", "practice"})),
        "in force at " + random_.one_of(wide) +
            (random_.percent(10) ? std::string(", Fen") : std::string()) + " from " +
            std::to_string(random_.between(2010, 2023)) +
            (random_.percent(15) ? " to " + std::to_string(random_.between(2024, 2026))
                                 : std::string())};
    if (random_.percent(50)) parts.emplace_back("confidence official");
    if (random_.percent(15)) parts.push_back("title " + text_in_quotes(random_));
    if (random_.percent(15)) parts.emplace_back("document number \"No 7\"");
    declarations_.push_back(joined("source " + named(name, "文件" + zh_number(i)), parts));
    known_.sources.push_back(name);
  }
}

std::string ProgramWriter::joined(const std::string& head, std::vector<std::string> clauses) {
  random_.shuffle(clauses);
  std::string text = head;
  for (const std::string& clause : clauses)
    text += "\n  " + clause;
  return text;
}

std::string ProgramWriter::parameter_literal(const Kind& kind, int& scale) {
  if (kind.sort == Sort::kNumber) {
    Text literal = expressions_.literal_number(kind.unit);
    // Not one at the edge of 64 bits, which the decimals of another value could push over it.
    if (literal.text.size() > 16) literal = {"7", Level::kPrimary, 0};
    scale = std::max(scale, literal.scale);
    return (random_.percent(10) ? "-" : "") + literal.text;
  }
  if (kind.sort == Sort::kDate) return expressions_.literal_date();
  if (kind.sort == Sort::kChoice) return random_.one_of(vocabulary_.choice(kind.of).options).first;
  if (kind.sort == Sort::kPlace) return place();
  return random_.one_of({"yes", "no"});
}

void ProgramWriter::parameters() {
  const std::vector<Kind> kinds = {
      {Sort::kNumber, Unit::kNone, {}, false},     {Sort::kNumber, Unit::kMonth, {}, false},
      {Sort::kNumber, Unit::kMonth, {}, false},    {Sort::kNumber, Unit::kYuan, {}, false},
      {Sort::kNumber, Unit::kDay, {}, false},      {Sort::kDate, Unit::kNone, {}, false},
      {Sort::kChoice, Unit::kNone, "band", false}, {Sort::kPlace, Unit::kNone, {}, false},
      {Sort::kTruth, Unit::kNone, {}, false}};
  const std::size_t count = random_.below(3);
  for (std::size_t i = 0; i < count; ++i) {
    ParameterSpec spec{"p" + std::to_string(i), random_.one_of(kinds), 0};
    if (spec.kind.unit == Unit::kYuan) spec.scale = 2;
    const bool typed = random_.percent(70) || spec.kind.unit == Unit::kYuan;
    std::string text = "parameter " + named(spec.name, "参数" + zh_number(i)) +
                       (typed ? ": " + type_text(spec.kind, 0) : "") + maybe_text();
    if (random_.percent(20)) text += " " + cites();
    const std::size_t versions = 1 + random_.below(3);
    for (std::size_t version = 0; version < versions; ++version) {
      const std::string where = version == 0 ? std::string("Land") : place();
      text += "\n  at " + where +
              (random_.percent(90) || version > 0 ? " from " + start(version) : "") +
              (random_.percent(15) ? " to 2025" : "") + ": " +
              parameter_literal(spec.kind, spec.scale) + (random_.percent(60) ? " " + cites() : "");
    }
    declarations_.push_back(text);
    known_.parameters.push_back(spec);
  }
}

std::string ProgramWriter::type_text(const Kind& kind, int scale) const {
  const std::string decimals =
      scale > 0 ? " to " + std::to_string(scale) + (scale == 1 ? " decimal" : " decimals") : "";
  switch (kind.sort) {
    case Sort::kTruth:
      return "yes/no";
    case Sort::kNumber:
      switch (kind.unit) {
        case Unit::kNone:
          return "number" + decimals;
        case Unit::kMonth:
          return "months" + decimals;
        case Unit::kDay:
          return "days" + decimals;
        case Unit::kYuan:
          return "money";
        case Unit::kPoint:
          return "points" + decimals;
        case Unit::kLesson:
          return "lessons" + decimals;
      }
      return {};
    case Sort::kDate:
      return "date";
    case Sort::kMonth:
      return "calendar_month";
    case Sort::kPlace:
      return "place";
    case Sort::kText:
      return "text";
    case Sort::kTime:
      return "time";
    case Sort::kChoice:
    case Sort::kMember:
      return kind.of;
    case Sort::kChoiceSet:
    case Sort::kMemberSet:
      return "set of " + kind.of;
    case Sort::kRow:
      return vocabulary_.list(kind.of).row;
    case Sort::kRows:
      return {};
  }
  return {};
}

Kind ProgramWriter::definition_kind() {
  const auto pick = random_.below(20);
  if (pick < 6) return {};
  if (pick < 13) {
    return {Sort::kNumber,
            random_.one_of({Unit::kNone, Unit::kNone, Unit::kMonth, Unit::kMonth, Unit::kDay,
                            Unit::kYuan, Unit::kPoint, Unit::kLesson}),
            {},
            false};
  }
  if (pick < 15) return {Sort::kTime, Unit::kNone, {}, random_.percent(40)};
  const std::vector<Kind> others = {{Sort::kDate, Unit::kNone, {}, false},
                                    {Sort::kMonth, Unit::kNone, {}, false},
                                    {Sort::kChoice, Unit::kNone, "band", false},
                                    {Sort::kChoiceSet, Unit::kNone, "colour", false},
                                    {Sort::kPlace, Unit::kNone, {}, false},
                                    {Sort::kText, Unit::kNone, {}, false},
                                    {Sort::kMember, Unit::kNone, "person", false},
                                    {Sort::kMemberSet, Unit::kNone, "person", false}};
  return random_.one_of(others);
}

DefinitionSpec ProgramWriter::definition_head(std::string& head) {
  DefinitionSpec spec;
  const std::size_t number = definition_count_++;
  spec.name = "d" + std::to_string(number);
  spec.kind = definition_kind();
  std::vector<Variable> nouns{{"person", {Sort::kMember, Unit::kNone, "person", false}, 0},
                              {"child", {Sort::kMember, Unit::kNone, "person", false}, 0},
                              {"household", {Sort::kMember, Unit::kNone, "household", false}, 0}};
  if (vocabulary_.entities.size() > 1)
    nouns.push_back({"pet", {Sort::kMember, Unit::kNone, "pet", false}, 0});
  for (const ListSpec& list : vocabulary_.lists)
    nouns.push_back({list.row, {Sort::kRow, Unit::kNone, list.name, list.months()}, 0});
  const std::string own = named(spec.name, "定义" + zh_number(number));
  head = "define " + own;
  if (random_.percent(85)) {
    spec.subject = nouns[random_.percent(60) ? 0 : random_.below(nouns.size())];
    head = "define " + spec.subject->name + "'s " + own;
  }
  if (random_.percent(20)) {
    const std::vector<Variable> with = {
        {"amount", {Sort::kNumber, Unit::kNone, {}, false}, 2},
        {"amount", {Sort::kNumber, Unit::kMonth, {}, false}, 0},
        {"flag", {}, 0},
        {"date", {Sort::kDate, Unit::kNone, {}, false}, 0},
        {"shade", {Sort::kChoice, Unit::kNone, "colour", false}, 0},
        {"other", {Sort::kMember, Unit::kNone, "person", false}, 0},
        {"shades", {Sort::kChoiceSet, Unit::kNone, "colour", false}, 0}};
    spec.with = random_.one_of(with);
    const bool bare = spec.with->name == "date" && random_.percent(50);
    head += " with " + spec.with->name +
            (bare ? "" : ": " + type_text(spec.with->kind, spec.with->scale));
  }
  spec.in = random_.percent(12);
  spec.on = random_.percent(12);
  if (spec.in) head += " in area";
  if (spec.on) head += " on moment";
  return spec;
}

void ProgramWriter::definition_version(const DefinitionSpec& spec, const std::string& head,
                                       const std::string& in_force, bool declared, int& scale) {
  Scope scope;
  if (spec.subject && spec.subject->name != "household") scope.push_back(*spec.subject);
  if (spec.with) scope.push_back(*spec.with);
  if (spec.in) scope.push_back({"area", {Sort::kPlace, Unit::kNone, {}, false}, 0});
  if (spec.on) scope.push_back({"moment", {Sort::kDate, Unit::kNone, {}, false}, 0});
  std::optional<Text> body;
  const bool table = spec.kind.sort != Sort::kTime && spec.kind.sort != Sort::kMemberSet &&
                     spec.kind.sort != Sort::kChoiceSet && random_.percent(25);
  if (table) body = expressions_.table(scope, spec.kind, kDepth);
  const int most = spec.kind.unit == Unit::kYuan ? 2 : scale;
  if (table && body && body->scale > most) body = std::nullopt;
  const bool by_clauses = spec.kind.sort != Sort::kTime && !body && random_.percent(15);
  if (by_clauses) body = Text{clauses(scope, spec.kind, most), Level::kPath, 0};
  if (!body) body = expressions_.value(scope, spec.kind, kDepth);
  if (spec.kind.sort == Sort::kNumber && body->level != Level::kExpression)
    body = expressions_.fit(*body, most);
  if (spec.kind.sort == Sort::kNumber && body->scale > most)
    body = expressions_.fit({"(" + body->text + ")", Level::kPrimary, body->scale}, most);
  std::vector<std::string> parts = remarks();
  if (random_.percent(20)) parts.push_back(cites());
  if (!in_force.empty()) parts.push_back(in_force);
  const int shown = declared ? most : 0;
  declarations_.push_back(joined(head + ": " + type_text(spec.kind, shown) + maybe_text(), parts) +
                          "\n  means " + body->text);
}

void ProgramWriter::definition() {
  std::string head;
  DefinitionSpec spec = definition_head(head);
  const bool number = spec.kind.sort == Sort::kNumber;
  int scale = number ? static_cast<int>(random_.below(3)) : 0;
  // Without decimals that are declared, those of the body hold; then a body has none here, so that
  // what is known of the definition does not depend on it.
  const bool declared = number && scale > 0;
  if (number && !declared) scale = 0;
  if (spec.kind.sort == Sort::kMember || spec.kind.sort == Sort::kMemberSet) {
    // A member needs somebody to start from.
    if (!spec.subject || spec.subject->kind.of != "person") {
      spec.subject = Variable{"person", {Sort::kMember, Unit::kNone, "person", false}, 0};
      spec.with.reset();
      spec.in = spec.on = false;
      head = "define person's " + naming(random_, spec.name, zh_[spec.name]);
    }
  }
  if (spec.kind.sort == Sort::kTime) {
    const auto fits = [&](const ListSpec& list) {
      return list.months() == spec.kind.months &&
             (list.owner == "household" || (spec.subject && spec.subject->kind.of == list.owner));
    };
    if (std::none_of(vocabulary_.lists.begin(), vocabulary_.lists.end(), fits)) return;
  }
  std::string first;
  const bool versions = random_.percent(20);
  if (versions) first = "in force at " + place() + (random_.percent(50) ? " from " + start(0) : "");
  definition_version(spec, head, first, declared, scale);
  if (versions) {
    definition_version(spec, head,
                       "in force from " + start(1) + (random_.percent(20) ? " to 2024" : ""),
                       declared, scale);
  }
  spec.scale = spec.kind.unit == Unit::kYuan ? 2 : scale;
  known_.definitions.push_back(spec);
}

std::string ProgramWriter::for_each(Scope& scope, int chance, bool any_name) {
  const Kind person{Sort::kMember, Unit::kNone, "person", false};
  std::string noun = random_.one_of({"person", "person", "child"});
  std::string text = "for each " + noun;
  const Kind persons{Sort::kMemberSet, Unit::kNone, "person", false};
  const auto among = random_.percent(8) ? expressions_.value({}, persons, 0) : std::nullopt;
  if (among) {
    if (any_name) noun = expressions_.fresh();
    text = "for each " + noun + " among " + expressions_.at(*among, Level::kSum);
  }
  scope.push_back({noun, person, 0});
  if (random_.percent(static_cast<std::size_t>(chance)))
    text += " where " + expressions_.condition(scope, 1).text;
  return text;
}

RuleSpec ProgramWriter::rule(const std::string& service, std::size_t number) {
  const std::string name = "r" + std::to_string(rule_count_);
  RuleSpec made{name, random_.one_of(known_.sources), number == 0 || random_.percent(60), {}};
  const std::string head = "rule " + named(name, "规则" + zh_number(rule_count_++)) + maybe_text();
  const std::size_t versions = random_.percent(10) ? 2 : 1;
  for (std::size_t version = 0; version < versions; ++version) {
    Scope scope;
    std::vector<std::string> clauses = remarks();
    clauses.push_back(for_each(scope, 25));
    if (random_.percent(95))
      clauses.push_back("cites " + made.source + " art " + std::to_string(number + 1));
    if (versions == 2) clauses.push_back("in force from " + start(version + 1));
    if (versions == 1 && random_.percent(15)) {
      clauses.push_back("in force" + (random_.percent(50) ? " at " + place() : std::string()) +
                        " from " + start(1) + (random_.percent(30) ? " to 2024-12-31" : ""));
    }
    clauses.push_back((made.grants ? "grants " : "denies ") + service);
    if (random_.percent(90)) {
      clauses.push_back("when " + expressions_.condition(scope, kDepth).text);
      if (versions == 1) made.conditions.push_back(clauses.back().substr(5));
    }
    if (random_.percent(10)) clauses.push_back("when " + expressions_.condition(scope, 1).text);
    if (random_.percent(15))
      clauses.push_back("unless " + expressions_.condition(scope, kDepth - 1).text);
    if (!overridable_.empty() && random_.percent(made.grants ? 15 : 40))
      clauses.push_back("overrides " + random_.one_of(overridable_));
    declarations_.push_back(joined(head, clauses));
  }
  return made;
}

void ProgramWriter::narrowing(const RuleSpec& narrowed, std::size_t number) {
  Scope scope;
  std::vector<std::string> clauses{for_each(scope, 30), "cites " + narrowed.source,
                                   "narrows " + narrowed.name};
  clauses.push_back("when " + expressions_.condition(scope, kDepth - 1).text);
  declarations_.push_back(joined(
      "rule " + named("n" + std::to_string(rule_count_), "限缩" + zh_number(number)), clauses));
}

void ProgramWriter::gate(const std::string& service, std::size_t number) {
  Scope scope;
  std::vector<std::string> clauses{for_each(scope, 20), cites(), "denies " + service};
  if (random_.percent(10) && !overridable_.empty())
    clauses.push_back("overrides " + random_.one_of(overridable_));
  declarations_.push_back(joined(
      "gate " + named("g" + std::to_string(rule_count_), "闸门" + zh_number(number)), clauses));
}

void ProgramWriter::service(std::size_t index) {
  const std::string name = "q" + std::to_string(index);
  declarations_.push_back("service " + named(name, "服务" + zh_number(index)) + maybe_text() +
                          (random_.percent(10) ? " note " + text_in_quotes(random_) : ""));
  overridable_.clear();
  ServiceSpec made{name, {}, known_};
  const std::size_t count = 1 + random_.below(3);
  for (std::size_t i = 0; i < count; ++i) {
    made.rules.push_back(rule(name, i));
    overridable_.push_back(made.rules.back().name);
  }
  if (random_.percent(25)) allocation(name, index);
  if (random_.percent(25)) narrowing(made.rules.front(), index);
  if (random_.percent(25)) gate(name, index);
  services_.push_back(std::move(made));
  known_.services.push_back(name);
}

Program ProgramWriter::distribute() {
  Program program;
  program.divisions_file = vocabulary_.divisions_file;
  program.zh = vocabulary_.zh;
  program.zh.insert(zh_.begin(), zh_.end());
  program.nouns = vocabulary_.nouns;
  const std::size_t vocabulary_files = 1 + random_.below(2);
  const std::size_t rule_files = 1 + random_.below(2);
  for (std::size_t i = 0; i < vocabulary_files + rule_files; ++i) {
    const bool rules = i >= vocabulary_files;
    program.files.push_back(
        {(rules ? "rules" : "vocabulary") + std::to_string(i) + ".jz",
         rules ? "town.rules" : "town.vocabulary",
         rules ? std::vector<std::string>{"town.vocabulary"} : std::vector<std::string>{},
         {}});
  }
  for (const std::string& declaration : vocabulary_.declarations)
    program.files[random_.below(vocabulary_files)].declarations.push_back(declaration);
  for (const std::string& declaration : declarations_)
    program.files[vocabulary_files + random_.below(rule_files)].declarations.push_back(declaration);
  for (File& file : program.files)
    random_.shuffle(file.declarations);
  return program;
}

std::string File::text() const {
  std::string text = "module " + module + "\n";
  for (const std::string& use : uses)
    text += "use " + use + "\n";
  for (const std::string& declaration : declarations)
    text += declaration + "\n";
  return text;
}

Program write_program(Random& random) { return ProgramWriter(random).write(); }

}  // namespace juzhu::generated
