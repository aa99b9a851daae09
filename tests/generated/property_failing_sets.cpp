// Minimal failing sets (semantics.md 5.6), worked out a second time from the trace: reversing the
// conditions of a set ends the denial, none of its proper subsets does, and where nothing was cut
// there is no other such set.
#include <algorithm>

#include "eval/identity.h"
#include "ops/logic.h"
#include "property.h"

namespace juzhu::generated {
namespace {

using eval::FrameId;
using eval::SlotRef;
using eval::Trace;
using ops::Operation;
using plan::Slot;
using value::TypeKind;

using Given = std::map<std::uint32_t, bool>;  ///< identity of a condition → its truth

/// A frame, and where it was called from: a yes/no argument is the caller's condition.
struct Context {
  FrameId frame;
  const Context* caller = nullptr;
  Slot calling = plan::kNoSlot;
};

/// The conditions of one question, evaluated from the trace with some of them given.
class Reversal {
 public:
  Reversal(const Trace& trace, FrameId question)
      : trace_(trace), identities_(trace), question_{question, nullptr, plan::kNoSlot} {
    const plan::Block& block = trace.block(question);
    for (Slot slot = static_cast<Slot>(block.parameters.size()); slot < block.slot_count();
         ++slot) {
      const plan::Step& step = plan::step_of(block, slot);
      if (step.operation == Operation::kOutcome) rules_ = &(*trace.plan)[plan::RuleSetId(step.a)];
    }
  }

  [[nodiscard]] const plan::RuleSet* rules() const { return rules_; }
  std::uint32_t identity(const eval::Leaf& leaf) { return identities_.of({leaf.frame, leaf.slot}); }
  [[nodiscard]] Value today(const eval::Leaf& leaf) const {
    return ops::condition(trace_[leaf.frame].slots[leaf.slot]);
  }
  /// The leaves that were met while evaluating, with their truth today.
  [[nodiscard]] const std::map<std::uint32_t, Value>& leaves() const { return leaves_; }

  [[nodiscard]] bool took_as_concerned() const { return took_as_concerned_; }

  /// Favour: a grant whose condition holds, and no denial that holds unless a grant over it does.
  Value favour(const Given& given) {
    given_ = &given;
    std::vector<Value> conditions;
    std::vector<Value> grants;
    for (const plan::RuleEntry& rule : rules_->rules) {
      conditions.push_back(rule_condition(rule));
      if (rule.effect != ops::Effect::kDenies) grants.push_back(conditions.back());
    }
    std::vector<Value> all{ops::any_of(grants)};
    for (std::size_t i = 0; i < conditions.size(); ++i) {
      if (rules_->rules[i].effect != ops::Effect::kDenies) continue;
      std::vector<Value> ways{ops::negate(conditions[i])};
      for (std::size_t j = 0; j < conditions.size(); ++j) {
        if (rules_->rules[j].effect != ops::Effect::kDenies && rules_->beats[j][i])
          ways.push_back(conditions[j]);
      }
      all.push_back(ops::any_of(ways));
    }
    return ops::all_of(all);
  }

 private:
  bool concerns(Slot slot) {
    if (slot == plan::kNoSlot) return true;
    const Value value = ops::condition(trace_[question_.frame].slots[slot]);
    took_as_concerned_ |= !value::is_true(value) && !value::is_false(value);
    return !value::is_false(value);
  }

  Value rule_condition(const plan::RuleEntry& rule) {
    if (!concerns(rule.concerns)) return value::truth(false);
    std::vector<Value> all;
    if (rule.condition != plan::kNoSlot) all.push_back(of(question_, rule.condition));
    for (const plan::Narrowing& narrowing : rule.narrowings) {
      if (narrowing.condition != plan::kNoSlot && concerns(narrowing.concerns))
        all.push_back(of(question_, narrowing.condition));
    }
    return ops::all_of(all);
  }

  Value leaf(SlotRef at) {
    const std::uint32_t id = identities_.of(at);
    const Value today = ops::condition(eval::value_at(trace_, at));
    leaves_.emplace(id, today);
    const auto found = given_->find(id);
    return found == given_->end() ? today : value::truth(found->second);
  }

