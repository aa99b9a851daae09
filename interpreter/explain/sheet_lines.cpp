#include "explain/sheet_lines.h"

#include <fmt/format.h>

#include <algorithm>

#include "explain/marks.h"
#include "explain/phraser.h"
#include "explain/words.h"
#include "ops/number.h"

namespace juzhu::explain {

using ops::Operation;
using sema::Component;
using sema::ExprId;
using sema::PartKind;

namespace {

constexpr int kDeepest = 4;
constexpr std::size_t kElementsShown = 8;

Type bare(Type type) {
  if (type.kind == value::TypeKind::kNumber) {
    type.unit = {};
    type.years = false;
  }
  return type;
}

bool is_zero(const Value& value) { return value.only_value() && value.lo == 0 && value.hi == 0; }

bool is_surely(const Value& comparison) { return value::is_true(comparison); }

/// "1 month" as "month": one of them is what stands behind "per".
std::string_view without_one(std::string_view text) {
  constexpr std::string_view kOne = "1 ";
  if (text.starts_with(kOne)) text.remove_prefix(kOne.size());
  return text;
}

}  // namespace

Bilingual points_text(const sema::Program& program, const Value& value, const Type& type) {
  if (value.only_error()) {
    return {std::string(error_words(value.error.code, false)),
            std::string(error_words(value.error.code, true))};
  }
  const value::Schema& schema = *program.schema;
  return {value_words(value, bare(type), schema, false),
          value_words(value, bare(type), schema, true)};
}

bool calls(const Context& context, Slot slot, sema::DefinitionId definition) {
  const plan::Step* step = step_at(context, slot);
  if (step == nullptr || step->operation != Operation::kCall) {
    return false;
  }
  const plan::Plan& plan = *context.trace->plan;
  const plan::Declaration& declaration = plan[plan[plan::BlockId(step->a)].declaration];
  return declaration.kind == plan::DeclarationKind::kDefinition &&
         declaration.item == definition.index;
}

std::string SheetLines::words(const Context& context, Slot slot, bool chinese) const {
  return value_words(value_at(context, slot), type_at(context, slot), *program_.schema, chinese);
}

std::string SheetLines::number(const Context& context, Slot slot, bool chinese) const {
  return value_words(value_at(context, slot), bare(type_at(context, slot)), *program_.schema,
                     chinese);
}

/// The frame that worked a component out. A `let` is called by whoever reads it, so it is looked up
/// by its arguments.
std::optional<Context> SheetLines::frame_of(const Component& component,
                                            const Context& around) const {
  const plan::Block& block = trace_.block(around.frame);
  for (std::size_t i = 0; i < block.steps.size(); ++i) {
    const auto slot = static_cast<Slot>(block.parameters.size() + i);
    if (calls(around, slot, component.value)) {
      return inside_call(around, slot);
    }
  }
  if (component.kind != PartKind::kLet) {
    return std::nullopt;
  }
  const std::vector<Value>& arguments = trace_[around.frame].slots;
  for (std::size_t i = 0; i < trace_.frames.size(); ++i) {
    const eval::FrameId frame(i);
    const plan::Declaration& declaration = (*trace_.plan)[trace_.block(frame).declaration];
    const bool is_definition = trace_.block(frame).kind == plan::BlockKind::kDefinition &&
                               declaration.kind == plan::DeclarationKind::kDefinition;
    if (!is_definition || declaration.item != component.value.index) {
      continue;
    }
    const std::vector<Value>& slots = trace_[frame].slots;
    const auto count = static_cast<std::ptrdiff_t>(trace_.block(frame).parameters.size());
    if (std::equal(slots.begin(), slots.begin() + count, arguments.begin())) {
      Context inside = around;
      inside.frame = frame;
      return inside;
    }
  }
  return std::nullopt;
}

std::vector<SheetLine> SheetLines::of(const std::vector<Component>& components,
                                      const Context& around) {
  std::vector<SheetLine> lines;
  for (const Component& component : components) {
    if (const auto inside = frame_of(component, around)) {
      lines.push_back(line(component, *inside));
    }
  }
  return lines;
}

SheetLine SheetLines::line(const Component& component, const Context& inside) {
  const Slot result = trace_.block(inside.frame).results[0];
  const Value& value = value_at(inside, result);
  SheetLine line;
  line.kind = component.kind;
  line.name = display_name(component.name);
  line.text = component.text;
  line.value = component.kind == PartKind::kLet
                   ? value_of(inside, value, type_at(inside, result))
                   : points_text(program_, value, type_at(inside, result));
  line.cites = references(program_, component.remarks.cites);
  line.remarks = remarks_of(program_, component.remarks);
  if (component.kind == PartKind::kGroup || component.kind == PartKind::kBestOf) {
    line.children = of(component.children, inside);
    if (component.kind == PartKind::kBestOf) {
      std::vector<Value> values;
      for (const Component& child : component.children) {
        if (const auto frame = frame_of(child, inside)) {
          const Slot slot = trace_.block(frame->frame).results[0];
          values.push_back(value_at(*frame, slot));
          values.back() =
              ops::rescale(values.back(), type_at(*frame, slot).scale, 9, ops::Rounding::kDown, {});
        }
      }
      mark_best(line.children, values);
    }
  } else if (component.kind == PartKind::kItem) {
    add_condition(component, inside, line);
    add_not_chosen(inside, line);
    const Slot written = slot_here(inside, component.written);
    const bool says_why = is_zero(value_at(inside, result)) && !line.notes.empty();
    if (written != plan::kNoSlot && !says_why) line.how = how(inside, written);
  } else if (const Slot written = slot_here(inside, component.written); written != plan::kNoSlot) {
    line.how = how(inside, written);
  }
  add_bounds(inside, component.cap, component.floor, line.notes);
  return line;
}

void SheetLines::add_condition(const Component& component, const Context& inside,
                               SheetLine& line) const {
  if (!component.when.valid()) {
    return;
  }
  const Value* when = value_here(inside, component.when);
  if (when == nullptr || value::is_true(*when)) {
    return;
  }
  if (value::is_false(*when)) {
    line.notes.emplace_back("no points: " + phrase_denied(inside, component.when, false),
                            "不计分：" + phrase_denied(inside, component.when, true));
    return;
  }
  line.notes.emplace_back("counts if " + phrase(inside, component.when, false),
                          "若" + phrase(inside, component.when, true) + "则计分");
}

void SheetLines::add_not_chosen(const Context& inside, SheetLine& line) const {
  const plan::Block& block = trace_.block(inside.frame);
  for (std::size_t i = 0; i < block.steps.size(); ++i) {
    const plan::Step& step = block.steps[i];
    const auto slot = static_cast<Slot>(block.parameters.size() + i);
    const bool is_test = step.operation == Operation::kGiven && expr_of(step).valid();
    if (!is_test || !value::is_false(value_at(inside, slot))) {
      continue;
    }
    const sema::Expr& argument = program_[program_[expr_of(step)].operands[0]];
    if (argument.operation != Operation::kArgument) {
      continue;
    }
    const Bilingual role = role_words(program_, program_.locals[argument.a]);
    line.notes.emplace_back("no points: there is no " + role.en, "不计分：没有" + role.zh);
    return;
  }
}

void SheetLines::add_bounds(const Context& inside, ExprId cap, ExprId floor,
                            std::vector<Bilingual>& notes) const {
  const plan::Block& block = trace_.block(inside.frame);
  const auto add = [&](ExprId bound_expr, bool is_cap) {
    const Slot bound = bound_expr.valid() ? slot_here(inside, bound_expr) : plan::kNoSlot;
    for (std::size_t i = 0; bound != plan::kNoSlot && i < block.steps.size(); ++i) {
      const plan::Step& step = block.steps[i];
      const bool bounds = step.operation == (is_cap ? Operation::kLeast : Operation::kGreatest) &&
                          step.operand_count == 2 && operands_at(inside, step)[1] == bound;
      if (!bounds) {
        continue;
      }
      const Slot before = operands_at(inside, step)[0];
      const Slot less = is_cap ? bound : before;
      const Slot more = is_cap ? before : bound;
      const Value cuts =
          ops::compare(ops::Relation::kLess, value_at(inside, less), type_at(inside, less).scale,
                       value_at(inside, more), type_at(inside, more).scale);
      if (value::is_false(cuts)) {
        return;
      }
      const std::string en = number(inside, bound, false);
      const std::string zh = number(inside, bound, true);
      if (!is_surely(cuts)) {
        notes.push_back(is_cap ? Bilingual{"at most " + en, "至多" + zh}
                               : Bilingual{"at least " + en, "至少" + zh});
        return;
      }
      notes.push_back(
          is_cap ? Bilingual{fmt::format("{}, capped at {}", number(inside, before, false), en),
                             fmt::format("{}，上限{}", number(inside, before, true), zh)}
                 : Bilingual{fmt::format("{}, not below {}", number(inside, before, false), en),
                             fmt::format("{}，下限{}", number(inside, before, true), zh)});
      return;
    }
  };
  add(cap, true);
  add(floor, false);
}

/// Of a `best of`, those that surely are not what counts.
void SheetLines::mark_best(std::vector<SheetLine>& lines, const std::vector<Value>& values) const {
  std::optional<std::int64_t> highest;
  for (const Value& value : values) {
    if (value.only_value()) {
      highest = std::max(highest.value_or(value.lo), value.lo);
    }
  }
  for (std::size_t i = 0; i < lines.size() && i < values.size(); ++i) {
    const bool is_behind = highest && values[i].only_value() && values[i].hi < *highest;
    if (is_behind && lines[i].notes.empty()) {
      lines[i].notes.emplace_back("not the highest", "非最高");
    }
  }
}

Bilingual SheetLines::how(const Context& context, Slot slot, int depth) {
  return {how(context, slot, false, depth), how(context, slot, true, depth)};
}

std::string SheetLines::how(const Context& context, Slot slot, bool chinese, int depth) {
  const plan::Step* step = step_at(context, slot);
  if (step == nullptr || depth >= kDeepest) {
    return {};
  }
  const ExprId expr = expr_of(*step);
  if (step->operation == Operation::kConstant) {
    const bool is_named = expr.valid() && program_[expr].operation == Operation::kParameter;
    return is_named ? display_name(program_.parameters[program_[expr].a].name, chinese) : "";
  }
  if (step->operation == Operation::kProduct) {
    return how_product(context, *step, chinese, depth);
  }
  if (step->operation == Operation::kTable) {
    return how_table(context, *step, chinese, depth);
  }
  if (step->operation == Operation::kFold) {
    return how_fold(context, slot, *step, chinese);
  }
  if (step->operation == Operation::kSum) {
    return how_sum(context, *step, chinese, depth);
  }
  if (step->operation == Operation::kIf) {
    const std::span<const Slot> operands = operands_at(context, *step);
    const Value& test = value_at(context, operands[0]);
    if (value::is_true(test) || value::is_false(test)) {
      return how(context, operands[value::is_true(test) ? 1 : 2], chinese, depth + 1);
    }
  }
  const bool only_widens = step->operation == Operation::kRound && step->operand_count == 1;
  if (only_widens) {
    return how(context, operands_at(context, *step)[0], chinese, depth + 1);
  }
  return expr.valid() ? phrase(context, expr, chinese) : "";
}

std::string SheetLines::how_product(const Context& context, const plan::Step& step, bool chinese,
                                    int depth) {
  const std::span<const Slot> factors = operands_at(context, step);
  const std::string rate = number(context, factors[0], chinese);
  const plan::Step* units = step_at(context, factors[1]);
  const auto say = [&](std::string_view en, std::string_view zh, const auto&... parts) {
    return fmt::format(fmt::runtime(chinese ? zh : en), parts...);
  };
  if (units == nullptr || units->operand_count != 2) {
    return say("{} × {}", "{}×{}", rate, words(context, factors[1], chinese));
  }
  const std::span<const Slot> parts = operands_at(context, *units);
  const std::string quantity = words(context, parts[0], chinese);
  std::string size = words(context, parts[1], chinese);
  if (!chinese) {
    size = std::string(without_one(size));
  }
  if (units->operation == Operation::kFullUnits) {
    return say("{} per full {} of {}", "每满{1}计{0}分，共{2}", rate, size, quantity);
  }
  if (units->operation == Operation::kStartedUnits) {
    return say("{} per started {} of {}", "每{1}（不足亦计）{0}分，共{2}", rate, size, quantity);
  }
  if (units->operation == Operation::kRound) {
    return say("{} per {} of {}, rounded to {}", "每{1}计{0}分，共{2}，取舍后为{3}", rate, size,
               quantity, number(context, factors[1], chinese));
  }
  const bool per_one = units->operation == Operation::kProduct &&
                       step_at(context, parts[1]) != nullptr &&
                       step_at(context, parts[1])->operation == Operation::kConstant;
  if (per_one) {
    return say("{} × {}", "{}×{}", rate, quantity);
  }
  const std::string inner = how(context, factors[1], chinese, depth + 1);
  return say("{} × {}", "{}×{}", rate,
             inner.empty() ? words(context, factors[1], chinese) : "(" + inner + ")");
}

std::string SheetLines::how_table(const Context& context, const plan::Step& step, bool chinese,
                                  int depth) {
  const std::span<const Slot> operands = operands_at(context, step);
  const bool is_first = static_cast<ops::HitPolicy>(step.a) == ops::HitPolicy::kFirst;
  std::vector<std::size_t> rows;
  bool is_sure = false;
  for (std::size_t i = 0; 2 * i + 1 < operands.size(); ++i) {
    const Value& status = value_at(context, operands[2 * i]);
    if (value::is_false(status)) {
      continue;
    }
    rows.push_back(i);
    is_sure = rows.size() == 1 && value::is_true(status);
    if (is_first && value::is_true(status)) {
      break;
    }
  }
  if (rows.size() != 1 || !is_sure) {
    std::vector<std::string> numbers;
    numbers.reserve(rows.size());
    for (const std::size_t row : rows) {
      numbers.push_back(std::to_string(row + 1));
    }
    if (numbers.empty()) {
      return chinese ? "其他情形" : "any other case";
    }
    return chinese ? fmt::format("表中第{}行之一", fmt::join(numbers, "、"))
                   : fmt::format("row {} of the table", fmt::join(numbers, " or "));
  }
  const plan::Step* status = step_at(context, operands[2 * rows[0]]);
  const bool asks = status != nullptr && expr_of(*status).valid() && status->operand_count > 0;
  const std::string why = asks ? phrase(context, expr_of(*status), chinese)
                               : std::string(chinese ? "其他情形" : "any other case");
  std::string text = chinese ? fmt::format("第{}行：{}", rows[0] + 1, why)
                             : fmt::format("row {}: {}", rows[0] + 1, why);
  const std::string value = how(context, operands[2 * rows[0] + 1], chinese, depth + 1);
  if (!value.empty()) {
    text += (chinese ? "；" : "; ") + value;
  }
  return text;
}

/// What each element gives, those that give nothing left out.
std::string SheetLines::how_fold(const Context& context, Slot slot, const plan::Step& step,
                                 bool chinese) {
  const auto& folds = trace_[context.frame].folds;
  const auto found = folds.find(slot);
  if (found == folds.end() || !expr_of(step).valid()) {
    return {};
  }
  const sema::Local& local = program_.locals[program_[expr_of(step)].b];
  std::vector<std::string> parts;
  std::size_t left_out = 0;
  for (const eval::Element& element : found->second) {
    if (!element.frame.valid()) {
      continue;
    }
    const std::vector<Slot>& results = trace_.block(element.frame).results;
    const Context inside = inside_element(context, slot, element);
    const bool is_meant =
        results[0] == plan::kNoSlot || !value::is_false(value_at(inside, results[0]));
    if (!is_meant || results[1] == plan::kNoSlot || is_zero(value_at(inside, results[1]))) {
      continue;
    }
    if (parts.size() == kElementsShown) {
      ++left_out;
      continue;
    }
    const Bilingual name = Tree(context).bound_name(element.bound, local.type);
    std::string part = fmt::format("{} {}", name.in(chinese), number(inside, results[1], chinese));
    const std::string inner = how(inside, results[1], chinese, 1);
    if (!inner.empty()) {
      part += chinese ? fmt::format("（{}）", inner) : fmt::format(" ({})", inner);
    }
    parts.push_back(std::move(part));
  }
  std::string text = fmt::format("{}", fmt::join(parts, chinese ? "；" : "; "));
  if (left_out > 0) {
    text += chinese ? fmt::format("；另有{}项", left_out) : fmt::format("; and {} more", left_out);
  }
  return text;
}

std::string SheetLines::how_sum(const Context& context, const plan::Step& step, bool chinese,
                                int depth) {
  const std::span<const Slot> operands = operands_at(context, step);
  std::string text;
  for (std::size_t i = 0; i < operands.size(); ++i) {
    const bool minus = trace_.plan->extras[step.first_extra + i] != 0;
    if (minus) {
      text += i == 0 ? "−" : " − ";
    } else if (i > 0) {
      text += " + ";
    }
    text += number(context, operands[i], chinese);
    const std::string inner = how(context, operands[i], chinese, depth + 1);
    if (!inner.empty()) {
      text += chinese ? fmt::format("（{}）", inner) : fmt::format(" ({})", inner);
    }
  }
  return text;
}

}  // namespace juzhu::explain
