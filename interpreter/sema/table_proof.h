// A table's columns as finitely many cases, so that its rows can be compared exactly where cells
// compare with constants (semantics.md 5.5): each option, F and T, the stretches between the
// numbers that cells name, and "not applicable" where the question may be that.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "sema/condition_terms.h"

namespace juzhu::sema {

/// Some of the cases of a column, as bits.
using CaseSet = std::vector<std::uint64_t>;

/// One column. A cell may fit a case or surely fits it; one that compares with anything but
/// constants only may.
struct TableColumn {
  ExprId header;
  ValueSet domain;
  std::vector<ValueSet> cases;  ///< apart, together the whole domain
  std::vector<CaseSet> may;     ///< by row
  std::vector<CaseSet> sure;    ///< by row
  std::vector<ExprId> cells;    ///< by row; not valid: asks nothing
};

/// One case per column, by index.
using TableBox = std::vector<std::size_t>;

class TableCases {
 public:
  /// `rows`: the cells of each row, one per header; not valid where any value will do. A table in a
  /// definition may be asked of nobody (a spouse there is none of); `members_apply` leaves that
  /// out.
  TableCases(ConditionTerms& terms, const Program& program, const std::vector<ExprId>& headers,
             const std::vector<std::vector<ExprId>>& rows, bool members_apply);

  [[nodiscard]] const std::vector<TableColumn>& columns() const { return columns_; }
  [[nodiscard]] bool rows_are_apart() const;
  [[nodiscard]] bool rows_are_complete() const;
  /// A box that surely no row fits, if there is one.
  [[nodiscard]] std::optional<TableBox> missing() const;
  /// A box that both rows surely fit.
  [[nodiscard]] std::optional<TableBox> shared(std::size_t left, std::size_t right) const;
  /// Does an earlier row fit wherever this one does? A row that fits nothing is hidden too.
  [[nodiscard]] bool is_hidden(std::size_t row);

 private:
  struct Truths {
    ValueSet when_true;
    ValueSet when_false;
  };
  std::optional<Truths> truths(ExprId cell, ExprId header);
  void add_column(ExprId header, std::vector<ExprId> cells);
  [[nodiscard]] bool may_fit(std::size_t row, const TableBox& box) const;
  [[nodiscard]] bool surely_fits(std::size_t row, const TableBox& box) const;
  /// Fits where another row does, given the box: open cells count if both rows have the same one.
  bool fits_like(std::size_t row, std::size_t other, const TableBox& box);
  [[nodiscard]] bool next(TableBox& box) const;
  /// Columns that ask the same must agree.
  [[nodiscard]] bool is_possible(const TableBox& box) const;
  /// The first box of these cases of each column that is meant.
  static std::optional<TableBox> first_of(const std::vector<std::vector<std::size_t>>& cases,
                                          const std::function<bool(const TableBox&)>& is_meant);
  [[nodiscard]] bool too_many() const { return boxes_ > kMaxBoxes; }
  static constexpr std::size_t kMaxBoxes = 4096;

  ConditionTerms& terms_;
  const Program& program_;
  std::size_t rows_ = 0;
  bool members_apply_ = false;
  std::size_t boxes_ = 1;
  std::vector<TableColumn> columns_;
  std::vector<std::pair<std::size_t, std::size_t>> alike_;  ///< columns of one header
};

}  // namespace juzhu::sema
