// What must hold of every program and household. A property is a function that says what is wrong,
// or nothing; it draws its chance from the case, so that a case fails the same way again, and so
// that the shrinker can try smaller ones. A new property (of scores, allocations, reforms) is a
// file and a line in properties().
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "book.h"
#include "households.h"
#include "random.h"

namespace juzhu::generated {

/// Spellings of the names that the program declares (see Vocabulary).
struct Dictionary {
  std::map<std::string, std::string> zh;
  std::set<std::string> nouns;
};

struct Case {
  Texts texts;
  Dictionary dictionary;
  std::unique_ptr<Book> book;
  Household household;
  std::int64_t date = 0;
  std::uint64_t seed = 0;  ///< of the chance that properties use
  [[nodiscard]] Random random(std::uint64_t stream) const { return Random(seed, stream); }
};

struct Property {
  std::string name;
  std::string says;
  std::string (*violation)(Case&);  ///< what does not hold; empty: it holds
};
const std::vector<Property>& properties();

std::string reprinting(Case& at);       ///< property_print.cpp
std::string tongues(Case& at);          ///< property_print.cpp
std::string any_order(Case& at);        ///< property_order.cpp
std::string no_type_failure(Case& at);  ///< property_types.cpp
std::string known_stays(Case& at);      ///< property_known.cpp
std::string more_exact(Case& at);       ///< property_known.cpp
std::string as_scenario(Case& at);      ///< property_scenario.cpp
std::string replayed(Case& at);         ///< property_replay.cpp
std::string ways_out(Case& at);         ///< property_failing_sets.cpp
std::string listed(Case& at);           ///< property_lists.cpp
std::string stated(Case& at);           ///< property_stated.cpp
std::string in_lanes(Case& at);         ///< property_lanes.cpp

/// What goes against limits, in words that do not depend on the order of declarations.
std::string breaches_text(const Book& book);
/// The household with every input one that a scenario can say.
Household said_plainly(const Household& household, const Schema& schema);

/// An answer in words that are the same whatever the order of files, declarations, members and
/// rows. `reordered`: how the household came from the one whose rows and members are named; may be
/// null.
std::string canonical_reply(const Book& book, const Household& household, const Reply& reply,
                            const Reordered* reordered);
std::string canonical_fact(const Book& book, const Household& household, const value::FactRef& ref,
                           const Reordered* reordered);
/// The household in the vocabulary of another book of the same program.
Household carried_over(const Household& household, const Schema& from, const Schema& to);

}  // namespace juzhu::generated
