#include "rulebooks.h"

#include <catch2/catch.hpp>

#include "diag/render.h"

namespace juzhu::batch::testing {
namespace {

std::string text_of(eval::OutcomeKind kind, const plan::Plan& plan,
                    const std::vector<eval::Deciding>& deciding) {
  std::string text = eval::outcome_words(kind).en;
  for (const eval::Deciding& rule : deciding)
    text += " " + plan[rule.declaration].key + (rule.sure ? "" : "?");
  return text;
}

}  // namespace

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

Compared compare(Loaded& loaded, const std::vector<value::Household>& households,
                 const Questions& questions, const RunOptions& options) {
  Compared compared;
  // Answers by case are the case evaluator's own: asking for them again would show nothing.
  Questions cheap = questions;
  answer_all(
      *loaded.rulebook, loaded.schema(), households, cheap, options, nullptr,
      [&](const Answer& answer) {
        if (answer.by_case != nullptr) {
          ++compared.by_case;
          return;
        }
        ++compared.by_lanes;
        const Asked& asked = questions.asked[answer.question];
        const eval::Outcome outcome = loaded.rulebook->ask(
            households[answer.household],
            {asked.service, answer.member, questions.date, asked.lowest_level, false, false});
        const std::string wanted = text_of(outcome.kind, *outcome.trace->plan, outcome.deciding);
        const std::string found = text_of(answer.kind, *answer.plan, answer.deciding);
        if (wanted == found) return;
        if (compared.different++ != 0) return;
        compared.first = households[answer.household].key + ", member " +
                         std::to_string(answer.member) + ", " +
                         loaded.rulebook->program().services[asked.service].name.en + ": case `" +
                         wanted + "`, lanes `" + found + "`";
      });
  return compared;
}

}  // namespace juzhu::batch::testing
