#include "explain/rule_notes.h"

#include <fmt/format.h>

#include <algorithm>

#include "explain/words.h"

namespace juzhu::explain {

namespace {

/// Nearest to deciding first.
int nearness(Standing standing) {
  switch (standing) {
    case Standing::kDecides:
      return 0;
    case Standing::kMayDecide:
      return 1;
    case Standing::kBeaten:
      return 2;
    case Standing::kApplies:
      return 3;
    case Standing::kFails:
      return 4;
    case Standing::kNarrowed:
      return 5;
    case Standing::kNotMet:
      return 6;
    case Standing::kNotConcerned:
      return 7;
  }
  return 8;
}

bool all_lie_inside(const value::PlaceTree& places, const std::vector<value::PlaceNode>& inner,
                    const std::vector<value::PlaceNode>& outer) {
  if (outer.empty()) {
    return !inner.empty();
  }
  return !inner.empty() && std::all_of(inner.begin(), inner.end(), [&](value::PlaceNode place) {
    return std::any_of(outer.begin(), outer.end(), [&](value::PlaceNode wide) {
      return place != wide && places.within(place, wide);
    });
  });
}

}  // namespace

RuleNotes::RuleNotes(const sema::Program& program, const source::SourceMap& sources,
                     const eval::Outcome& outcome)
    : program_(program),
      sources_(sources),
      outcome_(outcome),
      context_(question_context(program, outcome)),
      tree_(context_) {
  if (outcome.frame.valid()) {
    rules_ = rule_set_of(*outcome.trace->plan, outcome.trace->block(outcome.frame));
  }
}

void RuleNotes::fill(Explanation& explanation) {
  if (rules_ == nullptr) {
    return;
  }
  for (std::uint32_t i = 0; i < rules_->rules.size(); ++i) {
    if (other_half_stands(rules_->rules[i])) {
      continue;
    }
    RuleNote note = full(rules_->rules[i], i);
    if (note.standing == Standing::kDecides || note.standing == Standing::kMayDecide) {
      explanation.deciding.push_back(std::move(note));
    } else if (note.standing == Standing::kNotConcerned) {
      explanation.not_concerned.push_back(std::move(note));
    } else {
      explanation.weighed.push_back(std::move(note));
    }
  }
  // After a refusal people look for the ways in that failed; elsewhere for what came close.
  const bool denied = outcome_.kind == eval::OutcomeKind::kDenied;
  const auto place = [denied](const RuleNote& note) {
    const bool failed_way_in =
        note.effect != ops::Effect::kDenies &&
        (note.standing == Standing::kNotMet || note.standing == Standing::kNarrowed);
    return denied && failed_way_in ? -1 : nearness(note.standing);
  };
  const auto nearer = [place](const RuleNote& left, const RuleNote& right) {
    return place(left) < place(right);
  };
  std::stable_sort(explanation.deciding.begin(), explanation.deciding.end(), nearer);
  std::stable_sort(explanation.weighed.begin(), explanation.weighed.end(), nearer);
}

const sema::RuleVersion& RuleNotes::version_of(plan::DeclarationId id) const {
  const plan::Declaration& declaration = (*outcome_.trace->plan)[id];
  return program_.rules[declaration.item].versions[declaration.version];
}

const eval::Deciding* RuleNotes::deciding(plan::DeclarationId id) const {
  for (const eval::Deciding& one : outcome_.deciding) {
    if (one.declaration == id) {
      return &one;
    }
  }
  return nullptr;
}

RuleNote RuleNotes::brief(plan::DeclarationId id) const {
  const plan::Declaration& declaration = (*outcome_.trace->plan)[id];
  const sema::RuleVersion& version = version_of(id);
  RuleNote note;
  note.name = display_name(declaration.name);
  note.text = version.text;
  note.module = version.module;
  note.where = where(version.name_span);
  note.effect = !version.denies.empty()  ? ops::Effect::kDenies
                : !version.ranks.empty() ? ops::Effect::kRanks
                                         : ops::Effect::kGrants;
  note.level = version.level;
  note.gate = version.gate;
  note.standing = Standing::kApplies;
  note.cites = references(program_, version.remarks.cites);
  note.places = places_of(version.extent);
  note.from = version.extent.from;
  note.to = version.extent.to;
  note.remarks = remarks_of(program_, version.remarks);
  add_reform(program_, version.reform, version.amends, note.remarks);
  const std::int64_t today = outcome_.trace->plan->scope.date;
  const bool near_its_ends = version.extent.day_not_known;
  if (near_its_ends && today >= note.from && today <= note.to) {
    note.remarks.push_back({RemarkKind::kDayNotKnown, {}, {}});
  }
  return note;
}

RuleNote RuleNotes::full(const plan::RuleEntry& entry, std::uint32_t index) {
  RuleNote note = brief(entry.declaration);
  note.effect = entry.effect;
  note.gate = entry.gate;
  note.standing = standing_of(entry, index);
  if (entry.concerns != plan::kNoSlot && !value::is_true(value_at(context_, entry.concerns))) {
    note.conditions = tree_.conditions(context_, entry.concerns);
  }
  if (entry.condition != plan::kNoSlot && note.standing != Standing::kNotConcerned) {
    for (Node& node : tree_.conditions(context_, entry.condition)) {
      note.conditions.push_back(std::move(node));
    }
  }
  if (note.standing != Standing::kNotConcerned) {
    for (const plan::Narrowing& one : entry.narrowings) {
      const bool concerns =
          one.concerns == plan::kNoSlot || !value::is_false(value_at(context_, one.concerns));
      if (concerns) {
        note.narrowings.push_back(narrowing(entry, one));
      }
    }
  }
  if (note.standing == Standing::kBeaten || note.standing == Standing::kApplies) {
    for (std::uint32_t other = 0; other < rules_->rules.size(); ++other) {
      const plan::RuleEntry& rival = rules_->rules[other];
      if (rules_->beats[other][index] && value::is_true(value_at(context_, rival.status))) {
        note.beaten_by.emplace_back(display_name((*outcome_.trace->plan)[rival.declaration].name),
                                    why_over(other, index));
      }
    }
  }
  Node whole;
  whole.truth = truth_of(value_at(context_, entry.status));
  whole.children = std::move(note.conditions);
  fold_to_deciding(whole, false);
  note.conditions = std::move(whole.children);
  return note;
}

RuleNote RuleNotes::narrowing(const plan::RuleEntry& entry, const plan::Narrowing& narrowing) {
  RuleNote note = brief(narrowing.declaration);
  note.effect = entry.effect;
  note.standing = Standing::kApplies;
  if (deciding(narrowing.declaration) != nullptr) {
    note.standing = Standing::kDecides;
  }
  if (narrowing.condition != plan::kNoSlot) {
    const Truth truth = truth_of(value_at(context_, narrowing.condition));
    if (truth == Truth::kNo && note.standing != Standing::kDecides) {
      note.standing = Standing::kNotMet;
    } else if (truth == Truth::kUnknown) {
      note.standing = Standing::kMayDecide;
    } else if (truth == Truth::kError) {
      note.standing = Standing::kFails;
    }
    note.conditions = tree_.conditions(context_, narrowing.condition);
  }
  return note;
}

/// A rule that an allocation parts into a ranking and a granting half: is it the other one that
/// stands?
bool RuleNotes::other_half_stands(const plan::RuleEntry& entry) const {
  if (!value::is_false(value_at(context_, entry.status))) {
    return false;
  }
  return std::any_of(rules_->rules.begin(), rules_->rules.end(), [&](const auto& other) {
    return other.declaration == entry.declaration &&
           !value::is_false(value_at(context_, other.status));
  });
}

Standing RuleNotes::standing_of(const plan::RuleEntry& entry, std::uint32_t index) const {
  if (const eval::Deciding* one = deciding(entry.declaration)) {
    return one->sure ? Standing::kDecides : Standing::kMayDecide;
  }
  if (entry.concerns != plan::kNoSlot && value::is_false(value_at(context_, entry.concerns))) {
    return Standing::kNotConcerned;
  }
  const Value& status = value_at(context_, entry.status);
  if (value::is_false(status)) {
    const bool own_condition_met =
        entry.condition == plan::kNoSlot || value::is_true(value_at(context_, entry.condition));
    return own_condition_met && !entry.narrowings.empty() ? Standing::kNarrowed : Standing::kNotMet;
  }
  if (is_beaten(index)) {
    return Standing::kBeaten;
  }
  if (status.only_error()) {
    return Standing::kFails;
  }
  return value::is_true(status) ? Standing::kApplies : Standing::kMayDecide;
}

bool RuleNotes::is_beaten(std::uint32_t index) const {
  for (std::uint32_t other = 0; other < rules_->rules.size(); ++other) {
    if (rules_->beats[other][index] &&
        value::is_true(value_at(context_, rules_->rules[other].status))) {
      return true;
    }
  }
  return false;
}

/// Which line of semantics.md 5.2 puts one rule over another. That it does is the plan's word; a
/// pair that no line orders by itself is ordered by way of others.
Over RuleNotes::why_over(std::uint32_t winner, std::uint32_t loser) const {
  const plan::DeclarationId winner_id = rules_->rules[winner].declaration;
  const plan::DeclarationId loser_id = rules_->rules[loser].declaration;
  const sema::RuleVersion& over = version_of(winner_id);
  const sema::RuleVersion& under = version_of(loser_id);
  const std::uint32_t loser_rule = (*outcome_.trace->plan)[loser_id].item;
  for (const sema::RuleId named : over.overrides) {
    if (named.index == loser_rule) {
      return Over::kOverrides;
    }
  }
  const value::PlaceTree& places = program_.schema->places;
  if (all_lie_inside(places, over.extent.places, under.extent.places)) {
    return Over::kPlace;
  }
  if (under.gate && !over.gate) {
    return Over::kGate;
  }
  if (over.level == under.level && over.extent.from > under.extent.from &&
      over.extent.places == under.extent.places) {
    return Over::kLater;
  }
  return Over::kThroughOthers;
}

Bilingual RuleNotes::places_of(const sema::Extent& extent) const {
  Bilingual text;
  for (const value::PlaceNode place : extent.places) {
    text.en += (text.en.empty() ? "" : ", ") + program_.schema->places.path_en(place);
    text.zh += (text.zh.empty() ? "" : "、") + program_.schema->places.path_zh(place);
  }
  return text;
}

std::string RuleNotes::where(source::Span span) const {
  if (!span.file.valid() || span.file.index >= sources_.size()) {
    return {};
  }
  const source::SourceFile& file = sources_.file(span.file);
  return fmt::format("{}:{}", file.name(), file.position(span.begin).line);
}

}  // namespace juzhu::explain
