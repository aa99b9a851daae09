#include "format/names.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "syntax/parse.h"

namespace juzhu::format {

using syntax::NodeId;
using syntax::NodeKind;
using syntax::SyntaxTree;
using syntax::TokenKind;
using syntax::Tongue;

namespace {

struct BuiltIn {
  Sorts sort;
  std::string_view en, zh;
};

/// The words of the language that are no keywords.
constexpr std::array kBuiltIn{
    BuiltIn{sorts::kValue, "today", "今日"},
    BuiltIn{sorts::kValue, "here", "本地"},
    BuiltIn{sorts::kValue | sorts::kNoun, "household", "户"},
    BuiltIn{sorts::kValue, "yes", "是"},
    BuiltIn{sorts::kValue, "none", "无"},
    BuiltIn{sorts::kValue, "unknown", "未知"},
    BuiltIn{sorts::kValue, "not_asked", "未问"},
    BuiltIn{sorts::kValue, "granted", "已准"},
    BuiltIn{sorts::kValue, "denied", "不准"},
    BuiltIn{sorts::kValue, "ranked", "待排"},
    BuiltIn{sorts::kValue, "conflict", "冲突"},
    BuiltIn{sorts::kValue, "result", "结果"},
    BuiltIn{sorts::kUnit, "yuan", "元"},
    BuiltIn{sorts::kUnit, "points", "分"},
    BuiltIn{sorts::kType, "number", "数"},
    BuiltIn{sorts::kType, "money", "金额"},
    BuiltIn{sorts::kType, "percent", "百分比"},
    BuiltIn{sorts::kType, "points", "分"},
    BuiltIn{sorts::kType, "date", "日期"},
    BuiltIn{sorts::kType, "month", "月份"},
    BuiltIn{sorts::kType, "place", "地点"},
    BuiltIn{sorts::kType, "time", "时间"},
    BuiltIn{sorts::kType, "text", "文本"},
    BuiltIn{sorts::kProperty, "start", "起始日"},
    BuiltIn{sorts::kProperty, "end", "终止日"},
    BuiltIn{sorts::kProperty, "year", "年份"},
    BuiltIn{sorts::kProperty, "year_start", "年初"},
    BuiltIn{sorts::kProperty, "month", "月份"},
    BuiltIn{sorts::kProperty, "county", "县"},
    BuiltIn{sorts::kProperty, "city", "市"},
    BuiltIn{sorts::kProperty, "province", "省"},
    BuiltIn{sorts::kProperty, "line", "录取线"},
    BuiltIn{sorts::kProperty, "margin", "差距"},
    BuiltIn{sorts::kNoun, "county", "县"},
    BuiltIn{sorts::kNoun, "city", "市"},
    BuiltIn{sorts::kNoun, "province", "省"},
    BuiltIn{sorts::kRemark, "law", "法律"},
    BuiltIn{sorts::kRemark, "regulation", "行政法规"},
    BuiltIn{sorts::kRemark, "policy", "政策"},
    BuiltIn{sorts::kRemark, "local_law", "地方性法规"},
    BuiltIn{sorts::kRemark, "local_rule", "地方规定"},
    BuiltIn{sorts::kRemark, "practice", "实际做法"},
    BuiltIn{sorts::kRemark, "official", "原文"},
    BuiltIn{sorts::kRemark, "secondary", "转述"},
    BuiltIn{sorts::kRemark, "recalled", "记忆"},
    BuiltIn{sorts::kRemark, "doubtful", "存疑"},
    BuiltIn{sorts::kRemark, "civil_code", "按民法典"},
    BuiltIn{sorts::kRemark, "both_days", "首尾均计"},
    BuiltIn{sorts::kRemark, "calendar_months", "按自然月"},
    BuiltIn{sorts::kRemark, "half_up", "四舍五入"},
    BuiltIn{sorts::kRemark, "half_even", "银行家"},
    BuiltIn{sorts::kRemark, "down", "舍去"},
    BuiltIn{sorts::kRemark, "up", "进位"},
    BuiltIn{sorts::kRemark, "floor", "向下"},
    BuiltIn{sorts::kRemark, "ceiling", "向上"},
    BuiltIn{sorts::kRemark, "unique", "唯一"},
    BuiltIn{sorts::kRemark, "first", "首个"},
    BuiltIn{sorts::kRemark, "sum", "合计值"},
    BuiltIn{sorts::kRemark, "highest", "最高"},
    BuiltIn{sorts::kRemark, "lowest", "最低"},
    BuiltIn{sorts::kRemark, "count", "个数"},
    BuiltIn{sorts::kRemark, "lottery", "抽签"},
    BuiltIn{sorts::kRemark, "admit_all", "全部录取"},
    BuiltIn{sorts::kRemark, "refuse_tied", "同分均不录"},
    BuiltIn{sorts::kRemark, "undecided", "未定"},
    BuiltIn{sorts::kPlaceLevel, "nation", "国家"},
    BuiltIn{sorts::kPlaceLevel, "province", "省"},
    BuiltIn{sorts::kPlaceLevel, "city", "市"},
    BuiltIn{sorts::kPlaceLevel, "county", "县"},
    BuiltIn{sorts::kPlaceLevel, "district", "区"},
    BuiltIn{sorts::kPlaceLevel, "town", "镇"},
    BuiltIn{sorts::kPlaceLevel, "street", "街道"},
    BuiltIn{sorts::kPlaceLevel, "zone", "学区"},
};

struct Declares {
  NodeKind kind;
  Sorts sort;
};

/// What the declaration above a naming names; what a later construct declares is looked up
/// everywhere.
constexpr std::array kDeclares{
    Declares{NodeKind::kUnitDecl, sorts::kUnit},
    Declares{NodeKind::kChoiceDecl, sorts::kChoice},
    Declares{NodeKind::kDivisionDecl, sorts::kPlace},
    Declares{NodeKind::kEntityDecl, sorts::kNoun},
    Declares{NodeKind::kSpellsDecl, sorts::kNoun},
    Declares{NodeKind::kFactDecl, sorts::kNoun},
    Declares{NodeKind::kRoleDecl, sorts::kNoun},
    Declares{NodeKind::kSourceDecl, sorts::kSource},
    Declares{NodeKind::kServiceDecl, sorts::kService},
    Declares{NodeKind::kParameterDecl, sorts::kDefinition},
    Declares{NodeKind::kDefineDecl, sorts::kDefinition},
    Declares{NodeKind::kRuleDecl, sorts::kRule},
    Declares{NodeKind::kGateDecl, sorts::kRule},
    Declares{NodeKind::kAllocationDecl, sorts::kRule},
    Declares{NodeKind::kLimitDecl, sorts::kLimit},
    Declares{NodeKind::kReformDecl, sorts::kReform},
    Declares{NodeKind::kPropertyDecl, sorts::kPromise},
    Declares{NodeKind::kScenarioDecl, sorts::kScenario},
    Declares{NodeKind::kMember, sorts::kMember},
};

const std::string& key_of(const Pair& pair) { return pair.en.empty() ? pair.zh : pair.en; }

/// The noun in a type: `set of person` holds persons.
std::string type_noun(const SyntaxTree& tree, NodeId type) {
  while (type.valid()) {
    if (const syntax::Token* name = tree.token(type, TokenKind::kNAME)) {
      return syntax::name_of(tree.text_of(*name));
    }
    type = tree.child(type, NodeKind::kType);
  }
  return {};
}

}  // namespace

std::string own_name(const SyntaxTree& tree, NodeId node) {
  const syntax::Token* name = tree.token(node, TokenKind::kNAME);
  return name == nullptr ? std::string{} : syntax::name_of(tree.text_of(*name));
}

Sorts sort_of(NodeKind kind) {
  const auto* const found = std::find_if(kDeclares.begin(), kDeclares.end(),
                                         [&](const Declares& row) { return row.kind == kind; });
  return found == kDeclares.end() ? sorts::kOther : found->sort;
}

bool is_chinese(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) >= 0xE3U; });
}

