#include "format/name_places.h"

#include <algorithm>
#include <array>

#include "syntax/parse.h"

namespace juzhu::format {

using syntax::NodeId;
using syntax::NodeKind;
using syntax::SyntaxTree;
using syntax::TokenKind;

namespace {

struct Allows {
  NodeKind kind;
  Sorts sorts;
};

/// What a name may mean that stands directly in a node. A node that is not here allows everything.
constexpr std::array kAllows{
    Allows{NodeKind::kCitation, sorts::kSource},
    Allows{NodeKind::kGrants, sorts::kService | sorts::kOther},
    Allows{NodeKind::kDenies, sorts::kService | sorts::kOther},
    Allows{NodeKind::kNarrows, sorts::kRule | sorts::kOther},
    Allows{NodeKind::kOverrides, sorts::kRule | sorts::kOther},
    Allows{NodeKind::kExpectation, sorts::kRule | sorts::kSource | sorts::kOther},
    Allows{NodeKind::kScenarioLike, sorts::kScenario},
    Allows{NodeKind::kScenarioOf, sorts::kScenario},
    Allows{NodeKind::kScenarioUnder, sorts::kReform},
    Allows{NodeKind::kUnderReform, sorts::kReform},
    Allows{NodeKind::kOnTopOf, sorts::kReform},
    Allows{NodeKind::kSets, sorts::kDefinition},
    Allows{NodeKind::kRepeals, sorts::kRule | sorts::kDefinition | sorts::kProperty},
    Allows{NodeKind::kAmends, sorts::kRule},
    Allows{NodeKind::kDrops, sorts::kRule},
    Allows{NodeKind::kBinds, sorts::kDefinition | sorts::kService},
    Allows{NodeKind::kMustNotRestOn, sorts::kProperty},
    Allows{NodeKind::kAllocates, sorts::kService},
    Allows{NodeKind::kPlaced, sorts::kRule},
    Allows{NodeKind::kTies, sorts::kRemark},
    Allows{NodeKind::kSourceLevel, sorts::kRemark},
    Allows{NodeKind::kUnderLevel, sorts::kRemark},
    Allows{NodeKind::kConfidence, sorts::kRemark},
    Allows{NodeKind::kCounting, sorts::kRemark},
    Allows{NodeKind::kWindow, sorts::kRemark},
    Allows{NodeKind::kRounding, sorts::kRemark},
    Allows{NodeKind::kTable, sorts::kRemark},
    Allows{NodeKind::kMeasureUnit, sorts::kUnit | sorts::kOther},
    Allows{NodeKind::kType, sorts::kType | sorts::kChoice | sorts::kNoun | sorts::kUnit},
    Allows{NodeKind::kDivisionDecl, sorts::kPlaceLevel},
    Allows{NodeKind::kEntityDecl, sorts::kNoun},
    Allows{NodeKind::kRoleDecl, sorts::kNoun},
    Allows{NodeKind::kSpellsDecl, sorts::kNoun},
    Allows{NodeKind::kMember, sorts::kNoun},
};

Sorts allowed_in(NodeKind kind) {
  const auto* const found = std::find_if(kAllows.begin(), kAllows.end(),
                                         [&](const Allows& row) { return row.kind == kind; });
  return found == kAllows.end() ? sorts::kAll : found->sorts;
}

}  // namespace

NamePlaces::NamePlaces(const SyntaxTree& tree, const Names& names, syntax::Tongue tongue)
    : tree_(tree),
      names_(names),
      tongue_(tongue),
      parents_(parents_of(tree)),
      holders_(holders_of(tree)),
      declaration_of_(tree.nodes.size(), 0) {
  // Pre-order: what a reform adds comes after the reform, and takes its nodes from it.
  for (std::uint32_t index = 0; index < tree.nodes.size(); ++index) {
    if (tree.kind(NodeId{index}) != NodeKind::kDeclaration) continue;
    const std::uint32_t end = index + tree.nodes[index].size;
    for (std::uint32_t node = index; node < end; ++node)
      declaration_of_[node] = index;
    find_locals(NodeId{index});
  }
  find_paths();
}

std::string NamePlaces::value(std::uint32_t token) const {
  return syntax::name_of(tree_.text_of(tree_.tokens[token]));
}

void NamePlaces::add_local(Locals& locals, NodeId node, const std::string& name) const {
  Local local{name, names_.owner_of_noun(name), false};
  const NodeId type = tree_.child(node, NodeKind::kType);
  // The type of a definition is not that of its subject.
  if (type.valid() && tree_.kind(node) != NodeKind::kDefineDecl) {
    if (const syntax::Token* noun = tree_.token(type, TokenKind::kNAME)) {
      local.owner = names_.owner_of_noun(syntax::name_of(tree_.text_of(*noun)));
    }
  }
  if (const auto other = names_.in(name, sorts::kBound, tongue_)) local.written = *other;
  locals.emplace(name, std::move(local));
}

void NamePlaces::add_member(Locals& locals, NodeId member) const {
  const NodeId naming = tree_.child(member, NodeKind::kNaming);
  if (!naming.valid()) return;
  const std::string owner = names_.owner_of_noun(own_name(tree_, member));
  const Pair pair = pair_of(tree_, naming);
  const bool both = !pair.en.empty() && !pair.zh.empty();
  for (const std::string& name : {pair.en, pair.zh}) {
    if (name.empty()) continue;
    const bool chinese = tongue_ == syntax::Tongue::kChinese;
    const std::string other = both ? (chinese ? pair.zh : pair.en)
                                   : names_.in(name, sorts::kMember, tongue_).value_or(name);
    locals[name] = Local{other, owner, both};
  }
}

/// What a score's components read by plain name is a part of the score, in one version as in all.
void NamePlaces::add_part(Locals& locals, NodeId node, const std::string& name) const {
  const std::string score = names_.score_of(tree_, parents_, node);
  const std::string other = names_.in(name, sorts::kProperty, tongue_, score).value_or(name);
  locals[name] = Local{other, locals[name].owner, true};
}

void NamePlaces::find_locals(NodeId declaration) {
  Locals& locals = locals_[declaration.index];
  const std::uint32_t end = declaration.index + tree_.node(declaration).size;
  for (std::uint32_t index = declaration.index; index < end; ++index) {
    const NodeId node{index};
    if (tree_.kind(node) == NodeKind::kAdds) {
      index += tree_.node(node).size - 1;
      continue;
    }
    if (tree_.kind(node) == NodeKind::kMember) {
      add_member(locals, node);
      continue;
    }
    if (tree_.kind(node) == NodeKind::kLetPart) {
      const Pair pair = pair_of(tree_, tree_.child(node, NodeKind::kNaming));
      for (const std::string& name : {pair.en, pair.zh}) {
        if (!name.empty()) add_part(locals, node, name);
      }
      continue;
    }
    const std::uint32_t token = bound_token(tree_, node);
    if (token == NodeId::kNone) continue;
    const std::string name = value(token);
    if (locals.contains(name)) continue;
    add_local(locals, node, name);
    // Named as the author liked: whose properties it has, the list it runs over says.
    const NodeId over = tree_.child(node, NodeKind::kSum);
    const NodeId reference = over.valid() ? first_reference(over) : NodeId{};
    if (locals[name].owner.empty() && reference.valid()) {
      locals[name].owner = path_owner(reference, {});
    }
    if (tree_.kind(node) == NodeKind::kChoosing) add_part(locals, node, name);
  }
  // Two names must not become one.
  for (auto& [name, local] : locals) {
    const bool turned = local.written != name && !local.in_both;
    if (turned && locals.contains(local.written)) local.written = name;
  }
}

const NamePlaces::Local* NamePlaces::local(std::uint32_t node, std::string_view name) const {
  const auto locals = locals_.find(declaration_of_[node]);
  if (locals == locals_.end()) return nullptr;
  const auto found = locals->second.find(name);
  return found == locals->second.end() ? nullptr : &found->second;
}

/// Paths of several names, and of one where only a place can stand.
void NamePlaces::find_paths() {
  for (std::size_t index = 0; index < tree_.nodes.size(); ++index) {
    const NodeId node{index};
    if (tree_.kind(node) != NodeKind::kPath) continue;
    const NodeKind above = tree_.kind(parents_[index]);
    std::vector<std::uint32_t> tokens = tree_.own_tokens(node);
    std::erase_if(tokens,
                  [&](std::uint32_t at) { return tree_.tokens[at].kind != TokenKind::kNAME; });
    std::vector<std::string> path;
    path.reserve(tokens.size());
    for (const std::uint32_t token : tokens)
      path.push_back(value(token));
    const bool is_module = above == NodeKind::kModuleDecl || above == NodeKind::kUseDecl;
    const bool is_value = above == NodeKind::kReference || above == NodeKind::kArgPath;
    const bool is_member = above == NodeKind::kPlaced;
    if ((is_value || is_member) && path.size() == 1) continue;
    std::vector<std::string> other = is_module || is_member ? path : names_.path_in(path, tongue_);
    // A member of a list, by scenario.
    if (path.size() == 2 && (is_member || other.empty()) && names_.is(path[0], sorts::kScenario)) {
      other = {names_.in(path[0], sorts::kScenario, tongue_).value_or(path[0]),
               names_.in(path[1], sorts::kMember, tongue_).value_or(path[1])};
    }
    if (other.empty() && path.size() == 1) {
      other = {names_.in(path[0], sorts::kPlace, tongue_).value_or(path[0])};
    }
    for (std::size_t at = 0; at < tokens.size(); ++at)
      paths_[tokens[at]] = other.size() == path.size() ? other[at] : path[at];
  }
}

NodeId NamePlaces::first_reference(NodeId node) const {
  const std::size_t end = node.index + tree_.node(node).size;
  for (std::size_t at = node.index; at < end; ++at) {
    const NodeKind kind = tree_.nodes[at].kind;
    if (kind == NodeKind::kReference || kind == NodeKind::kArgPath) return NodeId{at};
  }
  return {};
}

/// The owner that a reference comes to: of what stands after its property `until`, or after all of
/// it.
std::string NamePlaces::path_owner(NodeId reference, NodeId until) const {
  const NodeId path = tree_.child(reference, NodeKind::kPath);
  if (!path.valid()) return {};
  const std::string name = value(tree_.node(path).first_token);
  const Local* const bound = local(reference.index, name);
  std::string owner = bound != nullptr ? bound->owner : names_.owner_of_noun(name);
  for (const NodeId property : tree_.children(reference, NodeKind::kProperty)) {
    if (property == until) break;
    owner = names_.owner_behind(owner, value(tree_.node(property).first_token));
  }
  return owner;
}

/// Whose facts a scenario's line gives: the member's, or those of the row the line stands in.
std::string NamePlaces::line_owner(NodeId line) const {
  NodeId above = parents_[line.index];
  while (above.valid() && tree_.kind(above) != NodeKind::kMember &&
         tree_.kind(above) != NodeKind::kRowLine) {
    above = parents_[above.index];
  }
  if (!above.valid()) return {};
  if (tree_.kind(above) == NodeKind::kMember) {
    const syntax::Token* noun = tree_.token(above, TokenKind::kNAME);
    return noun == nullptr ? "" : names_.owner_of_noun(syntax::name_of(tree_.text_of(*noun)));
  }
  const NodeId list = tree_.child(above, NodeKind::kProperty);
  return names_.owner_behind(line_owner(above), value(tree_.node(list).first_token));
}

std::string NamePlaces::property_owner(NodeId property) const {
  const NodeId above = parents_[property.index];
  const NodeId beyond = parents_[above.index];
  const NodeKind kind = tree_.kind(above);
  if (kind == NodeKind::kReference || kind == NodeKind::kArgPath) {
    return path_owner(above, property);
  }
  if (kind == NodeKind::kHasTail) {
    const NodeId reference = first_reference(beyond);
    return reference.valid() ? path_owner(reference, {}) : "";
  }
  if (kind != NodeKind::kPropertyNaming) return line_owner(above);
  if (tree_.kind(beyond) == NodeKind::kFactDecl) {
    const NodeId naming = tree_.child(parents_[beyond.index], NodeKind::kNaming);
    if (!naming.valid()) return {};
    const Pair pair = pair_of(tree_, naming);
    return names_.owner_of_noun(pair.en.empty() ? pair.zh : pair.en);
  }
  if (std::string score = names_.score_of(tree_, parents_, beyond); !score.empty()) return score;
  const syntax::Token* noun = tree_.token(beyond, TokenKind::kNAME);
  return noun == nullptr ? "" : names_.owner_of_noun(syntax::name_of(tree_.text_of(*noun)));
}

std::string NamePlaces::property_text(NodeId property) const {
  std::string name = value(tree_.node(property).first_token);
  const NodeId above = parents_[property.index];
  const bool is_naming = tree_.kind(above) == NodeKind::kPropertyNaming;
  if (is_naming && tree_.children(above, NodeKind::kProperty).size() > 1) return name;
  constexpr Sorts kProperties = sorts::kProperty | sorts::kService | sorts::kOther;
  return names_.in(name, kProperties, tongue_, property_owner(property)).value_or(name);
}

/// A declaration that gives both names keeps both.
std::string NamePlaces::naming_text(NodeId naming, const std::string& name) const {
  const Pair pair = pair_of(tree_, naming);
  const NodeId above = parents_[naming.index];
  if ((!pair.en.empty() && !pair.zh.empty()) || !above.valid()) return name;
  const NodeKind kind = tree_.kind(above);
  if (kind == NodeKind::kClause) return name;
  if (kind == NodeKind::kMember || kind == NodeKind::kLetPart) {
    const Local* const bound = local(naming.index, name);
    return bound != nullptr ? bound->written : name;
  }
  std::string owner;
  Sorts sort = sort_of(kind);
  if (sort == sorts::kChoice) sort |= sorts::kOption;
  if (kind == NodeKind::kScoreDecl) {
    sort = sorts::kProperty;
    owner = names_.owner_of_noun(own_name(tree_, tree_.child(above, NodeKind::kForEach)));
  }
  return names_.in(name, sort, tongue_, owner).value_or(name);
}

/// The clauses of one definition know each other, and nothing else knows them.
std::string NamePlaces::clause_text(NodeId clauses, const std::string& name) const {
  const bool chinese = tongue_ == syntax::Tongue::kChinese;
  for (const NodeId clause : tree_.children(clauses, NodeKind::kClause)) {
    const Pair pair = pair_of(tree_, tree_.child(clause, NodeKind::kNaming));
    if (pair.en.empty() || pair.zh.empty()) continue;
    if (name == pair.en || name == pair.zh) return chinese ? pair.zh : pair.en;
  }
  return name;
}

std::string NamePlaces::text(std::uint32_t token) const {
  if (const auto path = paths_.find(token); path != paths_.end()) return path->second;
  NodeId holder = holders_[token];
  if (tree_.kind(holder) == NodeKind::kKeyword) holder = parents_[holder.index];
  const NodeKind kind = tree_.kind(holder);
  if (kind == NodeKind::kProperty) return property_text(holder);
  std::string name = value(token);
  // One point and several are one unit.
  if (kind == NodeKind::kMeasureUnit && name == "point") name = "points";
  if (kind == NodeKind::kNaming) return naming_text(holder, name);
  if (kind == NodeKind::kOverrides && tree_.kind(parents_[holder.index]) == NodeKind::kClause)
    return clause_text(parents_[parents_[holder.index].index], name);
  const bool is_value = kind == NodeKind::kPath;
  const bool is_member = is_value && tree_.kind(parents_[holder.index]) == NodeKind::kPlaced;
  if (is_value || bound_token(tree_, holder) == token) {
    if (const Local* const bound = local(holder.index, name)) return bound->written;
  }
  const Sorts value_sorts = is_member ? sorts::kMember : sorts::kExpression;
  const Sorts allowed = is_value ? value_sorts : allowed_in(kind);
  return names_.in(name, allowed, tongue_).value_or(name);
}

}  // namespace juzhu::format
