// Expressions that are well typed by construction, as text in English keywords. Each production is
// a member function that stands in one of the lists of productions_of_*: a new construct of the
// language is one function and one entry there.
//
// Levels follow the ladder of the grammar: an expression that binds more loosely than its place
// allows is put in brackets.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "vocabulary.h"

namespace juzhu::generated {

/// How tightly a text binds, tightest first; kPath is a reference that 's may follow.
enum class Level {
  kPath,
  kLiteral,
  kPrimary,
  kFactor,
  kProduct,
  kSum,
  kComparison,
  kLogic,
  kExpression
};

struct Text {
  std::string text;
  Level level = Level::kPrimary;
  int scale = 0;  ///< numbers: digits after the point
};

struct Variable {
  std::string name;
  Kind kind;
  int scale = 0;
};
using Scope = std::vector<Variable>;

struct DefinitionSpec {
  std::string name;
  std::optional<Variable> subject;  ///< its name is the noun
  std::optional<Variable> with;
  bool in = false, on = false;
  Kind kind;
  int scale = 0;
};
struct ParameterSpec {
  std::string name;
  Kind kind;
  int scale = 0;
};

/// A score of a person, with what can be read of it by name: items, groups, lets, what was chosen.
struct ScoreSpec {
  struct Part {
    std::string name;
    Kind kind;
    int scale = 0;
  };
  std::string name;
  int scale = 0;  ///< of the total, at most
  std::vector<Part> parts;
};

/// What may be named so far. Only what comes later adds to it, so nothing needs itself.
struct Known {
  std::vector<DefinitionSpec> definitions;
  std::vector<ParameterSpec> parameters;
  std::vector<ScoreSpec> scores;
  std::vector<std::string> services;
  std::vector<std::string> sources;
  std::vector<std::string> reforms;
};

class Expressions {
 public:
  Expressions(Random& random, const Vocabulary& vocabulary, const Known& known)
      : random_(random), vocabulary_(vocabulary), known_(known) {}

  Text condition(const Scope& scope, int depth);
  Text number(const Scope& scope, Unit unit, int depth);
  Text date(const Scope& scope, int depth);
  Text month(const Scope& scope, int depth);
  Text choice(const Scope& scope, const std::string& of, int depth);
  Text choice_set(const Scope& scope, const std::string& of, int depth);
  Text place(const Scope& scope, int depth);
  Text text(const Scope& scope);
  std::optional<Text> member(const Scope& scope, const std::string& entity, int depth);
  std::optional<Text> member_set(const Scope& scope, const std::string& entity);
  std::optional<Text> time(const Scope& scope, bool months, int depth);
  /// Of any kind but rows; nothing if the scope has none of it.
  std::optional<Text> value(const Scope& scope, const Kind& kind, int depth);
  /// A decision table, which stands only as the body of a definition.
  std::optional<Text> table(const Scope& scope, const Kind& kind, int depth);

  /// At most so many decimals, rounded if need be.
  Text fit(Text number, int scale);
  /// In brackets where it binds more loosely than the level.
  std::string at(const Text& text, Level level);
  std::string literal_date();
  struct Collection {
    std::string text;
    Kind element;
  };
  /// Something that a quantifier, a fold or a choice runs over.
  std::optional<Collection> collection(const Scope& scope, int depth);
  std::string fresh();
  Text literal_number(Unit unit);

 private:
  struct Subject {
    std::string text;
    Kind kind;
  };
  struct Reference {
    std::string subject;  ///< empty: none
    std::string rest;
    Level level = Level::kPath;
    int scale = 0;
    [[nodiscard]] Text text() const;
  };
  using Maybe = std::optional<Text>;
  using Production = Maybe (Expressions::*)(const Scope&, int);
  using NumberProduction = Maybe (Expressions::*)(const Scope&, Unit, int);

  Text first_that_fits(const std::vector<Production>& productions, const Scope& scope, int depth,
                       const Text& otherwise);

  // expressions.cpp: names
  std::vector<Subject> subjects(const Scope& scope, bool one_hop);
  std::optional<Reference> reference(const Scope& scope, const Kind& kind, int depth);
  Maybe referred(const Scope& scope, const Kind& kind, int depth);
  std::optional<Reference> call(const Scope& scope, const DefinitionSpec& definition,
                                const std::vector<Subject>& subjects, int depth);
  std::string argument(const Text& text);
  std::vector<Reference> of_scores(const std::vector<Subject>& subjects, const Kind& kind) const;
  std::string under_reform();
  Maybe if_else(const Scope& scope, const Kind& kind, int depth);
  Maybe or_if_none(const Scope& scope, const Kind& kind, int depth);
  Maybe fold(const Scope& scope, const Kind& kind, int depth);
  Maybe list_fold(const Scope& scope, const Kind& kind, int depth);
  std::string where(const Scope& scope, int depth);

  // conditions.cpp
  Maybe truth_fact(const Scope& scope, int depth);
  Maybe chain(const Scope& scope, int depth);
  Maybe condition_list(const Scope& scope, int depth);
  Maybe negated(const Scope& scope, int depth);
  Maybe quantified(const Scope& scope, int depth);
  Maybe compared_numbers(const Scope& scope, int depth);
  Maybe compared_quotient(const Scope& scope, int depth);
  Maybe compared_days(const Scope& scope, int depth);
  Maybe compared_choice(const Scope& scope, int depth);
  Maybe compared_text(const Scope& scope, int depth);
  Maybe compared_members(const Scope& scope, int depth);
  Maybe in_set(const Scope& scope, int depth);
  Maybe in_place(const Scope& scope, int depth);
  Maybe on_day(const Scope& scope, int depth);
  Maybe given(const Scope& scope, int depth);
  Maybe asked(const Scope& scope, int depth);
  Maybe if_condition(const Scope& scope, int depth);
  std::string relation(const Scope& scope, const Kind& kind, int depth);

  // numbers.cpp
  Maybe number_literal(const Scope& scope, Unit unit, int depth);
  Maybe number_name(const Scope& scope, Unit unit, int depth);
  Maybe number_sum(const Scope& scope, Unit unit, int depth);
  Maybe number_product(const Scope& scope, Unit unit, int depth);
  Maybe number_negated(const Scope& scope, Unit unit, int depth);
  Maybe number_rounded(const Scope& scope, Unit unit, int depth);
  Maybe number_chosen(const Scope& scope, Unit unit, int depth);
  Maybe number_counted(const Scope& scope, Unit unit, int depth);
  Maybe number_per(const Scope& scope, Unit unit, int depth);
  Maybe number_measured(const Scope& scope, Unit unit, int depth);
  Maybe number_between(const Scope& scope, Unit unit, int depth);

  // times.cpp
  /// `gaps`: of an unbroken or the longest stretch.
  std::string window(const Scope& scope, Unit unit, bool of_time, bool gaps, int depth);
  std::string counting();
  Maybe covered(const Scope& scope, bool months, int depth);
  std::string date_argument(const Scope& scope, int depth);

  Random& random_;
  const Vocabulary& vocabulary_;
  const Known& known_;
  std::size_t bound_ = 0;  ///< names given to bound elements so far
};

}  // namespace juzhu::generated
