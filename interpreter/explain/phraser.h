// The inside of phrase(): one walk over a typed expression in one tongue. Not seen outside this
// room.
//
// operation_words.cpp lists how each operation is put into words: a pattern, or a function of this
// class. phrase.cpp holds names and nouns, phrase_conditions.cpp sentences, phrase_time.cpp the
// calendar and spells.
#pragma once

#include <fmt/format.h>

#include <string>
#include <string_view>
#include <vector>

#include "explain/phrase.h"

namespace juzhu::explain {

class Phraser {
 public:
  Phraser(const Context& context, bool chinese)
      : context_(context), program_(*context.program), chinese_(chinese) {}

  std::string noun(sema::ExprId id);
  /// The condition as a sentence, or its denial.
  std::string sentence(sema::ExprId id, bool holds);

  // ---- phrase.cpp: nouns
  std::string constant(sema::ExprId id);
  std::string today(sema::ExprId id);
  std::string here(sema::ExprId id);
  std::string argument(sema::ExprId id);
  std::string fact(sema::ExprId id);
  std::string rows(sema::ExprId id);
  std::string rows_on(sema::ExprId id);
  std::string all_members(sema::ExprId id);
  std::string set_of(sema::ExprId id);
  std::string call(sema::ExprId id);
  std::string parameter(sema::ExprId id);
  std::string question(sema::ExprId id);
  std::string choice(sema::ExprId id);
  std::string sum(sema::ExprId id);
  std::string rounded(sema::ExprId id);
  std::string extreme(sema::ExprId id);

  // ---- phrase_time.cpp: nouns
  std::string add_months(sema::ExprId id);
  std::string between(sema::ExprId id);
  std::string date_in_year(sema::ExprId id);
  std::string place_at(sema::ExprId id);
  std::string combined_time(sema::ExprId id);
  std::string measure(sema::ExprId id);
  std::string fold(sema::ExprId id);

  // ---- phrase_conditions.cpp: sentences
  std::string joined(sema::ExprId id, bool holds);
  std::string negation(sema::ExprId id, bool holds);
  std::string comparison(sema::ExprId id, bool holds);
  std::string quotient_comparison(sema::ExprId id, bool holds);
  std::string one_of(sema::ExprId id, bool holds);
  std::string has(sema::ExprId id, bool holds);
  std::string condition_fold(sema::ExprId id, bool holds);
  std::string choice_condition(sema::ExprId id, bool holds);
  std::string standing_alone(sema::ExprId id, bool holds);
  /// "some parent among Mei's parents", without what is asked of them.
  std::string quantifier(sema::ExprId id);

 private:
  /// Beyond this many expressions inside each other a sentence helps nobody.
  static constexpr int kDeepest = 10;

  [[nodiscard]] std::string_view pick(std::string_view en, std::string_view zh) const {
    return chinese_ ? zh : en;
  }
  /// The pattern of the tongue, filled: `{}` stands for each part in turn, `{0}` for the first.
  template <typename... Parts>
  [[nodiscard]] std::string say(std::string_view en, std::string_view zh,
                                const Parts&... parts) const {
    return fmt::format(fmt::runtime(pick(en, zh)), parts...);
  }
  [[nodiscard]] std::string household() const;
  std::string fill(std::string_view en, std::string_view zh, const sema::Expr& expr);
  std::string operand(const sema::Expr& expr, std::size_t index);
  [[nodiscard]] std::string possessive(const std::string& owner, const std::string& thing) const;
  std::string listed(const std::vector<sema::ExprId>& ids, std::size_t first,
                     std::string_view last_word);
  [[nodiscard]] std::string definition_name(const sema::Expr& expr) const;
  std::string with_arguments(const sema::Expr& expr, std::string_view name, bool with_subject);
  [[nodiscard]] std::string value_known_here(sema::ExprId id) const;
  [[nodiscard]] bool fixed_by_scope(sema::ExprId id) const;
  [[nodiscard]] std::string text_of(const Value& value, const Type& type) const;
  [[nodiscard]] std::string relation_words(std::string_view subject, const Type& type, bool strict,
                                           bool swapped, bool holds) const;
  [[nodiscard]] std::string counting_words(ops::Counting counting) const;
  std::string fold_body(const sema::Expr& fold);

  const Context& context_;
  const sema::Program& program_;
  bool chinese_;
  int depth_ = 0;
};

/// How an operation is put into words: as a noun and as a condition.
struct OperationWords {
  ops::Operation operation;
  std::string (Phraser::*noun)(sema::ExprId);  ///< none: the patterns, filled with the operands
  std::string_view en;
  std::string_view zh;
  std::string (Phraser::*sentence)(sema::ExprId, bool);  ///< none: the patterns
  std::string_view denied_en;
  std::string_view denied_zh;
  bool varies;  ///< not fixed by place and date: differs between members or households
};
const OperationWords& words_of(ops::Operation operation);

/// The slot of the context's frame that holds an expression's value; plan::kNoSlot if none does.
plan::Slot slot_here(const Context& context, sema::ExprId id);
/// That value, or none.
const Value* value_here(const Context& context, sema::ExprId id);
/// A bound name in both tongues: parent, 家长.
Bilingual role_words(const sema::Program& program, const sema::Local& local);
/// "months of insurance": are, not is.
bool is_plural(std::string_view noun);
std::string with_article(const std::string& noun);
bool is_role(const sema::Program& program, const sema::Definition& definition);
bool has_operand(const sema::Expr& expr, std::size_t index);
/// A definition about the household itself takes no argument for it.
bool is_of_household(const sema::Program& program, const sema::Definition& definition);
/// The operand that a comparison speaks about, the first one written: a bound stands after it.
std::size_t subject_operand(const sema::Program& program, const sema::Expr& expr);

}  // namespace juzhu::explain
