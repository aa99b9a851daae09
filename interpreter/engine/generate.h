// Households made up for testing a statement: every fact that it reads has one exact value of its
// domain, and most values sit on an edge that the rules know (a constant, a day on which something
// changes, each a little more and a little less), because that is where statements break.
//
// The same seed makes the same households, on every machine.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/closure.h"
#include "value/household.h"

namespace juzhu::engine {

/// Numbers without a pattern, from a seed.
class Chance {
 public:
  explicit Chance(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next();
  /// A number below `count`, which is not 0.
  std::size_t below(std::size_t count) { return static_cast<std::size_t>(next() % count); }
  /// True so many times out of a hundred.
  bool percent(unsigned chance) { return below(100) < chance; }

 private:
  std::uint64_t state_;
};

class Generator {
 public:
  /// `extent` is where and when the statement speaks. The program must outlive the generator.
  Generator(const sema::Program& program, Closure read, const sema::Extent& extent,
            std::uint64_t seed);
  /// A day of evaluation: one on which something changes, the day before, or one in between.
  std::int64_t day();
  value::Household household(std::int64_t day);
  /// The household with more of a fact, or of a list, of a member (-1: of the household); nothing
  /// if there is no more.
  std::vector<value::Household> raised(const value::Household& household, std::int64_t day,
                                       const sema::Expr& what, std::int32_t member);

 private:
  void fill(std::vector<value::Cell>& cells, const std::vector<value::FactId>& facts,
            std::size_t member);
  void fill_lists(std::vector<value::RowList>& lists, const std::vector<value::ListId>& ids);
  value::Value value_of(const value::Fact& fact, std::size_t member);
  value::Row row_of(const value::List& list);
  value::Value number_of(const value::Fact& fact);
  value::Value members_of(const value::Fact& fact, std::size_t member);
  std::int64_t date_near(std::int64_t latest);
  value::PlaceNode leaf_below(value::PlaceNode place);
  void raise_cell(const value::Household& household, const value::Fact& fact, std::int32_t member,
                  std::vector<value::Household>& into);
  void raise_list(const value::Household& household, const value::List& list, std::int32_t member,
                  std::vector<value::Household>& into);

  const value::Schema& schema_;
  Closure read_;
  Chance chance_;
  std::vector<std::int64_t> days_;         ///< of evaluation
  std::vector<value::PlaceNode> homes_;    ///< where households are asked about
  std::vector<std::int64_t> edges_;        ///< dates that matter on the day at hand
  std::int64_t day_ = 0;                   ///< at hand
  value::PlaceNode here_ = 0;              ///< at hand
  std::vector<value::EntityId> entities_;  ///< of the members at hand
};

}  // namespace juzhu::engine
