#include "eval/outcome.h"

namespace juzhu::eval {

Bilingual outcome_words(OutcomeKind kind) {
  switch (kind) {
    case OutcomeKind::kGranted:
      return say("granted", "已准");
    case OutcomeKind::kDenied:
      return say("denied", "不准");
    case OutcomeKind::kRanked:
      return say("ranked", "待排");
    case OutcomeKind::kUnknown:
      return say("unknown", "未知");
    case OutcomeKind::kConflict:
      return say("conflict", "冲突");
    case OutcomeKind::kError:
      return say("error", "错误");
  }
  return {};
}

}  // namespace juzhu::eval
