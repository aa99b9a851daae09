// A score as its sheet: who or what was chosen, each item with the quantity and rate or the row of
// the table it comes from, caps, groups, the total. All of it is read from the frames of the trace;
// nothing is added up here.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "eval/needs.h"
#include "explain/marks.h"
#include "explain/phraser.h"
#include "explain/sheet_lines.h"
#include "explain/words.h"

namespace juzhu::explain {

namespace {

const plan::Declaration& declaration_of_frame(const eval::Trace& trace, eval::FrameId frame) {
  return (*trace.plan)[trace.block(frame).declaration];
}

class Sheets {
 public:
  Sheets(const sema::Program& program, const value::Household& household, const eval::Trace& trace)
      : program_(program), household_(household), trace_(trace) {}

  std::vector<ScoreSheet> all() {
    std::vector<ScoreSheet> sheets;
    std::set<std::pair<std::uint32_t, std::int64_t>> seen;
    for (std::size_t i = 0; i < trace_.frames.size(); ++i) {
      const eval::FrameId frame(i);
      if (trace_.block(frame).kind != plan::BlockKind::kDefinition) {
        continue;
      }
      const plan::Declaration& declaration = declaration_of_frame(trace_, frame);
      if (declaration.kind != plan::DeclarationKind::kDefinition) {
        continue;
      }
      const sema::ScoreId id = program_.definitions[declaration.item].score;
      const bool is_total = id.valid() && program_[id].total.index == declaration.item;
      if (is_total && seen.emplace(id.index, trace_[frame].slots[0].lo).second) {
        sheets.push_back(sheet(id, declaration.version, frame));
      }
    }
    std::stable_sort(
        sheets.begin(), sheets.end(), [](const ScoreSheet& left, const ScoreSheet& right) {
          return std::pair(left.score, left.member.en) < std::pair(right.score, right.member.en);
        });
    return sheets;
  }

 private:
  ScoreSheet sheet(sema::ScoreId id, std::uint32_t version_index, eval::FrameId frame) {
    const sema::Score& score = program_[id];
    const sema::ScoreVersion& version = score.versions[version_index];
    const Context context = inside(version, frame);
    const Slot result = trace_.block(frame).results[0];
    const Type& type = type_at(context, result);
    ScoreSheet sheet;
    sheet.score = score.name.in(false);
    sheet.name = display_name(score.name);
    sheet.text = version.text;
    sheet.member = Tree(context).bound_name(trace_[frame].slots[0], score.subject);
    sheet.total = total_text(value_at(context, result), type);
    sheet.known = value::is_known(value_at(context, result), type);
    sheet.cites = references(program_, version.remarks.cites);
    sheet.remarks = remarks_of(program_, version.remarks);
    add_ways(sheet, version, context);
    if (!sheet.known) {
      add_missing(sheet, frame, result);
    }
    return sheet;
  }

  /// "between 64.2 and 71.0 points".
  Bilingual total_text(const Value& value, const Type& type) const {
    const bool is_range = value.only_value() && value.lo != value.hi;
    if (!is_range) {
      return value_of(Context{&program_, nullptr, nullptr, {}, {}, true}, value, type);
    }
    const auto end = [&](std::int64_t number) {
      return points_text(program_, value::number(number), type).en;
    };
    return {fmt::format("between {} and {} points", end(value.lo), end(value.hi)),
            fmt::format("{}至{}分之间", end(value.lo), end(value.hi))};
  }

  Context inside(const sema::ScoreVersion& version, eval::FrameId frame) const {
    Context context;
    context.program = &program_;
    context.household = &household_;
    context.trace = &trace_;
    context.frame = frame;
    const sema::Local& local = program_[version.subject];
    context.bound[version.subject.index] = {trace_[frame].slots[0], role_words(program_, local),
                                            false};
    return context;
  }

  void add_ways(ScoreSheet& sheet, const sema::ScoreVersion& version, const Context& context) {
    const plan::Block& block = trace_.block(context.frame);
    for (std::size_t i = 0; i < block.steps.size(); ++i) {
      const auto slot = static_cast<Slot>(block.parameters.size() + i);
      if (block.steps[i].operation == ops::Operation::kPick) {
        add_candidates(sheet, version, context, slot);
        return;
      }
      if (calls(context, slot, version.value)) {
        sheet.ways.push_back(way(version, *inside_call(context, slot)));
        return;
      }
    }
  }

