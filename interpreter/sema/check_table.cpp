// Decision tables: a row's status is the `and` of its cells; the last column is the result. Whether rows can overlap
// or miss a case is proved exactly where cells compare with constants (semantics.md 5.5).
#include <algorithm>

#include "sema/checker.h"

namespace juzhu::sema {

using ops::HitPolicy;
using ops::Operation;
using value::TypeKind;

namespace {

std::optional<HitPolicy> hit_policy(std::string_view word) {
  struct Entry {
    std::string_view en, zh;
    HitPolicy policy;
  };
  static constexpr Entry kPolicies[] = {{"unique", "唯一", HitPolicy::kUnique},   {"first", "首个", HitPolicy::kFirst},
                                        {"sum", "合计值", HitPolicy::kSum},       {"highest", "最高", HitPolicy::kHighest},
                                        {"lowest", "最低", HitPolicy::kLowest},   {"count", "个数", HitPolicy::kCount}};
  for (const Entry& entry : kPolicies) {
    if (word == entry.en || word == entry.zh) return entry.policy;
  }
  return std::nullopt;
}

bool is_result_word(std::string_view word) { return word == "result" || word == "结果"; }

}  // namespace

ExprId Checker::check_cell(const Scope& scope, ExprId header, NodeId cell) {
  const SyntaxTree& tree = *scope.file->tree;
  const Span span = tree.span(cell);
  if (tree.child(cell, NodeKind::kAnyCell).valid()) return {};
  if (const NodeId relation = tree.child(cell, NodeKind::kRelationCell); relation.valid()) {
    std::vector<ExprId> parts;
    for (const NodeId each : tree.children(relation, NodeKind::kRelation)) {
      parts.push_back(check_relation(scope, header, each, span));
    }
    ExprId result = parts.size() == 1 ? parts.front()
                                      : make(Operation::kAll, value::boolean_type(), span, std::move(parts));
    if (tree.has(relation, TokenKind::kNOT)) result = make(Operation::kNot, value::boolean_type(), span, {result});
    return result;
  }
  // `not owner`: the header is not this option.
  NodeId value = tree.child(cell, NodeKind::kExpr);
  bool negated = false;
  for (NodeId node = value; node.valid();) {
    if (tree.kind(node) == NodeKind::kNotExpr) {
      negated = true;
      value = tree.child(node, NodeKind::kOperand);
      break;
    }
    const std::vector<NodeId> children = tree.children(node);
    node = children.size() == 1 ? children.front() : NodeId{};
  }
  const Type wanted = type(header);
  ExprId result = equal(scope, header, needs_rounding(check(scope, value, &wanted)), span);
  if (negated && !is_broken(result)) result = make(Operation::kNot, value::boolean_type(), span, {result});
  return result;
}

ExprId Checker::check_table(const Scope& scope, NodeId node, const Type* want) {
  const SyntaxTree& tree = *scope.file->tree;
  const Span span = tree.span(node);
  const std::vector<NodeId> rows = tree.children(node, NodeKind::kRow);
  const std::string word = first_name(*scope.file, node);
  const auto policy = hit_policy(word);
  if (!policy) {
    sink_.report(diag::Code::kMissingHitPolicy, span, "a table says which row counts; `" + word + "` does not",
                 "not a hit policy")
        .helps.emplace_back(in_tongue_of(word, "write `table first`, `table unique`, `table sum`, `table highest`, "
                                               "`table lowest` or `table count`",
                                         "write `表 首个`, `表 唯一`, `表 合计值`, `表 最高`, `表 最低` or `表 个数`"));
    return broken(span);
  }
  if (rows.size() < 2) return broken(span);
  if (rows.size() > 1025) {
    sink_.report(diag::Code::kTooMany, span, "a table has at most 1024 rows", "too many")
        .helps.push_back("split it; values for each place and year are better kept as a `parameter`");
    return broken(span);
  }
  const std::vector<NodeId> head = tree.children(rows.front(), NodeKind::kCell);
  const std::string_view last = tree.text_of(head.back());
  if (!is_result_word(last)) {
    sink_.report(diag::Code::kTableShape, tree.span(head.back()), "the last column of a table is `result`",
                 "called `" + std::string(last) + "`")
        .helps.push_back("call the last column `result` 结果");
    return broken(span);
  }
  std::vector<ExprId> headers;
  for (std::size_t i = 0; i + 1 < head.size(); ++i) {
    headers.push_back(needs_rounding(check(scope, tree.child(head[i], NodeKind::kExpr))));
    if (is_broken(headers.back())) return broken(span);
  }
  std::vector<ExprId> statuses;
  std::vector<ExprId> values;
  std::vector<std::vector<ExprId>> cells_by_row;
  for (std::size_t r = 1; r < rows.size(); ++r) {
    const std::vector<NodeId> cells = tree.children(rows[r], NodeKind::kCell);
    if (cells.size() != head.size()) {
      sink_.report(diag::Code::kTableShape, tree.span(rows[r]), "this row has " + std::to_string(cells.size()) +
                   " cells, the heading has " + std::to_string(head.size()), "not the same number of columns")
          .helps.push_back("write `any` in a column that does not matter");
      return broken(span);
    }
    std::vector<ExprId> conditions;
    for (std::size_t i = 0; i < headers.size(); ++i) {
      conditions.push_back(check_cell(scope, headers[i], cells[i]));
      if (conditions.back().valid() && is_broken(conditions.back())) return broken(span);
    }
    cells_by_row.push_back(conditions);
    std::erase_if(conditions, [](ExprId each) { return !each.valid(); });
    statuses.push_back(make(Operation::kAll, value::boolean_type(), tree.span(rows[r]), std::move(conditions)));
    const Remarks remarks = remarks_of(*scope.file, rows[r]);
    if (!remarks.cites.empty() || remarks.confidence || !remarks.vague.empty() || !remarks.not_encoded.empty() ||
        !remarks.notes.empty()) {
      program_.entry_remarks[statuses.back()] = remarks;
    }
    values.push_back(needs_rounding(check(scope, tree.child(cells.back(), NodeKind::kExpr), want)));
  }
  const NodeId otherwise = tree.child(node, NodeKind::kTableOtherwise);
  std::vector<ExprId> all = values;
  if (otherwise.valid()) {
    all.push_back(needs_rounding(check(scope, tree.child(otherwise, NodeKind::kExpr), want)));
  }
  const auto common = common_type(all);
  if (!common || common->kind == TypeKind::kError) return broken(span);
  std::vector<ExprId> operands;
  for (std::size_t i = 0; i < statuses.size(); ++i) {
    operands.push_back(statuses[i]);
    operands.push_back(as_type(values[i], *common, "the result"));
  }
  if (otherwise.valid()) operands.push_back(as_type(all.back(), *common, "the result"));
  const Type result = *policy == HitPolicy::kCount ? value::number_type(0) : *common;
  const std::uint32_t proofs = prove_table(headers, cells_by_row);
  return make(Operation::kTable, result, span, std::move(operands), static_cast<std::uint32_t>(*policy),
              (otherwise.valid() ? 1U : 0U) | proofs);
}

namespace {

/// A column of a table as finitely many representative values: every option, both truths, or the constants it is
/// compared with and their neighbours. Cells that ask anything else are opaque.
struct Column {
  bool opaque = false;
  std::vector<std::int64_t> values;
};

constexpr std::size_t kMaxBoxes = 4096;

}  // namespace

std::optional<bool> Checker::cell_holds(ExprId cell, ExprId header, std::int64_t value, int scale) const {
  const auto scaled = [&](ExprId expr) -> std::optional<std::int64_t> {
    if (expr == header) return value;
    if (!is_constant(expr) || !constant_of(expr).only_value()) return std::nullopt;
    std::int64_t number = constant_of(expr).lo;
    for (int i = type(expr).scale; i < scale; ++i) {
      if (__builtin_mul_overflow(number, std::int64_t{10}, &number)) return std::nullopt;
    }
    return number;
  };
  if (cell == header) return value != 0;
  const Expr& expr = at(cell);
  switch (expr.operation) {
    case Operation::kNot: {
      const auto inner = cell_holds(expr.operands[0], header, value, scale);
      return inner ? std::optional(!*inner) : std::nullopt;
    }
    case Operation::kAll: {
      bool holds = true;
      for (const ExprId part : expr.operands) {
        const auto inner = cell_holds(part, header, value, scale);
        if (!inner) return std::nullopt;
        holds = holds && *inner;
      }
      return holds;
    }
    case Operation::kEqual:
    case Operation::kLess:
    case Operation::kLessEqual: {
      if (type(header).kind == TypeKind::kPlace || type(header).kind == TypeKind::kText) return std::nullopt;
      const auto left = scaled(expr.operands[0]);
      const auto right = scaled(expr.operands[1]);
      if (!left || !right) return std::nullopt;
      if (expr.operation == Operation::kEqual) return *left == *right;
      return expr.operation == Operation::kLess ? *left < *right : *left <= *right;
    }
    case Operation::kOneOf: {
      const auto left = scaled(expr.operands[0]);
      bool found = false;
      for (std::size_t i = 1; i < expr.operands.size(); ++i) {
        const auto right = scaled(expr.operands[i]);
        if (!left || !right) return std::nullopt;
        found = found || *left == *right;
      }
      return found;
    }
    default: return std::nullopt;
  }
}

void Checker::constants_in(ExprId cell, ExprId header, int scale, std::vector<std::int64_t>& into) const {
  if (!cell.valid() || cell == header) return;
  if (is_constant(cell) && constant_of(cell).only_value() && type(cell).kind == type(header).kind) {
    std::int64_t number = constant_of(cell).lo;
    for (int i = type(cell).scale; i < scale; ++i) {
      if (__builtin_mul_overflow(number, std::int64_t{10}, &number)) return;
    }
    into.insert(into.end(), {number - 1, number, number + 1});
    return;
  }
  for (const ExprId operand : at(cell).operands) {
    if (operand.valid() && operand != header) constants_in(operand, header, scale, into);
  }
}

std::uint32_t Checker::prove_table(const std::vector<ExprId>& headers,
                                   const std::vector<std::vector<ExprId>>& rows) {
  std::vector<Column> columns(headers.size());
  // holds[row][column][value]
  std::vector<std::vector<std::vector<char>>> holds(rows.size(), std::vector<std::vector<char>>(headers.size()));
  std::size_t boxes = 1;
  for (std::size_t c = 0; c < headers.size(); ++c) {
    Column& column = columns[c];
    const Type& of = type(headers[c]);
    int scale = of.scale;
    for (const auto& row : rows) {
      if (row[c].valid()) scale = std::max(scale, 9 < of.scale ? 9 : static_cast<int>(of.scale) + 4);
    }
    if (of.kind == TypeKind::kBoolean) {
      column.values = {0, 1};
    } else if (of.kind == TypeKind::kChoice) {
      for (std::size_t i = 0; i < (*schema_)[of.choice].options.size(); ++i) {
        column.values.push_back(std::int64_t{1} << i);
      }
    } else {
      for (const auto& row : rows) constants_in(row[c], headers[c], scale, column.values);
      std::sort(column.values.begin(), column.values.end());
      column.values.erase(std::unique(column.values.begin(), column.values.end()), column.values.end());
      if (column.values.empty()) column.values.push_back(0);
    }
    for (std::size_t r = 0; r < rows.size(); ++r) {
      for (const std::int64_t value : column.values) {
        if (!rows[r][c].valid()) {
          holds[r][c].push_back(1);
          continue;
        }
        const auto holds_here = cell_holds(rows[r][c], headers[c], value, scale);
        column.opaque = column.opaque || !holds_here;
        holds[r][c].push_back(holds_here.value_or(false) ? 1 : 0);
      }
    }
    boxes = boxes > kMaxBoxes ? boxes : boxes * column.values.size();
  }
  const auto apart = [&](std::size_t left, std::size_t right) {
    for (std::size_t c = 0; c < headers.size(); ++c) {
      if (columns[c].opaque) continue;
      bool meet = false;
      for (std::size_t v = 0; v < columns[c].values.size(); ++v) {
        meet = meet || (holds[left][c][v] != 0 && holds[right][c][v] != 0);
      }
      if (!meet) return true;
    }
    return false;
  };
  bool disjoint = true;
  for (std::size_t left = 0; left < rows.size(); ++left) {
    for (std::size_t right = left + 1; right < rows.size(); ++right) disjoint = disjoint && apart(left, right);
  }
  bool complete = boxes <= kMaxBoxes;
  std::vector<std::size_t> at_value(headers.size(), 0);
  for (std::size_t box = 0; complete && box < boxes; ++box) {
    bool covered = false;
    for (std::size_t r = 0; r < rows.size() && !covered; ++r) {
      bool fits = true;
      for (std::size_t c = 0; c < headers.size(); ++c) {
        const bool plain = !columns[c].opaque || !rows[r][c].valid();
        fits = fits && plain && holds[r][c][at_value[c]] != 0;
      }
      covered = fits;
    }
    complete = covered;
    for (std::size_t c = 0; c < headers.size(); ++c) {
      if (++at_value[c] < columns[c].values.size()) break;
      at_value[c] = 0;
    }
  }
  return (disjoint ? 2U : 0U) | (complete ? 4U : 0U);
}

}  // namespace juzhu::sema
