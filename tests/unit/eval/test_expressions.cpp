// Expressions of test rules, one function for each form.
#include <utility>

#include "plan_builder.h"

namespace juzhu::eval::testing {
namespace {

using value::TypeKind;

std::shared_ptr<Node> node(Operation operation, const Type& type, std::vector<Expr> operands) {
  auto made = std::make_shared<Node>();
  made->operation = operation;
  made->type = type;
  made->operands = std::move(operands);
  return made;
}

value::FactId fact_id(const std::string& name) {
  return *vocabulary().schema->fact(vocabulary().person, name);
}

}  // namespace

Expr constant(const Value& value, const Type& type) {
  auto made = node(Operation::kConstant, type, {});
  made->constant = value;
  return made;
}
Expr truth(bool is_true) { return constant(value::truth(is_true), value::boolean_type()); }
Expr number(std::int64_t value, int scale) {
  return constant(value::number(value), value::number_type(scale));
}
Expr date(int year, int month, int day) {
  return constant(value::number(days(year, month, day)), value::date_type());
}
Expr fails(value::ErrorCode code, const Type& type) {
  return constant(value::failure({code, 0, 0, 0}), type);
}

Expr fact_of(const Expr& subject, const std::string& name) {
  const bool is_row = subject->type.kind == TypeKind::kRow;
  const Schema& schema = *vocabulary().schema;
  const value::FactId id = is_row ? *schema.fact(subject->type.list, name) : fact_id(name);
  auto made = node(Operation::kFact, schema[id].type, {subject});
  made->a = id.index;
  made->name = name;
  return made;
}
Expr fact(const std::string& name) { return fact_of(subject(), name); }
Expr household_fact(const std::string& name) {
  const Schema& schema = *vocabulary().schema;
  const value::FactId id = *schema.fact(value::EntityId(std::size_t{0}), name);
  auto made = node(Operation::kFact, schema[id].type, {});
  made->a = id.index;
  made->name = name;
  return made;
}
Expr subject() { return node(Operation::kArgument, value::member_type(vocabulary().person), {}); }
Expr it(const Type& type) {
  auto made = node(Operation::kArgument, type, {});
  made->a = 1;
  return made;
}
Expr call_of(const Expr& subject, const std::string& definition) {
  auto made = node(Operation::kCall, value::boolean_type(), {subject});
  made->name = definition;
  return made;
}
Expr call(const std::string& definition, const Type& type) {
  auto made = node(Operation::kCall, type, {subject()});
  made->name = definition;
  return made;
}
Expr outcome(const std::string& service) {
  auto made = node(Operation::kQuestion, value::choice_type(vocabulary().outcome), {subject()});
  made->name = service;
  return made;
}
Expr comes_out(const std::string& service, ops::OutcomeOption option) {
  const Value wanted = value::bits(std::int64_t{1} << static_cast<int>(option));
  return equal(outcome(service), constant(wanted, value::choice_type(vocabulary().outcome)));
}

Expr step(Operation operation, const Type& type, std::vector<Expr> operands, std::uint32_t a,
          std::uint32_t b) {
  auto made = node(operation, type, std::move(operands));
  made->a = a;
  made->b = b;
  return made;
}
Expr operator&&(const Expr& left, const Expr& right) {
  return node(Operation::kAll, value::boolean_type(), {left, right});
}
Expr operator||(const Expr& left, const Expr& right) {
  return node(Operation::kAny, value::boolean_type(), {left, right});
}
Expr operator!(const Expr& operand) {
  return node(Operation::kNot, value::boolean_type(), {operand});
}
Expr operator<(const Expr& left, const Expr& right) {
  return node(Operation::kLess, value::boolean_type(), {left, right});
}
Expr operator<=(const Expr& left, const Expr& right) {
  return node(Operation::kLessEqual, value::boolean_type(), {left, right});
}
Expr equal(const Expr& left, const Expr& right) {
  return node(Operation::kEqual, value::boolean_type(), {left, right});
}
Expr sum(std::vector<Expr> terms, std::vector<std::uint32_t> minus) {
  const Type type = terms.front()->type;
  auto made = node(Operation::kSum, type, std::move(terms));
  made->extra = std::move(minus);
  return made;
}
Expr if_else(const Expr& test, const Expr& then, const Expr& otherwise) {
  return node(Operation::kIf, then->type, {test, then, otherwise});
}
Expr table(ops::HitPolicy policy, std::vector<TableRow> rows, const Expr& otherwise) {
  std::vector<Expr> operands;
  for (const TableRow& row : rows) {
    operands.push_back(row.status);
    operands.push_back(row.value);
  }
  if (otherwise.given()) operands.push_back(otherwise);
  auto made = node(Operation::kTable, rows.front().value->type, std::move(operands));
  made->a = static_cast<std::uint32_t>(policy);
  made->b = otherwise.given() ? 1 : 0;
  return made;
}
Expr clauses(std::vector<TableRow> each, const std::vector<std::pair<int, int>>& order,
             const Expr& otherwise) {
  const std::size_t count = each.size();
  auto made = node(Operation::kClauses, each.front().value->type, {});
  for (const TableRow& clause : each) {
    made->operands.push_back(clause.status);
    made->operands.push_back(clause.value);
  }
  if (otherwise.given()) made->operands.push_back(otherwise);
  made->b = otherwise.given() ? 1 : 0;
  made->beats.assign(count, std::vector<bool>(count, false));
  for (const auto& [above, below] : order) {
    made->beats[static_cast<std::size_t>(above)][static_cast<std::size_t>(below)] = true;
  }
  for (std::size_t k = 0; k < count; ++k) {
    for (std::size_t i = 0; i < count; ++i) {
      for (std::size_t j = 0; j < count; ++j) {
        if (made->beats[i][k] && made->beats[k][j]) made->beats[i][j] = true;
      }
    }
  }
  return made;
}
Expr fold(ops::FoldKind kind, const Type& type, const Expr& collection, const Type& bound,
          const Expr& where, const Expr& element) {
  auto made = node(Operation::kFold, type, {collection});
  made->a = static_cast<std::uint32_t>(kind);
  made->bound = bound;
  made->where = where;
  made->element = element;
  return made;
}

Expr parents() { return fact("parents"); }
Expr rows(value::ListId list, const Expr& owner) {
  auto made = node(Operation::kRows, value::rows_type(list), {owner});
  made->a = list.index;
  return made;
}
Expr rows_on(value::ListId list, const Expr& owner, const Expr& on) {
  return node(Operation::kRowsOn, value::rows_type(list), {rows(list, owner), on});
}

}  // namespace juzhu::eval::testing
