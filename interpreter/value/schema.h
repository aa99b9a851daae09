// The shape of what can be known about a household: entities, facts, lists of spells, choices,
// units and places, as a rulebook's vocabulary declares them. Built by sema, read by the data
// readers, the plan and the evaluators.
//
// Ownership: a Schema owns all its names; it is shared as std::shared_ptr<const Schema>. Threads:
// immutable.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bilingual.h"
#include "base/id.h"
#include "value/place_tree.h"
#include "value/type.h"

namespace juzhu::value {

using juzhu::Bilingual;

struct Choice {
  Bilingual name;
  std::vector<Bilingual> options;  ///< at most 64
  [[nodiscard]] std::optional<std::size_t> option(std::string_view wanted) const;
};

/// The numbers, dates or months that a fact may be, both bounds belonging.
struct Domain {
  std::int64_t least = 0;
  std::int64_t greatest = 0;
};
/// Of a fact that declares no bounds (semantics.md 2.1); other types than numbers, dates and months
/// have none.
Domain usual_domain(const Type& type);

struct Fact;
using FactId = Id<Fact>;

struct Fact {
  Bilingual name;
  Bilingual text;
  Bilingual question;
  Type type;
  EntityId entity;           ///< of a household or member fact
  ListId list;               ///< of a row fact, else not valid
  std::uint32_t column = 0;  ///< position among the facts of its entity or list
  bool if_any = false;       ///< may be "not applicable"
  std::int64_t least = 0;    ///< domain of numbers, dates, months: [least, greatest]
  std::int64_t greatest = 0;
};

/// Household (entity 0) and the kinds of its members.
struct Entity {
  Bilingual name;
  Bilingual text;
  EntityId owner;             ///< not valid for the household itself
  std::vector<FactId> facts;  ///< in column order
  std::vector<ListId> lists;
};

enum class SpellUnit : std::uint8_t { kDays, kMonths, kYears };

/// A fact with a history: rows with a start and an end, and facts of their own.
struct List {
  Bilingual name;      ///< permits
  Bilingual row_name;  ///< permit
  Bilingual text;
  EntityId owner;
  SpellUnit unit = SpellUnit::kDays;
  std::vector<FactId> facts;
  std::uint32_t column = 0;  ///< position among the lists of its owner
};

struct Schema {
  PlaceTree places;
  std::vector<Choice> choices;
  std::vector<Entity> entities;
  std::vector<Fact> facts;
  std::vector<List> lists;
  std::vector<Bilingual> units;    ///< base units, index as in Unit::powers
  std::vector<std::string> texts;  ///< interned texts of the rulebook
  FactId place_fact;               ///< the household's fact `place`, where the evaluation happens

  [[nodiscard]] const Choice& operator[](ChoiceId id) const { return choices[id.index]; }
  [[nodiscard]] const Entity& operator[](EntityId id) const { return entities[id.index]; }
  [[nodiscard]] const Fact& operator[](FactId id) const { return facts[id.index]; }
  [[nodiscard]] const List& operator[](ListId id) const { return lists[id.index]; }
  [[nodiscard]] std::optional<EntityId> entity(std::string_view name) const;
  [[nodiscard]] std::optional<FactId> fact(EntityId entity, std::string_view name) const;
  [[nodiscard]] std::optional<FactId> fact(ListId list, std::string_view name) const;
  [[nodiscard]] std::optional<ListId> list(EntityId owner, std::string_view name) const;
};

/// How a value of a type is written for people: "12 months", "5 to 8 months", "granted or denied",
/// "Shenzhen.Baoan", "not applicable", "unknown" when nothing narrows it. Covers and rows have no
/// text here.
struct Value;
std::string value_text(const Value& value, const Type& type, const Schema& schema, bool chinese);
/// The same where the domain is narrower than the type's: bounds equal to it say nothing.
std::string value_text(const Value& value, const Type& type, const Domain& domain,
                       const Schema& schema, bool chinese);

}  // namespace juzhu::value
