#include "batch/answers.h"

#include <fmt/format.h>

#include <algorithm>

#include "eval/facts.h"

namespace juzhu::batch {
namespace {

using value::Household;

/// What lanes say of one row and question: its outcome, and which rules of the set decide.
struct LaneAnswer {
  std::uint8_t outcome = kByCase;
  std::vector<std::uint32_t> rules;
};

/// Households that one plan answers, with what its lanes say.
struct Group {
  const Plan* plan = nullptr;
  std::vector<std::size_t> households;  ///< their places among all
  std::vector<std::uint32_t> first_row;
  Program program;
  std::vector<std::vector<LaneAnswer>> answers;  ///< by row and question
};

class Answering {
 public:
  Answering(eval::PlanSource& plans, std::shared_ptr<const value::Schema> schema,
            std::span<const Household> households, const Questions& questions)
      : plans_(plans),
        schema_(std::move(schema)),
        households_(households),
        questions_(questions),
        group_of_(households.size(), nullptr),
        place_in_group_(households.size(), 0) {
    statistics_.questions.resize(questions.asked.size());
  }

  Statistics run(const RunOptions& options, const Wanted& wanted, const AnswerSink& sink) {
    group_by_plan();
    for (auto& [plan, group] : groups_)
      answer_by_lanes(group, options);
    for (std::size_t h = 0; h < households_.size(); ++h) {
      for (std::uint32_t m = 0; m < households_[h].members.size(); ++m) {
        for (std::size_t q = 0; q < questions_.asked.size(); ++q) {
          if (wanted == nullptr || wanted(h, m, q)) answer(h, m, q, sink);
        }
      }
    }
    return std::move(statistics_);
  }

 private:
  /// The one plan that a household's place falls under; nullptr: several, or the place is no place.
  const Plan* plan_of(const Household& household) {
    value::Value place = value::place_value(value::kRootPlace, false);
    if (schema_->place_fact.valid()) {
      const value::Fact& fact = (*schema_)[schema_->place_fact];
      place = eval::read_cell(eval::cell_of(household, fact, -1), fact, *schema_, household, {});
    }
    if (!place.only_value()) return nullptr;
    const auto key = std::pair(place.lo, place.hi);
    const auto found = plan_of_place_.find(key);
    if (found != plan_of_place_.end()) return found->second;
    const std::vector<const Plan*> plans = plans_.plans(place, questions_.date);
    const Plan* const one = plans.size() == 1 ? plans[0] : nullptr;
    plan_of_place_.emplace(key, one);
    return one;
  }

  void group_by_plan() {
    for (std::size_t h = 0; h < households_.size(); ++h) {
      const Plan* plan = plan_of(households_[h]);
      if (plan == nullptr) {
        ++statistics_.without_one_plan;
        continue;
      }
      Group& group = groups_[plan];
      group.plan = plan;
      group_of_[h] = &group;
      place_in_group_[h] = group.households.size();
      group.households.push_back(h);
    }
  }

  void answer_by_lanes(Group& group, const RunOptions& options) {
    std::vector<const Household*> households;
    for (const std::size_t h : group.households)
      households.push_back(&households_[h]);
    const Table table = table_of(schema_, households);
    for (std::size_t h = 0; h < households.size(); ++h)
      group.first_row.push_back(table.first_row(h));
    group.program = make_program(*group.plan, table, questions_.asked,
                                 [&](std::size_t h) -> const Household& { return *households[h]; });
    statistics_.worked_out += group.program.computed.size();
    group.answers.resize(table.row_count());
    batch::run(group.program, table, options, [&](const BlockAnswers& block) {
      for (std::size_t row = 0; row < block.row_count; ++row) {
        std::vector<LaneAnswer>& answers = group.answers[block.first_row + row];
        answers.resize(questions_.asked.size());
        for (std::size_t q = 0; q < answers.size(); ++q) {
          answers[q].outcome = block.outcome(q, row);
          if (answers[q].outcome != kByCase) answers[q].rules = block.rules(q, row);
        }
      }
    });
    for (const Stop& stop : group.program.stops) {
      const plan::DeclarationId at = stop.declaration;
      const std::string name = at.valid() ? (*group.plan)[at].name.in(false) : "";
      ++statistics_.stops[fmt::format("{} in {}: {}", ops::operation_name(stop.operation), name,
                                      reason_text(stop.reason))];
    }
  }

  void answer(std::size_t h, std::uint32_t m, std::size_t q, const AnswerSink& sink) {
    Answer answer{h, m, q, {}, nullptr, {}, {}, 0, nullptr};
    const Group* group = group_of_[h];
    const LaneAnswer* lanes = nullptr;
    if (group != nullptr) lanes = &group->answers[group->first_row[place_in_group_[h]] + m][q];
    if (lanes != nullptr && lanes->outcome != kByCase) {
      answer.kind = static_cast<eval::OutcomeKind>(lanes->outcome);
      answer.plan = group->plan;
      const Answered& answered = group->program.answers[q];
      for (const std::uint32_t rule : lanes->rules)
        answer.deciding.push_back({answered.rules->rules[rule].declaration, true});
      if (answer.kind == eval::OutcomeKind::kError) {
        answer.error = answered.no_rule;
        answer.error.entity = m + 1;
        if (answered.rules != nullptr) answer.last_end = answered.rules->last_end;
      }
      ++statistics_.questions[q].by_lanes;
      sink(answer);
      return;
    }
    ++statistics_.questions[q].by_case;
    if (questions_.lanes_only) return;
    const Asked& asked = questions_.asked[q];
    const eval::Outcome outcome = eval::ask(plans_, households_[h],
                                            {asked.service, m, questions_.date, asked.lowest_level,
                                             questions_.failing_sets, questions_.layers});
    answer.kind = outcome.kind;
    answer.plan = outcome.trace->plan;
    answer.deciding = outcome.deciding;
    answer.error = outcome.error;
    answer.last_end = outcome.last_end;
    answer.by_case = &outcome;
    sink(answer);
  }

  eval::PlanSource& plans_;
  std::shared_ptr<const value::Schema> schema_;
  std::span<const Household> households_;
  const Questions& questions_;
  Statistics statistics_;
  std::map<std::pair<std::int64_t, std::int64_t>, const Plan*> plan_of_place_;
  std::map<const Plan*, Group> groups_;
  std::vector<const Group*> group_of_;  ///< by household
  std::vector<std::size_t> place_in_group_;
};

}  // namespace

Statistics answer_all(eval::PlanSource& plans, std::shared_ptr<const value::Schema> schema,
                      std::span<const Household> households, const Questions& questions,
                      const RunOptions& options, const Wanted& wanted, const AnswerSink& sink) {
  return Answering(plans, std::move(schema), households, questions).run(options, wanted, sink);
}

}  // namespace juzhu::batch
