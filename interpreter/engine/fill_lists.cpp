// From the applications of one allocation to its lists: pools, schools, seats, reserves, then the
// places.
#include <algorithm>
#include <limits>

#include "engine/application.h"
#include "ops/logic.h"
#include "sema/allocations.h"

namespace juzhu::engine {

namespace {

constexpr std::int64_t kAnySeats = std::numeric_limits<std::int32_t>::max();

/// May a value that is not exact still be this one?
bool may_be(const Value& open, const Value& exact, const value::Type& type,
            const value::PlaceTree& places) {
  if (exact.only_not_applicable()) return open.may_not_apply();
  if (!open.may_value()) return false;
  switch (type.kind) {
    case value::TypeKind::kPlace:
      return places.within(static_cast<value::PlaceNode>(exact.lo),
                           static_cast<value::PlaceNode>(open.lo));
    case value::TypeKind::kBoolean:
    case value::TypeKind::kChoice:
      return (open.lo & exact.lo) != 0;
    case value::TypeKind::kNumber:
    case value::TypeKind::kDate:
    case value::TypeKind::kMonth:
      return open.lo <= exact.lo && exact.lo <= open.hi;
    default:
      return true;
  }
}

class Filling {
 public:
  Filling(const sema::Program& program, std::uint32_t allocation)
      : program_(program), allocation_(allocation) {}
  [[nodiscard]] std::vector<PlaceList> all(const std::vector<Application>& all) const;

 private:
  [[nodiscard]] PlaceList list_of(const Value& pool, bool elsewhere) const;
  static void join_list(PlaceList& list, const Application& application, Sure in_pool);
  static void number_schools(PlaceList& list, const std::vector<const Application*>& members);
  void finish_seats(PlaceList& list, const std::vector<const Application*>& members) const;
  static allocate::FactIndex fact_of(PlaceList& list, const Application& application,
                                     const value::FactRef& ref);

