#include "explain/marks.h"

#include <algorithm>
#include <set>
#include <utility>

#include "explain/words.h"
#include "sema/allocations.h"

namespace juzhu::explain {
namespace {

using plan::DeclarationKind;

/// A declaration's own remarks and the expressions that may carry more beside their list entries.
struct Carriers {
  std::vector<const sema::Remarks*> remarks;
  std::vector<sema::ExprId> roots;
};

Carriers carriers_of(const sema::Program& program, const plan::Declaration& declaration) {
  Carriers carriers;
  switch (declaration.kind) {
    case DeclarationKind::kRule:
    case DeclarationKind::kGate:
    case DeclarationKind::kNarrowing: {
      const sema::RuleVersion& rule = program.rules[declaration.item].versions[declaration.version];
      carriers = {{&rule.remarks}, {rule.concerns, rule.condition}};
      const std::vector<sema::ExprId> listed = sema::read_by_allocation(program, rule);
      carriers.roots.insert(carriers.roots.end(), listed.begin(), listed.end());
      break;
    }
    case DeclarationKind::kDefinition: {
      const auto& versions = program.definitions[declaration.item].versions;
      if (declaration.version >= versions.size()) break;  // none is in force
      const sema::DefinitionVersion& definition = versions[declaration.version];
      carriers = {{&definition.remarks}, {definition.body}};
      break;
    }
    case DeclarationKind::kParameter: {
      const sema::Parameter& parameter = program.parameters[declaration.item];
      carriers.remarks = {&parameter.remarks};
      if (declaration.version < parameter.versions.size())
        carriers.remarks.push_back(&parameter.versions[declaration.version].remarks);
      break;
    }
    case DeclarationKind::kService:
      carriers.remarks = {&program.services[declaration.item].remarks};
      break;
    case DeclarationKind::kFact: {
      const auto found = program.fact_remarks.find(value::FactId(declaration.item));
      if (found != program.fact_remarks.end()) {
        carriers.remarks = {&found->second};
      }
      break;
    }
  }
  return carriers;
}

void add_entry_remarks(const sema::Program& program, Carriers& carriers) {
  std::set<sema::ExprId> seen;
  std::vector<sema::ExprId> open = carriers.roots;
  while (!open.empty()) {
    const sema::ExprId id = open.back();
    open.pop_back();
    if (!id.valid() || !seen.insert(id).second) {
      continue;
    }
    const auto beside = program.entry_remarks.find(id);
    if (beside != program.entry_remarks.end()) {
      carriers.remarks.push_back(&beside->second);
    }
    const std::vector<sema::ExprId>& operands = program[id].operands;
    open.insert(open.end(), operands.rbegin(), operands.rend());
  }
}

}  // namespace

std::string_view remark_kind_key(RemarkKind kind) {
  switch (kind) {
    case RemarkKind::kNote:
      return "note";
    case RemarkKind::kVague:
      return "vague";
    case RemarkKind::kNotEncoded:
      return "not_encoded";
    case RemarkKind::kRecalled:
      return "recalled";
    case RemarkKind::kDoubtful:
      return "doubtful";
    case RemarkKind::kDayNotKnown:
      return "day_not_known";
    case RemarkKind::kOverLimit:
      return "over_limit";
    case RemarkKind::kForbidden:
      return "forbidden";
  }
  return {};
}

std::vector<Remark> remarks_of(const sema::Program& program, const sema::Remarks& remarks) {
  std::vector<Remark> list;
  const auto add_all = [&](RemarkKind kind, const std::vector<Bilingual>& texts) {
    for (const Bilingual& text : texts) {
      list.push_back({kind, {}, text});
    }
  };
  add_all(RemarkKind::kNote, remarks.notes);
  add_all(RemarkKind::kVague, remarks.vague);
  add_all(RemarkKind::kNotEncoded, remarks.not_encoded);
  const sema::Confidence confidence = sema::effective_confidence(program, remarks);
  if (confidence == sema::Confidence::kRecalled) {
    list.push_back({RemarkKind::kRecalled, {}, {}});
  } else if (confidence == sema::Confidence::kDoubtful) {
    list.push_back({RemarkKind::kDoubtful, {}, {}});
  }
  return list;
}

namespace {

/// What declarations cite, in one line of each tongue.
Bilingual cited(const sema::Program& program, const sema::Remarks& remarks) {
  Bilingual text;
  for (const sema::Citation& citation : remarks.cites) {
    text.en += (text.en.empty() ? "" : "; ") + citation_text(program, citation, false);
    text.zh += (text.zh.empty() ? "" : "；") + citation_text(program, citation, true);
  }
  return text;
}

Bilingual value_of(const sema::Program& program, const plan::Declaration& declaration) {
  const sema::Parameter& parameter = program.parameters[declaration.item];
  const value::Value& value = parameter.versions[declaration.version].value;
  return {value_words(value, parameter.type, *program.schema, false),
          value_words(value, parameter.type, *program.schema, true)};
}

Bilingual forbidden_name(const sema::Program& program, const sema::Breach& breach) {
  const sema::Expr& fact = program[breach.path.back()];
  const bool list = fact.operation == ops::Operation::kRows;
  return display_name(list ? program.schema->lists[fact.a].name
                           : program.schema->facts[fact.a].name);
}

/// The limits that a declaration goes against in the plan's scope.
void add_breaches(const sema::Program& program, const plan::Plan& plan,
                  const plan::Declaration& declaration, const sema::Remarks& own,
                  std::vector<Remark>& marks) {
  using Kind = sema::Breach::Kind;
  for (const sema::Breach& breach : program.breaches) {
    const bool is_parameter = declaration.kind == DeclarationKind::kParameter;
    const bool is_definition = declaration.kind == DeclarationKind::kDefinition;
    const bool is_rule = declaration.kind == DeclarationKind::kRule ||
                         declaration.kind == DeclarationKind::kGate ||
                         declaration.kind == DeclarationKind::kNarrowing;
    const bool same_kind = (breach.kind == Kind::kParameter && is_parameter) ||
                           (breach.kind == Kind::kDefinition && is_definition) ||
                           (breach.kind == Kind::kRule && is_rule);
    if (!same_kind || breach.item != declaration.item || breach.version != declaration.version ||
        !sema::stands_under(program, breach, plan.scope.stack) ||
        !sema::reaches(breach, plan.scope.place, plan.scope.date, program.schema->places))
      continue;
    const sema::Limit& limit = program[breach.limit];
    const Bilingual name = display_name(limit.name);
    Remark mark;
    mark.about = display_name(declaration.name);
    mark.cites = cited(program, limit.remarks);
    const Bilingual its = cited(program, own);
    const std::string own_en = its.en.empty() ? "" : " (" + its.en + ")";
    const std::string own_zh = its.zh.empty() ? "" : "（" + its.zh + "）";
    if (is_parameter) {
      const Bilingual value = value_of(program, declaration);
      mark.kind = RemarkKind::kOverLimit;
      mark.text.en = value.en + own_en + " goes against “" + name.in(false) + "” (" +
                     mark.cites.en + "): " + breach.asked;
      mark.text.zh = value.zh + own_zh + "与“" + name.in(true) + "”（" + mark.cites.zh +
                     "）不符：" + breach.asked;
    } else {
      const Bilingual fact = forbidden_name(program, breach);
      mark.kind = RemarkKind::kForbidden;
      mark.text.en = (its.en.empty() ? "it" : its.en) + " rests on “" + fact.in(false) +
                     "”, which “" + name.in(false) + "” (" + mark.cites.en + ") forbids";
      mark.text.zh = (its.zh.empty() ? "其" : its.zh) + "所依据的“" + fact.in(true) + "”为“" +
                     name.in(true) + "”（" + mark.cites.zh + "）所禁止";
    }
    marks.push_back(std::move(mark));
  }
}

}  // namespace

void add_reform(const sema::Program& program, sema::ReformId reform, bool changed,
                std::vector<Remark>& remarks) {
  if (!reform.valid()) return;
  const Bilingual name = display_name(program[reform].name);
  remarks.push_back({RemarkKind::kNote,
                     {},
                     {(changed ? "As amended by the reform " : "Added by the reform ") + name.en,
                      (changed ? "经改革修改：" : "由改革增设：") + name.zh}});
}

std::vector<Remark> marks_of(const sema::Program& program, const plan::Plan& plan,
                             const std::vector<plan::DeclarationId>& rests_on) {
  std::vector<Remark> marks;
  for (const plan::DeclarationId id : rests_on) {
    const plan::Declaration& declaration = plan[id];
    if (!declaration.marked) {
      continue;
    }
    Carriers carriers = carriers_of(program, declaration);
    add_entry_remarks(program, carriers);
    const sema::Remarks none;
    const sema::Remarks& own = carriers.remarks.empty() ? none : *carriers.remarks.front();
    for (const sema::Remarks* remarks : carriers.remarks) {
      for (Remark& remark : remarks_of(program, *remarks)) {
        if (remark.kind != RemarkKind::kNote) {
          remark.about = display_name(declaration.name);
          remark.cites = cited(program, remarks->cites.empty() ? own : *remarks);
          const bool said = std::any_of(marks.begin(), marks.end(), [&](const Remark& other) {
            return other.kind == remark.kind && other.about.en == remark.about.en &&
                   other.text.en == remark.text.en && other.text.zh == remark.text.zh;
          });
          if (!said) {
            marks.push_back(std::move(remark));
          }
        }
      }
    }
    const bool has_version = declaration.kind == DeclarationKind::kParameter;
    const sema::Remarks& version =
        has_version ? program.parameters[declaration.item].versions[declaration.version].remarks
                    : own;
    add_breaches(program, plan, declaration, version, marks);
  }
  return marks;
}

}  // namespace juzhu::explain
