// Rules and definitions that can do nothing: their condition never holds, another rule goes before
// them whenever they hold, or a grant holds only where another grants as well.
#include <algorithm>

#include "sema/rulebook_findings.h"

namespace juzhu::sema {

namespace {

bool has(const std::vector<ServiceId>& services, ServiceId service) {
  return std::find(services.begin(), services.end(), service) != services.end();
}

bool covers(const Days& whole, const Days& part) {
  return whole.from <= part.from && part.to <= whole.to;
}

}  // namespace

void RulebookFindings::add_conjuncts(ExprId condition, std::vector<ExprId>& into) const {
  if (!condition.valid()) return;
  const Expr& expr = program_[condition];
  if (expr.operation != ops::Operation::kAll) {
    into.push_back(condition);
    return;
  }
  for (const ExprId part : expr.operands)
    add_conjuncts(part, into);
}

void RulebookFindings::report_never(const Declared& declared, FormulaId formula,
                                    const std::vector<ExprId>& parts, LocalId subject,
                                    const Window& window) {
  if (!boxes_.never_holds(formula, window)) return;
  const Bilingual name = quoted(declared.name);
  diag::Diagnostic& diagnostic =
      sink_.report(diag::Code::kNeverHolds, declared.name_span,
                   say("the condition of {} never holds", "{} 的条件不可能成立", name),
                   say("holds for nobody", "永不成立"));
  diagnostic.helps.push_back(
      say("correct one of the conditions, or take {} out", "改正其中一个条件，或删去 {}", name));
  // The conditions that show it: one alone, else two together; else only all of them.
  ConditionTerms& terms = boxes_.terms();
  const auto formula_of_part = [&](std::size_t i) { return terms.formula(parts[i], subject); };
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (!boxes_.never_holds(formula_of_part(i), window)) continue;
    diagnostic.labels.push_back({program_[parts[i]].span, say("is never true", "不可能成立")});
    return;
  }
  for (std::size_t i = 0; i < parts.size(); ++i) {
    for (std::size_t j = i + 1; j < parts.size(); ++j) {
      if (!boxes_.are_apart(formula_of_part(i), formula_of_part(j), window)) continue;
      diagnostic.labels.push_back({program_[parts[i]].span, say("this", "此条件")});
      diagnostic.labels.push_back(
          {program_[parts[j]].span, say("and this exclude each other", "与此条件互斥")});
      return;
    }
  }
}

void RulebookFindings::find_never_holding() {
  for (const Rule& rule : program_.rules) {
    for (const RuleVersion& version : rule.versions) {
      if (version.reform.valid()) continue;
      std::vector<ExprId> parts;
      add_conjuncts(version.concerns, parts);
      add_conjuncts(version.condition, parts);
      const bool one_place = version.extent.places.size() == 1;
      const Window window{one_place ? version.extent.places.front() : value::kRootPlace,
                          version.extent.from, version.extent.to};
      report_never(version, formula_of(version), parts, version.subject, window);
    }
  }
  for (const Definition& definition : program_.definitions) {
    if (definition.type.kind != value::TypeKind::kBoolean) continue;
    for (const DefinitionVersion& version : definition.versions) {
      if (!version.body.valid()) continue;
      std::vector<ExprId> parts;
      add_conjuncts(version.body, parts);
      const FormulaId formula = boxes_.terms().formula(version.body, {});
      report_never(version, formula, parts, {}, {});
    }
  }
}

const RulebookFindings::Holding* RulebookFindings::masks(const std::vector<Holding>& all,
                                                         const Holding& rule, ServiceId service,
                                                         PlaceNode here) {
  const bool is_given = gives(all, rule, service);
  if (!is_given && !has(rule.version().denies, service))
    return nullptr;  // it lists what others grant
  const Window window{here, rule.days.from, rule.days.to};
  for (const Holding& other : all) {
    const RuleVersion& version = other.version();
    if (is_given ? !has(version.denies, service) : !gives(all, other, service)) continue;
    if (!covers(other.days, rule.days) || narrowed_.contains(other.at.rule.index)) continue;
    if (!boxes_.implies(formula_of(rule.version()), formula_of(version), window)) continue;
    if (beats(all, service, other, rule, rule.days)) return &other;
  }
  return nullptr;
}

const RuleVersion* RulebookFindings::masker_everywhere(const RuleVersion& version) {
  const RuleVersion* masker = nullptr;
  for (const PlaceNode here : places_of_rules()) {
    const std::vector<Holding>& all = holdings(here);
    for (const Holding& each : all) {
      if (each.at.version != &version) continue;
      for (const auto* services : {&version.grants, &version.denies, &version.ranks}) {
        for (const ServiceId service : *services) {
          const Holding* found = masks(all, each, service, here);
          if (found == nullptr) return nullptr;
          masker = found->at.version;
        }
      }
    }
  }
  return masker;
}

