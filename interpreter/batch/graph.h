// The lanes of a program while it is made: each a kernel over other lanes, equal ones once, with
// masks that are always or never set folded away. Numbers come with their range, from which the
// width of every lane follows. Private to this room.
#pragma once

#include <map>
#include <optional>
#include <tuple>
#include <vector>

#include "batch/program.h"

namespace juzhu::batch {

struct Node;
using NodeId = Id<Node>;

struct Node {
  enum class Kind : std::uint8_t { kKernel, kColumn, kConstant };
  Kind kind{};
  Kernel kernel{};
  Width operand_width{};
  Width width{};  ///< of the result
  NodeId a, b, c;
  std::uint64_t k = 0;  ///< kConstant: the number
  std::uint32_t table = 0xFFFFFFFFU;
  const std::byte* column = nullptr;
};

/// A condition: where it may be true and where it may be false. Exact: nowhere both.
struct Condition {
  NodeId may_be_true;
  NodeId may_be_false;
  bool is_exact = true;
  bool may_not_apply = false;  ///< somewhere "not applicable", which stands here as false
};

/// A number (a date, an option, a place) as lanes of value - base; where `known` is not set it is
/// nobody's, where `given` is not set it does not apply.
struct Number {
  NodeId lanes;
  Width width{};
  std::int64_t base = 0;
  std::int64_t least = 0;  ///< of the value, where known and given
  std::int64_t greatest = 0;
  NodeId known;
  NodeId given;
};

class Graph {
 public:
  Graph();
  [[nodiscard]] const Node& operator[](NodeId id) const { return nodes_[id.index]; }
  [[nodiscard]] const std::vector<Node>& nodes() const { return nodes_; }
  [[nodiscard]] std::vector<LaneTable>& tables() { return tables_; }

  // Masks.
  [[nodiscard]] NodeId always() const { return always_; }
  [[nodiscard]] NodeId never() const { return never_; }
  NodeId both(NodeId left, NodeId right);
  NodeId either(NodeId left, NodeId right);
  NodeId without(NodeId left, NodeId right);  ///< left and not right
  NodeId negate(NodeId mask);
  NodeId choose(NodeId mask, NodeId then, NodeId otherwise);  ///< of masks
  NodeId family_any(NodeId mask);
  NodeId family_all(NodeId mask);

  // Lanes.
  NodeId column(const Lanes& lanes);
  NodeId constant(Width width, std::uint64_t number);
  NodeId unary(Kernel kernel, Width width, NodeId a, std::uint64_t k = 0);
  NodeId binary(Kernel kernel, Width width, NodeId a, NodeId b);
  NodeId select(Width width, NodeId mask, NodeId then, NodeId otherwise);
  NodeId convert(NodeId a, Width to);
  /// entries[x] for lanes x, all of them below entries.size(); at a width.
  NodeId look_up(NodeId index, std::span<const std::uint64_t> entries, Width to);

 private:
  NodeId add(Node node);
  NodeId steps(NodeId index, std::span<const std::uint64_t> entries);

  std::vector<Node> nodes_;
  std::vector<LaneTable> tables_;
  using Key = std::tuple<int, int, int, int, std::uint32_t, std::uint32_t, std::uint32_t,
                         std::uint64_t, std::uint32_t, const std::byte*>;
  std::map<Key, NodeId> found_;
  std::map<std::pair<int, std::vector<std::byte>>, std::uint32_t> tables_found_;
  NodeId always_;
  NodeId never_;
};

}  // namespace juzhu::batch
