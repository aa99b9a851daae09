// First pass: modules and the vocabulary (units, choices, entities, facts, spells, roles);
// divisions stand in collect_places.cpp.
#include <algorithm>

#include "sema/checker.h"

namespace juzhu::sema {

using value::TypeKind;

Checker::Checker(const CheckInput& input, diag::Sink& sink)
    : input_(input), sink_(sink), schema_(std::make_shared<value::Schema>()) {
  schema_->units = {{"months", "个月"}, {"days", "日"}, {"yuan", "元"}, {"points", "分"}};
  value::Choice outcome;
  outcome.name = {"outcome", "结果"};
  outcome.options = {
      {"denied", "不准"}, {"ranked", "待排"}, {"granted", "已准"}, {"conflict", "冲突"}};
  program_.outcome_choice = value::ChoiceId{schema_->choices.size()};
  schema_->choices.push_back(outcome);
}

void Checker::each_declaration(NodeKind kind,
                               const std::function<void(const File&, NodeId)>& visit) {
  const auto visit_all = [&](const File& file, NodeId parent) {
    for (const NodeId declaration : file.tree->children(parent, NodeKind::kDeclaration)) {
      for (const NodeId node : file.tree->children(declaration, kind))
        visit(file, node);
    }
  };
  for (const File& file : files_)
    visit_all(file, file.tree->root());
  // What reforms add is declared like the rest, and belongs to its reform.
  for (const auto& [place, id] : reform_places_) {
    visiting_reform_ = id;
    for (const NodeId adds : place.file->tree->children(place.node, NodeKind::kAdds))
      visit_all(*place.file, adds);
  }
  visiting_reform_ = ReformId{};
}

void Checker::collect_modules() {
  std::vector<std::set<std::string>> uses;
  std::map<std::string, std::uint32_t> index;
  for (const SyntaxTree& tree : input_.trees) {
    const NodeId module = tree.child(tree.root(), NodeKind::kModuleDecl);
    std::string name;
    File file{&tree, 0};
    if (module.valid()) {
      for (const std::string& part : path_names(file, tree.child(module, NodeKind::kPath))) {
        name += (name.empty() ? "" : ".") + part;
      }
    } else {
      name = input_.sources->file(tree.file).name();
    }
    const auto [known, added] =
        index.emplace(name, static_cast<std::uint32_t>(module_names_.size()));
    if (added) {
      module_names_.push_back(name);
      uses.emplace_back();
    }
    file.module = known->second;
    for (const NodeId use : tree.children(tree.root(), NodeKind::kUseDecl)) {
      std::string used;
      for (const std::string& part : path_names(file, tree.child(use, NodeKind::kPath))) {
        used += (used.empty() ? "" : ".") + part;
      }
      uses[file.module].insert(used);
    }
    const auto also = input_.also_uses.find(input_.sources->file(tree.file).name());
    if (also != input_.also_uses.end())
      uses[file.module].insert(also->second.begin(), also->second.end());
    files_.push_back(file);
  }
  module_uses_.resize(module_names_.size());
  for (std::uint32_t module = 0; module < module_names_.size(); ++module) {
    std::vector<std::uint32_t> open{module};
    while (!open.empty()) {
      const std::uint32_t current = open.back();
      open.pop_back();
      if (!module_uses_[module].insert(current).second) continue;
      for (const std::string& used : uses[current]) {
        const auto known = index.find(used);
        if (known != index.end()) open.push_back(known->second);
      }
    }
  }
  program_.modules = module_names_;
}

void Checker::collect_units() {
  each_declaration(NodeKind::kUnitDecl, [&](const File& file, NodeId node) {
    const Declared declared = declared_of(file, node);
    if (schema_->units.size() >= 16) {
      sink_
          .report(diag::Code::kTooMany, declared.span,
                  say("more than 12 declared units", "声明的单位超过 12 个"),
                  say("one too many", "多出一个"))
          .helps.emplace_back(say("leave out a unit that no fact uses", "删去没有事实使用的单位"));
      return;
    }
    schema_->units.push_back(declared.name);
    declare(declared.name, {SymbolKind::kUnit,
                            static_cast<std::uint32_t>(schema_->units.size() - 1),
                            {file.module},
                            declared.name_span});
  });
}

void Checker::collect_choices() {
  each_declaration(NodeKind::kChoiceDecl, [&](const File& file, NodeId node) {
    value::Choice choice;
    const SyntaxTree& tree = *file.tree;
    const std::vector<NodeId> names = tree.children(node, NodeKind::kNaming);
    if (names.empty()) return;
    choice.name = naming_of(file, names.front());
    for (std::size_t i = 1; i < names.size(); ++i)
      choice.options.push_back(naming_of(file, names[i]));
    for (std::size_t i = 1; i < choice.options.size(); ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        if (!choice.options[j].is(choice.options[i].en) &&
            !choice.options[j].is(choice.options[i].zh)) {
          continue;
        }
        sink_
            .report(diag::Code::kDuplicateName, tree.span(names[i + 1]),
                    say("the option `{}` stands twice", "选项 `{}` 出现两次", choice.options[i]),
                    say("again", "重复"))
            .helps.emplace_back(say("leave out one of the two", "删去其中一个"));
      }
    }
    if (choice.options.size() > 64) {
      sink_
          .report(diag::Code::kTooMany, tree.span(node),
                  say("a choice has at most 64 options", "一个选项类型最多 64 个选项"),
                  say("too many", "过多"))
          .helps.emplace_back(say("split it into two choices", "拆成两个选项类型"));
      choice.options.resize(64);
    }
    const auto index = static_cast<std::uint32_t>(schema_->choices.size());
    if (const Symbol* known = find(file, choice.name.in(false), {SymbolKind::kChoice})) {
      diag::Diagnostic& diagnostic = sink_.report(
          diag::Code::kDuplicateName, tree.span(names.front()),
          say("the choice `{}` is declared twice", "选项类型 `{}` 声明了两次", choice.name),
          say("second declaration", "第二次声明"));
      diagnostic.labels.push_back({known->span, say("first declared here", "首次声明于此")});
      diagnostic.helps.emplace_back(
          say("put all options into one declaration, or choose another name",
              "将全部选项写入一处声明，或另取名称"));
      return;
    }
    declare(choice.name, {SymbolKind::kChoice, index, {file.module}, tree.span(names.front())});
    schema_->choices.push_back(std::move(choice));
  });
}

