// Names: reading them from the tree, declaring and finding them, and saying kindly that one is not
// known.
#include <algorithm>

#include "sema/checker.h"
#include "syntax/parse.h"

namespace juzhu::sema {

using value::TypeKind;

std::string Checker::name_text(const File& file, const syntax::Token& token) const {
  return syntax::name_of(file.tree->text_of(token));
}

std::string Checker::first_name(const File& file, NodeId node) const {
  const syntax::Token* token = file.tree->token(node, TokenKind::kNAME);
  return token == nullptr ? std::string{} : name_text(file, *token);
}

std::vector<std::string> Checker::path_names(const File& file, NodeId path) const {
  std::vector<std::string> names;
  for (const std::uint32_t index : file.tree->own_tokens(path)) {
    const syntax::Token& token = file.tree->tokens[index];
    if (token.kind == TokenKind::kNAME) names.push_back(name_text(file, token));
  }
  return names;
}

bool Checker::is_chinese(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) >= 0xE3; });
}

Bilingual Checker::naming_of(const File& file, NodeId naming) const {
  Bilingual name;
  const auto take = [&](const syntax::Token& token) {
    std::string text = name_text(file, token);
    (is_chinese(text) ? name.zh : name.en) = std::move(text);
  };
  const SyntaxTree& tree = *file.tree;
  for (const std::uint32_t index : tree.own_tokens(naming)) {
    if (tree.tokens[index].kind == TokenKind::kNAME) take(tree.tokens[index]);
  }
  // propertyNaming holds property nodes, whose word may be any keyword.
  for (const NodeId property : tree.children(naming, NodeKind::kProperty)) {
    take(tree.tokens[tree.node(property).first_token]);
  }
  return name;
}

Bilingual Checker::text_of(const File& file, NodeId parent) const {
  Bilingual text;
  const NodeId node = file.tree->child(parent, NodeKind::kText);
  if (!node.valid()) return text;
  for (const std::uint32_t index : file.tree->own_tokens(node)) {
    const syntax::Token& token = file.tree->tokens[index];
    if (token.kind != TokenKind::kSTRING) continue;
    std::string written = syntax::string_of(file.tree->text_of(token));
    (is_chinese(written) ? text.zh : text.en) = std::move(written);
  }
  return text;
}

void Checker::collect_spellings() {
  // A name may be said in both tongues in one file, in one tongue in another: whichever file is
  // read first, both spellings are one name.
  for (const File& file : files_) {
    const SyntaxTree& tree = *file.tree;
    std::vector<NodeId> declarations = tree.children(tree.root(), NodeKind::kDeclaration);
    for (const auto& [place, id] : reform_places_) {
      if (place.file != &file) continue;
      for (const NodeId adds : tree.children(place.node, NodeKind::kAdds)) {
        const std::vector<NodeId> added = tree.children(adds, NodeKind::kDeclaration);
        declarations.insert(declarations.end(), added.begin(), added.end());
      }
    }
    for (const NodeId declaration : declarations) {
      for (const NodeId node : tree.children(declaration)) {
        NodeId naming = tree.child(node, NodeKind::kNaming);
        if (tree.kind(node) == NodeKind::kDefineDecl && !naming.valid()) {
          naming = tree.child(node, NodeKind::kPropertyNaming);
        }
        if (!naming.valid()) continue;
        const Bilingual name = naming_of(file, naming);
        if (name.en.empty() || name.zh.empty()) continue;
        spellings_[{spelling_kind(tree.kind(node)), name.en}].insert(name.zh);
        spellings_[{spelling_kind(tree.kind(node)), name.zh}].insert(name.en);
      }
    }
  }
}

NodeKind Checker::spelling_kind(NodeKind kind) {
  const bool is_rule = kind == NodeKind::kGateDecl || kind == NodeKind::kAllocationDecl;
  return is_rule ? NodeKind::kRuleDecl : kind;
}

Bilingual Checker::complete(Bilingual name, NodeKind kind) const {
  const bool has_en = !name.en.empty();
  if (has_en == !name.zh.empty()) return name;
  const auto other = spellings_.find({spelling_kind(kind), has_en ? name.en : name.zh});
  // Several things may share one spelling (place 居住地, place 地点): then nothing is guessed.
  if (other == spellings_.end() || other->second.size() != 1) return name;
  (has_en ? name.zh : name.en) = *other->second.begin();
  return name;
}

const Bilingual& Checker::in_tongue_of(std::string_view word, const Bilingual& en,
                                       const Bilingual& zh) {
  return is_chinese(word) ? zh : en;
}

void Checker::add_spelling(Bilingual& known, const Bilingual& more) {
  if (known.en.empty()) known.en = more.en;
  if (known.zh.empty()) known.zh = more.zh;
}

