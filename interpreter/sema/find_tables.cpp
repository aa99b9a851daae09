// Tables: what is proved of their rows goes into the program; a case without a row, a row that can
// never count and two rows of one case are told.
#include <algorithm>

#include "sema/checker.h"
#include "sema/table_proof.h"

namespace juzhu::sema {

using ops::HitPolicy;
using value::TypeKind;

namespace {

std::string_view text_at(const source::SourceMap& sources, Span span) {
  return sources.file(span.file).text().substr(span.begin, span.end - span.begin);
}

/// A stretch of a column's domain, as people write it.
std::string range_text(const ValueRange& range, const ValueRange& whole, const Type& type,
                       const value::Schema& schema, bool chinese) {
  const auto text = [&](std::int64_t number) {
    return value::value_text(value::number(number), type, schema, chinese);
  };
  if (range.least == range.greatest) return text(range.least);
  if (range == whole) return chinese ? "任意" : "anything";
  if (range.least == whole.least) return (chinese ? "至多 " : "at most ") + text(range.greatest);
  if (range.greatest == whole.greatest)
    return (chinese ? "至少 " : "at least ") + text(range.least);
  return text(range.least) + (chinese ? " 至 " : " to ") + text(range.greatest);
}

std::string case_text(const TableColumn& column, std::size_t index, const Type& type,
                      const value::Schema& schema, bool chinese) {
  const ValueSet& set = column.cases[index];
  if (set.not_applicable()) return chinese ? "不适用" : "not applicable";
  const ValueRange& range = set.ranges().front();
  switch (type.kind) {
    case TypeKind::kBoolean:
      return range.least == 1 ? (chinese ? "是" : "yes") : (chinese ? "否" : "no");
    case TypeKind::kChoice:
      return schema[type.choice].options[static_cast<std::size_t>(range.least)].in(chinese);
    case TypeKind::kNumber:
    case TypeKind::kDate:
    case TypeKind::kMonth:
      for (const ValueRange& whole : column.domain.ranges()) {
        if (whole.least <= range.least && range.greatest <= whole.greatest)
          return range_text(range, whole, type, schema, chinese);
      }
      break;
    default:
      break;
  }
  return chinese ? "某个别的值" : "some other value";
}

}  // namespace

ConditionBoxes& Checker::boxes() {
  if (!boxes_) boxes_ = std::make_unique<ConditionBoxes>(program_, *schema_);
  return *boxes_;
}

void Checker::prove_tables() {
  for (; tables_proved_ < tables_.size(); ++tables_proved_) {
    const CheckedTable& table = tables_[tables_proved_];
    TableCases cases(boxes().terms(), program_, table.headers, table.cells, false);
    std::uint32_t& proofs = program_.exprs[table.table.index].b;
    if (cases.rows_are_apart()) proofs |= ops::kRowsApart;
    if (cases.rows_are_complete()) proofs |= ops::kRowsComplete;
  }
}

Bilingual Checker::table_box_text(const TableCases& cases,
                                  const std::vector<std::size_t>& box) const {
  Bilingual text;
  for (std::size_t c = 0; c < box.size(); ++c) {
    const TableColumn& column = cases.columns()[c];
    const std::string_view heading = text_at(*input_.sources, at(column.header).span);
    const Bilingual value = in_both([&](bool chinese) {
      return case_text(column, box[c], type(column.header), *schema_, chinese);
    });
    if (c > 0) text += say(", ", "，");
    text += say("`{}` {}", "`{}` {}", heading, value);
  }
  return text;
}

void Checker::find_table_findings() {
  for (const CheckedTable& table : tables_) {
    TableCases cases(boxes().terms(), program_, table.headers, table.cells, true);
    find_missing_case(table, cases);
    find_hidden_rows(table, cases);
    if (table.policy == HitPolicy::kUnique) find_shared_rows(table, cases);
  }
}

void Checker::find_missing_case(const CheckedTable& table, const TableCases& cases) {
  const bool fails = table.policy == HitPolicy::kUnique || table.policy == HitPolicy::kFirst;
  if (!fails || (at(table.table).b & ops::kHasOtherwise) != 0)
    return;  // the others give 0 or nothing
  const auto box = cases.missing();
  if (!box) return;
  const Bilingual missing = table_box_text(cases, *box);
  sink_
      .report(diag::Code::kTableGap, at(table.table).span,
              say("no row of this table fits {}", "此表没有一行适用于：{}", missing),
              say("fails there", "此时出错"))
      .helps.push_back(
          say("add a row, or `otherwise …` after the rows", "补一行，或在各行之后写 `其他 …`"));
}

void Checker::find_hidden_rows(const CheckedTable& table, TableCases& cases) {
  for (std::size_t row = 0; row < table.cells.size(); ++row) {
    const bool fits_nothing =
        std::any_of(cases.columns().begin(), cases.columns().end(), [&](const TableColumn& column) {
          return std::all_of(column.may[row].begin(), column.may[row].end(),
                             [](std::uint64_t word) { return word == 0; });
        });
    if (!fits_nothing && (table.policy != HitPolicy::kFirst || !cases.is_hidden(row))) continue;
    Bilingual message = fits_nothing
                            ? say("this row fits no case", "此行不适用于任何情形")
                            : say("this row never counts: an earlier row fits whenever it does",
                                  "此行从不适用：其情形都先落入前面的行");
    sink_
        .report(diag::Code::kUnreachableRow, at(table.rows[row]).span, std::move(message),
                say("never counts", "从不适用"))
        .helps.push_back(say("move it up, narrow the rows before it, or take it out",
                             "调整行序，收窄前面的行，或删去此行"));
  }
}

void Checker::find_shared_rows(const CheckedTable& table, const TableCases& cases) {
  for (std::size_t right = 0; right < table.cells.size(); ++right) {
    for (std::size_t left = 0; left < right; ++left) {
      const auto box = cases.shared(left, right);
      if (!box) continue;
      const Bilingual both = table_box_text(cases, *box);
      diag::Diagnostic& diagnostic = sink_.report(
          diag::Code::kOverlappingRows, at(table.rows[right]).span,
          say("two rows of a `unique` table fit {}", "`唯一` 表的两行都适用于：{}", both),
          say("fits too", "这一行也适用"));
      diagnostic.labels.push_back({at(table.rows[left]).span, say("fits already", "已适用")});
      diagnostic.helps.push_back(
          say("narrow one of them, or write `table first`", "收窄其中一行，或写 `表 首个`"));
      break;  // one such row says enough
    }
  }
}

}  // namespace juzhu::sema
