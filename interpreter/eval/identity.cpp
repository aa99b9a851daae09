#include "eval/identity.h"

namespace juzhu::eval {
namespace {

using ops::Operation;

void add_type(const plan::Type& type, std::vector<std::int64_t>& key) {
  for (const std::uint32_t part :
       {static_cast<std::uint32_t>(type.kind), static_cast<std::uint32_t>(type.scale),
        type.choice.index, type.entity.index, type.list.index}) {
    key.push_back(part);
  }
}

void add_value(const Value& value, std::vector<std::int64_t>& key) {
  key.insert(key.end(), {value.kinds, value.lo, value.hi});
  if (value.may_fail()) key.push_back(static_cast<std::int64_t>(value.error.code));
}

}  // namespace

std::uint32_t Identities::of(SlotRef at) {
  const auto found = done_.find(at);
  if (found != done_.end()) return found->second;
  Key key = key_of(at);  // first, since it gives its parts their own numbers
  const auto next = static_cast<std::uint32_t>(ids_.size());
  const std::uint32_t id = ids_.emplace(std::move(key), next).first->second;
  done_.emplace(at, id);
  return id;
}

/// What `a` names, where two steps may name the same by different numbers.
void Identities::add_content(const plan::Step& step, Key& key) const {
  if (step.operation == Operation::kConstant) {
    add_value(trace_.plan->constants[step.a], key);
  } else if (step.operation == Operation::kMeasure) {
    const ops::Measure& measure = trace_.plan->measures[step.a];
    key.insert(key.end(),
               {static_cast<std::int64_t>(measure.unit), static_cast<std::int64_t>(measure.chain),
                static_cast<std::int64_t>(measure.counting), measure.count_gaps ? 1 : 0,
                measure.tolerance, measure.tolerance_in_months ? 1 : 0, measure.months ? 1 : 0});
  } else if (step.operation == Operation::kParameter) {
    key.push_back(step.declaration.index);
  } else if (step.operation != Operation::kPick) {
    key.push_back(step.a);
    if (step.operation != Operation::kFold) key.push_back(step.b);
  }
  if (step.operation != Operation::kSum) return;
  for (std::size_t i = 0; i < step.operand_count; ++i) {
    key.push_back(trace_.plan->extras[step.first_extra + i]);
  }
}

/// Two folds are the same over the same elements with the same conditions, whatever the block of
/// the body.
void Identities::add_fold(SlotRef at, Key& key) {
  for (const Element& element : elements_at(trace_, at)) {
    add_value(element.bound, key);
    add_value(element.present, key);
    const BodyResults body = body_results(trace_, element);
    key.push_back(body.where.frame.valid() ? of(body.where) : -1);
    key.push_back(body.element.frame.valid() ? of(body.element) : -1);
  }
}

/// Two picks are the same from the same candidates by the same keys.
void Identities::add_pick(SlotRef at, Key& key) {
  for (const PickCandidate& candidate : picking_at(trace_, at).candidates) {
    for (const Value& chosen : candidate.chosen)
      add_value(chosen, key);
    add_value(candidate.present, key);
    for (const Slot result : trace_.block(candidate.frame).results)
      key.push_back(of({candidate.frame, result}));
  }
}

Identities::Key Identities::key_of(SlotRef at) {
  const plan::Type& type = plan::slot_type(trace_.block(at.frame), at.slot);
  Key key;
  if (is_parameter(trace_, at)) {
    // An exact argument is what it is; one that is not known is that of its frame alone.
    const Value& value = value_at(trace_, at);
    key.push_back(-1);
    add_type(type, key);
    add_value(value, key);
    const bool is_row = type.kind == value::TypeKind::kRow;
    if (!is_row && !value::is_known(value, type)) {
      key.push_back(at.frame.index);
      key.push_back(at.slot);
    }
    return key;
  }
  const plan::Step& step = step_at(trace_, at);
  if (step.operation == Operation::kArgument) return key_of({at.frame, step.a});
  key.push_back(static_cast<std::int64_t>(step.operation));
  add_type(type, key);
  add_content(step, key);
  for (std::size_t i = 0; i < step.operand_count; ++i) {
    key.push_back(of(operand_at(trace_, at, i)));
  }
  if (step.operation == Operation::kFold) add_fold(at, key);
  if (step.operation == Operation::kPick) add_pick(at, key);
  return key;
}

}  // namespace juzhu::eval