void Checker::declare(const Bilingual& name, Symbol symbol) {
  for (const std::string& spelling : {name.en, name.zh}) {
    if (spelling.empty()) continue;
    std::vector<Symbol>& known = symbols_[spelling];
    const auto same = std::find_if(known.begin(), known.end(), [&](const Symbol& other) {
      return other.kind == symbol.kind && other.index == symbol.index;
    });
    if (same != known.end()) {
      same->modules.insert(symbol.modules.begin(), symbol.modules.end());
    } else {
      known.push_back(symbol);
    }
  }
}

bool Checker::visible(const Symbol& symbol, std::uint32_t module) const {
  return std::any_of(symbol.modules.begin(), symbol.modules.end(), [&](std::uint32_t declared) {
    return module_uses_[module].contains(declared);
  });
}

const Symbol* Checker::find(const File& file, std::string_view name,
                            std::initializer_list<SymbolKind> kinds) const {
  const auto known = symbols_.find(std::string(name));
  if (known == symbols_.end()) return nullptr;
  for (const Symbol& symbol : known->second) {
    const bool fits = std::find(kinds.begin(), kinds.end(), symbol.kind) != kinds.end();
    if (fits && visible(symbol, file.module)) return &symbol;
  }
  return nullptr;
}

std::vector<std::string> Checker::names_of_kind(std::initializer_list<SymbolKind> kinds) const {
  std::vector<std::string> names;
  for (const auto& [name, symbols] : symbols_) {
    for (const Symbol& symbol : symbols) {
      if (std::find(kinds.begin(), kinds.end(), symbol.kind) != kinds.end()) names.push_back(name);
    }
  }
  std::sort(names.begin(), names.end());
  return names;
}

Bilingual Checker::use_help(std::uint32_t module) const {
  const std::string& name = module_names_[module];
  // A file without a `module` line is known by its path, which nobody can use.
  const bool is_file = name.ends_with(".jz");
  return is_file
             ? say("`{}` declares it: begin that file with `module NAME` and add `use NAME` here",
                   "它声明于 `{}`：在该文件开头写 `模块 名称`，并在此加上 `引用 名称`", name)
             : say("module `{0}` declares it: add `use {0}`",
                   "它声明于模块 `{0}`：请加上 `引用 {0}`", name);
}

void Checker::unknown_name(const File& file, Span span, std::string_view name,
                           const Bilingual& what, const std::vector<std::string>& candidates) {
  diag::Diagnostic& diagnostic = sink_.report(
      diag::Code::kUnknownName, span, say("no {} called `{}`", "没有名为 `{1}` 的{0}", what, name),
      say("not declared here or in a module that is used", "本文件及所引用的模块中均未声明"));
  const auto known = symbols_.find(std::string(name));
  if (known != symbols_.end()) {
    const Symbol& symbol = known->second.front();
    if (!visible(symbol, file.module)) {
      diagnostic.helps.emplace_back(use_help(*symbol.modules.begin()));
      return;
    }
  }
  if (const auto guess = diag::did_you_mean(name, candidates)) {
    diagnostic.helps.emplace_back(say("did you mean `{}`?", "是否想写 `{}`？", *guess));
  } else {
    diagnostic.helps.emplace_back(say("declare it, or check its spelling", "加以声明，或核对写法"));
  }
}

namespace {

Bilingual with_article(const Bilingual& noun) {
  const bool vowel =
      !noun.en.empty() && std::string_view("aeiou").find(noun.en.front()) != std::string_view::npos;
  return {(vowel ? "an " : "a ") + noun.en, noun.zh};
}

Bilingual kind_text(SymbolKind kind) {
  switch (kind) {
    case SymbolKind::kUnit:
      return say("a unit", "单位");
    case SymbolKind::kChoice:
      return say("a choice", "选项类型");
    case SymbolKind::kEntity:
      return say("an entity", "实体");
    case SymbolKind::kRole:
      return say("a role", "角色");
    case SymbolKind::kRowName:
      return say("a kind of spell", "时段种类");
    case SymbolKind::kEachName:
      return say("a word for one of several", "指代其中之一的词");
    case SymbolKind::kSource:
      return say("a source", "文件");
    case SymbolKind::kService:
      return say("a service", "服务");
    case SymbolKind::kParameter:
      return say("a parameter", "参数");
    case SymbolKind::kDefinition:
      return say("a definition", "定义");
    case SymbolKind::kRule:
      return say("a rule", "规则");
    case SymbolKind::kReform:
      return say("a reform", "改革");
    case SymbolKind::kScenario:
      return say("a scenario", "情形");
    case SymbolKind::kLimit:
      return say("a limit", "限制");
    case SymbolKind::kProperty:
      return say("a property", "性质");
  }
  return say("something else", "别的东西");
}

}  // namespace

