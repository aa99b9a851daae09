// What the generated programs can speak of: units, choices, divisions, entities, facts of every
// type, spells by day, month and year, a role. A vocabulary is a random part of one fixed stock of
// names, so that programs stay small and every name is unambiguous by construction.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "random.h"

namespace juzhu::generated {

enum class Sort {
  kTruth,
  kNumber,
  kDate,
  kMonth,
  kChoice,
  kChoiceSet,
  kPlace,
  kText,
  kMember,
  kMemberSet,
  kRow,
  kRows,
  kTime
};
enum class Unit { kNone, kMonth, kDay, kYuan, kPoint, kLesson };

/// The type of an expression as the generator knows it; `of` names the choice, entity or list.
struct Kind {
  Sort sort = Sort::kTruth;
  Unit unit = Unit::kNone;
  std::string of;
  bool months = false;  ///< a time kept in months
  friend bool operator==(const Kind&, const Kind&) = default;
};

struct FactSpec {
  std::string owner;  ///< entity or list
  std::string name, zh;
  std::string type;  ///< as written
  Kind kind;
  int scale = 0;
  std::string after;  ///< bounds, `if any`
};

struct ListSpec {
  std::string owner, name, zh, row, row_zh;
  std::string by;  ///< day, month, year
  [[nodiscard]] bool months() const { return by != "day"; }
};

struct ChoiceSpec {
  std::string name, zh;
  std::vector<std::pair<std::string, std::string>> options;
};

struct Vocabulary {
  std::vector<ChoiceSpec> choices;
  std::vector<FactSpec> facts;
  std::vector<ListSpec> lists;
  std::vector<std::string> places;        ///< as expressions write them
  std::vector<std::string> entities;      ///< of members: person, and pet in some programs
  std::vector<std::string> declarations;  ///< as text, in any order
  std::string divisions_file;             ///< CSV, where `divisions from` reads one

  /// Other spellings of declared names. A noun also names what a declaration binds, so it keeps one
  /// spelling within a declaration.
  std::map<std::string, std::string> zh;
  std::set<std::string> nouns;

  [[nodiscard]] const ChoiceSpec& choice(const std::string& name) const;
  [[nodiscard]] const ListSpec& list(const std::string& name) const;
};

Vocabulary make_vocabulary(Random& random);

/// `name / zh`, either first.
std::string naming(Random& random, const std::string& name, const std::string& zh);
/// A text in one tongue or both.
std::string text_in_quotes(Random& random);

}  // namespace juzhu::generated
