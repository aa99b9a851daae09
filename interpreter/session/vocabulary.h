// What words may mean in a line: names of the rulebook in either tongue, and the short words that
// `words.csv` declares beside a vocabulary (born for birth_date, 妈妈 for a parent who is female).
// Nothing here knows a fact by itself.
//
// Ownership: refers to the program, which must outlive it. Threads: immutable once made.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "diag/diagnostic.h"
#include "sema/program.h"

namespace juzhu::session {

using value::EntityId;
using value::FactId;
using value::ListId;

/// A fact or a list of one owner.
struct Item {
  FactId fact;
  ListId list;
};
/// An option that only one fact of an owner or list can be: female, rented.
struct OptionOf {
  FactId fact;
  std::size_t option = 0;
};
/// How a line about one person begins: `person`, `child` (a role), `parent` (one of the set of
/// people that a fact names), `household`.
struct Head {
  enum class Kind { kHousehold, kMember, kRole, kBelongs } kind{};
  EntityId entity;
  FactId belongs;  ///< kBelongs: the fact that names such people
};
/// A short word and what it is read as: "born" as `birth_date`, "mother" as `parent, sex female`.
struct ShortWord {
  std::vector<std::string> spellings;
  std::string means;
};

class Vocabulary {
 public:
  Vocabulary(const sema::Program& program, std::vector<ShortWord> short_words);

  [[nodiscard]] const value::Schema& schema() const { return *program_->schema; }
  [[nodiscard]] const sema::Program& program() const { return *program_; }

  /// All of these take names as key_of() makes them.
  [[nodiscard]] std::optional<Item> item(EntityId owner, std::string_view key) const;
  [[nodiscard]] std::optional<FactId> field(ListId list, std::string_view key) const;
  [[nodiscard]] std::optional<OptionOf> option(EntityId owner, std::string_view key) const;
  [[nodiscard]] std::optional<OptionOf> option(ListId list, std::string_view key) const;
  [[nodiscard]] std::optional<Head> head(std::string_view key) const;
  [[nodiscard]] std::optional<sema::ServiceId> service(std::string_view key) const;
  [[nodiscard]] std::optional<sema::ScoreId> score(std::string_view key) const;
  [[nodiscard]] std::optional<sema::ReformId> reform(std::string_view key) const;
  [[nodiscard]] bool is_definition(std::string_view key) const;
  [[nodiscard]] const ShortWord* short_word(std::string_view key) const;
  /// Any name or place at all: what runs of Chinese are parted by.
  [[nodiscard]] bool is_known(std::string_view key) const;

  /// Names to guess from and to complete with, in the wanted tongue first.
  [[nodiscard]] std::vector<std::string> item_names(EntityId owner, bool chinese) const;
  [[nodiscard]] std::vector<std::string> field_names(ListId list, bool chinese) const;
  [[nodiscard]] std::vector<std::string> head_names(bool chinese) const;
  [[nodiscard]] std::vector<std::string> service_names(bool chinese) const;
  [[nodiscard]] std::vector<std::string> score_names(bool chinese) const;
  [[nodiscard]] std::vector<std::string> reform_names(bool chinese) const;
  /// Rules, definitions, parameters, sources, services, scores, reforms, facts: for `show`.
  [[nodiscard]] std::vector<std::string> declared_names(bool chinese) const;

  /// The kind of member that lines are about where they do not say: the one that roles are of.
  [[nodiscard]] EntityId person() const;
  /// How the rulebook calls a fact, list or member's kind, for texts that are kept.
  static const std::string& kept_name(const Bilingual& name) { return name.in(false); }

 private:
  void note(const Bilingual& name);
  [[nodiscard]] std::optional<OptionOf> only_option(const std::vector<FactId>& facts,
                                                    std::string_view key) const;

  const sema::Program* program_;
  std::vector<ShortWord> short_words_;
  std::map<std::string, std::size_t, std::less<>> short_index_;
  std::map<std::string, bool, std::less<>> known_;
};

/// Reads `words.csv` files, those named first going first: columns `words`, parted by `;`, and
/// `means`. What is wrong with one is reported to the sink.
std::vector<ShortWord> read_short_words(const std::vector<std::string>& folders, diag::Sink& sink);

}  // namespace juzhu::session