void Checker::collect_entities() {
  value::Entity household;
  household.name = {"household", "户"};
  schema_->entities.push_back(household);
  each_declaration(NodeKind::kEntityDecl, [&](const File& file, NodeId node) {
    const Bilingual name = naming_of(file, file.tree->child(node, NodeKind::kNaming));
    const Span span = file.tree->span(file.tree->child(node, NodeKind::kNaming));
    for (std::uint32_t index = 0; index < schema_->entities.size(); ++index) {
      Bilingual& known = schema_->entities[index].name;
      if (!known.is(name.en) && !known.is(name.zh)) continue;
      add_spelling(known, name);
      if (schema_->entities[index].text.empty())
        schema_->entities[index].text = text_of(file, node);
      declare(known, {SymbolKind::kEntity, index, {file.module}, span});
      return;
    }
    value::Entity entity;
    entity.name = name;
    entity.text = text_of(file, node);
    entity.owner = EntityId{std::size_t{0}};
    declare(name, {SymbolKind::kEntity,
                   static_cast<std::uint32_t>(schema_->entities.size()),
                   {file.module},
                   span});
    schema_->entities.push_back(std::move(entity));
  });
}

void Checker::collect_spells() {
  each_declaration(NodeKind::kSpellsDecl, [&](const File& file, NodeId node) {
    const SyntaxTree& tree = *file.tree;
    const syntax::Token* owner_token = tree.token(node, TokenKind::kNAME);
    if (owner_token == nullptr) return;
    const Symbol* owner = need(file, *owner_token, {SymbolKind::kEntity}, say("entity", "实体"));
    if (owner == nullptr) return;
    value::List list;
    list.name = naming_of(file, tree.child(node, NodeKind::kPropertyNaming));
    list.row_name = naming_of(file, tree.child(node, NodeKind::kNaming));
    list.text = text_of(file, node);
    list.owner = EntityId{owner->index};
    if (tree.has(node, TokenKind::kMONTHS)) list.unit = value::SpellUnit::kMonths;
    if (tree.has(node, TokenKind::kYEARS)) list.unit = value::SpellUnit::kYears;
    if (schema_->list(list.owner, list.name.in(false))) {
      sink_
          .report(diag::Code::kDuplicateName, tree.span(node),
                  say("the spells `{}` are declared twice", "时段 `{}` 声明了两次", list.name),
                  say("second declaration", "第二次声明"))
          .helps.emplace_back(say("choose another name", "另取名称"));
      return;
    }
    const ListId id{schema_->lists.size()};
    value::Entity& entity = schema_->entities[owner->index];
    list.column = static_cast<std::uint32_t>(entity.lists.size());
    entity.lists.push_back(id);
    list_spans_[id.index] = tree.span(tree.child(node, NodeKind::kPropertyNaming));
    declare(list.row_name, {SymbolKind::kRowName, id.index, {file.module}, tree.span(node)});
    schema_->lists.push_back(std::move(list));
  });
}

