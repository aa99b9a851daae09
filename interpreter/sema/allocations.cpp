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

NodeId Checker::only_clause(const Place& place, NodeKind kind, std::string_view word) {
  const SyntaxTree& tree = *place.file->tree;
  const std::vector<NodeId> clauses = tree.children(place.node, kind);
  if (clauses.size() > 1) {
    diag::Diagnostic& diagnostic =
        sink_.report(diag::Code::kDuplicateName, tree.span(clauses[1]),
                     "this allocation says `" + std::string(word) + "` twice", "said again");
    diagnostic.labels.push_back({tree.span(clauses[0]), "said first here"});
    diagnostic.helps.emplace_back("leave out one of the two");
  }
  return clauses.empty() ? NodeId{} : clauses.front();
}

bool Checker::allocation_head(const Place& place, Scope& scope, RuleVersion& rule, Type& subject) {
  const File& file = *place.file;
  const SyntaxTree& tree = *file.tree;
  const NodeId clause = only_clause(place, NodeKind::kAllocates, "allocates");
  if (!clause.valid()) {
    sink_
        .report(diag::Code::kIncompleteAllocation, rule.name_span,
                "`" + rule.name.in(false) + "` does not say what it gives, and to whom",
                "no `allocates`")
        .helps.emplace_back("add `allocates SERVICE to each child`");
    return false;
  }
  std::vector<const syntax::Token*> names;
  for (const std::uint32_t index : tree.own_tokens(clause)) {
    if (tree.tokens[index].kind == TokenKind::kNAME) names.push_back(&tree.tokens[index]);
  }
  if (names.size() != 2) return false;  // a syntax error, reported there
  const Symbol* service = need(file, *names[0], {SymbolKind::kService}, "service");
  if (service == nullptr) return false;
  rule.ranks.emplace_back(service->index);
  return bind_subject(*names[1], clause, scope, rule, subject);
}

void Checker::allocation_seats(const Place& place, const Scope& scope, Allocation& allocation) {
  const SyntaxTree& tree = *place.file->tree;
  const NodeId clause = only_clause(place, NodeKind::kSeats, "seats");
  const RuleVersion& rule = program_[allocation.rule].versions[allocation.version];
  if (!clause.valid()) {
    sink_
        .report(diag::Code::kIncompleteAllocation, rule.name_span,
                "`" + rule.name.in(false) + "` does not say how many seats there are", "no `seats`")
        .helps.emplace_back("add `seats` and a number, such as a parameter that the city sets");
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
              "seats are a whole number, not " + type_text(found), "not a number of seats")
      .helps.emplace_back("count the seats without a unit and without decimals");
}

