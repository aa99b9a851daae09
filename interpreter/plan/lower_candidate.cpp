// Further keys of an allocation, read with what a score chooses bound to a candidate (semantics.md
// 9a, `choosing`). The total, the parts and the choices of that score, for its subject, are read in
// place; a definition that reads them is made once more, with the candidate as further parameters.
#include <algorithm>

#include "plan/lower_block.h"

namespace juzhu::plan {

using ops::Operation;
using sema::Expr;
using sema::ExprId;
using sema::LocalId;

namespace {

sema::ScoreId score_of(const sema::Program& program, const Expr& pick) {
  const Expr& total = program[pick.operands[std::size_t{2} * pick.a]];
  return total.operation == Operation::kCall ? program.definitions[total.a].score : sema::ScoreId{};
}

std::vector<LocalId> members_of(const sema::Program& program,
                                const sema::DefinitionVersion& definition) {
  std::vector<LocalId> members;  // one for each operand of a call: there is one household
  for (const LocalId parameter : definition.parameters) {
    const Type& type = program[parameter].type;
    const bool is_household = type.kind == value::TypeKind::kMember && type.entity.index == 0;
    if (!is_household) members.push_back(parameter);
  }
  return members;
}

/// The candidate inside a definition; it names nobody there if its subject is not handed on.
Candidate handed_on(const sema::Program& program, const Expr& call,
                    const sema::DefinitionVersion& definition, Candidate candidate) {
  std::set<LocalId> names;
  const std::vector<LocalId> parameters = members_of(program, definition);
  for (std::size_t i = 0; i < std::min(call.operands.size(), parameters.size()); ++i) {
    const Expr& operand = program[call.operands[i]];
    const bool is_subject =
        operand.operation == Operation::kArgument && candidate.subject.contains(LocalId{operand.a});
    if (is_subject) names.insert(parameters[i]);
  }
  candidate.subject = std::move(names);
  return candidate;
}

}  // namespace

std::vector<Candidate> Lowering::with_candidate(std::vector<Candidate> among, const Expr& pick,
                                                LocalId subject) const {
  const Expr& total = program_[pick.operands[std::size_t{2} * pick.a]];
  Candidate added;
  added.score = score_of(program_, pick);
  added.stack = stack_;
  for (const ExprId operand : total.operands)
    added.bound.emplace_back(program_[operand].a);
  added.subject = {added.bound.front()};
  among.push_back(std::move(added));
  for (Candidate& each : among) {
    if (each.subject.contains(among.back().bound.front())) each.subject.insert(subject);
  }
  return among;
}

bool Lowering::is_candidates(const Expr& pick) const {
  const sema::ScoreId score = score_of(program_, pick);
  return std::any_of(candidates_.begin(), candidates_.end(), [&](const Candidate& each) {
    return each.score == score && each.stack == stack_;
  });
}

bool Lowering::reads(const Expr& call, const Candidate& candidate) const {
  if (call.operation != Operation::kCall || sema::reform_asked(call).valid()) return false;
  const sema::Definition& read = program_.definitions[call.a];
  if (read.score != candidate.score || read.for_choices || stack_ != candidate.stack) return false;
  const Expr& asked = program_[call.operands.front()];
  return asked.operation == Operation::kArgument && candidate.subject.contains(LocalId{asked.a});
}

bool Lowering::reads_below(ExprId root, const Candidate& candidate) const {
  std::set<std::pair<std::uint32_t, std::set<LocalId>>> seen;
  std::vector<std::pair<ExprId, std::set<LocalId>>> open{{root, candidate.subject}};
  Candidate at_hand = candidate;
  while (!open.empty()) {
    const ExprId id = open.back().first;
    at_hand.subject = std::move(open.back().second);
    open.pop_back();
    if (!id.valid()) continue;
    const Expr& expr = program_[id];
    if (reads(expr, at_hand)) return true;
    for (const ExprId operand : expr.operands)
      open.emplace_back(operand, at_hand.subject);
    if (expr.operation == Operation::kPick) {
      const FurtherKeys further = further_keys(expr);
      if (!further.allocation.valid()) continue;
      const sema::Allocation& allocation = program_[further.allocation];
      const std::vector<Candidate> named = with_candidate({at_hand}, expr, allocation.subject);
      for (std::size_t i = further.first; i < allocation.keys.size(); ++i)
        open.emplace_back(allocation.keys[i].value, named.front().subject);
    }
    if (expr.operation != Operation::kCall || sema::reform_asked(expr).valid()) continue;
    const auto called = definition_in_force(program_, sema::DefinitionId{expr.a}, scope());
    if (!called) continue;
    const sema::DefinitionVersion& definition =
        program_.definitions[called->item].versions[called->version];
    const Candidate inside = handed_on(program_, expr, definition, at_hand);
    if (inside.subject.empty() || !seen.insert({expr.a, inside.subject}).second) continue;
    open.emplace_back(definition.body, inside.subject);
  }
  return false;
}

std::vector<Candidate> Lowering::read_through(const Expr& call, const InForce& called) const {
  std::vector<Candidate> found;
  if (candidates_.empty() || sema::reform_asked(call).valid()) return found;
  const sema::DefinitionVersion& definition =
      program_.definitions[called.item].versions[called.version];
  for (const Candidate& each : candidates_) {
    Candidate inside = handed_on(program_, call, definition, each);
    if (inside.subject.empty() || !reads_below(definition.body, inside)) continue;
    found.push_back(std::move(inside));
  }
  return found;
}

std::vector<LocalId> Lowering::candidate_locals(const Expr& call) const {
  std::vector<LocalId> locals;
  if (candidates_.empty()) return locals;
  const auto called = definition_in_force(program_, sema::DefinitionId{call.a}, scope());
  if (!called) return locals;
  for (const Candidate& each : candidates_) {
    if (reads(call, each)) return each.bound;
  }
  for (const Candidate& each : read_through(call, *called))
    locals.insert(locals.end(), each.bound.begin(), each.bound.end());
  return locals;
}

BlockId Lowering::candidate_block(const InForce& version, std::vector<Candidate> read) {
  CandidateNames names;
  std::vector<LocalId> captures;
  for (const Candidate& each : read) {
    names.emplace_back(each.score, each.subject);
    captures.insert(captures.end(), each.bound.begin(), each.bound.end());
  }
  const std::pair key{std::pair{stack_, version.item}, std::move(names)};
  const auto known = candidate_blocks_.find(key);
  if (known != candidate_blocks_.end()) return known->second;
  const BlockId block =
      with_candidates(std::move(read), [&] { return definition_body(version, captures); });
  candidate_blocks_[key] = block;
  return block;
}

}  // namespace juzhu::plan
