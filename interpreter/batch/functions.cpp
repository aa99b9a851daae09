#include "batch/functions.h"

#include <algorithm>

#include "batch/scalar.h"

namespace juzhu::batch {
namespace {

/// Beyond this a function of two facts is worked out row by row, or by the case evaluator.
constexpr std::size_t kMostParts = std::size_t{1} << 16;
constexpr std::uint32_t kMostValues = std::uint32_t{1} << 17;  ///< of one fact: dates of 350 years

std::size_t part_of(const std::vector<std::uint32_t>& cuts, std::uint32_t lane) {
  const auto beyond = std::upper_bound(cuts.begin(), cuts.end(), lane);
  return static_cast<std::size_t>(beyond - cuts.begin()) - 1;
}

/// For each part of an axis, in which part of an operand's axis it lies.
std::vector<std::size_t> parts_below(const std::vector<std::uint32_t>& cuts,
                                     const std::vector<std::uint32_t>& below) {
  std::vector<std::size_t> parts;
  parts.reserve(cuts.size());
  for (const std::uint32_t lane : cuts)
    parts.push_back(part_of(below, lane));
  return parts;
}

/// Leaves out cuts at which nothing changes.
void merge_parts(Function& function) {
  const std::size_t axes = function.facts.size();
  for (std::size_t axis = 0; axis < axes; ++axis) {
    const std::size_t inner = axis + 1 < axes ? function.cuts[axis + 1].size() : 1;
    const std::size_t outer = axis == 0 ? 1 : function.cuts[0].size();
    const std::size_t size = function.cuts[axis].size();
    const auto at = [&](std::size_t o, std::size_t part, std::size_t i) -> const Value& {
      return function.values[(o * size + part) * inner + i];
    };
    std::vector<std::size_t> kept;
    for (std::size_t part = 0; part < size; ++part) {
      bool is_new = kept.empty();
      for (std::size_t o = 0; o < outer && !is_new; ++o) {
        for (std::size_t i = 0; i < inner && !is_new; ++i)
          is_new = at(o, part, i) != at(o, kept.back(), i);
      }
      if (is_new) kept.push_back(part);
    }
    std::vector<std::uint32_t> cuts;
    std::vector<Value> values;
    cuts.reserve(kept.size());
    for (const std::size_t part : kept)
      cuts.push_back(function.cuts[axis][part]);
    for (std::size_t o = 0; o < outer; ++o) {
      for (const std::size_t part : kept) {
        for (std::size_t i = 0; i < inner; ++i)
          values.push_back(at(o, part, i));
      }
    }
    function.cuts[axis] = std::move(cuts);
    function.values = std::move(values);
  }
}

}  // namespace

std::uint32_t Functions::range_of(value::FactId fact) const {
  const FactColumn* column = table_.column(fact);
  if (column == nullptr || column->least > column->greatest) return 0;
  const auto span =
      static_cast<std::uint64_t>(column->greatest) - static_cast<std::uint64_t>(column->least);
  return span >= kMostValues ? 0 : static_cast<std::uint32_t>(span) + 1;
}

const Function* Functions::of(ExpressionId id) {
  const auto found = made_.find(id);
  if (found != made_.end()) return found->second ? &*found->second : nullptr;
  Function function;
  const bool is_made = make(id, function);
  if (is_made) merge_parts(function);
  auto& kept = made_[id];
  if (is_made) kept = std::move(function);
  return kept ? &*kept : nullptr;
}

bool Functions::make_fact(value::FactId fact, Function& function) const {
  const std::uint32_t range = range_of(fact);
  if (range == 0) return false;
  const std::int64_t least = table_.column(fact)->least;
  const Type& type = table_.schema()[fact].type;
  function.cuts.emplace_back();
  for (std::uint32_t lane = 0; lane < range; ++lane) {
    function.cuts[0].push_back(lane);
    function.values.push_back(exact_value(least + lane, type));
  }
  return true;
}

bool Functions::make(ExpressionId id, Function& function) {
  const Expression& expression = expressions_[id];
  if (expression.shape != Shape::kStep || !expression.is_function) return false;
  if (expression.facts.size() > 2) return false;
  function.facts = expression.facts;
  if (expression.operation == ops::Operation::kFact)
    return make_fact(expression.facts[0], function);
  std::vector<const Function*> below;
  std::vector<Type> types;
  for (const ExpressionId operand : expression.operands) {
    below.push_back(of(operand));
    types.push_back(expressions_[operand].type);
    if (below.back() == nullptr) return false;
  }
  // Each axis is cut wherever an operand's is.
  for (const value::FactId fact : function.facts) {
    std::vector<std::uint32_t> cuts{0};
    for (const Function* operand : below) {
      const auto axis = std::find(operand->facts.begin(), operand->facts.end(), fact);
      if (axis == operand->facts.end()) continue;
      const auto& own = operand->cuts[static_cast<std::size_t>(axis - operand->facts.begin())];
      cuts.insert(cuts.end(), own.begin(), own.end());
    }
    std::sort(cuts.begin(), cuts.end());
    cuts.erase(std::unique(cuts.begin(), cuts.end()), cuts.end());
    function.cuts.push_back(std::move(cuts));
  }
  const std::size_t axes = function.facts.size();
  const std::size_t first = axes > 0 ? function.cuts[0].size() : 1;
  const std::size_t second = axes > 1 ? function.cuts[1].size() : 1;
  if (axes > 1 && first * second > kMostParts) return false;
  // Where each operand stands for each part of each axis.
  std::vector<std::vector<std::vector<std::size_t>>> at(below.size());
  for (std::size_t o = 0; o < below.size(); ++o) {
    for (std::size_t axis = 0; axis < below[o]->facts.size(); ++axis) {
      const auto mine =
          std::find(function.facts.begin(), function.facts.end(), below[o]->facts[axis]);
      const auto cuts = static_cast<std::size_t>(mine - function.facts.begin());
      at[o].push_back(parts_below(function.cuts[cuts], below[o]->cuts[axis]));
    }
  }
  std::vector<Value> operands(below.size());
  for (std::size_t i = 0; i < first; ++i) {
    for (std::size_t j = 0; j < second; ++j) {
      for (std::size_t o = 0; o < below.size(); ++o) {
        std::size_t index = 0;
        for (std::size_t axis = 0; axis < below[o]->facts.size(); ++axis) {
          const bool is_first = below[o]->facts[axis] == function.facts[0];
          index = index * below[o]->cuts[axis].size() + at[o][axis][is_first ? i : j];
        }
        operands[o] = below[o]->values[index];
      }
      function.values.push_back(scalar(expressions_.plan(), expression, operands, types));
    }
  }
  return true;
}

}  // namespace juzhu::batch
