// Second pass: sources, services, and the heads of parameters, definitions and rules, so that
// bodies may refer to each other in any order.
#include <array>

#include "sema/checker.h"
#include "syntax/parse.h"

namespace juzhu::sema {

namespace {

std::optional<ops::Level> level_word(std::string_view word) {
  struct Entry {
    std::string_view en, zh;
    ops::Level level;
  };
  static constexpr std::array<Entry, 6> kLevels = {
      {{"law", "法律", ops::Level::kLaw},
       {"regulation", "行政法规", ops::Level::kRegulation},
       {"policy", "政策", ops::Level::kPolicy},
       {"local_law", "地方性法规", ops::Level::kLocalLaw},
       {"local_rule", "地方规定", ops::Level::kLocalRule},
       {"practice", "实际做法", ops::Level::kPractice}}};
  for (const Entry& entry : kLevels) {
    if (word == entry.en || word == entry.zh) return entry.level;
  }
  return std::nullopt;
}

}  // namespace

std::optional<ops::Level> level_of_word(std::string_view word) { return level_word(word); }

void Checker::collect_sources() {
  each_declaration(NodeKind::kSourceDecl, [&](const File& file, NodeId node) {
    const SyntaxTree& tree = *file.tree;
    Source source;
    static_cast<Declared&>(source) = declared_of(file, node);
    if (const NodeId title = tree.child(node, NodeKind::kSourceTitle); title.valid()) {
      source.title = text_of(file, title);
    }
    if (const NodeId number = tree.child(node, NodeKind::kDocumentNumber); number.valid()) {
      if (const syntax::Token* token = tree.token(number, TokenKind::kSTRING)) {
        source.number = syntax::string_of(tree.text_of(*token));
      }
    }
    if (const NodeId level = tree.child(node, NodeKind::kSourceLevel); level.valid()) {
      const std::string word = first_name(file, level);
      if (const auto known = level_word(word)) {
        source.level = *known;
      } else {
        const syntax::Token* token = tree.token(level, TokenKind::kNAME);
        sink_
            .report(diag::Code::kUnknownLevel,
                    token == nullptr ? tree.span(level) : tree.span(*token),
                    say("no level of norms called `{}`", "没有名为 `{}` 的规范层级", word),
                    say("not known", "未知"))
            .helps.emplace_back(
                in_tongue_of(word,
                             say("write law, regulation, policy, local_law, local_rule or practice",
                                 "写 law、regulation、policy、local_law、local_rule 或 practice"),
                             say("write 法律, 行政法规, 政策, 地方性法规, 地方规定 or 实际做法",
                                 "写 法律、行政法规、政策、地方性法规、地方规定 或 实际做法")));
      }
    }
    source.extent = extent_of(file, node, {});
    if (const Symbol* known = find(file, source.name.in(false), {SymbolKind::kSource})) {
      diag::Diagnostic& diagnostic = sink_.report(
          diag::Code::kDuplicateName, source.name_span,
          say("the source `{}` is declared twice", "文件 `{}` 声明了两次", source.name),
          say("second declaration", "第二次声明"));
      diagnostic.labels.push_back({known->span, say("first declared here", "首次声明于此")});
      diagnostic.helps.emplace_back(
          say("leave out one of the two, or `use` the module of the other",
              "删去其中一个，或 `引用` 另一个所在的模块"));
      return;
    }
    declare(source.name, {SymbolKind::kSource,
                          static_cast<std::uint32_t>(program_.sources.size()),
                          {file.module},
                          source.name_span});
    program_.sources.push_back(std::move(source));
  });
}

void Checker::collect_services() {
  each_declaration(NodeKind::kServiceDecl, [&](const File& file, NodeId node) {
    Service service;
    static_cast<Declared&>(service) = declared_of(file, node);
    for (std::uint32_t index = 0; index < program_.services.size(); ++index) {
      Bilingual& known = program_.services[index].name;
      if (!known.is(service.name.en) && !known.is(service.name.zh)) continue;
      add_spelling(known, service.name);
      declare(known, {SymbolKind::kService, index, {file.module}, service.name_span});
      return;  // said again in another module: the same service
    }
    declare(service.name, {SymbolKind::kService,
                           static_cast<std::uint32_t>(program_.services.size()),
                           {file.module},
                           service.name_span});
    program_.services.push_back(std::move(service));
  });
}

void Checker::collect_parameters() {
  each_declaration(NodeKind::kParameterDecl, [&](const File& file, NodeId node) {
    Parameter parameter;
    static_cast<Declared&>(parameter) = declared_of(file, node);
    ParameterId id;
    for (std::uint32_t index = 0; index < program_.parameters.size(); ++index) {
      const Bilingual& known = program_.parameters[index].name;
      if (known.is(parameter.name.en) || known.is(parameter.name.zh)) id = ParameterId{index};
    }
    const NodeId type = file.tree->child(node, NodeKind::kType);
    if (!id.valid()) {
      id = ParameterId{program_.parameters.size()};
      program_.parameters.push_back(parameter);
    }
    Parameter& known = program_.parameters[id.index];
    add_spelling(known.name, parameter.name);
    if (type.valid() && known.type.kind == value::TypeKind::kError)
      known.type = type_of(file, type);
    if (known.text.empty()) known.text = parameter.text;
    declare(known.name, {SymbolKind::kParameter, id.index, {file.module}, parameter.name_span});
    parameter_places_.emplace_back(Place{&file, node, visiting_reform_}, id);
  });
}

namespace {

bool same_parameters(const Definition& left, const Definition& right, const Program& program) {
  if (left.parameters.size() != right.parameters.size() || left.has_subject != right.has_subject ||
      left.has_with != right.has_with || left.has_in != right.has_in ||
      left.has_on != right.has_on) {
    return false;
  }
  for (std::size_t i = 0; i < left.parameters.size(); ++i) {
    if (program[left.parameters[i]].type != program[right.parameters[i]].type) return false;
  }
  return true;
}

}  // namespace

std::optional<Type> Checker::definition_subject(const File& file, const syntax::Token& noun) {
  if (const auto subject = noun_type(file, noun)) return subject;
  const std::string name = name_text(file, noun);
  if (place_noun(name)) return value::place_type();
  const auto named = named_type(file, name);
  if (named && named->kind == value::TypeKind::kPlace) return named;
  unknown_name(file, file.tree->span(noun), name,
               say("entity, role or kind of spell", "实体、角色或时段种类"),
               names_of_kind({SymbolKind::kEntity, SymbolKind::kRole, SymbolKind::kRowName,
                              SymbolKind::kEachName}));
  return std::nullopt;
}

bool Checker::add_with(const File& file, NodeId with, Definition& definition) {
  const SyntaxTree& tree = *file.tree;
  const syntax::Token* name = tree.token(with, TokenKind::kNAME);
  if (name == nullptr) return false;
  // A word for a member or row means one of them; without a type the name itself is the word.
  const NodeId written = tree.child(with, NodeKind::kType);
  const syntax::Token* word = written.valid() ? tree.token(written, TokenKind::kNAME) : name;
  std::optional<Type> type = word == nullptr ? std::nullopt : noun_type(file, *word);
  if (!type && written.valid()) {
    type = type_of(file, written);
    if (type->kind == value::TypeKind::kError) return false;
  }
  if (!type) type = named_type(file, name_text(file, *name));
  if (!type) {
    unknown_name(file, tree.span(*name), name_text(file, *name), say("type", "类型"),
                 names_of_kind({SymbolKind::kChoice, SymbolKind::kEntity, SymbolKind::kRowName}));
    return false;
  }
  definition.has_with = true;
  definition.parameters.push_back(add_local(file, *name, *type));
  return true;
}

bool Checker::definition_head(const File& file, NodeId node, Definition& definition,
                              std::string& subject_key) {
  const SyntaxTree& tree = *file.tree;
  definition.module = module_names_[file.module];
  const NodeId property = tree.child(node, NodeKind::kPropertyNaming);
  const NodeId naming = property.valid() ? property : tree.child(node, NodeKind::kNaming);
  definition.name = complete(naming_of(file, naming), NodeKind::kDefineDecl);
  if (property.valid()) {
    const syntax::Token* noun = tree.token(node, TokenKind::kNAME);
    const auto subject = noun == nullptr ? std::nullopt : definition_subject(file, *noun);
    if (!subject) return false;
    definition.has_subject = true;
    subject_key = type_text(*subject).en;
    definition.parameters.push_back(add_local(file, *noun, *subject));
  }
  if (const NodeId with = tree.child(node, NodeKind::kWithParam);
      with.valid() && !add_with(file, with, definition)) {
    return false;
  }
  if (const NodeId in = tree.child(node, NodeKind::kInParam); in.valid()) {
    definition.has_in = true;
    definition.parameters.push_back(
        add_local(first_name(file, in), value::place_type(), tree.span(in)));
  }
  if (const NodeId on = tree.child(node, NodeKind::kOnParam); on.valid()) {
    definition.has_on = true;
    definition.parameters.push_back(
        add_local(first_name(file, on), value::date_type(), tree.span(on)));
  }
  definition.type = type_of(file, tree.child(node, NodeKind::kType));
  return true;
}

DefinitionId Checker::declared_definition(const Definition& definition,
                                          const std::string& subject_key) {
  DefinitionId id;
  for (const std::string& spelling : {definition.name.en, definition.name.zh}) {
    const auto known =
        spelling.empty() ? properties_.end() : properties_.find({subject_key, spelling});
    if (known != properties_.end()) id = known->second;
  }
  if (!id.valid()) {
    id = DefinitionId{program_.definitions.size()};
    program_.definitions.push_back(definition);
    definition_places_.emplace_back();
  }
  return id;
}

void Checker::add_definition(const File& file, NodeId node) {
  Definition definition;
  std::string subject_key;
  if (!definition_head(file, node, definition, subject_key)) return;
  DefinitionVersion version;
  static_cast<Declared&>(version) = declared_of(file, node);
  version.extent = extent_of(file, node, version.remarks);
  const DefinitionId id = declared_definition(definition, subject_key);
  if (!same_parameters(program_.definitions[id.index], definition, program_)) {
    sink_
        .report(diag::Code::kWrongArgument, version.name_span,
                say("another version of `{}` has other parameters", "`{}` 的另一个版本参数不同",
                    definition.name),
                say("not the same parameters", "参数不同"))
        .helps.emplace_back(say("give all versions the same subject, `with`, `in` and `on`",
                                "各版本应有相同的对象以及 `以`、`于`、`截至`"));
    return;
  }
  for (const std::string& spelling : {definition.name.en, definition.name.zh}) {
    if (!spelling.empty()) properties_[{subject_key, spelling}] = id;
  }
  Definition& known = program_.definitions[id.index];
  add_spelling(known.name, definition.name);
  if (known.type.kind == value::TypeKind::kNumber &&
      definition.type.kind == value::TypeKind::kNumber) {
    known.type.scale = std::max(known.type.scale, definition.type.scale);
  }
  version.parameters = definition.parameters;
  version.reform = visiting_reform_;
  const Span span = version.name_span;
  known.versions.push_back(std::move(version));
  definition_places_[id.index].push_back(Place{&file, node, visiting_reform_});
  if (subject_key.empty()) {
    declare(known.name, {SymbolKind::kDefinition, id.index, {file.module}, span});
  } else {
    definition_modules_[id.index].insert(file.module);
  }
}

void Checker::collect_definitions() {
  each_declaration(NodeKind::kDefineDecl,
                   [&](const File& file, NodeId node) { add_definition(file, node); });
}

void Checker::declare_rule(const File& file, NodeId node) {
  const SyntaxTree& tree = *file.tree;
  const Bilingual name =
      complete(naming_of(file, tree.child(node, NodeKind::kNaming)), tree.kind(node));
  RuleId id;
  for (std::uint32_t index = 0; index < program_.rules.size(); ++index) {
    const Bilingual& known = program_.rules[index].name;
    if (known.is(name.en) || known.is(name.zh)) id = RuleId{index};
  }
  if (!id.valid()) {
    id = RuleId{program_.rules.size()};
    Rule rule;
    rule.name = name;
    rule.module = module_names_[file.module];
    program_.rules.push_back(std::move(rule));
  }
  add_spelling(program_.rules[id.index].name, name);
  declare(
      program_.rules[id.index].name,
      {SymbolKind::kRule, id.index, {file.module}, tree.span(tree.child(node, NodeKind::kNaming))});
  rule_places_.emplace_back(Place{&file, node, visiting_reform_}, id);
}

void Checker::collect_rules() {
  each_declaration(NodeKind::kRuleDecl,
                   [&](const File& file, NodeId node) { declare_rule(file, node); });
  each_declaration(NodeKind::kGateDecl,
                   [&](const File& file, NodeId node) { declare_rule(file, node); });
  each_declaration(NodeKind::kAllocationDecl,
                   [&](const File& file, NodeId node) { declare_rule(file, node); });
}

}  // namespace juzhu::sema
