// The declarations a plan can rest on, sorted by module, name, place and start, so that errors and
// results have an order that no file order can change.
#include <fmt/format.h>

#include <algorithm>

#include "plan/lower_block.h"
#include "sema/allocations.h"
#include "value/date.h"

namespace juzhu::plan {

Lowering::Lowering(const sema::Program& program, const Scope& scope)
    : program_(program), stack_(scope.stack) {
  plan_.scope = scope;
  plan_.schema = program.schema;
  plan_.measures = program.measures;
  declare_all();
}

Scope Lowering::scope() const {
  Scope scope = plan_.scope;
  scope.stack = stack_;
  return scope;
}

const std::vector<InForce>& Lowering::rules_at(ops::Level lowest_level) {
  auto& known = rules_in_force_[{stack_, lowest_level}];
  if (!known) known = rules_in_force(program_, scope(), lowest_level);
  return *known;
}

bool Lowering::marked_inside(const sema::Remarks& remarks,
                             std::span<const sema::ExprId> roots) const {
  if (sema::is_marked(program_, remarks)) return true;
  std::vector<sema::ExprId> open(roots.begin(), roots.end());
  while (!open.empty()) {
    const sema::ExprId id = open.back();
    open.pop_back();
    if (!id.valid()) continue;
    const auto beside = program_.entry_remarks.find(id);
    if (beside != program_.entry_remarks.end() && sema::is_marked(program_, beside->second))
      return true;
    const auto& operands = program_[id].operands;
    open.insert(open.end(), operands.begin(), operands.end());
  }
  return false;
}

bool Lowering::breaches(sema::Breach::Kind kind, std::uint32_t item, std::uint32_t version) const {
  return std::any_of(
      program_.breaches.begin(), program_.breaches.end(), [&](const sema::Breach& breach) {
        return breach.kind == kind && breach.item == item && breach.version == version &&
               sema::stands_under(program_, breach, plan_.scope.stack) &&
               sema::reaches(breach, plan_.scope.place, plan_.scope.date, program_.schema->places);
      });
}

std::string Lowering::key_of(std::string_view module, const Bilingual& name, const InForce& version,
                             sema::ReformId reform) const {
  const std::string under =
      reform.valid() ? " under reform " + program_[reform].name.in(false) : std::string{};
  return std::string(module) + "/" + name.in(false) + "/" +
         program_.schema->places.path_en(version.place) + "/" + value::date_text(version.from) +
         under;
}

bool Lowering::is_declared(DeclarationKind kind, std::uint32_t item, std::uint32_t version) {
  return !declared_.insert({kind, {item, version}}).second;
}

void Lowering::declare_rules(std::vector<Declaration>& into) {
  for (const InForce& rule : rules_in_force_all_levels(program_, scope())) {
    if (is_declared(DeclarationKind::kRule, rule.item, rule.version)) continue;
    const sema::RuleVersion& version = program_.rules[rule.item].versions[rule.version];
    Declaration declaration;
    declaration.kind = DeclarationKind::kRule;
    if (version.gate) declaration.kind = DeclarationKind::kGate;
    if (!version.gate && !version.narrows.empty()) declaration.kind = DeclarationKind::kNarrowing;
    declaration.key = key_of(version.module, program_.rules[rule.item].name, rule, version.reform);
    declaration.name = program_.rules[rule.item].name;
    declaration.item = rule.item;
    declaration.version = rule.version;
    declaration.level = version.level;
    std::vector<sema::ExprId> roots = sema::read_by_allocation(program_, version);
    roots.insert(roots.end(), {version.concerns, version.condition});
    declaration.marked = marked_inside(version.remarks, roots) ||
                         breaches(sema::Breach::Kind::kRule, rule.item, rule.version);
    into.push_back(std::move(declaration));
  }
}

void Lowering::declare_definitions(std::vector<Declaration>& into) {
  for (std::uint32_t index = 0; index < program_.definitions.size(); ++index) {
    const sema::Definition& definition = program_.definitions[index];
    const auto version = definition_in_force(program_, sema::DefinitionId{index}, scope());
    const std::uint32_t which = version ? version->version : kNoVersion;
    if (is_declared(DeclarationKind::kDefinition, index, which)) continue;
    Declaration declaration;
    declaration.kind = DeclarationKind::kDefinition;
    declaration.name = definition.name;
    declaration.item = index;
    declaration.version = which;
    // Properties of two kinds of subject may share a name, module, place and start.
    const std::string subject =
        definition.has_subject ? program_[definition.parameters.front()].name : std::string{};
    declaration.key = definition.module + "/" + definition.name.in(false) + "/ of " + subject;
    // Each version of a score has its own definitions for its choices, one at most in force.
    std::string of_version;
    if (definition.for_choices) {
      const sema::Extent& extent = definition.versions.front().extent;
      of_version = " for choices from " + value::date_text(extent.from);
      for (const value::PlaceNode place : extent.places)
        of_version += " at " + program_.schema->places.path_en(place);
      declaration.key += of_version;
    }
    if (version) {
      const sema::DefinitionVersion& body = definition.versions[version->version];
      declaration.key =
          fmt::format("{} of {}{}", key_of(body.module, definition.name, *version, body.reform),
                      subject, of_version);
      const sema::ExprId roots[] = {body.body};
      declaration.marked = marked_inside(body.remarks, roots) ||
                           breaches(sema::Breach::Kind::kDefinition, index, version->version);
    }
    into.push_back(std::move(declaration));
  }
}

void Lowering::declare_parameters(std::vector<Declaration>& into) {
  for (std::uint32_t index = 0; index < program_.parameters.size(); ++index) {
    const sema::Parameter& parameter = program_.parameters[index];
    const auto version = parameter_in_force(program_, sema::ParameterId{index}, scope());
    const std::uint32_t which = version ? version->version : kNoVersion;
    if (is_declared(DeclarationKind::kParameter, index, which)) continue;
    Declaration declaration;
    declaration.kind = DeclarationKind::kParameter;
    declaration.name = parameter.name;
    declaration.item = index;
    declaration.version = which;
    declaration.key = parameter.module + "/" + parameter.name.in(false) + "/";
    if (version) {
      const sema::ParameterVersion& value = parameter.versions[version->version];
      declaration.key = key_of(parameter.module, parameter.name, *version, value.reform);
      declaration.marked = sema::is_marked(program_, value.remarks) ||
                           breaches(sema::Breach::Kind::kParameter, index, version->version);
    }
    into.push_back(std::move(declaration));
  }
}

void Lowering::declare_vocabulary(std::vector<Declaration>& into) const {
  // Facts and services sort behind everything that a rule file gives a module of its own.
  for (std::uint32_t index = 0; index < program_.schema->facts.size(); ++index) {
    const value::Fact& fact = program_.schema->facts[index];
    Declaration declaration;
    declaration.kind = DeclarationKind::kFact;
    declaration.name = fact.name;
    declaration.item = index;
    const Bilingual& owner = fact.list.valid() ? (*program_.schema)[fact.list].name
                                               : (*program_.schema)[fact.entity].name;
    declaration.key = "~" + owner.in(false) + "/" + fact.name.in(false);
    const auto remarks = program_.fact_remarks.find(value::FactId{index});
    declaration.marked =
        remarks != program_.fact_remarks.end() && sema::is_marked(program_, remarks->second);
    into.push_back(std::move(declaration));
  }
  for (std::uint32_t index = 0; index < program_.services.size(); ++index) {
    Declaration declaration;
    declaration.kind = DeclarationKind::kService;
    declaration.name = program_.services[index].name;
    declaration.item = index;
    declaration.key = "~~" + declaration.name.in(false);
    into.push_back(std::move(declaration));
  }
}

void Lowering::declare_all() {
  std::vector<Declaration> all;
  const auto declare = [&](std::uint32_t stack) {
    const std::size_t first = all.size();
    stack_ = stack;
    declare_rules(all);
    declare_definitions(all);
    declare_parameters(all);
    for (std::size_t i = first; i < all.size(); ++i)
      all[i].nested = stack != plan_.scope.stack;
  };
  declare(plan_.scope.stack);
  for (const std::uint32_t stack : stacks_from(program_, plan_.scope.stack))
    declare(stack);
  stack_ = plan_.scope.stack;
  declare_vocabulary(all);
  const auto by_key = [](const Declaration& left, const Declaration& right) {
    return left.key < right.key;
  };
  std::stable_sort(all.begin(), all.end(), by_key);
  // What one reform makes of a version it makes again where another reform lies below.
  for (std::size_t i = 1, same = 1; i < all.size(); ++i) {
    const std::string& before = all[i - same].key;
    same = all[i].key == before ? same + 1 : 1;
    if (same > 1) all[i].key += fmt::format(" #{}", same);
  }
  std::stable_sort(all.begin(), all.end(), by_key);
  for (Declaration& declaration : all) {
    auto kind = declaration.kind;
    if (kind == DeclarationKind::kGate || kind == DeclarationKind::kNarrowing) {
      kind = DeclarationKind::kRule;
    }
    declarations_[{kind, {declaration.item, declaration.version}}] =
        DeclarationId{plan_.declarations.size()};
    plan_.declarations.push_back(std::move(declaration));
  }
}

DeclarationId Lowering::declaration_of(DeclarationKind kind, std::uint32_t item,
                                       const std::optional<InForce>& version) const {
  return declarations_.at({kind, {item, version ? version->version : kNoVersion}});
}

void Lowering::number_nodes(sema::ExprId root) {
  // Pre-order positions within one declaration.
  std::uint32_t next = 0;
  std::vector<sema::ExprId> open{root};
  while (!open.empty()) {
    const sema::ExprId id = open.back();
    open.pop_back();
    if (!id.valid() || !nodes_.emplace(id, next).second) continue;
    ++next;
    const auto& operands = program_[id].operands;
    open.insert(open.end(), operands.rbegin(), operands.rend());
  }
}

}  // namespace juzhu::plan
