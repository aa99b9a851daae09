#include "sema/condition_boxes.h"

#include <algorithm>

namespace juzhu::sema {

namespace {

/// More boxes than this are not told apart: conjuncts are left out, alternatives become one box
/// that says nothing. Both only lose statements.
constexpr std::size_t kMaxBoxes = 96;
/// Of one rulebook; afterwards nothing more is shown of it. Some ten seconds.
constexpr std::size_t kMaxMerges = 20'000'000;

const ValueSet* set_in(const Box& box, TermId term) {
  const auto at =
      std::lower_bound(box.begin(), box.end(), term,
                       [](const auto& entry, TermId wanted) { return entry.first < wanted; });
  return at != box.end() && at->first == term ? &at->second : nullptr;
}

bool is_truth(const ValueSet& set, bool truth) { return set == ValueSet::only(truth ? 1 : 0); }

}  // namespace

const std::vector<Box>& ConditionBoxes::boxes(FormulaId formula, bool truth) {
  const std::pair key{formula.index, truth};
  const auto known = boxes_.find(key);
  if (known != boxes_.end()) return known->second;
  std::vector<Box> found = boxes_of(formula, truth);
  return boxes_.emplace(key, std::move(found)).first->second;
}

std::vector<Box> ConditionBoxes::boxes_of(FormulaId id, bool truth) {
  const Formula& formula = terms_[id];
  switch (formula.kind) {
    case Formula::Kind::kLiteral:
      return literal_boxes(formula, truth);
    case Formula::Kind::kAll:
      return truth ? crossed(formula.parts, true) : united(formula.parts, false);
    case Formula::Kind::kAny:
    case Formula::Kind::kChoice:
      return truth ? united(formula.parts, true) : crossed(formula.parts, false);
    case Formula::Kind::kNot:
      return boxes(formula.parts.front(), !truth);
    case Formula::Kind::kNamed:
      return product(literal_boxes(formula, truth), boxes(formula.parts.front(), truth));
  }
  return {Box{}};
}

std::vector<Box> ConditionBoxes::literal_boxes(const Formula& formula, bool truth) {
  const Term& term = terms_[formula.term];
  const ValueSet set = (truth ? formula.when_true : formula.when_false).intersected(term.domain);
  if (set.empty()) return {};
  // No element can be what never holds.
  if (term.body.valid() && is_truth(set, true) && boxes(term.body, true).empty()) return {};
  return {Box{{formula.term, set}}};
}

std::vector<Box> ConditionBoxes::united(const std::vector<FormulaId>& parts, bool truth) {
  std::vector<Box> all;
  for (const FormulaId part : parts) {
    const std::vector<Box>& more = boxes(part, truth);
    all.insert(all.end(), more.begin(), more.end());
    if (all.size() > kMaxBoxes) return {Box{}};
  }
  return all;
}

std::vector<Box> ConditionBoxes::crossed(const std::vector<FormulaId>& parts, bool truth) {
  // Those with the fewest alternatives first: what has to be left out says the least.
  std::vector<const std::vector<Box>*> each;
  each.reserve(parts.size());
  for (const FormulaId part : parts)
    each.push_back(&boxes(part, truth));
  std::stable_sort(each.begin(), each.end(),
                   [](const auto* a, const auto* b) { return a->size() < b->size(); });
  std::vector<Box> result{Box{}};
  for (const std::vector<Box>* part : each) {
    if (part->size() * result.size() > kMaxBoxes) continue;
    result = product(result, *part);
  }
  return result;
}

std::vector<Box> ConditionBoxes::product(const std::vector<Box>& left,
                                         const std::vector<Box>& right) {
  merges_ += left.size() * right.size();
  if (merges_ > kMaxMerges) return {Box{}};
  std::vector<Box> result;
  for (const Box& a : left) {
    for (const Box& b : right) {
      if (auto both = merged(a, b)) result.push_back(std::move(*both));
    }
  }
  return result;
}

std::optional<Box> ConditionBoxes::merged(const Box& left, const Box& right) {
  Box result;
  result.reserve(left.size() + right.size());
  auto a = left.begin();
  auto b = right.begin();
  while (a != left.end() || b != right.end()) {
    if (b == right.end() || (a != left.end() && a->first < b->first)) {
      result.push_back(*a++);
    } else if (a == left.end() || b->first < a->first) {
      result.push_back(*b++);
    } else {
      result.emplace_back(a->first, a->second.intersected(b->second));
      if (result.back().second.empty()) return std::nullopt;
      ++a;
      ++b;
    }
  }
  if (folds_clash(result)) return std::nullopt;
  return result;
}

bool ConditionBoxes::folds_clash(const Box& box) {
  // Some element of C has φ while none has ψ: impossible if φ true and ψ false exclude each other.
  for (const auto& [some, some_set] : box) {
    if (!terms_[some].body.valid() || !is_truth(some_set, true)) continue;
    for (const auto& [none, none_set] : box) {
      if (!terms_[none].body.valid() || !is_truth(none_set, false)) continue;
      if (terms_[some].collection != terms_[none].collection) continue;
      if (clash(some, none)) return true;
    }
  }
  return false;
}

bool ConditionBoxes::clash(TermId some, TermId none) {
  const auto known = clashes_.find({some, none});
  if (known != clashes_.end()) return known->second;
  const std::vector<Box>& has = boxes(terms_[some].body, true);
  const std::vector<Box>& has_not = boxes(terms_[none].body, false);
  return clashes_[{some, none}] = product(has, has_not).empty();
}

bool ConditionBoxes::surely(const Box& box, FormulaId goal, bool truth, const Window& window) {
  const Formula& formula = terms_[goal];
  const auto part = [&](FormulaId each) { return surely(box, each, truth, window); };
  switch (formula.kind) {
    case Formula::Kind::kLiteral:
      return literal_surely(box, formula, truth, window);
    case Formula::Kind::kAll:
    case Formula::Kind::kAny:
      return truth == (formula.kind == Formula::Kind::kAll)
                 ? std::all_of(formula.parts.begin(), formula.parts.end(), part)
                 : std::any_of(formula.parts.begin(), formula.parts.end(), part);
    case Formula::Kind::kNot:
      return surely(box, formula.parts.front(), !truth, window);
    case Formula::Kind::kNamed:
      return literal_surely(box, formula, truth, window) ||
             (in_force_throughout(*formula.version, window) && part(formula.parts.front()));
    case Formula::Kind::kChoice:
      return truth && std::any_of(formula.parts.begin(), formula.parts.end(), part);
  }
  return false;
}

bool ConditionBoxes::literal_surely(const Box& box, const Formula& goal, bool truth,
                                    const Window& window) {
  const ValueSet* set = set_in(box, goal.term);
  const ValueSet& wanted = truth ? goal.when_true : goal.when_false;
  if (set != nullptr && set->within(wanted)) return true;
  const Term& term = terms_[goal.term];
  if (!term.body.valid()) return false;
  for (const bool value : {true, false}) {
    if (!ValueSet::only(value ? 1 : 0).within(wanted)) continue;
    for (const auto& [other, other_set] : box) {
      if (!terms_[other].body.valid() || terms_[other].collection != term.collection) continue;
      if (!is_truth(other_set, value)) continue;
      if (brings(terms_[other].body, value, term.body, value, window)) return true;
    }
  }
  return false;
}

bool ConditionBoxes::brings(FormulaId first, bool first_truth, FormulaId second, bool second_truth,
                            const Window& window) {
  const std::vector<Box>& all = boxes(first, first_truth);
  return std::all_of(all.begin(), all.end(),
                     [&](const Box& box) { return surely(box, second, second_truth, window); });
}

bool ConditionBoxes::in_force_throughout(const DefinitionVersion& version,
                                         const Window& window) const {
  const Extent& extent = version.extent;
  if (extent.from > window.from || extent.to < window.to) return false;
  return extent.places.empty() ||
         std::any_of(extent.places.begin(), extent.places.end(),
                     [&](PlaceNode place) { return schema_.places.within(window.place, place); });
}

Box ConditionBoxes::window_box(const Window& window) {
  Box box{{terms_.today(), ValueSet::between(window.from, window.to)},
          {terms_.here(), terms_.places_within(window.place)}};
  std::sort(box.begin(), box.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  return box;
}

bool ConditionBoxes::are_apart(FormulaId left, FormulaId right, const Window& window) {
  return product(product({window_box(window)}, boxes(left, true)), boxes(right, true)).empty();
}

bool ConditionBoxes::implies(FormulaId first, FormulaId second, const Window& window) {
  const std::vector<Box> all = product({window_box(window)}, boxes(first, true));
  return std::all_of(all.begin(), all.end(),
                     [&](const Box& box) { return surely(box, second, true, window); });
}

bool ConditionBoxes::never_holds(FormulaId formula, const Window& window) {
  return product({window_box(window)}, boxes(formula, true)).empty();
}

}  // namespace juzhu::sema