void Checker::allocation_wishes(const Place& place, const Scope& scope, Allocation& allocation) {
  const SyntaxTree& tree = *place.file->tree;
  const NodeId clause = only_clause(place, NodeKind::kWishes, "wishes");
  if (!clause.valid()) return;
  const NodeId list = unwrap(tree, tree.child(clause, NodeKind::kExpr), NodeKind::kSetLiteral);
  const std::vector<NodeId> wishes =
      list.valid() ? tree.children(list, NodeKind::kExpr) : std::vector<NodeId>{};
  const auto wrong = [&](Span span, std::string message) {
    sink_.report(diag::Code::kTypeMismatch, span, std::move(message), "not a list of wishes")
        .helps.emplace_back(
            "list them in their order: `wishes school among { child's first_wish, child's "
            "second_wish } by wish`");
  };
  if (wishes.empty()) {
    wrong(tree.span(clause), "wishes are a list in braces, the first wish first");
    return;
  }
  std::optional<Type> school;
  for (const NodeId each : wishes) {
    const ExprId wish = check(scope, each, school ? &*school : nullptr);
    if (is_broken(wish)) continue;
    const Type& found = type(wish);
    const bool names_one = found.kind == TypeKind::kPlace || found.kind == TypeKind::kChoice;
    if (!names_one || (school && !same_kind(*school, found))) {
      wrong(at(wish).span, names_one ? "the wishes of one list are of one kind"
                                     : "a wish is a place or a choice, not " + type_text(found));
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
      .report(diag::Code::kNoWishRule, tree.span(clause), "this list does not say how wishes count",
              "neither by wish nor by rank")
      .helps.emplace_back(
          "end it with `by wish` 志愿优先 (all first wishes before any second) or `by rank` "
          "分数优先 (in rank order each takes the first wish with a seat)");
}

void Checker::allocation_keys(const Place& place, const Scope& scope, Allocation& allocation) {
  const SyntaxTree& tree = *place.file->tree;
  const NodeId clause = only_clause(place, NodeKind::kRankBy, "rank by");
  const RuleVersion& rule = program_[allocation.rule].versions[allocation.version];
  if (!clause.valid()) {
    sink_
        .report(diag::Code::kIncompleteAllocation, rule.name_span,
                "`" + rule.name.in(false) + "` does not say in which order the seats go",
                "no `rank by`")
        .helps.emplace_back("add `rank by VALUE highest first`");
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
                type_text(found) + " cannot be ranked " +
                    (of_numbers ? "highest or lowest first" : "earliest or latest first"),
                "not " + std::string(of_numbers ? "a number" : "a date"))
        .helps.emplace_back(is_day        ? "write `earliest first` or `latest first`"
                            : !of_numbers ? "write `highest first` or `lowest first`"
                                          : "rank by a number or a date");
  }
}

void Checker::allocation_ties(const Place& place, Span name, Allocation& allocation) {
  const SyntaxTree& tree = *place.file->tree;
  const NodeId clause = only_clause(place, NodeKind::kTies, "ties");
  const syntax::Token* word = clause.valid() ? tree.token(clause, TokenKind::kNAME) : nullptr;
  const auto rule = word == nullptr ? std::nullopt : tie_rule(name_text(*place.file, *word));
  const auto missing = [&](Span span, std::string message, std::string label) {
    sink_.report(diag::Code::kNoTieRule, span, std::move(message), std::move(label))
        .helps.emplace_back(
            "add `ties admit_all` 全部录取, `ties refuse_tied` 同分均不录, `ties lottery with seed "
            "N` 抽签, or `ties undecided` 未定 where the text was not seen");
  };
  if (!rule) {
    if (word == nullptr) {
      missing(name, "this allocation does not say what becomes of ties", "no `ties`");
    } else {
      missing(tree.span(*word), "no rule for ties called `" + name_text(*place.file, *word) + "`",
              "not known");
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
                  "the seed of a lottery is a whole number of at most 64 bits", "not a seed")
          .helps.emplace_back("write `ties lottery with seed 2024`");
    }
  }
  if (allocation.ties == TieRule::kRefuseTied && allocation.wish_rule == WishRule::kByRank) {
    missing(tree.span(clause), "by rank, tied children take their seats one after the other",
            "`refuse_tied` does not say in which order");
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
                    "a reserve is a number of seats or a share of them, not " + type_text(amount),
                    "neither")
            .helps.emplace_back("write for example `reserves 10 for each …` or `reserves 25% …`");
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
                  "seats are set aside for applicants, who are " + type_text(subject),
                  "not one of them")
          .helps.emplace_back("write `for each` and the word that stands after `to each`");
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
  if (const NodeId pool = only_clause(place, NodeKind::kPooledBy, "by"); pool.valid()) {
    const ExprId by = check(scope, tree.child(pool, NodeKind::kExpr));
    const TypeKind kind = type(by).kind;
    allocation.pool = by;
    if (kind == TypeKind::kTime || kind == TypeKind::kRows || kind == TypeKind::kQuotient ||
        kind == TypeKind::kMember || kind == TypeKind::kMemberSet || kind == TypeKind::kRow) {
      sink_
          .report(diag::Code::kTypeMismatch, at(by).span,
                  type_text(type(by)) + " does not tell one list from another",
                  "not a value that applicants share")
          .helps.emplace_back("write `by` and a place, a choice or a number");
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
