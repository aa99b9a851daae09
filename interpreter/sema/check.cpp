// The passes in their order, and what the Program gathers at the end.
#include "sema/check.h"

#include "sema/checker.h"
#include "sema/rulebook_findings.h"

namespace juzhu::sema {

using ops::Operation;

void Checker::finish_program() {
  std::set<PlaceNode> places;
  const auto add = [&](const Extent& extent) {
    places.insert(extent.places.begin(), extent.places.end());
  };
  for (const Rule& rule : program_.rules) {
    for (const RuleVersion& version : rule.versions)
      add(version.extent);
  }
  for (const Definition& definition : program_.definitions) {
    for (const DefinitionVersion& version : definition.versions)
      add(version.extent);
  }
  for (const std::vector<RuleVersion>& clauses : program_.clause_sets) {
    for (const RuleVersion& clause : clauses)
      add(clause.extent);
  }
  for (const Score& score : program_.scores) {
    for (const ScoreVersion& version : score.versions)
      add(version.extent);
  }
  for (const Parameter& parameter : program_.parameters) {
    for (const ParameterVersion& version : parameter.versions)
      places.insert(version.place);
  }
  for (const Limit& limit : program_.limits)
    add(limit.extent);
  for (const Property& property : program_.properties)
    add(property.extent);
  for (const Expr& expr : program_.exprs) {
    if (expr.operation != Operation::kConstant || expr.type.kind != value::TypeKind::kPlace)
      continue;
    places.insert(static_cast<PlaceNode>(program_.constants[expr.a].lo));
  }
  places.erase(value::kRootPlace);
  program_.declared_places.assign(places.begin(), places.end());
  program_.roles = role_tests_;
}

void Checker::collect_all_facts() {
  const auto add_facts = [&](NodeKind kind) {
    each_declaration(kind, [&](const File& file, NodeId node) {
      const Bilingual name = naming_of(file, file.tree->child(node, NodeKind::kNaming));
      if (kind == NodeKind::kEntityDecl) {
        if (const auto entity = schema_->entity(name.in(false)))
          collect_facts(file, node, *entity, ListId{});
        return;
      }
      for (std::uint32_t list = 0; list < schema_->lists.size(); ++list) {
        if (schema_->lists[list].row_name.is(name.in(false)))
          collect_facts(file, node, EntityId{}, ListId{list});
      }
    });
  };
  add_facts(NodeKind::kEntityDecl);
  add_facts(NodeKind::kSpellsDecl);
  if (schema_->entities.size() < 2) {
    value::Entity person;
    person.name = {"person", "人"};
    person.owner = EntityId{std::size_t{0}};
    schema_->entities.push_back(person);
  }
}

void Checker::find_in_rules() {
  if (!sink_.has_errors()) make_stacks();
  if (!sink_.has_errors()) {
    find_cycles();
    find_duplicate_versions();
    find_order_cycles();
    find_clause_cycles();
    find_empty_narrowings();
  }
  if (!sink_.has_errors()) {
    // From here on nothing stands on itself, and the order of rules is one.
    prove_tables();
    RulebookFindings findings(program_, *schema_, *input_.sources, sink_);
    findings.find_conflicts(input_.lint);
    if (input_.lint) {
      find_uncited();
      find_table_findings();
      findings.find_all();
    }
  }
}

std::optional<Program> Checker::run() {
  collect_modules();
  name_reforms();
  collect_spellings();
  collect_units();
  collect_choices();
  collect_divisions();
  collect_entities();
  collect_spells();
  collect_all_facts();
  collect_roles();
  collect_sources();
  collect_services();
  collect_parameters();
  collect_definitions();
  collect_scores();
  collect_rules();
  collect_reforms();
  check_parameters();
  check_definitions();
  check_rules();
  check_reforms();
  check_limits();
  check_properties();
  find_subjects();
  program_.schema = schema_;
  find_in_rules();
  collect_scenarios();
  if (!sink_.has_errors()) {
    prove_tables();
    if (input_.lint) find_unused();
  }
  check_question_subjects();
  finish_program();
  if (sink_.has_errors()) return std::nullopt;
  return std::move(program_);
}

std::optional<Program> check(const CheckInput& input, diag::Sink& sink) {
  return Checker(input, sink).run();
}

}  // namespace juzhu::sema
