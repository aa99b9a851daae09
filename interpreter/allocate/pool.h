// One list as plain data: who applies, with which keys, for how many seats, under which clauses of
// the text. What is not known is a range or a "maybe"; the answers hold for whatever it may be
// (semantics.md 7). Nothing here knows of rules, households or files.
//
// Units: seats are whole seats, keys whole units of their own scale. Facts are numbers that the
// caller gives a meaning. Threads: plain data.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace juzhu::allocate {

enum class Sure : std::uint8_t { kNo, kMaybe, kYes };

/// A key's possible values; one that may be lacking goes last, whichever order counts.
struct KeyRange {
  std::int64_t lo = 0;
  std::int64_t hi = 0;
  bool may_have = true;
  bool may_lack = false;
  friend bool operator==(const KeyRange&, const KeyRange&) = default;
  [[nodiscard]] bool exact() const { return may_have != may_lack && lo == hi; }
};
using Tuple = std::vector<KeyRange>;

using SchoolIndex = std::uint32_t;
using FactIndex = std::uint32_t;
inline constexpr std::uint32_t kNobody = 0xFFFFFFFFU;

struct Applicant {
  std::string key;  ///< household/child: unique on the list
  Sure present = Sure::kYes;
  Tuple keys;
  std::vector<SchoolIndex> wishes;  ///< in order; without wishes the only school
  bool wishes_known = true;  ///< false: it may wish for anything, in any order, also elsewhere
  std::vector<Sure> groups;  ///< for each reserve: is it a member?
  std::vector<FactIndex> presence_facts;  ///< missing facts behind each of these
  std::vector<FactIndex> key_facts;
  std::vector<FactIndex> other_facts;  ///< behind wishes and groups
};

struct Seats {
  std::int64_t lo = 0;
  std::int64_t hi = 0;
  friend bool operator==(const Seats&, const Seats&) = default;
};

struct Reserve {
  Seats amount;               ///< seats, or the numerator of a share of them
  std::int64_t share_of = 0;  ///< the denominator of a share; 0: a number of seats
  bool kept = false;
};

/// `kUndecided`: the tie rule was not seen, or the draw of its lottery is not known.
enum class Ties : std::uint8_t { kLottery, kAdmitAll, kRefuseTied, kUndecided };
enum class Wishes : std::uint8_t { kByWish, kByRank };

struct Pool {
  std::string allocation;           ///< a part of each lot
  std::vector<bool> highest_first;  ///< for each key
  Ties ties = Ties::kUndecided;
  std::uint64_t seed = 0;
  Wishes wish_rule = Wishes::kByWish;
  std::vector<Reserve> reserves;
  bool open_first = false;
  std::vector<Seats> schools;
  std::vector<Applicant> applicants;
};

/// The lot of an applicant in a lottery (semantics.md 7.2): the smallest goes first.
std::uint64_t lot_of(std::uint64_t seed, const std::string& allocation, const std::string& key);

}  // namespace juzhu::allocate
