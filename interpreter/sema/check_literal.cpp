// Literals that are no quantities: dates, texts, sets, the first and last day of a time.
#include "sema/checker.h"
#include "syntax/parse.h"
#include "value/date.h"

namespace juzhu::sema {

using ops::Operation;
using value::TypeKind;

namespace {

/// "31 August" or 8月31日.
std::optional<value::CalendarDay> parse_month_day(std::string_view token_text) {
  static constexpr std::string_view kMonthNames[] = {
      "January", "February", "March",     "April",   "May",      "June",
      "July",    "August",   "September", "October", "November", "December"};
  const std::string text = syntax::name_of(token_text);
  std::vector<int> numbers;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] < '0' || text[i] > '9') continue;
    const bool starts = i == 0 || text[i - 1] < '0' || text[i - 1] > '9';
    if (starts) numbers.push_back(0);
    numbers.back() = numbers.back() * 10 + (text[i] - '0');
  }
  value::CalendarDay day{0, 0, 0};
  for (int month = 1; month <= 12; ++month) {
    if (text.find(kMonthNames[month - 1]) != std::string::npos && numbers.size() == 1) {
      day = {0, month, numbers.front()};
    }
  }
  if (numbers.size() == 2) day = {0, numbers[0], numbers[1]};
  const bool exists = day.month >= 1 && day.month <= 12 && day.day >= 1 &&
                      day.day <= value::days_in_month(2000, day.month);
  return exists ? std::optional(day) : std::nullopt;
}

}  // namespace

ExprId Checker::check_set(const Scope& scope, NodeId node, const Type* want) {
  const SyntaxTree& tree = *scope.file->tree;
  const Span span = tree.span(node);
  Type element;
  if (want != nullptr && want->kind == TypeKind::kChoiceSet)
    element = value::choice_type(want->choice);
  if (want != nullptr && want->kind == TypeKind::kMemberSet)
    element = value::member_type(want->entity);
  std::vector<ExprId> operands;
  for (const NodeId expr : tree.children(node, NodeKind::kExpr))
    operands.push_back(check(scope, expr, &element));
  if (operands.empty() && element.kind != TypeKind::kError) {
    return constant(value::set_between(0, 0), *want, span);
  }
  const auto common = common_type(operands);
  if (!common || common->kind == TypeKind::kError) return broken(span);
  if (common->kind != TypeKind::kChoice && common->kind != TypeKind::kMember) {
    sink_
        .report(diag::Code::kTypeMismatch, span,
                say("no set of {}", "没有{}的集合", type_text(*common)),
                say("a set holds options of a choice, or members", "集合由选项或成员组成"))
        .helps.emplace_back(say("use `is one of {{ … }}` to compare with several values",
                                "与多个值比较，请用 `属下列之一 {{ … }}`"));
    return broken(span);
  }
  const Type set = common->kind == TypeKind::kChoice ? value::choice_set_type(common->choice)
                                                     : value::member_set_type(common->entity);
  std::int64_t bits = 0;
  for (const ExprId operand : operands) {
    if (!is_constant(operand)) return make(Operation::kSetOf, set, span, std::move(operands));
    bits |= constant_of(operand).lo;
  }
  return constant(value::set_between(bits, bits), set, span);
}

ExprId Checker::check_primary(const Scope& scope, NodeId node, const Type* want) {
  const SyntaxTree& tree = *scope.file->tree;
  const Span span = tree.span(node);
  const auto no_such_date = [&](std::string_view text) {
    sink_
        .report(diag::Code::kNoSuchDate, span,
                say("there is no day `{}`", "没有 `{}` 这一天", text),
                say("not in the calendar", "历法中没有"))
        .helps.emplace_back(say("check the month and the day", "核对月和日"));
    return broken(span);
  };
  switch (tree.kind(node)) {
    case NodeKind::kDateLiteral:
      if (const syntax::Token* date = tree.token(node, TokenKind::kDATE)) {
        const auto days = value::parse_date(tree.text_of(*date));
        return days ? constant(value::number(*days), value::date_type(), span)
                    : no_such_date(tree.text_of(*date));
      }
      if (const syntax::Token* month = tree.token(node, TokenKind::kMONTH)) {
        const auto number = value::parse_month(tree.text_of(*month));
        return number ? constant(value::number(*number), value::month_type(), span)
                      : no_such_date(tree.text_of(*month));
      }
      return broken(span);
    case NodeKind::kMonthDay: {
      const syntax::Token* token = tree.token(node, TokenKind::kMONTH_DAY);
      const auto parts = parse_month_day(token == nullptr ? "" : tree.text_of(*token));
      if (!parts) return no_such_date(token == nullptr ? "" : tree.text_of(*token));
      const ExprId year = as_type(check(scope, tree.child(node, NodeKind::kArg)),
                                  value::number_type(0), say("the year", "年份"));
      return make(Operation::kDateInYear, value::date_type(), span, {year},
                  static_cast<std::uint32_t>(parts->month), static_cast<std::uint32_t>(parts->day));
    }
    case NodeKind::kString: {
      const syntax::Token* token = tree.token(node, TokenKind::kSTRING);
      if (token == nullptr) return broken(span);
      schema_->texts.push_back(syntax::string_of(tree.text_of(*token)));
      for (std::size_t i = 0; i < schema_->texts.size(); ++i) {
        if (schema_->texts[i] != schema_->texts.back()) continue;
        if (i + 1 < schema_->texts.size()) schema_->texts.pop_back();
        return constant(value::number(static_cast<std::int64_t>(i)), value::text_type(), span);
      }
      return broken(span);
    }
    case NodeKind::kNoLiteral:
      return constant(value::truth(false), value::boolean_type(), span);
    case NodeKind::kBoundaryDay: {
      const ExprId time =
          as_type(check(scope, tree.child(node, NodeKind::kPrimary)), value::time_type(false),
                  say("what has a first and a last day", "有首日和末日者"));
      if (is_broken(time)) return time;
      const bool first = tree.has(node, TokenKind::kFIRST_DAY);
      return make(first ? Operation::kFirstDay : Operation::kLastDay,
                  type(time).months ? value::month_type() : value::date_type(), span, {time});
    }
    default:
      break;
  }
  (void)want;
  return broken(span);
}

}  // namespace juzhu::sema
