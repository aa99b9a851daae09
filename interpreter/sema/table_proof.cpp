// Proofs about tables, exact where cells compare with constants (semantics.md 5.5): can two rows
// hold at once, can a case miss all rows?
#include <algorithm>

#include "sema/checker.h"

namespace juzhu::sema {

using ops::Operation;
using value::TypeKind;

namespace {

/// Numbers are compared at the finest scale there is.
constexpr int kFinestScale = 9;

/// A column of a table as finitely many representative values: every option, both truths, or the
/// constants it is compared with and their neighbours. Cells that ask anything else are opaque.
struct Column {
  bool opaque = false;
  std::vector<std::int64_t> values;
  std::vector<std::vector<char>> holds;  ///< by row, by value
  std::vector<char> any;                 ///< by row: the cell asks nothing
};

constexpr std::size_t kMaxBoxes = 4096;

bool apart(const std::vector<Column>& columns, std::size_t left, std::size_t right) {
  for (const Column& column : columns) {
    if (column.opaque) continue;
    bool meet = false;
    for (std::size_t v = 0; v < column.values.size(); ++v) {
      meet = meet || (column.holds[left][v] != 0 && column.holds[right][v] != 0);
    }
    if (!meet) return true;
  }
  return false;
}

bool are_disjoint(const std::vector<Column>& columns, std::size_t rows) {
  for (std::size_t left = 0; left < rows; ++left) {
    for (std::size_t right = left + 1; right < rows; ++right) {
      if (!apart(columns, left, right)) return false;
    }
  }
  return true;
}

/// Is the box of one value per column covered by a row whose cells there are plain?
bool is_covered(const std::vector<Column>& columns, std::size_t rows,
                const std::vector<std::size_t>& box) {
  for (std::size_t r = 0; r < rows; ++r) {
    bool fits = true;
    for (std::size_t c = 0; c < columns.size(); ++c) {
      const bool plain = !columns[c].opaque || columns[c].any[r] != 0;
      fits = fits && plain && columns[c].holds[r][box[c]] != 0;
    }
    if (fits) return true;
  }
  return false;
}

bool are_complete(const std::vector<Column>& columns, std::size_t rows) {
  std::size_t boxes = 1;
  for (const Column& column : columns) {
    boxes *= column.values.size();
    if (boxes > kMaxBoxes) return false;
  }
  std::vector<std::size_t> box(columns.size(), 0);
  for (std::size_t i = 0; i < boxes; ++i) {
    if (!is_covered(columns, rows, box)) return false;
    for (std::size_t c = 0; c < columns.size(); ++c) {
      if (++box[c] < columns[c].values.size()) break;
      box[c] = 0;
    }
  }
  return true;
}

}  // namespace

std::optional<bool> Checker::cell_holds(ExprId cell, ExprId header, std::int64_t value,
                                        int scale) const {
  const auto scaled = [&](ExprId expr) -> std::optional<std::int64_t> {
    if (expr == header) return value;
    if (!is_constant(expr) || !constant_of(expr).only_value()) return std::nullopt;
    std::int64_t number = constant_of(expr).lo;
    if (type(expr).kind == TypeKind::kChoice) return number;  // an option has no decimals
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
      if (type(header).kind == TypeKind::kPlace || type(header).kind == TypeKind::kText)
        return std::nullopt;
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
    default:
      return std::nullopt;
  }
}

void Checker::constants_in(ExprId cell, ExprId header, int scale,
                           std::vector<std::int64_t>& into) const {
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

std::vector<std::int64_t> Checker::column_values(ExprId header, std::size_t column,
                                                 const std::vector<TableRow>& rows) const {
  const Type& of = type(header);
  std::vector<std::int64_t> values;
  if (of.kind == TypeKind::kBoolean) return {0, 1};
  if (of.kind == TypeKind::kChoice) {
    for (std::size_t i = 0; i < (*schema_)[of.choice].options.size(); ++i) {
      values.push_back(std::int64_t{1} << i);
    }
    return values;
  }
  for (const TableRow& row : rows) {
    constants_in(row.cells[column], header, kFinestScale, values);
  }
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
  if (values.empty()) values.push_back(0);
  return values;
}

std::uint32_t Checker::prove_table(const std::vector<ExprId>& headers,
                                   const std::vector<TableRow>& rows) const {
  std::vector<Column> columns(headers.size());
  for (std::size_t c = 0; c < headers.size(); ++c) {
    Column& column = columns[c];
    column.values = column_values(headers[c], c, rows);
    for (const TableRow& row : rows) {
      const ExprId cell = row.cells[c];
      column.any.push_back(cell.valid() ? 0 : 1);
      std::vector<char>& holds = column.holds.emplace_back();
      for (const std::int64_t value : column.values) {
        const auto here =
            cell.valid() ? cell_holds(cell, headers[c], value, kFinestScale) : std::optional(true);
        column.opaque = column.opaque || !here;
        holds.push_back(here.value_or(false) ? 1 : 0);
      }
    }
  }
  return (are_disjoint(columns, rows.size()) ? 2U : 0U) |
         (are_complete(columns, rows.size()) ? 4U : 0U);
}

}  // namespace juzhu::sema
