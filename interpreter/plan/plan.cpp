#include "plan/plan.h"

#include "base/check.h"

namespace juzhu::plan {

/// Questions of a service stand lowest level first; those at or above the asked one are a suffix of
/// them.
const Question* Plan::question(std::uint32_t service, ops::Level lowest_level) const {
  for (const Question& question : questions) {
    if (question.service == service && question.lowest_level <= lowest_level) return &question;
  }
  return nullptr;
}

const Step& step_of(const Block& block, Slot slot) {
  JUZHU_CHECK(slot >= block.parameters.size() && slot < block.slot_count());
  return block.steps[slot - block.parameters.size()];
}

const Type& slot_type(const Block& block, Slot slot) {
  if (slot < block.parameters.size()) return block.parameters[slot];
  return step_of(block, slot).type;
}

}  // namespace juzhu::plan
