// What is declared and read by nothing. Only in the files that the user names, and only if they
// hold a rule: a vocabulary or library checked by itself is there to be read by others. A fact that
// scenarios state and nothing asks for is not read.
#include <algorithm>

#include "sema/checker.h"

namespace juzhu::sema {

using ops::Operation;

namespace {

using Indices = std::set<std::uint32_t>;

/// A type's choice, where it has one.
void add_choice(const Type& type, Indices& choices) {
  if (type.choice.valid()) choices.insert(type.choice.index);
}

}  // namespace

void Checker::report_unused(const Bilingual& name, Span span, const Bilingual& kind,
                            Bilingual help) {
  if (!span.file.valid() || !input_.named.contains(span.file.index)) return;
  sink_
      .report(diag::Code::kUnused, span,
              say("nothing uses the {} `{}`", "{} `{}` 没有被用到", kind, name),
              say("not used", "未用"))
      .helps.push_back(std::move(help));
}

Span Checker::choice_span(std::uint32_t choice) const {
  const Bilingual& name = schema_->choices[choice].name;
  const auto known = symbols_.find(name.in(false));
  if (known == symbols_.end()) return {};
  for (const Symbol& symbol : known->second) {
    if (symbol.kind == SymbolKind::kChoice && symbol.index == choice) return symbol.span;
  }
  return {};
}

void Checker::find_unused() {
  const bool has_rules = std::any_of(
      rule_places_.begin(), rule_places_.end(),
      [&](const auto& rule) { return input_.named.contains(rule.first.file->tree->file.index); });
  if (!has_rules) return;
  Indices facts;
  Indices lists;
  Indices choices;
  Indices parameters;
  Indices definitions;
  Indices services;
  for (const Expr& expr : program_.exprs) {
    add_choice(expr.type, choices);
    if (expr.operation == Operation::kFact) facts.insert(expr.a);
    if (expr.operation == Operation::kRows) lists.insert(expr.a);
    if (expr.operation == Operation::kParameter) parameters.insert(expr.a);
    if (expr.operation == Operation::kCall) definitions.insert(expr.a);
    if (expr.operation == Operation::kQuestion) services.insert(expr.a);
  }
  for (const value::Fact& fact : schema_->facts)
    add_choice(fact.type, choices);
  for (const Definition& definition : program_.definitions) {
    add_choice(definition.type, choices);
    for (const LocalId parameter : definition.parameters)
      add_choice(program_[parameter].type, choices);
  }
  for (const Parameter& parameter : program_.parameters)
    add_choice(parameter.type, choices);
  const auto in_use = [&](SymbolKind kind, std::uint32_t index) {
    return needed_.contains({kind, index});
  };
  find_unused_facts(facts, lists);
  for (std::uint32_t i = 0; i < schema_->choices.size(); ++i) {
    if (choices.contains(i) || in_use(SymbolKind::kChoice, i)) continue;
    report_unused(schema_->choices[i].name, choice_span(i), say("choice", "选项类型"),
                  say("take it out, or give a fact this type", "删去，或让某个事实取此类型"));
  }
  for (std::uint32_t i = 0; i < program_.parameters.size(); ++i) {
    if (parameters.contains(i) || in_use(SymbolKind::kParameter, i)) continue;
    report_unused(
        program_.parameters[i].name, program_.parameters[i].name_span, say("parameter", "参数"),
        say("read it where the number stands, or take it out", "在写有该数的地方读取它，或删去"));
  }
  for (std::uint32_t i = 0; i < program_.definitions.size(); ++i) {
    const Definition& definition = program_.definitions[i];
    // A role is a word for members, used or not.
    const bool role =
        std::find(role_tests_.begin(), role_tests_.end(), DefinitionId{i}) != role_tests_.end();
    if (role || definitions.contains(i) || definition.versions.empty()) continue;
    // What a score is made of counts in its total, read by name or not.
    if (definition.score.valid() && program_[definition.score].total.index != i) continue;
    report_unused(definition.name, definition.versions.front().name_span, say("definition", "定义"),
                  say("read it in a rule, or take it out", "在规则中读取它，或删去"));
  }
  for (std::uint32_t i = 0; i < program_.services.size(); ++i) {
    if (services.contains(i) || in_use(SymbolKind::kService, i)) continue;
    report_unused(program_.services[i].name, program_.services[i].name_span, say("service", "服务"),
                  say("add a rule that grants it, or take it out", "加一条准予它的规则，或删去"));
  }
  for (std::uint32_t i = 0; i < program_.sources.size(); ++i) {
    if (in_use(SymbolKind::kSource, i)) continue;
    report_unused(
        program_.sources[i].name, program_.sources[i].name_span, say("source", "文件"),
        say("cite it where it is followed, or take it out", "在依其行事处写明依据，或删去"));
  }
}

void Checker::find_unused_facts(const std::set<std::uint32_t>& facts,
                                const std::set<std::uint32_t>& lists) {
  for (std::uint32_t i = 0; i < schema_->facts.size(); ++i) {
    const value::Fact& fact = schema_->facts[i];
    // The household's place is read for every question.
    if (facts.contains(i) || FactId{i} == schema_->place_fact) continue;
    if (fact.list.valid() && !lists.contains(fact.list.index)) continue;  // told once, as a list
    const auto span = fact_spans_.find(i);
    if (span == fact_spans_.end()) continue;
    report_unused(fact.name, span->second, say("fact", "事实"),
                  say("ask for it in a rule, or take it out", "在规则中读取它，或删去"));
  }
  for (std::uint32_t i = 0; i < schema_->lists.size(); ++i) {
    const auto span = list_spans_.find(i);
    if (lists.contains(i) || span == list_spans_.end()) continue;
    report_unused(schema_->lists[i].name, span->second, say("spells", "时段"),
                  say("ask for them in a rule, or take them out", "在规则中读取，或删去"));
  }
}

}  // namespace juzhu::sema
