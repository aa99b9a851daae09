#include "sema/apply_reform.h"

#include <algorithm>
#include <map>

#include "sema/reforms.h"

namespace juzhu::sema {
namespace {

using ops::Operation;

/// The parts of an `and` that stay when one of them becomes true; nothing if it was not among them.
struct Rewritten {
  ExprId condition;  ///< not valid: nothing is left to ask
  bool found = false;
};

class Applying {
 public:
  Applying(Program& program, Stack& stack, ReformId id)
      : program_(program), stack_(stack), id_(id), reform_(program[id]) {
    layer_ = static_cast<std::uint32_t>(stack.reforms.size());
  }

  std::vector<std::size_t> all() {
    // The written order says nothing: what goes, then what takes its place.
    std::vector<std::size_t> idle;
    for (const ChangeKind kind :
         {ChangeKind::kRepeals, ChangeKind::kSets, ChangeKind::kAmends, ChangeKind::kDrops}) {
      for (std::size_t i = 0; i < reform_.changes.size(); ++i) {
        if (reform_.changes[i].kind == kind && !make(reform_.changes[i])) idle.push_back(i);
      }
    }
    add_all();
    std::sort(idle.begin(), idle.end());
    return idle;
  }

 private:
  bool make(const Change& change) {
    switch (change.kind) {
      case ChangeKind::kRepeals:
        return repeal(change);
      case ChangeKind::kSets:
        return set(change);
      case ChangeKind::kAmends:
        return change.states_extent ? amend_at(change) : amend(change);
      case ChangeKind::kDrops:
        return drop(change);
    }
    return false;
  }

  std::vector<VersionInStack>& versions(Item item) {
    const auto known = stack_.versions.find(item);
    if (known != stack_.versions.end()) return known->second;
    return stack_.versions[item] = versions_in(program_, item, kNoReforms);
  }

  /// A version ends the day before the reform; one that would never hold goes.
  void end(VersionInStack version, std::vector<VersionInStack>& into) const {
    version.to = std::min(version.to, reform_.from - 1);
    if (reform_.is_dated() && version.from <= version.to) into.push_back(std::move(version));
  }

  bool repeal(const Change& change) {
    const PlaceNode within = change.place.value_or(value::kRootPlace);
    const value::PlaceTree& places = program_.schema->places;
    std::vector<VersionInStack> kept;
    bool any = false;
    for (const VersionInStack& each : versions(change.item)) {
      std::vector<PlaceNode> outside;
      for (const PlaceNode place : each.places) {
        if (!places.within(place, within)) outside.push_back(place);
      }
      const bool whole = within == value::kRootPlace || (outside.empty() && !each.places.empty());
      const bool part = !whole && !each.places.empty() && outside.size() < each.places.size();
      if (each.to < reform_.from || (!whole && !part)) {
        kept.push_back(each);
        continue;
      }
      any = true;
      end(each, kept);
      if (!part) continue;
      VersionInStack rest = each;  // goes on at the other places
      rest.places = std::move(outside);
      rest.from = std::max(rest.from, reform_.from);
      kept.push_back(std::move(rest));
    }
    versions(change.item) = std::move(kept);
    return any;
  }

  bool set(const Change& change) {
    std::vector<PlaceNode> places;
    if (change.place) {
      places.push_back(*change.place);
    } else {
      for (const VersionInStack& each : versions(change.item)) {
        if (each.to >= reform_.from) places.push_back(each.places.front());
      }
      std::sort(places.begin(), places.end());
      places.erase(std::unique(places.begin(), places.end()), places.end());
    }
    for (const PlaceNode place : places) {
      std::vector<VersionInStack>& all = versions(change.item);
      if (!reform_.is_dated())
        std::erase_if(all,
                      [&](const VersionInStack& each) { return each.places.front() == place; });
      ParameterVersion made;
      made.place = place;
      made.from = reform_.from;
      made.day_not_known = reform_.day_not_known;
      made.value = change.value;
      made.remarks = reform_.remarks;
      made.span = change.span;
      made.reform = id_;
      made.set = true;
      std::vector<ParameterVersion>& store = program_.parameters[change.item.index].versions;
      all.push_back({static_cast<std::uint32_t>(store.size()),
                     {place},
                     made.from,
                     made.to,
                     made.from,
                     layer_});
      store.push_back(std::move(made));
    }
    return !places.empty();
  }

