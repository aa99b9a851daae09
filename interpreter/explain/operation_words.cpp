// How each operation is put into words, in the order of ops/operations.def. A pattern's {0} stands
// for the first operand. A new operation needs a line here before the room compiles.
#include <array>

#include "explain/phraser.h"

namespace juzhu::explain {
namespace {

using ops::Operation;
using P = Phraser;

constexpr OperationWords method(Operation operation, std::string (P::*noun)(sema::ExprId),
                                bool varies = false) {
  return {operation, noun, {}, {}, &P::standing_alone, {}, {}, varies};
}
constexpr OperationWords named(Operation operation, std::string (P::*noun)(sema::ExprId),
                               std::string (P::*sentence)(sema::ExprId, bool), bool varies) {
  return {operation, noun, {}, {}, sentence, {}, {}, varies};
}
constexpr OperationWords pattern(Operation operation, std::string_view en, std::string_view zh,
                                 bool varies = false) {
  return {operation, nullptr, en, zh, &P::standing_alone, {}, {}, varies};
}
constexpr OperationWords condition(Operation operation,
                                   std::string (P::*sentence)(sema::ExprId, bool)) {
  return {operation, nullptr, {}, {}, sentence, {}, {}, false};
}
constexpr OperationWords relation(Operation operation, std::string_view en, std::string_view zh,
                                  std::string_view denied_en, std::string_view denied_zh) {
  return {operation, nullptr, en, zh, nullptr, denied_en, denied_zh, false};
}

constexpr std::array kWords = {
    // Leaves
    method(Operation::kConstant, &P::constant),
    method(Operation::kToday, &P::today),
    method(Operation::kHere, &P::here),
    method(Operation::kArgument, &P::argument, true),
    named(Operation::kFact, &P::fact, &P::has, true),
    pattern(Operation::kRowStart, "{0}'s start", "{0}的起始日", true),
    pattern(Operation::kRowEnd, "{0}'s end", "{0}的终止日", true),
    method(Operation::kRows, &P::rows, true),
    method(Operation::kRowsOn, &P::rows_on, true),
    method(Operation::kAllMembers, &P::all_members, true),
    method(Operation::kSetOf, &P::set_of),
    // Names with versions
    named(Operation::kCall, &P::call, &P::has, false),
    named(Operation::kParameter, &P::parameter, &P::standing_alone, false),
    method(Operation::kQuestion, &P::question, true),
    pattern(Operation::kOutcome, "the outcome", "结果", true),
    // Conditions
    condition(Operation::kAll, &P::joined),
    condition(Operation::kAny, &P::joined),
    condition(Operation::kNot, &P::negation),
    relation(Operation::kEqual, "{0} is {1}", "{0}为{1}", "{0} is not {1}", "{0}不为{1}"),
    condition(Operation::kLess, &P::comparison),
    condition(Operation::kLessEqual, &P::comparison),
    condition(Operation::kCompareQuotient, &P::quotient_comparison),
    condition(Operation::kOneOf, &P::one_of),
    relation(Operation::kWithin, "{0} is within {1}", "{0}位于{1}", "{0} is not within {1}",
             "{0}不位于{1}"),
    relation(Operation::kIncludes, "{0} includes {1}", "{0}包含{1}", "{0} does not include {1}",
             "{0}不包含{1}"),
    relation(Operation::kCoversDate, "{1} lies within {0}", "{1}在{0}之内",
             "{1} does not lie within {0}", "{1}不在{0}之内"),
    relation(Operation::kGiven, "there is {0}", "有{0}", "there is no {0}", "没有{0}"),
    // Choosing
    named(Operation::kIf, &P::choice, &P::choice_condition, false),
    pattern(Operation::kOrIfNone, "{0} (if there is none: {1})", "{0}（无则为{1}）"),
    pattern(Operation::kClauses, "what the clauses give", "各条款所得"),
    pattern(Operation::kTable, "the result of the table", "查表所得"),
    // Numbers
    method(Operation::kSum, &P::sum),
    pattern(Operation::kProduct, "{0} × {1}", "{0}×{1}"),
    method(Operation::kRound, &P::rounded),
    pattern(Operation::kFullUnits, "the number of full {1} in {0}", "{0}中满{1}的个数"),
    pattern(Operation::kStartedUnits, "the number of started {1} in {0}",
            "{0}中每{1}（不足计一）的个数"),
    method(Operation::kLeast, &P::extreme),
    method(Operation::kGreatest, &P::extreme),
    // Calendar
    method(Operation::kAddMonths, &P::add_months),
    method(Operation::kAddDays, &P::add_months),
    method(Operation::kDaysBetween, &P::between),
    method(Operation::kMonthsBetween, &P::between),
    method(Operation::kYearsBetween, &P::between),
    method(Operation::kStartedBetween, &P::between),
    method(Operation::kDateInYear, &P::date_in_year),
    pattern(Operation::kYearOf, "the year of {0}", "{0}的年份"),
    pattern(Operation::kMonthOf, "the month of {0}", "{0}的月份"),
    pattern(Operation::kYearStart, "1 January of the year of {0}", "{0}当年1月1日"),
    method(Operation::kPlaceAt, &P::place_at),
    // Time
    method(Operation::kCombineTime, &P::combined_time),
    method(Operation::kMeasure, &P::measure),
    pattern(Operation::kFirstDay, "the first day of {0}", "{0}的首日"),
    pattern(Operation::kLastDay, "the last day of {0}", "{0}的末日"),
    // Members and rows
    named(Operation::kFold, &P::fold, &P::condition_fold, true),
    pattern(Operation::kPick, "what is best for the child", "取最有利者", true),
};

constexpr bool in_order() {
  for (std::size_t i = 0; i < kWords.size(); ++i) {
    if (static_cast<std::size_t>(kWords[i].operation) != i) {
      return false;
    }
  }
  return true;
}
constexpr std::array kOperations = {
// NOLINTNEXTLINE(cppcoreguidelines-macro-usage)
#define JUZHU_OPERATION(name, doc) Operation::k##name,
#include "ops/operations.def"
#undef JUZHU_OPERATION
};
// A failure here names no operation: compare the list above with ops/operations.def.
static_assert(kWords.size() == kOperations.size() && in_order());

}  // namespace

const OperationWords& words_of(Operation operation) {
  return kWords[static_cast<std::size_t>(operation)];
}

}  // namespace juzhu::explain
