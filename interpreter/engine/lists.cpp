#include "engine/lists.h"

#include <algorithm>
#include <limits>
#include <set>

#include "eval/facts.h"
#include "eval/level_zero.h"
#include "eval/needs.h"
#include "ops/logic.h"

namespace juzhu::engine {

namespace {

using allocate::Sure;
using value::Value;

constexpr std::int64_t kAnySeats = std::numeric_limits<std::int32_t>::max();

Sure sure_of(const Value& condition) {
  const Value truth = ops::condition(condition);
  if (value::is_true(truth)) return Sure::kYes;
  return value::is_false(truth) ? Sure::kNo : Sure::kMaybe;
}

bool is_exact(const Value& value, const value::Type& type) {
  return value.only_not_applicable() || (value.only_value() && value::is_known(value, type));
}

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

struct Answered {
  Value value{};
  value::Type type;
  std::set<value::FactRef> needs;
};

/// What is known of one applicant before anybody knows the pool's other members.
struct Application {
  Listed child;
  Sure present = Sure::kYes;
  Answered pool;
  std::vector<Answered> keys;
  std::vector<Answered> wishes;
  std::vector<Answered> seats;  ///< by wish, or the only one; no kind where the wish is open
  std::vector<Answered> amounts;
  std::vector<Answered> groups;
  std::set<value::FactRef> presence_needs;
  std::map<value::FactRef, value::Bilingual> texts;
};

/// Reads blocks of one applicant in every scope that its household may fall under.
class Reader {
 public:
  Reader(Rulebook& rulebook, const value::Household& household, std::int64_t date,
         std::uint32_t member)
      : rulebook_(rulebook),
        scopes_(eval::scopes_for(rulebook, household, date)),
        self_(value::bits(std::int64_t{1} << member)) {}

  [[nodiscard]] const eval::Scopes& scopes() const { return scopes_; }

  Answered read(eval::ScopeRun& scope, plan::BlockId block,
                const std::optional<Value>& school = {}) const {
    Answered answered;
    eval::Evaluator& evaluator = scope.evaluator;
    const plan::Plan& plan = *evaluator.trace().plan;
    std::vector<Value> arguments{self_};
    if (plan[block].parameters.size() == 2) {
      if (!school) return answered;
      arguments.push_back(*school);
    }
    const eval::FrameId frame = evaluator.run(block, std::move(arguments));
    answered.value = evaluator.result(frame);
    answered.type = plan::slot_type(plan[block], plan[block].results[0]);
    if (!is_exact(answered.value, answered.type))
      answered.needs = eval::needs(evaluator.trace(), frame, plan[block].results[0]);
    return answered;
  }

  void join(Answered& into, Answered other) const {
    if (other.value.kinds == 0) return;
    if (into.value.kinds == 0) {
      into = std::move(other);
      return;
    }
    into.value = value::join(into.value, other.value, into.type, rulebook_.schema().places);
    into.needs.merge(other.needs);
  }

 private:
  Rulebook& rulebook_;
  eval::Scopes scopes_;
  Value self_;
};

}  // namespace

/// Applications by allocation until all are there.
class Lists::Gathering {
 public:
  Gathering(Rulebook& rulebook, std::int64_t date, ops::Level lowest_level)
      : rulebook_(rulebook), date_(date), lowest_level_(lowest_level) {}

  [[nodiscard]] const sema::Program& program() const { return rulebook_.program(); }

  void add(std::uint32_t number, const value::Household& household, const eval::Query& query,
           const eval::Outcome& outcome);
  GivenPlaces close();

 private:
  Application application(std::uint32_t number, const value::Household& household,
                          const eval::Query& query, const eval::Outcome& outcome) const;
  void read_list(const Reader& reader, eval::ScopeRun& scope, const plan::List& list,
                 Application& into) const;
  void keep(std::uint32_t allocation, const value::Household& household, Application made);
  void drop_duplicates(std::uint32_t allocation);
  void close_allocation(std::uint32_t allocation, GivenPlaces& given);
  PlaceList list_of(std::uint32_t allocation, const Value& pool, bool elsewhere) const;
  void join_list(PlaceList& list, const Application& application, Sure in_pool) const;
  void number_schools(PlaceList& list, const std::vector<const Application*>& members) const;
  void finish_seats(PlaceList& list, const std::vector<const Application*>& members) const;
  static allocate::FactIndex fact_of(PlaceList& list, const Application& application,
                                     const value::FactRef& ref);

