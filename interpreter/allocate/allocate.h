// The whole list: rounds, reserves, lines, margins, and who was pushed out (semantics.md 7.3, 7.4).
// The answer is a function of the set of applications, the seats and the seed; the order in which
// applicants stand in the pool changes nothing but the order of the answers.
#pragma once

#include <optional>
#include <set>

#include "allocate/fill.h"

namespace juzhu::allocate {

/// Which of a school's seats: those of a reserve, the open ones, or what the reserves left.
enum class Part : std::uint8_t { kReserve, kOpen, kLeft };

/// One filling of seats with its line.
struct Fill {
  SchoolIndex school = 0;
  std::uint32_t round = 0;  ///< by wish: which wish it served; by rank always 0
  Part part = Part::kOpen;
  std::uint32_t reserve = 0;  ///< of kReserve
  Seats seats;
  Line line;
  Tuple line_keys;                      ///< of a known line
  std::vector<Candidate> candidates;    ///< who applied here
  std::vector<Sure> in;                 ///< and whether they got in
  std::vector<std::uint32_t> marginal;  ///< applicants at a known line who got in or may get in
  std::int64_t over = 0;                ///< surely admitted beyond the seats
};

/// The signed difference to a line in the first key that differs, in the applicant's favour if it
/// is above 0.
struct Margin {
  std::uint32_t fill = 0;  ///< whose line: where it got in, else the nearest
  std::uint32_t key = 0;
  bool by_lot = false;      ///< all keys are equal
  bool has_number = false;  ///< false: a key is lacking on a side, so that there is no difference
  std::int64_t lo = 0;
  std::int64_t hi = 0;
};

enum class Place : std::uint8_t { kPlaced, kNone, kUnknown };
struct Placement {
  Place place = Place::kNone;
  SchoolIndex school = 0;             ///< of kPlaced
  std::vector<SchoolIndex> possible;  ///< of kUnknown, besides none
  std::optional<Margin> margin;
};

struct Result {
  std::vector<Placement> placements;  ///< by applicant
  std::vector<Fill> fills;            ///< in the order in which seats were filled
};

Result allocate(const Pool& pool);

/// What an unknown place depends on.
struct Missing {
  std::set<FactIndex> facts;
  bool tie_rule = false;  ///< the tie rule, or the draw of the lottery
  bool seats = false;
};
Missing missing_of(const Pool& pool, const Result& result, std::uint32_t applicant);

/// Placed in a first run and not there, nor at an earlier wish, in a second one.
struct Displaced {
  std::uint32_t applicant = 0;  ///< in the first pool
  SchoolIndex school = 0;
  std::vector<std::string> by;  ///< keys of those who took its school and rank above it, sorted
};
/// Schools have one numbering in both. `unchanged`: keys whose own inputs are the same in both.
std::vector<Displaced> displaced(const Pool& before, const Result& first, const Pool& after,
                                 const Result& second, const std::set<std::string>& unchanged);

}  // namespace juzhu::allocate
