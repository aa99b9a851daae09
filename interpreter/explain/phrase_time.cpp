// The calendar, spells and what is counted over members or rows, in words.
#include <fmt/format.h>

#include "explain/phraser.h"
#include "explain/words.h"

namespace juzhu::explain {

using ops::Operation;
using sema::Expr;
using sema::ExprId;
using value::TypeKind;

/// `date - 1 month` is kept as `date + (-1 month)`; it reads as it was written.
std::string Phraser::add_months(ExprId id) {
  const Expr& expr = program_[id];
  const Expr& period = program_[expr.operands[1]];
  if (period.operation == Operation::kConstant) {
    Value value = program_.constants[period.a];
    if (value.lo < 0 && value.hi < 0) {
      value = value::between(-value.hi, -value.lo);
      return say("{} − {}", "{} − {}", operand(expr, 0), text_of(value, period.type));
    }
  }
  const bool negated = period.operation == Operation::kSum && period.operands.size() == 1 &&
                       !period.extra.empty() && period.extra[0] == 1;
  if (negated) {
    return say("{} − {}", "{} − {}", operand(expr, 0), noun(period.operands[0]));
  }
  return fill("{} + {}", "{} + {}", expr);
}

std::string Phraser::counting_words(ops::Counting counting) const {
  switch (counting) {
    case ops::Counting::kCivilCode:
      return {};
    case ops::Counting::kBothDays:
      return std::string(pick(" (first and last day counted)", "（首尾均计）"));
    case ops::Counting::kCalendarMonths:
      return std::string(pick(" (whole calendar months)", "（按自然月）"));
  }
  return {};
}

std::string Phraser::between(ExprId id) {
  const Expr& expr = program_[id];
  std::string_view unit = pick("full months", "满月数");
  std::string counting;
  if (expr.operation == Operation::kStartedBetween) {
    unit = expr.a == 1 ? pick("started years", "年数（不足一年计一年）")
                       : pick("started months", "月数（不足一月计一月）");
  } else {
    counting = counting_words(static_cast<ops::Counting>(expr.a));
  }
  if (expr.operation == Operation::kDaysBetween) {
    unit = pick("days", "日数");
  } else if (expr.operation == Operation::kYearsBetween) {
    unit = pick("full years", "满年数");
  }
  return say("{} from {} to {}{}", "自{1}至{2}的{0}{3}", unit, operand(expr, 0), operand(expr, 1),
             counting);
}

std::string Phraser::date_in_year(ExprId id) {
  const Expr& expr = program_[id];
  if (chinese_) {
    return fmt::format("{}{}月{}日", operand(expr, 0), expr.a, expr.b);
  }
  // The words of any leap year's date, without its year.
  const auto day =
      value::days_from_civil({2000, static_cast<int>(expr.a), static_cast<int>(expr.b)});
  std::string text = day ? date_words(*day, false) : std::string();
  if (const std::size_t space = text.rfind(' '); space != std::string::npos) {
    text.resize(space);
  }
  return fmt::format("{} of {}", text, operand(expr, 0));
}

std::string Phraser::place_at(ExprId id) {
  const Expr& expr = program_[id];
  std::string_view level = pick("place", "所在地");
  switch (static_cast<value::PlaceLevel>(expr.a)) {
    case value::PlaceLevel::kProvince:
      level = pick("province", "所在省");
      break;
    case value::PlaceLevel::kCity:
      level = pick("city", "所在市");
      break;
    case value::PlaceLevel::kCounty:
      level = pick("county", "所在县区");
      break;
    case value::PlaceLevel::kTown:
      level = pick("town", "所在镇街");
      break;
    case value::PlaceLevel::kRoot:
    case value::PlaceLevel::kNation:
    case value::PlaceLevel::kZone:
      break;
  }
  return say("the {} of {}", "{1}{0}", level, operand(expr, 0));
}

std::string Phraser::combined_time(ExprId id) {
  const Expr& expr = program_[id];
  switch (static_cast<ops::CoverOp>(expr.a)) {
    case ops::CoverOp::kUnite:
      return fill("{} together with {}", "{}并上{}", expr);
    case ops::CoverOp::kIntersect:
      return fill("{} overlapping {}", "{}与{}重合", expr);
    case ops::CoverOp::kSubtract:
      return fill("{} except {}", "{}扣除{}", expr);
  }
  return {};
}

namespace {

/// A measure without `from` counts from the first day there is.
bool starts_with_time(const sema::Program& program, const Expr& measure) {
  if (!has_operand(measure, 1)) {
    return true;
  }
  const Expr& from = program[measure.operands[1]];
  return from.operation == Operation::kConstant &&
         program.constants[from.a].lo <= value::kFirstDate;
}

}  // namespace

std::string Phraser::measure(ExprId id) {
  const Expr& expr = program_[id];
  const ops::Measure& what = program_.measures[expr.a];
  const bool days = what.unit == ops::MeasureUnit::kDays;
  const std::string_view unit = days              ? pick("days", "日数")
                                : expr.type.years ? pick("full years", "满年数")
                                                  : pick("full months", "满月数");
  std::string_view chain;
  if (what.chain == ops::ChainMode::kLongest) {
    chain = pick("longest unbroken ", "最长连续");
  } else if (what.chain == ops::ChainMode::kEnding) {
    chain = pick("unbroken ", "连续");
  }
  const std::string time = operand(expr, 0);
  const std::string from = starts_with_time(program_, expr) ? std::string() : operand(expr, 1);
  const std::string to = operand(expr, 2);
  std::string window = from.empty() ? "" : say(" from {}", "自{}", from);
  window += to.empty() ? "" : say(" to {}", "至{}", to);
  std::string gaps;
  if (what.tolerance > 0) {
    gaps = what.tolerance_in_months
               ? say(", gaps up to {} months allowed", "（容许间断{}个月）", what.tolerance)
               : say(", gaps up to {} days allowed", "（容许间断{}日）", what.tolerance);
  }
  return say("{0}{1} in {2}{3}{4}{5}", "{2}中{3}的{0}{1}{4}{5}", chain, unit, time, window, gaps,
             counting_words(what.counting));
}

std::string Phraser::fold(ExprId id) {
  const Expr& expr = program_[id];
  const auto kind = static_cast<ops::FoldKind>(expr.a);
  if (kind == ops::FoldKind::kSome || kind == ops::FoldKind::kEvery || kind == ops::FoldKind::kNo) {
    return condition_fold(id, true);
  }
  std::string over = operand(expr, 0);
  if (const std::string body = fold_body(expr); !body.empty()) {
    over = say("{} where {}", "{}中满足“{}”者", over, body);
  }
  if (kind == ops::FoldKind::kCount) {
    return say("the number of {}", "{}的个数", over);
  }
  if (kind == ops::FoldKind::kCover) {
    return say("the time of {}", "{}的时间", over);
  }
  const bool date = expr.type.kind == TypeKind::kDate;
  std::string_view word = pick("sum", "合计");
  if (kind == ops::FoldKind::kHighest) {
    word = date ? pick("latest", "最晚值") : pick("highest", "最高值");
  } else if (kind == ops::FoldKind::kLowest) {
    word = date ? pick("earliest", "最早值") : pick("lowest", "最低值");
  }
  return say("the {} of {} over {}", "{2}的{1}{0}", word, operand(expr, 2), over);
}

}  // namespace juzhu::explain
