// Decision tables: a row's status is the `and` of its cells; the last column is the result. Whether
// rows can overlap or miss a case is proved exactly where cells compare with constants
// (semantics.md 5.5).
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
  static constexpr Entry kPolicies[] = {
      {"unique", "唯一", HitPolicy::kUnique}, {"first", "首个", HitPolicy::kFirst},
      {"sum", "合计值", HitPolicy::kSum},     {"highest", "最高", HitPolicy::kHighest},
      {"lowest", "最低", HitPolicy::kLowest}, {"count", "个数", HitPolicy::kCount}};
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
    ExprId result = parts.size() == 1
                        ? parts.front()
                        : make(Operation::kAll, value::boolean_type(), span, std::move(parts));
    if (tree.has(relation, TokenKind::kNOT))
      result = make(Operation::kNot, value::boolean_type(), span, {result});
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
  if (negated && !is_broken(result))
    result = make(Operation::kNot, value::boolean_type(), span, {result});
  return result;
}

std::optional<TableHead> Checker::table_head(const Scope& scope, NodeId node) {
  const SyntaxTree& tree = *scope.file->tree;
  const Span span = tree.span(node);
  const std::vector<NodeId> rows = tree.children(node, NodeKind::kRow);
  const std::string word = first_name(*scope.file, node);
  const auto policy = hit_policy(word);
  if (!policy) {
    sink_
        .report(diag::Code::kMissingHitPolicy, span,
                word.empty() ? say("a table must say which row counts", "表须写明以哪一行为准")
                             : say("a table says which row counts; `{}` does not",
                                   "表须写明以哪一行为准；`{}` 没有写明", word),
                word.empty() ? say("says nothing", "没有写明")
                             : say("not a hit policy", "不是命中方式"))
        .helps.emplace_back(in_tongue_of(
            word,
            say("write `table first`, `table unique`, `table sum`, `table highest`, `table lowest` "
                "or `table count`",
                "写 `table first`、`table unique`、`table sum`、`table highest`、`table lowest` 或 "
                "`table count`"),
            say("write `表 首个`, `表 唯一`, `表 合计值`, `表 最高`, `表 最低` or `表 个数`",
                "写 `表 首个`、`表 唯一`、`表 合计值`、`表 最高`、`表 最低` 或 `表 个数`")));
    return std::nullopt;
  }
  if (rows.size() < 2) return std::nullopt;
  if (rows.size() > 1025) {
    sink_
        .report(diag::Code::kTooMany, span, say("a table has at most 1024 rows", "表最多 1024 行"),
                say("too many", "过多"))
        .helps.emplace_back(
            say("split it; values for each place and year are better kept as a `parameter`",
                "请拆分；逐地逐年的数值更宜写成 `参数`"));
    return std::nullopt;
  }
  const std::vector<NodeId> cells = tree.children(rows.front(), NodeKind::kCell);
  const std::string_view last = tree.text_of(cells.back());
  if (!is_result_word(last)) {
    sink_
        .report(diag::Code::kTableShape, tree.span(cells.back()),
                say("the last column of a table is `result`", "表的最后一列须为 `结果`"),
                say("called `{}`", "名为 `{}`", last))
        .helps.emplace_back(say("call the last column `result` 结果", "将最后一列命名为 `结果`"));
    return std::nullopt;
  }
  TableHead head{*policy, {}};
  for (std::size_t i = 0; i + 1 < cells.size(); ++i) {
    head.columns.push_back(needs_rounding(check(scope, tree.child(cells[i], NodeKind::kExpr))));
    if (is_broken(head.columns.back())) return std::nullopt;
  }
  return head;
}

std::optional<TableRow> Checker::table_row(const Scope& scope, const TableHead& head, NodeId row,
                                           const Type* want) {
  const SyntaxTree& tree = *scope.file->tree;
  const std::vector<NodeId> cells = tree.children(row, NodeKind::kCell);
  if (cells.size() != head.columns.size() + 1) {
    sink_
        .report(diag::Code::kTableShape, tree.span(row),
                say("this row has {} cells, the heading has {}", "此行有 {} 格，表头有 {} 格",
                    cells.size(), head.columns.size() + 1),
                say("not the same number of columns", "列数不同"))
        .helps.emplace_back(
            say("write `any` in a column that does not matter", "无关的列写 `任意`"));
    return std::nullopt;
  }
  TableRow result;
  for (std::size_t i = 0; i < head.columns.size(); ++i) {
    result.cells.push_back(check_cell(scope, head.columns[i], cells[i]));
    if (result.cells.back().valid() && is_broken(result.cells.back())) return std::nullopt;
  }
  std::vector<ExprId> conditions = result.cells;
  std::erase_if(conditions, [](ExprId each) { return !each.valid(); });
  result.status =
      make(Operation::kAll, value::boolean_type(), tree.span(row), std::move(conditions));
  const Remarks remarks = remarks_of(*scope.file, row);
  if (remarks.says_anything()) {
    program_.entry_remarks[result.status] = remarks;
  }
  result.value =
      points_if_wanted(check(scope, tree.child(cells.back(), NodeKind::kExpr), want), want);
  return result;
}

ExprId Checker::check_table(const Scope& scope, NodeId node, const Type* want) {
  const SyntaxTree& tree = *scope.file->tree;
  const Span span = tree.span(node);
  const auto head = table_head(scope, node);
  if (!head) return broken(span);
  const std::vector<NodeId> row_nodes = tree.children(node, NodeKind::kRow);
  std::vector<TableRow> rows;
  std::vector<ExprId> values;
  for (std::size_t i = 1; i < row_nodes.size(); ++i) {
    auto row = table_row(scope, *head, row_nodes[i], want);
    if (!row) return broken(span);
    values.push_back(row->value);
    rows.push_back(std::move(*row));
  }
  const NodeId otherwise = tree.child(node, NodeKind::kTableOtherwise);
  if (otherwise.valid()) {
    values.push_back(
        points_if_wanted(check(scope, tree.child(otherwise, NodeKind::kExpr), want), want));
  }
  const auto common = common_type(values);
  if (!common || common->kind == TypeKind::kError) return broken(span);
  std::vector<ExprId> operands;
  for (const TableRow& row : rows) {
    operands.push_back(row.status);
    operands.push_back(as_type(row.value, *common, say("the result", "结果值")));
  }
  if (otherwise.valid())
    operands.push_back(as_type(values.back(), *common, say("the result", "结果值")));
  const Type result = head->policy == HitPolicy::kCount ? value::number_type(0) : *common;
  const ExprId table =
      make(Operation::kTable, result, span, std::move(operands),
           static_cast<std::uint32_t>(head->policy), otherwise.valid() ? ops::kHasOtherwise : 0U);
  CheckedTable checked{table, head->policy, head->columns, {}, {}};
  for (TableRow& row : rows) {
    checked.rows.push_back(row.status);
    checked.cells.push_back(std::move(row.cells));
  }
  tables_.push_back(std::move(checked));
  return table;
}

}  // namespace juzhu::sema
