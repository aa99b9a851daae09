#include "eval/formula.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "eval/identity.h"
#include "ops/logic.h"

namespace juzhu::eval {
namespace {

using ops::FoldKind;
using ops::Operation;
using plan::RuleEntry;
using value::TypeKind;

/// A frame and who ran it: a Boolean argument is the caller's condition.
struct Context {
  FrameId frame;
  const Context* caller = nullptr;
  Slot calling_slot = plan::kNoSlot;
};

/// Declaration, node, bound members and rows.
using LeafOrder = std::tuple<std::uint32_t, std::uint32_t, std::vector<std::int64_t>, Slot>;

class Builder {
 public:
  Builder(const Trace& trace, FrameId question, const plan::RuleSet& rules)
      : trace_(trace),
        question_{question, nullptr, plan::kNoSlot},
        rules_(rules),
        identities_(trace) {}
  Formula build();

 private:
  using NodeId = std::uint32_t;

  NodeId add(FormulaKind kind, std::vector<NodeId> children = {});
  NodeId constant(bool is_true) { return add(is_true ? FormulaKind::kTrue : FormulaKind::kFalse); }
  NodeId leaf(SlotRef at);
  NodeId expand(const Context& context, Slot slot);
  NodeId expand_step(const Context& context, Slot slot);
  NodeId expand_parameter(const Context& context, Slot slot);
  NodeId expand_if(const Context& context, SlotRef at);
  NodeId expand_fold(const Context& context, SlotRef at);
  NodeId expand_element(const Context& body, const Element& element, FoldKind kind);
  NodeId rule_condition(const RuleEntry& rule);
  bool concerns(Slot slot);
  bool may_share(FrameId frame) const;
  LeafOrder order_of(SlotRef at) const;
  void sort_leaves();

