// Resolution of rules (semantics.md 5.3) against its definition: every choice of T or F for the
// rules that are not known, on random orders.
#include <catch2/catch.hpp>
#include <random>

#include "eval/resolution.h"

namespace juzhu::eval {
namespace {

using ops::Effect;
using plan::RuleSet;

struct Concrete {
  bool granted = false;
  bool ranked = false;
  bool denied = false;
  bool none = false;
  bool conflict = false;
};

/// What true rules decide: those that no true rule beats.
void decide(const RuleSet& rules, const std::vector<bool>& is_true, Concrete& possible) {
  bool effects[3] = {false, false, false};
  for (std::size_t i = 0; i < is_true.size(); ++i) {
    bool is_live = is_true[i];
    for (std::size_t j = 0; j < is_true.size(); ++j) {
      is_live = is_live && !(is_true[j] && rules.beats[j][i]);
    }
    if (is_live) effects[static_cast<std::size_t>(rules.rules[i].effect)] = true;
  }
  const int count = (effects[0] ? 1 : 0) + (effects[1] ? 1 : 0) + (effects[2] ? 1 : 0);
  if (count == 0) possible.none = true;
  if (count > 1) possible.conflict = true;
  if (count != 1) return;
  possible.denied |= effects[static_cast<std::size_t>(Effect::kDenies)];
  possible.ranked |= effects[static_cast<std::size_t>(Effect::kRanks)];
  possible.granted |= effects[static_cast<std::size_t>(Effect::kGrants)];
}

RuleSet random_rules(std::mt19937& random, std::size_t count) {
  RuleSet rules;
  rules.can_grant = true;
  rules.rules.resize(count);
  rules.beats.assign(count, std::vector<bool>(count, false));
  std::vector<std::size_t> rank(count);
  for (std::size_t i = 0; i < count; ++i) {
    rules.rules[i].effect = static_cast<Effect>(random() % 3);
    rank[i] = i;
  }
  std::shuffle(rank.begin(), rank.end(), random);
  for (std::size_t i = 0; i < count; ++i) {
    for (std::size_t j = 0; j < count; ++j) {
      rules.beats[i][j] = rank[i] < rank[j] && random() % 3 == 0;
    }
  }
  for (std::size_t k = 0; k < count; ++k) {
    for (std::size_t i = 0; i < count; ++i) {
      for (std::size_t j = 0; j < count; ++j) {
        if (rules.beats[i][k] && rules.beats[k][j]) rules.beats[i][j] = true;
      }
    }
  }
  return rules;
}

Concrete enumerate(const RuleSet& rules, const std::vector<Value>& statuses) {
  std::vector<std::size_t> unknown;
  std::vector<bool> is_true;
  for (std::size_t i = 0; i < statuses.size(); ++i) {
    is_true.push_back(value::is_true(statuses[i]));
    if (statuses[i] == value::unknown_truth()) unknown.push_back(i);
  }
  Concrete possible;
  for (std::size_t choice = 0; choice < (std::size_t{1} << unknown.size()); ++choice) {
    for (std::size_t i = 0; i < unknown.size(); ++i) {
      is_true[unknown[i]] = ((choice >> i) & 1U) != 0;
    }
    decide(rules, is_true, possible);
  }
  return possible;
}

}  // namespace

TEST_CASE("resolution agrees with enumerating all truths") {
  std::mt19937 random(20240601);
  for (int round = 0; round < 20000; ++round) {
    const std::size_t count = 1 + random() % 6;
    const RuleSet rules = random_rules(random, count);
    std::vector<Value> statuses;
    for (std::size_t i = 0; i < count; ++i) {
      const auto pick = random() % 4;
      statuses.push_back(pick < 2 ? value::unknown_truth() : value::truth(pick == 2));
    }
    const Concrete expected = enumerate(rules, statuses);
    const Resolution found = resolve(rules, statuses);
    INFO("round " << round);
    REQUIRE(found.granted == expected.granted);
    REQUIRE(found.ranked == expected.ranked);
    REQUIRE(found.denied == expected.denied);
    REQUIRE(found.none == expected.none);
    REQUIRE(found.conflict == expected.conflict);
  }
}

TEST_CASE("resolution: a status that does not apply is false, one that fails is live") {
  RuleSet rules;
  rules.can_grant = true;
  rules.rules.resize(2);
  rules.rules[0].effect = Effect::kGrants;
  rules.rules[1].effect = Effect::kDenies;
  rules.beats = {{false, false}, {true, false}};
  const Value fails = value::failure({value::ErrorCode::kOverflow, 0, 0, 0});
  const Resolution skipped =
      resolve(rules, std::vector<Value>{value::truth(true), value::not_applicable()});
  REQUIRE(readings_of(skipped, rules, {}).kind() == OutcomeKind::kGranted);
  const Resolution failing = resolve(rules, std::vector<Value>{value::truth(true), fails});
  REQUIRE(failing.live.size() == 2);
  REQUIRE(readings_of(failing, rules, {}).kind() == OutcomeKind::kError);
}

}  // namespace juzhu::eval
