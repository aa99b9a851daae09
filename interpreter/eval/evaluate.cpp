// Conditions and numbers that are no questions: expectations of scenarios, properties.
#include <algorithm>

#include "eval/facts.h"
#include "eval/level_zero.h"
#include "eval/needs.h"
#include "eval/search.h"
#include "ops/logic.h"

namespace juzhu::eval {
namespace {

using BlockOf = std::function<BlockId(const Plan&)>;

/// An expression in every scope that the place may fall under, joined.
struct Joined {
  Value value{};
  value::Type type;
  bool known = false;
  std::set<FactRef> needs;
  std::shared_ptr<ScopeRun> shown;
  FrameId frame;
};

/// A condition that does not apply does not hold.
bool is_settled(const Value& value, const value::Type& type) {
  const bool is_condition = type.kind == value::TypeKind::kBoolean;
  return value::is_known(is_condition ? ops::condition(value) : value, type);
}

/// Times of several scopes stand in different stores: equal ones keep their covers, others may be
/// any.
class JoinedTime {
 public:
  void add(const Value& value, const value::CoverStore& covers) {
    kinds_ |= value.kinds;
    if (!value.may_value()) return;
    std::pair both{covers[value.lo], covers[value.hi]};
    differs_ |= first_ && *first_ != both;
    if (!first_) first_ = std::move(both);
  }
  /// As a value of the store in which the shown one stands.
  [[nodiscard]] Value in(const Value& shown) const {
    Value value = shown;
    value.kinds |= kinds_;
    if (value.may_value() && (differs_ || !shown.may_value())) {
      value.lo = value::kEmptyCover;
      value.hi = value::kAllTime;
    }
    return value;
  }

 private:
  std::uint8_t kinds_ = 0;
  std::optional<std::pair<value::Cover, value::Cover>> first_;
  bool differs_ = false;
};

Value join_in(const Value& left, const Value& right, const value::Type& type,
              const Schema& schema) {
  return left.kinds == 0 ? right : value::join(left, right, type, schema.places);
}

Joined evaluate_level_zero(PlanSource& plans, const Household& household, std::int64_t date,
                           const BlockOf& block_of, std::span<const Value> arguments) {
  const Scopes scopes = scopes_for(plans, household, date);
  Joined joined;
  JoinedTime time;
  Value shown{};
  for (const std::shared_ptr<ScopeRun>& scope : scopes.runs) {
    const Plan& plan = *scope->evaluator.trace().plan;
    const BlockId block = block_of(plan);
    const FrameId frame =
        scope->evaluator.run(block, std::vector<Value>(arguments.begin(), arguments.end()));
    const Slot result = plan[block].results[0];
    joined.type = plan::slot_type(plan[block], result);
    const Value value = scope->evaluator.result(frame);
    const bool is_open = !is_settled(value, joined.type);
    const std::set<FactRef> below = needs(scope->evaluator.trace(), frame, result);
    joined.needs.insert(below.begin(), below.end());
    if (joined.shown == nullptr || (is_open && joined.known)) {
      joined.shown = scope;
      joined.frame = frame;
      shown = value;
    }
    if (joined.type.kind == value::TypeKind::kTime)
      time.add(value, scope->evaluator.trace().covers);
    joined.value = join_in(joined.value, value, joined.type, plans.schema());
    joined.known = is_settled(joined.value, joined.type);
  }
  const bool is_time = joined.type.kind == value::TypeKind::kTime;
  if (is_time && scopes.runs.size() > 1) {
    joined.value = time.in(shown);
    joined.known = is_settled(joined.value, joined.type);
  }
  if (joined.known) joined.needs.clear();
  if (!joined.known && scopes.runs.size() > 1) joined.needs.insert(place_ref(plans.schema()));
  if (scopes.place_failure.may_fail()) {
    joined.value = scopes.place_failure;
    joined.known = true;
  }
  return joined;
}

Answered answer_of(const Value& value) {
  const Value condition = ops::condition(value);
  if (condition.only_error()) return {2, static_cast<int>(condition.error.code)};
  return {value::is_true(condition) ? 1 : 0, -1};
}

}  // namespace

Answer evaluate(PlanSource& plans, const Household& household, std::int64_t date,
                const BlockOf& block, std::span<const Value> arguments) {
  const Household whole = with_whole_domains(household, plans.schema());
  const auto run = [&](const Household& box) {
    return evaluate_level_zero(plans, box, date, block, arguments);
  };
  const auto judgement_of = [](const Joined& joined) {
    return Judgement{joined.known, joined.known ? answer_of(joined.value) : Answered{},
                     joined.needs};
  };
  const Joined joined = run(whole);
  Answer answer;
  answer.value = joined.value;
  answer.known = joined.known;
  answer.trace = trace_of(joined.shown);
  answer.frame = joined.frame;
  if (joined.known) return answer;

  if (joined.type.kind == value::TypeKind::kBoolean) {
    const Judge judge = [&](const Household& box) { return judgement_of(run(box)); };
    const Judgement judgement = judgement_of(joined);
    const Settled settled = settle(whole, judgement, plans.schema(), judge);
    if (settled.end == SearchEnd::kKnown && settled.answer.first != 2) {
      answer.value = value::truth(settled.answer.first == 1);
      answer.known = true;
      return answer;
    }
    if (settled.end == SearchEnd::kKnown) {
      // Level 0 may name a lesser error that no completion has.
      answer.value = value::failure(joined.value.error);
      answer.value.error.code = static_cast<value::ErrorCode>(settled.answer.second);
      answer.known = true;
      return answer;
    }
    answer.depends_on = depends_on(whole, judgement, plans.schema(), judge).facts;
    return answer;
  }
  // Not settled: every fact that level 0 looked at, by name.
  std::vector<std::pair<std::string, FactRef>> by_name;
  for (const FactRef& ref : joined.needs) {
    by_name.emplace_back(value::fact_text(ref, whole, plans.schema(), false), ref);
  }
  std::sort(by_name.begin(), by_name.end());
  for (auto& [name, ref] : by_name) {
    answer.depends_on.push_back(ref);
  }
  return answer;
}

}  // namespace juzhu::eval
