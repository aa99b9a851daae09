// Which stacks there are, which versions hold in them, and which of those is in force.
#include "sema/reforms.h"

#include <algorithm>
#include <tuple>

#include "sema/apply_reform.h"
#include "sema/extent.h"

namespace juzhu::sema {

using ops::Operation;

std::vector<ReformId> stacked(const Program& program, const std::vector<ReformId>& reforms) {
  std::vector<ReformId> order;
  // What a reform stands on comes first, by name: as a set they must not clash, so that their order
  // among themselves changes nothing.
  const auto add = [&](const auto& self, ReformId id) -> void {
    if (std::find(order.begin(), order.end(), id) != order.end()) return;
    std::vector<ReformId> below = program[id].on_top_of;
    std::sort(below.begin(), below.end(), [&](ReformId left, ReformId right) {
      return program[left].name.in(false) < program[right].name.in(false);
    });
    for (const ReformId base : below)
      self(self, base);
    order.push_back(id);
  };
  for (const ReformId id : reforms)
    add(add, id);
  return order;
}

ReformId reform_asked(const Expr& expr) {
  const bool has_versions = expr.operation == Operation::kCall ||
                            expr.operation == Operation::kQuestion ||
                            expr.operation == Operation::kParameter;
  if (!has_versions || expr.extra.empty()) return {};
  return ReformId{expr.extra.front()};
}

namespace {

void reforms_in(const Program& program, ExprId root, std::vector<ReformId>& into) {
  std::vector<ExprId> open{root};
  while (!open.empty()) {
    const ExprId id = open.back();
    open.pop_back();
    if (!id.valid()) continue;
    const ReformId asked = reform_asked(program[id]);
    const bool is_new = std::find(into.begin(), into.end(), asked) == into.end();
    if (asked.valid() && is_new) into.push_back(asked);
    open.insert(open.end(), program[id].operands.begin(), program[id].operands.end());
  }
}

}  // namespace

std::vector<ReformId> reforms_in_bodies(const Program& program) {
  std::vector<ReformId> found;
  for (const Rule& rule : program.rules) {
    for (const RuleVersion& version : rule.versions) {
      reforms_in(program, version.concerns, found);
      reforms_in(program, version.condition, found);
    }
  }
  for (const Definition& definition : program.definitions) {
    for (const DefinitionVersion& version : definition.versions)
      reforms_in(program, version.body, found);
  }
  for (const Allocation& list : program.allocations) {
    std::vector<ExprId> read{list.pool, list.seats};
    read.insert(read.end(), list.wishes.begin(), list.wishes.end());
    for (const RankKey& key : list.keys)
      read.push_back(key.value);
    for (const Reserve& reserve : list.reserves)
      read.insert(read.end(), {reserve.amount, reserve.group});
    for (const ExprId each : read)
      reforms_in(program, each, found);
  }
  return found;
}

namespace {

/// The stack of reforms in their final order; made on the stack of all but the topmost, so that
/// stacks with a common base share what it made.
std::uint32_t made_stack(Program& program, const std::vector<ReformId>& reforms) {
  if (program.stacks.empty()) program.stacks.emplace_back();
  for (std::uint32_t at = 0; at < program.stacks.size(); ++at) {
    if (program.stacks[at].reforms == reforms) return at;
  }
  const std::uint32_t below = made_stack(program, {reforms.begin(), reforms.end() - 1});
  Stack stack = program.stacks[below];
  stack.reforms = reforms;
  stack.above.clear();
  stack.idle = apply_reform(program, stack, reforms.back());
  program.stacks.push_back(std::move(stack));
  return static_cast<std::uint32_t>(program.stacks.size() - 1);
}

/// Links a stack, and those reached from it, to the stacks that expressions reach under a reform.
void link(Program& program, std::uint32_t start, const std::vector<ReformId>& first,
          const std::vector<ReformId>& further) {
  std::vector<std::pair<std::uint32_t, bool>> open{{start, true}};
  while (!open.empty()) {
    const auto [at, is_start] = open.back();
    open.pop_back();
    for (const std::vector<ReformId>* asked : {&further, &first}) {
      if (asked == &first && !is_start) continue;
      for (const ReformId reform : *asked) {
        if (program.stacks[at].above.contains(reform)) continue;
        std::vector<ReformId> reforms = program.stacks[at].reforms;
        reforms.push_back(reform);
        const std::uint32_t above = made_stack(program, stacked(program, reforms));
        program.stacks[at].above[reform] = above;
        open.emplace_back(above, false);
      }
    }
  }
}

}  // namespace

std::uint32_t stack_of(Program& program, const std::vector<ReformId>& reforms) {
  const std::uint32_t stack = made_stack(program, stacked(program, reforms));
  link(program, stack, {}, reforms_in_bodies(program));
  return stack;
}

void reach_stacks(Program& program, std::uint32_t stack, ExprId root) {
  std::vector<ReformId> asked;
  reforms_in(program, root, asked);
  if (!asked.empty()) link(program, stack, asked, reforms_in_bodies(program));
}

std::vector<LocalId> subjects_of(const RuleVersion& version) {
  std::vector<LocalId> subjects = version.other_subjects;
  subjects.push_back(version.subject);
  return subjects;
}

namespace {

template <typename Version>
VersionInStack as_written(const Version& version, std::uint32_t index) {
  return {index, version.extent.places, version.extent.from, version.extent.to, version.extent.from,
          0};
}
VersionInStack as_written(const ParameterVersion& version, std::uint32_t index) {
  return {index, {version.place}, version.from, version.to, version.from, 0};
}

template <typename Version>
std::vector<VersionInStack> of_the_text(const std::vector<Version>& versions) {
  std::vector<VersionInStack> found;
  for (std::uint32_t i = 0; i < versions.size(); ++i) {
    if (!versions[i].reform.valid()) found.push_back(as_written(versions[i], i));
  }
  return found;
}

}  // namespace

std::vector<VersionInStack> versions_in(const Program& program, Item item, std::uint32_t stack) {
  if (stack < program.stacks.size()) {
    const auto touched = program.stacks[stack].versions.find(item);
    if (touched != program.stacks[stack].versions.end()) return touched->second;
  }
  switch (item.kind) {
    case ItemKind::kRule:
      return of_the_text(program.rules[item.index].versions);
    case ItemKind::kDefinition:
      return of_the_text(program.definitions[item.index].versions);
    case ItemKind::kParameter:
      return of_the_text(program.parameters[item.index].versions);
  }
  return {};
}

std::optional<Chosen> in_force(const std::vector<VersionInStack>& versions, PlaceNode here,
                               std::int64_t date, const value::PlaceTree& places) {
  // Per place the version with the latest start not after the date; over places the most specific
  // whose version has not ended. A version that was replaced at its place never comes back.
  std::vector<Chosen> reached;
  for (const VersionInStack& each : versions) {
    if (each.from > date) continue;
    if (const auto place = reached_through(each.places, here, places))
      reached.push_back({each, *place});
  }
  std::stable_sort(reached.begin(), reached.end(), [&](const Chosen& left, const Chosen& right) {
    const auto order = [&](const Chosen& each) {
      return std::tuple{places[each.place].depth, each.version.order_from, each.version.layer,
                        each.version.to};
    };
    return order(left) > order(right);
  });
  std::optional<PlaceNode> settled;
  for (const Chosen& each : reached) {
    if (settled && *settled == each.place) continue;
    if (each.version.to >= date) return each;
    settled = each.place;
  }
  return std::nullopt;
}

}  // namespace juzhu::sema
