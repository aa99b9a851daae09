#include "engine/limits.h"

#include <algorithm>
#include <map>

#include "engine/closure.h"
#include "eval/trace.h"
#include "plan/lower.h"
#include "plan/lower_scope.h"
#include "sema/extent.h"

namespace juzhu::engine {

namespace {

using sema::Breach;
using sema::ExprId;
using sema::Limit;
using value::PlaceNode;
using value::Value;

/// One limit on a parameter, held against the versions of that parameter.
class BoundCheck {
 public:
  BoundCheck(const sema::Program& program, sema::LimitId id, std::uint32_t stack)
      : program_(program),
        places_(program.schema->places),
        id_(id),
        limit_(program[id]),
        stack_(stack) {
    std::vector<sema::LocalId> locals;
    if (limit_.place.valid()) locals.push_back(limit_.place);
    if (limit_.concerns.valid()) roots_.push_back({limit_.concerns, locals});
    roots_.push_back({limit_.holds, locals});
    const ExprId read[] = {limit_.concerns, limit_.holds};
    std::set<std::int64_t> days = days_of_stack(program, stack);
    days.merge(closure_of(program, read).days);
    days_ = stretches(limit_.extent, days);
  }

  void run(LimitFindings& into) {
    for (const auto& [subject, at] : where()) {
      for (const PlaceNode node : at) {
        for (const auto& days : days_)
          look(subject, node, days);
      }
    }
    for (auto& [version, breach] : breaches_) {
      const bool any = std::any_of(breach.found.begin(), breach.found.end(),
                                   [](const Breach::At& at) { return !at.days.empty(); });
      if (any) into.breaches.push_back(std::move(breach));
    }
    if (!unknown_.empty())
      into.unchecked.push_back({id_, stack_, {unknown_.begin(), unknown_.end()}});
  }

 private:
  [[nodiscard]] bool concerned(PlaceNode node) const {
    if (!sema::reached_through(limit_.extent.places, node, places_)) return false;
    const auto& versions = program_[limit_.parameter].versions;
    return std::any_of(versions.begin(), versions.end(), [&](const sema::ParameterVersion& each) {
      return places_.within(node, each.place);
    });
  }

  /// Every place that some declaration names: between them nothing that is read here can differ.
  [[nodiscard]] std::set<PlaceNode> named_places() const {
    std::set<PlaceNode> named(program_.declared_places.begin(), program_.declared_places.end());
    for (const sema::ParameterVersion& version : program_[limit_.parameter].versions)
      named.insert(version.place);
    if (limit_.extent.places.empty()) named.insert(value::kRootPlace);
    named.insert(limit_.extent.places.begin(), limit_.extent.places.end());
    return named;
  }

  /// The places that the limit runs over, each with the places in it to look at.
  [[nodiscard]] std::map<PlaceNode, std::set<PlaceNode>> where() const {
    const std::set<PlaceNode> named = named_places();
    std::map<PlaceNode, std::set<PlaceNode>> found;
    for (const PlaceNode node : named) {
      if (limit_.place.valid() && limit_.place_level != value::PlaceLevel::kRoot) {
        const auto subject = places_.ancestor_at(node, limit_.place_level);
        if (!subject) continue;
        found[*subject].insert({*subject, node});
      } else {
        found[node].insert(node);
      }
    }
    if (limit_.place.valid() && limit_.place_level != value::PlaceLevel::kRoot)
      add_others(named, found);
    for (auto& [subject, at] : found)
      std::erase_if(at, [&](PlaceNode node) { return !concerned(node); });
    return found;
  }

  /// Cities that nothing names are alike wherever the same named places lie around them: one of
  /// them is looked at, and what is found there holds at the nearest place around it.
  void add_others(const std::set<PlaceNode>& named,
                  std::map<PlaceNode, std::set<PlaceNode>>& found) const {
    std::set<PlaceNode> around;
    for (PlaceNode node = 1; node < places_.size(); ++node) {
      if (places_.ancestor_at(node, limit_.place_level) != node || found.contains(node)) continue;
      PlaceNode nearest = value::kRootPlace;
      for (const PlaceNode each : named) {
        if (places_.within(node, each) && places_[each].depth > places_[nearest].depth)
          nearest = each;
      }
      if (named.contains(nearest) && around.insert(nearest).second) found[node].insert(nearest);
    }
  }