  Value of(const Context& context, Slot slot) {
    const SlotRef at{context.frame, slot};
    if (eval::is_parameter(trace_, at)) {
      if (context.caller == nullptr) return leaf(at);
      const SlotRef call{context.caller->frame, context.calling};
      return of(*context.caller, eval::operand_at(trace_, call, slot).slot);
    }
    const plan::Step& step = eval::step_at(trace_, at);
    switch (step.operation) {
      case Operation::kConstant: {
        const Value constant = ops::condition(eval::value_at(trace_, at));
        return constant.may_fail() ? leaf(at) : constant;
      }
      case Operation::kArgument:
        return of(context, step.a);
      case Operation::kNot:
        return ops::negate(operands(context, at).front());
      case Operation::kAll:
        return ops::all_of(operands(context, at));
      case Operation::kAny:
        return ops::any_of(operands(context, at));
      case Operation::kIf: {
        const std::vector<Value> parts = operands(context, at);
        const Value so = ops::all_of(std::vector<Value>{parts[0], parts[1]});
        const Value not_so = ops::all_of(std::vector<Value>{ops::negate(parts[0]), parts[2]});
        return ops::any_of(std::vector<Value>{so, not_so});
      }
      case Operation::kFold:
        return fold(context, at);
      case Operation::kCall: {
        const Context inner{eval::callee_at(trace_, at), &context, slot};
        return inner.frame.valid() ? of(inner, trace_.block(inner.frame).results[0]) : leaf(at);
      }
      default:
        return leaf(at);
    }
  }

  std::vector<Value> operands(const Context& context, SlotRef at) {
    std::vector<Value> found;
    for (std::size_t i = 0; i < eval::step_at(trace_, at).operand_count; ++i)
      found.push_back(of(context, eval::operand_at(trace_, at, i).slot));
    return found;
  }

  Value fold(const Context& context, SlotRef at) {
    const auto kind = static_cast<ops::FoldKind>(eval::step_at(trace_, at).a);
    const bool quantifies =
        kind == ops::FoldKind::kSome || kind == ops::FoldKind::kEvery || kind == ops::FoldKind::kNo;
    std::vector<const eval::Element*> present;
    bool sure = quantifies;
    for (const eval::Element& element : eval::elements_at(trace_, at)) {
      if (value::is_false(element.present)) continue;
      sure = sure && !element.further && value::is_true(element.present);
      present.push_back(&element);
    }
    const bool every = kind == ops::FoldKind::kEvery;
    if (!sure || (present.empty() && !every)) return leaf(at);
    std::vector<Value> parts;
    for (const eval::Element* element : present) {
      const Context body{element->frame, &context, at.slot};
      const eval::BodyResults results = eval::body_results(trace_, *element);
      const Value where =
          results.where.frame.valid() ? of(body, results.where.slot) : value::truth(true);
      const Value condition =
          results.element.frame.valid() ? of(body, results.element.slot) : value::truth(true);
      parts.push_back(every ? ops::any_of(std::vector<Value>{ops::negate(where), condition})
                            : ops::all_of(std::vector<Value>{where, condition}));
    }
    if (every) return ops::all_of(parts);
    const Value some = ops::any_of(parts);
    return kind == ops::FoldKind::kNo ? ops::negate(some) : some;
  }

