// The same questions for many households: by lanes where these say something, else by the case
// evaluator, household by household, so that every answer is the case evaluator's. How many answers
// took which way is counted, with where lanes stop and why.
#pragma once

#include <functional>
#include <map>

#include "batch/run.h"
#include "eval/outcome.h"

namespace juzhu::batch {

/// One member's answer to one question.
struct Answer {
  std::size_t household = 0;
  std::uint32_t member = 0;
  std::size_t question = 0;
  eval::OutcomeKind kind{};
  const Plan* plan = nullptr;            ///< whose declarations decide
  std::vector<eval::Deciding> deciding;  ///< sorted by declaration
  value::Error error{};                  ///< of kError
  std::int64_t last_end = 0;             ///< of no-rule-in-force; see eval::Outcome
  /// In full where the case evaluator answered; else nullptr: the outcome is known, and no fact is
  /// missing.
  const eval::Outcome* by_case = nullptr;
};

struct Statistics {
  struct Question {
    std::size_t by_lanes = 0;
    std::size_t by_case = 0;
  };
  std::vector<Question> questions;
  std::size_t without_one_plan =
      0;                       ///< households whose place may fall under several plans or none
  std::size_t worked_out = 0;  ///< columns that the case evaluator filled row by row, by plan
  std::map<std::string, std::size_t>
      stops;  ///< "an operation in a declaration: reason", in programs
};

struct Questions {
  std::vector<Asked> asked;
  std::int64_t date = 0;
  bool failing_sets = false;  ///< asked of the case evaluator where it answers; see eval::Query
  bool layers = false;
  bool lanes_only = false;  ///< what lanes leave is counted, and not answered
};

/// Which members are asked a question, all of the kind that its service is for; nothing: everybody.
using Wanted =
    std::function<bool(std::size_t household, std::uint32_t member, std::size_t question)>;
/// In the order of households, members and questions.
using AnswerSink = std::function<void(const Answer&)>;

Statistics answer_all(eval::PlanSource& plans, std::shared_ptr<const value::Schema> schema,
                      std::span<const value::Household> households, const Questions& questions,
                      const RunOptions& options, const Wanted& wanted, const AnswerSink& sink);

}  // namespace juzhu::batch
