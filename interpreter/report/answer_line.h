// One answer (a child and a service) in names, as the CSV and JSON outputs carry it; see
// docs/output.md.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "eval/outcome.h"
#include "sema/program.h"
#include "value/household.h"

namespace juzhu::report {

struct AnswerLine {
  std::string household;
  std::string child;
  std::string child_name;  ///< empty: nobody gave one
  std::string place;       ///< path; empty: not known
  std::string weight;      ///< decimal
  std::string service;
  std::string outcome;
  std::vector<std::string> possible;  ///< of an unknown
  std::vector<std::string> rules;     ///< that decide, sure ones first
  std::vector<std::string> articles;  ///< that those rules cite
  std::vector<std::string> missing;   ///< facts the answer depends on
  std::vector<std::string> conflicts_with;
  bool marked = false;
  bool open = false;  ///< unknown because the search was cut off
  std::string error;  ///< code
  std::vector<std::vector<std::string>>
      failing;  ///< conditions that would have to change, each list a way
  bool may_lack_some = false;
};

/// Names are those of the rulebook, in the wanted tongue; outcomes are always granted, ranked,
/// denied, unknown, conflict or error.
AnswerLine answer_line(const sema::Program& program, const value::Household& household,
                       const eval::Query& query, const eval::Outcome& outcome, bool chinese);

std::string_view outcome_key(eval::OutcomeKind kind);

/// The header of the CSV output, and one line of it, each with its line break.
std::string csv_header();
std::string csv_line(const AnswerLine& line);

nlohmann::ordered_json to_json(const AnswerLine& line);

/// A weight as a decimal without zeros at the end.
std::string weight_text(std::uint64_t millionths);

}  // namespace juzhu::report
