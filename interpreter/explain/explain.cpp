// Puts an explanation together: whom and what it is about, the rules, what would change it, what is
// missing, what it rests on. The sentences at its head are in conclusion.cpp.
#include "explain/explain.h"

#include <fmt/format.h>

#include <optional>

#include "explain/conclusion.h"
#include "explain/marks.h"
#include "explain/phraser.h"
#include "explain/rule_notes.h"
#include "explain/words.h"
#include "sema/extent.h"
#include "sema/reforms.h"

namespace juzhu::explain {

using value::FactRef;

namespace {

class Explainer {
 public:
  Explainer(const sema::Program& program, const source::SourceMap& sources,
            const value::Household& household, const eval::Query& query,
            const eval::Outcome& outcome)
      : program_(program),
        sources_(sources),
        household_(household),
        query_(query),
        outcome_(outcome),
        plan_(*outcome.trace->plan),
        context_(question_context(program, outcome)),
        notes_(program, sources, outcome) {}

  Explanation run() {
    head();
    notes_.fill(result_);
    for (const eval::FailingSet& set : outcome_.failing.sets) {
      result_.would_grant.push_back(changes(set));
    }
    result_.may_lack_some = outcome_.failing.may_lack_some;
    for (const FactRef& ref : outcome_.depends_on) {
      result_.missing.push_back(missing_fact(program_, household_, ref));
    }
    result_.at_most = outcome_.at_most;
    if (outcome_.kind == eval::OutcomeKind::kError) {
      result_.failure = failure();
      if (result_.failure && result_.failure->of_question) result_.next_begin = next_begin();
    }
    layers();
    result_.scores = score_sheets(program_, *outcome_.trace->household, *outcome_.trace);
    result_.marks = marks_of(program_, plan_, outcome_.rests_on);
    conclude(result_);
    return std::move(result_);
  }

 private:
  void head() {
    const sema::Service& service = program_.services[query_.service];
    const value::Member& member = household_.members[query_.member];
    result_.household = household_.key;
    result_.member_key = member.key;
    result_.member = {member_name(household_, query_.member, false),
                      member_name(household_, query_.member, true)};
    result_.service = {explain::service_name(service, false), explain::service_name(service, true)};
    result_.service_name = service.name.in(false);
    result_.outcome = outcome_.kind;
    const value::PlaceTree& places = program_.schema->places;
    result_.place = {places.path_en(plan_.scope.place), places.path_zh(plan_.scope.place)};
    result_.date = query_.date;
    result_.lowest_level = query_.lowest_level;
    result_.possible = possible();
    result_.open = outcome_.open;
    for (const sema::ReformId id : program_.stacks[plan_.scope.stack].reforms)
      result_.reforms.push_back(display_name(program_[id].name));
    result_.last_end = outcome_.last_end;
    result_.settled = settled();
    result_.marked = outcome_.marked;
  }

  /// The day on which the next rule that gives the service here begins.
  std::int64_t next_begin() const {
    std::int64_t next = 0;
    for (std::uint32_t rule = 0; rule < program_.rules.size(); ++rule) {
      for (const sema::VersionInStack& each :
           sema::versions_in(program_, {sema::ItemKind::kRule, rule}, plan_.scope.stack)) {
        const sema::RuleVersion& version = program_.rules[rule].versions[each.version];
        const auto gives = [&](const std::vector<sema::ServiceId>& services) {
          return std::any_of(services.begin(), services.end(), [&](sema::ServiceId service) {
            return service.index == query_.service;
          });
        };
        if (!gives(version.grants) && !gives(version.ranks)) continue;
        if (each.from <= query_.date) continue;
        if (!sema::reached_through(each.places, plan_.scope.place, program_.schema->places))
          continue;
        if (next == 0 || each.from < next) next = each.from;
      }
    }
    return next;
  }

  std::vector<Bilingual> possible() const {
    const std::pair<std::uint8_t, eval::OutcomeKind> kinds[] = {
        {eval::kMayGrant, eval::OutcomeKind::kGranted},
        {eval::kMayRank, eval::OutcomeKind::kRanked},
        {eval::kMayDeny, eval::OutcomeKind::kDenied},
        {eval::kMayConflict, eval::OutcomeKind::kConflict},
        {eval::kMayFail, eval::OutcomeKind::kError}};
    std::vector<Bilingual> list;
    for (const auto& [bit, kind] : kinds) {
      if (outcome_.kind == eval::OutcomeKind::kUnknown && (outcome_.possible & bit) != 0) {
        list.push_back(eval::outcome_words(kind));
      }
    }
    return list;
  }