  const Trace& trace_;
  eval::Identities identities_;
  Context question_;
  const plan::RuleSet* rules_ = nullptr;
  const Given* given_ = nullptr;
  bool took_as_concerned_ = false;
  std::map<std::uint32_t, Value> leaves_;
};

/// Every minimal set of leaves that are known today, whose reversal gives T, by trying all.
std::set<std::set<std::uint32_t>> by_enumeration(Reversal& reversal) {
  const std::map<std::uint32_t, Value> leaves = reversal.leaves();
  const std::vector<std::pair<std::uint32_t, Value>> list(leaves.begin(), leaves.end());
  std::set<std::set<std::uint32_t>> found;
  std::vector<std::uint32_t> masks;
  for (std::uint32_t mask = 0; mask < (1U << list.size()); ++mask)
    masks.push_back(mask);
  std::stable_sort(masks.begin(), masks.end(), [](std::uint32_t a, std::uint32_t b) {
    return __builtin_popcount(a) < __builtin_popcount(b);
  });
  for (const std::uint32_t mask : masks) {
    Given given;
    std::set<std::uint32_t> set;
    for (std::size_t i = 0; i < list.size(); ++i) {
      if ((mask >> i & 1U) == 0) continue;
      given[list[i].first] = !value::is_true(list[i].second);
      set.insert(list[i].first);
    }
    const bool covered =
        std::any_of(found.begin(), found.end(), [&](const std::set<std::uint32_t>& small) {
          return std::includes(set.begin(), set.end(), small.begin(), small.end());
        });
    if (!covered && value::is_true(reversal.favour(given))) found.insert(set);
  }
  return found;
}

constexpr std::size_t kLeavesMax = 9;  ///< enumerated up to so many

std::string wrong_sets(const eval::Outcome& outcome) {
  Reversal reversal(*outcome.trace, outcome.frame);
  if (reversal.rules() == nullptr) return {};
  // Whom a rule concerns is taken as so where it is not known, and marked (semantics.md 5.3).
  if (value::is_true(reversal.favour({})) && !reversal.took_as_concerned())
    return "denied, though the rules favour the child";
  if (value::is_true(reversal.favour({})))
    return outcome.failing.sets.empty() ? "" : "ways out of what is no denial by its conditions";
  std::set<std::set<std::uint32_t>> reported;
  for (const eval::FailingSet& set : outcome.failing.sets) {
    Given given;
    std::set<std::uint32_t> ids;
    for (const eval::Leaf& leaf : set) {
      const Value today = reversal.today(leaf);
      if (leaf.reversed_to ? value::is_true(today) : value::is_false(today))
        return "a set reverses a condition to what it is";
      given[reversal.identity(leaf)] = leaf.reversed_to;
      ids.insert(reversal.identity(leaf));
    }
    if (!value::is_true(reversal.favour(given))) return "reversing a set does not end the denial";
    for (const auto& [id, truth] : Given(given)) {
      Given fewer = given;
      fewer.erase(id);
      if (value::is_true(reversal.favour(fewer))) return "part of a set ends the denial";
    }
    reported.insert(ids);
  }
  const auto& leaves = reversal.leaves();
  const bool all_known = std::all_of(leaves.begin(), leaves.end(), [](const auto& leaf) {
    return value::is_true(leaf.second) || value::is_false(leaf.second);
  });
  if (outcome.failing.may_lack_some || !all_known || leaves.size() > kLeavesMax) return {};
  return by_enumeration(reversal) == reported
             ? ""
             : "other sets end the denial too, and nothing was cut";
}

}  // namespace

std::string ways_out(Case& at) {
  for (const Asked& asked : everything_to_ask(*at.book, at.household, at.date)) {
    if (!asked.question) continue;
    eval::Query query = query_of(asked, at.date);
    query.failing_sets = true;
    const eval::Outcome outcome = eval::ask(*at.book, at.household, query);
    if (outcome.kind != eval::OutcomeKind::kDenied || !outcome.frame.valid()) continue;
    const std::string wrong = wrong_sets(outcome);
    if (!wrong.empty()) return asked_text(*at.book, at.household, asked) + ": " + wrong;
  }
  return {};
}

const std::vector<Property>& properties() {
  static const std::vector<Property> kProperties = {
      {"reprint", "a text printed and read again is the same tree", reprinting},
      {"tongues", "a program means the same in either tongue", tongues},
      {"order", "the order of files, declarations, rows and members never matters", any_order},
      {"types", "an accepted program never fails by type, and knows what it can", no_type_failure},
      {"known", "a known answer is that of every completion; what it depends on is exact",
       known_stays},
      {"exact", "making an input more exact never takes an answer back", more_exact},
      {"scenario", "a household written as a scenario, with its answers expected, passes",
       as_scenario},
      {"replay", "an explanation gives its conclusion again from its leaves", replayed},
      {"ways_out", "failing sets end a denial, are minimal, and are all there are", ways_out},
      {"lists", "places do not depend on order, stay as more is learned, and make a scenario",
       listed},
      {"stated", "what refutes a property is a scenario that shows it", stated},
      {"lanes", "lanes answer as the case evaluator does, in any blocks on any threads", in_lanes}};
  return kProperties;
}

}  // namespace juzhu::generated
