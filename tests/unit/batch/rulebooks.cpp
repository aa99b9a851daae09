#include "rulebooks.h"

#include <catch2/catch.hpp>

#include "diag/render.h"

namespace juzhu::batch::testing {
namespace {

std::string text_of(eval::OutcomeKind kind, const plan::Plan& plan,
                    const std::vector<eval::Deciding>& deciding, const value::Error& error,
                    std::int64_t last_end) {
  std::string text = eval::outcome_words(kind).en;
  if (kind == eval::OutcomeKind::kError) {
    text += " " + std::string(value::error_name(error.code)) + " " +
            std::to_string(error.declaration) + ":" + std::to_string(error.node) + " of " +
            std::to_string(error.entity) + " since " + std::to_string(last_end);
  }
  for (const eval::Deciding& rule : deciding)
    text += " " + plan[rule.declaration].key + (rule.sure ? "" : "?");
  return text;
}

}  // namespace

std::unique_ptr<Loaded> load_file(const std::string& path) {
  auto loaded = std::make_unique<Loaded>();
  engine::LoadOptions options;
  options.library = JUZHU_ROOT "/stdlib";
  options.lint = false;
  loaded->rulebook = engine::Rulebook::load({path}, loaded->sources, loaded->sink, options);
  if (loaded->rulebook == nullptr) return nullptr;
  return loaded;
}

std::unique_ptr<Loaded> load(const std::string& folder) {
  auto loaded = std::make_unique<Loaded>();
  engine::LoadOptions options;
  options.library = JUZHU_ROOT "/stdlib";
  options.lint = false;
  loaded->rulebook =
      engine::Rulebook::load({JUZHU_ROOT "/" + folder}, loaded->sources, loaded->sink, options);
  INFO(diag::render_text(loaded->sink.sorted(), loaded->sources));
  REQUIRE(loaded->rulebook != nullptr);
  return loaded;
}

Questions all_questions(const Loaded& loaded, std::int64_t date) {
  Questions questions;
  questions.date = date;
  for (std::uint32_t s = 0; s < loaded.rulebook->program().services.size(); ++s) {
    questions.asked.push_back({s, ops::Level::kPractice});
    questions.asked.push_back({s, ops::Level::kRegulation});
  }
  return questions;
}

namespace {

void compare_under(Loaded& loaded, std::uint32_t stack,
                   std::span<const value::Household> households, const Questions& questions,
                   const RunOptions& options, Compared& compared) {
  const sema::Program& program = loaded.rulebook->program();
  const Wanted wanted = [&](std::size_t h, std::uint32_t m, std::size_t q) {
    return households[h].members[m].entity == program.subjects[questions.asked[q].service];
  };
  // Answers by case are the case evaluator's own: asking for them would show nothing.
  Questions by_lanes = questions;
  by_lanes.lanes_only = true;
  const Statistics statistics = answer_all(
      loaded.rulebook->under(stack), loaded.schema(), households, by_lanes, options, wanted,
      [&](const Answer& answer) {
        ++compared.by_lanes;
        const Asked& asked = questions.asked[answer.question];
        const eval::Outcome outcome = loaded.rulebook->ask(
            households[answer.household],
            {asked.service, answer.member, questions.date, asked.lowest_level, false, false},
            stack);
        const std::string expected = text_of(outcome.kind, *outcome.trace->plan, outcome.deciding,
                                             outcome.error, outcome.last_end);
        const std::string found =
            text_of(answer.kind, *answer.plan, answer.deciding, answer.error, answer.last_end);
        if (expected == found) return;
        if (compared.different++ != 0) return;
        compared.first = households[answer.household].key + ", member " +
                         std::to_string(answer.member) + ", " +
                         program.services[asked.service].name.en + ": case `" + expected +
                         "`, lanes `" + found + "`";
      });
  for (const Statistics::Question& question : statistics.questions)
    compared.by_case += question.by_case;
}

}  // namespace

Compared compare(Loaded& loaded, const std::vector<value::Household>& households,
                 const Questions& questions, const RunOptions& options) {
  Compared compared;
  compare_under(loaded, sema::kNoReforms, households, questions, options, compared);
  return compared;
}

Compared compare_scenarios(Loaded& loaded, const RunOptions& options) {
  Compared compared;
  for (const sema::Scenario& scenario : loaded.rulebook->program().scenarios) {
    if (!scenario.households.empty()) continue;  // a list of other scenarios' households
    Questions questions;
    questions.date = scenario.date;
    for (std::uint32_t s = 0; s < loaded.rulebook->program().services.size(); ++s)
      questions.asked.push_back({s, ops::Level::kPractice});
    compare_under(loaded, scenario.stack, {&scenario.household, 1}, questions, options, compared);
  }
  return compared;
}

}  // namespace juzhu::batch::testing