  void add_candidates(ScoreSheet& sheet, const sema::ScoreVersion& version, const Context& context,
                      Slot pick) {
    const auto& picks = trace_[context.frame].picks;
    const auto found = picks.find(pick);
    if (found == picks.end()) {
      return;
    }
    for (const eval::PickCandidate& candidate : found->second.candidates) {
      if (!candidate.may_be_best) {
        ++sheet.behind;
        continue;
      }
      const Context body = inside_pick(context, pick, candidate.frame);
      const plan::Block& block = trace_.block(candidate.frame);
      for (std::size_t i = 0; i < block.steps.size(); ++i) {
        const auto slot = static_cast<Slot>(block.parameters.size() + i);
        if (!calls(body, slot, version.value)) {
          continue;
        }
        SheetWay one = way(version, *inside_call(body, slot));
        for (std::size_t choice = 0; choice < version.choices.size(); ++choice) {
          const sema::Local& local = program_[version.choices[choice].local];
          one.chosen.emplace_back(role_words(program_, local),
                                  Tree(context).bound_name(candidate.chosen[choice], local.type));
        }
        sheet.ways.push_back(std::move(one));
        break;
      }
    }
  }

  SheetWay way(const sema::ScoreVersion& version, const Context& total) {
    SheetWay way;
    SheetLines lines(program_, trace_);
    way.lines = lines.of(version.components, total);
    const Slot result = trace_.block(total.frame).results[0];
    way.total = points_text(program_, value_at(total, result), type_at(total, result));
    lines.add_bounds(total, version.cap, version.floor, way.notes);
    return way;
  }

  void add_missing(ScoreSheet& sheet, eval::FrameId frame, Slot slot) const {
    std::vector<std::pair<std::string, value::FactRef>> by_name;
    for (const value::FactRef& ref : eval::needs(trace_, frame, slot)) {
      by_name.emplace_back(value::fact_text(ref, household_, *program_.schema, false), ref);
    }
    std::sort(by_name.begin(), by_name.end());
    for (const auto& [name, ref] : by_name) {
      sheet.missing.push_back(missing_fact(program_, household_, ref));
    }
  }

  const sema::Program& program_;
  const value::Household& household_;
  const eval::Trace& trace_;
};

}  // namespace

MissingFact missing_fact(const sema::Program& program, const value::Household& household,
                         const value::FactRef& ref) {
  using value::FactRef;
  const value::Schema& schema = *program.schema;
  MissingFact fact;
  fact.fact = display_name({value::fact_text(ref, household, schema, false),
                            value::fact_text(ref, household, schema, true)});
  fact.state = value::fact_state(ref, household, schema);
  const bool is_cell = ref.kind == FactRef::Kind::kCell || ref.kind == FactRef::Kind::kRowCell;
  if (is_cell && ref.fact.valid()) {
    fact.question = schema[ref.fact].question;
  } else if (ref.kind == FactRef::Kind::kList) {
    fact.question = schema[ref.list].text;
  }
  return fact;
}

ScoreSheet score_sheet(const sema::Program& program, const value::Household& household,
                       const eval::Answer& answer, sema::ScoreId score, std::uint32_t member) {
  const Bilingual who{member_name(household, member, false), member_name(household, member, true)};
  for (ScoreSheet& sheet : score_sheets(program, household, *answer.trace)) {
    if (sheet.score == program[score].name.in(false) && sheet.member.en == who.en) {
      return std::move(sheet);
    }
  }
  Context context;
  context.program = &program;
  ScoreSheet sheet;
  sheet.score = program[score].name.in(false);
  sheet.name = display_name(program[score].name);
  sheet.member = who;
  sheet.total = value_of(context, answer.value, program[program[score].total].type);
  sheet.known = true;
  sheet.in_force = false;
  return sheet;
}

std::vector<ScoreSheet> score_sheets(const sema::Program& program,
                                     const value::Household& household, const eval::Trace& trace) {
  return Sheets(program, household, trace).all();
}

}  // namespace juzhu::explain
