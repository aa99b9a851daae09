// What stands behind a condition: the definitions, parameters and facts that were read, with their
// values, down to the household. Definitions are shown one level down; below that only the facts.
#include <fmt/format.h>

#include "explain/phraser.h"
#include "explain/tree.h"
#include "explain/words.h"

namespace juzhu::explain {

using ops::Operation;
using sema::ExprId;
using value::FactRef;
using value::TypeKind;

namespace {

constexpr std::size_t kRowsShown = 4;

/// Members that a value may be, as indices.
std::vector<std::int32_t> members_in(const Value& value) {
  std::vector<std::int32_t> members;
  for (std::int32_t member = 0; member < 63; ++member) {
    if (value.may_value() && ((value.lo >> member) & 1) != 0) {
      members.push_back(member);
    }
  }
  return members;
}

bool has_text(const Type& type) {
  return type.kind != TypeKind::kTime && type.kind != TypeKind::kRow &&
         type.kind != TypeKind::kRows && type.kind != TypeKind::kMemberSet &&
         type.kind != TypeKind::kMember;
}

}  // namespace

Bilingual value_of(const Context& context, const Value& value, const Type& type) {
  if (value.only_error()) {
    return {std::string(error_words(value.error.code, false)),
            std::string(error_words(value.error.code, true))};
  }
  if (!has_text(type)) {
    return {};
  }
  const value::Schema& schema = *context.program->schema;
  return {value_words(value, type, schema, false), value_words(value, type, schema, true)};
}

std::vector<Reference> references(const sema::Program& program,
                                  const std::vector<sema::Citation>& cites) {
  std::vector<Reference> list;
  for (const sema::Citation& citation : cites) {
    const sema::Source& source = program[citation.source];
    Reference reference;
    reference.source = source.name;
    reference.title = display_name(source.title.empty() ? source.name : source.title);
    reference.number = source.number;
    reference.provisions = {provisions_text(citation, false), provisions_text(citation, true)};
    reference.level = source.level;
    reference.confidence = source.remarks.confidence.value_or(sema::Confidence::kOfficial);
    reference.from = source.extent.from;
    reference.to = source.extent.to;
    list.push_back(std::move(reference));
  }
  return list;
}

void Tree::add(Evidence& evidence, Node node) {
  if (evidence.seen.insert(node.text.en + "\n" + node.text.zh).second) {
    evidence.nodes.push_back(std::move(node));
  }
}

void Tree::behind_operands(const Context& context, const plan::Step& step, int depth,
                           Evidence& evidence) {
  for (const Slot operand : operands_at(context, step)) {
    behind(context, operand, depth, evidence);
  }
}

void Tree::behind(const Context& context, Slot slot, int depth, Evidence& evidence) {
  const plan::Step* step = step_at(context, slot);
  if (step == nullptr) {
    return;
  }
  if (step->operation == Operation::kFact) {
    if (auto node = fact(context, slot, *step)) {
      add(evidence, std::move(*node));
    }
  } else if (step->operation == Operation::kRows) {
    for (Node& node : row_lists(context, *step)) {
      add(evidence, std::move(node));
    }
  } else if (step->operation == Operation::kQuestion) {
    add(evidence, question(context, slot, *step));
  } else if (step->operation == Operation::kFold) {
    behind_fold(context, slot, *step, depth, evidence);
  } else if (step->operation == Operation::kCall) {
    const bool has_own_line = depth == 0 && has_text(step->type);
    if (has_own_line) {
      add(evidence, definition(context, slot, *step, depth));
      behind_operands(context, *step, depth, evidence);
    } else if (const auto inner = inside_call(context, slot)) {
      behind(*inner, context.trace->block(inner->frame).results[0], depth + 1, evidence);
    }
  } else {
    behind_operands(context, *step, depth, evidence);
  }
}

void Tree::behind_fold(const Context& context, Slot slot, const plan::Step& step, int depth,
                       Evidence& evidence) {
  behind_operands(context, step, depth, evidence);
  const auto& folds = (*context.trace)[context.frame].folds;
  const auto found = folds.find(slot);
  const bool rows = type_at(context, operands_at(context, step)[0]).kind == TypeKind::kRows;
  if (found == folds.end() || rows) {
    return;  // a list says all that its rows say
  }
  for (const eval::Element& element : found->second) {
    if (!element.frame.valid()) {
      continue;
    }
    const Context inner = inside_element(context, slot, element);
    for (const Slot result : context.trace->block(element.frame).results) {
      if (result != plan::kNoSlot) {
        behind(inner, result, depth, evidence);
      }
    }
  }
}

/// Thresholds that an expression reads itself. They are constants of the plan, so their names come
/// from the Program.
void Tree::parameters(const Context& context, ExprId id, Evidence& evidence) {
  const sema::Expr& expr = program_[id];
  if (expr.operation == Operation::kParameter) {
    add(evidence, parameter(context, id));
    return;
  }
  if (expr.operation == Operation::kFold) {
    return;
  }
  if (expr.operation == Operation::kCall && expr.operands.empty()) {
    const Slot slot = slot_here(context, id);
    const plan::Step* step = slot == plan::kNoSlot ? nullptr : step_at(context, slot);
    if (step != nullptr && step->operation == Operation::kConstant) {
      add(evidence, folded_definition(context, id));
    }
    return;
  }
  for (const ExprId operand : expr.operands) {
    if (operand.valid()) {
      parameters(context, operand, evidence);
    }
  }
}

Node Tree::parameter(const Context& context, ExprId id) {
  const sema::Expr& expr = program_[id];
  const sema::Parameter& declared = program_.parameters[expr.a];
  Node node;
  node.kind = NodeKind::kParameter;
  node.text = display_name(declared.name);
  const plan::Declaration* declaration =
      expr.b == 0 ? declaration_of(*context.trace->plan, plan::DeclarationKind::kParameter, expr.a)
                  : nullptr;
  if (declaration == nullptr || declaration->version >= declared.versions.size()) {
    if (const Value* value = value_here(context, id)) {
      node.value = value_of(context, *value, expr.type);
    }
    node.cites = references(program_, declared.remarks.cites);
    return node;
  }
  const sema::ParameterVersion& version = declared.versions[declaration->version];
  const value::PlaceTree& places = program_.schema->places;
  node.value = value_of(context, version.value, declared.type);
  if (version.place != value::kRootPlace) {
    node.place = {places.path_en(version.place), places.path_zh(version.place)};
  }
  node.cites = references(
      program_, version.remarks.cites.empty() ? declared.remarks.cites : version.remarks.cites);
  node.remarks = remarks_of(program_, version.remarks);
  add_reform(program_, version.reform, version.set, node.remarks);
  return node;
}

/// A definition without arguments that was worked out when the plan was made.
Node Tree::folded_definition(const Context& context, ExprId id) {
  const sema::Expr& expr = program_[id];
  const sema::Definition& declared = program_.definitions[expr.a];
  Node node;
  node.kind = NodeKind::kDefinition;
  node.text = display_name(declared.name);
  const Value* value = value_here(context, id);
  if (value != nullptr) {
    node.value = value_of(context, *value, expr.type);
    if (value->only_error()) {
      return node;  // no version of it is in force, so there is none to cite
    }
  }
  const plan::Declaration* declaration =
      declaration_of(*context.trace->plan, plan::DeclarationKind::kDefinition, expr.a);
  if (declaration != nullptr && declaration->version < declared.versions.size()) {
    const sema::Remarks& remarks = declared.versions[declaration->version].remarks;
    node.cites = references(program_, remarks.cites);
    node.remarks = remarks_of(program_, remarks);
  }
  return node;
}

Node Tree::definition(const Context& context, Slot slot, const plan::Step& step, int depth) {
  Node node;
  node.kind = NodeKind::kDefinition;
  const ExprId id = expr_of(step);
  const bool boolean = step.type.kind == TypeKind::kBoolean;
  if (id.valid()) {
    const bool nameless = !boolean && program_[id].operands.empty();
    node.text =
        nameless ? display_name(program_.definitions[program_[id].a].name) : phrase(context, id);
  }
  node.value = value_of(context, value_at(context, slot), step.type);
  const std::optional<Context> inner = inside_call(context, slot);
  if (!inner) {
    return node;
  }
  const plan::Block& block = context.trace->block(inner->frame);
  const plan::Declaration& declaration = (*context.trace->plan)[block.declaration];
  const sema::Definition& declared = program_.definitions[declaration.item];
  if (declaration.version < declared.versions.size()) {
    const sema::DefinitionVersion& version = declared.versions[declaration.version];
    node.cites = references(program_, version.remarks.cites);
    node.remarks = remarks_of(program_, version.remarks);
    if (!version.text.empty() && !is_phrase(version.text)) {
      node.remarks.insert(node.remarks.begin(), {RemarkKind::kNote, {}, version.text});
    }
  }
  if (boolean) {
    node.children = conditions(*inner, block.results[0]);
  } else {
    Evidence evidence;
    behind(*inner, block.results[0], depth + 1, evidence);
    node.children = std::move(evidence.nodes);
  }
  return node;
}

std::optional<Node> Tree::fact(const Context& context, Slot slot, const plan::Step& step) {
  const value::Fact& declared = program_.schema->facts[step.a];
  FactRef ref;
  ref.fact = value::FactId(step.a);
  if (step.operand_count > 0) {
    const Value& subject = value_at(context, operands_at(context, step)[0]);
    if (declared.list.valid()) {
      ref.kind = FactRef::Kind::kRowCell;
      ref.list = declared.list;
      ref.row = static_cast<std::int32_t>(subject.lo);
      ref.member = static_cast<std::int32_t>(subject.hi);
      if (subject.lo == value::kUnknownRow) {
        return std::nullopt;
      }
    } else {
      const std::vector<std::int32_t> members = members_in(subject);
      if (members.size() != 1) {
        return std::nullopt;
      }
      ref.member = members[0];
    }
  }
  Node node;
  node.kind = NodeKind::kFact;
  node.text = {value::fact_text(ref, household_, *program_.schema, false),
               value::fact_text(ref, household_, *program_.schema, true)};
  node.text = display_name(node.text);
  node.state = value::fact_state(ref, household_, *program_.schema);
  if (const auto beside = program_.fact_remarks.find(ref.fact);
      beside != program_.fact_remarks.end()) {
    node.remarks = remarks_of(program_, beside->second);
  }
  if (node.state == value::InputState::kStated) {
    node.value = value_of(context, value_at(context, slot), step.type);
  }
  return node;
}

std::vector<Node> Tree::row_lists(const Context& context, const plan::Step& step) {
  FactRef ref;
  ref.kind = FactRef::Kind::kList;
  ref.list = value::ListId(step.a);
  std::vector<std::int32_t> owners{-1};
  if (step.operand_count > 0) {
    owners = members_in(value_at(context, operands_at(context, step)[0]));
  }
  std::vector<Node> nodes;
  for (const std::int32_t owner : owners) {
    ref.member = owner;
    Node node;
    node.kind = NodeKind::kFact;
    node.text = display_name({value::fact_text(ref, household_, *program_.schema, false),
                              value::fact_text(ref, household_, *program_.schema, true)});
    node.state = value::fact_state(ref, household_, *program_.schema);
    node.value = rows_text(ref);
    nodes.push_back(std::move(node));
  }
  return nodes;
}

Bilingual Tree::rows_text(const FactRef& ref) {
  const value::List& list = (*program_.schema)[ref.list];
  const value::RowList& rows =
      ref.member < 0 ? household_.lists[list.column]
                     : household_.members[static_cast<std::size_t>(ref.member)].lists[list.column];
  if (rows.rows.empty()) {
    return rows.state == value::InputState::kStated ||
                   rows.state == value::InputState::kDoesNotApply
               ? Bilingual{"none", "无"}
               : Bilingual{};
  }
  Bilingual text;
  for (std::size_t i = 0; i < rows.rows.size() && i < kRowsShown; ++i) {
    const Bilingual row = row_text(list, rows.rows[i]);
    text.en += (i == 0 ? "" : "; ") + row.en;
    text.zh += (i == 0 ? "" : "；") + row.zh;
  }
  if (rows.rows.size() > kRowsShown) {
    text.en += fmt::format("; and {} more", rows.rows.size() - kRowsShown);
    text.zh += fmt::format("；另有{}条", rows.rows.size() - kRowsShown);
  }
  return text;
}

/// "March 2018 to April 2024: Shenzhen; pension and medical".
Bilingual Tree::row_text(const value::List& list, const value::Row& row) {
  const value::Schema& schema = *program_.schema;
  const bool months = list.unit != value::SpellUnit::kDays;
  const Type type = months ? value::month_type() : value::date_type();
  Bilingual text;
  for (const bool chinese : {false, true}) {
    std::string& out = chinese ? text.zh : text.en;
    if (row.start.only_error() || row.end.only_error()) {
      const value::Error& error = row.start.only_error() ? row.start.error : row.end.error;
      out = error_words(error.code, chinese);
      continue;
    }
    const bool ongoing = row.end.only_value() && row.end.lo >= value::kForever;
    const std::string start = value_words(row.start, type, schema, chinese);
    const std::string end =
        ongoing ? std::string(chinese ? "今" : "now") : value_words(row.end, type, schema, chinese);
    out = chinese ? fmt::format("{}至{}", start, end) : fmt::format("{} to {}", start, end);
    std::string cells;
    for (std::size_t i = 0; i < row.cells.size() && i < list.facts.size(); ++i) {
      const value::Fact& fact = schema[list.facts[i]];
      const value::Cell& cell = row.cells[i];
      if (cell.state != value::InputState::kStated || !cell.value.only_value() ||
          !has_text(fact.type)) {
        continue;
      }
      std::string word = value_words(cell.value, fact.type, schema, chinese);
      if (fact.type.kind == TypeKind::kPlace) {
        const auto place = static_cast<value::PlaceNode>(cell.value.lo);
        word = chinese ? schema.places.path_zh(place) : schema.places.path_en(place);
      }
      if (fact.type.kind == TypeKind::kBoolean) {
        word = value::is_true(cell.value) ? display_name(fact.name, chinese) : "";
      } else if (fact.type.kind == TypeKind::kDate) {
        word = fmt::format(fmt::runtime(chinese ? "{}{}" : "{} {}"),
                           display_name(fact.name, chinese), word);
      }
      if (!word.empty()) {
        cells += (cells.empty() ? "" : chinese ? "，" : ", ") + word;
      }
    }
    if (!cells.empty()) {
      out += chinese ? fmt::format("（{}）", cells) : fmt::format(" ({})", cells);
    }
  }
  return text;
}

}  // namespace juzhu::explain