Pair pair_of(const SyntaxTree& tree, NodeId naming) {
  Pair pair;
  const auto take = [&](const syntax::Token& token) {
    std::string name = syntax::name_of(tree.text_of(token));
    (is_chinese(name) ? pair.zh : pair.en) = std::move(name);
  };
  for (const std::uint32_t index : tree.own_tokens(naming)) {
    if (tree.tokens[index].kind == TokenKind::kNAME) take(tree.tokens[index]);
  }
  for (const NodeId property : tree.children(naming, NodeKind::kProperty)) {
    take(tree.tokens[tree.node(property).first_token]);
  }
  return pair;
}

std::vector<NodeId> parents_of(const SyntaxTree& tree) {
  std::vector<NodeId> parents(tree.nodes.size());
  for (std::size_t node = 0; node < tree.nodes.size(); ++node) {
    const std::size_t end = node + tree.nodes[node].size;
    for (std::size_t child = node + 1; child < end; child += tree.nodes[child].size)
      parents[child] = NodeId{node};
  }
  return parents;
}

std::vector<NodeId> holders_of(const SyntaxTree& tree) {
  std::vector<NodeId> holders(tree.tokens.size(), NodeId{std::size_t{0}});
  // Pre-order: a node's children come after it and take their tokens from it.
  for (std::size_t node = 0; node < tree.nodes.size(); ++node) {
    for (std::uint32_t at = tree.nodes[node].first_token; at < tree.nodes[node].last_token; ++at)
      holders[at] = NodeId{node};
  }
  return holders;
}

