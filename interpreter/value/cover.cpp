#include "value/cover.h"

#include <utility>

namespace juzhu::value {

CoverStore::CoverStore() : covers_{Cover{}, Cover{{Run{kBegin, kForever}}}} {}

std::int64_t CoverStore::add(Cover cover) {
  if (cover.runs.empty()) return kEmptyCover;
  if (cover == covers_[kAllTime]) return kAllTime;
  covers_.push_back(std::move(cover));
  return static_cast<std::int64_t>(covers_.size()) - 1;
}

}  // namespace juzhu::value
