// Lanes answer as the case evaluator does, whatever the block, the number of threads and the
// machine's kernels: every answer that they give is asked again case by case.
#include "batch/answers.h"
#include "property.h"

namespace juzhu::generated {
namespace {

constexpr std::size_t kHouseholds = 6;

std::vector<Household> population(Case& at) {
  Random random = at.random(77);
  std::vector<Household> households{at.household};
  for (std::size_t i = 1; i < kHouseholds; ++i) {
    HouseholdOptions options;
    options.exact = i % 2 == 1;
    households.push_back(make_household(random, at.book->schema(), at.date, options));
  }
  return households;
}

std::string deciding_text(const plan::Plan& plan, const std::vector<eval::Deciding>& deciding) {
  std::string text;
  for (const eval::Deciding& rule : deciding)
    text += " " + plan[rule.declaration].key + (rule.sure ? "" : "?");
  return text;
}

/// Of an error, what fails, where, and since when nothing has been in force.
std::string outcome_text(eval::OutcomeKind kind, const value::Error& error, std::int64_t last_end) {
  std::string text = eval::outcome_words(kind).en;
  if (kind != eval::OutcomeKind::kError) return text;
  return text + " " + std::string(value::error_name(error.code)) + " " +
         std::to_string(error.declaration) + ":" + std::to_string(error.node) + " of " +
         std::to_string(error.entity) + " since " + std::to_string(last_end);
}

std::string text_of(const batch::Answer& answer) {
  return outcome_text(answer.kind, answer.error, answer.last_end) +
         deciding_text(*answer.plan, answer.deciding);
}

using Key = std::tuple<std::size_t, std::uint32_t, std::size_t>;
using SaidByLanes = std::map<Key, std::string>;

struct Way {
  std::size_t block_rows;
  int threads;
  const char* kernels;
};

/// What lanes say, in one way of running them.
SaidByLanes by_lanes(Case& at, const std::vector<Household>& households,
                     const batch::Questions& questions, const Way& way, const SaidByLanes* only) {
  batch::RunOptions options{way.block_rows, way.threads, batch::kernels_named(way.kernels)};
  SaidByLanes texts;
  const batch::Wanted wanted = [&](std::size_t h, std::uint32_t m, std::size_t q) {
    const std::uint32_t service = questions.asked[q].service;
    const bool is_subject = households[h].members[m].entity == at.book->program().subjects[service];
    return is_subject && (only == nullptr || only->contains({h, m, q}));
  };
  batch::answer_all(*at.book, at.book->program().schema, households, questions, options, wanted,
                    [&](const batch::Answer& answer) {
                      texts[{answer.household, answer.member, answer.question}] = text_of(answer);
                    });
  return texts;
}

}  // namespace

std::string in_lanes(Case& at) {
  const std::vector<Household> households = population(at);
  batch::Questions questions;
  questions.date = at.date;
  questions.lanes_only = true;
  Random random = at.random(78);
  for (std::size_t s = 0; s < at.book->program().services.size(); ++s) {
    questions.asked.push_back({static_cast<std::uint32_t>(s), ops::Level::kPractice});
    const auto level = static_cast<ops::Level>(random.below(ops::kLevelCount));
    questions.asked.push_back({static_cast<std::uint32_t>(s), level});
  }
  const SaidByLanes first = by_lanes(at, households, questions, {7, 1, "plain"}, nullptr);
  for (const auto& [key, text] : first) {
    const auto& [h, m, q] = key;
    const batch::Asked& asked = questions.asked[q];
    const eval::Outcome outcome = eval::ask(
        *at.book, households[h], {asked.service, m, at.date, asked.lowest_level, false, false});
    const std::string wanted = outcome_text(outcome.kind, outcome.error, outcome.last_end) +
                               deciding_text(*outcome.trace->plan, outcome.deciding);
    if (wanted == text) continue;
    std::string found = "household " + std::to_string(h) + ", member " + std::to_string(m) + ", ";
    found += at.book->program().services[asked.service].name.en;
    found += ": the case evaluator says `" + wanted;
    found += "`, lanes say `" + text;
    return found + "`";
  }
  for (const Way& way : {Way{1, 2, "avx2"}, Way{1024, 1, "avx512"}, Way{4096, 2, "plain"}}) {
    if (batch::kernels_named(way.kernels) == nullptr) continue;
    if (by_lanes(at, households, questions, way, &first) == first) continue;
    return "lanes say something else in blocks of " + std::to_string(way.block_rows) + " on " +
           std::to_string(way.threads) + " threads by " + way.kernels;
  }
  return {};
}

}  // namespace juzhu::generated
