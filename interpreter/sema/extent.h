// Where and when two declarations hold together. Private to the checker.
#pragma once

#include "sema/program.h"

namespace juzhu::sema {

bool times_meet(const Extent& left, const Extent& right);
/// Do the places of two extents share a place? No places: everywhere.
bool places_meet(const Extent& left, const Extent& right, const value::PlaceTree& places);
/// Does every place of `inner` lie below one of `outer`?
bool strictly_inside(const Extent& inner, const Extent& outer, const value::PlaceTree& places);
bool same_places(const Extent& left, const Extent& right);

}  // namespace juzhu::sema
