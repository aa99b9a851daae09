// Conditions as sentences, and as their denials: "is not within Shenzhen", "has no usable permit".
#include <fmt/format.h>

#include <algorithm>

#include "explain/phraser.h"
#include "explain/words.h"

namespace juzhu::explain {

using ops::Operation;
using sema::Expr;
using sema::ExprId;
using value::TypeKind;

namespace {

/// Does this stand on the far side of a comparison: a bound rather than what is measured?
bool is_bound(const Expr& expr) {
  return expr.operation == Operation::kConstant || expr.operation == Operation::kParameter;
}

}  // namespace

/// `x is at least 6` and `6 is at most x` are one operation; the text says which side was written
/// first.
std::size_t subject_operand(const sema::Program& program, const Expr& expr) {
  if (expr.operation != Operation::kLess && expr.operation != Operation::kLessEqual) {
    return 0;
  }
  const Expr& left = program[expr.operands[0]];
  const Expr& right = program[expr.operands[1]];
  const bool written = left.span.file.valid() && left.span.file == right.span.file &&
                       left.span.begin != right.span.begin;
  if (written) {
    return right.span.begin < left.span.begin ? 1 : 0;
  }
  return is_bound(left) && !is_bound(right) ? 1 : 0;
}

std::string Phraser::sentence(ExprId id, bool holds) {
  if (depth_ >= kDeepest) {
    return "…";
  }
  ++depth_;
  const Expr& expr = program_[id];
  const OperationWords& words = words_of(expr.operation);
  std::string text;
  if (words.sentence != nullptr) {
    text = (this->*words.sentence)(id, holds);
  } else if (holds) {
    text = fill(words.en, words.zh, expr);
  } else {
    text = fill(words.denied_en, words.denied_zh, expr);
  }
  --depth_;
  return text;
}

/// "a, b and c"; its denial is "not (a, b and c)": which part fails is for the tree to show.
std::string Phraser::joined(ExprId id, bool holds) {
  const Expr& expr = program_[id];
  const bool all = expr.operation == Operation::kAll;
  std::string text;
  for (std::size_t i = 0; i < expr.operands.size(); ++i) {
    if (i > 0 && i + 1 == expr.operands.size()) {
      text += all ? pick(" and ", "且") : pick(" or ", "或");
    } else if (i > 0) {
      text += pick(", ", "，");
    }
    const Expr& part = program_[expr.operands[i]];
    const bool nested = part.operation == Operation::kAll || part.operation == Operation::kAny;
    const std::string words = sentence(expr.operands[i], true);
    text += nested ? say("({})", "（{}）", words) : words;
  }
  return holds ? text : say("not ({})", "并非（{}）", text);
}

std::string Phraser::negation(ExprId id, bool holds) {
  return sentence(program_[id].operands[0], !holds);
}

/// "Li's insured months are", "Mei's age on 1 May 2024 is": by the last word of the name, or the
/// one before what is said of it.
bool is_plural(std::string_view noun) {
  if (const std::size_t owner = noun.rfind("'s "); owner != std::string_view::npos) {
    noun.remove_prefix(owner + 3);
  }
  for (const std::string_view after : {" of ", " in ", " on ", " with ", " from ", " to "}) {
    noun = noun.substr(0, noun.find(after));
  }
  return noun.size() > 3 && noun.ends_with('s') && !noun.ends_with("ss") && !noun.ends_with("us") &&
         !noun.ends_with("is");
}

namespace {

struct RelationWords {
  std::string_view en;
  std::string_view zh;
  std::string_view denied_zh;  ///< Chinese law has a word for each; English says "not"
};

RelationWords number_words(bool strict, bool swapped) {
  if (swapped) {
    return strict ? RelationWords{"over", "超过", "不超过"}
                  : RelationWords{"at least", "至少", "不足"};
  }
  return strict ? RelationWords{"under", "不满", "不少于"}
                : RelationWords{"at most", "至多", "超过"};
}

RelationWords date_words_of(bool strict, bool swapped) {
  if (swapped) {
    return strict ? RelationWords{"after", "晚于", "不晚于"}
                  : RelationWords{"on or after", "不早于", "早于"};
  }
  return strict ? RelationWords{"before", "早于", "不早于"}
                : RelationWords{"on or before", "不晚于", "晚于"};
}

}  // namespace

std::string Phraser::relation_words(std::string_view subject, const Type& type, bool strict,
                                    bool swapped, bool holds) const {
  const bool date = type.kind == TypeKind::kDate || type.kind == TypeKind::kMonth;
  const RelationWords words = date ? date_words_of(strict, swapped) : number_words(strict, swapped);
  if (chinese_) {
    return std::string(holds ? words.zh : words.denied_zh);
  }
  return fmt::format("{} {}{}", is_plural(subject) ? "are" : "is", holds ? "" : "not ", words.en);
}

std::string Phraser::comparison(ExprId id, bool holds) {
  const Expr& expr = program_[id];
  const std::size_t subject = subject_operand(program_, expr);
  const bool strict = expr.operation == Operation::kLess;
  const Type& type = program_[expr.operands[subject]].type;
  const std::string measured = operand(expr, subject);
  const std::string bound = operand(expr, 1 - subject);
  return say("{} {} {}", "{}{}{}", measured,
             relation_words(measured, type, strict, subject == 1, holds),
             chinese_ ? years_of_age(measured, bound) : bound);
}

std::string Phraser::quotient_comparison(ExprId id, bool holds) {
  const Expr& expr = program_[id];
  const std::string quotient = fill("{} / {}", "{}÷{}", expr);
  const std::string bound = operand(expr, 2);
  // ops::Relation: equal, less, less or equal.
  if (expr.a == 0) {
    return say(holds ? "{} is {}" : "{} is not {}", holds ? "{}为{}" : "{}不为{}", quotient, bound);
  }
  const Type number = value::number_type(0);
  return say("{} {} {}", "{}{}{}", quotient,
             relation_words("", number, expr.a == 1, expr.b == 1, holds), bound);
}

std::string Phraser::one_of(ExprId id, bool holds) {
  const Expr& expr = program_[id];
  const std::string options = listed(expr.operands, 1, pick("or", "或"));
  return say(holds ? "{} is {}" : "{} is not {}", holds ? "{}为{}之一" : "{}不为{}之一",
             operand(expr, 0), options);
}

/// A role is a definition whose name rules use for whom they speak of: `for each child`.
bool is_role(const sema::Program& program, const sema::Definition& definition) {
  return definition.has_subject && definition.parameters.size() == 1 &&
         std::any_of(program.locals.begin(), program.locals.end(),
                     [&](const sema::Local& local) { return definition.name.is(local.name); });
}

/// A yes/no fact or definition: "Li has a usable permit in Shenzhen", 李没有可用居住证.
std::string Phraser::has(ExprId id, bool holds) {
  const Expr& expr = program_[id];
  if (expr.type.kind != TypeKind::kBoolean) {
    return noun(id);
  }
  std::string name;
  std::string subject;
  if (expr.operation == Operation::kCall) {
    const sema::Definition& definition = program_.definitions[expr.a];
    if (is_of_household(program_, definition)) {
      subject = household();
    } else if (definition.has_subject) {
      subject = operand(expr, 0);
    }
    name = chinese_ ? definition_name(expr) : with_arguments(expr, definition_name(expr), false);
    if (chinese_) {
      // Place and day stand between the subject and what it has.
      subject += with_arguments(expr, "", false);
    }
  } else {
    const value::Fact& fact = program_.schema->facts[expr.a];
    name = is_phrase(fact.text) ? fact.text.in(chinese_) : display_name(fact.name, chinese_);
    subject =
        has_operand(expr, 0) ? noun(expr.operands[0]) : std::string(pick("the household", "家庭"));
  }
  if (expr.operation == Operation::kCall && is_role(program_, program_.definitions[expr.a])) {
    return say(holds ? "{} is {}" : "{} is not {}", holds ? "{}是{}" : "{}不是{}", subject,
               chinese_ ? name : with_article(name));
  }
  if (subject.empty()) {
    return say(holds ? "{}: yes" : "{}: no", holds ? "{}：是" : "{}：否", name);
  }
  return say(holds ? "{} has {}" : "{} lacks {}", holds ? "{}有{}" : "{}没有{}", subject, name);
}

std::string Phraser::quantifier(ExprId id) {
  const Expr& expr = program_[id];
  std::string over = operand(expr, 0);
  const std::string one = role_words(program_, program_.locals[expr.b]).in(chinese_);
  switch (static_cast<ops::FoldKind>(expr.a)) {
    case ops::FoldKind::kSome:
      return say("some {} among {}", "{1}中有{0}满足", one, over);
    case ops::FoldKind::kEvery:
      return say("every {} among {}", "{1}中每一{0}均满足", one, over);
    case ops::FoldKind::kNo:
      return say("no {} among {}", "{1}中没有{0}满足", one, over);
    case ops::FoldKind::kCount:
    case ops::FoldKind::kSum:
    case ops::FoldKind::kHighest:
    case ops::FoldKind::kLowest:
    case ops::FoldKind::kCover:
      return over;
  }
  return over;
}

/// What a fold asks of its element, with the element called by its role.
std::string Phraser::fold_body(const Expr& fold) {
  Context inner = context_;
  const sema::Local& local = program_.locals[fold.b];
  inner.bound[fold.b] = {value::not_applicable(), role_words(program_, local), false};
  inner.frame = {};
  Phraser phraser(inner, chinese_);
  phraser.depth_ = depth_;
  std::string text;
  for (std::size_t i = 1; i <= 2; ++i) {
    if (has_operand(fold, i) && program_[fold.operands[i]].type.kind == TypeKind::kBoolean) {
      text += text.empty() ? "" : pick(" and ", "且");
      text += phraser.sentence(fold.operands[i], true);
    }
  }
  return text;
}

std::string Phraser::condition_fold(ExprId id, bool holds) {
  const Expr& expr = program_[id];
  const std::string body = fold_body(expr);
  const std::string whole =
      body.empty() ? quantifier(id) : say("{}: {}", "{}：{}", quantifier(id), body);
  return holds ? whole : say("not: {}", "并非：{}", whole);
}

std::string Phraser::choice_condition(ExprId id, bool holds) {
  const Expr& expr = program_[id];
  return say("{1} if {0}, otherwise {2}", "若{}则{}，否则{}", sentence(expr.operands[0], true),
             sentence(expr.operands[1], holds), sentence(expr.operands[2], holds));
}

/// Any other expression that is a condition: a bound yes/no, a table of them, a constant.
std::string Phraser::standing_alone(ExprId id, bool holds) {
  const Expr& expr = program_[id];
  if (expr.operation == Operation::kConstant) {
    const bool always = value::is_true(program_.constants[expr.a]) == holds;
    return std::string(always ? pick("nothing further is asked", "无其他条件")
                              : pick("nobody meets this", "无人符合"));
  }
  const std::string name = noun(id);
  return say(holds ? "{}: yes" : "{}: no", holds ? "{}：是" : "{}：否", name);
}

}  // namespace juzhu::explain
