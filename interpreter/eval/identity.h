// When two slots hold the same condition: the same operation on the same operands, down to the same
// facts of the same members. A condition that is written in two rules is one condition to the child
// it fails (semantics.md 5.6).
#pragma once

#include <map>
#include <vector>

#include "eval/looked_at.h"

namespace juzhu::eval {

class Identities {
 public:
  explicit Identities(const Trace& trace) : trace_(trace) {}
  /// Equal for the same condition (or value).
  std::uint32_t of(SlotRef at);

 private:
  using Key = std::vector<std::int64_t>;

  Key key_of(SlotRef at);
  void add_fold(SlotRef at, Key& key);
  void add_pick(SlotRef at, Key& key);
  void add_content(const plan::Step& step, Key& key) const;

  const Trace& trace_;
  std::map<SlotRef, std::uint32_t> done_;
  std::map<Key, std::uint32_t> ids_;
};

}  // namespace juzhu::eval