void RulebookFindings::find_masked() {
  for (const Rule& rule : program_.rules) {
    for (const RuleVersion& version : rule.versions) {
      if (version.reform.valid()) continue;
      const Window window{value::kRootPlace, version.extent.from, version.extent.to};
      if (boxes_.never_holds(formula_of(version), window)) continue;
      const RuleVersion* masker = masker_everywhere(version);
      if (masker == nullptr) continue;
      const Bilingual name = quoted(rule.name);
      const Bilingual other = quoted(masker->name);
      diag::Diagnostic& diagnostic =
          sink_.report(diag::Code::kMaskedRule, version.name_span,
                       say("{} never decides: whenever it holds, {} holds too and goes before it",
                           "{} 从不起作用：凡符合者必符合优先于它的 {}", name, other),
                       say("never decides{}", "从不起作用{}", by_text(version)));
      diagnostic.labels.push_back(
          {masker->name_span, say("goes before it{}", "优先{}", by_text(*masker))});
      diagnostic.helps.push_back(
          say("let {} ask for more, or take {} out", "收窄 {} 的条件，或删去 {}", other, name));
    }
  }
}

bool RulebookFindings::adds_nothing(const std::vector<Holding>& all, const Holding& rule,
                                    const Holding& other, ServiceId service, PlaceNode here) {
  const Window window{here, rule.days.from, rule.days.to};
  if (other.at.rule == rule.at.rule || !has(other.version().grants, service)) return false;
  if (other.at.place != rule.at.place || !covers(other.days, rule.days)) return false;
  if (narrowed_.contains(other.at.rule.index)) return false;
  // A higher level counts for more, since an answer can be asked of the higher levels alone.
  if (other.version().level > rule.version().level) return false;
  if (!boxes_.implies(formula_of(rule.version()), formula_of(other.version()), window))
    return false;
  // What goes before the other goes before this one, and this one before nothing else.
  return std::all_of(all.begin(), all.end(), [&](const Holding& third) {
    if (!has(third.version().denies, service) || meet(third.days, rule.days).empty()) return true;
    const Days days = meet(third.days, rule.days);
    return (!beats(all, service, third, other, days) || beats(all, service, third, rule, days)) &&
           (!beats(all, service, rule, third, days) || beats(all, service, other, third, days));
  });
}

std::set<std::uint32_t> RulebookFindings::subsumers_everywhere(const RuleVersion& version) {
  std::optional<std::set<std::uint32_t>> found;
  for (const PlaceNode here : places_of_rules()) {
    const std::vector<Holding>& all = holdings(here);
    for (const Holding& each : all) {
      if (each.at.version != &version) continue;
      std::set<std::uint32_t> others;
      for (const Holding& other : all) {
        const bool nothing = std::all_of(
            version.grants.begin(), version.grants.end(),
            [&](ServiceId service) { return adds_nothing(all, each, other, service, here); });
        if (nothing && (!found || found->contains(other.at.rule.index)))
          others.insert(other.at.rule.index);
      }
      found = std::move(others);
      if (found->empty()) return {};
    }
  }
  return found.value_or(std::set<std::uint32_t>{});
}

void RulebookFindings::find_subsumed() {
  std::map<const RuleVersion*, std::set<std::uint32_t>> subsumers;
  for (const Rule& rule : program_.rules) {
    for (const RuleVersion& version : rule.versions) {
      if (version.grants.empty() || !version.denies.empty() || !version.narrows.empty()) continue;
      if (version.reform.valid()) continue;
      const Window window{value::kRootPlace, version.extent.from, version.extent.to};
      if (!boxes_.never_holds(formula_of(version), window))
        subsumers[&version] = subsumers_everywhere(version);
    }
  }
  for (std::uint32_t index = 0; index < program_.rules.size(); ++index) {
    const Rule& rule = program_.rules[index];
    for (const RuleVersion& version : rule.versions) {
      for (const std::uint32_t other : subsumers[&version]) {
        // Of two that say the same the one whose name comes later is told.
        const std::vector<RuleVersion>& others = program_.rules[other].versions;
        const bool mutual = std::any_of(others.begin(), others.end(), [&](const RuleVersion& each) {
          return subsumers[&each].contains(index);
        });
        if (mutual && rule.name.in(false) < program_.rules[other].name.in(false)) continue;
        const Bilingual name = quoted(rule.name);
        const Bilingual wider = quoted(program_.rules[other].name);
        diag::Diagnostic& diagnostic =
            sink_.report(diag::Code::kSubsumedRule, version.name_span,
                         say("{} grants nothing more: whenever it holds, {} holds too",
                             "{} 未增加准予：凡符合者必符合 {}", name, wider),
                         say("adds nobody", "已被涵盖"));
        diagnostic.labels.push_back({others.front().name_span, say("the wider one", "范围更宽")});
        diagnostic.helps.push_back(
            say("leave it if the text names this case apart; else check the conditions",
                "若文件确另列此类，可保留；否则请核对条件"));
        break;
      }
    }
  }
}

}  // namespace juzhu::sema
