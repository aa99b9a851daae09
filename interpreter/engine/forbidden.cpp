// Facts that rules must not rest on (semantics.md 5.4): every rule of a lower level on the service,
// every allocation of it and every score and definition they read, at every place and in every
// stretch of days that the limit speaks of.
#include <algorithm>
#include <map>

#include "engine/closure.h"
#include "engine/limits.h"
#include "plan/lower.h"
#include "plan/lower_scope.h"
#include "sema/allocations.h"
#include "sema/extent.h"

namespace juzhu::engine {

namespace {

using ops::Operation;
using sema::Breach;
using sema::ExprId;
using value::PlaceNode;

/// A forbidden fact or list.
using Target = std::pair<Operation, std::uint32_t>;
/// The first way to each that is read: the calls between, then where it is read.
using Ways = std::map<Target, std::vector<ExprId>>;

class BanCheck {
 public:
  BanCheck(const sema::Program& program, sema::LimitId id, std::uint32_t stack)
      : program_(program), id_(id), limit_(program[id]), stack_(stack) {
    places_.insert(program.declared_places.begin(), program.declared_places.end());
    places_.insert(value::kRootPlace);
    places_.insert(limit_.extent.places.begin(), limit_.extent.places.end());
    std::erase_if(places_, [&](PlaceNode place) {
      return !sema::reached_through(limit_.extent.places, place, program.schema->places);
    });
  }

  void run(LimitFindings& into) {
    for (std::uint32_t index = 0; index < program_.rules.size(); ++index) {
      if (is_concerned(sema::RuleId{index})) look_at_rule(sema::RuleId{index});
    }
    for (std::uint32_t index = 0; index < program_.definitions.size() && !limit_.service.valid();
         ++index)
      look_at_definition(sema::DefinitionId{index});
    for (auto& [key, breach] : breaches_) {
      const bool any = std::any_of(breach.found.begin(), breach.found.end(),
                                   [](const Breach::At& at) { return !at.days.empty(); });
      if (any) into.breaches.push_back(std::move(breach));
    }
  }

 private:
  [[nodiscard]] bool decides(const sema::Rule& rule) const {
    const auto names = [&](const std::vector<sema::ServiceId>& services) {
      return std::find(services.begin(), services.end(), limit_.service) != services.end();
    };
    return std::any_of(rule.versions.begin(), rule.versions.end(), [&](const auto& version) {
      return names(version.grants) || names(version.denies) || names(version.ranks);
    });
  }

  [[nodiscard]] bool is_concerned(sema::RuleId id) const {
    if (!limit_.service.valid() || decides(program_[id])) return true;
    const auto& versions = program_[id].versions;
    return std::any_of(versions.begin(), versions.end(), [&](const sema::RuleVersion& version) {
      return std::any_of(version.narrows.begin(), version.narrows.end(),
                         [&](sema::RuleId narrowed) { return decides(program_[narrowed]); });
    });
  }

  [[nodiscard]] std::vector<Target> targets() const {
    std::vector<Target> found;
    for (const value::FactId fact : limit_.facts)
      found.emplace_back(Operation::kFact, fact.index);
    for (const value::ListId list : limit_.lists)
      found.emplace_back(Operation::kRows, list.index);
    return found;
  }

  [[nodiscard]] bool is_forbidden(const sema::Expr& expr) const {
    const std::vector<Target> all = targets();
    return std::find(all.begin(), all.end(), Target{expr.operation, expr.a}) != all.end();
  }

  /// The days to look at: none of the versions that the rule reads changes within a stretch.
  [[nodiscard]] std::vector<std::pair<std::int64_t, std::int64_t>> days_of(
      const std::vector<ExprId>& roots, std::set<std::int64_t> days) const {
    const Closure read = closure_of(program_, roots);
    days.insert(read.days.begin(), read.days.end());
    days.merge(days_of_stack(program_, stack_));
    return stretches(limit_.extent, days);
  }

  /// The ways from an expression to forbidden facts, through definitions in force.
  Ways ways_from(ExprId root, const plan::Scope& scope) {
    Ways ways;
    std::vector<ExprId> open{root};
    while (!open.empty()) {
      const ExprId id = open.back();
      open.pop_back();
      if (!id.valid()) continue;
      const sema::Expr& expr = program_[id];
      if (is_forbidden(expr)) ways.try_emplace({expr.operation, expr.a}, std::vector{id});
      open.insert(open.end(), expr.operands.rbegin(), expr.operands.rend());
      if (expr.operation == Operation::kPick) {
        const std::vector<ExprId> keys = further_keys(expr, scope);
        open.insert(open.begin(), keys.rbegin(), keys.rend());  // after all that it reads itself
      }
      if (expr.operation != Operation::kCall) continue;
      for (auto [target, way] : ways_through(sema::DefinitionId{expr.a}, scope)) {
        way.insert(way.begin(), id);
        ways.try_emplace(target, std::move(way));
      }
    }
    return ways;
  }