Names::Names(const std::vector<SyntaxTree>& trees, Places places) : places_(std::move(places)) {
  add_built_in();
  // Names said in both tongues first: a file that says only one of them means the same noun.
  for (const bool bare : {false, true}) {
    for (const SyntaxTree& tree : trees)
      add_nouns(tree, bare);
  }
  for (const bool bare : {false, true}) {
    for (const SyntaxTree& tree : trees)
      add_scores(tree, bare);
  }
  for (const SyntaxTree& tree : trees)
    add_declared(tree);
  drop_bare();
  add_choices(trees);
}

void Names::add(Thing thing) { things_.push_back(std::move(thing)); }

void Names::add_built_in() {
  for (const BuiltIn& word : kBuiltIn)
    add({word.sort, {}, std::string(word.en), std::string(word.zh), {}});
}

void Names::add_noun(const std::string& en, const std::string& zh, const std::string& owner) {
  for (const std::string& spelling : {en, zh}) {
    if (!spelling.empty()) nouns_.emplace(spelling, owner);
  }
}

void Names::add_nouns(const SyntaxTree& tree, bool bare) {
  for (std::size_t index = 0; index < tree.nodes.size(); ++index) {
    const NodeId node{index};
    const NodeId naming = tree.child(node, NodeKind::kNaming);
    if (!naming.valid()) continue;
    const Pair pair = pair_of(tree, naming);
    if ((pair.en.empty() || pair.zh.empty()) != bare) continue;
    const NodeKind kind = tree.kind(node);
    if (kind == NodeKind::kEntityDecl || kind == NodeKind::kSpellsDecl) {
      add_noun(pair.en, pair.zh, key_of(pair));
    } else if (kind == NodeKind::kFactDecl) {
      add_noun(pair.en, pair.zh, type_noun(tree, tree.child(node, NodeKind::kType)));
    } else if (kind == NodeKind::kRoleDecl) {
      add_noun(pair.en, pair.zh, own_name(tree, node));
    }
  }
}

std::string Names::owner_of_noun(std::string_view noun) const {
  // A role or a word after `each` leads on to its entity; two steps are enough, four never loop.
  std::string owner;
  for (int step = 0; step < 4; ++step) {
    const auto found = nouns_.find(owner.empty() ? noun : std::string_view(owner));
    if (found == nouns_.end() || found->second == owner) break;
    owner = found->second;
  }
  return owner;
}

void Names::add_property(const SyntaxTree& tree, NodeId naming, NodeId parent, NodeId above) {
  const Pair pair = pair_of(tree, naming);
  Thing thing{sorts::kProperty, {}, pair.en, pair.zh, {}};
  const NodeKind kind = tree.kind(parent);
  const auto behind = [&](NodeId node) {
    return owner_of_noun(key_of(pair_of(tree, tree.child(node, NodeKind::kNaming))));
  };
  if (kind == NodeKind::kFactDecl) {
    thing.leads_to = owner_of_noun(type_noun(tree, tree.child(parent, NodeKind::kType)));
    if (tree.child(above, NodeKind::kNaming).valid()) thing.owner = behind(above);
  } else {
    thing.owner = owner_of_noun(own_name(tree, parent));
    if (kind == NodeKind::kSpellsDecl) thing.leads_to = behind(parent);
  }
  add(std::move(thing));
}

void Names::add_naming(const SyntaxTree& tree, const std::vector<NodeId>& parents, NodeId naming) {
  const NodeId parent = parents[naming.index];
  const NodeKind kind = tree.kind(parent);
  const Pair pair = pair_of(tree, naming);
  // A score is a property of whom it is for; a `let` is read of it like its items.
  if (kind == NodeKind::kScoreDecl) {
    const std::string score = score_of(tree, parents, parent);
    add({sorts::kProperty, score_owner(tree, parent), pair.en, pair.zh, score});
    return;
  }
  if (kind == NodeKind::kLetPart) {
    add({sorts::kProperty, score_of(tree, parents, parent), pair.en, pair.zh, {}});
    return;
  }
  if (kind == NodeKind::kClause) return;  // known in its definition alone
  Sorts sort = sort_of(kind);
  const bool is_option = sort == sorts::kChoice && naming != tree.child(parent, NodeKind::kNaming);
  if (is_option) sort = sorts::kOption;
  add({sort, {}, pair.en, pair.zh, {}});
}

