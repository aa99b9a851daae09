// Random expressions over spells, dates and numbers, and small households to try them on. Every
// input of a household has few values, so that all its completions can be enumerated.
#pragma once

#include <functional>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "plan_builder.h"

namespace juzhu::eval::testing {

using Random = std::mt19937;

/// A number from 0 to below `count`; every machine draws the same.
std::uint32_t draw(Random& random, std::uint32_t count);
/// Near the end of February 2023, where months are short and days do not exist.
std::int64_t random_day(Random& random);
Expr random_condition(Random& random, int depth);
Expr random_number(Random& random, int depth);
Expr random_date(Random& random, int depth);

/// An input of the household with every value it may have.
struct Input {
  std::string name;  ///< as fact_text() says it
  std::function<void(Household&, const Value&)> put;
  Value whole;
  std::vector<Value> values;
};

using Completion = std::vector<std::size_t>;  ///< for each input the index of a value

/// A household with few completions. The lists are complete.
class Case {
 public:
  explicit Case(Random& random);

  [[nodiscard]] const Household& open() const { return open_; }
  [[nodiscard]] const std::vector<Input>& inputs() const { return inputs_; }
  [[nodiscard]] Household completed(const Completion& choice) const;
  /// How many completions there are at most.
  [[nodiscard]] std::size_t size() const;
  /// A value for each input, or nothing if it puts the ends of a spell out of order.
  [[nodiscard]] std::optional<Completion> some_completion(Random& random) const;
  /// All of them that keep the ends of spells in order.
  [[nodiscard]] std::vector<Completion> completions() const;

 private:
  void keep(Input input, bool is_open, Random& random);
  void add(const std::string& name, bool is_open, std::int64_t lo, std::int64_t hi, Random& random);
  void add_row(Random& random, bool months);

  Household open_;
  std::vector<Input> inputs_;
};

}  // namespace juzhu::eval::testing