void Checker::set_domain(const File& file, NodeId node, value::Fact& fact) {
  // Domains of semantics.md 2.1: wide enough for any record, small enough that bounds stay finite.
  const Type& type = fact.type;
  std::int64_t unit = 1;
  for (int i = 0; i < type.scale; ++i)
    unit *= 10;
  if (type.kind == TypeKind::kNumber) {
    // Fewer whole digits where many decimals are kept, so that bounds stay inside 64 bits.
    constexpr std::int64_t kMost = 1'000'000'000'000'000'000;
    fact.greatest = std::min(1'000'000'000'000, kMost / unit) * unit;
    fact.least = -fact.greatest;
    if (type.unit == value::base_unit(value::kMonthUnit))
      std::tie(fact.least, fact.greatest) = std::pair{0, 2400};
    if (type.unit == value::base_unit(value::kDayUnit))
      std::tie(fact.least, fact.greatest) = std::pair{0, 73050};
  } else if (type.kind == TypeKind::kDate) {
    fact.least = *value::days_from_civil({1900, 1, 1});
    fact.greatest = *value::days_from_civil({2100, 12, 31});
  } else if (type.kind == TypeKind::kMonth) {
    fact.least = std::int64_t{1900} * 12;
    fact.greatest = std::int64_t{2100} * 12 + 11;
  }
  Scope scope;
  scope.file = &file;
  for (const NodeId bound : file.tree->children(node, NodeKind::kBound)) {
    ExprId limit = check(scope, file.tree->child(bound, NodeKind::kSum), &fact.type);
    limit = as_type(limit, fact.type, say("the bound", "界限"));
    if (is_broken(limit) || !is_constant(limit)) continue;
    const std::int64_t value = constant_of(limit).lo;
    if (file.tree->has(bound, TokenKind::kAT_LEAST)) fact.least = value;
    if (file.tree->has(bound, TokenKind::kOVER)) fact.least = value + 1;
    if (file.tree->has(bound, TokenKind::kAT_MOST)) fact.greatest = value;
    if (file.tree->has(bound, TokenKind::kUNDER)) fact.greatest = value - 1;
  }
  if (fact.least > fact.greatest) {
    sink_
        .report(diag::Code::kEmptyRange, file.tree->span(node),
                say("no value fits the bounds of this fact", "没有值符合此事实的上下限"),
                say("the lower bound is above the upper one", "下限高于上限"))
        .helps.emplace_back(say("check the two bounds", "核对上下限"));
    fact.greatest = fact.least;
  }
}

