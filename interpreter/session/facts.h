// Reads what a line says of one person or of the household, in the words of the vocabulary:
//
//   born 2018-02-11, hukou Hunan.Shaoyang, lawful_job, no spouse
//   permit since 2019-06-10 in Shenzhen, insured 2018-03 to 2024-04 in Shenzhen pension medical
//   insurance ends 2023-01      permits 1's place is Shenzhen      insurance is none
//
// A fact takes the text behind it, a list takes a spell; `is` and `=` put a list in the place of
// the one before, without them a spell is added. Values are not read here: what is written is kept,
// and the reader of data files says whether it can be (see family.h).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "session/family.h"
#include "session/trouble.h"
#include "session/vocabulary.h"
#include "session/words.h"

namespace juzhu::session {

/// What a line changed, for the echo and for finding what a value's trouble points at.
struct Edit {
  std::string name;  ///< of the fact or list
  std::string text;  ///< the value as typed; empty: forgotten
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};

class FactsReader {
 public:
  FactsReader(const Vocabulary& vocabulary, std::vector<Word> words, bool chinese)
      : vocabulary_(vocabulary), words_(std::move(words)), chinese_(chinese) {}

  /// Reads the words from `first` on into the person, whose kind is `owner`. Nothing: all is well.
  std::optional<Trouble> read(PersonText& person, EntityId owner, std::size_t first);
  [[nodiscard]] const std::vector<Edit>& edits() const { return edits_; }

 private:
  enum class Mood { kPlain, kNo, kIs };

  bool read_item(Mood mood);
  bool fail_no_value(std::size_t at);
  bool read_named(const Item& item, std::size_t name_words, Mood mood);
  bool read_fact(const value::Fact& fact, Mood mood);
  bool read_list(ListId id, Mood mood);
  bool read_whole_list(const value::List& list, ListText& whole, Mood mood);
  bool read_row_change(const value::List& list, ListText& into, std::optional<std::size_t> row);
  bool read_spell(ListId list, SpellText& spell);
  bool read_clause(ListId list, SpellText& spell);
  bool read_day(std::string& into);
  bool read_field(ListId list, SpellText& spell);
  bool read_option(ListId list, SpellText& spell);
  bool read_block(ListId list, SpellText& spell);
  bool expand_short_word();
  std::string value_text(const value::Fact& fact);
  [[nodiscard]] bool goes_on_behind(const value::Fact& fact) const;

  [[nodiscard]] bool at_end() const { return at_ >= words_.size(); }
  [[nodiscard]] bool at_break() const;
  [[nodiscard]] bool at_name(std::size_t at) const;
  [[nodiscard]] Particle particle() const {
    return at_end() ? Particle::kNone : particle_of(words_[at_]);
  }
  [[nodiscard]] bool is_kind(syntax::TokenKind kind) const {
    return !at_end() && words_[at_].kind == kind;
  }
  bool skip(Particle wanted);
  bool fail(diag::Code code, std::size_t word, Bilingual message, Bilingual label, Bilingual help);
  bool fail_unknown();
  void note(const std::string& name, std::string text, std::size_t first);

  const Vocabulary& vocabulary_;
  std::vector<Word> words_;
  bool chinese_;
  PersonText* person_ = nullptr;
  EntityId owner_;
  std::size_t at_ = 0;
  std::size_t expansions_ = 0;
  ListId last_list_;  ///< whose last spell fields that follow belong to
  std::vector<Edit> edits_;
  std::optional<Trouble> trouble_;
};

}  // namespace juzhu::session
