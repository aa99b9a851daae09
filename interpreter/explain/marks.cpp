#include "explain/marks.h"

#include <algorithm>
#include <set>
#include <utility>

#include "explain/words.h"

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
    for (const sema::Remarks* remarks : carriers.remarks) {
      for (Remark& remark : remarks_of(program, *remarks)) {
        if (remark.kind != RemarkKind::kNote) {
          remark.about = display_name(declaration.name);
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
  }
  return marks;
}

}  // namespace juzhu::explain