  /// The amended version in its store, and where it holds.
  void add_amended(RuleVersion made, VersionInStack where, std::vector<VersionInStack>& into,
                   Item item) {
    made.reform = id_;
    made.amends = true;
    made.extent.places = where.places;
    made.extent.from = where.from;
    made.extent.to = where.to;
    made.extent.day_not_known = made.extent.day_not_known || reform_.day_not_known;
    made.order_from = where.order_from;
    std::vector<RuleVersion>& store = program_.rules[item.index].versions;
    where.version = static_cast<std::uint32_t>(store.size());
    where.layer = layer_;
    if (made.allocation.valid()) {
      // A list's second stage belongs to one version: the new one has its own.
      Allocation list = program_.allocations[made.allocation.index];
      list.version = where.version;
      made.allocation = AllocationId{program_.allocations.size()};
      program_.allocations.push_back(std::move(list));
    }
    into.push_back(std::move(where));
    store.push_back(std::move(made));
  }

  /// Every version that still holds on the reform's day, or begins later, in its new form.
  template <typename Make>
  bool replace(Item item, const Make& make) {
    std::vector<VersionInStack> kept;
    bool any = false;
    const std::vector<VersionInStack> all = versions(item);
    for (const VersionInStack& each : all) {
      std::optional<RuleVersion> made;
      if (each.to >= reform_.from) made = make(program_.rules[item.index].versions[each.version]);
      if (!made) {
        kept.push_back(each);
        continue;
      }
      any = true;
      end(each, kept);
      VersionInStack where = each;
      where.from = std::max(each.from, reform_.from);
      add_amended(std::move(*made), std::move(where), kept, item);
    }
    versions(item) = std::move(kept);
    return any;
  }

  static void take_clauses(const Change& change, RuleVersion& made) {
    const RuleVersion& stated = change.clauses;
    std::vector<LocalId> names = subjects_of(made);
    names.insert(names.end(), stated.other_subjects.begin(), stated.other_subjects.end());
    if (change.states_subject) {
      made.subject = stated.subject;
      made.concerns = stated.concerns;
    }
    std::erase(names, made.subject);
    made.other_subjects = std::move(names);
    if (change.states_condition) made.condition = stated.condition;
    if (change.states_effect) {
      made.grants = stated.grants;
      made.denies = stated.denies;
      made.narrows = stated.narrows;
    }
    if (change.states_overrides) made.overrides = stated.overrides;
    if (!stated.remarks.cites.empty()) {
      made.remarks.cites = stated.remarks.cites;
      made.level = stated.level;
    }
    if (stated.remarks.confidence) made.remarks.confidence = stated.remarks.confidence;
    if (!stated.remarks.notes.empty()) made.remarks.notes = stated.remarks.notes;
    if (!stated.remarks.vague.empty()) made.remarks.vague = stated.remarks.vague;
    if (!stated.remarks.not_encoded.empty()) made.remarks.not_encoded = stated.remarks.not_encoded;
    made.span = change.span;
  }

  bool amend(const Change& change) {
    return replace(change.item, [&](RuleVersion made) {
      take_clauses(change, made);
      return std::optional(std::move(made));
    });
  }

  /// The version that holds there on the day; where none does, the last that did.
  std::optional<Chosen> in_force_or_last(const std::vector<VersionInStack>& all, PlaceNode here,
                                         std::int64_t day) const {
    const value::PlaceTree& places = program_.schema->places;
    if (auto found = in_force(all, here, day, places)) return found;
    std::int64_t last = value::kFirstDate;
    for (const VersionInStack& each : all) {
      if (each.to < day) last = std::max(last, each.to);
    }
    return in_force(all, here, last, places);
  }

