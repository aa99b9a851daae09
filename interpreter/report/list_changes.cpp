#include "report/list_changes.h"

#include <algorithm>
#include <tuple>

#include "allocate/standing.h"

namespace juzhu::report {
namespace {

using allocate::Place;
using compare::Seat;
using engine::PlaceList;

const sema::RuleVersion& version_of(const sema::Program& program, const PlaceList& list) {
  const sema::Allocation& allocation = program[list.allocation];
  return program[allocation.rule].versions[allocation.version];
}

/// One place for children whom several lists of one allocation may hold: what all of them allow.
Seat either(Seat one, Seat other) {
  if (one == Seat::kNoList || one == other) return other;
  return other == Seat::kNoList ? one : Seat::kOpen;
}

/// Of several allocations that give one service: a place on one of them is a place.
Seat best(Seat one, Seat other) {
  for (const Seat seat : {Seat::kPlaced, Seat::kTrouble, Seat::kOpen, Seat::kNone}) {
    if (one == seat || other == seat) return seat;
  }
  return Seat::kNoList;
}

Seat seat_of(const allocate::Placement& placement) {
  switch (placement.place) {
    case Place::kPlaced:
      return Seat::kPlaced;
    case Place::kNone:
      return Seat::kNone;
    case Place::kUnknown:
      return Seat::kOpen;
  }
  return Seat::kOpen;
}

/// A list with the schools of both sides under one numbering.
struct Numbered {
  allocate::Pool pool;
  allocate::Result result;
};

Numbered numbered(const PlaceList& list, const std::vector<value::Value>& schools) {
  Numbered made{list.input, list.result};
  if (list.schools.empty()) return made;
  std::vector<allocate::SchoolIndex> now;
  for (const value::Value& school : list.schools) {
    const auto at = std::find(schools.begin(), schools.end(), school);
    now.push_back(static_cast<allocate::SchoolIndex>(at - schools.begin()));
  }
  made.pool.schools.assign(schools.size(), {});
  for (std::size_t i = 0; i < now.size(); ++i)
    made.pool.schools[now[i]] = list.input.schools[i];
  for (allocate::Applicant& applicant : made.pool.applicants) {
    for (allocate::SchoolIndex& wish : applicant.wishes)
      wish = now[wish];
  }
  for (allocate::Placement& placement : made.result.placements) {
    if (placement.place == Place::kPlaced) placement.school = now[placement.school];
    for (allocate::SchoolIndex& school : placement.possible)
      school = now[school];
  }
  return made;
}

bool same_applicant(const allocate::Applicant& one, const allocate::Applicant& other) {
  return one.key == other.key && one.present == other.present && one.keys == other.keys &&
         one.wishes == other.wishes && one.wishes_known == other.wishes_known &&
         one.groups == other.groups;
}

/// The same list whatever is not known, provided that its children are read by the same rules.
bool same_input(const PlaceList& one, const PlaceList& other) {
  const auto settings = [](const allocate::Pool& pool) {
    return std::tie(pool.allocation, pool.highest_first, pool.ties, pool.seed, pool.wish_rule,
                    pool.open_first, pool.schools);
  };
  const auto& reserves = one.input.reserves;
  const auto& others = other.input.reserves;
  return settings(one.input) == settings(other.input) && one.schools == other.schools &&
         one.seats_known == other.seats_known &&
         std::equal(reserves.begin(), reserves.end(), others.begin(), others.end(),
                    [](const allocate::Reserve& left, const allocate::Reserve& right) {
                      return left.amount == right.amount && left.share_of == right.share_of &&
                             left.kept == right.kept;
                    }) &&
         std::equal(one.input.applicants.begin(), one.input.applicants.end(),
                    other.input.applicants.begin(), other.input.applicants.end(), same_applicant);
}

std::map<std::string, std::uint32_t> by_key(const PlaceList& list) {
  std::map<std::string, std::uint32_t> found;
  for (std::uint32_t i = 0; i < list.input.applicants.size(); ++i)
    found.emplace(list.input.applicants[i].key, i);
  return found;
}

/// Who may have come to a school and may rank above one that left it.
std::vector<std::string> perhaps_above(const Numbered& then, const Numbered& now,
                                       const std::string& left, allocate::SchoolIndex school) {
  const allocate::Standing standing(now.pool);
  const auto& applicants = now.pool.applicants;
  const auto index = [&](const allocate::Pool& pool, const std::string& key) {
    const auto at = std::find_if(pool.applicants.begin(), pool.applicants.end(),
                                 [&](const allocate::Applicant& each) { return each.key == key; });
    return static_cast<std::size_t>(at - pool.applicants.begin());
  };
  const auto loser = static_cast<std::uint32_t>(index(now.pool, left));
  std::vector<std::string> found;
  for (std::uint32_t i = 0; i < applicants.size(); ++i) {
    const allocate::Placement& placement = now.result.placements[i];
    const auto& schools = placement.possible;
    const bool may_be_there = placement.place == Place::kUnknown &&
                              std::find(schools.begin(), schools.end(), school) != schools.end();
    if (i == loser || !may_be_there || !standing.may_be_above(i, loser)) continue;
    const std::size_t earlier = index(then.pool, applicants[i].key);
    const bool was_there = earlier < then.result.placements.size() &&
                           then.result.placements[earlier].place == Place::kPlaced &&
                           then.result.placements[earlier].school == school;
    if (!was_there) found.push_back(applicants[i].key);
  }
  std::sort(found.begin(), found.end());
  return found;
}

}  // namespace

std::string_view seat_key(Seat seat) {
  switch (seat) {
    case Seat::kNoList:
      return "";
    case Seat::kPlaced:
      return "placed";
    case Seat::kNone:
      return "none";
    case Seat::kOpen:
      return "open";
    case Seat::kTrouble:
      return "error";
  }
  return "";
}

ListChanges::ListChanges(const sema::Program& before, engine::GivenPlaces first,
                         const sema::Program& after, engine::GivenPlaces second,
                         const std::vector<std::pair<std::uint32_t, std::uint32_t>>& services,
                         const std::set<ListedKey>& alike)
    : before_(before), after_(after), first_(std::move(first)), second_(std::move(second)) {
  for (const auto& [one, other] : services)
    service_before_[other] = one;
  pair_up();
  std::map<ListedKey, std::pair<Seat, Seat>> seats;  // of one allocation
  const PlaceList* last = nullptr;
  for (ListChange& change : changes_) {
    compare_list(change, alike);
    const PlaceList* list = change.before != nullptr ? change.before : change.after;
    if (last != nullptr && last->input.allocation != list->input.allocation) {
      note_seats(seats);
      seats.clear();
    }
    note_children(change, seats);
    last = list;
  }
  note_seats(seats);
  note_left_out(first_, before_, true);
  note_left_out(second_, after_, false);
}

void ListChanges::pair_up() {
  for (const PlaceList& list : first_.lists)
    changes_.push_back({&list, nullptr, false, {}, {}});
  for (const PlaceList& list : second_.lists) {
    const auto same = std::find_if(changes_.begin(), changes_.end(), [&](const ListChange& each) {
      return each.before != nullptr && each.after == nullptr &&
             each.before->input.allocation == list.input.allocation &&
             each.before->pool == list.pool && each.before->elsewhere == list.elsewhere;
    });
    if (same != changes_.end()) {
      same->after = &list;
    } else {
      changes_.push_back({nullptr, &list, false, {}, {}});
    }
  }
  const auto order = [](const ListChange& change) {
    const PlaceList& list = change.before != nullptr ? *change.before : *change.after;
    return std::tuple(list.input.allocation, list.elsewhere, list.pool.kinds, list.pool.lo);
  };
  std::stable_sort(
      changes_.begin(), changes_.end(),
      [&](const ListChange& left, const ListChange& right) { return order(left) < order(right); });
}

std::uint32_t ListChanges::service_of(const ListChange& change) const {
  if (change.before != nullptr) return version_of(before_, *change.before).ranks.front().index;
  return service_before_.at(version_of(after_, *change.after).ranks.front().index);
}

void ListChanges::compare_list(ListChange& change, const std::set<ListedKey>& alike) const {
  static const PlaceList kNoList;
  const PlaceList& one = change.before != nullptr ? *change.before : kNoList;
  const PlaceList& other = change.after != nullptr ? *change.after : kNoList;
  std::vector<value::Value> schools = one.schools;
  for (const value::Value& school : other.schools) {
    if (std::find(schools.begin(), schools.end(), school) == schools.end())
      schools.push_back(school);
  }
  const Numbered then = numbered(one, schools);
  const Numbered now = numbered(other, schools);
  const std::map<std::string, std::uint32_t> were = by_key(one);
  const std::map<std::string, std::uint32_t> are = by_key(other);
  std::set<std::string> unchanged;
  bool read_alike = true;
  for (const auto& [key, at] : were) {
    read_alike = read_alike && alike.contains({service_of(change), key});
    const auto later = are.find(key);
    if (later != are.end() &&
        same_applicant(then.pool.applicants[at], now.pool.applicants[later->second]))
      unchanged.insert(key);
  }
  if (change.before == nullptr || change.after == nullptr) return;
  change.alike = read_alike && same_input(one, other);
  for (const auto& [key, at] : are) {
    if (other.result.placements[at].place != Place::kPlaced) continue;
    const auto earlier = were.find(key);
    if (earlier == were.end() || one.result.placements[earlier->second].place == Place::kNone)
      change.newly.push_back(key);
  }
  const auto school_of = [&](std::uint32_t child) {
    const allocate::Placement& placement = one.result.placements[child];
    return school_text({before_, false}, one, placement.school);
  };
  for (const allocate::Displaced& each :
       allocate::displaced(then.pool, then.result, now.pool, now.result, unchanged)) {
    change.lost.push_back(
        {one.input.applicants[each.applicant].key, school_of(each.applicant),
         LostPlace::Why::kDisplaced, each.by,
         perhaps_above(then, now, one.input.applicants[each.applicant].key, each.school)});
  }
  for (const auto& [key, at] : were) {
    if (one.result.placements[at].place != Place::kPlaced || unchanged.contains(key)) continue;
    const auto later = are.find(key);
    if (later == are.end()) {
      change.lost.push_back({key, school_of(at), LostPlace::Why::kOffTheList, {}, {}});
    } else if (other.result.placements[later->second].place == Place::kNone) {
      change.lost.push_back({key, school_of(at), LostPlace::Why::kOwn, {}, {}});
    }
  }
  std::sort(change.lost.begin(), change.lost.end(),
            [](const LostPlace& left, const LostPlace& right) { return left.child < right.child; });
}

void ListChanges::note_children(const ListChange& change,
                                std::map<ListedKey, std::pair<Seat, Seat>>& seats) {
  const std::uint32_t service = service_of(change);
  const auto note = [&](const PlaceList* list, Seat std::pair<Seat, Seat>::*side) {
    if (list == nullptr) return;
    for (std::uint32_t i = 0; i < list->children.size(); ++i) {
      const ListedKey key{service, list->input.applicants[i].key};
      const auto at = seats.try_emplace(key, Seat::kNoList, Seat::kNoList).first;
      at->second.*side = either(at->second.*side, seat_of(list->result.placements[i]));
      ChildPlaces& child = children_[key];
      child.alike = child.alike && change.alike;
    }
  };
  note(change.before, &std::pair<Seat, Seat>::first);
  note(change.after, &std::pair<Seat, Seat>::second);
  for (const LostPlace& lost : change.lost) {
    if (lost.why != LostPlace::Why::kDisplaced) continue;
    ChildPlaces& child = children_[{service, lost.child}];
    child.displaced = true;
    child.by.insert(child.by.end(), lost.by.begin(), lost.by.end());
  }
}

void ListChanges::note_seats(const std::map<ListedKey, std::pair<Seat, Seat>>& seats) {
  for (const auto& [key, found] : seats) {
    ChildPlaces& child = children_[key];
    child.before = best(child.before, found.first);
    child.after = best(child.after, found.second);
  }
}

void ListChanges::note_left_out(const engine::GivenPlaces& given, const sema::Program& program,
                                bool before) {
  for (const engine::LeftOut& each : given.left_out) {
    const sema::Allocation& allocation = program[each.allocation];
    std::uint32_t service =
        program[allocation.rule].versions[allocation.version].ranks.front().index;
    if (!before) service = service_before_.at(service);
    ChildPlaces& child = children_[{service, each.household_key + "/" + each.member_key}];
    (before ? child.before : child.after) = Seat::kTrouble;
    child.alike = false;
  }
}

ChildPlaces ListChanges::of(std::uint32_t service, const std::string& child) const {
  const auto known = children_.find({service, child});
  return known == children_.end() ? ChildPlaces{} : known->second;
}

}  // namespace juzhu::report
