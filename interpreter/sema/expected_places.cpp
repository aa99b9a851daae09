// What a scenario expects of a list: whom it admits, where its line runs, how far from it a child
// is.
#include <algorithm>
#include <tuple>

#include "sema/checker.h"

namespace juzhu::sema {

using ops::Operation;

namespace {

bool named(std::string_view name, std::string_view en, std::string_view zh) {
  return name == en || name == zh;
}

}  // namespace

std::optional<std::pair<std::uint32_t, std::uint32_t>> Checker::member_named(
    const Scenario& scenario, const std::vector<std::string>& path) const {
  std::optional<std::pair<std::uint32_t, std::uint32_t>> found;
  const std::size_t households = std::max<std::size_t>(scenario.households.size(), 1);
  for (std::uint32_t h = 0; h < households; ++h) {
    const bool is_list = !scenario.households.empty();
    const Scenario& from = is_list ? program_[scenario.households[h]] : scenario;
    if (path.size() == 2 && !from.name.is(path.front())) continue;
    for (std::uint32_t m = 0; m < from.household.members.size(); ++m) {
      if (!from.household.members[m].name.is(path.back())) continue;
      if (found) return std::nullopt;  // two of one name
      found = {h, m};
    }
  }
  return path.size() > 2 ? std::nullopt : found;
}

RuleId Checker::allocation_named(const File& file, std::string_view name) const {
  const Symbol* symbol = find(file, name, {SymbolKind::kRule});
  if (symbol == nullptr) return {};
  const std::vector<RuleVersion>& versions = program_.rules[symbol->index].versions;
  const bool is_list = !versions.empty() && versions.front().allocation.valid();
  return is_list ? RuleId{symbol->index} : RuleId{};
}

const Allocation& Checker::allocation_of(RuleId list) const {
  return program_[program_[list].versions.front().allocation];
}

void Checker::expected_place(const Scope& scope, const Scenario& scenario, NodeId node,
                             Expectation& into) {
  const File& file = *scope.file;
  const SyntaxTree& tree = *file.tree;
  const syntax::Token* name = tree.token(node, TokenKind::kNAME);
  const NodeId path = tree.child(node, NodeKind::kPath);
  if (name == nullptr || !path.valid()) return;
  PlacedExpectation placed;
  placed.allocation = allocation_named(file, name_text(file, *name));
  if (tree.has(node, TokenKind::kREFUSES)) placed.kind = PlacedExpectation::Kind::kRefuses;
  if (tree.has(node, TokenKind::kLEAVES_OPEN)) placed.kind = PlacedExpectation::Kind::kLeavesOpen;
  if (!placed.allocation.valid()) {
    std::vector<std::string> lists;
    for (const Rule& rule : program_.rules) {
      if (!rule.versions.empty() && rule.versions.front().allocation.valid())
        lists.push_back(rule.name.in(false));
    }
    unknown_name(file, tree.span(*name), name_text(file, *name), say("allocation", "分配"), lists);
    return;
  }
  const std::vector<std::string> names = path_names(file, path);
  const auto member = member_named(scenario, names);
  if (!member) {
    sink_
        .report(diag::Code::kUnknownName, tree.span(path),
                say("no one member called `{}` on this list", "名单上没有唯一一个名为 `{}` 的成员",
                    names.back()),
                say("not told apart", "无法区分"))
        .helps.emplace_back(say("name a member, or its scenario too: `two_workers.Mei`",
                                "写明成员，或连同其情形：`two_workers.Mei`"));
    return;
  }
  std::tie(placed.household, placed.member) = *member;
  if (const NodeId at_node = tree.child(node, NodeKind::kSum); at_node.valid()) {
    const Allocation& allocation = allocation_of(placed.allocation);
    if (!allocation.school.valid()) {
      sink_
          .report(diag::Code::kWrongArgument, tree.span(at_node),
                  say("this list has no wishes, so that no school can be named",
                      "此名单没有志愿，因此不能写明学校"),
                  say("not taken", "不接受"))
          .helps.emplace_back(say("leave `at` out", "删去 `在`"));
      return;
    }
    const Type school = program_[allocation.school].type;
    placed.school = as_type(check(scope, at_node, &school), school, say("the school", "学校"));
    if (!is_broken(placed.school) && !is_constant(placed.school)) {
      sink_
          .report(diag::Code::kWrongArgument, tree.span(at_node),
                  say("a school is named by its name", "学校须以名称写明"),
                  say("depends on something", "取决于别的东西"))
          .helps.emplace_back(say("write the school itself", "直接写学校"));
    }
  }
  into.placed = placed;
}

ExprId Checker::line_reading(const Scope& scope, NodeId reference, RuleId list) {
  const SyntaxTree& tree = *scope.file->tree;
  const Allocation& allocation = allocation_of(list);
  ListReading reading;
  reading.allocation = list;
  const auto argument = [&](NodeKind kind, ExprId of, const Type& wanted,
                            const Bilingual& word) -> ExprId {
    NodeId given;
    for (const NodeId suffix : tree.children(reference, NodeKind::kSuffix)) {
      if (const NodeId found = tree.child(suffix, kind); found.valid()) given = found;
    }
    if (given.valid() != of.valid()) {
      sink_
          .report(diag::Code::kWrongArgument, tree.span(reference),
                  say("a line of this list {} `{}`", "此名单的一行{} `{}`",
                      of.valid() ? say("needs", "需要") : say("takes no", "不接受"), word),
                  of.valid() ? say("which one?", "哪一个？") : say("not taken", "不接受"))
          .helps.emplace_back(say(
              "`in` names the pool where the list says `by`, `with` the school where it has wishes",
              "名单写有 `按` 的，以 `于` 写明组别；有志愿的，以 `以` 写明学校"));
      return {};
    }
    if (!given.valid()) return {};
    return as_type(check_arg(scope, tree.child(given, NodeKind::kArg), &wanted), wanted,
                   say("the list's `{}`", "名单的 `{}`", word));
  };
  const Type key = type(allocation.keys.front().value);
  const ExprId wish = allocation.wishes.empty() ? ExprId{} : allocation.wishes.front();
  const Type pool_type = allocation.pool.valid() ? type(allocation.pool) : Type{};
  const Type school_type = wish.valid() ? type(wish) : Type{};
  const ExprId pool = allocation.pool;
  reading.pool = argument(NodeKind::kInArg, pool, pool_type, say("in", "于"));
  reading.school = argument(NodeKind::kWithArg, wish, school_type, say("with", "以"));
  reading.local = add_local("line", key, tree.span(reference));
  readings_.push_back(reading);
  return make(Operation::kArgument, key, tree.span(reference), {}, reading.local.index);
}

ExprId Checker::margin_reading(const Scope& scope, NodeId reference, RuleId list) {
  const SyntaxTree& tree = *scope.file->tree;
  const std::vector<std::string> names =
      path_names(*scope.file, tree.child(reference, NodeKind::kPath));
  const auto member = member_named(*scenario_, names);
  if (!member) return {};
  ListReading reading;
  reading.allocation = list;
  reading.margin = true;
  std::tie(reading.household, reading.member) = *member;
  Type key = type(allocation_of(list).keys.front().value);
  if (key.kind == value::TypeKind::kDate)
    key = value::number_type(0, value::base_unit(value::kDayUnit));
  if (key.kind == value::TypeKind::kMonth)
    key = value::number_type(0, value::base_unit(value::kMonthUnit));
  reading.local = add_local("margin", key, tree.span(reference));
  readings_.push_back(reading);
  return make(Operation::kArgument, key, tree.span(reference), {}, reading.local.index);
}

ExprId Checker::list_reading(const Scope& scope, NodeId reference) {
  if (!scope.scenario || scenario_ == nullptr) return {};
  const SyntaxTree& tree = *scope.file->tree;
  const std::vector<NodeId> properties = tree.children(reference, NodeKind::kProperty);
  if (properties.size() != 1) return {};
  const std::string property =
      name_text(*scope.file, tree.tokens[tree.node(properties.front()).first_token]);
  const auto list_of = [&](NodeId path) {
    const std::vector<std::string> names = path_names(*scope.file, path);
    const RuleId list = names.size() == 1 ? allocation_named(*scope.file, names.front()) : RuleId{};
    const bool has_keys = list.valid() && !allocation_of(list).keys.empty();
    return has_keys ? list : RuleId{};
  };
  if (named(property, "line", "录取线")) {
    const RuleId list = list_of(tree.child(reference, NodeKind::kPath));
    return list.valid() ? line_reading(scope, reference, list) : ExprId{};
  }
  if (!named(property, "margin", "差距")) return {};
  for (const NodeId suffix : tree.children(reference, NodeKind::kSuffix)) {
    const NodeId in = tree.child(suffix, NodeKind::kInArg);
    const NodeId arg = in.valid() ? tree.child(in, NodeKind::kArg) : NodeId{};
    const NodeId path = arg.valid() ? tree.child(arg, NodeKind::kArgPath) : NodeId{};
    if (!path.valid() || !tree.children(path, NodeKind::kProperty).empty()) continue;
    const RuleId list = list_of(tree.child(path, NodeKind::kPath));
    if (list.valid()) return margin_reading(scope, reference, list);
  }
  return {};
}

}  // namespace juzhu::sema