const Symbol* Checker::need(const File& file, const syntax::Token& token,
                            std::initializer_list<SymbolKind> kinds, const Bilingual& what) {
  const std::string name = name_text(file, token);
  if (const Symbol* symbol = find(file, name, kinds)) {
    needed_.emplace(symbol->kind, symbol->index);
    return symbol;
  }
  const auto known = symbols_.find(name);
  if (known != symbols_.end() && visible(known->second.front(), file.module)) {
    diag::Diagnostic& diagnostic =
        sink_.report(diag::Code::kWrongKindOfName, file.tree->span(token),
                     say("`{}` is {}, not {}", "`{}` 是{}，而不是{}", name,
                         kind_text(known->second.front().kind), with_article(what)),
                     say("{} must stand here", "此处须为{}", with_article(what)));
    const std::vector<std::string> names = names_of_kind(kinds);
    const auto guess = diag::did_you_mean(name, names);
    const Bilingual help = names.empty() ? say("declare {}", "声明一个{}", with_article(what))
                                         : say("name {}, such as `{}`", "写一个{}的名称，例如 `{}`",
                                               with_article(what), names.front());
    diagnostic.helps.emplace_back(guess ? say("did you mean `{}`?", "是否想写 `{}`？", *guess)
                                        : help);
    return nullptr;
  }
  unknown_name(file, file.tree->span(token), name, what, names_of_kind(kinds));
  return nullptr;
}

void Checker::report_place(const File& file, Span span, const std::vector<std::string>& names,
                           const std::vector<value::PlaceNode>& candidates) {
  (void)file;
  std::string path;
  for (const std::string& name : names)
    path += (path.empty() ? "" : ".") + name;
  if (!candidates.empty()) {
    diag::Diagnostic& diagnostic =
        sink_.report(diag::Code::kAmbiguousPlace, span,
                     say("`{}` names {} places", "`{}` 可指 {} 个地点", path, candidates.size()),
                     say("which one is meant", "不知指哪一个"));
    Bilingual list;
    for (std::size_t i = 0; i < candidates.size() && i < 4; ++i) {
      const bool chinese = is_chinese(names.back());
      // What is to be written stands in the tongue in which the author named the place.
      const std::string wider =
          chinese ? schema_->places.path_zh(candidates[i]) : schema_->places.path_en(candidates[i]);
      list += i == 0 ? say("`{}`", "`{}`", wider) : say(", `{}`", "、`{}`", wider);
    }
    diagnostic.helps.emplace_back(
        say("write the wider place before it: {}", "在前面写明上级区划：{}", list));
    return;
  }
  const std::vector<std::string> known = schema_->places.names_widest_first();
  diag::Diagnostic& diagnostic = sink_.report(
      diag::Code::kUnknownPlace, span, say("no place called `{}`", "没有名为 `{}` 的地点", path),
      say("not in the tree of divisions", "不在区划树中"));
  const auto guess = diag::did_you_mean(names.empty() ? "" : names.back(), known);
  diagnostic.helps.emplace_back(
      guess ? say("did you mean `{}`?", "是否想写 `{}`？", *guess)
            : say("declare it: `division {} as district in …`, or `use places`",
                  "加以声明：`区划 {} 作为 区 于 …`，或 `引用 places`",
                  names.empty() ? "Name" : names.back()));
}

value::PlaceNode Checker::place_of(const File& file, NodeId path) {
  const std::vector<std::string> names = path_names(file, path);
  std::vector<value::PlaceNode> candidates;
  if (const auto node = schema_->places.by_path(names, &candidates)) return *node;
  report_place(file, file.tree->span(path), names, candidates);
  return value::kRootPlace;
}

std::optional<Type> Checker::noun_type(const File& file, const syntax::Token& token,
                                       std::uint32_t* role) {
  const std::string name = name_text(file, token);
  if (role != nullptr) *role = Id<int>::kNone;
  const Symbol* symbol = find(file, name, kNouns);
  if (symbol == nullptr) return std::nullopt;
  switch (symbol->kind) {
    case SymbolKind::kRole:
      if (role != nullptr) *role = symbol->index;
      return role_types_[symbol->index];
    case SymbolKind::kEntity:
      return value::member_type(EntityId{symbol->index});
    case SymbolKind::kEachName:
      return each_types_.at(symbol->index);
    default:
      return value::row_type(ListId{symbol->index});
  }
}