void Checker::add_fact(const File& file, NodeId node, EntityId entity, ListId list) {
  const SyntaxTree& tree = *file.tree;
  value::Fact fact;
  const NodeId naming = tree.child(node, NodeKind::kPropertyNaming);
  fact.name = naming_of(file, naming);
  fact.text = text_of(file, node);
  const NodeId asks = tree.child(node, NodeKind::kAsks);
  if (asks.valid()) fact.question = text_of(file, asks);
  fact.entity = list.valid() ? (*schema_)[list].owner : entity;
  fact.list = list;
  fact.if_any = tree.has(node, TokenKind::kIF_ANY);
  fact.type = type_of(file, tree.child(node, NodeKind::kType));
  const bool known = list.valid() ? schema_->fact(list, fact.name.in(false)).has_value()
                                  : schema_->fact(entity, fact.name.in(false)).has_value();
  if (known) {
    sink_
        .report(diag::Code::kDuplicateName, tree.span(naming),
                say("the fact `{}` is declared twice", "事实 `{}` 声明了两次", fact.name),
                say("second declaration", "第二次声明"))
        .helps.emplace_back(
            say("choose another name, or leave out one of the two", "另取名称，或删去其中一个"));
    return;
  }
  set_domain(file, node, fact);
  std::vector<FactId>& facts =
      list.valid() ? schema_->lists[list.index].facts : schema_->entities[entity.index].facts;
  fact.column = static_cast<std::uint32_t>(facts.size());
  const FactId id{schema_->facts.size()};
  facts.push_back(id);
  program_.fact_remarks[id] = remarks_of(file, node);
  fact_spans_[id.index] = tree.span(naming);
  const bool says_where =
      fact.type.kind == TypeKind::kPlace && (fact.name.is("place") || fact.name.is("居住地"));
  if (entity.index == 0 && !list.valid() && says_where) schema_->place_fact = id;
  if (const NodeId each = tree.child(node, NodeKind::kNaming); each.valid()) {
    const Type element =
        fact.type.kind == TypeKind::kMemberSet ? value::member_type(fact.type.entity) : fact.type;
    const auto index = static_cast<std::uint32_t>(each_types_.size());
    each_types_[index] = element;
    declare(naming_of(file, each), {SymbolKind::kEachName, index, {file.module}, tree.span(each)});
  }
  schema_->facts.push_back(std::move(fact));
}

void Checker::collect_facts(const File& file, NodeId node, EntityId entity, ListId list) {
  for (const NodeId fact : file.tree->children(node, NodeKind::kFactDecl))
    add_fact(file, fact, entity, list);
}

void Checker::collect_roles() {
  each_declaration(NodeKind::kRoleDecl, [&](const File& file, NodeId node) {
    const SyntaxTree& tree = *file.tree;
    const syntax::Token* noun = tree.token(node, TokenKind::kNAME);
    if (noun == nullptr) return;
    const Symbol* entity = need(file, *noun, {SymbolKind::kEntity}, say("entity", "实体"));
    if (entity == nullptr) return;
    // A role is a definition that tests a member; its body is checked with the other definitions.
    Definition test;
    test.name = naming_of(file, tree.child(node, NodeKind::kNaming));
    test.module = module_names_[file.module];
    const Type subject = value::member_type(EntityId{entity->index});
    test.parameters.push_back(add_local(file, *noun, subject));
    test.has_subject = true;
    test.type = value::boolean_type();
    DefinitionVersion version;
    static_cast<Declared&>(version) = declared_of(file, node);
    version.parameters = test.parameters;
    test.versions.push_back(version);
    const auto definition = static_cast<std::uint32_t>(program_.definitions.size());
    declare(test.name, {SymbolKind::kRole,
                        static_cast<std::uint32_t>(role_types_.size()),
                        {file.module},
                        version.name_span});
    role_types_.push_back(subject);
    role_tests_.emplace_back(definition);
    program_.definitions.push_back(std::move(test));
    definition_places_.push_back(std::vector<Place>{Place{&file, node, {}}});
  });
}

}  // namespace juzhu::sema
