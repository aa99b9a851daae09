// Reading lists that have been filled: one child's place with what it depends on, the line of a
// pool, a child's margin. What scenarios expect and explanations show.
#pragma once

#include <set>
#include <string>

#include "engine/lists.h"

namespace juzhu::engine {

/// What all lists of one allocation do with one child; it stands on several if its pool is not
/// known.
struct ChildPlace {
  bool listed = false;
  allocate::Place place = allocate::Place::kNone;
  bool at_school = true;  ///< of a place: at the school that was asked about
  value::Value school{};  ///< of a place: no kind without wishes
  value::Type school_type;
  std::set<sema::NeededFact> depends_on;
  std::vector<value::Bilingual> texts;  ///< of those, sorted
  bool tie_rule = false;                ///< depends on the tie rule or the draw
  bool seats = false;                   ///< depends on a number of seats that is not known
};
ChildPlace place_of_child(const sema::Program& program, const GivenPlaces& given,
                          const sema::PlacedExpectation& asked);
/// "it gets a place", "it is left open, depends on …".
Bilingual place_words(const Rulebook& rulebook, const ChildPlace& place);

/// The fill whose line tells who of all applicants gets in at a school: not that of a reserve.
/// Nothing if nobody applied there.
const allocate::Fill* fill_of_line(const PlaceList& list, allocate::SchoolIndex school);

/// A line or margin in the first key; not applicable where there is none.
value::Value list_value(const sema::Program& program, const GivenPlaces& given,
                        const sema::ListReading& reading);

}  // namespace juzhu::engine
