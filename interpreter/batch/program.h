// A lane program: kernels in order over buffers, made for one plan, one table's ranges of values
// and the questions asked. It says of every row and question either how it comes out and by which
// rules, or that the case evaluator must say it.
//
// Ownership: a Program owns its tables and constants, and refers to the columns of the Table it was
// made for. Threads: immutable once made; each thread runs it on buffers of its own.
#pragma once

#include <string>
#include <vector>

#include "batch/computed.h"
#include "batch/expression.h"
#include "batch/kernels.h"
#include "batch/table.h"
#include "eval/outcome.h"

namespace juzhu::batch {

/// Where a kernel reads or writes: a buffer of the thread, or a column of the table.
struct Place {
  enum class Kind : std::uint8_t { kNone, kBuffer, kColumn };
  Kind kind = Kind::kNone;
  std::uint32_t buffer = 0;
  const std::byte* column = nullptr;
};

struct Instruction {
  Kernel kernel{};
  Width width{};  ///< of the operands
  Place a, b, c;
  std::uint32_t to = 0;  ///< a buffer
  std::uint64_t k = 0;
  std::uint32_t table = 0xFFFFFFFFU;  ///< of Program::tables
};

/// A buffer that holds one number in every row from the start.
struct Constant {
  std::uint32_t buffer = 0;
  Width width{};
  std::uint64_t number = 0;
};

/// The entries of a look-up (at their width, filled up to whole vectors) or a StepTable.
struct LaneTable {
  std::vector<std::byte> bytes;
  std::size_t size = 0;  ///< entries, or steps
};

/// Outcome lanes beside the kinds of eval::OutcomeKind.
inline constexpr std::uint8_t kByCase = 0xFF;

/// One question of the program.
struct Asked {
  std::uint32_t service = 0;
  ops::Level lowest_level = ops::Level::kPractice;
};

/// How the rules that decide are told: by the place of the one in the rule set, plus one; or a bit
/// for each.
enum class DecidingForm : std::uint8_t { kOne, kBits };

struct Answered {
  Asked asked;
  bool all_by_case = false;  ///< lanes cannot say how its rules decide
  bool some_by_case = true;  ///< lanes may leave rows; false: they answer every row
  Reason reason = Reason::kNone;
  const plan::RuleSet* rules = nullptr;  ///< nullptr: no rule at all is in force
  value::Error no_rule{};                ///< of an outcome kError, but for the member it is about
  Place outcome;                         ///< bytes
  Place deciding;                        ///< by `form`; 0 where no rule decides
  Width deciding_width{};
  DecidingForm form{};
};

/// Where lanes stop: the declaration a step stands in, and why. Listed once.
struct Stop {
  plan::DeclarationId declaration;
  ops::Operation operation{};
  Reason reason{};
  friend auto operator<=>(const Stop&, const Stop&) = default;
};

struct Program {
  std::vector<Instruction> instructions;
  std::vector<Width> buffers;  ///< widths
  std::vector<Constant> constants;
  std::vector<LaneTable> tables;
  std::vector<Answered> answers;
  std::vector<Stop> stops;
  ComputedColumns computed;  ///< worked out row by row when the program was made
};

/// The table must outlive the program, and so must the plan. `households` are those of the table:
/// without them nothing is worked out row by row.
Program make_program(const Plan& plan, const Table& table, std::span<const Asked> questions,
                     const Households& households = nullptr);

/// As text, one kernel a line, for people and tests.
std::string print(const Program& program);

}  // namespace juzhu::batch
