#include "batch/computed.h"

#include <set>

#include "batch/scalar.h"
#include "eval/facts.h"
#include "eval/trace.h"

namespace juzhu::batch {
namespace {

using value::TypeKind;

/// Results that columns hold.
bool has_column(const Type& type) {
  return type.kind == TypeKind::kBoolean || type.kind == TypeKind::kNumber ||
         type.kind == TypeKind::kDate || type.kind == TypeKind::kMonth ||
         type.kind == TypeKind::kChoice || type.kind == TypeKind::kPlace;
}

void collect(const Expressions& expressions, ExpressionId id, std::set<ExpressionId>& seen,
             std::vector<ExpressionId>& found) {
  if (!id.valid() || !seen.insert(id).second) return;
  const Expression& expression = expressions[id];
  const bool is_function = expression.is_function && expression.facts.size() <= 2;
  const bool is_left =
      expression.shape == Shape::kUnsupported || (!is_function && !has_lanes(expression.operation));
  if (is_left && expression.origin.block.valid() && has_column(expression.type)) {
    found.push_back(id);
    return;
  }
  for (const ExpressionId operand : expression.operands)
    collect(expressions, operand, seen, found);
}

struct Filling {
  std::vector<std::int64_t> numbers;
  std::vector<CellKind> cells;
};

/// The kind of member that a block is about; not valid: none.
value::EntityId subject_of(const plan::Block& block) {
  for (const Type& parameter : block.parameters) {
    if (parameter.kind == TypeKind::kMember) return parameter.entity;
  }
  return {};
}

/// The value of an expression that reads no fact; of no kind where it is none.
Value fixed_value(const Expressions& expressions, ExpressionId id) {
  const Expression& expression = expressions[id];
  std::vector<Value> operands;
  std::vector<Type> types;
  for (const ExpressionId operand : expression.operands) {
    operands.push_back(fixed_value(expressions, operand));
    types.push_back(expressions[operand].type);
  }
  return scalar(expressions.plan(), expression, operands, types);
}

void fill_row(const Expressions& expressions, const Expression& expression,
              eval::Evaluator& evaluator, std::uint32_t member, std::size_t row, Filling& to) {
  std::vector<Value> arguments;
  for (const ExpressionId id : expression.origin.arguments) {
    const bool is_member = expressions[id].shape == Shape::kMember;
    arguments.push_back(is_member ? value::bits(eval::bit(member)) : fixed_value(expressions, id));
    if (arguments.back().kinds == 0) return;
  }
  const eval::FrameId frame = evaluator.run(expression.origin.block, std::move(arguments));
  const Value& value = evaluator.trace()[frame].slots[expression.origin.slot];
  if (value.only_not_applicable()) to.cells[row] = CellKind::kNotApplicable;
  const std::optional<std::int64_t> exact = exact_number(value, expression.type);
  if (!exact) return;
  to.cells[row] = CellKind::kExact;
  to.numbers[row] = *exact;
}

}  // namespace

ComputedColumns compute_columns(const Expressions& expressions, const Table& table,
                                std::span<const ExpressionId> roots, const Households& households) {
  std::set<ExpressionId> seen;
  std::vector<ExpressionId> found;
  for (const ExpressionId root : roots)
    collect(expressions, root, seen, found);
  if (found.empty() || households == nullptr) return {};
  std::vector<Filling> fillings(found.size());
  for (Filling& filling : fillings) {
    filling.numbers.assign(table.row_count(), 0);
    filling.cells.assign(table.row_count(), CellKind::kUnknown);
  }
  for (std::size_t h = 0; h < table.household_count(); ++h) {
    const value::Household whole = eval::with_whole_domains(households(h), table.schema());
    if (eval::household_failure(whole).may_fail()) continue;
    eval::Evaluator evaluator(expressions.plan(), whole);
    for (std::size_t i = 0; i < found.size(); ++i) {
      const Expression& expression = expressions[found[i]];
      const value::EntityId subject = subject_of(expressions.plan()[expression.origin.block]);
      for (std::uint32_t m = 0; m < whole.members.size(); ++m) {
        if (subject.valid() && whole.members[m].entity != subject) continue;
        fill_row(expressions, expression, evaluator, m, table.first_row(h) + m, fillings[i]);
      }
    }
  }
  ComputedColumns columns;
  for (std::size_t i = 0; i < found.size(); ++i)
    columns.emplace(found[i], make_column(fillings[i].numbers, fillings[i].cells));
  return columns;
}

}  // namespace juzhu::batch
