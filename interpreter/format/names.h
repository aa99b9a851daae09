// Names in both tongues: what the rule files say is one name (`permit / 居住证`), what the language
// itself names in both (`today / 今日`), and the places of the tree of divisions.
//
// The table is made from syntax alone: it knows what sort of thing a declaration names and whose
// property a fact is, not types. A name is only given in the other tongue where every thing it can
// mean there has the same other name, and that name leads back to it; else it stays as written. So
// a conversion is undone by the conversion back, whatever the rulebook holds.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "syntax/keywords.h"
#include "syntax/syntax_tree.h"

namespace juzhu::format {

/// What a name can name, as a set of bits: a place in the text allows some of them.
using Sorts = std::uint32_t;
namespace sorts {
inline constexpr Sorts kUnit = 1U << 0U;
inline constexpr Sorts kChoice = 1U << 1U;
inline constexpr Sorts kOption = 1U << 2U;
inline constexpr Sorts kNoun = 1U << 3U;  ///< entities, roles, the words after `each`
inline constexpr Sorts kProperty = 1U << 4U;
inline constexpr Sorts kSource = 1U << 5U;
inline constexpr Sorts kService = 1U << 6U;
inline constexpr Sorts kDefinition = 1U << 7U;  ///< and parameters
inline constexpr Sorts kRule = 1U << 8U;
inline constexpr Sorts kScenario = 1U << 9U;
inline constexpr Sorts kMember = 1U << 10U;
inline constexpr Sorts kPlace = 1U << 11U;
inline constexpr Sorts kType = 1U << 12U;
inline constexpr Sorts kValue = 1U << 13U;  ///< today, here, granted, none, result
inline constexpr Sorts kRemark =
    1U << 14U;  ///< levels, confidences, conventions, roundings, hit policies
inline constexpr Sorts kPlaceLevel = 1U << 15U;
inline constexpr Sorts kReform = 1U << 16U;
inline constexpr Sorts kLimit = 1U << 17U;
inline constexpr Sorts kPromise = 1U << 18U;  ///< what must hold for every household
inline constexpr Sorts kOther = 1U << 19U;  ///< declared by a construct this table has no sort for
inline constexpr Sorts kAll = (1U << 20U) - 1U;
/// Where a value may stand.
inline constexpr Sorts kExpression =
    kAll & ~(kUnit | kProperty | kSource | kService | kRule | kScenario | kRemark | kPlaceLevel |
             kType | kReform | kLimit | kPromise);
/// What a name bound in a declaration can be a word for.
inline constexpr Sorts kBound = kExpression | kType;
}  // namespace sorts

/// A path of places (Shenzhen.Baoan) in the other tongue: as many names; empty if not known or not
/// unique.
using Places =
    std::function<std::vector<std::string>(const std::vector<std::string>& names, bool chinese)>;

class Names {
 public:
  /// The names that these files declare, with those of the language itself.
  explicit Names(const std::vector<syntax::SyntaxTree>& trees, Places places = {});

  /// `name` in a tongue, where it can only mean one thing; no value: as written. With an owner a
  /// property is one of that owner's.
  [[nodiscard]] std::optional<std::string> in(std::string_view name, Sorts allowed,
                                              syntax::Tongue tongue,
                                              const std::string& owner = {}) const;
  /// A path of places in a tongue; empty: as written.
  [[nodiscard]] std::vector<std::string> path_in(const std::vector<std::string>& path,
                                                 syntax::Tongue tongue) const;
  /// Whether a name is one of these sorts, in whatever tongue.
  [[nodiscard]] bool is(std::string_view name, Sorts allowed) const;
  /// The thing whose properties a noun (`stay`, `child`) has; empty if it is none.
  [[nodiscard]] std::string owner_of_noun(std::string_view noun) const;
  /// The thing that a property leads to: person's residence leads to stays.
  [[nodiscard]] std::string owner_behind(const std::string& owner, std::string_view property) const;
  /// The score that a node is part of, as the owner of its parts over all its versions; empty
  /// outside of scores.
  [[nodiscard]] std::string score_of(const syntax::SyntaxTree& tree,
                                     const std::vector<syntax::NodeId>& parents,
                                     syntax::NodeId node) const;
  /// Whether two spellings are names of one thing, of whatever sort.
  [[nodiscard]] bool same(std::string_view left, std::string_view right) const;

 private:
  struct Thing {
    Sorts sort;
    std::string owner;     ///< of a property
    std::string en, zh;    ///< one of them may be empty
    std::string leads_to;  ///< of a property: the owner of what follows it
  };

  void add(Thing thing);
  void add_built_in();
  void add_nouns(const syntax::SyntaxTree& tree, bool bare);
  void add_declared(const syntax::SyntaxTree& tree);
  void add_property(const syntax::SyntaxTree& tree, syntax::NodeId naming, syntax::NodeId parent,
                    syntax::NodeId above);
  void add_naming(const syntax::SyntaxTree& tree, const std::vector<syntax::NodeId>& parents,
                  syntax::NodeId naming);
  void add_scores(const syntax::SyntaxTree& tree, bool bare);
  void add_choices(const std::vector<syntax::SyntaxTree>& trees);
  [[nodiscard]] std::string score_owner(const syntax::SyntaxTree& tree, syntax::NodeId score) const;
  void add_noun(const std::string& en, const std::string& zh, const std::string& owner);
  void drop_bare();
  [[nodiscard]] std::vector<const Thing*> meanings(std::string_view name, Sorts allowed,
                                                   const std::string& owner) const;
  [[nodiscard]] std::optional<std::string> other(std::string_view name, Sorts allowed,
                                                 const std::string& owner, bool chinese) const;

  Places places_;
  std::vector<Thing> things_;
  std::multimap<std::string, std::size_t, std::less<>> by_name_;
  std::map<std::string, std::string, std::less<>> nouns_;  ///< spelling to owner
  /// Whose score, and a spelling of its name, to the owner of its parts.
  std::map<std::pair<std::string, std::string>, std::string> scores_;
};

/// What the declaration above a naming names.
Sorts sort_of(syntax::NodeKind kind);

/// The names of a naming node by script, as the checker tells them apart: the one in Chinese
/// characters is the Chinese one.
struct Pair {
  std::string en;
  std::string zh;
};
Pair pair_of(const syntax::SyntaxTree& tree, syntax::NodeId naming);
bool is_chinese(std::string_view text);

/// The first name that stands directly in a node; empty if none does.
std::string own_name(const syntax::SyntaxTree& tree, syntax::NodeId node);
/// The token of the name that a node binds: the one before `among`, a parameter, or the subject of
/// a definition or an allocation; NodeId::kNone if it binds none.
std::uint32_t bound_token(const syntax::SyntaxTree& tree, syntax::NodeId node);

/// The node above each node; the file's own is not valid.
std::vector<syntax::NodeId> parents_of(const syntax::SyntaxTree& tree);
/// The smallest node that holds each token.
std::vector<syntax::NodeId> holders_of(const syntax::SyntaxTree& tree);

}  // namespace juzhu::format
