// Allocations: who is on the list, how many seats there are, in which order they go, and what the
// text says of ties and wishes. Nothing of that has a default, since the clause that is missing is
// the one that decides who gets the seat (semantics.md 7.1).
#include "sema/allocations.h"

#include <algorithm>
#include <charconv>

#include "sema/checker.h"
#include "sema/reforms.h"

namespace juzhu::sema {

using value::TypeKind;

namespace {

std::optional<TieRule> tie_rule(std::string_view word) {
  if (word == "lottery" || word == "抽签") return TieRule::kLottery;
  if (word == "admit_all" || word == "全部录取") return TieRule::kAdmitAll;
  if (word == "refuse_tied" || word == "同分均不录") return TieRule::kRefuseTied;
  if (word == "undecided" || word == "未定") return TieRule::kUndecided;
  return std::nullopt;
}

}  // namespace

std::vector<ExprId> read_by_allocation(const Program& program, const RuleVersion& version) {
  if (!version.allocation.valid()) return {};
  const Allocation& allocation = program[version.allocation];
  std::vector<ExprId> read{allocation.pool, allocation.seats};
  read.insert(read.end(), allocation.wishes.begin(), allocation.wishes.end());
  for (const RankKey& key : allocation.keys)
    read.push_back(key.value);
  for (const Reserve& reserve : allocation.reserves)
    read.insert(read.end(), {reserve.amount, reserve.group});
  return read;
}

bool is_shared_by_list(const Program& program, const Allocation& allocation, ExprId amount) {
  if (!amount.valid()) return true;  // a condition that a fold does not have
  if (allocation.pool.valid() && same_expr(program, amount, allocation.pool, {}, {})) return true;
  const Expr& expr = program[amount];
  const auto is = [&](ops::Operation operation) { return expr.operation == operation; };
  if (is(ops::Operation::kConstant) || is(ops::Operation::kToday)) return true;
  if (is(ops::Operation::kArgument))
    return allocation.school.valid() && expr.a == allocation.school.index;
  // Without a place a parameter is read where the applicant lives.
  if (is(ops::Operation::kParameter) && (expr.b & 1U) == 0) return false;
  if (is(ops::Operation::kCall) || (expr.operands.empty() && !is(ops::Operation::kParameter)))
    return false;
  return std::all_of(expr.operands.begin(), expr.operands.end(), [&](ExprId operand) {
    return is_shared_by_list(program, allocation, operand);
  });
}

NodeId Checker::only_clause(const Place& place, NodeKind kind, const Bilingual& word) {
  const SyntaxTree& tree = *place.file->tree;
  const std::vector<NodeId> clauses = tree.children(place.node, kind);
  if (clauses.size() > 1) {
    diag::Diagnostic& diagnostic =
        sink_.report(diag::Code::kDuplicateName, tree.span(clauses[1]),
                     say("this allocation says `{}` twice", "本分配两次写了 `{}`", word),
                     say("said again", "重复"));
    diagnostic.labels.push_back({tree.span(clauses[0]), say("said first here", "首次写于此")});
    diagnostic.helps.emplace_back(say("leave out one of the two", "删去其中一个"));
  }
  return clauses.empty() ? NodeId{} : clauses.front();
}

bool Checker::allocation_head(const Place& place, Scope& scope, RuleVersion& rule, Type& subject) {
  const File& file = *place.file;
  const SyntaxTree& tree = *file.tree;
  const NodeId clause = only_clause(place, NodeKind::kAllocates, say("allocates", "发放"));
  if (!clause.valid()) {
    sink_
        .report(diag::Code::kIncompleteAllocation, rule.name_span,
                say("`{}` does not say what it gives, and to whom", "`{}` 没有写明发放什么、发给谁",
                    rule.name),
                say("no `allocates`", "缺少 `发放`"))
        .helps.emplace_back(
            say("add `allocates SERVICE to each child`", "加上 `发放 服务 给每个 孩子`"));
    return false;
  }
  std::vector<const syntax::Token*> names;
  for (const std::uint32_t index : tree.own_tokens(clause)) {
    if (tree.tokens[index].kind == TokenKind::kNAME) names.push_back(&tree.tokens[index]);
  }
  if (names.size() != 2) return false;  // a syntax error, reported there
  const Symbol* service = need(file, *names[0], {SymbolKind::kService}, say("service", "服务"));
  if (service == nullptr) return false;
  rule.ranks.emplace_back(service->index);
  return bind_subject(*names[1], clause, scope, rule, subject);
}

void Checker::allocation_seats(const Place& place, const Scope& scope, Allocation& allocation) {
  const SyntaxTree& tree = *place.file->tree;
  const NodeId clause = only_clause(place, NodeKind::kSeats, say("seats", "名额"));
  const RuleVersion& rule = program_[allocation.rule].versions[allocation.version];
  if (!clause.valid()) {
    sink_
        .report(
            diag::Code::kIncompleteAllocation, rule.name_span,
            say("`{}` does not say how many seats there are", "`{}` 没有写明有多少名额", rule.name),
            say("no `seats`", "缺少 `名额`"))
        .helps.emplace_back(say("add `seats` and a number, such as a parameter that the city sets",
                                "加上 `名额` 和一个数，例如由市里设定的参数"));
    return;
  }
  const Type whole = value::number_type(0);
  const ExprId seats = check(scope, tree.child(clause, NodeKind::kExpr), &whole);
  allocation.seats = seats;
  if (is_broken(seats)) return;
  const Type& found = type(seats);
  if (found.kind == TypeKind::kNumber && found.unit.none() && found.scale == 0) return;
  sink_
      .report(diag::Code::kTypeMismatch, at(seats).span,
              say("seats are a whole number, not {}", "名额须为整数，而不是{}", type_text(found)),
              say("not a number of seats", "不是名额数"))
      .helps.emplace_back(
          say("count the seats without a unit and without decimals", "名额不带单位，也不带小数"));
}

void Checker::allocation_wishes(const Place& place, const Scope& scope, Allocation& allocation) {
  const SyntaxTree& tree = *place.file->tree;
  const NodeId clause = only_clause(place, NodeKind::kWishes, say("wishes", "志愿顺序"));
  if (!clause.valid()) return;
  const NodeId list = unwrap(tree, tree.child(clause, NodeKind::kExpr), NodeKind::kSetLiteral);
  const std::vector<NodeId> wishes =
      list.valid() ? tree.children(list, NodeKind::kExpr) : std::vector<NodeId>{};
  const auto wrong = [&](Span span, Bilingual message) {
    sink_
        .report(diag::Code::kTypeMismatch, span, std::move(message),
                say("not a list of wishes", "不是志愿列表"))
        .helps.emplace_back(
            say("list them in their order: `wishes school among {{ child's first_wish, child's "
                "second_wish }} by wish`",
                "按顺序列出：`志愿顺序 学校 属于 {{ 孩子的第一志愿，孩子的第二志愿 }} 志愿优先`"));
  };
  if (wishes.empty()) {
    wrong(tree.span(clause), say("wishes are a list in braces, the first wish first",
                                 "志愿是花括号中的列表，第一志愿在前"));
    return;
  }
  std::optional<Type> school;
  for (const NodeId each : wishes) {
    const ExprId wish = check(scope, each, school ? &*school : nullptr);
    if (is_broken(wish)) continue;
    const Type& found = type(wish);
    const bool names_one = found.kind == TypeKind::kPlace || found.kind == TypeKind::kChoice;
    if (!names_one || (school && !same_kind(*school, found))) {
      wrong(at(wish).span,
            names_one ? say("the wishes of one list are of one kind", "同一名单的志愿须为同一种类")
                      : say("a wish is a place or a choice, not {}", "志愿须为地点或选项，而不是{}",
                            type_text(found)));
      continue;
    }
    school = found;
    allocation.wishes.push_back(wish);
  }
  if (school) {
    const std::string name = first_name(*place.file, clause);
    allocation.school = add_local(name, *school, tree.span(clause));
  }
  if (tree.has(clause, TokenKind::kBY_WISH)) allocation.wish_rule = WishRule::kByWish;
  if (tree.has(clause, TokenKind::kBY_RANK)) allocation.wish_rule = WishRule::kByRank;
  if (allocation.wish_rule != WishRule::kNone) return;
  allocation.wish_rule = WishRule::kByWish;
  sink_
      .report(diag::Code::kNoWishRule, tree.span(clause),
              say("this list does not say how wishes count", "没有写明志愿如何起作用"),
              say("neither by wish nor by rank", "既非志愿优先，也非分数优先"))
      .helps.emplace_back(
          say("end it with `by wish` 志愿优先 (all first wishes before any second) or `by rank` "
              "分数优先 (in rank order each takes the first wish with a seat)",
              "末尾写 `志愿优先`（所有第一志愿先于任何第二志愿）或 "
              "`分数优先`（按名次，各取仍有名额的最靠前志愿）"));
}

void Checker::allocation_keys(const Place& place, const Scope& scope, Allocation& allocation) {
  const SyntaxTree& tree = *place.file->tree;
  const NodeId clause = only_clause(place, NodeKind::kRankBy, say("rank by", "排序按"));
  const RuleVersion& rule = program_[allocation.rule].versions[allocation.version];
  if (!clause.valid()) {
    sink_
        .report(diag::Code::kIncompleteAllocation, rule.name_span,
                say("`{}` does not say in which order the seats go",
                    "`{}` 没有写明名额按什么次序分配", rule.name),
                say("no `rank by`", "缺少 `排序按`"))
        .helps.emplace_back(
            say("add `rank by VALUE highest first`", "加上 `排序按 数值 从高到低`"));
    return;
  }
  for (const NodeId node : tree.children(clause, NodeKind::kRankKey)) {
    RankKey key;
    key.value = needs_rounding(check(scope, tree.child(node, NodeKind::kExpr)));
    if (tree.has(node, TokenKind::kLOWEST_FIRST)) key.order = RankOrder::kLowestFirst;
    if (tree.has(node, TokenKind::kEARLIEST_FIRST)) key.order = RankOrder::kEarliestFirst;
    if (tree.has(node, TokenKind::kLATEST_FIRST)) key.order = RankOrder::kLatestFirst;
    allocation.keys.push_back(key);
    if (is_broken(key.value)) continue;
    const Type& found = type(key.value);
    const bool of_numbers =
        key.order == RankOrder::kHighestFirst || key.order == RankOrder::kLowestFirst;
    const bool is_day = found.kind == TypeKind::kDate || found.kind == TypeKind::kMonth;
    if (of_numbers ? found.kind == TypeKind::kNumber : is_day) continue;
    sink_
        .report(diag::Code::kTypeMismatch, at(key.value).span,
                say("{} cannot be ranked {}", "{}不能按{}排序", type_text(found),
                    of_numbers ? say("highest or lowest first", "从高到低或从低到高")
                               : say("earliest or latest first", "从早到晚或从晚到早")),
                say("not {}", "不是{}", of_numbers ? say("a number", "数") : say("a date", "日期")))
        .helps.emplace_back(
            is_day ? say("write `earliest first` or `latest first`", "写 `从早到晚` 或 `从晚到早`")
            : !of_numbers
                ? say("write `highest first` or `lowest first`", "写 `从高到低` 或 `从低到高`")
                : say("rank by a number or a date", "按数或日期排序"));
  }
}

void Checker::allocation_ties(const Place& place, Span name, Allocation& allocation) {
  const SyntaxTree& tree = *place.file->tree;
  const NodeId clause = only_clause(place, NodeKind::kTies, say("ties", "同分"));
  const syntax::Token* word = clause.valid() ? tree.token(clause, TokenKind::kNAME) : nullptr;
  const auto rule = word == nullptr ? std::nullopt : tie_rule(name_text(*place.file, *word));
  const auto missing = [&](Span span, Bilingual message, Bilingual label) {
    sink_.report(diag::Code::kNoTieRule, span, std::move(message), std::move(label))
        .helps.emplace_back(
            say("add `ties admit_all` 全部录取, `ties refuse_tied` 同分均不录, `ties lottery with "
                "seed N` 抽签, or `ties undecided` 未定 where the text was not seen",
                "加上 `同分 全部录取`、`同分 同分均不录`、`同分 抽签 种子 N`；未见原文的写 `同分 "
                "未定`"));
  };
  if (!rule) {
    if (word == nullptr) {
      missing(
          name,
          say("this allocation does not say what becomes of ties", "本分配没有写明同分者如何处理"),
          say("no `ties`", "缺少 `同分`"));
    } else {
      missing(tree.span(*word),
              say("no rule for ties called `{}`", "没有名为 `{}` 的同分规则",
                  name_text(*place.file, *word)),
              say("not known", "未知"));
    }
    return;
  }
  allocation.ties = *rule;
  if (const syntax::Token* number = tree.token(clause, TokenKind::kNUMBER)) {
    const std::string_view digits = tree.text_of(*number);
    std::uint64_t seed = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), seed);
    if (error == std::errc{} && end == digits.data() + digits.size() &&
        *rule == TieRule::kLottery) {
      allocation.seed = seed;
    } else {
      sink_
          .report(diag::Code::kTypeMismatch, tree.span(*number),
                  say("the seed of a lottery is a whole number of at most 64 bits",
                      "抽签的种子须为不超过 64 位的整数"),
                  say("not a seed", "不是种子"))
          .helps.emplace_back(
              say("write `ties lottery with seed 2024`", "写 `同分 抽签 种子 2024`"));
    }
  }
  if (allocation.ties == TieRule::kRefuseTied && allocation.wish_rule == WishRule::kByRank) {
    missing(tree.span(clause),
            say("by rank, tied children take their seats one after the other",
                "分数优先时，同分的孩子依次取得名额"),
            say("`refuse_tied` does not say in which order", "`同分均不录` 没有写明次序"));
  }
}