  Rulebook& rulebook_;
  std::int64_t date_;
  ops::Level lowest_level_;
  std::map<std::uint32_t, std::vector<Application>> applications_;  ///< by AllocationId
  std::vector<LeftOut> left_out_;
};

Application Lists::Gathering::application(std::uint32_t number, const value::Household& household,
                                          const eval::Query& query,
                                          const eval::Outcome& outcome) const {
  Application made;
  const value::Member& member = household.members[query.member];
  made.child = {number,     query.member, household.key,
                member.key, member.name,  household.weight_millionths,
                {}};
  if (outcome.kind != eval::OutcomeKind::kRanked) {
    made.present = Sure::kMaybe;
    made.presence_needs.insert(outcome.depends_on.begin(), outcome.depends_on.end());
  }
  return made;
}

void Lists::Gathering::read_list(const Reader& reader, eval::ScopeRun& scope,
                                 const plan::List& list, Application& into) const {
  const auto all = [&](const std::vector<plan::BlockId>& blocks, std::vector<Answered>& answers) {
    answers.resize(blocks.size());
    for (std::size_t i = 0; i < blocks.size(); ++i) {
      if (!blocks[i].valid()) {
        answers[i].value = value::truth(true);
        continue;
      }
      reader.join(answers[i], reader.read(scope, blocks[i]));
    }
  };
  if (list.pool.valid()) reader.join(into.pool, reader.read(scope, list.pool));
  all(list.keys, into.keys);
  all(list.wishes, into.wishes);
  all(list.reserve_groups, into.groups);
  all(list.reserve_amounts, into.amounts);
  into.seats.resize(std::max<std::size_t>(list.wishes.size(), 1));
  if (list.wishes.empty()) reader.join(into.seats[0], reader.read(scope, list.seats));
  for (std::size_t i = 0; i < list.wishes.size(); ++i) {
    const Answered& wish = into.wishes[i];
    const bool named = is_exact(wish.value, wish.type) && wish.value.may_value();
    if (named) reader.join(into.seats[i], reader.read(scope, list.seats, wish.value));
  }
}

void Lists::Gathering::add(std::uint32_t number, const value::Household& household,
                           const eval::Query& query, const eval::Outcome& outcome) {
  const bool may_rank =
      outcome.kind == eval::OutcomeKind::kRanked ||
      (outcome.kind == eval::OutcomeKind::kUnknown && (outcome.possible & eval::kMayRank) != 0);
  if (!may_rank) return;
  const value::Household whole = eval::with_whole_domains(household, rulebook_.schema());
  const Reader reader(rulebook_, whole, date_, query.member);
  std::map<std::uint32_t, std::pair<Application, std::size_t>> found;  // and in how many scopes
  for (const std::shared_ptr<eval::ScopeRun>& scope : reader.scopes().runs) {
    const plan::Plan& plan = *scope->evaluator.trace().plan;
    for (const plan::List& list : plan.lists) {
      if (list.service != query.service || plan[list.declaration].level > lowest_level_) continue;
      Answered concerned;
      concerned.value = value::truth(true);
      if (list.concerns.valid()) concerned = reader.read(*scope, list.concerns);
      const Sure sure = sure_of(concerned.value);
      if (sure == Sure::kNo) continue;
      auto [at, added] = found.try_emplace(list.allocation);
      if (added) at->second.first = application(number, household, query, outcome);
      Application& made = at->second.first;
      ++at->second.second;
      made.present = std::min(made.present, sure);
      made.presence_needs.merge(concerned.needs);
      read_list(reader, *scope, list, made);
    }
  }
  for (auto& [allocation, made] : found) {
    if (made.second < reader.scopes().runs.size()) {
      made.first.present = Sure::kMaybe;
      made.first.presence_needs.insert(eval::place_ref(rulebook_.schema()));
    }
    keep(allocation, household, std::move(made.first));
  }
}

void Lists::Gathering::keep(std::uint32_t allocation, const value::Household& household,
                            Application made) {
  std::optional<value::ErrorCode> failure;
  const auto read = [&](const Answered& answered) {
    if (answered.value.only_error() && (!failure || answered.value.error.code < *failure))
      failure = answered.value.error.code;
    for (const value::FactRef& ref : answered.needs)
      made.texts[ref];
  };
  read(made.pool);
  for (const auto* answers : {&made.keys, &made.wishes, &made.groups}) {
    for (const Answered& answered : *answers)
      read(answered);
  }
  if (failure) {
    left_out_.push_back({sema::AllocationId{allocation}, made.child.household_key,
                         made.child.member_key, *failure});
    return;
  }
  for (const value::FactRef& ref : made.presence_needs)
    made.texts[ref];
  for (auto& [ref, text] : made.texts) {
    const value::Schema& schema = rulebook_.schema();
    text = {household.key + ": " + value::fact_text(ref, household, schema, false),
            household.key + "：" + value::fact_text(ref, household, schema, true)};
  }
  for (const Answered& key : made.keys)
    made.child.keys.push_back(key.value);
  applications_[allocation].push_back(std::move(made));
}

void Lists::Gathering::drop_duplicates(std::uint32_t allocation) {
  std::vector<Application>& all = applications_[allocation];
  std::map<std::pair<std::string, std::string>, int> times;
  const auto key = [](const Application& each) {
    return std::pair(each.child.household_key, each.child.member_key);
  };
  for (const Application& each : all)
    ++times[key(each)];
  for (const Application& each : all) {
    if (times[key(each)] == 1) continue;
    left_out_.push_back({sema::AllocationId{allocation}, each.child.household_key,
                         each.child.member_key, value::ErrorCode::kDuplicateKey});
  }
  std::erase_if(all, [&](const Application& each) { return times[key(each)] > 1; });
  std::sort(all.begin(), all.end(), [&](const Application& left, const Application& right) {
    return key(left) < key(right);
  });
}

PlaceList Lists::Gathering::list_of(std::uint32_t allocation, const Value& pool,
                                    bool elsewhere) const {
  const sema::Allocation& rule = program().allocations[allocation];
  PlaceList list;
  list.allocation = sema::AllocationId{allocation};
  list.pool = pool;
  list.elsewhere = elsewhere;
  list.input.allocation = program()[rule.rule].name.in(false);
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

allocate::FactIndex Lists::Gathering::fact_of(PlaceList& list, const Application& application,
                                              const value::FactRef& ref) {
  list.facts.push_back({application.child.household, ref, application.texts.at(ref)});
  return static_cast<allocate::FactIndex>(list.facts.size() - 1);
}

void Lists::Gathering::join_list(PlaceList& list, const Application& application,
                                 Sure in_pool) const {
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
    if (value.may_fail()) made.present = std::min(made.present, Sure::kMaybe);
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

void Lists::Gathering::number_schools(PlaceList& list,
                                      const std::vector<const Application*>& members) const {
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

void Lists::Gathering::finish_seats(PlaceList& list,
                                    const std::vector<const Application*>& members) const {
  const std::size_t schools = std::max<std::size_t>(list.schools.size(), 1);
  list.input.schools.assign(schools, {0, kAnySeats});
  list.seats_known.assign(schools, false);
  std::vector<bool> any(schools, false);
  std::vector<allocate::Seats> hull(schools);
  const auto take = [&](std::size_t school, const Value& value, bool sure) {
    if (!value.only_value()) return;
    const allocate::Seats read{std::clamp<std::int64_t>(value.lo, 0, kAnySeats),
                               std::clamp<std::int64_t>(value.hi, 0, kAnySeats)};
    allocate::Seats& wide = hull[school];
    wide = any[school] ? allocate::Seats{std::min(wide.lo, read.lo), std::max(wide.hi, read.hi)}
                       : read;
    any[school] = true;
    if (!sure) return;
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
  for (std::size_t school = 0; school < schools; ++school) {
    allocate::Seats& seats = list.input.schools[school];
    const bool disagree = seats.lo > seats.hi;
    if (any[school] && (!list.seats_known[school] || disagree)) seats = hull[school];
    list.seats_known[school] = any[school] && !disagree;
  }
  const sema::Allocation& rule = program()[list.allocation];
  for (std::size_t i = 0; i < rule.reserves.size(); ++i) {
    const value::Type& type = program()[rule.reserves[i].amount].type;
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

void Lists::Gathering::close_allocation(std::uint32_t allocation, GivenPlaces& given) {
  drop_duplicates(allocation);
  const std::vector<Application>& all = applications_[allocation];
  std::vector<Value> pools;
  bool any_open = false;
  const bool has_pools = program().allocations[allocation].pool.valid();
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
    PlaceList list = list_of(allocation, pool, elsewhere);
    std::vector<const Application*> members;
    std::vector<Sure> sure;
    for (const Application& each : all) {
      const bool open = is_open(each);
      const bool in = open ? elsewhere || may_be(each.pool.value, pool, each.pool.type,
                                                 rulebook_.schema().places)
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
    given.lists.push_back(std::move(list));
  };
  for (const Value& pool : pools)
    make(pool, false);
  if (any_open) make(Value{}, true);
}

GivenPlaces Lists::Gathering::close() {
  GivenPlaces given;
  std::vector<std::pair<std::string, std::uint32_t>> order;
  for (const auto& [allocation, all] : applications_) {
    const sema::RuleId rule = program().allocations[allocation].rule;
    order.emplace_back(program()[rule].name.in(false), allocation);
  }
  std::sort(order.begin(), order.end());
  for (const auto& [name, allocation] : order)
    close_allocation(allocation, given);
  given.left_out = std::move(left_out_);
  std::sort(given.left_out.begin(), given.left_out.end(),
            [](const LeftOut& left, const LeftOut& right) {
              return std::tie(left.allocation, left.household_key, left.member_key) <
                     std::tie(right.allocation, right.household_key, right.member_key);
            });
  return given;
}

Lists::Lists(Rulebook& rulebook, std::int64_t date, ops::Level lowest_level)
    : gathering_(std::make_unique<Gathering>(rulebook, date, lowest_level)) {}
Lists::~Lists() = default;

bool Lists::gives(std::uint32_t service) const {
  for (const sema::Rule& rule : gathering_->program().rules) {
    for (const sema::RuleVersion& version : rule.versions) {
      const auto& ranks = version.ranks;
      if (std::find(ranks.begin(), ranks.end(), sema::ServiceId{service}) != ranks.end())
        return true;
    }
  }
  return false;
}

void Lists::add(std::uint32_t household_number, const value::Household& household,
                const eval::Query& query, const eval::Outcome& outcome) {
  gathering_->add(household_number, household, query, outcome);
}

GivenPlaces Lists::close() { return gathering_->close(); }

}  // namespace juzhu::engine
