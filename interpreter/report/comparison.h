// What a change of rules, day or place does to many children, counted: by service and class of
// change, by groups of children, with a child or two of each class to look at. Every child and
// service is in exactly one class, so counts and weights add up.
//
// Ownership: a comparison refers to the programs of both sides. Threads: one comparison, one
// thread.
#pragma once

#include <array>
#include <map>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "compare/change.h"
#include "report/answer_line.h"
#include "report/list_changes.h"
#include "report/tally.h"

namespace juzhu::report {

/// What to break the counts down by.
struct Grouping {
  enum class Kind : std::uint8_t { kPlace, kAge, kReason, kFact };
  Kind kind = Kind::kPlace;
  std::string name;    ///< as it was asked for
  value::FactId fact;  ///< of the child or of its household
};

struct ChangeCounts {
  std::array<Amount, compare::kChangeCount> changes;  ///< by compare::Change
  Amount became_unknown;  ///< known before, not after; in one of the classes as well
  Amount became_known;
};

struct ChangedChild {
  AnswerLine before;
  AnswerLine after;
  ChildPlaces places;
};

struct ServiceComparison {
  std::uint32_t service = 0;
  ChangeCounts all;
  std::vector<std::map<std::string, ChangeCounts>> groups;  ///< by grouping, then value
  std::array<std::vector<ChangedChild>, compare::kChangeCount> examples;  ///< a few of each class
  std::uint64_t open = 0;  ///< classes that a longer search might have settled
};

/// One side in words for people and as data.
struct SideHead {
  std::int64_t date = 0;
  std::optional<value::PlaceNode> place;
  ops::Level lowest_level = ops::Level::kPractice;
  std::vector<std::string> reforms;  ///< as they act, bottom first
  std::string rules;                 ///< the rule files, if the sides have different ones
  const sema::Program* program = nullptr;
};

class ComparisonWriter;

class Comparison {
 public:
  Comparison(SideHead before, SideHead after, const std::vector<std::uint32_t>& services,
             std::vector<Grouping> groupings, bool chinese);

  void add_household(const value::Household& household, std::size_t child_count,
                     std::size_t left_out);
  /// Counts one child and service; returns both answers in names.
  ChangedChild add(const value::Household& household, const eval::Query& before,
                   const eval::Query& after, const compare::Compared& compared,
                   const ChildPlaces& places = {});

  /// `lists`: those of both sides; none if no service is given by a list.
  [[nodiscard]] std::string text(const std::string& explain_command,
                                 const ListChanges* lists = nullptr) const;
  [[nodiscard]] nlohmann::ordered_json json(const ListChanges* lists = nullptr) const;

  static std::string csv_header();
  static std::string csv_line(const ChangedChild& child, const compare::Compared& compared);
  static nlohmann::ordered_json line_json(const ChangedChild& child,
                                          const compare::Compared& compared);

 private:
  std::string service_text(const ServiceComparison& service, const std::string& explain_command,
                           ComparisonWriter& out) const;
  std::string examples_text(const ServiceComparison& service, compare::Change change,
                            const std::string& explain_command, ComparisonWriter& out) const;
  [[nodiscard]] std::string group_of(const Grouping& grouping, const value::Household& household,
                                     const eval::Query& before, const ChangedChild& child) const;
  [[nodiscard]] std::string age_of(const value::Household& household,
                                   const eval::Query& before) const;

  SideHead before_;
  SideHead after_;
  std::vector<Grouping> groupings_;
  bool chinese_;
  bool weighted_ = false;
  std::uint64_t households_ = 0;
  std::uint64_t children_ = 0;
  std::uint64_t left_out_ = 0;  ///< children on one of two days only
  std::vector<ServiceComparison> services_;
};

}  // namespace juzhu::report