  /// The answer is known although the first evaluation left it open: the search found that no
  /// missing fact matters.
  bool settled() const {
    if (outcome_.kind == eval::OutcomeKind::kUnknown || !outcome_.frame.valid()) {
      return false;
    }
    const plan::Block& block = outcome_.trace->block(outcome_.frame);
    if (block.results.empty() || block.results[0] == plan::kNoSlot) {
      return false;
    }
    const Slot slot = block.results[0];
    return !value::is_known(value_at(context_, slot), type_at(context_, slot));
  }

  std::vector<Change> changes(const eval::FailingSet& set) {
    std::vector<Change> list;
    for (const eval::Leaf& leaf : set) {
      Change change;
      change.text = {leaf_label(program_, outcome_, leaf, false, true),
                     leaf_label(program_, outcome_, leaf, true, true)};
      if (const auto reading = reading_of(context_, leaf)) {
        change.now = Tree(context_).present_value(reading->context, reading->slot);
      }
      change.uncertain = leaf.uncertain;
      if (leaf.narrowing) {
        change.cites = notes_.brief(*leaf.narrowing).cites;
      }
      list.push_back(std::move(change));
    }
    return list;
  }

  Failure failure() const {
    const value::Error& error = outcome_.error;
    Failure failure;
    failure.code = error.code;
    failure.text = {std::string(error_words(error.code, false)),
                    std::string(error_words(error.code, true))};
    if (error.entity > 0 && error.entity <= household_.members.size()) {
      const std::size_t member = error.entity - 1;
      failure.member = {member_name(household_, member, false),
                        member_name(household_, member, true)};
    }
    if (error.declaration >= plan_.declarations.size()) {
      return failure;
    }
    const plan::Declaration& declaration = plan_.declarations[error.declaration];
    failure.declaration = display_name(declaration.name);
    failure.of_question = error.code == value::ErrorCode::kNoRuleInForce &&
                          declaration.kind == plan::DeclarationKind::kService &&
                          declaration.item == query_.service;
    if (const plan::Step* step = failing_step(error)) {
      const sema::ExprId id = expr_of(*step);
      Context context;
      context.program = &program_;
      failure.expression = phrase(context, id);
      failure.where = where(program_[id].span);
    }
    return failure;
  }

  const plan::Step* failing_step(const value::Error& error) const {
    for (const plan::Block& block : plan_.blocks) {
      for (const plan::Step& step : block.steps) {
        if (step.declaration.index == error.declaration && step.node == error.node &&
            expr_of(step).valid()) {
          return &step;
        }
      }
    }
    return nullptr;
  }

  std::string where(source::Span span) const {
    if (!span.file.valid() || span.file.index >= sources_.size()) {
      return {};
    }
    const source::SourceFile& file = sources_.file(span.file);
    const source::LineColumn place = file.position(span.begin);
    return fmt::format("{}:{}:{}", file.name(), place.line, place.column);
  }

  void layers() {
    for (const plan::DeclarationId id : outcome_.conflicts_with) {
      result_.law_gives_more.push_back(notes_.brief(id));
    }
    for (const plan::DeclarationId id : outcome_.may_conflict_with) {
      result_.law_may_give_more.push_back(notes_.brief(id));
    }
    for (const plan::DeclarationId id : outcome_.more_generous_than) {
      result_.law_gives_less.push_back(notes_.brief(id));
    }
  }

  const sema::Program& program_;
  const source::SourceMap& sources_;
  const value::Household& household_;
  const eval::Query& query_;
  const eval::Outcome& outcome_;
  const plan::Plan& plan_;
  Context context_;
  RuleNotes notes_;
  Explanation result_;
};

}  // namespace

Explanation explain(const sema::Program& program, const source::SourceMap& sources,
                    const value::Household& household, const eval::Query& query,
                    const eval::Outcome& outcome) {
  return Explainer(program, sources, household, query, outcome).run();
}

}  // namespace juzhu::explain
