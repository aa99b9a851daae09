// Reforms, limits and properties: what speaks of the rest of a rulebook.
#include "program_writer.h"

namespace juzhu::generated {

namespace {
const Kind kPerson{Sort::kMember, Unit::kNone, "person", false};
}  // namespace

std::string ProgramWriter::amendment(const ServiceSpec& service, const RuleSpec& rule) {
  // The amended rule's own word for its member still stands, so that `person` may mean that one.
  Scope scope{{"person", {Sort::kMember, Unit::kNone, "nobody", false}, 0}};
  std::vector<std::string> parts;
  if (random_.percent(85)) {
    parts.push_back(for_each(scope, 15));
    parts.push_back((random_.percent(30) ? "unless " : "when ") +
                    expressions_.condition(scope, 2).text);
  }
  if (random_.percent(15))
    parts.push_back((random_.percent(50) ? "grants " : "denies ") + service.name);
  if (random_.percent(20)) parts.push_back(cites());
  if (random_.percent(15)) parts.push_back("in force at " + place());
  if (parts.empty()) parts.emplace_back("note \"A text\"");
  return joined("amends " + rule.name + " {", parts) + " }";
}

std::string ProgramWriter::addition(const ServiceSpec& service, const std::string& name) {
  if (random_.percent(20)) {
    const ParameterSpec* parameter =
        known_.parameters.empty() ? nullptr : &random_.one_of(known_.parameters);
    int scale = parameter == nullptr ? 0 : parameter->scale;
    if (parameter != nullptr && parameter->kind.unit != Unit::kYuan) {
      const std::string value = parameter_literal(parameter->kind, scale);
      if (scale <= parameter->scale)
        return "parameter " + parameter->name + " at " + place() + " from 2023-05-01: " + value;
    }
  }
  Scope scope;
  const std::size_t number = rule_count_++;
  std::vector<std::string> parts{for_each(scope, 20), cites(),
                                 random_.one_of({"grants ", "denies "}) + service.name,
                                 "when " + expressions_.condition(scope, 2).text};
  return joined("rule " + named("r" + name + std::to_string(number), "增" + zh_number(number)),
                parts);
}

std::string ProgramWriter::change(const ServiceSpec& service, const std::string& name) {
  const RuleSpec& rule = random_.one_of(service.rules);
  const auto pick = random_.below(6);
  if (pick == 0 && !known_.parameters.empty()) {
    const ParameterSpec& parameter = random_.one_of(known_.parameters);
    int scale = parameter.scale;
    const std::string value = parameter_literal(parameter.kind, scale);
    if (scale <= parameter.scale)
      return "sets " + parameter.name + (random_.percent(40) ? " at " + place() : "") + " to " +
             value;
  }
  if (pick == 1) return "repeals " + rule.name + (random_.percent(30) ? " at " + place() : "");
  if (pick == 2 && !rule.conditions.empty())
    return "drops " + rule.name + " { " + rule.conditions.front() + " }";
  if (pick == 3) return "adds { " + addition(service, name) + " }";
  return amendment(service, rule);
}

void ProgramWriter::reform() {
  const ServiceSpec& service = random_.one_of(services_);
  const std::size_t number = known_.reforms.size();
  const std::string name = "f" + std::to_string(number);
  const Known later = known_;
  known_ = service.known;
  std::vector<std::string> parts;
  for (const std::string& remark : remarks()) {
    if (!remark.starts_with("counting")) parts.push_back(remark);
  }
  if (random_.percent(50)) parts.push_back("from " + start(2));
  if (!later.reforms.empty() && random_.percent(50)) {
    parts.push_back("on top of " + later.reforms.front());
    if (later.reforms.size() > 1) parts.back() += ", " + later.reforms.back();
  }
  parts.push_back(change(service, name));
  if (random_.percent(25)) parts.push_back("adds { " + addition(service, name + "x") + " }");
  known_ = later;
  declarations_.push_back(
      joined("reform " + named(name, "改革" + zh_number(number)) + maybe_text(), parts));
  known_.reforms.push_back(name);
}

void ProgramWriter::limit() {
  std::vector<std::string> parts = remarks();
  parts.push_back(cites());
  if (random_.percent(15)) parts.push_back("in force at " + place() + " from " + start(1));
  const std::string head = "limit " + named("m0", "限制一") + maybe_text();
  if (known_.parameters.empty() || random_.percent(40)) {
    if (random_.percent(70)) parts.push_back("binds " + random_.one_of(known_.services));
    std::string facts = random_.one_of(vocabulary_.facts).name;
    if (facts == "where") facts = "born";  // a word of the language is a name behind 's alone
    if (!vocabulary_.lists.empty() && random_.percent(50))
      facts += ", " + random_.one_of(vocabulary_.lists).name;
    parts.push_back("must not rest on { " + facts + " }");
    declarations_.push_back(joined(head, parts));
    return;
  }
  const ParameterSpec& parameter = random_.one_of(known_.parameters);
  parts.push_back("binds " + parameter.name);
  Scope scope;
  if (random_.percent(50)) {
    scope.push_back({"city", {Sort::kPlace, Unit::kNone, {}, false}, 0});
    parts.push_back("for each city" +
                    (random_.percent(60)
                         // in brackets: `at most …` may stand behind it
                         ? " where all of { " + expressions_.condition(scope, 1).text + " }"
                         : std::string()));
  }
  int scale = 9;
  const std::string value = parameter_literal(parameter.kind, scale);
  if (parameter.kind.sort == Sort::kNumber && random_.percent(75)) {
    parts.push_back(random_.one_of({"at most ", "at least ", "over ", "under "}) + value);
  } else {
    parts.push_back("must be " + value);
  }
  declarations_.push_back(joined(head, parts));
}

std::string ProgramWriter::binders(Scope& scope) {
  scope.push_back({"person", kPerson, 0});
  std::string text = "for each person";
  if (random_.percent(30)) text += " where " + expressions_.condition(scope, 1).text;
  if (!random_.percent(40)) return text;
  const Kind persons{Sort::kMemberSet, Unit::kNone, "person", false};
  const auto among = expressions_.value(scope, persons, 0);
  if (!among) return text;
  const std::string name = expressions_.fresh();
  text += "\n  for each " + name + " among " + expressions_.at(*among, Level::kSum);
  scope.push_back({name, kPerson, 0});
  if (random_.percent(30)) text += " where " + expressions_.condition(scope, 0).text;
  return text;
}

void ProgramWriter::property() {
  Scope scope;
  std::vector<std::string> parts = remarks();
  parts.push_back(binders(scope));  // one may name those before it: they keep their order
  if (random_.percent(15)) parts.push_back("in force at " + place() + " from " + start(1));
  if (random_.percent(20)) parts.push_back("known to fail " + text_in_quotes(random_));
  std::vector<std::string> raised;
  for (const FactSpec& fact : vocabulary_.facts) {
    if (fact.owner == "person" &&
        (fact.kind.sort == Sort::kTruth || fact.kind.sort == Sort::kNumber))
      raised.push_back("person's " + fact.name);
  }
  for (const ListSpec& list : vocabulary_.lists) {
    if (list.owner == "person") raised.push_back("person's " + list.name);
  }
  std::string says;
  const auto pick = random_.below(3);
  if (pick == 0 && !raised.empty()) {
    says = "raising " + random_.one_of(raised) + " never lowers ";
    if (random_.percent(60))
      says += "person's " + random_.one_of(known_.services);
    else
      says += expressions_.number(scope, Unit::kPoint, 1).text;
  } else if (pick == 1) {
    says = "whenever " + expressions_.condition(scope, 1).text + "\n  then " +
           expressions_.condition(scope, 2).text;
  } else {
    says = "always " + expressions_.condition(scope, 2).text;
  }
  declarations_.push_back(joined("property " + named("y0", "性质一") + maybe_text(), parts) +
                          "\n  " + says);
}

}  // namespace juzhu::generated
