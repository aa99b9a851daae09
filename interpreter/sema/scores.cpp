// Scores and their parts as definitions: a score is declared with a definition for its total and
// for every name that can be read of it, each with the score's versions.
#include <fmt/format.h>

#include <algorithm>

#include "sema/score_parts.h"

namespace juzhu::sema {

using ops::Operation;
using value::TypeKind;

namespace {

const Type kPoints = value::number_type(0, value::base_unit(value::kPointUnit));

Bilingual part_name(const Bilingual& score, const Bilingual& part) {
  Bilingual name{score.in(false) + "'s " + part.in(false), {}};
  if (!score.zh.empty() && !part.zh.empty()) name.zh = score.zh + "的" + part.zh;
  return name;
}

PartKind part_kind(const SyntaxTree& tree, NodeId node) {
  if (tree.kind(node) == NodeKind::kLetPart) return PartKind::kLet;
  if (tree.kind(node) == NodeKind::kItemPart) return PartKind::kItem;
  return tree.has(node, TokenKind::kBEST_OF) ? PartKind::kBestOf : PartKind::kGroup;
}

}  // namespace

std::optional<ScoreId> Checker::score_named(const Type& subject, const Declared& declared) {
  const std::string key = type_text(subject).en;
  for (const std::string& spelling : {declared.name.en, declared.name.zh}) {
    const auto known = spelling.empty() ? properties_.end() : properties_.find({key, spelling});
    if (known == properties_.end()) continue;
    if (program_[known->second].score.valid()) return program_[known->second].score;
    sink_
        .report(diag::Code::kDuplicateName, declared.name_span,
                say("`{}` of {} is a definition already", "{1}的 `{0}` 已是定义", spelling,
                    type_text(subject)),
                say("declared again", "再次声明"))
        .helps.emplace_back(say("give the score another name", "为积分另取名称"));
    return std::nullopt;
  }
  const ScoreId id{program_.scores.size()};
  Score score;
  score.name = declared.name;
  score.module = declared.module;
  score.subject = subject;
  program_.scores.push_back(std::move(score));
  score_places_.emplace_back();
  const DefinitionId total = score_definition(id, declared.name, kPoints, declared.name_span);
  program_.scores[id.index].total = total;
  return id;
}

DefinitionId Checker::score_definition(ScoreId id, const Bilingual& name, const Type& type,
                                       Span span) {
  const Score& score = program_[id];
  Definition definition;
  definition.name = name;
  definition.module = score.module;
  definition.has_subject = true;
  definition.type = type;
  definition.score = id;
  std::string subject = type_text(score.subject).en;
  subject.erase(0, subject.find(' ') + 1);
  definition.parameters.push_back(add_local(std::move(subject), score.subject, span));
  program_.definitions.push_back(std::move(definition));
  definition_places_.emplace_back();
  return DefinitionId{program_.definitions.size() - 1};
}

namespace {

/// The names of a version: what is chosen goes by plain name inside, items and groups only from
/// outside.
class PartNames {
 public:
  PartNames(const Score& score, diag::Sink& sink) : score_(score), sink_(sink) {}
  void add(const Bilingual& name, Span span) {
    for (const std::string& spelling : {name.en, name.zh}) {
      if (spelling.empty()) continue;
      const auto [known, is_new] = seen_.emplace(spelling, span);
      if (is_new) continue;
      diag::Diagnostic& diagnostic =
          sink_.report(diag::Code::kDuplicateName, span,
                       say("`{}` stands twice in the score `{}`", "`{}` 在积分 `{}` 中出现两次",
                           spelling, score_.name),
                       say("again", "重复"));
      diagnostic.labels.push_back({known->second, say("first here", "首次出现")});
      diagnostic.helps.emplace_back(say("give one of the two another name", "为其中一个另取名称"));
      return;
    }
  }

