#include "batch/program.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/check.h"
#include "batch/lane_maker.h"

namespace juzhu::batch {
namespace {

using eval::OutcomeKind;

/// One rule always goes before the other.
bool is_total(const plan::RuleSet& rules) {
  for (std::size_t i = 0; i < rules.rules.size(); ++i) {
    for (std::size_t j = i + 1; j < rules.rules.size(); ++j) {
      if (!rules.beats[i][j] && !rules.beats[j][i]) return false;
    }
  }
  return true;
}

bool narrows(const plan::RuleSet& rules) {
  return std::any_of(rules.rules.begin(), rules.rules.end(),
                     [](const plan::RuleEntry& rule) { return !rule.narrowings.empty(); });
}

/// The lanes of an answered question before buffers are given out.
struct AnswerLanes {
  NodeId outcome;
  NodeId deciding;
};

class Maker {
 public:
  Maker(const Plan& plan, const Table& table)
      : plan_(plan),
        table_(table),
        expressions_(plan),
        lanes_(expressions_, table, program_.computed, graph_) {}

  Program make(std::span<const Asked> questions, const Households& households) {
    compute(questions, households);
    for (const Asked& asked : questions)
      answer(asked);
    schedule();
    for (const Stop& stop : lanes_.stops())
      program_.stops.push_back(stop);
    return std::move(program_);
  }

 private:
  void compute(std::span<const Asked> questions, const Households& households);
  void answer(const Asked& asked);
  AnswerLanes lanes_of(const plan::RuleSet& rules, const std::vector<Condition>& statuses,
                       Answered& to);
  AnswerLanes nothing_in_force(Answered& to);
  NodeId deciding_one(const plan::RuleSet& rules, const LaneMaker::Standing& standing);
  NodeId deciding_bits(const plan::RuleSet& rules, const LaneMaker::Standing& standing,
                       Width width);
  void schedule();
  [[nodiscard]] Place place_of(NodeId id) const;
  std::uint32_t buffer_for(Width width);
  void give_back(NodeId id, std::size_t at);

