#include "engine/closure.h"

#include <algorithm>

namespace juzhu::engine {

namespace {

using ops::Operation;
using sema::ExprId;

class Walk {
 public:
  explicit Walk(const sema::Program& program) : program_(program) {}

  Closure from(std::span<const ExprId> roots) {
    open_.assign(roots.begin(), roots.end());
    while (!open_.empty()) {
      const ExprId id = open_.back();
      open_.pop_back();
      if (id.valid() && seen_.insert(id).second) visit(program_[id]);
    }
    return std::move(found_);
  }

 private:
  void change(std::int64_t from, std::int64_t to) {
    if (from > value::kFirstDate) found_.days.insert(from);
    if (to < value::kLastDate) found_.days.insert(to + 1);
  }

  void constant(const value::Type& type, const value::Value& value) {
    if (!value.only_value()) return;
    if (type.kind == value::TypeKind::kDate) change(value.lo, value.lo);
    const std::pair pair{type, value};
    if (std::find(found_.constants.begin(), found_.constants.end(), pair) == found_.constants.end())
      found_.constants.push_back(pair);
  }

  void visit(const sema::Expr& expr) {
    open_.insert(open_.end(), expr.operands.begin(), expr.operands.end());
    if (expr.operation == Operation::kConstant) constant(expr.type, program_.constants[expr.a]);
    if (expr.operation == Operation::kFact) found_.facts.insert(value::FactId{expr.a});
    if (expr.operation == Operation::kRows) found_.lists.insert(value::ListId{expr.a});
    if (expr.operation == Operation::kCall) {
      for (const sema::DefinitionVersion& version : program_.definitions[expr.a].versions) {
        change(version.extent.from, version.extent.to);
        open_.push_back(version.body);
      }
    }
    if (expr.operation == Operation::kParameter) {
      const sema::Parameter& parameter = program_.parameters[expr.a];
      for (const sema::ParameterVersion& version : parameter.versions) {
        change(version.from, version.to);
        constant(parameter.type, version.value);
      }
    }
    if (expr.operation == Operation::kDateInYear)
      found_.month_days.emplace(static_cast<int>(expr.a), static_cast<int>(expr.b));
    if (expr.operation == Operation::kPick) further_keys(expr);
    if (expr.operation == Operation::kQuestion) question(sema::ServiceId{expr.a});
  }

  /// What settles ties of the score that chooses, in whichever allocation ranks by it.
  void further_keys(const sema::Expr& pick) {
    const sema::Expr& value = program_[pick.operands[std::size_t{2} * pick.a]];
    if (value.operation != Operation::kCall) return;
    const sema::ScoreId score = program_.definitions[value.a].score;
    if (!score.valid()) return;
    for (const sema::Rule& rule : program_.rules) {
      for (const sema::RuleVersion& version : rule.versions) {
        if (!version.allocation.valid()) continue;
        const sema::Allocation& allocation = program_[version.allocation];
        const auto key = sema::key_of_score(program_, allocation, program_[score].total);
        if (!key) continue;
        change(version.extent.from, version.extent.to);
        for (std::size_t i = *key + 1; i < allocation.keys.size(); ++i)
          open_.push_back(allocation.keys[i].value);
      }
    }
  }

  void question(sema::ServiceId service) {
    if (!asked_.insert(service).second) return;
    std::set<sema::RuleId> granting;
    const auto names = [&](const std::vector<sema::ServiceId>& services) {
      return std::find(services.begin(), services.end(), service) != services.end();
    };
    const auto read = [&](const sema::RuleVersion& version) {
      change(version.extent.from, version.extent.to);
      open_.insert(open_.end(), {version.concerns, version.condition});
    };
    for (std::uint32_t index = 0; index < program_.rules.size(); ++index) {
      for (const sema::RuleVersion& version : program_.rules[index].versions) {
        if (names(version.grants)) granting.insert(sema::RuleId{index});
        if (names(version.grants) || names(version.denies) || names(version.ranks)) read(version);
      }
    }
    for (const sema::Rule& rule : program_.rules) {
      for (const sema::RuleVersion& version : rule.versions) {
        const bool narrows =
            std::any_of(version.narrows.begin(), version.narrows.end(),
                        [&](sema::RuleId narrowed) { return granting.contains(narrowed); });
        if (narrows) read(version);
      }
    }
  }

  const sema::Program& program_;
  Closure found_;
  std::vector<ExprId> open_;
  std::set<ExprId> seen_;
  std::set<sema::ServiceId> asked_;
};

}  // namespace

Closure closure_of(const sema::Program& program, std::span<const sema::ExprId> roots) {
  return Walk(program).from(roots);
}

}  // namespace juzhu::engine