 private:
  const Score& score_;
  diag::Sink& sink_;
  std::map<std::string, Span> seen_;
};

/// Reads the components of a version without looking at their expressions.
struct PartReader {
  const SyntaxTree& tree;
  const std::function<Declared(NodeId)> declared_of;
  PartNames& outside;  ///< read of the score
  PartNames& inside;   ///< read by plain name in its components
  std::vector<Component> read(NodeId parent) {
    std::vector<Component> components;
    for (const NodeId wrapper : tree.children(parent, NodeKind::kComponent)) {
      for (const NodeId node : tree.children(wrapper)) {
        Component component;
        static_cast<Declared&>(component) = declared_of(node);
        component.kind = part_kind(tree, node);
        outside.add(component.name, component.name_span);
        if (component.kind == PartKind::kLet) inside.add(component.name, component.name_span);
        component.children = read(node);
        components.push_back(std::move(component));
      }
    }
    return components;
  }
};

}  // namespace

void Checker::declare_score(const File& file, NodeId node) {
  const SyntaxTree& tree = *file.tree;
  ScoreVersion version;
  static_cast<Declared&>(version) = declared_of(file, node);
  version.extent = extent_of(file, node, version.remarks);
  const NodeId each = tree.child(node, NodeKind::kForEach);
  const syntax::Token* noun = each.valid() ? tree.token(each, TokenKind::kNAME) : nullptr;
  if (noun == nullptr) {
    sink_
        .report(diag::Code::kWrongArgument, version.name_span,
                say("a score is that of someone", "积分须属于某人"),
                say("does not say of whom", "没有写明是谁的"))
        .helps.emplace_back(say("add `for each child` or another kind of member",
                                "加上 `对每个 孩子` 或另一种成员"));
    return;
  }
  const auto subject = noun_type(file, *noun);
  if (!subject || subject->kind != TypeKind::kMember) {
    unknown_name(file, tree.span(*noun), name_text(file, *noun), say("kind of member", "成员种类"),
                 names_of_kind({SymbolKind::kEntity, SymbolKind::kRole}));
    return;
  }
  const auto id = score_named(*subject, version);
  if (!id) return;
  add_spelling(program_.scores[id->index].name, version.name);
  add_spelling(program_.definitions[program_[*id].total.index].name, version.name);
  PartNames outside(program_[*id], sink_);
  PartNames inside(program_[*id], sink_);
  inside.add({name_text(file, *noun), {}}, tree.span(*noun));
  for (const NodeId choosing : tree.children(node, NodeKind::kChoosing)) {
    if (const syntax::Token* name = tree.token(choosing, TokenKind::kNAME)) {
      inside.add({name_text(file, *name), {}}, tree.span(*name));
    }
  }
  PartReader reader{tree, [&](NodeId part) { return declared_of(file, part); }, outside, inside};
  version.components = reader.read(node);
  for (const std::string& spelling : {version.name.en, version.name.zh}) {
    if (!spelling.empty()) properties_[{type_text(*subject).en, spelling}] = program_[*id].total;
  }
  const DefinitionId total = program_[*id].total;
  definition_modules_[total.index].insert(file.module);
  version.reform = visiting_reform_;
  program_.scores[id->index].versions.push_back(std::move(version));
  score_places_[id->index].push_back({&file, node, visiting_reform_});
  definition_places_[total.index].push_back({&file, node, visiting_reform_});
}

namespace {

std::uint32_t part_named(Score& score, const Bilingual& name) {
  for (std::uint32_t i = 0; i < score.parts.size(); ++i) {
    Bilingual& known = score.parts[i].name;
    if (!known.is(name.en) && !known.is(name.zh)) continue;
    if (known.en.empty()) known.en = name.en;
    if (known.zh.empty()) known.zh = name.zh;
    return i;
  }
  score.parts.push_back({name, {}});
  return static_cast<std::uint32_t>(score.parts.size() - 1);
}

/// Gives every component its part. Spellings are gathered over all versions first.
void number_parts(Score& score, std::vector<Component>& components) {
  for (Component& component : components) {
    component.part = part_named(score, component.name);
    number_parts(score, component.children);
  }
}

}  // namespace

void Checker::add_score_versions(ScoreId id) {
  for (ScoreVersion& version : program_.scores[id.index].versions)
    number_parts(program_.scores[id.index], version.components);
  for (const Place& place : score_places_[id.index]) {
    const SyntaxTree& tree = *place.file->tree;
    for (const NodeId choosing : tree.children(place.node, NodeKind::kChoosing)) {
      const std::string name = first_name(*place.file, choosing);
      Bilingual spelling;
      (is_chinese(name) ? spelling.zh : spelling.en) = name;
      part_named(program_.scores[id.index], spelling);
    }
  }
  const std::size_t part_count = program_[id].parts.size();
  for (std::size_t i = 0; i < part_count; ++i) {
    const Bilingual name = part_name(program_[id].name, program_[id].parts[i].name);
    const DefinitionId read =
        score_definition(id, name, Type{}, program_[id].versions.front().name_span);
    program_.scores[id.index].parts[i].read = read;
  }
  const auto add_versions = [&](DefinitionId definition, bool is_total) {
    for (const ScoreVersion& version : program_[id].versions) {
      DefinitionVersion same;
      same.name = program_[definition].name;
      same.module = version.module;
      same.span = version.span;
      same.name_span = version.name_span;
      same.extent = version.extent;
      same.reform = version.reform;
      if (is_total) same.text = version.text;
      if (is_total) same.remarks = version.remarks;
      program_.definitions[definition.index].versions.push_back(std::move(same));
    }
  };
  add_versions(program_[id].total, true);
  for (std::size_t i = 0; i < part_count; ++i)
    add_versions(program_[id].parts[i].read, false);
  // A definition for each component of each version, with the choices as parameters.
  const std::size_t version_count = program_[id].versions.size();
  for (std::size_t v = 0; v < version_count; ++v) {
    const auto add_value = [&](const Bilingual& name, const Declared& as) {
      const DefinitionId value = score_definition(id, name, kPoints, as.name_span);
      Definition& definition = program_.definitions[value.index];
      definition.for_choices = true;
      DefinitionVersion same;
      static_cast<Declared&>(same) = as;
      same.extent = program_[id].versions[v].extent;
      same.reform = program_[id].versions[v].reform;
      definition.versions.push_back(std::move(same));
      return value;
    };
    std::vector<Component*> open;
    ScoreVersion& version = program_.scores[id.index].versions[v];
    for (Component& component : version.components)
      open.push_back(&component);
    while (!open.empty()) {
      Component& component = *open.back();
      open.pop_back();
      const Bilingual& part = program_[id].parts[component.part].name;
      component.value = add_value(part_name(program_[id].name, part), component);
      for (Component& child : component.children)
        open.push_back(&child);
    }
    Declared bare;
    bare.module = version.module;
    bare.span = version.span;
    bare.name_span = version.name_span;
    version.value = add_value(program_[id].name, bare);
  }
}

void Checker::collect_scores() {
  each_declaration(NodeKind::kScoreDecl,
                   [&](const File& file, NodeId node) { declare_score(file, node); });
  for (std::size_t i = 0; i < program_.scores.size(); ++i) {
    if (!program_.scores[i].versions.empty()) add_score_versions(ScoreId{i});
  }
}

void Checker::check_score(ScoreId id) {
  const auto set_state = [&](char state) {
    for (std::size_t i = 0; i < program_.definitions.size(); ++i) {
      if (program_.definitions[i].score == id) definition_state_[i] = state;
    }
  };
  set_state(1);
  ++definition_depth_;
  for (std::size_t v = 0; v < program_[id].versions.size(); ++v)
    ScoreParts(*this, id, v).check();
  settle_part(id, program_[id].total);
  for (std::size_t i = 0; i < program_[id].parts.size(); ++i)
    settle_part(id, program_[id].parts[i].read);
  --definition_depth_;
  set_state(2);
}

void Checker::settle_part(ScoreId id, DefinitionId part) {
  std::vector<ExprId> bodies;
  for (const DefinitionVersion& version : program_[part].versions) {
    if (version.body.valid() && !is_broken(version.body)) bodies.push_back(version.body);
  }
  if (bodies.empty()) return;
  Type common = type(bodies.front());
  for (const ExprId body : bodies) {
    const Type& found = type(body);
    if (!same_kind(common, found)) {
      diag::Diagnostic& diagnostic =
          sink_.report(diag::Code::kTypeMismatch, at(body).span,
                       say("`{}` is {} in this version and {} in another",
                           "`{}` 在此版本中是{}，在另一版本中是{}", program_[part].name,
                           type_text(found), type_text(common)),
                       say("this is {}", "这是{}", type_text(found)));
      diagnostic.labels.push_back(
          {at(bodies.front()).span, say("this is {}", "这是{}", type_text(common))});
      diagnostic.helps.emplace_back(say("call one of them by another name", "为其中一个另取名称"));
      return;
    }
    common.scale = std::max(common.scale, found.scale);
    common.years = common.years && found.years;
  }
  const Bilingual what = say("`{}`", "`{}` 的值", program_[part].name);
  program_.definitions[part.index].type = common;
  (void)id;
  for (std::size_t v = 0; v < program_[part].versions.size(); ++v) {
    const ExprId body = program_[part].versions[v].body;
    if (body.valid())
      program_.definitions[part.index].versions[v].body = as_type(body, common, what);
  }
}

std::optional<ExprId> Checker::score_property(ExprId subject, std::string_view name, Span span,
                                              Pending& pending) {
  if (at(subject).operation != Operation::kCall) return std::nullopt;
  const DefinitionId called{at(subject).a};
  const ScoreId id = program_[called].score;
  if (!id.valid() || program_[id].total != called) return std::nullopt;
  std::vector<std::string> known;
  for (const ScorePart& part : program_[id].parts) {
    if (part.name.is(name)) {
      pending.kind = Pending::Kind::kDefinition;
      pending.index = part.read.index;
      pending.subject = at(subject).operands.front();
      return ExprId{};
    }
    for (const std::string& spelling : {part.name.en, part.name.zh}) {
      if (!spelling.empty()) known.push_back(spelling);
    }
  }
  diag::Diagnostic& diagnostic = sink_.report(
      diag::Code::kUnknownName, span,
      say("the score `{}` has no `{}`", "积分 `{}` 没有 `{}`", program_[id].name, name),
      say("no item, group, let or choice of this name", "没有此名称的计分项、分组、令或选取"));
  const auto guess = diag::did_you_mean(name, known);
  diagnostic.helps.emplace_back(guess ? say("did you mean `{}`?", "是否想写 `{}`？", *guess)
                                      : say("read one of its parts, such as `{}`",
                                            "读取其组成部分之一，例如 `{}`", known.front()));
  return broken(span);
}

ExprId Checker::as_points(ExprId expr, const Bilingual& what) {
  expr = needs_rounding(expr);
  if (is_broken(expr)) return expr;
  const Type found = type(expr);
  Type wanted = kPoints;
  wanted.scale = found.scale;
  if (found.kind == TypeKind::kNumber && (found.unit == kPoints.unit || found.unit.none())) {
    return as_type(expr, wanted, what);
  }
  const bool is_number = found.kind == TypeKind::kNumber;
  sink_
      .report(is_number ? diag::Code::kUnitMismatch : diag::Code::kTypeMismatch, at(expr).span,
              say("{} must be points, not {}", "{}须为分数，而不是{}", what, type_text(found)),
              say("this is {}", "这是{}", type_text(found)))
      .helps.emplace_back(
          is_number ? say("say what each unit is worth, for example `0.1 per full month …`",
                          "写明每单位计多少分，例如 `0.1 每 满 月 …`")
                    : say("write a number of points, and the condition after `when`",
                          "写分数，条件写在 `当` 之后"));
  return broken(at(expr).span);
}

ExprId Checker::points_if_wanted(ExprId expr, const Type* want) {
  expr = needs_rounding(expr);
  const Type& found = type(expr);
  const bool is_bare = found.kind == TypeKind::kNumber && found.unit.none();
  const bool wants_points =
      want != nullptr && want->kind == TypeKind::kNumber && want->unit == kPoints.unit;
  return is_bare && wants_points ? as_points(expr, say("this", "此处")) : expr;
}

}  // namespace juzhu::sema
