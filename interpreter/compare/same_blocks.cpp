#include "compare/same_blocks.h"

#include <algorithm>
#include <map>

namespace juzhu::compare {
namespace {

using ops::Operation;
using plan::Block;
using plan::BlockId;
using plan::Plan;
using plan::RuleEntry;
using plan::Step;

class Comparison {
 public:
  Comparison(const Plan& left, const Plan& right) : left_(left), right_(right) {}

  bool same(BlockId left, BlockId right) {
    const auto [known, is_new] = known_.emplace(std::pair{left.index, right.index}, true);
    if (!is_new) return known->second;
    const bool equal = same_steps(left_[left], right_[right]);
    known_[{left.index, right.index}] = equal;
    return equal;
  }

 private:
  bool same_steps(const Block& left, const Block& right) {
    if (left.kind != right.kind || left.parameters != right.parameters ||
        left.results != right.results || left.steps.size() != right.steps.size()) {
      return false;
    }
    for (std::size_t i = 0; i < left.steps.size(); ++i) {
      if (!same_step(left.steps[i], right.steps[i])) return false;
    }
    return true;
  }

  bool same_step(const Step& left, const Step& right) {
    if (left.operation != right.operation || left.type != right.type ||
        left.operand_count != right.operand_count) {
      return false;
    }
    for (std::uint32_t i = 0; i < left.operand_count; ++i) {
      if (left_.operands[left.first_operand + i] != right_.operands[right.first_operand + i])
        return false;
    }
    if (left.operation == Operation::kSum) {
      for (std::uint32_t i = 0; i < left.operand_count; ++i) {
        if (left_.extras[left.first_extra + i] != right_.extras[right.first_extra + i])
          return false;
      }
    }
    return same_fields(left, right);
  }

  bool same_fields(const Step& left, const Step& right) {
    if (left.operation == Operation::kConstant) {
      const value::Value& one = left_.constants[left.a];
      const value::Value& other = right_.constants[right.a];
      // An error keeps where it came from, which is numbered by plan.
      if (one.may_fail() || other.may_fail())
        return one.kinds == other.kinds && one.error.code == other.error.code;
      return one == other;
    }
    if (left.operation == Operation::kCall || left.operation == Operation::kQuestion)
      return same(BlockId(left.a), BlockId(right.a));
    if (left.operation == Operation::kFold) {
      const bool has_body = left.b != BlockId::kNone;
      if (left.a != right.a || has_body != (right.b != BlockId::kNone)) return false;
      return !has_body || same(BlockId(left.b), BlockId(right.b));
    }
    if (left.operation == Operation::kMeasure)
      return left_.measures[left.a] == right_.measures[right.a] && left.b == right.b;
    if (left.operation == Operation::kOutcome)
      return same_rules(left_.rule_sets[left.a], right_.rule_sets[right.a]);
    if (left.operation == Operation::kParameter)
      return same_values(left_.parameter_tables[left.a], right_.parameter_tables[right.a]);
    return left.a == right.a && left.b == right.b;
  }

  static bool same_rules(const plan::RuleSet& left, const plan::RuleSet& right) {
    return left.beats == right.beats && left.can_grant == right.can_grant &&
           std::equal(left.rules.begin(), left.rules.end(), right.rules.begin(), right.rules.end(),
                      [](const RuleEntry& one, const RuleEntry& other) {
                        return one.effect == other.effect && one.level == other.level &&
                               one.gate == other.gate && one.status == other.status;
                      });
  }

  static bool same_values(const plan::ParameterTable& left, const plan::ParameterTable& right) {
    return std::equal(left.versions.begin(), left.versions.end(), right.versions.begin(),
                      right.versions.end(), [](const auto& one, const auto& other) {
                        return one.place == other.place && one.from == other.from &&
                               one.to == other.to && one.value == other.value;
                      });
  }

  const Plan& left_;
  const Plan& right_;
  std::map<std::pair<std::uint32_t, std::uint32_t>, bool> known_;
};

}  // namespace

bool same_block(const Plan& left, BlockId left_block, const Plan& right, BlockId right_block) {
  return Comparison(left, right).same(left_block, right_block);
}

}  // namespace juzhu::compare
