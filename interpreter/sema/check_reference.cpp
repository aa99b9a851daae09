// References: variables, built-in names, definitions with their arguments, parameters, questions,
// lists, places and options, and the properties after 's.
#include <algorithm>

#include "sema/score_parts.h"

namespace juzhu::sema {

using ops::Operation;
using value::TypeKind;

namespace {

/// Built-in names in both tongues; they are not reserved, so a variable of the same name goes
/// first.
bool named(std::string_view name, std::string_view en, std::string_view zh) {
  return name == en || name == zh;
}

}  // namespace

std::optional<ExprId> Checker::option(const Type* want, std::string_view name, Span span) {
  if (want != nullptr && (want->kind == TypeKind::kChoice || want->kind == TypeKind::kChoiceSet)) {
    if (const auto index = (*schema_)[want->choice].option(name)) {
      return constant(value::bits(std::int64_t{1} << *index), value::choice_type(want->choice),
                      span);
    }
  }
  return std::nullopt;
}

ExprId Checker::bound_or_built_in(const Scope& scope, std::string_view name, Span span) {
  for (std::size_t i = scope.locals.size(); i-- > 0;) {
    const LocalId local = scope.locals[i];
    if (is_called(*scope.file, local, name)) {
      return make(Operation::kArgument, program_[local].type, span, {}, local.index);
    }
  }
  if (scope.score != nullptr) {
    if (const ExprId part = scope.score->read(name, span); part.valid()) return part;
  }
  if (named(name, "today", "今日")) return make(Operation::kToday, value::date_type(), span);
  if (named(name, "here", "本地")) return make(Operation::kHere, value::place_type(), span);
  if (named(name, "yes", "是")) return constant(value::truth(true), value::boolean_type(), span);
  if (!named(name, "household", "户")) return {};
  return make(Operation::kArgument, value::member_type(EntityId{std::size_t{0}}), span, {},
              Id<Local>::kNone);
}

ExprId Checker::place_or_option(const Scope& scope, NodeId path, const Type* want) {
  const std::vector<std::string> names = path_names(*scope.file, path);
  const Span span = scope.file->tree->span(path);
  const std::string& name = names.front();
  std::vector<value::PlaceNode> candidates;
  if (const auto node = schema_->places.by_path(names, &candidates)) {
    return constant(value::place_value(*node, true), value::place_type(), span);
  }
  std::vector<ExprId> options;
  for (std::size_t choice = 0; choice < schema_->choices.size(); ++choice) {
    const Type type = value::choice_type(value::ChoiceId{choice});
    if (const auto chosen = option(&type, name, span)) options.push_back(*chosen);
  }
  if (options.size() == 1) return options.front();
  if (!candidates.empty()) {
    report_place(*scope.file, span, names, candidates);
    return broken(span);
  }
  if (options.empty()) return unknown_reference(scope, path, want);
  sink_
      .report(diag::Code::kAmbiguousName, span,
              say("`{}` is an option of several choices", "`{}` 是多个选项类型中的选项", name),
              say("which one is meant", "不知指哪一个"))
      .helps.emplace_back(
          say("compare it with a fact of the choice that is meant", "与所指选项类型的事实作比较"));
  return broken(span);
}

namespace {

/// What was meant by a path that other languages would read: `true`, or a fact behind a full stop.
Bilingual habit_of(const std::vector<std::string>& names, bool begins_with_noun) {
  if (names.size() == 1) {
    if (names.front() == "true" || names.front() == "真")
      return say("write `… has …`", "写 `… 具有 …`");
    if (names.front() == "false" || names.front() == "假")
      return say("write `… lacks …`", "写 `… 缺少 …`");
    if (begins_with_noun) {
      return say("none is chosen here; `some {0} among …` or `for each {0} …` chooses",
                 "此处未选定；用 `有 {0} 属于 …` 或 `对每个 {0} …` 选定", names.front());
    }
  }
  if (names.size() == 2 && begins_with_noun) {
    return say("a fact of somebody is written `{}'s {}`", "某人的事实写作 `{}的{}`", names[0],
               names[1]);
  }
  return {};
}

}  // namespace

ExprId Checker::unknown_reference(const Scope& scope, NodeId path, const Type* want) {
  const std::vector<std::string> names = path_names(*scope.file, path);
  const Span span = scope.file->tree->span(path);
  const bool is_noun = find(*scope.file, names.front(), kNouns) != nullptr;
  if (Bilingual habit = habit_of(names, is_noun); !habit.empty()) {
    const std::string written = names.size() == 1 ? names[0] : names[0] + "." + names[1];
    sink_
        .report(diag::Code::kUnknownName, span,
                say("no value called `{}`", "没有名为 `{}` 的值", written),
                say("not a value here", "在此不是值"))
        .helps.push_back(std::move(habit));
    return broken(span);
  }
  std::vector<std::string> known = names_of_kind({SymbolKind::kDefinition, SymbolKind::kParameter});
  for (const LocalId local : scope.locals)
    known.push_back(program_[local].name);
  if (want != nullptr && want->kind == TypeKind::kChoice) {
    for (const Bilingual& each : (*schema_)[want->choice].options) {
      known.insert(known.end(), {each.en, each.zh});
    }
  }
  const bool wants_place = want != nullptr && want->kind == TypeKind::kPlace;
  if (wants_place && !diag::did_you_mean(names.front(), known)) {
    report_place(*scope.file, span, names, {});
    return broken(span);
  }
  known.insert(known.end(), {"today", "今日", "here", "本地", "household", "户"});
  unknown_name(*scope.file, span, names.front(), say("value", "值"), known);
  return broken(span);
}

ExprId Checker::base_reference(const Scope& scope, NodeId path, const Type* want,
                               Pending& pending) {
  const File& file = *scope.file;
  const std::vector<std::string> names = path_names(file, path);
  const Span span = file.tree->span(path);
  if (names.empty()) return broken(span);
  if (names.size() > 1) {
    std::vector<value::PlaceNode> candidates;
    const bool is_noun = find(file, names.front(), kNouns) != nullptr;
    if (is_noun && !schema_->places.by_path(names, &candidates) && candidates.empty()) {
      return unknown_reference(scope, path, want);
    }
    return constant(value::place_value(place_of(file, path), true), value::place_type(), span);
  }
  const std::string& name = names.front();
  if (const ExprId bound = bound_or_built_in(scope, name, span); bound.valid()) return bound;
  if (const auto chosen = option(want, name, span)) return *chosen;
  if (const Symbol* symbol = find(file, name, {SymbolKind::kDefinition, SymbolKind::kParameter})) {
    pending.kind = symbol->kind == SymbolKind::kDefinition ? Pending::Kind::kDefinition
                                                           : Pending::Kind::kParameter;
    pending.index = symbol->index;
    pending.span = span;
    return {};
  }
  const Symbol* symbol = find(file, name, {SymbolKind::kChoice});
  if (symbol != nullptr && (want == nullptr || want->kind != TypeKind::kPlace)) {
    const value::ChoiceId choice{symbol->index};
    const std::size_t count = (*schema_)[choice].options.size();
    const std::int64_t all = count >= 64 ? -1 : (std::int64_t{1} << count) - 1;
    return constant(value::set_between(all, all), value::choice_set_type(choice), span);
  }
  return place_or_option(scope, path, want);
}

ExprId Checker::member_property(const Scope& scope, ExprId subject, std::string_view name,
                                Pending& pending) {
  const Type of = type(subject);
  const bool household = of.entity.index == 0;
  std::vector<ExprId> operands;
  if (!household) operands.push_back(subject);
  if (const auto fact = schema_->fact(of.entity, name)) {
    return make(Operation::kFact, (*schema_)[*fact].type, pending.span, operands, fact->index);
  }
  if (const auto list = schema_->list(of.entity, name)) {
    return make(Operation::kRows, value::rows_type(*list), pending.span, operands, list->index);
  }
  const Symbol* service = find(*scope.file, name, {SymbolKind::kService});
  if (service != nullptr && !household) {
    pending.kind = Pending::Kind::kQuestion;
    pending.index = service->index;
  }
  return {};
}

ExprId Checker::row_property(ExprId subject, std::string_view name, Span span) {
  const value::List& list = (*schema_)[type(subject).list];
  const Type end = list.unit == value::SpellUnit::kDays ? value::date_type() : value::month_type();
  if (named(name, "start", "起始日")) return make(Operation::kRowStart, end, span, {subject});
  if (named(name, "end", "终止日")) return make(Operation::kRowEnd, end, span, {subject});
  if (const auto fact = schema_->fact(type(subject).list, name)) {
    return make(Operation::kFact, (*schema_)[*fact].type, span, {subject}, fact->index);
  }
  return {};
}

ExprId Checker::built_in_property(ExprId subject, const syntax::Token& token, std::string_view name,
                                  Span span) {
  const TypeKind kind = type(subject).kind;
  const bool date = kind == TypeKind::kDate;
  if ((date || kind == TypeKind::kMonth) &&
      (named(name, "year", "年份") || token.kind == TokenKind::kYEARS)) {
    return make(Operation::kYearOf, value::number_type(0), span, {subject});
  }
  if (date && named(name, "year_start", "年初")) {
    return make(Operation::kYearStart, value::date_type(), span, {subject});
  }
  if (date && (named(name, "month", "月份") || token.kind == TokenKind::kMONTHS)) {
    return make(Operation::kMonthOf, value::month_type(), span, {subject});
  }
  if (kind != TypeKind::kPlace) return {};
  struct Around {
    std::string_view en, zh;
    value::PlaceLevel level;
  };
  static constexpr Around kAround[] = {{"county", "县", value::PlaceLevel::kCounty},
                                       {"city", "市", value::PlaceLevel::kCity},
                                       {"province", "省", value::PlaceLevel::kProvince}};
  for (const Around& around : kAround) {
    if (!named(name, around.en, around.zh)) continue;
    return make(Operation::kPlaceAt, value::place_type(), span, {subject},
                static_cast<std::uint32_t>(around.level));
  }
  return {};
}

ExprId Checker::unknown_property(const Type& of, std::string_view name, Span span) {
  std::vector<std::string> known;
  for (const auto& [key, id] : properties_) {
    if (key.first == type_text(of).en) known.push_back(key.second);
  }
  const auto add = [&](const Bilingual& spelling) {
    known.insert(known.end(), {spelling.en, spelling.zh});
  };
  if (of.kind == TypeKind::kMember) {
    for (const FactId fact : (*schema_)[of.entity].facts)
      add((*schema_)[fact].name);
    for (const ListId list : (*schema_)[of.entity].lists)
      add((*schema_)[list].name);
    for (const Service& service : program_.services)
      add(service.name);
  }
  if (of.kind == TypeKind::kRow) {
    for (const FactId fact : (*schema_)[of.list].facts)
      add((*schema_)[fact].name);
    known.insert(known.end(), {"start", "起始日", "end", "终止日"});
  }
  diag::Diagnostic& diagnostic = sink_.report(
      diag::Code::kUnknownName, span, say("{} has no `{}`", "{}没有 `{}`", type_text(of), name),
      say("no fact or definition of this name", "没有此名称的事实或定义"));
  const auto guess = diag::did_you_mean(name, known);
  diagnostic.helps.emplace_back(
      guess ? say("did you mean `{}`?", "是否想写 `{}`？", *guess)
            : say("declare it as a fact, or define it", "声明为事实，或加以定义"));
  return broken(span);
}

ExprId Checker::property(const Scope& scope, ExprId subject, const syntax::Token& name_token,
                         Pending& pending) {
  const File& file = *scope.file;
  const Span span = file.tree->span(name_token);
  if (is_broken(subject)) return subject;
  const std::string name = name_text(file, name_token);
  const Type of = type(subject);
  pending.span = span;
  pending.subject = subject;
  if (const auto part = score_property(subject, name, span, pending)) return *part;
  ExprId found;
  if (of.kind == TypeKind::kMember) found = member_property(scope, subject, name, pending);
  if (of.kind == TypeKind::kRow) found = row_property(subject, name, span);
  if (!found.valid()) found = built_in_property(subject, name_token, name, span);
  if (found.valid() || pending.kind != Pending::Kind::kNone) return found;
  const auto definition = properties_.find({type_text(of).en, name});
  if (definition == properties_.end()) return unknown_property(of, name, span);
  const std::set<std::uint32_t>& declared = definition_modules_[definition->second.index];
  const bool seen = std::any_of(declared.begin(), declared.end(), [&](std::uint32_t module) {
    return module_uses_[file.module].contains(module);
  });
  if (seen) {
    pending.kind = Pending::Kind::kDefinition;
    pending.index = definition->second.index;
    return {};
  }
  sink_
      .report(diag::Code::kUnknownName, span,
              say("no property `{}` of {}", "{1}没有属性 `{0}`", name, type_text(of)),
              say("not in a module that is used", "不在所引用的模块中"))
      .helps.emplace_back(use_help(*declared.begin()));
  return broken(span);
}

ExprId Checker::definition_call(const Scope& scope, Pending& pending,
                                const std::vector<NodeId>& suffixes, Span span) {
  const SyntaxTree& tree = *scope.file->tree;
  const DefinitionId id{pending.index};
  // A number's decimals, and whether a time is kept in days or months, are only known once the
  // bodies are checked.
  const bool may_wait = definition_depth_ < kWaitingDefinitions;
  const bool is_score = program_[id].score.valid();
  const TypeKind kind = program_[id].type.kind;
  const bool waits = kind == TypeKind::kNumber || kind == TypeKind::kTime;
  if (definition_state_[id.index] == 0 && (is_score || (waits && may_wait))) check_definition(id);
  if (is_score && program_[id].type.kind == TypeKind::kError) {
    if (definition_state_[id.index] == 1) {
      sink_
          .report(diag::Code::kCycle, span,
                  say("`{}` is read while it is worked out", "正在计算 `{}` 时又读取了它",
                      program_[id].name),
                  say("needs itself", "需要它自身"))
          .helps.emplace_back(say("let one of them stand on facts alone", "让其中一个只依据事实"));
    }
    return broken(span);
  }
  const Definition definition = program_[id];
  std::vector<ExprId> arguments;
  std::size_t next = 0;
  if (definition.has_subject) {
    const Type subject = program_[definition.parameters[0]].type;
    next = 1;
    if (subject.kind != TypeKind::kMember || subject.entity.index != 0)
      arguments.push_back(pending.subject);
  }
  struct Slot {
    bool wanted = false;
    NodeKind kind{};
    Bilingual word;
    Bilingual example;
  };
  const Slot slots[] = {
      {definition.has_with, NodeKind::kWithArg, say("with", "以"), say("`with …`", "`以 …`")},
      {definition.has_in, NodeKind::kInArg, say("in", "于"),
       say("a place, such as `in here`", "地点，例如 `于 本地`")},
      {definition.has_on, NodeKind::kOnArg, say("on", "截至"),
       say("a day, such as `on today`", "日期，例如 `截至 今日`")}};
  for (const Slot& slot : slots) {
    NodeId given;
    for (const NodeId suffix : suffixes) {
      if (const NodeId arg = tree.child(suffix, slot.kind); arg.valid()) given = arg;
    }
    if (given.valid() != slot.wanted) {
      sink_
          .report(diag::Code::kWrongArgument, given.valid() ? tree.span(given) : span,
                  say("`{}` {} `{}`", "`{}` {} `{}`", definition.name,
                      slot.wanted ? say("needs", "需要") : say("takes no", "不接受"), slot.word),
                  slot.wanted ? say("it is missing here", "此处缺少") : say("not taken", "不接受"))
          .helps.emplace_back(slot.wanted ? say("add {}", "加上{}", slot.example)
                                          : say("leave it out", "删去它"));
      return broken(span);
    }
    if (!slot.wanted) continue;
    const Type wanted = program_[definition.parameters[next++]].type;
    arguments.push_back(as_type(check_arg(scope, tree.child(given, NodeKind::kArg), &wanted),
                                wanted, say("the argument", "所给的参数值")));
  }
  return make(Operation::kCall, definition.type, span, std::move(arguments), id.index);
}

std::optional<std::uint32_t> Checker::level_asked(const Scope& scope,
                                                  const std::vector<NodeId>& suffixes) {
  const SyntaxTree& tree = *scope.file->tree;
  std::uint32_t level = 0;
  for (const NodeId suffix : suffixes) {
    if (tree.child(suffix, NodeKind::kUnderReform).valid()) continue;
    const NodeId under = tree.child(suffix, NodeKind::kUnderLevel);
    if (!under.valid()) {
      sink_
          .report(diag::Code::kWrongArgument, tree.span(suffixes.front()),
                  say("a service takes only `under level …` and `under reform …`",
                      "服务之后只能写 `依层级 …` 和 `依改革 …`"),
                  say("not taken here", "此处不接受"))
          .helps.push_back(say("leave it out", "删去它"));
      return std::nullopt;
    }
    const auto known = level_of_word(first_name(*scope.file, under));
    if (!known) {
      sink_
          .report(diag::Code::kUnknownLevel, tree.span(under),
                  say("no such level of norms", "没有这一规范层级"), say("not known", "未知"))
          .helps.emplace_back(
              say("write law, regulation, policy, local_law, local_rule or practice",
                  "写 law、regulation、policy、local_law、local_rule 或 practice"));
      return std::nullopt;
    }
    level = 1 + static_cast<std::uint32_t>(*known);
  }
  return level;
}

ExprId Checker::finish(const Scope& scope, Pending& pending, const std::vector<NodeId>& suffixes,
                       ExprId expr, Span span) {
  const SyntaxTree& tree = *scope.file->tree;
  const auto wrong = [&](const Bilingual& what, const Bilingual& help) {
    sink_
        .report(diag::Code::kWrongArgument, suffixes.empty() ? span : tree.span(suffixes.front()),
                what, say("not taken here", "此处不接受"))
        .helps.push_back(help);
    return broken(span);
  };
  switch (pending.kind) {
    case Pending::Kind::kDefinition:
      return under_reform(scope, suffixes, definition_call(scope, pending, suffixes, span));
    case Pending::Kind::kParameter: {
      std::vector<ExprId> operands;
      std::uint32_t flags = 0;
      for (const NodeKind kind : {NodeKind::kInArg, NodeKind::kOnArg}) {
        for (const NodeId suffix : suffixes) {
          const NodeId given = tree.child(suffix, kind);
          if (!given.valid()) continue;
          const Type wanted = kind == NodeKind::kInArg ? value::place_type() : value::date_type();
          operands.push_back(as_type(check_arg(scope, tree.child(given, NodeKind::kArg), &wanted),
                                     wanted, say("the argument", "所给的参数值")));
          flags |= kind == NodeKind::kInArg ? 1U : 2U;
        }
      }
      const Parameter& parameter = program_.parameters[pending.index];
      return under_reform(scope, suffixes,
                          make(Operation::kParameter, parameter.type, span, std::move(operands),
                               pending.index, flags));
    }
    case Pending::Kind::kQuestion: {
      const auto level = level_asked(scope, suffixes);
      if (!level) return broken(span);
      return under_reform(scope, suffixes,
                          make(Operation::kQuestion, value::choice_type(program_.outcome_choice),
                               span, {pending.subject}, pending.index, *level));
    }
    default:
      break;
  }
  if (suffixes.empty() || is_broken(expr)) return expr;
  if (type(expr).kind == TypeKind::kRows && suffixes.size() == 1) {
    if (const NodeId on = tree.child(suffixes.front(), NodeKind::kOnArg); on.valid()) {
      const Type date = value::date_type();
      const ExprId day = as_type(check_arg(scope, tree.child(on, NodeKind::kArg), &date), date,
                                 say("the day", "日期"));
      return make(Operation::kRowsOn, type(expr), span, {expr, day});
    }
  }
  return wrong(
      say("{} takes nothing here", "{}之后不能再写什么", type_text(type(expr))),
      say("leave it out; `on` asks for the spells of a day", "删去它；`截至` 用于取某一日的时段"));
}

ExprId Checker::check_reference(const Scope& scope, NodeId node, const Type* want) {
  const SyntaxTree& tree = *scope.file->tree;
  if (const ExprId reading = list_reading(scope, node); reading.valid()) return reading;
  Pending pending;
  ExprId current = base_reference(scope, tree.child(node, NodeKind::kPath), want, pending);
  const std::vector<NodeId> properties = tree.children(node, NodeKind::kProperty);
  const std::vector<NodeId> suffixes = tree.children(node, NodeKind::kSuffix);
  for (const NodeId each : properties) {
    current = finish(scope, pending, {}, current, pending.span);
    pending = Pending{};
    current = property(scope, current, tree.tokens[tree.node(each).first_token], pending);
  }
  return finish(scope, pending, suffixes, current, tree.span(node));
}

ExprId Checker::check_arg(const Scope& scope, NodeId node, const Type* want) {
  const SyntaxTree& tree = *scope.file->tree;
  if (!node.valid()) return broken({});
  const std::vector<NodeId> children = tree.children(node);
  if (children.empty()) return broken(tree.span(node));
  if (tree.kind(children.front()) != NodeKind::kArgPath)
    return check(scope, children.front(), want);
  const NodeId path = children.front();
  Pending pending;
  ExprId current = base_reference(scope, tree.child(path, NodeKind::kPath), want, pending);
  for (const NodeId each : tree.children(path, NodeKind::kProperty)) {
    current = finish(scope, pending, {}, current, pending.span);
    pending = Pending{};
    current = property(scope, current, tree.tokens[tree.node(each).first_token], pending);
  }
  return finish(scope, pending, {}, current, tree.span(path));
}

}  // namespace juzhu::sema