void Checker::allocation_reserves(const Place& place, const Scope& scope, const Type& subject,
                                  Allocation& allocation) {
  const File& file = *place.file;
  const SyntaxTree& tree = *file.tree;
  for (const NodeId clause : tree.children(place.node, NodeKind::kReserves)) {
    Reserve reserve;
    reserve.kept = tree.has(clause, TokenKind::kKEPT);
    reserve.amount = check(scope, tree.child(clause, NodeKind::kSum));
    if (!is_broken(reserve.amount)) {
      const Type& amount = type(reserve.amount);
      const bool number = amount.kind == TypeKind::kNumber && amount.unit.none();
      reserve.is_share = number && amount.percent;
      if (!number || (!reserve.is_share && amount.scale != 0)) {
        sink_
            .report(diag::Code::kTypeMismatch, at(reserve.amount).span,
                    say("a reserve is a number of seats or a share of them, not {}",
                        "预留须为名额数或名额的比例，而不是{}", type_text(amount)),
                    say("neither", "两者都不是"))
            .helps.emplace_back(
                say("write for example `reserves 10 for each …` or `reserves 25% …`",
                    "例如写 `预留 10 对每个 …` 或 `预留 25% …`"));
      }
    }
    const NodeId each = tree.child(clause, NodeKind::kForEach);
    const syntax::Token* noun = each.valid() ? tree.token(each, TokenKind::kNAME) : nullptr;
    if (noun == nullptr) continue;
    Scope inner = scope;
    RuleVersion group;
    Type member = subject;
    if (!bind_subject(*noun, each, inner, group, member)) continue;
    if (!same_kind(member, subject)) {
      sink_
          .report(diag::Code::kTypeMismatch, tree.span(*noun),
                  say("seats are set aside for applicants, who are {}",
                      "名额只能预留给申请者，即{}", type_text(subject)),
                  say("not one of them", "不在其中"))
          .helps.emplace_back(say("write `for each` and the word that stands after `to each`",
                                  "写 `对每个`，后接 `给每个` 之后的词"));
      continue;
    }
    reserve.member = group.subject;
    reserve.group = group.concerns;
    allocation.reserves.push_back(reserve);
  }
  allocation.open_first = tree.child(place.node, NodeKind::kOpenFirst).valid();
}