  const sema::Program& program_;
  std::uint32_t allocation_;
};

PlaceList Filling::list_of(const Value& pool, bool elsewhere) const {
  const sema::Allocation& rule = program_.allocations[allocation_];
  PlaceList list;
  list.allocation = sema::AllocationId{allocation_};
  list.pool = pool;
  list.elsewhere = elsewhere;
  list.input.allocation = program_[rule.rule].name.in(false);
  for (const sema::RankKey& key : rule.keys) {
    const bool highest =
        key.order == sema::RankOrder::kHighestFirst || key.order == sema::RankOrder::kLatestFirst;
    list.input.highest_first.push_back(highest);
  }
  switch (rule.ties) {
    case sema::TieRule::kLottery:
      list.input.ties = rule.seed ? allocate::Ties::kLottery : allocate::Ties::kUndecided;
      break;
    case sema::TieRule::kAdmitAll:
      list.input.ties = allocate::Ties::kAdmitAll;
      break;
    case sema::TieRule::kRefuseTied:
      list.input.ties = allocate::Ties::kRefuseTied;
      break;
    case sema::TieRule::kUndecided:
      list.input.ties = allocate::Ties::kUndecided;
      break;
  }
  list.input.seed = rule.seed.value_or(0);
  list.input.wish_rule = rule.wish_rule == sema::WishRule::kByRank ? allocate::Wishes::kByRank
                                                                   : allocate::Wishes::kByWish;
  list.input.open_first = rule.open_first;
  return list;
}

allocate::FactIndex Filling::fact_of(PlaceList& list, const Application& application,
                                     const value::FactRef& ref) {
  list.facts.push_back({application.child.household, ref, application.texts.at(ref)});
  return static_cast<allocate::FactIndex>(list.facts.size() - 1);
}

void Filling::join_list(PlaceList& list, const Application& application, Sure in_pool) {
  allocate::Applicant made;
  made.key = application.child.household_key + "/" + application.child.member_key;
  made.present = std::min(application.present, in_pool);
  const auto add = [&](const std::set<value::FactRef>& refs,
                       std::vector<allocate::FactIndex>& into) {
    for (const value::FactRef& ref : refs)
      into.push_back(fact_of(list, application, ref));
  };
  add(application.presence_needs, made.presence_facts);
  if (in_pool == Sure::kMaybe) add(application.pool.needs, made.presence_facts);
  for (const Answered& key : application.keys) {
    const Value& value = key.value;
    made.keys.push_back({value.lo, value.hi, value.may_value(), value.may_not_apply()});
    add(key.needs, made.key_facts);
  }
  made.wishes_known = !list.elsewhere;
  if (application.wishes.empty()) made.wishes = {0};
  for (const Answered& wish : application.wishes) {
    if (wish.value.only_not_applicable()) continue;
    add(wish.needs, made.other_facts);
    const auto at = std::find(list.schools.begin(), list.schools.end(), wish.value);
    if (at == list.schools.end()) {
      made.wishes_known = false;
      continue;
    }
    const auto school = static_cast<allocate::SchoolIndex>(at - list.schools.begin());
    // A school that stands twice is still one wish.
    if (std::find(made.wishes.begin(), made.wishes.end(), school) == made.wishes.end())
      made.wishes.push_back(school);
  }
  for (const Answered& group : application.groups) {
    made.groups.push_back(sure_of(group.value));
    add(group.needs, made.other_facts);
  }
  list.children.push_back(application.child);
  list.input.applicants.push_back(std::move(made));
}

void Filling::number_schools(PlaceList& list, const std::vector<const Application*>& members) {
  for (const Application* each : members) {
    for (const Answered& wish : each->wishes) {
      if (!wish.value.only_value() || !is_exact(wish.value, wish.type)) continue;
      if (std::find(list.schools.begin(), list.schools.end(), wish.value) == list.schools.end())
        list.schools.push_back(wish.value);
    }
  }
  std::sort(list.schools.begin(), list.schools.end(),
            [](const Value& left, const Value& right) { return left.lo < right.lo; });
}

void Filling::finish_seats(PlaceList& list, const std::vector<const Application*>& members) const {
  const std::size_t schools = std::max<std::size_t>(list.schools.size(), 1);
  const sema::Allocation& rule = program_[list.allocation];
  const bool shared = sema::is_shared_by_list(program_, rule, rule.seats);
  list.input.schools.assign(schools, {0, kAnySeats});
  list.seats_known.assign(schools, false);
  std::vector<bool> any(schools, false);
  std::vector<allocate::Seats> hull(schools);
  const auto take = [&](std::size_t school, const Value& value, bool sure) {
    if (value.kinds == 0 || (shared && !value.only_value())) return;
    const bool is_number = value.only_value();
    const allocate::Seats read{
        is_number ? std::clamp<std::int64_t>(value.lo, 0, kAnySeats) : 0,
        is_number ? std::clamp<std::int64_t>(value.hi, 0, kAnySeats) : kAnySeats};
    allocate::Seats& wide = hull[school];
    wide = any[school] ? allocate::Seats{std::min(wide.lo, read.lo), std::max(wide.hi, read.hi)}
                       : read;
    any[school] = true;
    if (!sure || !shared) return;
    // Everyone on the list reads the same seats, so each reading narrows them.
    allocate::Seats& seats = list.input.schools[school];
    seats = {std::max(seats.lo, read.lo), std::min(seats.hi, read.hi)};
    list.seats_known[school] = true;
  };
  for (std::size_t i = 0; i < members.size(); ++i) {
    const bool sure = list.input.applicants[i].present == Sure::kYes;
    for (std::size_t w = 0; w < members[i]->seats.size(); ++w) {
      const Value* wish = members[i]->wishes.empty() ? nullptr : &members[i]->wishes[w].value;
      const auto at = wish == nullptr ? list.schools.begin()
                                      : std::find(list.schools.begin(), list.schools.end(), *wish);
      if (wish != nullptr && at == list.schools.end()) continue;
      take(static_cast<std::size_t>(at - list.schools.begin()), members[i]->seats[w].value, sure);
    }
  }
  // Who may yet wish for a school may read other seats for it.
  const bool open_wishes = std::any_of(list.input.applicants.begin(), list.input.applicants.end(),
                                       [](const auto& each) { return !each.wishes_known; });
  for (std::size_t school = 0; school < schools; ++school) {
    allocate::Seats& seats = list.input.schools[school];
    const bool agreed = list.seats_known[school] && seats.lo <= seats.hi;
    if (any[school] && !agreed) seats = hull[school];
    if (!shared && open_wishes) seats = {0, kAnySeats};
    list.seats_known[school] = any[school] && seats.hi < kAnySeats;
  }
  for (std::size_t i = 0; i < rule.reserves.size(); ++i) {
    const value::Type& type = program_[rule.reserves[i].amount].type;
    allocate::Reserve reserve;
    reserve.kept = rule.reserves[i].kept;
    bool first = true;
    for (const Application* each : members) {
      const Value& amount = each->amounts[i].value;
      const allocate::Seats read = amount.only_value() ? allocate::Seats{amount.lo, amount.hi}
                                                       : allocate::Seats{0, kAnySeats};
      reserve.amount = first ? read
                             : allocate::Seats{std::min(reserve.amount.lo, read.lo),
                                               std::max(reserve.amount.hi, read.hi)};
      first = false;
    }
    if (rule.reserves[i].is_share) {
      reserve.share_of = 1;
      for (int digit = 0; digit < type.scale; ++digit)
        reserve.share_of *= 10;
    }
    list.input.reserves.push_back(reserve);
  }
}

std::vector<PlaceList> Filling::all(const std::vector<Application>& all) const {
  std::vector<PlaceList> lists;
  std::vector<Value> pools;
  bool any_open = false;
  const bool has_pools = program_.allocations[allocation_].pool.valid();
  const auto is_open = [&](const Application& each) {
    return has_pools && !is_exact(each.pool.value, each.pool.type);
  };
  for (const Application& each : all) {
    if (is_open(each)) {
      any_open = true;
    } else if (std::find(pools.begin(), pools.end(), each.pool.value) == pools.end()) {
      pools.push_back(each.pool.value);
    }
  }
  std::sort(pools.begin(), pools.end(), [](const Value& left, const Value& right) {
    return std::pair(left.kinds, left.lo) < std::pair(right.kinds, right.lo);
  });
  const auto make = [&](const Value& pool, bool elsewhere) {
    PlaceList list = list_of(pool, elsewhere);
    std::vector<const Application*> members;
    std::vector<Sure> sure;
    for (const Application& each : all) {
      const bool open = is_open(each);
      const bool in = open ? elsewhere || may_be(each.pool.value, pool, each.pool.type,
                                                 (*program_.schema).places)
                           : !elsewhere && each.pool.value == pool;
      if (!in) continue;
      members.push_back(&each);
      sure.push_back(open ? Sure::kMaybe : Sure::kYes);
    }
    if (!elsewhere) number_schools(list, members);
    for (std::size_t i = 0; i < members.size(); ++i)
      join_list(list, *members[i], sure[i]);
    finish_seats(list, members);
    // Of pools in which nobody surely is no seats are known.
    if (elsewhere) list.input.schools.assign(list.input.schools.size(), {0, kAnySeats});
    list.result = allocate::allocate(list.input);
    const allocate::Standing standing(list.input);
    for (std::uint32_t i = 0; i < list.children.size(); ++i)
      list.order.push_back(i);
    std::stable_sort(list.order.begin(), list.order.end(),
                     [&](std::uint32_t left, std::uint32_t right) {
                       return std::pair(standing.best(left), standing.worst(left)) <
                              std::pair(standing.best(right), standing.worst(right));
                     });
    lists.push_back(std::move(list));
  };
  for (const Value& pool : pools)
    make(pool, false);
  if (any_open) make(Value{}, true);
  return lists;
}

}  // namespace

std::vector<PlaceList> fill_lists(const sema::Program& program, std::uint32_t allocation,
                                  const std::vector<Application>& applications) {
  return Filling(program, allocation).all(applications);
}

}  // namespace juzhu::engine