  void look(PlaceNode subject, PlaceNode node, std::pair<std::int64_t, std::int64_t> days) {
    // A place that stands for the cities in it that nothing names is asked about as one of them.
    const PlaceNode at = limit_.place.valid() && places_.within(subject, node) ? subject : node;
    const plan::Scope scope{days.first, at, true, false, stack_};
    const auto version = plan::parameter_in_force(program_, limit_.parameter, scope);
    if (!version) return;
    const sema::ParameterVersion& value = program_[limit_.parameter].versions[version->version];
    // A higher norm is not bound by a lower one.
    if (!value.remarks.cites.empty() &&
        program_[value.remarks.cites.front().source].level < limit_.level)
      return;
    Breach& breach = breaches_[version->version];
    breach.limit = id_;
    breach.stack = stack_;
    breach.kind = Breach::Kind::kParameter;
    breach.item = limit_.parameter.index;
    breach.version = version->version;
    look_at(breach, node);
    const plan::Plan plan = plan::lower_roots(program_, scope, roots_);
    const value::Household nobody = value::empty_household(*program_.schema, {});
    eval::Evaluator evaluator(plan, nobody);
    std::vector<Value> arguments;
    if (limit_.place.valid()) arguments.push_back(value::place_value(subject, true));
    const auto result = [&](std::size_t root) {
      return evaluator.result(evaluator.run(plan.roots[root], arguments));
    };
    if (limit_.concerns.valid()) {
      const Value concerns = result(0);
      if (value::is_false(concerns)) return;
      if (!value::is_true(concerns)) {
        unknown_.insert(node);
        return;
      }
    }
    const Value holds = result(roots_.size() - 1);
    if (value::is_true(holds)) return;
    if (!value::is_false(holds)) {
      unknown_.insert(node);
      return;
    }
    add_days(breach, node, days);
  }

  const sema::Program& program_;
  const value::PlaceTree& places_;
  sema::LimitId id_;
  const Limit& limit_;
  std::uint32_t stack_;
  std::vector<plan::Root> roots_;
  std::vector<std::pair<std::int64_t, std::int64_t>> days_;
  std::map<std::uint32_t, Breach> breaches_;  ///< by version of the parameter
  std::set<PlaceNode> unknown_;
};

}  // namespace

std::vector<std::pair<std::int64_t, std::int64_t>> stretches(const sema::Extent& extent,
                                                             const std::set<std::int64_t>& days) {
  std::vector<std::pair<std::int64_t, std::int64_t>> found;
  std::int64_t from = extent.from;
  for (const std::int64_t day : days) {
    if (day <= from || day > extent.to) continue;
    found.emplace_back(from, day - 1);
    from = day;
  }
  found.emplace_back(from, extent.to);
  return found;
}

void look_at(Breach& breach, PlaceNode place) {
  const auto known = std::find_if(breach.found.begin(), breach.found.end(),
                                  [&](const Breach::At& at) { return at.place == place; });
  if (known == breach.found.end()) breach.found.push_back({place, {}});
}

void add_days(Breach& breach, PlaceNode place, std::pair<std::int64_t, std::int64_t> days) {
  look_at(breach, place);
  for (Breach::At& at : breach.found) {
    if (at.place != place) continue;
    // What touches or overlaps becomes one stretch; the others stay, in order.
    std::vector<std::pair<std::int64_t, std::int64_t>> apart;
    for (const auto& known : at.days) {
      if (known.second + 1 < days.first || days.second + 1 < known.first) {
        apart.push_back(known);
      } else {
        days = {std::min(known.first, days.first), std::max(known.second, days.second)};
      }
    }
    apart.push_back(days);
    std::sort(apart.begin(), apart.end());
    at.days = std::move(apart);
  }
}

std::set<std::int64_t> days_of_stack(const sema::Program& program, std::uint32_t stack) {
  std::set<std::int64_t> days;
  if (stack >= program.stacks.size()) return days;
  for (const auto& [item, versions] : program.stacks[stack].versions) {
    for (const sema::VersionInStack& version : versions) {
      days.insert(version.from);
      if (version.to < value::kLastDate) days.insert(version.to + 1);
    }
  }
  return days;
}

void find_exceeded(const sema::Program& program, sema::LimitId id, std::uint32_t stack,
                   LimitFindings& into) {
  BoundCheck(program, id, stack).run(into);
}

namespace {

/// Source text on one line.
std::string on_one_line(std::string_view text) {
  std::string result;
  for (const char letter : text) {
    const bool blank = letter == ' ' || letter == '\n' || letter == '\t' || letter == '\r';
    if (!blank) {
      result += letter;
    } else if (!result.empty() && result.back() != ' ') {
      result += ' ';
    }
  }
  return result;
}

}  // namespace

LimitFindings find_breaches(const sema::Program& program, const source::SourceMap& sources) {
  LimitFindings findings;
  const auto stacks = static_cast<std::uint32_t>(program.stacks.size());
  for (std::uint32_t stack = 0; stack < std::max(stacks, 1U); ++stack) {
    for (std::uint32_t index = 0; index < program.limits.size(); ++index) {
      const sema::LimitId id{index};
      if (program[id].parameter.valid()) {
        find_exceeded(program, id, stack, findings);
      } else {
        find_forbidden(program, id, stack, findings);
      }
    }
  }
  for (Breach& breach : findings.breaches)
    breach.asked = on_one_line(sources.text(program[breach.limit].bound));
  return findings;
}

}  // namespace juzhu::engine