void Checker::check_allocation(const Place& place, RuleId id, Scope& scope, RuleVersion rule) {
  Type subject = value::member_type(EntityId{std::size_t{1}});
  if (!allocation_head(place, scope, rule, subject)) return;
  rule.condition = rule_condition(scope, place.node);
  Allocation allocation;
  allocation.rule = id;
  allocation.version = static_cast<std::uint32_t>(program_[id].versions.size());
  allocation.subject = rule.subject;
  rule.allocation = AllocationId{program_.allocations.size()};
  const Span name = rule.name_span;
  Rule& owner = program_.rules[id.index];
  owner.subject = subject;
  owner.versions.push_back(std::move(rule));

  const SyntaxTree& tree = *place.file->tree;
  if (const NodeId pool = only_clause(place, NodeKind::kPooledBy, say("by", "按")); pool.valid()) {
    const ExprId by = check(scope, tree.child(pool, NodeKind::kExpr));
    const TypeKind kind = type(by).kind;
    allocation.pool = by;
    if (kind == TypeKind::kTime || kind == TypeKind::kRows || kind == TypeKind::kQuotient ||
        kind == TypeKind::kMember || kind == TypeKind::kMemberSet || kind == TypeKind::kRow) {
      sink_
          .report(diag::Code::kTypeMismatch, at(by).span,
                  say("{} does not tell one list from another", "{}不能区分各个名单",
                      type_text(type(by))),
                  say("not a value that applicants share", "不是申请者共有的值"))
          .helps.emplace_back(
              say("write `by` and a place, a choice or a number", "写 `按`，后接地点、选项或数"));
    }
  }
  allocation_wishes(place, scope, allocation);
  Scope of_seats = scope;
  if (allocation.school.valid()) of_seats.locals.push_back(allocation.school);
  allocation_seats(place, of_seats, allocation);
  allocation_keys(place, scope, allocation);
  allocation_ties(place, name, allocation);
  allocation_reserves(place, scope, subject, allocation);
  program_.allocations.push_back(std::move(allocation));
}

}  // namespace juzhu::sema
