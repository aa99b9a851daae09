// Random households of any vocabulary, with inputs in all four states; every completion of one, or
// a sample; one made more exact; one with members and rows in another order; one as a scenario's
// text.
#pragma once

#include <string>
#include <vector>

#include "book.h"
#include "random.h"

namespace juzhu::generated {

/// Inputs left open make at most about so many completions together.
inline constexpr std::size_t kCompletionsMax = 512;

struct HouseholdOptions {
  std::size_t completions = kCompletionsMax;
  bool exact = false;  ///< nothing left open
};
Household make_household(Random& random, const Schema& schema, std::int64_t date,
                         const HouseholdOptions& options);

/// An input that admits several values.
struct Open {
  value::FactRef ref;
  std::vector<Value> values;          ///< of a list: not used
  std::vector<value::RowList> lists;  ///< of a list: it without and with further rows
  bool all = true;                    ///< these are all the values it admits
  bool split = true;                  ///< the search splits it (texts and lists it does not)
  [[nodiscard]] std::size_t count() const { return values.empty() ? lists.size() : values.size(); }
};
/// The open inputs of a household, in a fixed order.
std::vector<Open> open_inputs(Random& random, const Household& household, const Schema& schema);

/// One index for each open input.
using Completion = std::vector<std::size_t>;
Household complete(const Household& household, const Schema& schema, const std::vector<Open>& open,
                   const Completion& completion);
/// No spell ends before it starts, unless it surely does.
bool is_admissible(const Household& completed, const Household& whole);

struct Completions {
  std::vector<Completion> list;
  bool all = false;  ///< every completion is in it
};
Completions completions_of(Random& random, const std::vector<Open>& open, std::size_t most);

/// One open input made more exact, not always exact; false if nothing is open.
bool narrow(Random& random, Household& household, const Schema& schema);

/// Members and rows in another order; `member[i]` is where member i came to stand.
struct Reordered {
  Household household;
  std::vector<std::uint32_t> member;
  std::map<std::pair<std::int32_t, std::uint32_t>, std::vector<std::int32_t>>
      row;  ///< (old member, list) → where each row came to stand
};
Reordered reorder(Random& random, const Household& household, const Schema& schema);
/// The same fact in the household it was reordered from.
value::FactRef back(const value::FactRef& ref, const Reordered& reordered);

/// As a scenario; what a scenario cannot say stands in comments.
std::string scenario_text(const Household& household, const Schema& schema, std::int64_t date,
                          const std::string& name);

}  // namespace juzhu::generated
