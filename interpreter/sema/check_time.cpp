// Time: measures of covers and of periods between dates, `per`, and sets of time joined and cut.
#include "sema/checker.h"

namespace juzhu::sema {

using ops::Operation;
using value::TypeKind;

namespace {

const value::Unit kMonths = value::base_unit(value::kMonthUnit);
const value::Unit kDays = value::base_unit(value::kDayUnit);

}  // namespace

ops::Counting Checker::counting_in(const Scope& scope, NodeId window) {
  const SyntaxTree& tree = *scope.file->tree;
  if (!tree.has(window, TokenKind::kCOUNTING)) return scope.counting;
  return counting_of(*scope.file, window, first_name(*scope.file, window)).value_or(scope.counting);
}

ExprId Checker::window_end(const Scope& scope, NodeId window, TokenKind which, Span span) {
  const SyntaxTree& tree = *scope.file->tree;
  std::vector<NodeId> args = tree.children(window, NodeKind::kArg);
  const bool has_from = tree.has(window, TokenKind::kFROM);
  const bool has_to = tree.has(window, TokenKind::kTO);
  const Type date = value::date_type();
  std::size_t index = 0;
  if (which == TokenKind::kTO) index = has_from ? 1 : 0;
  const bool given = which == TokenKind::kTO ? has_to : has_from;
  if (!given || index >= args.size()) {
    // No end: up to the date of the evaluation. No beginning: all that came before.
    if (which == TokenKind::kTO) return make(Operation::kToday, date, span);
    return constant(value::number(value::kFirstDate), date, span);
  }
  return as_type(check(scope, args[index], &date), date, say("the end of a period", "期间的端点"));
}

ExprId Checker::beyond(const Scope& scope, NodeId window, ExprId quantity, Span span) {
  const SyntaxTree& tree = *scope.file->tree;
  if (!tree.has(window, TokenKind::kBEYOND) || is_broken(quantity)) return quantity;
  const std::vector<NodeId> quantities = tree.children(window, NodeKind::kQuantity);
  if (quantities.empty()) return quantity;
  const ExprId less = check_quantity(scope, quantities.back(), nullptr);
  const ExprId rest = add_terms({quantity, less}, {false, true}, span);
  if (is_broken(rest)) return rest;
  const ExprId zero = constant(value::number(0), type(rest), span);
  return make(Operation::kGreatest, type(rest), span, {zero, rest});
}

ExprId Checker::measure(const Scope& scope, ExprId time, NodeId window, ops::MeasureUnit unit,
                        ops::ChainMode chain, Span span) {
  const SyntaxTree& tree = *scope.file->tree;
  time = as_type(time, value::time_type(false), say("what is measured", "所计量者"));
  if (is_broken(time)) return time;
  ops::Measure what;
  what.unit = unit;
  what.chain = chain;
  what.counting = counting_in(scope, window);
  what.count_gaps = tree.has(window, TokenKind::kCOUNTING_GAPS);
  what.months = type(time).months;
  if (tree.has(window, TokenKind::kALLOWING_GAPS)) {
    const ExprId gap = check_quantity(scope, tree.child(window, NodeKind::kQuantity), nullptr);
    if (is_broken(gap)) return gap;
    const Type& gap_type = type(gap);
    if (gap_type.scale != 0 || (gap_type.unit != kMonths && gap_type.unit != kDays)) {
      sink_
          .report(diag::Code::kUnitMismatch, at(gap).span,
                  say("a gap is given in days or months", "间断以天数或月数表示"),
                  say("not a length of time", "不是时间长度"))
          .helps.emplace_back(
              say("write for example `allowing gaps up to 3 months`", "例如写 `容许间断 3 个月`"));
      return broken(span);
    }
    what.tolerance = constant_of(gap).lo;
    what.tolerance_in_months = gap_type.unit == kMonths;
  }
  program_.measures.push_back(what);
  const auto index = static_cast<std::uint32_t>(program_.measures.size() - 1);
  const Type result = value::number_type(0, unit == ops::MeasureUnit::kDays ? kDays : kMonths);
  return make(Operation::kMeasure, result, span,
              {time, window_end(scope, window, TokenKind::kFROM, span),
               window_end(scope, window, TokenKind::kTO, span)},
              index);
}

ExprId Checker::calendar_between(const Scope& scope, NodeId window, TokenKind unit, bool started,
                                 Span span) {
  const SyntaxTree& tree = *scope.file->tree;
  if (!tree.has(window, TokenKind::kFROM)) {
    sink_
        .report(diag::Code::kWrongArgument, span,
                say("it is not said from when", "没有写明从何时起"),
                say("needs `from`, or `in` a time", "需要 `自`，或 `于` 某段时间"))
        .helps.emplace_back(say("write `from … to …`, or `in (time covered by …)`",
                                "写 `自 … 至 …`，或 `于 （覆盖时间 …）`"));
    return broken(span);
  }
  const ExprId from = window_end(scope, window, TokenKind::kFROM, span);
  const ExprId to = window_end(scope, window, TokenKind::kTO, span);
  const auto counting = static_cast<std::uint32_t>(counting_in(scope, window));
  Type months = value::number_type(0, kMonths);
  months.years = unit == TokenKind::kYEARS;
  if (unit == TokenKind::kDAYS) {
    return make(Operation::kDaysBetween, value::number_type(0, kDays), span, {from, to}, counting);
  }
  if (started) {
    return make(Operation::kStartedBetween, months, span, {from, to},
                unit == TokenKind::kYEARS ? 1 : 0);
  }
  const bool years = unit == TokenKind::kYEARS;
  return make(years ? Operation::kYearsBetween : Operation::kMonthsBetween, months, span,
              {from, to}, counting);
}

bool Checker::refuse_idle_words(const Scope& scope, NodeId node, NodeId window, bool has_time) {
  const SyntaxTree& tree = *scope.file->tree;
  const bool chained = tree.has(node, TokenKind::kUNBROKEN) || tree.has(node, TokenKind::kLONGEST);
  const bool gaps =
      tree.has(window, TokenKind::kALLOWING_GAPS) || tree.has(window, TokenKind::kCOUNTING_GAPS);
  if (chained && !has_time) {
    sink_
        .report(diag::Code::kWrongArgument, tree.span(node),
                say("between two days nothing can be broken", "两日之间无所谓中断"),
                say("`unbroken` of no time", "`连续` 没有对应的时间"))
        .helps.emplace_back(say("write `unbroken full months in (time covered by …)`",
                                "写 `连续 满 月数 于 （覆盖时间 …）`"));
    return true;
  }
  if (gaps && !chained) {
    sink_
        .report(diag::Code::kWrongArgument, tree.span(window),
                say("gaps matter only where a stretch must be unbroken or is the longest",
                    "只有要求连续或取最长时，间断才有意义"),
                say("says nothing here", "在此没有意义"))
        .helps.emplace_back(say("write `unbroken` or `longest` before it, or leave this out",
                                "在前面写 `连续` 或 `最长`，或删去这里"));
    return true;
  }
  return false;
}

ExprId Checker::check_measure(const Scope& scope, NodeId node) {
  const SyntaxTree& tree = *scope.file->tree;
  const Span span = tree.span(node);
  const NodeId window = tree.child(node, NodeKind::kWindow);
  const NodeId time = tree.child(node, NodeKind::kPrimary);
  const bool years = tree.has(node, TokenKind::kYEARS);
  const bool days = tree.has(node, TokenKind::kDAYS);
  const bool started = tree.has(node, TokenKind::kSTARTED);
  const TokenKind unit = days ? TokenKind::kDAYS : years ? TokenKind::kYEARS : TokenKind::kMONTHS;
  if (refuse_idle_words(scope, node, window, time.valid())) return broken(span);
  if (!time.valid()) {
    return beyond(scope, window, calendar_between(scope, window, unit, started, span), span);
  }
  auto chain = ops::ChainMode::kAll;
  if (tree.has(node, TokenKind::kUNBROKEN)) chain = ops::ChainMode::kEnding;
  if (tree.has(node, TokenKind::kLONGEST)) chain = ops::ChainMode::kLongest;
  ExprId result = measure(scope, check(scope, time), window,
                          days ? ops::MeasureUnit::kDays : ops::MeasureUnit::kMonths, chain, span);
  if (is_broken(result)) return result;
  if (years) {
    // Full (started) years in a time: its months by twelves.
    const Type twelve = value::number_type(0, kMonths);
    const ExprId year = constant(value::number(12), twelve, span);
    const ExprId count = make(started ? Operation::kStartedUnits : Operation::kFullUnits,
                              value::number_type(0), span, {result, year});
    Type as_years = twelve;
    as_years.years = true;
    result = make(Operation::kProduct, as_years, span, {count, year});
  }
  return beyond(scope, window, result, span);
}

ExprId Checker::check_time_set(const Scope& scope, NodeId node, const Type* want, NodeId rounding) {
  const SyntaxTree& tree = *scope.file->tree;
  const Span span = tree.span(node);
  const std::vector<NodeId> parts = tree.children(node, NodeKind::kPrimary);
  const NodeId per = tree.child(node, NodeKind::kPer);
  if (parts.empty()) return broken(span);
  ExprId result = check(scope, parts.front(), want);
  std::vector<ops::CoverOp> operations;
  for (const std::uint32_t index : tree.own_tokens(node)) {
    const TokenKind kind = tree.tokens[index].kind;
    if (kind == TokenKind::kOVERLAPPING) operations.push_back(ops::CoverOp::kIntersect);
    if (kind == TokenKind::kTOGETHER_WITH) operations.push_back(ops::CoverOp::kUnite);
    if (kind == TokenKind::kEXCEPT) operations.push_back(ops::CoverOp::kSubtract);
  }
  for (std::size_t i = 0; i < operations.size() && i + 1 < parts.size(); ++i) {
    const Type time = value::time_type(false);
    const ExprId left = as_type(result, time, say("what time is joined to", "所合并的时间"));
    const ExprId right =
        as_type(check(scope, parts[i + 1]), time, say("the other time", "另一段时间"));
    if (is_broken(left) || is_broken(right)) return broken(span);
    if (type(left).months != type(right).months) {
      sink_
          .report(
              diag::Code::kUnitMismatch, at(right).span,
              say("one time is kept in months, the other in days", "一段时间以月计，另一段以日计"),
              type(right).months ? say("kept in months", "以月计") : say("kept in days", "以日计"))
          .helps.emplace_back(say("join times of one kind; months never become days silently",
                                  "只能合并同一种时间；月不会自动变成日"));
      return broken(span);
    }
    result = make(Operation::kCombineTime, type(left), span, {left, right},
                  static_cast<std::uint32_t>(operations[i]));
  }
  return per.valid() ? check_per(scope, needs_rounding(result), per, rounding, span) : result;
}

ExprId Checker::units_in(const Scope& scope, NodeId per, ExprId quantity, ExprId size,
                         NodeId rounding, Span span) {
  const SyntaxTree& tree = *scope.file->tree;
  const bool started = tree.has(per, TokenKind::kSTARTED);
  if (tree.has(per, TokenKind::kFULL) || started) {
    return make(started ? Operation::kStartedUnits : Operation::kFullUnits, value::number_type(0),
                span, {quantity, size});
  }
  if (rounding.valid()) {
    Type quotient;
    quotient.kind = TypeKind::kQuotient;
    return round(scope, rounding, make(Operation::kRound, quotient, span, {quantity, size}), span);
  }
  if (constant_of(size).lo == 1) {
    // Per one unit: the quantity itself, as a bare number.
    const ExprId one = constant(value::number(1), value::number_type(0), span);
    return make(Operation::kProduct, value::number_type(type(quantity).scale), span,
                {quantity, one});
  }
  sink_
      .report(diag::Code::kNeedsRounding, span,
              say("parts of a unit: it is not said how they count",
                  "不足一个单位的部分：没有写明如何计算"),
              say("a division without rounding", "除法没有舍入"))
      .helps.emplace_back(
          say("write `per full …`, `per started …`, or `rounded half_up to 1 decimal` after it",
              "写 `每 满 …`、`每 起 …`，或在后面写 `舍入 四舍五入 至 1 位小数`"));
  return broken(span);
}

ExprId Checker::check_per(const Scope& scope, ExprId rate, NodeId per, NodeId rounding, Span span) {
  const SyntaxTree& tree = *scope.file->tree;
  const NodeId unit_node = tree.child(per, NodeKind::kMeasureUnit);
  const NodeId window = tree.child(per, NodeKind::kWindow);
  const NodeId primary = tree.child(per, NodeKind::kPrimary);
  if (is_broken(rate) || !unit_node.valid()) return broken(span);
  if (type(rate).kind != TypeKind::kNumber) {
    sink_
        .report(diag::Code::kTypeMismatch, at(rate).span,
                say("`per` needs a number before it", "`每` 的前面须有一个数"),
                say("this is {}", "这是{}", type_text(type(rate))))
        .helps.emplace_back(
            say("write for example `0.1 per full month in …`", "例如写 `0.1 每 满 月 于 …`"));
    return broken(span);
  }
  auto unit = unit_type(*scope.file, unit_node, 0);
  if (!unit) return broken(span);
  std::int64_t count = 1;
  if (const syntax::Token* number = tree.token(per, TokenKind::kNUMBER)) {
    count = std::atoll(std::string(tree.text_of(*number)).c_str());
  }
  const ExprId size = constant(value::number(unit->years ? count * 12 : count), *unit, span);
  const bool started = tree.has(per, TokenKind::kSTARTED);
  ExprId quantity;
  const ExprId source = primary.valid() ? check(scope, primary) : ExprId{};
  const bool has_time = source.valid() && type(source).kind == TypeKind::kTime;
  if (refuse_idle_words(scope, per, window, has_time)) return broken(span);
  const bool cuts = tree.has(window, TokenKind::kFROM) || tree.has(window, TokenKind::kTO);
  if (source.valid() && !has_time && !is_broken(source) && cuts) {
    sink_
        .report(diag::Code::kWrongArgument, tree.span(window),
                say("only a time has days to cut, and this is {}", "只有时间才能截取日子，而这是{}",
                    type_text(type(source))),
                say("says nothing here", "在此没有意义"))
        .helps.emplace_back(
            say("write the days where the quantity is measured", "在计量之处写明日子"));
    return broken(span);
  }
  if (source.valid() && type(source).kind == TypeKind::kTime) {
    const auto chain =
        tree.has(per, TokenKind::kUNBROKEN) ? ops::ChainMode::kEnding : ops::ChainMode::kAll;
    const bool days = unit->unit == kDays;
    quantity = measure(scope, source, window,
                       days ? ops::MeasureUnit::kDays : ops::MeasureUnit::kMonths, chain, span);
  } else if (source.valid()) {
    quantity = needs_rounding(source);
  } else {
    // Years are counted in months, so that `beyond` leaves the months that it does not take.
    const TokenKind word = unit->unit == kDays ? TokenKind::kDAYS : TokenKind::kMONTHS;
    quantity = calendar_between(scope, window, word, started, span);
  }
  quantity = beyond(scope, window, quantity, span);
  if (is_broken(quantity) || !common_type({size, quantity})) return broken(span);
  const ExprId units = units_in(scope, per, quantity, size, rounding, span);
  if (is_broken(units)) return units;
  const int scale = type(rate).scale + type(units).scale;
  if (scale > 9) {
    sink_
        .report(diag::Code::kScaleTooLarge, span,
                say("this product has more than 9 decimals", "此乘积超过 9 位小数"),
                say("too many decimals", "小数位数过多"))
        .helps.emplace_back(say("round it", "请舍入"));
    return broken(span);
  }
  return make(Operation::kProduct, value::number_type(scale, type(rate).unit), span, {rate, units});
}

}  // namespace juzhu::sema