  /// With places or days of its own: one more version there of each that holds there before.
  bool amend_at(const Change& change) {
    const Extent& stated = change.clauses.extent;
    VersionInStack where;
    where.from = std::max(stated.from, reform_.from);
    where.to = stated.to;
    where.order_from = where.from;
    std::vector<PlaceNode> places = stated.places;
    if (places.empty()) places.push_back(value::kRootPlace);
    std::vector<VersionInStack>& all = versions(change.item);
    // Several places may have several versions: each place keeps what it has of its own.
    std::map<std::uint32_t, std::vector<PlaceNode>> places_of;
    for (const PlaceNode here : places) {
      const auto base = in_force_or_last(all, here, where.from);
      if (!base) continue;
      const bool as_before = stated.places.empty();
      std::vector<PlaceNode>& known = places_of[base->version.version];
      if (as_before) known = base->version.places;
      if (!as_before) known.push_back(here);
    }
    for (const auto& [version, at] : places_of) {
      RuleVersion made = program_.rules[change.item.index].versions[version];
      take_clauses(change, made);
      where.places = at;
      add_amended(std::move(made), where, all, change.item);
    }
    return !places_of.empty();
  }

  Rewritten without(ExprId condition, const Change& change, const std::vector<LocalId>& subjects) {
    if (!condition.valid()) return {};
    if (same_expr(program_, change.condition, condition, change.clauses.other_subjects, subjects)) {
      return {{}, true};
    }
    if (program_[condition].operation != Operation::kAll) return {condition, false};
    Expr rest = program_[condition];
    std::vector<ExprId> kept;
    bool found = false;
    for (const ExprId operand : rest.operands) {
      const Rewritten part = without(operand, change, subjects);
      found = found || part.found;
      if (part.condition.valid()) kept.push_back(part.condition);
    }
    if (!found) return {condition, false};
    if (kept.size() < 2) return {kept.empty() ? ExprId{} : kept.front(), true};
    rest.operands = std::move(kept);
    program_.exprs.push_back(std::move(rest));
    return {ExprId{program_.exprs.size() - 1}, true};
  }

  bool drop(const Change& change) {
    return replace(change.item, [&](RuleVersion made) -> std::optional<RuleVersion> {
      const Rewritten rest = without(made.condition, change, subjects_of(made));
      if (!rest.found) return std::nullopt;
      made.condition = rest.condition;
      return made;
    });
  }

  void add_all() {
    for (std::uint32_t i = 0; i < program_.rules.size(); ++i)
      add_to({ItemKind::kRule, i}, program_.rules[i].versions);
    for (std::uint32_t i = 0; i < program_.definitions.size(); ++i)
      add_to({ItemKind::kDefinition, i}, program_.definitions[i].versions);
    for (std::uint32_t i = 0; i < program_.parameters.size(); ++i)
      add_to({ItemKind::kParameter, i}, program_.parameters[i].versions);
  }

  static bool is_added(const RuleVersion& version) { return !version.amends; }
  static bool is_added(const DefinitionVersion&) { return true; }
  static bool is_added(const ParameterVersion& version) { return !version.set; }
  static const std::vector<PlaceNode>& places_of(const RuleVersion& version) {
    return version.extent.places;
  }
  static const std::vector<PlaceNode>& places_of(const DefinitionVersion& version) {
    return version.extent.places;
  }
  static std::vector<PlaceNode> places_of(const ParameterVersion& version) {
    return {version.place};
  }
  template <typename Version>
  static std::pair<std::int64_t, std::int64_t> days_of(const Version& version) {
    return {version.extent.from, version.extent.to};
  }
  static std::pair<std::int64_t, std::int64_t> days_of(const ParameterVersion& version) {
    return {version.from, version.to};
  }

  template <typename Version>
  void add_to(Item item, const std::vector<Version>& store) {
    for (std::uint32_t i = 0; i < store.size(); ++i) {
      if (store[i].reform != id_ || !is_added(store[i])) continue;
      const auto [from, to] = days_of(store[i]);
      const std::int64_t begin = std::max(from, reform_.from);
      versions(item).push_back({i, places_of(store[i]), begin, to, begin, layer_});
    }
  }

  Program& program_;
  Stack& stack_;
  ReformId id_;
  const Reform reform_;
  std::uint32_t layer_ = 0;
};

}  // namespace

std::vector<std::size_t> apply_reform(Program& program, Stack& stack, ReformId reform) {
  return Applying(program, stack, reform).all();
}

}  // namespace juzhu::sema
