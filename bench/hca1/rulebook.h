// HCA-1 as a rulebook: bench/hca1/*.jz loaded, the benchmark's persons as households of its
// vocabulary, and the answers of its four services as the seven columns of the workload.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "batch/run.h"
#include "engine/rulebook.h"
#include "hca1/workload.h"

namespace juzhu::bench {

class Hca1 {
 public:
  /// Reads the rules beside this file; ends the program with their diagnostics if they do not load.
  explicit Hca1(const std::string& folder);

  [[nodiscard]] engine::Rulebook& rulebook() { return *rulebook_; }
  [[nodiscard]] value::Household household(const Persons& persons, std::size_t home) const;

  /// What each question is about, and which columns hold its answer.
  struct Service {
    std::uint32_t id = 0;
    std::vector<std::string> rules;  ///< by the workload's number, less one; the last: the gate
  };
  [[nodiscard]] const std::vector<Service>& services() const { return services_; }
  /// The workload's number of a deciding rule; 0: not one of the list.
  [[nodiscard]] int rule_number(const Service& service, const std::string& name) const;

  /// The persons as columns of the vocabulary, and the program that answers the four services.
  [[nodiscard]] batch::Table table(const Persons& persons) const;
  [[nodiscard]] batch::Program program(const batch::Table& table);
  /// Answers by lanes; whom they do not carry by the case evaluator. Returns how many answers were
  /// by case.
  std::size_t run_lanes(const Persons& persons, const batch::Table& table,
                        const batch::Program& program, const batch::RunOptions& options,
                        Decisions& to, Totals& totals);

  /// Answers all households by the case evaluator, one after the other.
  void run_cases(const Persons& persons, Decisions& to, Totals& totals);

 private:
  void number_rules(const batch::Program& program);
  void take_block(const batch::BlockAnswers& answers, const batch::Kernels& kernels,
                  Decisions& to) const;
  std::size_t take_cases(const Persons& persons, const batch::BlockAnswers& answers, Decisions& to);
  void answer_person(const value::Household& household, std::uint32_t member, std::size_t row,
                     bool is_child, Decisions& to);

  source::SourceMap sources_;
  diag::Sink sink_;
  std::unique_ptr<engine::Rulebook> rulebook_;
  std::vector<Service> services_;
  value::PlaceNode nation_ = value::kRootPlace;
  std::vector<value::PlaceNode> cities_;           ///< node of each city
  alignas(64) std::uint8_t numbers_[4][64] = {};   ///< of the rule that decides
  alignas(64) std::uint8_t outcomes_[4][64] = {};  ///< the outcome that goes with it
  std::mutex case_evaluator_;                      ///< one thread at a time makes plans
  struct Facts {
    value::FactId standing, birth, hukou, city, since, permit, permit_since, months, employed, home,
        education, in_school, insured, vaccinated, income;
  } facts_;
};

/// Today, as the questions of the workload ask.
inline constexpr std::int64_t kQuestionDay = kToday;

/// Adds one answered row to the totals.
void add_row(const Persons& persons, const Decisions& made, std::size_t row, Totals& totals);

}  // namespace juzhu::bench
