#include "eval/failing_sets.h"

#include <algorithm>
#include <map>

#include "eval/formula.h"
#include "ops/logic.h"

namespace juzhu::eval {
namespace {

/// A leaf and the truth it is given: 2 * leaf, + 1 for true. Sets of them are sorted.
using Literal = std::uint32_t;
using LiteralSet = std::vector<Literal>;
using Family = std::vector<LiteralSet>;

Literal literal(std::uint32_t leaf, bool to) { return 2 * leaf + (to ? 1U : 0U); }
std::uint32_t leaf_of(Literal literal) { return literal / 2; }
bool truth_of(Literal literal) { return literal % 2 == 1; }

bool by_size(const LiteralSet& left, const LiteralSet& right) {
  return left.size() != right.size() ? left.size() < right.size() : left < right;
}

class Families {
 public:
  explicit Families(const Formula& formula) : formula_(formula) {}
  /// The sets of leaves to reverse so that the node becomes `to`.
  const Family& of(std::uint32_t node, bool to);
  [[nodiscard]] bool was_cut() const { return was_cut_; }

 private:
  Family make(std::uint32_t id, bool to);
  Family leaf_family(std::uint32_t leaf, bool to) const;
  Family one_per_child(const FormulaNode& node, bool to);
  Family any_child(const FormulaNode& node, bool to);
  Family product(const Family& left, const Family& right);
  Family smallest(Family family);

