// The family that a session is about, as the texts that were typed: every fact under its name, with
// the text of its value. Kept as text so that it can be edited, saved, undone, and read again when
// the rules have changed; what it means is read by the same reader as data files.
//
// Invariant: names are as the vocabulary keeps them (Vocabulary::kept_name). Threads: plain data.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "diag/diagnostic.h"
#include "value/household.h"

namespace juzhu::session {

struct SpellText {
  std::string start;
  std::string end;  ///< empty: it still runs
  std::map<std::string, std::string> facts;
};
struct ListText {
  bool unknown = false;  ///< there may be more than these
  std::vector<SpellText> spells;
};
struct PersonText {
  std::string key;
  std::string entity;
  std::string belongs;   ///< the fact of every child that names this person: parents
  bool by_role = false;  ///< was introduced by a role, as a child
  std::map<std::string, std::string> facts;
  std::map<std::string, ListText> lists;
};
struct Family {
  PersonText household;
  std::vector<PersonText> members;
  std::string weight;  ///< of a survey; empty: none was given

  [[nodiscard]] bool empty() const {
    return members.empty() && household.facts.empty() && household.lists.empty();
  }
};

/// The household that the texts mean. Findings carry the text they are about in `data->value`; what
/// the vocabulary does not have (any more) is reported and left out.
value::Household household_of(const Family& family, const value::Schema& schema, diag::Sink& sink);

/// The texts of a household that was read from a file.
Family family_of(const value::Household& household, const value::Schema& schema);

/// A file of households, as `juzhu run --data` reads it, with this one and the day it was asked
/// about.
std::string file_text(const Family& family, std::int64_t date);
/// The day in such a file, if it says one.
std::optional<std::int64_t> date_in_file(std::string_view text);

/// The household with one place in it: the text of its fact `place`; empty if it has none.
std::string place_text(const Family& family, const value::Schema& schema);

}  // namespace juzhu::session
