// Names, members, numbers: everything in a sentence that is a noun.
#include "explain/phrase.h"

#include <fmt/format.h>

#include <array>
#include <optional>

#include "explain/phraser.h"
#include "explain/words.h"

namespace juzhu::explain {

using sema::Expr;
using sema::ExprId;
using value::TypeKind;

namespace {

struct RolePair {
  std::string_view en;
  std::string_view zh;
};
/// Words that rules bind without declaring them in both tongues (`some parent among …`).
constexpr std::array<RolePair, 8> kRoleWords = {{{"parent", "家长"},
                                                 {"child", "孩子"},
                                                 {"person", "人"},
                                                 {"member", "成员"},
                                                 {"father", "父亲"},
                                                 {"mother", "母亲"},
                                                 {"guardian", "监护人"},
                                                 {"applicant", "申请人"}}};

/// The single member of a set of possible members; none if it is not known which.
std::optional<std::size_t> one_member(const Value& value) {
  if (!value.only_value() || value.lo <= 0 || (value.lo & (value.lo - 1)) != 0) {
    return std::nullopt;
  }
  std::size_t member = 0;
  while (((value.lo >> member) & 1) == 0) {
    ++member;
  }
  return member;
}

}  // namespace

std::string with_article(const std::string& noun) {
  const bool vowel =
      !noun.empty() && std::string_view("aeiouAEIOU").find(noun[0]) != std::string_view::npos;
  return (vowel ? "an " : "a ") + noun;
}

bool has_operand(const Expr& expr, std::size_t index) {
  return index < expr.operands.size() && expr.operands[index].valid();
}

bool is_of_household(const sema::Program& program, const sema::Definition& definition) {
  if (!definition.has_subject || definition.parameters.empty()) {
    return false;
  }
  const Type& subject = program[definition.parameters[0]].type;
  return subject.kind == TypeKind::kMember && subject.entity.index == 0;
}

Bilingual role_words(const sema::Program& program, const sema::Local& local) {
  for (const sema::Definition& definition : program.definitions) {
    if (definition.name.is(local.name)) {
      return display_name(definition.name);
    }
  }
  for (const value::List& list : program.schema->lists) {
    if (list.row_name.is(local.name)) {
      return display_name(list.row_name);
    }
  }
  for (const value::Entity& entity : program.schema->entities) {
    if (entity.name.is(local.name)) {
      return display_name(entity.name);
    }
  }
  for (const RolePair& pair : kRoleWords) {
    if (local.name == pair.en || local.name == pair.zh) {
      return {std::string(pair.en), std::string(pair.zh)};
    }
  }
  return display_name({local.name, local.name});
}

plan::Slot slot_here(const Context& context, ExprId id) {
  if (context.trace == nullptr || !context.frame.valid()) {
    return plan::kNoSlot;
  }
  const plan::Block& block = context.trace->block(context.frame);
  // Made-up steps for what an expression leaves out (here, today) carry its id too; its own comes
  // last.
  for (std::size_t i = block.steps.size(); i-- > 0;) {
    if (block.steps[i].expr == id.index) {
      return static_cast<plan::Slot>(block.parameters.size() + i);
    }
  }
  return plan::kNoSlot;
}

const Value* value_here(const Context& context, ExprId id) {
  const plan::Slot slot = slot_here(context, id);
  return slot == plan::kNoSlot ? nullptr : &(*context.trace)[context.frame].slots[slot];
}

std::string Phraser::text_of(const Value& value, const Type& type) const {
  return value_words(value, type, *program_.schema, chinese_);
}

std::string Phraser::possessive(const std::string& owner, const std::string& thing) const {
  return say("{}'s {}", "{}的{}", owner, thing);
}

std::string Phraser::operand(const Expr& expr, std::size_t index) {
  return has_operand(expr, index) ? noun(expr.operands[index]) : std::string();
}

std::string Phraser::fill(std::string_view en, std::string_view zh, const Expr& expr) {
  return say(en, zh, operand(expr, 0), operand(expr, 1));
}

std::string Phraser::noun(ExprId id) {
  if (depth_ >= kDeepest) {
    return "…";
  }
  ++depth_;
  std::string text = value_known_here(id);
  if (text.empty()) {
    const Expr& expr = program_[id];
    const OperationWords& words = words_of(expr.operation);
    if (words.noun != nullptr) {
      text = (this->*words.noun)(id);
    } else {
      text = words.en.empty() ? sentence(id, true) : fill(words.en, words.zh, expr);
    }
  }
  --depth_;
  return text;
}

/// Dates, places and sums of thresholds that follow from the scope alone read better as what they
/// are: "31 August 2024" rather than "31 August of the year of today", Shenzhen rather than "the
/// city of the household's place".
std::string Phraser::value_known_here(ExprId id) const {
  const Expr& expr = program_[id];
  const TypeKind kind = expr.type.kind;
  const bool reckoned =
      expr.operation == ops::Operation::kSum || expr.operation == ops::Operation::kProduct ||
      expr.operation == ops::Operation::kLeast || expr.operation == ops::Operation::kGreatest;
  if (kind != TypeKind::kDate && kind != TypeKind::kMonth && kind != TypeKind::kPlace &&
      !(kind == TypeKind::kNumber && reckoned)) {
    return {};
  }
  const Value* value = value_here(context_, id);
  if (value == nullptr || !value->only_value() || !value::is_known(*value, expr.type) ||
      !fixed_by_scope(id)) {
    return {};
  }
  return text_of(*value, expr.type);
}

bool Phraser::fixed_by_scope(ExprId id) const {
  const Expr& expr = program_[id];
  const bool here = expr.operation == ops::Operation::kFact && !has_operand(expr, 0) &&
                    expr.a == program_.schema->place_fact.index;
  if (here) {
    return true;
  }
  if (words_of(expr.operation).varies) {
    return false;
  }
  for (const ExprId part : expr.operands) {
    if (part.valid() && !fixed_by_scope(part)) {
      return false;
    }
  }
  return true;
}

std::string Phraser::constant(ExprId id) {
  return text_of(program_.constants[program_[id].a], program_[id].type);
}

/// There is one household, so nothing is passed for it.
std::string Phraser::household() const { return std::string(pick("the household", "家庭")); }

std::string Phraser::today(ExprId /*id*/) {
  return context_.trace == nullptr ? std::string(pick("today", "今日"))
                                   : date_words(context_.trace->plan->scope.date, chinese_);
}

std::string Phraser::here(ExprId /*id*/) {
  if (context_.trace == nullptr) {
    return std::string(pick("here", "本地"));
  }
  const value::PlaceTree& places = program_.schema->places;
  const value::PlaceNode place = context_.trace->plan->scope.place;
  return chinese_ ? places.path_zh(place) : places.path_en(place);
}

std::string Phraser::argument(ExprId id) {
  const std::uint32_t local_index = program_[id].a;
  if (local_index == sema::LocalId::kNone) {
    return household();
  }
  const auto found = context_.bound.find(local_index);
  const sema::Local& local = program_.locals[local_index];
  if (found == context_.bound.end()) {
    return role_words(program_, local).in(chinese_);
  }
  const Bound& bound = found->second;
  const bool member = local.type.kind == TypeKind::kMember;
  if (member && context_.with_members && context_.household != nullptr) {
    if (const auto index = one_member(bound.value);
        index && *index < context_.household->members.size()) {
      return member_name(*context_.household, *index, chinese_);
    }
  }
  if (!member && local.type.kind != TypeKind::kRow && bound.value.only_value() &&
      value::is_known(bound.value, local.type)) {
    return text_of(bound.value, local.type);
  }
  const std::string& role = bound.role.in(chinese_);
  if (chinese_) {
    constexpr std::size_t kBytesOfOne = 3;
    return role.size() <= kBytesOfOne ? "该" + role : role;  // 人 and 证 alone read as kinds
  }
  return bound.one_of_several ? with_article(role) : "the " + role;
}

std::string Phraser::fact(ExprId id) {
  const Expr& expr = program_[id];
  const value::Fact& fact = program_.schema->facts[expr.a];
  const std::string name =
      is_phrase(fact.text) ? fact.text.in(chinese_) : display_name(fact.name, chinese_);
  return has_operand(expr, 0) ? possessive(noun(expr.operands[0]), name)
                              : possessive(household(), name);
}

std::string Phraser::rows(ExprId id) {
  const Expr& expr = program_[id];
  const std::string name = display_name(program_.schema->lists[expr.a].name, chinese_);
  return has_operand(expr, 0) ? possessive(noun(expr.operands[0]), name)
                              : possessive(household(), name);
}

std::string Phraser::rows_on(ExprId id) {
  const Expr& expr = program_[id];
  const Expr& list = program_[expr.operands[0]];
  if (!chinese_ || list.operation != ops::Operation::kRows) {
    return fill("{} on {}", "{1}的{0}", expr);
  }
  const std::string owner = has_operand(list, 0) ? noun(list.operands[0]) : household();
  return fmt::format("{}在{}的{}", owner, operand(expr, 1),
                     display_name(program_.schema->lists[list.a].name, true));
}

std::string Phraser::all_members(ExprId id) {
  const value::EntityId entity(program_[id].a);
  return say("the household's members ({})", "家庭成员（{}）",
             display_name((*program_.schema)[entity].name, chinese_));
}

std::string Phraser::set_of(ExprId id) {
  return listed(program_[id].operands, 0, pick("and", "和"));
}

/// The name of the version in force, or its text if that is a phrase.
std::string Phraser::definition_name(const Expr& expr) const {
  const sema::Definition& definition = program_.definitions[expr.a];
  std::size_t version = 0;
  if (context_.trace != nullptr) {
    for (const plan::Declaration& declaration : context_.trace->plan->declarations) {
      const bool is_called = declaration.kind == plan::DeclarationKind::kDefinition &&
                             declaration.item == expr.a && !declaration.nested;
      if (is_called) {
        version = declaration.version;
      }
    }
  }
  if (version < definition.versions.size() && is_phrase(definition.versions[version].text)) {
    return definition.versions[version].text.in(chinese_);
  }
  return display_name(definition.name, chinese_);
}

std::string Phraser::call(ExprId id) {
  return with_arguments(program_[id], definition_name(program_[id]), true);
}

/// A definition's name among its arguments: "Li's insured months in Shenzhen on 1 May 2024"; in
/// Chinese place and day stand before the name, 李截至2024年5月1日在深圳的社保月数. Without the
/// subject: what is said of it.
std::string Phraser::with_arguments(const Expr& expr, std::string_view name, bool with_subject) {
  const sema::Definition& definition = program_.definitions[expr.a];
  std::size_t next = 0;
  const auto take = [&](bool present) {
    return present && has_operand(expr, next) ? noun(expr.operands[next++]) : std::string();
  };
  const std::string subject =
      is_of_household(program_, definition) ? household() : take(definition.has_subject);
  const std::string with = take(definition.has_with);
  const std::string in = take(definition.has_in);
  const std::string on = take(definition.has_on);
  if (chinese_) {
    std::string text = with_subject ? subject : "";
    text += on.empty() ? "" : "截至" + on;
    text += in.empty() ? "" : "在" + in;
    text += with.empty() ? "" : "以" + with;
    text += !text.empty() && with_subject ? "的" : "";
    return text.append(name);
  }
  std::string text(name);
  if (with_subject && !subject.empty()) {
    text = possessive(subject, text);
  }
  text += with.empty() ? "" : " with " + with;
  text += in.empty() ? "" : " in " + in;
  text += on.empty() ? "" : " on " + on;
  return text;
}

/// A threshold reads as its value where that is known; its name and citation stand beside it in the
/// tree.
std::string Phraser::parameter(ExprId id) {
  const Expr& expr = program_[id];
  const Value* value = value_here(context_, id);
  if (value != nullptr && value->only_value() && value::is_known(*value, expr.type)) {
    return text_of(*value, expr.type);
  }
  const sema::Parameter& parameter = program_.parameters[expr.a];
  return is_phrase(parameter.text) ? parameter.text.in(chinese_)
                                   : display_name(parameter.name, chinese_);
}

std::string Phraser::question(ExprId id) {
  const Expr& expr = program_[id];
  const std::string name = display_name(program_.services[expr.a].name, chinese_);
  return has_operand(expr, 0) ? possessive(noun(expr.operands[0]), name) : name;
}

std::string Phraser::choice(ExprId id) {
  const Expr& expr = program_[id];
  return say("{1} if {0}, otherwise {2}", "若{}则{}，否则{}", sentence(expr.operands[0], true),
             operand(expr, 1), operand(expr, 2));
}

std::string Phraser::listed(const std::vector<ExprId>& ids, std::size_t first,
                            std::string_view last_word) {
  std::string text;
  for (std::size_t i = first; i < ids.size(); ++i) {
    if (i > first && i + 1 == ids.size()) {
      text += chinese_ ? std::string(last_word) : fmt::format(" {} ", last_word);
    } else if (i > first) {
      text += pick(", ", "、");
    }
    text += noun(ids[i]);
  }
  return text.empty() ? std::string(pick("nothing", "无")) : text;
}

std::string Phraser::sum(ExprId id) {
  const Expr& expr = program_[id];
  std::string text;
  for (std::size_t i = 0; i < expr.operands.size(); ++i) {
    const bool minus = i < expr.extra.size() && expr.extra[i] == 1;
    if (i == 0) {
      text += minus ? "−" : "";
    } else {
      text += minus ? " − " : " + ";
    }
    text += noun(expr.operands[i]);
  }
  return text;
}

std::string Phraser::rounded(ExprId id) {
  const Expr& expr = program_[id];
  const std::string quantity =
      has_operand(expr, 1) ? fill("{} / {}", "{}÷{}", expr) : operand(expr, 0);
  return say("{} rounded to {} decimals", "{}（取{}位小数）", quantity, expr.b);
}

std::string Phraser::extreme(ExprId id) {
  const Expr& expr = program_[id];
  const bool date = expr.type.kind == TypeKind::kDate;
  const std::string_view word = expr.operation == ops::Operation::kLeast
                                    ? (date ? pick("earliest", "最早") : pick("lowest", "最低"))
                                    : (date ? pick("latest", "最晚") : pick("highest", "最高"));
  return say("the {} of {}", "{1}中{0}者", word, listed(expr.operands, 0, pick("and", "和")));
}

std::string phrase(const Context& context, ExprId expr, bool chinese) {
  Phraser phraser(context, chinese);
  return context.program->exprs[expr.index].type.kind == TypeKind::kBoolean
             ? phraser.sentence(expr, true)
             : phraser.noun(expr);
}

std::string phrase_denied(const Context& context, ExprId expr, bool chinese) {
  return Phraser(context, chinese).sentence(expr, false);
}

Bilingual phrase(const Context& context, ExprId expr) {
  return {phrase(context, expr, false), phrase(context, expr, true)};
}

}  // namespace juzhu::explain
