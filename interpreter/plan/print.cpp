// A plan as text: one step a line, slots by number, operands in brackets.
#include <fmt/format.h>

#include <iterator>

#include "plan/plan.h"
#include "value/date.h"

namespace juzhu::plan {
namespace {

using ops::Operation;
using value::TypeKind;

std::string unit_text(const value::Unit& unit, const value::Schema& schema) {
  std::string text;
  for (std::size_t i = 0; i < unit.powers.size(); ++i) {
    const std::int8_t power = unit.powers[i];
    if (power == 0) continue;
    const std::string name =
        i < schema.units.size() ? schema.units[i].in(false) : std::to_string(i);
    text += power == 1 ? fmt::format(" {}", name) : fmt::format(" {}^{:d}", name, power);
  }
  return text;
}

std::string type_text(const Type& type, const value::Schema& schema) {
  switch (type.kind) {
    case TypeKind::kError:
      return "error";
    case TypeKind::kBoolean:
      return "yes/no";
    case TypeKind::kNumber:
      return fmt::format("number.{}{}", type.scale, unit_text(type.unit, schema));
    case TypeKind::kQuotient:
      return "quotient";
    case TypeKind::kDate:
      return "date";
    case TypeKind::kMonth:
      return "month";
    case TypeKind::kChoice:
      return schema[type.choice].name.in(false);
    case TypeKind::kChoiceSet:
      return fmt::format("set of {}", schema[type.choice].name.in(false));
    case TypeKind::kPlace:
      return "place";
    case TypeKind::kText:
      return "text";
    case TypeKind::kMember:
      return schema[type.entity].name.in(false);
    case TypeKind::kMemberSet:
      return fmt::format("set of {}", schema[type.entity].name.in(false));
    case TypeKind::kRow:
      return fmt::format("row of {}", schema[type.list].name.in(false));
    case TypeKind::kRows:
      return fmt::format("rows of {}", schema[type.list].name.in(false));
    case TypeKind::kTime:
      return type.months ? "months" : "days";
  }
  return {};
}

std::string_view kind_text(BlockKind kind) {
  switch (kind) {
    case BlockKind::kDefinition:
      return "definition";
    case BlockKind::kQuestion:
      return "question";
    case BlockKind::kFoldBody:
      return "fold body";
    case BlockKind::kPickPart:
      return "pick part";
    case BlockKind::kExpression:
      return "expression";
  }
  return {};
}

std::string_view effect_text(ops::Effect effect) {
  switch (effect) {
    case ops::Effect::kDenies:
      return "denies";
    case ops::Effect::kRanks:
      return "ranks";
    case ops::Effect::kGrants:
      return "grants";
  }
  return {};
}

std::string_view fold_text(std::uint32_t kind) {
  constexpr std::string_view kNames[] = {"some", "every",   "no",     "count",
                                         "sum",  "highest", "lowest", "cover"};
  return kind < std::size(kNames) ? kNames[kind] : "?";
}

class Printer {
 public:
  explicit Printer(const Plan& plan) : plan_(plan), schema_(*plan.schema) {}
  std::string print();

 private:
  template <typename... Arguments>
  void line(fmt::format_string<Arguments...> format, Arguments&&... arguments) {
    fmt::format_to(std::back_inserter(text_), format, std::forward<Arguments>(arguments)...);
    text_ += '\n';
  }
  [[nodiscard]] std::string name_of(DeclarationId declaration) const;
  [[nodiscard]] std::string slot_text(Slot slot) const;
  /// What a step's `a` and `b` stand for.
  [[nodiscard]] std::string detail_text(const Step& step) const;
  void print_block(std::size_t index);
  void print_rules(std::size_t index);

