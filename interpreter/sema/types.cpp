// Making typed expressions, and the few coercions there are: a smaller scale widens, a bare number
// is points where points are wanted. Nothing else is turned into anything else.
#include "sema/checker.h"

namespace juzhu::sema {

using ops::Operation;
using value::TypeKind;

ExprId Checker::make(Expr expr) {
  program_.exprs.push_back(std::move(expr));
  return ExprId{program_.exprs.size() - 1};
}

ExprId Checker::make(Operation operation, Type type, Span span, std::vector<ExprId> operands,
                     std::uint32_t a, std::uint32_t b) {
  return make(Expr{operation, type, span, std::move(operands), a, b, {}});
}

ExprId Checker::constant(const Value& value, const Type& type, Span span) {
  program_.constants.push_back(value);
  return make(Operation::kConstant, type, span, {},
              static_cast<std::uint32_t>(program_.constants.size() - 1));
}

ExprId Checker::broken(Span span) { return constant(value::unknown_truth(), Type{}, span); }

LocalId Checker::add_local(std::string name, Type type, Span span) {
  program_.locals.push_back({std::move(name), type, span});
  return LocalId{program_.locals.size() - 1};
}

LocalId Checker::add_local(const File& file, const syntax::Token& word, Type type) {
  const std::string name = name_text(file, word);
  const Symbol* noun = find(file, name, kNouns);
  const LocalId local = add_local(name, type, file.tree->span(word));
  if (noun != nullptr) noun_of_[local.index] = {noun->kind, noun->index};
  return local;
}

bool Checker::is_called(const File& file, LocalId local, std::string_view name) const {
  if (program_[local].name == name) return true;
  const auto alias = alias_.find(local.index);
  if (alias != alias_.end() && alias->second == name) return true;
  const auto noun = noun_of_.find(local.index);
  if (noun == noun_of_.end()) return false;
  const Symbol* named = find(file, name, kNouns);
  return named != nullptr && noun->second == std::pair(named->kind, named->index);
}

Bilingual Checker::unit_text(const value::Unit& unit) const {
  if (unit.none()) return say("no unit", "无单位");
  return in_both([&](bool chinese) { return unit_text(unit, chinese); });
}

std::string Checker::unit_text(const value::Unit& unit, bool chinese) const {
  std::string over;
  std::string under;
  for (std::size_t i = 0; i < unit.powers.size(); ++i) {
    const int power{unit.powers[i]};
    if (power == 0) continue;
    std::string& side = power > 0 ? over : under;
    const std::string name = i < schema_->units.size() ? schema_->units[i].in(chinese) : "?";
    side += (side.empty() ? "" : " ") + name +
            (std::abs(power) > 1 ? "^" + std::to_string(std::abs(power)) : "");
  }
  return under.empty() ? over : (over.empty() ? "1" : over) + "/" + under;
}

Bilingual Checker::type_text(const Type& type) const {
  switch (type.kind) {
    case TypeKind::kError:
      return say("an unknown type", "未知的类型");
    case TypeKind::kBoolean:
      return say("yes/no", "是否");
    case TypeKind::kNumber:
      if (type.percent && type.unit.none()) return say("a percentage", "百分比");
      if (type.unit.none()) return say("a number", "数");
      if (type.years) return say("a number of years", "年数");
      return say("a number of {}", "以{}计的数", unit_text(type.unit));
    case TypeKind::kQuotient:
      return say("a division that is not rounded", "未舍入的除式");
    case TypeKind::kDate:
      return say("a date", "日期");
    case TypeKind::kMonth:
      return say("a month", "月份");
    case TypeKind::kChoice:
      return say("a choice of {}", "选项“{}”", (*schema_)[type.choice].name);
    case TypeKind::kChoiceSet:
      return say("a set of {}", "“{}”的集合", (*schema_)[type.choice].name);
    case TypeKind::kPlace:
      return say("a place", "地点");
    case TypeKind::kText:
      return say("a text", "文本");
    case TypeKind::kMember:
      return say("a {}", "{}", (*schema_)[type.entity].name);
    case TypeKind::kMemberSet:
      return say("a set of {}", "“{}”的集合", (*schema_)[type.entity].name);
    case TypeKind::kRow:
      return say("a {}", "{}", (*schema_)[type.list].row_name);
    case TypeKind::kRows:
      return say("a list of {}", "“{}”的列表", (*schema_)[type.list].row_name);
    case TypeKind::kTime:
      return say("a time", "时间");
  }
  return {};
}

bool Checker::same_kind(const Type& left, const Type& right) const {
  if (left.kind == TypeKind::kError || right.kind == TypeKind::kError) return true;
  if (left.kind != right.kind) return false;
  switch (left.kind) {
    case TypeKind::kNumber:
      return left.unit == right.unit;
    case TypeKind::kChoice:
    case TypeKind::kChoiceSet:
      return left.choice == right.choice;
    case TypeKind::kMember:
    case TypeKind::kMemberSet:
      return left.entity == right.entity;
    case TypeKind::kRow:
    case TypeKind::kRows:
      return left.list == right.list;
    default:
      return true;
  }
}

ExprId Checker::needs_rounding(ExprId expr) {
  if (type(expr).kind != TypeKind::kQuotient) return expr;
  sink_
      .report(diag::Code::kNeedsRounding, at(expr).span,
              say("this division does not say how to round", "此除法没有写明如何舍入"),
              say("has no last digit by itself", "本身没有末位"))
      .helps.emplace_back(
          say("write `rounded half_up to 2 decimals` after it, count `full` or `started` units, or "
              "compare it",
              "在后面写 `舍入 四舍五入 至 2 位小数`，或按 `满`、`起` 计单位，或作比较"));
  return broken(at(expr).span);
}

ExprId Checker::as_type(ExprId expr, const Type& wanted, const Bilingual& what) {
  if (wanted.kind == TypeKind::kError || is_broken(expr)) return expr;
  expr = needs_rounding(expr);
  if (is_broken(expr)) return expr;
  const Type found = type(expr);
  const Span span = at(expr).span;
  const bool bare_points = found.kind == TypeKind::kNumber && found.unit.none() &&
                           wanted.kind == TypeKind::kNumber &&
                           wanted.unit == value::base_unit(value::kPointUnit);
  if (!same_kind(found, wanted) && !bare_points) {
    const bool units = found.kind == TypeKind::kNumber && wanted.kind == TypeKind::kNumber;
    sink_
        .report(units ? diag::Code::kUnitMismatch : diag::Code::kTypeMismatch, span,
                say("{} must be {}, not {}", "{}须为{}，而不是{}", what, type_text(wanted),
                    type_text(found)),
                say("this is {}", "这是{}", type_text(found)))
        .helps.emplace_back(units ? say("give it the unit that is wanted", "取所要求的单位")
                                  : say("write {} here", "此处写{}", type_text(wanted)));
    return broken(span);
  }
  if (found.kind != TypeKind::kNumber) return expr;
  if (found.scale > wanted.scale) {
    sink_
        .report(diag::Code::kNeedsRounding, span,
                say("{} has {} decimals where {} {} declared", "{}有 {} 位小数，而声明的是 {} 位",
                    what, found.scale, wanted.scale, wanted.scale == 1 ? "is" : "are"),
                say("too many decimals", "小数位数过多"))
        .helps.emplace_back(say("write `rounded half_up to {} {}`, or declare more",
                                "写 `舍入 四舍五入 至 {} 位小数`，或声明更多位", wanted.scale,
                                wanted.scale == 1 ? "decimal" : "decimals"));
    return broken(span);
  }
  if (found.scale == wanted.scale && found.unit == wanted.unit) return expr;
  if (is_constant(expr) && constant_of(expr).only_value()) {
    Value value = constant_of(expr);
    bool fits = true;
    for (int i = found.scale; i < wanted.scale; ++i) {
      fits = fits && !__builtin_mul_overflow(value.lo, std::int64_t{10}, &value.lo) &&
             !__builtin_mul_overflow(value.hi, std::int64_t{10}, &value.hi);
    }
    if (fits) return constant(value, wanted, span);
  }
  return make(Operation::kRound, wanted, span, {expr},
              static_cast<std::uint32_t>(ops::Rounding::kDown), wanted.scale);
}

namespace {

/// What the author of a comparison of two types probably means to ask.
Bilingual way_together(const Type& left, const Type& right) {
  const auto either = [&](TypeKind kind) { return left.kind == kind || right.kind == kind; };
  if (either(TypeKind::kDate) && either(TypeKind::kNumber)) {
    return say("measure the time first, for example `full years from … to today is at least …`",
               "先计量时间，例如 `满 年数 自 … 至 今日 至少 …`");
  }
  if (either(TypeKind::kDate) && either(TypeKind::kMonth)) {
    return say("take the month of the date, `…'s month`, or the `first day in` the month",
               "取日期的月份 `…的月份`，或该月的 `首日 于`");
  }
  if (either(TypeKind::kText) && (either(TypeKind::kDate) || either(TypeKind::kMonth))) {
    return say("a date has no quotes: `2018-03-01`", "日期不加引号：`2018-03-01`");
  }
  if (either(TypeKind::kText) && either(TypeKind::kNumber))
    return say("a number has no quotes", "数不加引号");
  if (either(TypeKind::kPlace))
    return say("a place is compared with a place: `is …` or `is within …`",
               "地点与地点作比较：`为 …` 或 `位于 …`");
  if (either(TypeKind::kText))
    return say("a text is compared with a text in quotes", "文本与引号中的文本作比较");
  if (either(TypeKind::kBoolean))
    return say("a yes or no stands by itself: `… has …`, or `… is yes`",
               "是否自成条件：`… 具有 …`，或 `… 为 是`");
  return say("make both of one type", "使两者为同一类型");
}

}  // namespace

std::optional<Type> Checker::common_type(const std::vector<ExprId>& exprs) {
  std::optional<Type> common;
  for (const ExprId expr : exprs) {
    const Type& found = type(expr);
    if (found.kind == TypeKind::kError) continue;
    if (!common) {
      common = found;
      continue;
    }
    if (!same_kind(*common, found)) {
      const bool units = common->kind == TypeKind::kNumber && found.kind == TypeKind::kNumber;
      diag::Diagnostic& diagnostic =
          sink_.report(units ? diag::Code::kUnitMismatch : diag::Code::kTypeMismatch, at(expr).span,
                       say("{} and {} do not go together", "{}与{}不能并用", type_text(found),
                           type_text(*common)),
                       say("this is {}", "这是{}", type_text(found)));
      diagnostic.labels.push_back(
          {at(exprs.front()).span, say("this is {}", "这是{}", type_text(*common))});
      diagnostic.helps.emplace_back(units ? say("give both the same unit", "两者应取相同单位")
                                          : way_together(*common, found));
      return std::nullopt;
    }
    common->scale = std::max(common->scale, found.scale);
    common->years = common->years && found.years;
  }
  return common;
}

}  // namespace juzhu::sema
