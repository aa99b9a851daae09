#include "batch/graph.h"

#include <cstring>

#include "base/check.h"

namespace juzhu::batch {
namespace {

Kernel conversion_to(Width width) {
  switch (width) {
    case Width::k8:
      return Kernel::kTo8;
    case Width::k16:
      return Kernel::kTo16;
    case Width::k32:
      return Kernel::kTo32;
    case Width::k64:
      return Kernel::kTo64;
  }
  return Kernel::kTo64;
}

Kernel look_up_at(Width width) {
  switch (width) {
    case Width::k8:
      return Kernel::kLook8;
    case Width::k16:
      return Kernel::kLook16;
    case Width::k32:
      return Kernel::kLook32;
    case Width::k64:
      return Kernel::kLook64;
  }
  return Kernel::kLook64;
}

bool makes_mask(Kernel kernel) {
  switch (kernel) {
    case Kernel::kEqual:
    case Kernel::kLess:
    case Kernel::kLessEqual:
    case Kernel::kEqualK:
    case Kernel::kAtLeastK:
      return true;
    default:  // NOLINT: a question about these few
      return false;
  }
}

/// Entries at a width, filled up with zeros to whole registers.
LaneTable table_of(std::span<const std::uint64_t> entries, Width width) {
  LaneTable table;
  table.size = entries.size();
  const std::size_t bytes = bytes_of(width);
  table.bytes.resize((entries.size() * bytes + kVector - 1) / kVector * kVector);
  for (std::size_t i = 0; i < entries.size(); ++i)
    std::memcpy(table.bytes.data() + i * bytes, &entries[i], bytes);
  return table;
}

}  // namespace

Graph::Graph() {
  always_ = constant(Width::k8, 0xFF);
  never_ = constant(Width::k8, 0);
}

NodeId Graph::add(Node node) {
  const Key key{static_cast<int>(node.kind),
                static_cast<int>(node.kernel),
                static_cast<int>(node.operand_width),
                static_cast<int>(node.width),
                node.a.index,
                node.b.index,
                node.c.index,
                node.k,
                node.table,
                node.column};
  const auto [found, is_new] = found_.emplace(key, NodeId(nodes_.size()));
  if (is_new) nodes_.push_back(node);
  return found->second;
}

NodeId Graph::both(NodeId left, NodeId right) {
  if (left == never_ || right == never_) return never_;
  if (left == always_ || left == right) return right;
  if (right == always_) return left;
  if (right < left) std::swap(left, right);
  return binary(Kernel::kAnd, Width::k8, left, right);
}

NodeId Graph::either(NodeId left, NodeId right) {
  if (left == always_ || right == always_) return always_;
  if (left == never_ || left == right) return right;
  if (right == never_) return left;
  if (right < left) std::swap(left, right);
  return binary(Kernel::kOr, Width::k8, left, right);
}

NodeId Graph::without(NodeId left, NodeId right) {
  if (right == never_) return left;
  if (left == never_ || right == always_ || left == right) return never_;
  if (left == always_) return negate(right);
  return binary(Kernel::kAndNot, Width::k8, left, right);
}

NodeId Graph::negate(NodeId mask) {
  if (mask == always_) return never_;
  if (mask == never_) return always_;
  const Node& node = nodes_[mask.index];
  if (node.kind == Node::Kind::kKernel && node.kernel == Kernel::kNot) return node.a;
  return unary(Kernel::kNot, Width::k8, mask);
}

NodeId Graph::choose(NodeId mask, NodeId then, NodeId otherwise) {
  if (then == otherwise || mask == always_) return then;
  if (mask == never_) return otherwise;
  if (then == always_) return either(mask, otherwise);
  if (then == never_) return without(otherwise, mask);
  if (otherwise == never_) return both(mask, then);
  if (otherwise == always_) return either(negate(mask), then);
  return select(Width::k8, mask, then, otherwise);
}

NodeId Graph::family_any(NodeId mask) {
  if (mask == always_ || mask == never_) return mask;  // a household has a row: the one at hand
  return unary(Kernel::kFamilyOr, Width::k8, mask);
}

NodeId Graph::family_all(NodeId mask) { return negate(family_any(negate(mask))); }

NodeId Graph::column(const Lanes& lanes) {
  Node node;
  node.kind = Node::Kind::kColumn;
  node.width = lanes.width();
  node.column = lanes.data();
  return add(node);
}

NodeId Graph::constant(Width width, std::uint64_t number) {
  Node node;
  node.kind = Node::Kind::kConstant;
  node.width = width;
  node.k = number;
  return add(node);
}

NodeId Graph::unary(Kernel kernel, Width width, NodeId a, std::uint64_t k) {
  Node node;
  node.kernel = kernel;
  node.operand_width = width;
  node.width = makes_mask(kernel) ? Width::k8 : width;
  node.a = a;
  node.k = k;
  return add(node);
}

NodeId Graph::binary(Kernel kernel, Width width, NodeId a, NodeId b) {
  Node node;
  node.kernel = kernel;
  node.operand_width = width;
  node.width = makes_mask(kernel) ? Width::k8 : width;
  node.a = a;
  node.b = b;
  return add(node);
}

NodeId Graph::select(Width width, NodeId mask, NodeId then, NodeId otherwise) {
  if (then == otherwise || mask == always_) return then;
  if (mask == never_) return otherwise;
  Node node;
  node.kernel = Kernel::kSelect;
  node.operand_width = width;
  node.width = width;
  node.a = mask;
  node.b = then;
  node.c = otherwise;
  return add(node);
}

NodeId Graph::convert(NodeId a, Width to) {
  const Node from = nodes_[a.index];
  if (from.width == to) return a;
  if (from.kind == Node::Kind::kConstant) return constant(to, from.k);
  Node node;
  node.kernel = conversion_to(to);
  node.operand_width = from.width;
  node.width = to;
  node.a = a;
  return add(node);
}

/// A function with few steps is counted rather than looked up.
NodeId Graph::steps(NodeId index, std::span<const std::uint64_t> entries) {
  StepTable steps{};
  std::size_t count = 0;
  for (std::size_t i = 1; i < entries.size(); ++i) {
    if (entries[i] == entries[i - 1]) continue;
    if (count == kMostSteps) return {};
    steps.bounds[count] = i;
    steps.rises[count] = static_cast<std::uint8_t>(entries[i] - entries[i - 1]);
    ++count;
  }
  Node node;
  node.kernel = Kernel::kSteps;
  node.operand_width = nodes_[index.index].width;
  node.width = Width::k8;
  node.a = index;
  node.k = entries[0];
  const bool is_test = count == 1 && entries[0] == 0 && entries.back() == 0xFF;
  if (is_test) return unary(Kernel::kAtLeastK, node.operand_width, index, steps.bounds[0]);
  LaneTable table;
  table.size = count;
  table.bytes.resize(sizeof(steps));
  std::memcpy(table.bytes.data(), &steps, sizeof(steps));
  const auto [found, is_new] =
      tables_found_.emplace(std::pair(-1 - static_cast<int>(count), table.bytes),
                            static_cast<std::uint32_t>(tables_.size()));
  if (is_new) tables_.push_back(std::move(table));
  node.table = found->second;
  return add(node);
}

NodeId Graph::look_up(NodeId index, std::span<const std::uint64_t> entries, Width to) {
  JUZHU_CHECK(!entries.empty());
  bool is_same = true;
  for (const std::uint64_t entry : entries)
    is_same = is_same && entry == entries[0];
  if (is_same) return constant(to, entries[0]);
  const Width from = nodes_[index.index].width;
  if (to == Width::k8) {
    const NodeId counted = steps(index, entries);
    if (counted.valid()) return counted;
  }
  JUZHU_CHECK(from != Width::k64);
  LaneTable table = table_of(entries, to);
  const auto [found, is_new] = tables_found_.emplace(
      std::pair(static_cast<int>(to) + 4 * static_cast<int>(entries.size()), table.bytes),
      static_cast<std::uint32_t>(tables_.size()));
  if (is_new) tables_.push_back(std::move(table));
  Node node;
  node.kernel = look_up_at(to);
  node.operand_width = from;
  node.width = to;
  node.a = index;
  node.table = found->second;
  return add(node);
}

}  // namespace juzhu::batch
