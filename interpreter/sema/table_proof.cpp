#include "sema/table_proof.h"

#include <algorithm>
#include <set>

namespace juzhu::sema {

using ops::Operation;

namespace {

void add(CaseSet& cases, std::size_t index) { cases[index / 64] |= std::uint64_t{1} << index % 64; }

bool has(const CaseSet& cases, std::size_t index) {
  return (cases[index / 64] >> index % 64 & 1U) != 0;
}

/// Do both have a case?
bool meet(const CaseSet& left, const CaseSet& right) {
  for (std::size_t word = 0; word < left.size(); ++word) {
    if ((left[word] & right[word]) != 0) return true;
  }
  return false;
}

bool is_empty(const ValueSet& set) { return set.ranges().empty() && !set.not_applicable(); }

}  // namespace

TableCases::TableCases(ConditionTerms& terms, const Program& program,
                       const std::vector<ExprId>& headers,
                       const std::vector<std::vector<ExprId>>& rows, bool members_apply)
    : terms_(terms), program_(program), rows_(rows.size()), members_apply_(members_apply) {
  for (std::size_t c = 0; c < headers.size(); ++c) {
    std::vector<ExprId> cells;
    cells.reserve(rows.size());
    for (const std::vector<ExprId>& row : rows)
      cells.push_back(row[c]);
    add_column(headers[c], std::move(cells));
    for (std::size_t other = 0; other < c; ++other) {
      const bool same = headers[other] == headers[c] || terms_.same(headers[other], headers[c]);
      if (same) alike_.emplace_back(other, c);
    }
    if (!too_many()) boxes_ *= columns_.back().cases.size();
  }
}

std::optional<TableCases::Truths> TableCases::truths(ExprId cell, ExprId header) {
  if (!cell.valid()) return Truths{ValueSet::everything(), {}};
  if (cell == header) return Truths{ValueSet::only(1), ValueSet({{0, 0}}, true)};
  const Expr& expr = program_[cell];
  if (expr.operation == Operation::kNot) {
    auto inner = truths(expr.operands.front(), header);
    if (inner) std::swap(inner->when_true, inner->when_false);
    return inner;
  }
  if (expr.operation == Operation::kAll) {
    Truths all{ValueSet::everything(), {}};
    for (const ExprId part : expr.operands) {
      const auto inner = truths(part, header);
      if (!inner) return std::nullopt;
      all.when_true = all.when_true.intersected(inner->when_true);
      all.when_false = all.when_false.united(inner->when_false);
    }
    return all;
  }
  const auto compared = terms_.comparison(cell);
  if (!compared) return std::nullopt;
  if (compared->of != header && !terms_.same(compared->of, header)) return std::nullopt;
  if (program_[compared->of].type.scale != program_[header].type.scale) return std::nullopt;
  return Truths{compared->when_true, compared->when_false};
}

void TableCases::add_column(ExprId header, std::vector<ExprId> cells) {
  TableColumn column;
  column.header = header;
  column.domain = terms_.domain(header, members_apply_);
  std::vector<std::optional<Truths>> read;
  std::set<std::int64_t> starts;  // of stretches that all cells answer alike
  for (const ExprId cell : cells) {
    read.push_back(truths(cell, header));
    if (!read.back()) continue;
    for (const ValueRange& each : read.back()->when_true.ranges()) {
      starts.insert(each.least);
      if (each.greatest != ValueRange{}.greatest) starts.insert(each.greatest + 1);
    }
  }
  for (const ValueRange& whole : column.domain.ranges()) {
    std::int64_t from = whole.least;
    for (const std::int64_t start : starts) {
      if (start <= from || start > whole.greatest) continue;
      column.cases.push_back(ValueSet::between(from, start - 1));
      from = start;
    }
    column.cases.push_back(ValueSet::between(from, whole.greatest));
  }
  if (column.domain.not_applicable()) column.cases.emplace_back(std::vector<ValueRange>{}, true);
  const std::size_t words = column.cases.size() / 64 + 1;
  for (const std::optional<Truths>& each : read) {
    CaseSet& may = column.may.emplace_back(words, 0);
    CaseSet& sure = column.sure.emplace_back(words, 0);
    for (std::size_t i = 0; i < column.cases.size(); ++i) {
      if (each && column.cases[i].within(each->when_true)) add(sure, i);
      if (!each || !column.cases[i].within(each->when_false)) add(may, i);
    }
  }
  column.cells = std::move(cells);
  columns_.push_back(std::move(column));
}

bool TableCases::may_fit(std::size_t row, const TableBox& box) const {
  for (std::size_t c = 0; c < columns_.size(); ++c) {
    if (!has(columns_[c].may[row], box[c])) return false;
  }
  return true;
}

bool TableCases::surely_fits(std::size_t row, const TableBox& box) const {
  for (std::size_t c = 0; c < columns_.size(); ++c) {
    if (!has(columns_[c].sure[row], box[c])) return false;
  }
  return true;
}

bool TableCases::is_possible(const TableBox& box) const {
  return std::none_of(alike_.begin(), alike_.end(), [&](const auto& pair) {
    const ValueSet& one = columns_[pair.first].cases[box[pair.first]];
    return is_empty(one.intersected(columns_[pair.second].cases[box[pair.second]]));
  });
}

std::optional<TableBox> TableCases::first_of(const std::vector<std::vector<std::size_t>>& cases,
                                             const std::function<bool(const TableBox&)>& is_meant) {
  if (std::any_of(cases.begin(), cases.end(), [](const auto& own) { return own.empty(); }))
    return std::nullopt;
  std::vector<std::size_t> at(cases.size(), 0);
  while (true) {
    TableBox box;
    for (std::size_t c = 0; c < cases.size(); ++c)
      box.push_back(cases[c][at[c]]);
    if (is_meant(box)) return box;
    std::size_t c = 0;
    while (c < at.size() && ++at[c] == cases[c].size())
      at[c++] = 0;
    if (c == at.size()) return std::nullopt;
  }
}

bool TableCases::next(TableBox& box) const {
  for (std::size_t c = 0; c < columns_.size(); ++c) {
    if (++box[c] < columns_[c].cases.size()) return true;
    box[c] = 0;
  }
  return false;
}

bool TableCases::rows_are_apart() const {
  for (std::size_t left = 0; left < rows_; ++left) {
    for (std::size_t right = left + 1; right < rows_; ++right) {
      const bool apart = std::any_of(
          columns_.begin(), columns_.end(),
          [&](const TableColumn& column) { return !meet(column.may[left], column.may[right]); });
      if (!apart) return false;
    }
  }
  return true;
}

bool TableCases::rows_are_complete() const {
  if (too_many()) return false;
  TableBox box(columns_.size(), 0);
  do {
    bool fits = !is_possible(box);
    for (std::size_t row = 0; row < rows_ && !fits; ++row)
      fits = surely_fits(row, box);
    if (!fits) return false;
  } while (next(box));
  return true;
}

std::optional<TableBox> TableCases::missing() const {
  if (too_many()) return std::nullopt;
  TableBox box(columns_.size(), 0);
  do {
    bool fits = !is_possible(box);
    for (std::size_t row = 0; row < rows_ && !fits; ++row)
      fits = may_fit(row, box);
    if (!fits) return box;
  } while (next(box));
  return std::nullopt;
}

std::optional<TableBox> TableCases::shared(std::size_t left, std::size_t right) const {
  if (too_many()) return std::nullopt;
  std::vector<std::vector<std::size_t>> cases;
  for (const TableColumn& column : columns_) {
    std::vector<std::size_t>& both = cases.emplace_back();
    for (std::size_t i = 0; i < column.cases.size(); ++i) {
      if (has(column.sure[left], i) && has(column.sure[right], i)) both.push_back(i);
    }
  }
  return first_of(cases, [&](const TableBox& box) { return is_possible(box); });
}

bool TableCases::fits_like(std::size_t row, std::size_t other, const TableBox& box) {
  for (std::size_t c = 0; c < columns_.size(); ++c) {
    const TableColumn& column = columns_[c];
    if (has(column.sure[row], box[c])) continue;
    if (!has(column.may[row], box[c])) return false;
    const ExprId cell = column.cells[row];
    const ExprId like = column.cells[other];
    if (!cell.valid() || !like.valid() || !terms_.same(cell, like)) return false;
  }
  return true;
}

bool TableCases::is_hidden(std::size_t row) {
  if (too_many()) return false;
  // Through the cases of this row alone.
  std::vector<std::vector<std::size_t>> cases;
  for (const TableColumn& column : columns_) {
    std::vector<std::size_t>& own = cases.emplace_back();
    for (std::size_t i = 0; i < column.cases.size(); ++i) {
      if (has(column.may[row], i)) own.push_back(i);
    }
  }
  return !first_of(cases, [&](const TableBox& box) {
    bool hidden = !is_possible(box);
    for (std::size_t earlier = 0; earlier < row && !hidden; ++earlier)
      hidden = fits_like(earlier, row, box);
    return !hidden;
  });
}

}  // namespace juzhu::sema
