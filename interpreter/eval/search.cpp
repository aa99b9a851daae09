#include "eval/search.h"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "eval/box.h"
#include "eval/outcome.h"

namespace juzhu::eval {
namespace {

/// One search with its budget and, while settling, the answers seen so far.
class Search {
 public:
  Search(const Schema& schema, const Judge& judge) : schema_(schema), judge_(judge) {}

  Settled settle(const Household& box, const Judgement& whole);
  /// Is the answer known wherever the given facts are? kKnown: yes.
  SearchEnd is_settled_by(const std::set<FactRef>& facts, const Household& box,
                          const Judgement& judgement);

 private:
  std::optional<Judgement> evaluate(const Household& box);
  bool note(const Judgement& judgement);
  SearchEnd try_corners(const Household& box, const Judgement& whole);
  SearchEnd settle_parts(const Household& box, const Judgement& judgement);

  const Schema& schema_;
  const Judge& judge_;
  int used_ = 1;  // the whole box was evaluated before
  std::optional<Answered> noted_;
};

std::optional<Judgement> Search::evaluate(const Household& box) {
  if (used_ >= kSettleBudget) return std::nullopt;
  ++used_;
  return judge_(box);
}

/// False if another answer was seen before.
bool Search::note(const Judgement& judgement) {
  if (!noted_) noted_ = judgement.answer;
  return *noted_ == judgement.answer;
}

/// kKnown here: nothing speaks against going on.
SearchEnd Search::try_corners(const Household& box, const Judgement& whole) {
  for (const bool greatest : {false, true}) {
    Household corner = box;
    const bool moved = move_to_corner(corner, schema_, whole.needs, greatest);
    if (!moved || !holds_completion(corner, schema_, whole.needs)) continue;
    const std::optional<Judgement> judgement = evaluate(corner);
    if (!judgement) return SearchEnd::kOpen;
    if (judgement->known && !note(*judgement)) return SearchEnd::kUnknown;
  }
  return SearchEnd::kKnown;
}

SearchEnd Search::settle_parts(const Household& box, const Judgement& judgement) {
  if (judgement.known) return note(judgement) ? SearchEnd::kKnown : SearchEnd::kUnknown;
  const FactRef* fact = fact_to_split(box, schema_, judgement.needs);
  if (fact == nullptr) return SearchEnd::kUnknown;
  for (const Household& part : split(box, schema_, *fact)) {
    if (!holds_completion(part, schema_, judgement.needs)) continue;
    const std::optional<Judgement> below = evaluate(part);
    if (!below) return SearchEnd::kOpen;
    const SearchEnd end = settle_parts(part, *below);
    if (end != SearchEnd::kKnown) return end;
  }
  return SearchEnd::kKnown;
}

Settled Search::settle(const Household& box, const Judgement& whole) {
  if (whole.known) return {SearchEnd::kKnown, whole.answer};
  noted_.reset();
  SearchEnd end = try_corners(box, whole);
  if (end == SearchEnd::kKnown) end = settle_parts(box, whole);
  if (end == SearchEnd::kKnown && !noted_) end = SearchEnd::kUnknown;  // no box held a completion
  return {end, noted_.value_or(Answered{})};
}

SearchEnd Search::is_settled_by(const std::set<FactRef>& facts, const Household& box,
                                const Judgement& judgement) {
  if (judgement.known) return SearchEnd::kKnown;
  // A fact that this box no longer needs would be split in vain.
  std::set<FactRef> open;
  std::set_intersection(facts.begin(), facts.end(), judgement.needs.begin(), judgement.needs.end(),
                        std::inserter(open, open.end()));
  const FactRef* fact = fact_to_split(box, schema_, open);
  if (fact == nullptr) return settle(box, judgement).end;
  for (const Household& part : split(box, schema_, *fact)) {
    if (!holds_completion(part, schema_, judgement.needs)) continue;
    const std::optional<Judgement> below = evaluate(part);
    if (!below) return SearchEnd::kOpen;
    const SearchEnd end = is_settled_by(facts, part, *below);
    if (end != SearchEnd::kKnown) return end;
  }
  return SearchEnd::kKnown;
}

}  // namespace

Settled settle(const Household& box, const Judgement& whole, const Schema& schema,
               const Judge& judge) {
  return Search(schema, judge).settle(box, whole);
}

Dependence depends_on(const Household& box, const Judgement& whole, const Schema& schema,
                      const Judge& judge) {
  Dependence result;
  std::set<FactRef> kept = whole.needs;
  std::vector<std::pair<std::string, FactRef>> by_name;
  for (const FactRef& ref : in_stable_order(box, schema, whole.needs)) {
    std::set<FactRef> others = kept;
    others.erase(ref);
    const SearchEnd end = Search(schema, judge).is_settled_by(others, box, whole);
    if (end == SearchEnd::kKnown) {
      kept = std::move(others);
      continue;
    }
    by_name.emplace_back(value::fact_text(ref, box, schema, false), ref);
    result.at_most |= end == SearchEnd::kOpen;
  }
  std::sort(by_name.begin(), by_name.end());
  for (const auto& [name, ref] : by_name)
    result.facts.push_back(ref);
  return result;
}

}  // namespace juzhu::eval
