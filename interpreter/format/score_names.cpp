// Names of scores: a score is one thing over all its versions, and so are its parts. What one
// version calls `class / 类别` is 类别 in the versions that say `class` alone, and in no other
// score.
#include <algorithm>
#include <map>
#include <set>

#include "format/names.h"
#include "syntax/parse.h"

namespace juzhu::format {

using syntax::NodeId;
using syntax::NodeKind;
using syntax::SyntaxTree;
using syntax::TokenKind;
using syntax::Tongue;

namespace {

bool is_parameter(NodeKind kind) {
  return kind == NodeKind::kForEach || kind == NodeKind::kWithParam || kind == NodeKind::kInParam ||
         kind == NodeKind::kOnParam;
}

/// A name chosen in a score, and what its parts and bound names are called in any version.
struct Choices {
  std::map<std::string, std::set<std::string>> by_score;
  std::map<std::string, std::set<std::string>> taken;
};

}  // namespace

std::uint32_t bound_token(const SyntaxTree& tree, NodeId node) {
  const std::vector<std::uint32_t> own = tree.own_tokens(node);
  const bool allocates = tree.kind(node) == NodeKind::kAllocates;
  for (std::size_t at = 0; at < own.size(); ++at) {
    if (tree.tokens[own[at]].kind != TokenKind::kNAME) continue;
    const bool behind_each = at > 0 && tree.tokens[own[at - 1]].kind == TokenKind::kTO_EACH;
    if (is_parameter(tree.kind(node)) || (allocates && behind_each)) return own[at];
    if (at + 1 == own.size()) break;
    const TokenKind next = tree.tokens[own[at + 1]].kind;
    const bool subject = next == TokenKind::kPOSSESSIVE && tree.kind(node) == NodeKind::kDefineDecl;
    if (next == TokenKind::kAMONG || subject) return own[at];
  }
  return NodeId::kNone;
}

std::string Names::score_owner(const SyntaxTree& tree, NodeId score) const {
  const NodeId each = tree.child(score, NodeKind::kForEach);
  return each.valid() ? owner_of_noun(own_name(tree, each)) : std::string{};
}

void Names::add_scores(const SyntaxTree& tree, bool bare) {
  for (std::size_t index = 0; index < tree.nodes.size(); ++index) {
    const NodeId node{index};
    const bool is_score = tree.kind(node) == NodeKind::kScoreDecl;
    const NodeId naming = is_score ? tree.child(node, NodeKind::kNaming) : NodeId{};
    if (!naming.valid()) continue;
    const Pair pair = pair_of(tree, naming);
    if ((pair.en.empty() || pair.zh.empty()) != bare) continue;
    const std::string owner = score_owner(tree, node);
    const std::string parts = owner + "'s " + (pair.en.empty() ? pair.zh : pair.en);
    for (const std::string& spelling : {pair.en, pair.zh}) {
      if (!spelling.empty()) scores_.emplace(std::pair{owner, spelling}, parts);
    }
  }
}

std::string Names::score_of(const SyntaxTree& tree, const std::vector<NodeId>& parents,
                            NodeId node) const {
  while (node.valid() && tree.kind(node) != NodeKind::kScoreDecl)
    node = parents[node.index];
  const NodeId naming = node.valid() ? tree.child(node, NodeKind::kNaming) : NodeId{};
  if (!naming.valid()) return {};
  const auto found = scores_.find({score_owner(tree, node), own_name(tree, naming)});
  return found == scores_.end() ? std::string{} : found->second;
}

/// What a score chooses is bound in it and read of it from outside, so that it has its other name
/// at both ends or at neither: not where a part, or another bound name, is called so in any
/// version.
void Names::add_choices(const std::vector<SyntaxTree>& trees) {
  Choices choices;
  for (const SyntaxTree& tree : trees) {
    const std::vector<NodeId> parents = parents_of(tree);
    for (std::size_t index = 0; index < tree.nodes.size(); ++index) {
      const NodeId node{index};
      const std::uint32_t token = bound_token(tree, node);
      if (token == NodeId::kNone) continue;
      const std::string score = score_of(tree, parents, node);
      if (score.empty()) continue;
      const std::string name = syntax::name_of(tree.text_of(tree.tokens[token]));
      choices.taken[score].insert(name);
      if (tree.kind(node) == NodeKind::kChoosing) choices.by_score[score].insert(name);
    }
  }
  for (const Thing& thing : things_) {
    if (thing.sort == sorts::kProperty) choices.taken[thing.owner].insert({thing.en, thing.zh});
  }
  std::vector<Thing> found;
  for (const auto& [score, names] : choices.by_score) {
    for (const std::string& name : names) {
      const bool chinese = is_chinese(name);
      const std::string other =
          in(name, sorts::kBound, chinese ? Tongue::kEnglish : Tongue::kChinese).value_or("");
      const bool free = !choices.taken[score].contains(other);
      Thing thing{sorts::kProperty, score, name, free ? other : "", owner_of_noun(name)};
      if (chinese) std::swap(thing.en, thing.zh);
      found.push_back(std::move(thing));
    }
  }
  for (Thing& thing : found) {
    for (const std::string& spelling : {thing.en, thing.zh}) {
      if (!spelling.empty()) by_name_.emplace(spelling, things_.size());
    }
    add(std::move(thing));
  }
}

}  // namespace juzhu::format
