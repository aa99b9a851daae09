// The operations of the core calculus and the small enumerations that go with them. See
// operations.def for what each one's operands and fields mean.
#pragma once

#include <cstdint>
#include <string_view>

namespace juzhu::ops {

enum class Operation : std::uint8_t {
// NOLINTNEXTLINE(cppcoreguidelines-macro-usage)
#define JUZHU_OPERATION(name, doc) k##name,
#include "ops/operations.def"
#undef JUZHU_OPERATION
};

std::string_view operation_name(Operation operation);

/// kCover makes the time covered by rows; kNo is `not some`, kept apart so that explanations can
/// say "no".
enum class FoldKind : std::uint8_t { kSome, kEvery, kNo, kCount, kSum, kHighest, kLowest, kCover };

enum class HitPolicy : std::uint8_t { kUnique, kFirst, kSum, kHighest, kLowest, kCount };

/// Field `b` of a table, the first of them also of clauses.
inline constexpr std::uint32_t kHasOtherwise = 1;  ///< the last operand stands where no row fits
inline constexpr std::uint32_t kRowsApart = 2;     ///< proved: no two rows fit one case
inline constexpr std::uint32_t kRowsComplete = 4;  ///< proved: every case has its row

/// Levels of norms, highest first. `practice` is what offices do without a text.
enum class Level : std::uint8_t { kLaw, kRegulation, kPolicy, kLocalLaw, kLocalRule, kPractice };
inline constexpr int kLevelCount = 6;

/// The options of the built-in choice `outcome`, as bits of a choice value.
enum class OutcomeOption : std::uint8_t { kDenied, kRanked, kGranted, kConflict };

enum class Effect : std::uint8_t { kDenies, kRanks, kGrants };

}  // namespace juzhu::ops