  const Trace& trace_;
  Context question_;
  const plan::RuleSet& rules_;
  Formula formula_;
  std::map<SlotRef, NodeId> done_;
  Identities identities_;
  std::map<std::uint32_t, std::uint32_t> leaf_ids_;  ///< by identity
  std::optional<plan::DeclarationId> narrowing_;     ///< whose condition is being expanded
};

Builder::NodeId Builder::add(FormulaKind kind, std::vector<NodeId> children) {
  formula_.nodes.push_back({kind, 0, std::move(children)});
  return static_cast<NodeId>(formula_.nodes.size() - 1);
}

Builder::NodeId Builder::leaf(SlotRef at) {
  const auto next = static_cast<std::uint32_t>(formula_.leaves.size());
  const auto [found, is_new] = leaf_ids_.emplace(identities_.of(at), next);
  if (is_new) {
    formula_.leaves.push_back({at, ops::condition(value_at(trace_, at)), narrowing_});
  } else {
    FormulaLeaf& known = formula_.leaves[found->second];
    if (known.narrowing != narrowing_) known.narrowing.reset();  // a rule of its own needs it too
    if (order_of(at) < order_of(known.at)) known.at = at;
  }
  const NodeId node = add(FormulaKind::kLeaf);
  formula_.nodes[node].leaf = found->second;
  return node;
}

/// Where a leaf stands, from the rulebook and the household alone.
LeafOrder Builder::order_of(SlotRef at) const {
  std::vector<std::int64_t> bound;
  for (std::size_t i = 0; i < trace_.block(at.frame).parameters.size(); ++i) {
    const Value& argument = trace_[at.frame].slots[i];
    bound.insert(bound.end(), {argument.hi, argument.lo});
  }
  const bool has_step = !is_parameter(trace_, at);
  const std::uint32_t declaration = has_step ? step_at(trace_, at).declaration.index : 0;
  const std::uint32_t node = has_step ? step_at(trace_, at).node : 0;
  return {declaration, node, std::move(bound), at.slot};
}

/// Without Boolean parameters, whoever ran the frame has no say in its conditions.
bool Builder::may_share(FrameId frame) const {
  const auto& parameters = trace_.block(frame).parameters;
  return std::none_of(parameters.begin(), parameters.end(),
                      [](const plan::Type& type) { return type.kind == TypeKind::kBoolean; });
}

Builder::NodeId Builder::expand(const Context& context, Slot slot) {
  const SlotRef at{context.frame, slot};
  if (is_parameter(trace_, at)) return expand_parameter(context, slot);
  // A condition of a narrowing is marked as such, so it is not shared with one of a rule.
  const bool is_shared = may_share(context.frame) && !narrowing_;
  const auto found = done_.find(at);
  if (is_shared && found != done_.end()) return found->second;
  const NodeId node = expand_step(context, slot);
  if (is_shared) done_.emplace(at, node);
  return node;
}

Builder::NodeId Builder::expand_parameter(const Context& context, Slot slot) {
  if (context.caller == nullptr) return leaf({context.frame, slot});
  const SlotRef calling{context.caller->frame, context.calling_slot};
  return expand(*context.caller, operand_at(trace_, calling, slot).slot);
}

Builder::NodeId Builder::expand_step(const Context& context, Slot slot) {
  const SlotRef at{context.frame, slot};
  const plan::Step& step = step_at(trace_, at);
  const Operation operation = step.operation;
  if (operation == Operation::kConstant) {
    // A definition that is not in force here is an error: neither true nor false.
    if (value_at(trace_, at).may_fail()) return leaf(at);
    return constant(value::is_true(ops::condition(value_at(trace_, at))));
  }
  if (operation == Operation::kArgument) return expand(context, step.a);
  if (operation == Operation::kIf) return expand_if(context, at);
  if (operation == Operation::kFold) return expand_fold(context, at);
  if (operation == Operation::kCall && callee_at(trace_, at).valid()) {
    const Context inner{callee_at(trace_, at), &context, slot};
    return expand(inner, trace_.block(inner.frame).results[0]);
  }
  const bool is_connective =
      operation == Operation::kAll || operation == Operation::kAny || operation == Operation::kNot;
  if (!is_connective) return leaf(at);
  std::vector<NodeId> children;
  for (std::size_t i = 0; i < step.operand_count; ++i) {
    children.push_back(expand(context, operand_at(trace_, at, i).slot));
  }
  if (operation == Operation::kNot) return add(FormulaKind::kNot, std::move(children));
  return add(operation == Operation::kAll ? FormulaKind::kAll : FormulaKind::kAny,
             std::move(children));
}

Builder::NodeId Builder::expand_if(const Context& context, SlotRef at) {
  const NodeId test = expand(context, operand_at(trace_, at, 0).slot);
  const NodeId then = expand(context, operand_at(trace_, at, 1).slot);
  const NodeId otherwise = expand(context, operand_at(trace_, at, 2).slot);
  const NodeId not_test = add(FormulaKind::kNot, {test});
  const NodeId if_so = add(FormulaKind::kAll, {test, then});
  const NodeId if_not = add(FormulaKind::kAll, {not_test, otherwise});
  return add(FormulaKind::kAny, {if_so, if_not});
}

/// `some`: where and condition; `every`: not where, or condition.
Builder::NodeId Builder::expand_element(const Context& body, const Element& element,
                                        FoldKind kind) {
  const BodyResults results = body_results(trace_, element);
  const bool has_where = results.where.frame.valid();
  const bool has_condition = results.element.frame.valid();
  const NodeId where = has_where ? expand(body, results.where.slot) : constant(true);
  const NodeId condition = has_condition ? expand(body, results.element.slot) : constant(true);
  if (kind != FoldKind::kEvery) return add(FormulaKind::kAll, {where, condition});
  const NodeId is_left_out = add(FormulaKind::kNot, {where});
  return add(FormulaKind::kAny, {is_left_out, condition});
}

/// A quantifier over elements that surely are there. Over none, or over some that may not be there,
/// it is a leaf of its own: nothing below it can be named.
Builder::NodeId Builder::expand_fold(const Context& context, SlotRef at) {
  const auto kind = static_cast<FoldKind>(step_at(trace_, at).a);
  const bool is_quantifier =
      kind == FoldKind::kSome || kind == FoldKind::kEvery || kind == FoldKind::kNo;
  if (!is_quantifier) return leaf(at);
  std::vector<const Element*> present;
  for (const Element& element : elements_at(trace_, at)) {
    if (value::is_false(element.present)) continue;
    if (element.further || !value::is_true(element.present)) return leaf(at);
    present.push_back(&element);
  }
  if (present.empty()) return kind == FoldKind::kEvery ? constant(true) : leaf(at);
  std::vector<NodeId> children;
  for (const Element* element : present) {
    const Context body{element->frame, &context, at.slot};
    children.push_back(expand_element(body, *element, kind));
  }
  if (kind == FoldKind::kEvery) return add(FormulaKind::kAll, std::move(children));
  const NodeId some = add(FormulaKind::kAny, std::move(children));
  return kind == FoldKind::kNo ? add(FormulaKind::kNot, {some}) : some;
}

/// May it concern the member? A constant: nobody is offered to become another person.
bool Builder::concerns(Slot slot) {
  if (slot == plan::kNoSlot) return true;
  const Value value = ops::condition(value_at(trace_, {question_.frame, slot}));
  if (value::is_false(value)) return false;
  formula_.marked |= !value::is_true(value);
  return true;
}

Builder::NodeId Builder::rule_condition(const RuleEntry& rule) {
  if (!concerns(rule.concerns)) return constant(false);
  std::vector<NodeId> conditions;
  if (rule.condition != plan::kNoSlot) conditions.push_back(expand(question_, rule.condition));
  for (const plan::Narrowing& narrowing : rule.narrowings) {
    if (narrowing.condition == plan::kNoSlot || !concerns(narrowing.concerns)) continue;
    narrowing_ = narrowing.declaration;
    conditions.push_back(expand(question_, narrowing.condition));
    narrowing_.reset();
  }
  return add(FormulaKind::kAll, std::move(conditions));
}

Formula Builder::build() {
  std::vector<NodeId> conditions;
  std::vector<NodeId> grants;
  for (const RuleEntry& rule : rules_.rules) {
    conditions.push_back(rule_condition(rule));
    if (rule.effect != ops::Effect::kDenies) grants.push_back(conditions.back());
  }
  std::vector<NodeId> all{add(FormulaKind::kAny, std::move(grants))};
  for (std::size_t i = 0; i < rules_.rules.size(); ++i) {
    if (rules_.rules[i].effect != ops::Effect::kDenies) continue;
    std::vector<NodeId> ways{add(FormulaKind::kNot, {conditions[i]})};
    for (std::size_t j = 0; j < rules_.rules.size(); ++j) {
      const bool is_over = rules_.rules[j].effect != ops::Effect::kDenies && rules_.beats[j][i];
      if (is_over) ways.push_back(conditions[j]);
    }
    all.push_back(add(FormulaKind::kAny, std::move(ways)));
  }
  formula_.root = add(FormulaKind::kAll, std::move(all));
  sort_leaves();
  return std::move(formula_);
}

void Builder::sort_leaves() {
  std::vector<std::pair<LeafOrder, std::uint32_t>> order;
  for (std::uint32_t i = 0; i < formula_.leaves.size(); ++i) {
    order.emplace_back(order_of(formula_.leaves[i].at), i);
  }
  std::sort(order.begin(), order.end());
  std::vector<FormulaLeaf> sorted;
  std::vector<std::uint32_t> position(order.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) {
    position[order[i].second] = i;
    sorted.push_back(formula_.leaves[order[i].second]);
  }
  formula_.leaves = std::move(sorted);
  for (FormulaNode& node : formula_.nodes) {
    if (node.kind == FormulaKind::kLeaf) node.leaf = position[node.leaf];
  }
}

}  // namespace

Formula favour(const Trace& trace, FrameId question, const plan::RuleSet& rules) {
  return Builder(trace, question, rules).build();
}

}  // namespace juzhu::eval
