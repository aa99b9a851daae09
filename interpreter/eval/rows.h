// What folds run over: members of a set, options of a set of choices, rows of a list. A slot of
// type Rows holds whose rows they are: the bits of the owners that are possible, 0 for the
// household. Its rows are read from the household when a fold runs over it.
#pragma once

#include <vector>

#include "eval/facts.h"
#include "eval/step_run.h"

namespace juzhu::eval {

/// A bound row, as a value: `lo` its index or kUnknownRow, `hi` its owner or -1.
inline Value bound_row(std::int64_t row, std::int64_t owner) {
  Value bound = value::number(row);
  bound.hi = owner;
  return bound;
}

const Row& row_of(const StepRun& run, value::ListId list, const Value& row);

/// The ends of a bound row as dates (months): a spell that still runs ends with the calendar, a row
/// that is not listed may be anywhere in it.
struct BoundEnds {
  Value start;
  Value end;
};
BoundEnds ends_of(const StepRun& run, value::ListId list, const Value& row);

/// The elements of a collection, without frames. Several possible owners give several alternatives,
/// of which one is meant; a collection that does not apply is empty.
struct Collection {
  std::vector<std::vector<Element>> alternatives;
  Value failures{};
  std::vector<std::int64_t>
      further_max;  ///< by alternative: how many rows may be missing from the list
};
Collection collect(StepRun& run, Slot slot);

}  // namespace juzhu::eval
