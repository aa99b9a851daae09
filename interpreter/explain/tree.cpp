// Conditions, quantifiers and their members as nodes.
#include "explain/tree.h"

#include <algorithm>

#include "explain/phraser.h"
#include "explain/words.h"
#include "ops/logic.h"

namespace juzhu::explain {

using ops::Operation;
using sema::ExprId;

namespace {

int rank_of(Truth truth, Truth deciding) {
  if (truth == deciding) {
    return 0;
  }
  switch (truth) {
    case Truth::kError:
      return 1;
    case Truth::kUnknown:
      return 2;
    case Truth::kNo:
    case Truth::kYes:
    case Truth::kNone:
      return 3;
  }
  return 3;
}

Node left_out(std::size_t count) {
  Node node;
  node.kind = NodeKind::kMore;
  node.count = static_cast<std::uint32_t>(count);
  node.text = {count == 1 ? "one more, which cannot change this"
                          : std::to_string(count) + " more, which cannot change this",
               "其余" + std::to_string(count) + "项不影响此结论"};
  return node;
}

/// Is this shown by denying its sentence, rather than as "not" over a tree of its own?
bool is_simple(const Node& node) {
  return node.kind == NodeKind::kCondition || node.kind == NodeKind::kFact ||
         node.kind == NodeKind::kDefinition;
}

}  // namespace

Truth truth_of(const Value& condition) {
  if (value::is_true(condition)) {
    return Truth::kYes;
  }
  if (value::is_false(condition)) {
    return Truth::kNo;
  }
  return condition.only_error() ? Truth::kError : Truth::kUnknown;
}

void fold_to_deciding(Node& node, bool any) {
  // Of a true `any of`, and of a false `all of` read the other way round, one branch is enough.
  const bool one_is_enough =
      (any && node.truth == Truth::kYes) || (!any && node.truth == Truth::kNo);
  const Truth deciding = node.truth;
  std::stable_sort(node.children.begin(), node.children.end(),
                   [deciding](const Node& left, const Node& right) {
                     return rank_of(left.truth, deciding) < rank_of(right.truth, deciding);
                   });
  if (!one_is_enough || !any) {
    return;  // a failed `all of` still shows what is met: people ask "and the rest?"
  }
  const auto rest = std::find_if(node.children.begin(), node.children.end(),
                                 [&](const Node& child) { return child.truth != deciding; });
  const auto count = static_cast<std::size_t>(node.children.end() - rest);
  if (count > 0 && rest != node.children.begin()) {
    node.children.erase(rest, node.children.end());
    node.children.push_back(left_out(count));
  }
}

Node Tree::condition(const Context& context, Slot slot) {
  const plan::Step* step = step_at(context, slot);
  Node node;
  if (step == nullptr || depth_ >= kDeepest) {
    node.kind = NodeKind::kCondition;
    node.truth = truth_of(value_at(context, slot));
    node.text = {"…", "…"};
    return node;
  }
  ++depth_;
  if (step->operation == Operation::kAll || step->operation == Operation::kAny) {
    node = group(context, slot, *step);
  } else if (step->operation == Operation::kNot) {
    node = negation(context, slot, *step);
  } else if (step->operation == Operation::kIf) {
    node = choice(context, slot, *step);
  } else if (step->operation == Operation::kFold) {
    node = members(context, slot, *step);
  } else if (step->operation == Operation::kCall) {
    node = definition(context, slot, *step, 0);
    node.truth = truth_of(value_at(context, slot));
    node.value = {};
  } else {
    node = plain(context, slot, *step);
  }
  --depth_;
  const auto remarks = program_.entry_remarks.find(expr_of(*step));
  if (remarks != program_.entry_remarks.end()) {
    node.cites = references(program_, remarks->second.cites);
    node.remarks = remarks_of(program_, remarks->second);
  }
  return node;
}

std::vector<Node> Tree::conditions(const Context& context, Slot slot) {
  Node node = condition(context, slot);
  if (node.kind == NodeKind::kAll && node.cites.empty() && node.remarks.empty()) {
    return std::move(node.children);
  }
  std::vector<Node> nodes;
  nodes.push_back(std::move(node));
  return nodes;
}

Node Tree::group(const Context& context, Slot slot, const plan::Step& step) {
  const bool any = step.operation == Operation::kAny;
  const std::span<const Slot> operands = operands_at(context, step);
  if (operands.size() == 1) {
    return condition(context, operands[0]);
  }
  Node node;
  node.kind = any ? NodeKind::kAny : NodeKind::kAll;
  node.truth = truth_of(value_at(context, slot));
  node.text = any ? Bilingual{"any of these", "任一满足"} : Bilingual{"all of these", "全部满足"};
  for (const Slot operand : operands) {
    node.children.push_back(condition(context, operand));
  }
  fold_to_deciding(node, any);
  return node;
}

Node Tree::negation(const Context& context, Slot slot, const plan::Step& step) {
  const Slot operand = operands_at(context, step)[0];
  Node inner = condition(context, operand);
  const plan::Step* asked = step_at(context, operand);
  if (is_simple(inner) && asked != nullptr && expr_of(*asked).valid()) {
    inner.text = {phrase_denied(context, expr_of(*asked), false),
                  phrase_denied(context, expr_of(*asked), true)};
    inner.truth = truth_of(value_at(context, slot));
    return inner;
  }
  Node node;
  node.kind = NodeKind::kNot;
  node.truth = truth_of(value_at(context, slot));
  node.text = {"this does not hold", "不属下列情形"};
  node.children.push_back(std::move(inner));
  return node;
}

Node Tree::choice(const Context& context, Slot slot, const plan::Step& step) {
  const std::span<const Slot> operands = operands_at(context, step);
  Node node;
  node.kind = NodeKind::kCondition;
  node.truth = truth_of(value_at(context, slot));
  if (expr_of(step).valid()) {
    node.text = phrase(context, expr_of(step));
  }
  node.children.push_back(condition(context, operands[0]));
  const Truth test = node.children.back().truth;
  if (test != Truth::kNo) {
    node.children.push_back(condition(context, operands[1]));
  }
  if (test != Truth::kYes) {
    node.children.push_back(condition(context, operands[2]));
  }
  return node;
}

Node Tree::members(const Context& context, Slot slot, const plan::Step& step) {
  Node node;
  node.kind = NodeKind::kMembers;
  node.truth = truth_of(value_at(context, slot));
  const ExprId id = expr_of(step);
  if (id.valid()) {
    node.text = {Phraser(context, false).quantifier(id), Phraser(context, true).quantifier(id)};
  }
  const auto& folds = (*context.trace)[context.frame].folds;
  const auto found = folds.find(slot);
  if (found != folds.end()) {
    for (const eval::Element& one : found->second) {
      node.children.push_back(element(context, slot, step, one));
    }
  }
  if (node.children.empty()) {
    Node none;
    none.kind = NodeKind::kMore;
    none.text = {"there is none", "一个也没有"};
    node.children.push_back(std::move(none));
    return node;
  }
  const auto kind = static_cast<ops::FoldKind>(step.a);
  if (kind == ops::FoldKind::kNo) {
    // The one that does is what makes `no` fail; else all are shown.
    const Truth own = node.truth;
    node.truth = own == Truth::kNo ? Truth::kYes : own;
    fold_to_deciding(node, own == Truth::kNo);
    node.truth = own;
    return node;
  }
  fold_to_deciding(node, kind == ops::FoldKind::kSome);
  return node;
}

Bilingual Tree::bound_name(const Value& bound, const Type& type) {
  if (bound.only_not_applicable()) {
    return {"none", "无"};
  }
  if (type.kind == value::TypeKind::kRow) {
    const value::List& list = (*program_.schema)[type.list];
    const Bilingual row = display_name(list.row_name);
    if (bound.lo == value::kUnknownRow) {
      return {"a " + row.en + " that may not be listed", "可能未列出的" + row.zh};
    }
    const auto index = static_cast<std::size_t>(bound.lo);
    const value::RowList& rows =
        bound.hi < 0 ? household_.lists[list.column]
                     : household_.members[static_cast<std::size_t>(bound.hi)].lists[list.column];
    const Bilingual when = row_text(list, rows.rows[index]);
    return {row.en + " " + when.en, row.zh + "（" + when.zh + "）"};
  }
  for (std::size_t member = 0; member < household_.members.size() && member < 63; ++member) {
    if (type.kind == value::TypeKind::kMember && bound.lo == (std::int64_t{1} << member)) {
      return {member_name(household_, member, false), member_name(household_, member, true)};
    }
  }
  Context context;
  context.program = &program_;
  return value_of(context, bound, type);
}

Bilingual Tree::element_name(const Context& context, Slot slot, const eval::Element& element) {
  const plan::Step* step = step_at(context, slot);
  const Type& collection = type_at(context, operands_at(context, *step)[0]);
  if (collection.kind == value::TypeKind::kRows) {
    return bound_name(element.bound, value::row_type(collection.list));
  }
  const sema::LocalId local(program_[expr_of(*step)].b);
  return bound_name(element.bound, program_[local].type);
}

Node Tree::element(const Context& context, Slot slot, const plan::Step& step,
                   const eval::Element& element) {
  Node node;
  node.kind = NodeKind::kElement;
  node.text = element_name(context, slot, element);
  Value truth = element.present;
  if (!element.frame.valid()) {
    node.truth = truth_of(truth);
    if (node.truth == Truth::kNo) {
      node.value = {"not on that day", "不在该日"};
    }
    return node;
  }
  const Context inner = inside_element(context, slot, element);
  const bool every = static_cast<ops::FoldKind>(step.a) == ops::FoldKind::kEvery;
  const std::vector<Slot>& results = context.trace->block(element.frame).results;
  for (std::size_t i = 0; i < results.size(); ++i) {
    if (results[i] == plan::kNoSlot) {
      continue;
    }
    const Value condition_value = ops::condition(value_at(inner, results[i]));
    const bool only_where = every && i == 0;
    if (only_where) {
      const std::array<Value, 2> either{ops::negate(condition_value),
                                        results[1] == plan::kNoSlot
                                            ? value::truth(true)
                                            : ops::condition(value_at(inner, results[1]))};
      truth = ops::any_of(either);
    } else {
      truth = every && results[0] != plan::kNoSlot ? truth : ops::both(truth, condition_value);
    }
    if (only_where && value::is_false(condition_value)) {
      node.truth = truth_of(truth);
      node.value = {"not one of those asked about", "不在所问之列"};
      return node;
    }
    for (Node& part : conditions(inner, results[i])) {
      node.children.push_back(std::move(part));
    }
  }
  node.truth = truth_of(truth);
  fold_to_deciding(node, false);
  return node;
}

Node Tree::plain(const Context& context, Slot slot, const plan::Step& step) {
  if (step.operation == Operation::kQuestion) {
    return question(context, slot, step);
  }
  const ExprId id = expr_of(step);
  Node node;
  node.kind = NodeKind::kCondition;  // also a fact of nobody, or of one of several
  if (step.operation == Operation::kFact) {
    if (auto read = fact(context, slot, step)) {
      node = std::move(*read);
      node.value = {};
    }
  } else {
    node.value = present_value(context, slot);
    Evidence evidence;
    behind_operands(context, step, 0, evidence);
    if (id.valid()) {
      parameters(context, id, evidence);
    }
    node.children = std::move(evidence.nodes);
  }
  node.truth = truth_of(value_at(context, slot));
  if (id.valid()) {
    node.text = phrase(context, id);
  }
  return node;
}

Bilingual Tree::present_value(const Context& context, Slot slot) {
  const plan::Step* step = step_at(context, slot);
  if (step == nullptr || !expr_of(*step).valid() || step->operand_count == 0) {
    return {};
  }
  const sema::Expr& expr = program_[expr_of(*step)];
  const bool compares =
      expr.operation == Operation::kEqual || expr.operation == Operation::kLess ||
      expr.operation == Operation::kLessEqual || expr.operation == Operation::kOneOf ||
      expr.operation == Operation::kWithin || expr.operation == Operation::kIncludes;
  const std::size_t subject = subject_operand(program_, expr);
  if (!compares || subject >= step->operand_count || expr.operation != step->operation) {
    return {};
  }
  const Slot operand = operands_at(context, *step)[subject];
  Bilingual text = value_of(context, value_at(context, operand), type_at(context, operand));
  if (has_operand(expr, subject)) {
    const Bilingual measured = phrase(context, expr.operands[subject]);
    if (measured.en == text.en) {
      return {};  // the sentence says it already
    }
    text.zh = years_of_age(measured.zh, std::move(text.zh));
  }
  return text;
}

Node Tree::question(const Context& context, Slot slot, const plan::Step& step) {
  Node node;
  node.kind = NodeKind::kQuestion;
  if (expr_of(step).valid()) {
    node.text = phrase(context, expr_of(step));
  }
  node.value = value_of(context, value_at(context, slot), step.type);
  const std::optional<Context> inner = inside_call(context, slot);
  const plan::RuleSet* rules =
      inner ? rule_set_of(*context.trace->plan, context.trace->block(inner->frame)) : nullptr;
  if (rules == nullptr || depth_ >= kDeepest) {
    return node;
  }
  ++depth_;
  for (const plan::RuleEntry& entry : rules->rules) {
    const bool concerned =
        entry.concerns == plan::kNoSlot || !value::is_false(value_at(*inner, entry.concerns));
    const plan::Declaration& declaration = (*context.trace->plan)[entry.declaration];
    if (!concerned) {
      continue;
    }
    const sema::RuleVersion& version =
        program_.rules[declaration.item].versions[declaration.version];
    Node rule;
    rule.kind = NodeKind::kRule;
    rule.text = display_name(declaration.name);
    rule.truth = truth_of(value_at(*inner, entry.status));
    rule.cites = references(program_, version.remarks.cites);
    if (entry.condition != plan::kNoSlot) {
      rule.children = conditions(*inner, entry.condition);
    }
    node.children.push_back(std::move(rule));
  }
  --depth_;
  return node;
}

}  // namespace juzhu::explain