  const Formula& formula_;
  std::map<std::pair<std::uint32_t, bool>, Family> done_;
  bool was_cut_ = false;
};

const Family& Families::of(std::uint32_t node, bool to) {
  const auto found = done_.find({node, to});
  if (found != done_.end()) return found->second;
  Family family = make(node, to);
  return done_.emplace(std::pair(node, to), std::move(family)).first->second;
}

Family Families::make(std::uint32_t id, bool to) {
  const FormulaNode& node = formula_.nodes[id];
  switch (node.kind) {
    case FormulaKind::kTrue:
      return to ? Family{{}} : Family{};
    case FormulaKind::kFalse:
      return to ? Family{} : Family{{}};
    case FormulaKind::kLeaf:
      return leaf_family(node.leaf, to);
    case FormulaKind::kNot:
      return of(node.children[0], !to);
    case FormulaKind::kAll:
      return to ? one_per_child(node, to) : any_child(node, to);
    case FormulaKind::kAny:
      return to ? any_child(node, to) : one_per_child(node, to);
  }
  return {};
}

Family Families::leaf_family(std::uint32_t leaf, bool to) const {
  const Value& truth = formula_.leaves[leaf].truth;
  const bool is_so = to ? value::is_true(truth) : value::is_false(truth);
  return is_so ? Family{{}} : Family{{literal(leaf, to)}};
}

Family Families::one_per_child(const FormulaNode& node, bool to) {
  Family family{{}};
  for (const std::uint32_t child : node.children) {
    family = product(family, of(child, to));
  }
  return family;
}

Family Families::any_child(const FormulaNode& node, bool to) {
  Family family;
  for (const std::uint32_t child : node.children) {
    const Family& more = of(child, to);
    family.insert(family.end(), more.begin(), more.end());
  }
  return smallest(std::move(family));
}

/// Unions of one set of each; a leaf cannot be given both truths.
Family Families::product(const Family& left, const Family& right) {
  Family family;
  for (const LiteralSet& one : left) {
    for (const LiteralSet& other : right) {
      LiteralSet both;
      std::set_union(one.begin(), one.end(), other.begin(), other.end(), std::back_inserter(both));
      const auto clash = std::adjacent_find(
          both.begin(), both.end(), [](Literal a, Literal b) { return leaf_of(a) == leaf_of(b); });
      if (clash != both.end()) continue;
      if (both.size() > kMaxLeaves) {
        was_cut_ = true;
        continue;
      }
      family.push_back(std::move(both));
    }
  }
  return smallest(std::move(family));
}

/// Without supersets, the smallest by size, then leaf order.
Family Families::smallest(Family family) {
  std::sort(family.begin(), family.end(), by_size);
  Family kept;
  for (LiteralSet& set : family) {
    const bool is_superset = std::any_of(kept.begin(), kept.end(), [&](const LiteralSet& small) {
      return std::includes(set.begin(), set.end(), small.begin(), small.end());
    });
    if (is_superset) continue;
    if (kept.size() == kMaxSetsPerStep) {
      was_cut_ = true;
      break;
    }
    kept.push_back(std::move(set));
  }
  return kept;
}

/// The formula with some leaves given, the others as they are.
Value evaluate(const Formula& formula, const LiteralSet& given) {
  std::vector<Value> leaves;
  for (const FormulaLeaf& leaf : formula.leaves) {
    leaves.push_back(leaf.truth);
  }
  for (const Literal one : given) {
    leaves[leaf_of(one)] = value::truth(truth_of(one));
  }
  std::vector<Value> values;
  for (const FormulaNode& node : formula.nodes) {
    std::vector<Value> children;
    for (const std::uint32_t child : node.children) {
      children.push_back(values[child]);
    }
    switch (node.kind) {
      case FormulaKind::kTrue:
      case FormulaKind::kFalse:
        values.push_back(value::truth(node.kind == FormulaKind::kTrue));
        break;
      case FormulaKind::kLeaf:
        values.push_back(leaves[node.leaf]);
        break;
      case FormulaKind::kAll:
        values.push_back(ops::all_of(children));
        break;
      case FormulaKind::kAny:
        values.push_back(ops::any_of(children));
        break;
      case FormulaKind::kNot:
        values.push_back(ops::negate(children[0]));
        break;
    }
  }
  return values[formula.root];
}

/// Which leaves are needed with either sign: then sets may be lacking.
bool has_both_signs(const Formula& formula) {
  std::vector<std::array<bool, 2>> signs(formula.nodes.size(), {false, false});
  std::vector<std::array<bool, 2>> leaves(formula.leaves.size(), {false, false});
  signs[formula.root][1] = true;
  for (std::size_t i = formula.nodes.size(); i-- > 0;) {
    const FormulaNode& node = formula.nodes[i];
    const bool flips = node.kind == FormulaKind::kNot;
    for (const std::size_t sign : {std::size_t{0}, std::size_t{1}}) {
      if (!signs[i][sign]) continue;
      if (node.kind == FormulaKind::kLeaf) leaves[node.leaf][sign] = true;
      for (const std::uint32_t child : node.children) {
        signs[child][flips ? 1 - sign : sign] = true;
      }
    }
  }
  return std::any_of(leaves.begin(), leaves.end(),
                     [](const std::array<bool, 2>& leaf) { return leaf[0] && leaf[1]; });
}

FailingSet described(const Formula& formula, const LiteralSet& set) {
  FailingSet leaves;
  for (const Literal one : set) {
    const FormulaLeaf& leaf = formula.leaves[leaf_of(one)];
    const bool is_known = value::is_true(leaf.truth) || value::is_false(leaf.truth);
    leaves.push_back({leaf.at.frame, leaf.at.slot, truth_of(one), !is_known, leaf.narrowing});
  }
  return leaves;
}

}  // namespace

FailingSets failing_sets(const Trace& trace, FrameId question, const plan::RuleSet& rules) {
  const Formula formula = favour(trace, question, rules);
  Families families(formula);
  FailingSets result;
  const Family& found = families.of(formula.root, true);
  result.may_lack_some = families.was_cut() || formula.marked || has_both_signs(formula);
  for (const LiteralSet& set : found) {
    if (result.sets.size() == kMaxSetsReported) {
      result.may_lack_some = true;
      break;
    }
    // The families treat a leaf's two signs apart, so what they propose is tried. Nothing to
    // reverse means that a rule was taken to concern the child, which settling has ruled out: no
    // way out.
    if (set.empty() || !value::is_true(evaluate(formula, set))) {
      result.may_lack_some = true;
      continue;
    }
    result.sets.push_back(described(formula, set));
  }
  return result;
}

}  // namespace juzhu::eval