std::optional<Type> Checker::named_type(const File& file, std::string_view name) {
  struct BuiltIn {
    std::string_view en, zh;
    Type type;
  };
  Type percent = value::number_type(4);
  percent.percent = true;
  const BuiltIn built_in[] = {
      {"number", "数", value::number_type(0)},
      {"money", "金额", value::number_type(2, value::base_unit(value::kYuanUnit))},
      {"percent", "百分比", percent},
      {"points", "分", value::number_type(0, value::base_unit(value::kPointUnit))},
      {"date", "日期", value::date_type()},
      {"calendar_month", "月份", value::month_type()},
      {"place", "地点", value::place_type()},
      {"time", "时间", value::time_type(false)},
      {"text", "文本", value::text_type()},
  };
  for (const BuiltIn& entry : built_in) {
    if (name == entry.en || name == entry.zh) return entry.type;
  }
  if (const Symbol* symbol = find(file, name, {SymbolKind::kChoice})) {
    return value::choice_type(value::ChoiceId{symbol->index});
  }
  if (const Symbol* symbol = find(file, name, {SymbolKind::kEntity, SymbolKind::kRowName})) {
    return symbol->kind == SymbolKind::kEntity ? value::member_type(EntityId{symbol->index})
                                               : value::row_type(ListId{symbol->index});
  }
  if (const Symbol* symbol = find(file, name, {SymbolKind::kEachName}))
    return each_types_.at(symbol->index);
  if (const Symbol* symbol = find(file, name, {SymbolKind::kUnit})) {
    return value::number_type(0, value::base_unit(static_cast<int>(symbol->index)));
  }
  return std::nullopt;
}

Type Checker::type_of(const File& file, NodeId node) {
  const SyntaxTree& tree = *file.tree;
  if (tree.has(node, TokenKind::kSET_OF)) {
    const Type element = type_of(file, tree.child(node, NodeKind::kType));
    if (element.kind == TypeKind::kChoice) return value::choice_set_type(element.choice);
    if (element.kind == TypeKind::kMember) return value::member_set_type(element.entity);
    if (element.kind != TypeKind::kError) {
      sink_
          .report(diag::Code::kTypeMismatch, tree.span(node),
                  say("no set of {}", "没有{}的集合", type_text(element)),
                  say("a set holds options of a choice, or members", "集合由选项或成员组成"))
          .helps.emplace_back(
              say("use `set of` with a choice or an entity", "`集合` 只用于选项类型或实体"));
    }
    return {};
  }
  Type type;
  const auto months = [](bool years) {
    Type result = value::number_type(0, value::base_unit(value::kMonthUnit));
    result.years = years;
    return result;
  };
  if (tree.has(node, TokenKind::kDAYS))
    type = value::number_type(0, value::base_unit(value::kDayUnit));
  if (tree.has(node, TokenKind::kMONTHS)) type = months(false);
  if (tree.has(node, TokenKind::kYEARS)) type = months(true);
  if (tree.has(node, TokenKind::kYES_NO)) type = value::boolean_type();
  if (const syntax::Token* token = tree.token(node, TokenKind::kNAME)) {
    const std::string name = name_text(file, *token);
    if (const auto named = named_type(file, name)) {
      type = *named;
    } else {
      std::vector<std::string> known =
          names_of_kind({SymbolKind::kChoice, SymbolKind::kEntity, SymbolKind::kUnit});
      known.insert(known.end(),
                   {"number", "数", "money", "金额", "percent", "百分比", "points", "date", "日期",
                    "calendar_month", "月份", "place", "地点", "time", "时间", "text", "文本"});
      unknown_name(file, tree.span(*token), name, say("type", "类型"), known);
      return {};
    }
  }
  if (const syntax::Token* digits = tree.token(node, TokenKind::kNUMBER)) {
    const int scale = std::atoi(std::string(tree.text_of(*digits)).c_str());
    if (type.kind != TypeKind::kNumber || scale > 9) {
      sink_
          .report(diag::Code::kScaleTooLarge, tree.span(node),
                  say("decimals go with numbers, at most 9", "只有数才有小数位数，最多 9 位"),
                  say("no such number of decimals", "没有这样的小数位数"))
          .helps.emplace_back(say("leave out the decimals, or write `number to 2 decimals`",
                                  "删去小数位数，或写 `数 至 2 位小数`"));
    } else {
      type.scale = static_cast<std::uint8_t>(scale + (type.percent ? 2 : 0));
    }
  }
  return type;
}

Declared Checker::declared_of(const File& file, NodeId node) {
  Declared declared;
  const SyntaxTree& tree = *file.tree;
  const NodeId naming = tree.child(node, NodeKind::kNaming);
  const NodeId property = tree.child(node, NodeKind::kPropertyNaming);
  const NodeId name = naming.valid() ? naming : property;
  if (name.valid()) {
    declared.name = complete(naming_of(file, name), tree.kind(node));
    declared.name_span = tree.span(name);
  }
  declared.text = text_of(file, node);
  declared.module = module_names_[file.module];
  declared.span = tree.span(node);
  declared.remarks = remarks_of(file, node);
  return declared;
}

}  // namespace juzhu::sema