  const Plan& plan_;
  const value::Schema& schema_;
  std::string text_;
};

std::string Printer::name_of(DeclarationId declaration) const {
  if (!declaration.valid()) return "-";
  const Declaration& named = plan_[declaration];
  return named.name.empty() ? named.key : named.name.in(false);
}

std::string Printer::slot_text(Slot slot) const {
  return slot == kNoSlot ? "-" : fmt::format("s{}", slot);
}

std::string Printer::detail_text(const Step& step) const {
  const Operation operation = step.operation;
  if (operation == Operation::kConstant) {
    if (step.type.kind == TypeKind::kTime) return " time";
    return fmt::format(" {}",
                       value::value_text(plan_.constants[step.a], step.type, schema_, false));
  }
  if (operation == Operation::kFact) {
    return fmt::format(" {}", schema_[value::FactId(step.a)].name.in(false));
  }
  if (operation == Operation::kRows) {
    return fmt::format(" {}", schema_[value::ListId(step.a)].name.in(false));
  }
  if (operation == Operation::kAllMembers) {
    return fmt::format(" {}", schema_[value::EntityId(step.a)].name.in(false));
  }
  if (operation == Operation::kCall || operation == Operation::kQuestion) {
    return fmt::format(" b{}", step.a);
  }
  if (operation == Operation::kFold) {
    return BlockId(step.b).valid() ? fmt::format(" {} b{}", fold_text(step.a), step.b)
                                   : fmt::format(" {}", fold_text(step.a));
  }
  if (operation == Operation::kPick) {
    const Pick& pick = plan_.picks[step.a];
    std::string text;
    for (const PickChoice& choice : pick.choices) {
      text += fmt::format(" from b{}{}{}", choice.collection.index,
                          choice.where.valid() ? fmt::format(" where b{}", choice.where.index) : "",
                          choice.if_any ? " if any" : "");
    }
    text += fmt::format(" by b{}", pick.body.index);
    for (const std::uint32_t lowest : pick.lowest_first)
      text += lowest != 0 ? " lowest" : " highest";
    return text;
  }
  if (operation == Operation::kArgument) return fmt::format(" s{}", step.a);
  if (operation == Operation::kParameter) return fmt::format(" p{}", step.a);
  if (operation == Operation::kOutcome) return fmt::format(" r{}", step.a);
  if (operation == Operation::kMeasure) return fmt::format(" m{}", step.a);
  const bool has_numbers = step.a != 0 || step.b != 0;
  return has_numbers ? fmt::format(" a={} b={}", step.a, step.b) : std::string();
}

void Printer::print_block(std::size_t index) {
  const Block& block = plan_.blocks[index];
  line("block b{} {} {}", index, kind_text(block.kind), name_of(block.declaration));
  for (std::size_t i = 0; i < block.parameters.size(); ++i) {
    line("  s{}: {}", i, type_text(block.parameters[i], schema_));
  }
  for (std::size_t i = 0; i < block.steps.size(); ++i) {
    const Step& step = block.steps[i];
    std::string operands;
    for (std::uint32_t k = 0; k < step.operand_count; ++k) {
      const bool minus =
          step.operation == Operation::kSum && plan_.extras[step.first_extra + k] != 0;
      operands += fmt::format("{}{}s{}", k == 0 ? "" : ", ", minus ? "-" : "",
                              plan_.operands[step.first_operand + k]);
    }
    line("  s{}: {} = {}{} ({})  # {}:{}", block.parameters.size() + i,
         type_text(step.type, schema_), ops::operation_name(step.operation), detail_text(step),
         operands, name_of(step.declaration), step.node);
  }
  std::string results;
  for (const Slot slot : block.results) {
    results += (results.empty() ? "" : ", ") + slot_text(slot);
  }
  line("  gives {}", results);
}

void Printer::print_rules(std::size_t index) {
  const RuleSet& rules = plan_.rule_sets[index];
  line("rules r{} service {}{}", index, rules.service, rules.can_grant ? "" : " nothing grants");
  for (std::size_t i = 0; i < rules.rules.size(); ++i) {
    const RuleEntry& rule = rules.rules[i];
    std::string beaten;
    for (std::size_t j = 0; j < rules.rules.size(); ++j) {
      if (rules.beats[i][j]) beaten += " " + name_of(rules.rules[j].declaration);
    }
    line("  {} {}{} status {} concerns {} when {}{}{}", name_of(rule.declaration),
         effect_text(rule.effect), rule.gate ? " gate" : "", slot_text(rule.status),
         slot_text(rule.concerns), slot_text(rule.condition), beaten.empty() ? "" : " beats",
         beaten);
    for (const Narrowing& narrowing : rule.narrowings) {
      line("    narrowed by {} concerns {} when {}", name_of(narrowing.declaration),
           slot_text(narrowing.concerns), slot_text(narrowing.condition));
    }
  }
}

std::string Printer::print() {
  line("plan on {} in {}{}", value::date_text(plan_.scope.date),
       schema_.places.path_en(plan_.scope.place), plan_.scope.elsewhere ? ", elsewhere" : "");
  for (std::size_t i = 0; i < plan_.blocks.size(); ++i) {
    print_block(i);
  }
  for (std::size_t i = 0; i < plan_.rule_sets.size(); ++i) {
    print_rules(i);
  }
  for (const Question& question : plan_.questions) {
    line("question service {} level {} b{}", question.service,
         static_cast<int>(question.lowest_level), question.block.index);
  }
  for (const List& list : plan_.lists) {
    std::string keys;
    for (const BlockId key : list.keys)
      keys += fmt::format(" b{}", key.index);
    line("list {} service {} seats b{} keys{}", name_of(list.declaration), list.service,
         list.seats.index, keys);
  }
  return std::move(text_);
}

}  // namespace

std::string print(const Plan& plan) { return Printer(plan).print(); }

}  // namespace juzhu::plan
