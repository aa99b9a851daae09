#include "engine/lists.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <tuple>

#include "engine/application.h"
#include "eval/facts.h"
#include "eval/level_zero.h"
#include "eval/needs.h"
#include "ops/logic.h"

namespace juzhu::engine {

Sure sure_of(const Value& condition) {
  const Value truth = ops::condition(condition);
  if (value::is_true(truth)) return Sure::kYes;
  return value::is_false(truth) ? Sure::kNo : Sure::kMaybe;
}

bool is_exact(const Value& value, const value::Type& type) {
  return value.only_not_applicable() || (value.only_value() && value::is_known(value, type));
}

namespace {

/// Reads blocks of one applicant in every scope that its household may fall under.
class Reader {
 public:
  Reader(eval::PlanSource& plans, const value::Household& household, std::int64_t date,
         std::uint32_t member)
      : plans_(plans),
        scopes_(eval::scopes_for(plans, household, date)),
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
    into.value = value::join(into.value, other.value, into.type, plans_.schema().places);
    into.needs.merge(other.needs);
  }

 private:
  eval::PlanSource& plans_;
  eval::Scopes scopes_;
  Value self_;
};

}  // namespace

/// Applications by allocation until all are there.
class Lists::Gathering {
 public:
  Gathering(Rulebook& rulebook, std::int64_t date, ops::Level lowest_level, std::uint32_t stack)
      : rulebook_(rulebook),
        plans_(rulebook.under(stack)),
        date_(date),
        lowest_level_(lowest_level) {}

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

  Rulebook& rulebook_;
  eval::PlanSource& plans_;  ///< with the reforms that are active
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
  const Reader reader(plans_, whole, date_, query.member);
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
    // Where it may fail the child may stay out with that error.
    if (answered.value.may_fail()) {
      made.present = std::min(made.present, Sure::kMaybe);
      made.presence_needs.insert(answered.needs.begin(), answered.needs.end());
    }
    for (const value::FactRef& ref : answered.needs)
      made.texts[ref];
  };
  read(made.pool);
  for (const auto* answers : {&made.keys, &made.wishes, &made.seats, &made.amounts, &made.groups}) {
    for (const Answered& answered : *answers)
      read(answered);
  }
  // Fewer seats than none are no number of seats: an error if it is so, and if it may be so the
  // child may stay out.
  for (const auto* answers : {&made.seats, &made.amounts}) {
    for (const Answered& answered : *answers) {
      const bool may_be_below = answered.value.may_value() && answered.value.lo < 0;
      if (!may_be_below) continue;
      const bool below = answered.value.only_value() && answered.value.hi < 0;
      if (below && !failure) failure = value::ErrorCode::kOutOfDomain;
      made.present = std::min(made.present, Sure::kMaybe);
      made.presence_needs.insert(answered.needs.begin(), answered.needs.end());
    }
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

GivenPlaces Lists::Gathering::close() {
  GivenPlaces given;
  // By name; of several versions by where and since when they hold, not by where they are written.
  std::vector<std::tuple<std::string, std::vector<std::string>, std::int64_t, std::uint32_t>> order;
  for (const auto& [allocation, all] : applications_) {
    const sema::Allocation& list = program().allocations[allocation];
    const sema::Extent& extent = program()[list.rule].versions[list.version].extent;
    std::vector<std::string> places;
    for (const value::PlaceNode place : extent.places)
      places.push_back(rulebook_.schema().places.path_en(place));
    order.emplace_back(program()[list.rule].name.in(false), std::move(places), extent.from,
                       allocation);
  }
  std::sort(order.begin(), order.end());
  for (const auto& [name, places, from, allocation] : order) {
    drop_duplicates(allocation);
    std::vector<PlaceList> lists = fill_lists(program(), allocation, applications_[allocation]);
    std::move(lists.begin(), lists.end(), std::back_inserter(given.lists));
  }
  given.left_out = std::move(left_out_);
  std::sort(given.left_out.begin(), given.left_out.end(),
            [](const LeftOut& left, const LeftOut& right) {
              return std::tie(left.allocation, left.household_key, left.member_key) <
                     std::tie(right.allocation, right.household_key, right.member_key);
            });
  return given;
}

Lists::Lists(Rulebook& rulebook, std::int64_t date, ops::Level lowest_level, std::uint32_t stack)
    : gathering_(std::make_unique<Gathering>(rulebook, date, lowest_level, stack)) {}
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