  /// The keys by which candidates of a score are told apart where it ties.
  [[nodiscard]] std::vector<ExprId> further_keys(const sema::Expr& pick,
                                                 const plan::Scope& scope) const {
    std::vector<ExprId> found;
    const sema::Expr& value = program_[pick.operands[std::size_t{2} * pick.a]];
    if (value.operation != Operation::kCall) return found;
    const sema::ScoreId score = program_.definitions[value.a].score;
    if (!score.valid()) return found;
    const auto ranked = plan::ranked_by(program_, scope, program_[score].total);
    if (!ranked) return found;
    const std::vector<sema::RankKey>& keys = program_[ranked->allocation].keys;
    for (std::size_t i = ranked->key + 1; i < keys.size(); ++i)
      found.push_back(keys[i].value);
    return found;
  }

  /// The same from a definition; each is looked at once in a scope, however many read it.
  Ways ways_through(sema::DefinitionId called, const plan::Scope& scope) {
    const auto known = ways_.find(called);
    if (known != ways_.end()) return known->second;
    ways_[called] = {};  // a key that reads the score again reads it for a candidate
    Ways ways;
    if (const auto version = plan::definition_in_force(program_, called, scope)) {
      ways = ways_from(program_[called].versions[version->version].body, scope);
      for (const auto& [target, way] : ways)
        note_definition(*version, target, way, scope);
    }
    return ways_[called] = ways;
  }

  [[nodiscard]] bool is_lower(ops::Level level) const { return level > limit_.level; }

  void note(Breach::Kind kind, const plan::InForce& found, Target target,
            const std::vector<ExprId>& way, const plan::Scope& scope) {
    Breach& breach = breaches_[{kind, found.item, found.version, target}];
    breach.limit = id_;
    breach.stack = stack_;
    breach.kind = kind;
    breach.item = found.item;
    breach.version = found.version;
    look_at(breach, scope.place);
    if (way.empty()) return;
    if (breach.path.empty()) breach.path = way;
    add_days(breach, scope.place, days_);
  }

  void note_definition(const plan::InForce& found, Target target, const std::vector<ExprId>& way,
                       const plan::Scope& scope) {
    // Of a score the score itself is told, whatever part of it reads the fact.
    const sema::Definition& definition = program_.definitions[found.item];
    if (definition.score.valid() && program_[definition.score].total.index != found.item) {
      const auto score =
          plan::definition_in_force(program_, program_[definition.score].total, scope);
      if (score) note_definition(*score, target, way, scope);
      return;
    }
    // What cites nothing is a word of the vocabulary, no norm of a level.
    const auto& cites = definition.versions[found.version].remarks.cites;
    if (!cites.empty() && is_lower(program_[cites.front().source].level))
      note(Breach::Kind::kDefinition, found, target, way, scope);
  }

  /// The expressions of a rule; those of an allocation say who is ranked, how, and for what.
  [[nodiscard]] std::vector<ExprId> read_by(const sema::RuleVersion& version) const {
    std::vector<ExprId> read{version.concerns, version.condition};
    const std::vector<ExprId> listed = sema::read_by_allocation(program_, version);
    read.insert(read.end(), listed.begin(), listed.end());
    return read;
  }

  void look_at_rule(sema::RuleId id) {
    std::vector<ExprId> roots;
    std::set<std::int64_t> days;
    for (const sema::RuleVersion& version : program_[id].versions) {
      const std::vector<ExprId> read = read_by(version);
      roots.insert(roots.end(), read.begin(), read.end());
      days.insert({version.extent.from, version.extent.to + 1});
    }
    for (const auto& stretch : days_of(roots, std::move(days))) {
      days_ = stretch;
      for (const PlaceNode place : places_) {
        const plan::Scope scope{stretch.first, place, true, false, stack_};
        const auto rule = plan::rule_in_force(program_, id, scope, ops::Level::kPractice);
        if (!rule) continue;
        const sema::RuleVersion& version = program_[id].versions[rule->version];
        if (!is_lower(version.level)) continue;
        ways_.clear();
        Ways ways;
        for (const ExprId root : read_by(version))
          ways.merge(ways_from(root, scope));
        for (const Target& target : targets())
          note(Breach::Kind::kRule, *rule, target, ways[target], scope);
      }
    }
  }

  void look_at_definition(sema::DefinitionId id) {
    std::vector<ExprId> roots;
    std::set<std::int64_t> days;
    for (const sema::DefinitionVersion& version : program_[id].versions) {
      roots.push_back(version.body);
      days.insert({version.extent.from, version.extent.to + 1});
    }
    for (const auto& stretch : days_of(roots, std::move(days))) {
      days_ = stretch;
      for (const PlaceNode place : places_) {
        const plan::Scope scope{stretch.first, place, true, false, stack_};
        ways_.clear();
        ways_through(id, scope);
      }
    }
  }

  const sema::Program& program_;
  sema::LimitId id_;
  const sema::Limit& limit_;
  std::uint32_t stack_;
  std::set<PlaceNode> places_;
  std::pair<std::int64_t, std::int64_t> days_;  ///< the stretch at hand
  std::map<sema::DefinitionId, Ways> ways_;     ///< of the rule and scope at hand
  std::map<std::tuple<Breach::Kind, std::uint32_t, std::uint32_t, Target>, Breach> breaches_;
};

}  // namespace

void find_forbidden(const sema::Program& program, sema::LimitId id, std::uint32_t stack,
                    LimitFindings& into) {
  BanCheck(program, id, stack).run(into);
}

}  // namespace juzhu::engine
