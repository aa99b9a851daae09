// One property at work on one household: does it hold for everyone it speaks of? Private to the
// search for counterexamples.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/generate.h"
#include "engine/rulebook.h"

namespace juzhu::engine {

/// What came of one household.
struct PropertyVerdict {
  bool concerned = false;  ///< somebody is bound, and the premise holds
  bool undecided = false;
  bool refuted = false;
  std::vector<value::Value> bound;         ///< of the refutation
  std::optional<value::Household> raised;  ///< of a refuted `raising`: the other household
  value::Value before{};                   ///< what was measured, in both
  value::Value after{};
};

class PropertyCheck final : public eval::PlanSource {
 public:
  PropertyCheck(const sema::Program& program, sema::PropertyId id, std::uint64_t seed);
  PropertyVerdict of(const value::Household& household, std::int64_t date);
  [[nodiscard]] const sema::Property& property() const { return property_; }
  [[nodiscard]] const Closure& read() const { return read_; }
  [[nodiscard]] const value::Type& measured_type() const {
    return program_[property_.measured].type;
  }

  std::vector<const plan::Plan*> plans(const value::Value& place, std::int64_t date) override;
  [[nodiscard]] const value::Schema& schema() const override { return *program_.schema; }

 private:
  eval::Answer value_of(const value::Household& household, std::size_t root,
                        const std::vector<value::Value>& bound);
  void bind(const value::Household& household, std::size_t binder, std::vector<value::Value>& bound,
            PropertyVerdict& verdict);
  void judge(const value::Household& household, const std::vector<value::Value>& bound,
             PropertyVerdict& verdict);
  void judge_raising(const value::Household& household, const std::vector<value::Value>& bound,
                     PropertyVerdict& verdict);
  [[nodiscard]] bool outside(const value::Household& household, std::int64_t date) const;
  std::size_t add_root(sema::ExprId expr, std::size_t bound);

  static constexpr std::size_t kNone = ~std::size_t{0};
  const sema::Program& program_;
  const sema::Property& property_;
  std::vector<plan::Root> roots_;
  std::vector<std::pair<std::size_t, std::size_t>> binder_roots_;  ///< among, concerns
  std::size_t premise_ = kNone;
  std::size_t conclusion_ = kNone;
  std::size_t measured_ = kNone;
  std::int64_t date_ = 0;
  Closure read_;
  std::uint64_t seed_;
  std::map<plan::Scope, std::unique_ptr<plan::Plan>> plans_;
};

/// A household that still breaks the property and is as small as dropping one thing at a time makes
/// it. `tries` bounds the work.
value::Household shrink(PropertyCheck& check, value::Household household, std::int64_t date,
                        std::size_t tries = 2000);

}  // namespace juzhu::engine
