// Counts the answers of a run: outcomes by service, the conditions that alone stand between a child
// and a service, the facts that are missing, the answers that rest on marked readings or go against
// a higher norm. Everything is counted in answers (one child, one service) and in weights.
//
// Ownership: a Tally refers to the program. Threads: one tally, one thread.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "eval/outcome.h"
#include "explain/explain.h"
#include "sema/program.h"
#include "value/household.h"

namespace juzhu::report {

inline constexpr std::size_t kOutcomeCount = 6;

/// How many, and how many with their weights.
struct Amount {
  std::uint64_t count = 0;
  std::uint64_t millionths = 0;  ///< sum of weights
  void add(const value::Household& household) {
    ++count;
    millionths += static_cast<std::uint64_t>(household.weight_millionths);
  }
};

/// Something that answers rest on and that is to be taken with care: what is marked, and how.
struct Reason {
  explain::RemarkKind kind{};
  std::string about;  ///< the declaration
  std::string cites;  ///< may be empty
  friend auto operator<=>(const Reason&, const Reason&) = default;
};

struct ServiceTally {
  std::uint32_t service = 0;
  std::array<Amount, kOutcomeCount> outcomes;  ///< by eval::OutcomeKind
  /// A condition, without the names of members, that alone would have to change for a child to be
  /// granted.
  std::map<std::string, Amount> only_because;
  std::map<std::string, Amount> missing;  ///< by fact: unknown answers that hang on it
  std::map<std::string, Amount>
      settles_alone;                     ///< by fact: unknown answers that hang on nothing else
  std::map<std::string, Amount> errors;  ///< by error code
  std::map<std::string, Amount> conflicts_with;  ///< by the higher rule that gives more
  Amount marked;
  std::map<Reason, Amount> rests_on;  ///< an answer counts once under each of its reasons

  [[nodiscard]] const Amount& of(eval::OutcomeKind kind) const {
    return outcomes[static_cast<std::size_t>(kind)];
  }
  [[nodiscard]] std::uint64_t total() const;
};

/// A child to look at next, for the last line of a report.
struct Pointer {
  std::string household;  ///< empty: there is none
  std::string child;
  std::uint32_t service = 0;
};

struct Summary {
  std::uint64_t households = 0;
  std::uint64_t children = 0;
  bool weighted = false;               ///< some weight is not 1
  std::vector<ServiceTally> services;  ///< in the order asked
  std::map<value::PlaceNode, std::uint64_t>
      cities;  ///< households by city, or by what is known of their place
  Pointer next;
};

class Tally {
 public:
  /// Labels of conditions and facts are made in one tongue.
  Tally(const sema::Program& program, const std::vector<std::uint32_t>& services, bool chinese);
  void add_household(const value::Household& household, std::size_t child_count);
  void add(const value::Household& household, const eval::Query& query,
           const eval::Outcome& outcome);
  [[nodiscard]] const Summary& summary() const { return summary_; }

 private:
  void add_reasons(const value::Household& household, const eval::Outcome& outcome,
                   ServiceTally& tally) const;
  void add_denial(const value::Household& household, const eval::Query& query,
                  const eval::Outcome& outcome, ServiceTally& tally);
  void add_missing(const value::Household& household, const eval::Outcome& outcome,
                   ServiceTally& tally) const;
  ServiceTally& tally_of(std::uint32_t service);

  const sema::Program& program_;
  bool chinese_;
  Summary summary_;
  int next_rank_ = 0;  ///< how good the pointer is: the better replaces the worse
};

/// A fact without its member: "permits", "permits: issued".
std::string fact_kind(const value::FactRef& ref, const value::Schema& schema, bool chinese);

}  // namespace juzhu::report
