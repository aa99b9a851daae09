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

std::string Checker::unit_text(const value::Unit& unit) const {
  std::string over;
  std::string under;
  for (std::size_t i = 0; i < unit.powers.size(); ++i) {
    const int power{unit.powers[i]};
    if (power == 0) continue;
    std::string& side = power > 0 ? over : under;
    const std::string name = i < schema_->units.size() ? schema_->units[i].in(false) : "?";
    side += (side.empty() ? "" : " ") + name +
            (std::abs(power) > 1 ? "^" + std::to_string(std::abs(power)) : "");
  }
  if (over.empty() && under.empty()) return "no unit";
  return under.empty() ? over : (over.empty() ? "1" : over) + "/" + under;
}

std::string Checker::type_text(const Type& type) const {
  switch (type.kind) {
    case TypeKind::kError:
      return "an unknown type";
    case TypeKind::kBoolean:
      return "yes/no";
    case TypeKind::kNumber:
      if (type.unit.none()) return type.percent ? "a percentage" : "a number";
      return type.years ? "a number of years" : "a number of " + unit_text(type.unit);
    case TypeKind::kQuotient:
      return "a division that is not rounded";
    case TypeKind::kDate:
      return "a date";
    case TypeKind::kMonth:
      return "a month";
    case TypeKind::kChoice:
      return "a choice of " + (*schema_)[type.choice].name.in(false);
    case TypeKind::kChoiceSet:
      return "a set of " + (*schema_)[type.choice].name.in(false);
    case TypeKind::kPlace:
      return "a place";
    case TypeKind::kText:
      return "a text";
    case TypeKind::kMember:
      return "a " + (*schema_)[type.entity].name.in(false);
    case TypeKind::kMemberSet:
      return "a set of " + (*schema_)[type.entity].name.in(false);
    case TypeKind::kRow:
      return "a " + (*schema_)[type.list].row_name.in(false);
    case TypeKind::kRows:
      return "a list of " + (*schema_)[type.list].row_name.in(false);
    case TypeKind::kTime:
      return "a time";
  }
  return "";
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
      .report(diag::Code::kNeedsRounding, at(expr).span, "this division does not say how to round",
              "has no last digit by itself")
      .helps.emplace_back(
          "write `rounded half_up to 2 decimals` after it, count `full` or `started` units, or "
          "compare it");
  return broken(at(expr).span);
}

ExprId Checker::as_type(ExprId expr, const Type& wanted, std::string_view what) {
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
                std::string(what) + " must be " + type_text(wanted) + ", not " + type_text(found),
                "this is " + type_text(found))
        .helps.emplace_back(units ? "give it the unit that is wanted"
                                  : "write " + type_text(wanted) + " here");
    return broken(span);
  }
  if (found.kind != TypeKind::kNumber) return expr;
  if (found.scale > wanted.scale) {
    sink_
        .report(diag::Code::kNeedsRounding, span,
                std::string(what) + " has " + std::to_string(found.scale) + " decimals where " +
                    std::to_string(wanted.scale) + (wanted.scale == 1 ? " is" : " are") +
                    " declared",
                "too many decimals")
        .helps.emplace_back("write `rounded half_up to " + std::to_string(wanted.scale) +
                            (wanted.scale == 1 ? " decimal" : " decimals") + "`, or declare more");
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
std::string way_together(const Type& left, const Type& right) {
  const auto either = [&](TypeKind kind) { return left.kind == kind || right.kind == kind; };
  if (either(TypeKind::kDate) && either(TypeKind::kNumber)) {
    return "measure the time first, for example `full years from … to today is at least …`";
  }
  if (either(TypeKind::kDate) && either(TypeKind::kMonth)) {
    return "take the month of the date, `…'s month`, or the `first day in` the month";
  }
  if (either(TypeKind::kPlace)) return "a place is compared with a place: `is …` or `is within …`";
  if (either(TypeKind::kText)) return "a text is compared with a text in quotes";
  if (either(TypeKind::kBoolean)) return "a yes or no stands by itself: `… has …`, or `… is yes`";
  return "make both of one type";
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
                       type_text(found) + " and " + type_text(*common) + " do not go together",
                       "this is " + type_text(found));
      diagnostic.labels.push_back({at(exprs.front()).span, "this is " + type_text(*common)});
      diagnostic.helps.emplace_back(units ? "give both the same unit"
                                          : way_together(*common, found));
      return std::nullopt;
    }
    common->scale = std::max(common->scale, found.scale);
    common->years = common->years && found.years;
  }
  return common;
}

}  // namespace juzhu::sema