void Names::add_declared(const SyntaxTree& tree) {
  const std::vector<NodeId> parents = parents_of(tree);
  for (std::size_t index = 1; index < tree.nodes.size(); ++index) {
    const NodeId node{index};
    const NodeId parent = parents[index];
    if (tree.kind(node) == NodeKind::kNaming) add_naming(tree, parents, node);
    if (tree.kind(node) != NodeKind::kPropertyNaming) continue;
    if (const std::string score = score_of(tree, parents, node); !score.empty()) {
      const Pair pair = pair_of(tree, node);
      add({sorts::kProperty, score, pair.en, pair.zh, {}});
    } else {
      add_property(tree, node, parent, parents[parent.index]);
    }
  }
}

/// A name said in one tongue is no thing of its own where the same sort has it in both: a second
/// version, a service declared again.
void Names::drop_bare() {
  std::map<std::pair<Sorts, std::string>, std::set<std::string>> known;
  for (const Thing& thing : things_) {
    if (thing.en.empty() || thing.zh.empty()) continue;
    known[{thing.sort, thing.owner}].insert({thing.en, thing.zh});
  }
  std::erase_if(things_, [&](const Thing& thing) {
    if (!thing.en.empty() && !thing.zh.empty()) return false;
    const auto found = known.find({thing.sort, thing.owner});
    return found != known.end() && found->second.contains(thing.en.empty() ? thing.zh : thing.en);
  });
  for (std::size_t index = 0; index < things_.size(); ++index) {
    for (const std::string& spelling : {things_[index].en, things_[index].zh}) {
      if (!spelling.empty()) by_name_.emplace(spelling, index);
    }
  }
}

std::vector<const Names::Thing*> Names::meanings(std::string_view name, Sorts allowed,
                                                 const std::string& owner) const {
  std::vector<const Thing*> all;
  std::vector<const Thing*> owned;
  const auto [first, last] = by_name_.equal_range(name);
  for (auto entry = first; entry != last; ++entry) {
    const Thing& thing = things_[entry->second];
    if ((thing.sort & allowed) == 0) continue;
    all.push_back(&thing);
    if (!owner.empty() && thing.owner == owner) owned.push_back(&thing);
  }
  return owned.empty() ? all : owned;
}

std::optional<std::string> Names::other(std::string_view name, Sorts allowed,
                                        const std::string& owner, bool chinese) const {
  std::optional<std::string> found;
  for (const Thing* thing : meanings(name, allowed, owner)) {
    const std::string& target = chinese ? thing->zh : thing->en;
    const std::string& from = chinese ? thing->en : thing->zh;
    if (target.empty() || from != name || (found && *found != target)) return std::nullopt;
    found = target;
  }
  return found;
}

std::optional<std::string> Names::in(std::string_view name, Sorts allowed, Tongue tongue,
                                     const std::string& owner) const {
  const bool chinese = tongue == Tongue::kChinese;
  if (is_chinese(name) == chinese) return std::nullopt;
  std::optional<std::string> found = other(name, allowed, owner, chinese);
  if ((allowed & sorts::kPlace) != 0) {
    const std::vector<std::string> place = path_in({std::string(name)}, tongue);
    const bool is_place = place.size() == 1 && place.front() != name;
    if (is_place && meanings(name, allowed, owner).empty()) return place.front();
    if (is_place && found && *found != place.front()) return std::nullopt;
  }
  if (!found) return std::nullopt;
  const std::optional<std::string> back = other(*found, allowed, owner, !chinese);
  return back && *back == name ? found : std::nullopt;
}

std::vector<std::string> Names::path_in(const std::vector<std::string>& path, Tongue tongue) const {
  if (!places_) return {};
  return places_(path, tongue == Tongue::kChinese);
}

bool Names::is(std::string_view name, Sorts allowed) const {
  return !meanings(name, allowed, {}).empty();
}

std::string Names::owner_behind(const std::string& owner, std::string_view property) const {
  const std::vector<const Thing*> things = meanings(property, sorts::kProperty, owner);
  if (things.empty()) return {};
  const std::string& found = things.front()->leads_to;
  const bool agree = std::all_of(things.begin(), things.end(),
                                 [&](const Thing* thing) { return thing->leads_to == found; });
  return agree ? found : std::string{};
}

bool Names::same(std::string_view left, std::string_view right) const {
  if (left == right) return true;
  const auto [first, last] = by_name_.equal_range(left);
  return std::any_of(first, last, [&](const auto& entry) {
    return things_[entry.second].en == right || things_[entry.second].zh == right;
  });
}

}  // namespace juzhu::format
