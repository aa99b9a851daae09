// The search over the completions of a household (semantics.md 3.4, 3.5): is what level 0 left
// unknown known after all, and on which missing facts does it depend? It knows nothing of rules; a
// Judge tells it how a box comes out.
#pragma once

#include <functional>
#include <set>
#include <utility>

#include "value/household.h"

namespace juzhu::eval {

using value::FactRef;
using value::Household;
using value::Schema;

/// What level 0 says about a box. `answer` compares: the kind of outcome and its error code.
using Answered = std::pair<int, int>;
struct Judgement {
  bool known = false;
  Answered answer{};
  std::set<FactRef> needs;  ///< of an unknown one
};
using Judge = std::function<Judgement(const Household&)>;

enum class SearchEnd : std::uint8_t { kKnown, kUnknown, kOpen };
struct Settled {
  SearchEnd end = SearchEnd::kUnknown;
  Answered answer{};  ///< of a known one
};

/// Corners, then splits. `whole` is the judgement of the whole box, which counts as the first
/// evaluation.
Settled settle(const Household& box, const Judgement& whole, const Schema& schema,
               const Judge& judge);

struct Dependence {
  std::vector<FactRef> facts;  ///< by name
  bool at_most = false;
};
/// The facts that can change the answer by themselves.
Dependence depends_on(const Household& box, const Judgement& whole, const Schema& schema,
                      const Judge& judge);

}  // namespace juzhu::eval