  const Plan& plan_;
  const Table& table_;
  Graph graph_;
  Expressions expressions_;
  LaneMaker lanes_;
  Program program_;
  std::vector<AnswerLanes> answer_lanes_;
  std::vector<std::uint32_t> buffer_of_;  ///< by node
  std::vector<std::size_t> last_use_;     ///< by node
  std::vector<std::uint32_t> free_[kWidths];
};

AnswerLanes Maker::nothing_in_force(Answered& to) {
  to.deciding_width = Width::k8;
  const NodeId fails = graph_.constant(Width::k8, static_cast<std::uint64_t>(OutcomeKind::kError));
  const NodeId nobody = graph_.constant(Width::k8, 0);
  to.some_by_case = !table_.usable().empty();
  if (!to.some_by_case) return {fails, nobody};
  const NodeId usable = graph_.column(table_.usable());
  return {graph_.select(Width::k8, usable, fails, graph_.constant(Width::k8, kByCase)), nobody};
}

/// Before any lane is made, since widths follow from what the columns hold.
void Maker::compute(std::span<const Asked> questions, const Households& households) {
  std::vector<ExpressionId> roots;
  for (const Asked& asked : questions) {
    const plan::Question* question = plan_.question(asked.service, asked.lowest_level);
    if (question == nullptr) continue;
    const std::vector<ExpressionId>& slots =
        expressions_.unfold(question->block, {expressions_.member()});
    roots.push_back(slots[plan_[question->block].results[0]]);
  }
  program_.computed = compute_columns(expressions_, table_, roots, households);
}

void Maker::answer(const Asked& asked) {
  Answered answered;
  answered.asked = asked;
  answer_lanes_.emplace_back();
  const plan::Question* question = plan_.question(asked.service, asked.lowest_level);
  answered.no_rule.code = value::ErrorCode::kNoRuleInForce;
  if (question == nullptr) {
    answer_lanes_.back() = nothing_in_force(answered);
    program_.answers.push_back(answered);
    return;
  }
  const std::vector<ExpressionId> slots =
      expressions_.unfold(question->block, {expressions_.member()});
  const plan::Block& block = plan_[question->block];
  const plan::Step& step = plan::step_of(block, block.results[0]);
  JUZHU_CHECK(step.operation == ops::Operation::kOutcome);
  const plan::RuleSet& rules = plan_[plan::RuleSetId(step.a)];
  answered.rules = &rules;
  answered.no_rule.declaration = step.declaration.index;
  answered.no_rule.node = step.node;
  if (rules.parted || rules.rules.size() > 64) {
    answered.all_by_case = true;
    answered.reason = Reason::kOperation;
  } else {
    std::vector<Condition> statuses;
    for (std::uint32_t i = 0; i < step.operand_count; ++i)
      statuses.push_back(lanes_.condition(slots[plan_.operands[step.first_operand + i]]));
    answer_lanes_.back() = lanes_of(rules, statuses, answered);
  }
  program_.answers.push_back(answered);
}

/// Which rule decides, where one always goes first: the place of the only live one, plus one.
NodeId Maker::deciding_one(const plan::RuleSet& rules, const LaneMaker::Standing& standing) {
  NodeId lanes = graph_.constant(Width::k8, 0);
  for (std::size_t i = 0; i < rules.rules.size(); ++i)
    lanes = graph_.select(Width::k8, standing.live[i], graph_.constant(Width::k8, i + 1), lanes);
  return lanes;
}

NodeId Maker::deciding_bits(const plan::RuleSet& rules, const LaneMaker::Standing& standing,
                            Width width) {
  const NodeId nothing = graph_.constant(width, 0);
  NodeId lanes = nothing;
  for (std::size_t i = 0; i < rules.rules.size(); ++i) {
    const NodeId bit = graph_.constant(width, std::uint64_t{1} << i);
    const NodeId own = graph_.select(width, standing.live[i], bit, nothing);
    lanes = lanes == nothing ? own : graph_.binary(Kernel::kAdd, width, lanes, own);
  }
  return lanes;
}

AnswerLanes Maker::lanes_of(const plan::RuleSet& rules, const std::vector<Condition>& statuses,
                            Answered& to) {
  const LaneMaker::Standing standing = lanes_.stand(rules.beats, statuses);
  NodeId effects[3] = {graph_.never(), graph_.never(), graph_.never()};
  for (std::size_t i = 0; i < rules.rules.size(); ++i) {
    NodeId& effect = effects[static_cast<std::size_t>(rules.rules[i].effect)];
    effect = graph_.either(effect, standing.live[i]);
  }
  const NodeId denies = effects[static_cast<std::size_t>(ops::Effect::kDenies)];
  const NodeId ranks = effects[static_cast<std::size_t>(ops::Effect::kRanks)];
  const NodeId grants = effects[static_cast<std::size_t>(ops::Effect::kGrants)];
  const auto kind = [&](OutcomeKind outcome) {
    return graph_.constant(Width::k8, static_cast<std::uint64_t>(outcome));
  };
  NodeId known = standing.sure;
  // Where no rule decides, a narrowing may be what keeps one from it: the case evaluator says
  // which.
  if (narrows(rules)) known = graph_.without(known, standing.none);
  if (!table_.usable().empty()) known = graph_.both(known, graph_.column(table_.usable()));
  to.some_by_case = known != graph_.always();
  // Where no rule decides: denied, or an error where no rule in force could grant.
  NodeId outcome = kind(OutcomeKind::kDenied);
  if (!rules.can_grant)
    outcome = graph_.select(Width::k8, standing.none, kind(OutcomeKind::kError), outcome);
  outcome = graph_.select(Width::k8, ranks, kind(OutcomeKind::kRanked), outcome);
  outcome = graph_.select(Width::k8, grants, kind(OutcomeKind::kGranted), outcome);
  to.form = is_total(rules) ? DecidingForm::kOne : DecidingForm::kBits;
  if (to.form == DecidingForm::kBits) {
    const NodeId conflict =
        graph_.either(graph_.both(grants, denies),
                      graph_.either(graph_.both(grants, ranks), graph_.both(ranks, denies)));
    outcome = graph_.select(Width::k8, conflict, kind(OutcomeKind::kConflict), outcome);
  }
  const NodeId by_case = graph_.constant(Width::k8, kByCase);
  to.deciding_width =
      to.form == DecidingForm::kOne
          ? Width::k8
          : width_for(rules.rules.size() == 64 ? ~std::uint64_t{0}
                                               : (std::uint64_t{1} << rules.rules.size()) - 1);
  return {graph_.select(Width::k8, known, outcome, by_case),
          to.form == DecidingForm::kOne ? deciding_one(rules, standing)
                                        : deciding_bits(rules, standing, to.deciding_width)};
}

std::uint32_t Maker::buffer_for(Width width) {
  std::vector<std::uint32_t>& free = free_[static_cast<std::size_t>(width)];
  if (!free.empty()) {
    const std::uint32_t buffer = free.back();
    free.pop_back();
    return buffer;
  }
  program_.buffers.push_back(width);
  return static_cast<std::uint32_t>(program_.buffers.size() - 1);
}

Place Maker::place_of(NodeId id) const {
  if (!id.valid()) return {};
  const Node& node = graph_[id];
  if (node.kind == Node::Kind::kColumn) return {Place::Kind::kColumn, 0, node.column};
  return {Place::Kind::kBuffer, buffer_of_[id.index], nullptr};
}

void Maker::give_back(NodeId id, std::size_t at) {
  if (!id.valid() || last_use_[id.index] != at) return;
  const Node& node = graph_[id];
  if (node.kind != Node::Kind::kKernel) return;
  last_use_[id.index] = 0;  // given back once
  free_[static_cast<std::size_t>(node.width)].push_back(buffer_of_[id.index]);
}

/// Operands have lower ids than what is made of them: the order of making is an order of running.
void Maker::schedule() {
  const std::vector<Node>& nodes = graph_.nodes();
  constexpr std::size_t kForever = ~std::size_t{0};
  last_use_.assign(nodes.size(), 0);
  buffer_of_.assign(nodes.size(), 0);
  std::vector<bool> used(nodes.size(), false);
  for (const AnswerLanes& answer : answer_lanes_) {
    for (const NodeId id : {answer.outcome, answer.deciding}) {
      if (!id.valid()) continue;
      used[id.index] = true;
      last_use_[id.index] = kForever;
    }
  }
  for (std::size_t i = nodes.size(); i-- > 0;) {
    if (!used[i]) continue;
    for (const NodeId operand : {nodes[i].a, nodes[i].b, nodes[i].c}) {
      if (!operand.valid()) continue;
      used[operand.index] = true;
      last_use_[operand.index] = std::max(last_use_[operand.index], i);
    }
  }
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    const Node& node = nodes[i];
    if (!used[i] || node.kind == Node::Kind::kColumn) continue;
    if (node.kind == Node::Kind::kConstant) {
      program_.buffers.push_back(node.width);
      buffer_of_[i] = static_cast<std::uint32_t>(program_.buffers.size() - 1);
      program_.constants.push_back({buffer_of_[i], node.width, node.k});
      continue;
    }
    // A buffer that is read is not written by the same kernel.
    buffer_of_[i] = buffer_for(node.width);
    program_.instructions.push_back({node.kernel, node.operand_width, place_of(node.a),
                                     place_of(node.b), place_of(node.c), buffer_of_[i], node.k,
                                     node.table});
    for (const NodeId operand : {node.a, node.b, node.c})
      give_back(operand, i);
  }
  for (std::size_t q = 0; q < answer_lanes_.size(); ++q) {
    program_.answers[q].outcome = place_of(answer_lanes_[q].outcome);
    program_.answers[q].deciding = place_of(answer_lanes_[q].deciding);
  }
  program_.tables = std::move(graph_.tables());
}

std::string_view kernel_name(Kernel kernel) {
  switch (kernel) {
// NOLINTNEXTLINE(cppcoreguidelines-macro-usage)
#define JUZHU_KERNEL(name, doc) \
  case Kernel::k##name:         \
    return #name;
#include "batch/kernels.def"
#undef JUZHU_KERNEL
  }
  return "";
}

std::string place_text(const Place& place) {
  switch (place.kind) {
    case Place::Kind::kNone:
      return "";
    case Place::Kind::kBuffer:
      return fmt::format(" b{}", place.buffer);
    case Place::Kind::kColumn:
      return " column";
  }
  return "";
}

}  // namespace

Program make_program(const Plan& plan, const Table& table, std::span<const Asked> questions,
                     const Households& households) {
  return Maker(plan, table).make(questions, households);
}

std::string print(const Program& program) {
  std::string text;
  for (const Constant& constant : program.constants)
    text += fmt::format("b{} = {}\n", constant.buffer, constant.number);
  for (const Instruction& step : program.instructions) {
    text += fmt::format("b{} = {}{}{}{}{} k={}", step.to, kernel_name(step.kernel),
                        8 << static_cast<int>(step.width), place_text(step.a), place_text(step.b),
                        place_text(step.c), step.k);
    if (step.table != 0xFFFFFFFFU)
      text += fmt::format(" table of {}", program.tables[step.table].size);
    text += "\n";
  }
  return text;
}

}  // namespace juzhu::batch
