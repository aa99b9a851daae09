// Numbers: sums, products, divisions, quantities with units, and literals.
#include "sema/checker.h"
#include "syntax/parse.h"
#include "value/date.h"

namespace juzhu::sema {

using ops::Operation;
using value::TypeKind;

namespace {

const value::Unit kMonths = value::base_unit(value::kMonthUnit);
const value::Unit kDays = value::base_unit(value::kDayUnit);

struct Literal {
  std::int64_t value = 0;
  int scale = 0;
  bool too_large = false;
};

/// Digits with `_`, a point and 万 (ten thousand), full-width or not; exact.
Literal parse_number(std::string_view token_text) {
  const std::string text = syntax::name_of(token_text);
  Literal literal;
  bool point = false;
  const bool wan = text.size() >= 3 && text.compare(text.size() - 3, 3, "万") == 0;
  const auto push = [&](int digit) {
    if (__builtin_mul_overflow(literal.value, std::int64_t{10}, &literal.value) ||
        __builtin_add_overflow(literal.value, std::int64_t{digit}, &literal.value)) {
      literal.too_large = true;
    }
  };
  for (const char c : text) {
    if (c == '.') point = true;
    if (c < '0' || c > '9') continue;
    push(c - '0');
    if (point) ++literal.scale;
  }
  for (int i = 0; wan && i < 4; ++i) {
    if (literal.scale > 0) {
      --literal.scale;
    } else {
      push(0);
    }
  }
  return literal;
}

}  // namespace

std::optional<Type> Checker::unit_type(const File& file, NodeId unit, int scale) {
  const SyntaxTree& tree = *file.tree;
  Type type = value::number_type(scale);
  if (tree.has(unit, TokenKind::kDAYS)) type.unit = kDays;
  if (tree.has(unit, TokenKind::kMONTHS)) type.unit = kMonths;
  if (tree.has(unit, TokenKind::kYEARS) || tree.has(unit, TokenKind::kYEARS_OLD)) {
    type.unit = kMonths;
    type.years = true;
  }
  const syntax::Token* token = tree.token(unit, TokenKind::kNAME);
  if (token == nullptr) return type;
  const std::string name = name_text(file, *token);
  if (name == "yuan" || name == "元") {
    type.unit = value::base_unit(value::kYuanUnit);
  } else if (name == "point" || name == "points" || name == "分") {
    type.unit = value::base_unit(value::kPointUnit);
  } else if (const Symbol* symbol = find(file, name, {SymbolKind::kUnit})) {
    type.unit = value::base_unit(static_cast<int>(symbol->index));
  } else {
    std::vector<std::string> known = names_of_kind({SymbolKind::kUnit});
    known.insert(known.end(), {"yuan", "points", "元", "分", "days", "months", "years"});
    unknown_name(file, tree.span(*token), name, say("unit", "单位"), known);
    return std::nullopt;
  }
  return type;
}

ExprId Checker::check_quantity(const Scope& scope, NodeId node, const Type* want) {
  const SyntaxTree& tree = *scope.file->tree;
  const Span span = tree.span(node);
  const syntax::Token* token = tree.token(node, TokenKind::kNUMBER);
  if (token == nullptr) return broken(span);
  Literal literal = parse_number(tree.text_of(*token));
  if (literal.too_large) {
    sink_
        .report(diag::Code::kNumberTooLarge, span, say("this number is too large", "此数过大"),
                say("more than 64 bits hold", "超过 64 位"))
        .helps.emplace_back(
            say("numbers go up to 9223372036854775807", "数最大为 9223372036854775807"));
    return broken(span);
  }
  if (literal.scale > 9) {
    sink_
        .report(diag::Code::kScaleTooLarge, span,
                say("a number has at most 9 decimals", "数最多 9 位小数"),
                say("too many decimals", "小数位数过多"))
        .helps.emplace_back(say("round it", "请舍入"));
    return broken(span);
  }
  Type type = value::number_type(literal.scale);
  if (tree.has(node, TokenKind::kPERCENT)) {
    literal.scale += 2;
    type = value::number_type(literal.scale);
    type.percent = true;
  } else if (const NodeId unit = tree.child(node, NodeKind::kMeasureUnit); unit.valid()) {
    const auto with_unit = unit_type(*scope.file, unit, literal.scale);
    if (!with_unit) return broken(span);
    type = *with_unit;
    if (type.years) literal.value *= 12;
  } else if (want != nullptr && want->kind == TypeKind::kNumber &&
             want->unit == value::base_unit(value::kPointUnit)) {
    type.unit = want->unit;
  } else if (want != nullptr && (want->kind == TypeKind::kDate || want->kind == TypeKind::kMonth)) {
    // A year where a date stands: kept as a number here, made a range by scenarios.
    type = value::number_type(0);
  }
  return constant(value::number(literal.value), type, span);
}

ExprId Checker::add_to_date(ExprId date, ExprId term, bool minus, Span span) {
  const Type date_like = type(date);
  if (minus && type(term).kind == date_like.kind && date_like.kind == TypeKind::kDate) {
    return make(Operation::kDaysBetween, value::number_type(0, kDays), span, {term, date},
                static_cast<std::uint32_t>(ops::Counting::kCivilCode));
  }
  const bool months = type(term).kind == TypeKind::kNumber && type(term).unit == kMonths;
  const bool days = type(term).kind == TypeKind::kNumber && type(term).unit == kDays;
  if (date_like.kind == TypeKind::kMonth) {
    if (minus && type(term).kind == TypeKind::kMonth) {
      Expr difference{Operation::kSum, value::number_type(0, kMonths), span, {date, term}, 0, 0,
                      {0, 1}};
      return make(std::move(difference));
    }
    if (months) {
      Expr sum{Operation::kSum,     value::month_type(), span, {date, term}, 0, 0,
               {0, minus ? 1U : 0U}};
      return make(std::move(sum));
    }
  }
  if (type(term).scale == 0 && (months || (days && date_like.kind == TypeKind::kDate))) {
    ExprId amount = term;
    if (minus) amount = add_terms({term}, {true}, span);
    return make(months ? Operation::kAddMonths : Operation::kAddDays, value::date_type(), span,
                {date, amount});
  }
  sink_
      .report(diag::Code::kUnitMismatch, at(term).span,
              say("only days, months and years can be added to {}", "{}只能加减天数、月数和年数",
                  type_text(date_like)),
              say("this is {}", "这是{}", type_text(type(term))))
      .helps.emplace_back(say("write for example `+ 2 years`", "例如写 `+ 2 年`"));
  return broken(span);
}

ExprId Checker::add_terms(const std::vector<ExprId>& terms, const std::vector<bool>& minus,
                          Span span) {
  for (const ExprId term : terms) {
    if (is_broken(term)) return broken(span);
  }
  const auto common = common_type(terms);
  if (!common) return broken(span);
  if (common->kind != TypeKind::kNumber) {
    sink_
        .report(diag::Code::kTypeMismatch, span,
                say("{} cannot be added up", "{}不能相加", type_text(*common)),
                say("added here", "在此相加"))
        .helps.emplace_back(say("add numbers", "请将数相加"));
    return broken(span);
  }
  Expr sum{Operation::kSum, *common, span, terms, 0, 0, {}};
  for (const bool subtracted : minus)
    sum.extra.push_back(subtracted ? 1 : 0);
  if (terms.size() == 1 && is_constant(terms.front()) && minus.front() &&
      constant_of(terms.front()).only_value()) {
    Value negated = constant_of(terms.front());
    negated.lo = -negated.lo;
    negated.hi = -negated.hi;
    return constant(negated, *common, span);
  }
  return make(std::move(sum));
}

ExprId Checker::check_sum(const Scope& scope, NodeId node, const Type* want) {
  const SyntaxTree& tree = *scope.file->tree;
  const Span span = tree.span(node);
  const std::vector<NodeId> products = tree.children(node, NodeKind::kProduct);
  if (products.empty()) return broken(span);
  std::vector<bool> minus{false};
  for (const std::uint32_t index : tree.own_tokens(node)) {
    const TokenKind kind = tree.tokens[index].kind;
    if (kind == TokenKind::kPLUS || kind == TokenKind::kMINUS)
      minus.push_back(kind == TokenKind::kMINUS);
  }
  ExprId result = check(scope, products.front(), want);
  if (products.size() > 1) {
    std::vector<ExprId> terms{points_if_wanted(result, want)};
    const TypeKind first = type(terms.front()).kind;
    const bool dates = first == TypeKind::kDate || first == TypeKind::kMonth;
    for (std::size_t i = 1; i < products.size(); ++i) {
      const ExprId term = check(scope, products[i], dates ? nullptr : want);
      terms.push_back(points_if_wanted(term, dates ? nullptr : want));
    }
    minus.resize(terms.size(), false);
    if (dates) {
      // Months before days (semantics.md 4.1), whatever the written order.
      result = terms.front();
      for (const bool days : {false, true}) {
        for (std::size_t i = 1; i < terms.size() && !is_broken(result); ++i) {
          if (is_broken(terms[i])) return broken(span);
          if ((type(terms[i]).unit == kDays) != days) continue;
          result = add_to_date(result, terms[i], minus[i], span);
        }
      }
    } else {
      result = add_terms(terms, minus, span);
    }
  }
  if (const NodeId fallback = tree.child(node, NodeKind::kOrIfNone); fallback.valid()) {
    result = points_if_wanted(result, want);
    const Type wanted = type(result);
    const ExprId value =
        points_if_wanted(check(scope, tree.child(fallback, NodeKind::kSum), &wanted), want);
    if (!common_type({result, value})) return broken(span);
    const Type common = *common_type({result, value});
    result = make(Operation::kOrIfNone, common, span,
                  {as_type(result, common, say("the value", "值")),
                   as_type(value, common, say("what stands instead", "替代值"))});
  }
  return result;
}

ExprId Checker::round(const Scope& scope, NodeId rounding, ExprId operand, Span span) {
  const SyntaxTree& tree = *scope.file->tree;
  const std::string word = first_name(*scope.file, rounding);
  struct Mode {
    std::string_view en, zh;
    ops::Rounding mode;
  };
  static constexpr Mode kModes[] = {{"", "", ops::Rounding::kHalfUp},
                                    {"half_up", "四舍五入", ops::Rounding::kHalfUp},
                                    {"half_even", "银行家", ops::Rounding::kHalfEven},
                                    {"down", "舍去", ops::Rounding::kDown},
                                    {"up", "进位", ops::Rounding::kUp},
                                    {"floor", "向下", ops::Rounding::kFloor},
                                    {"ceiling", "向上", ops::Rounding::kCeiling}};
  const Mode* mode = nullptr;
  for (const Mode& known : kModes) {
    if (word == known.en || word == known.zh) mode = &known;
  }
  if (mode == nullptr) {
    sink_
        .report(diag::Code::kUnknownName, tree.span(rounding),
                say("no way of rounding called `{}`", "没有名为 `{}` 的舍入方式", word),
                say("not known", "未知"))
        .helps.emplace_back(in_tongue_of(word,
                                         say("write half_up, half_even, down, up, floor or ceiling",
                                             "写 half_up、half_even、down、up、floor 或 ceiling"),
                                         say("write 四舍五入, 银行家, 舍去, 进位, 向下 or 向上",
                                             "写 四舍五入、银行家、舍去、进位、向下 或 向上")));
    return broken(span);
  }
  const syntax::Token* token = tree.token(rounding, TokenKind::kNUMBER);
  const Literal digits = token == nullptr ? Literal{} : parse_number(tree.text_of(*token));
  if (digits.value > 9 || digits.scale > 0) {
    sink_
        .report(diag::Code::kScaleTooLarge, tree.span(rounding),
                say("a number has at most 9 decimals", "数最多 9 位小数"), say("too many", "过多"))
        .helps.emplace_back(say("round to 0 to 9 decimals", "舍入到 0 至 9 位小数"));
    return broken(span);
  }
  if (is_broken(operand)) return operand;
  Type result = type(operand);
  std::vector<ExprId> operands{operand};
  if (result.kind == TypeKind::kQuotient) {
    operands = at(operand).operands;
    result = value::number_type(0, type(operands[0]).unit / type(operands[1]).unit);
  }
  if (result.kind != TypeKind::kNumber) {
    sink_
        .report(diag::Code::kTypeMismatch, span, say("only numbers are rounded", "只有数才能舍入"),
                say("this is {}", "这是{}", type_text(result)))
        .helps.emplace_back(say("leave out `rounded`", "删去 `舍入`"));
    return broken(span);
  }
  result.scale = static_cast<std::uint8_t>(digits.value);
  return make(Operation::kRound, result, span, std::move(operands),
              static_cast<std::uint32_t>(mode->mode), static_cast<std::uint32_t>(digits.value));
}

ExprId Checker::check_product(const Scope& scope, NodeId node, const Type* want) {
  const SyntaxTree& tree = *scope.file->tree;
  const Span span = tree.span(node);
  const std::vector<NodeId> factors = tree.children(node, NodeKind::kFactor);
  const NodeId rounding = tree.child(node, NodeKind::kRounding);
  if (factors.empty()) return broken(span);
  if (factors.size() == 1) {
    const NodeId time_set = tree.child(factors.front(), NodeKind::kTimeSet);
    if (rounding.valid() && time_set.valid() && tree.child(time_set, NodeKind::kPer).valid()) {
      return check_time_set(scope, time_set, want, rounding);
    }
    const ExprId only = check(scope, factors.front(), want);
    return rounding.valid() ? round(scope, rounding, only, span) : only;
  }
  std::vector<bool> divides{false};
  for (const std::uint32_t index : tree.own_tokens(node)) {
    const TokenKind kind = tree.tokens[index].kind;
    if (kind == TokenKind::kSTAR || kind == TokenKind::kSLASH)
      divides.push_back(kind == TokenKind::kSLASH);
  }
  divides.resize(factors.size(), false);
  ExprId result = needs_rounding(check(scope, factors.front()));
  for (std::size_t i = 1; i < factors.size(); ++i) {
    const ExprId factor = needs_rounding(check(scope, factors[i]));
    result = needs_rounding(result);
    if (is_broken(result) || is_broken(factor)) return broken(span);
    if (type(result).kind != TypeKind::kNumber || type(factor).kind != TypeKind::kNumber) {
      const ExprId wrong = type(result).kind != TypeKind::kNumber ? result : factor;
      sink_
          .report(diag::Code::kTypeMismatch, at(wrong).span,
                  say("{} cannot be multiplied", "{}不能相乘", type_text(type(wrong))),
                  say("this is {}", "这是{}", type_text(type(wrong))))
          .helps.emplace_back(say("multiply numbers", "请将数相乘"));
      return broken(span);
    }
    if (divides[i]) {
      Type quotient;
      quotient.kind = TypeKind::kQuotient;
      result = make(Operation::kRound, quotient, span, {result, factor});
      continue;
    }
    const int scale = type(result).scale + type(factor).scale;
    if (scale > 9) {
      sink_
          .report(diag::Code::kScaleTooLarge, span,
                  say("this product has {} decimals; a number has at most 9",
                      "此乘积有 {} 位小数；数最多 9 位", scale),
                  say("too many decimals", "小数位数过多"))
          .helps.emplace_back(say("round one of the factors first", "先将其中一个因数舍入"));
      return broken(span);
    }
    result =
        make(Operation::kProduct, value::number_type(scale, type(result).unit * type(factor).unit),
             span, {result, factor});
  }
  return rounding.valid() ? round(scope, rounding, result, span) : result;
}

ExprId Checker::check_list_fold(const Scope& scope, NodeId node, const Type* want) {
  const SyntaxTree& tree = *scope.file->tree;
  const Span span = tree.span(node);
  std::vector<ExprId> operands;
  for (const NodeId expr : tree.children(node, NodeKind::kExpr)) {
    operands.push_back(points_if_wanted(check(scope, expr, want), want));
  }
  if (operands.empty()) return broken(span);
  const auto common = common_type(operands);
  if (!common || common->kind == TypeKind::kError) return broken(span);
  if (common->kind != TypeKind::kNumber && common->kind != TypeKind::kDate &&
      common->kind != TypeKind::kMonth) {
    sink_
        .report(diag::Code::kTypeMismatch, span,
                say("{} has no order", "{}没有大小先后", type_text(*common)),
                say("compared here", "在此比较"))
        .helps.emplace_back(
            say("take the highest of numbers or the latest of dates", "数可取最高，日期可取最晚"));
    return broken(span);
  }
  const bool least =
      tree.has(node, TokenKind::kLOWEST_OF) || tree.has(node, TokenKind::kEARLIEST_OF);
  return make(least ? Operation::kLeast : Operation::kGreatest, *common, span, std::move(operands));
}

}  // namespace juzhu::sema
