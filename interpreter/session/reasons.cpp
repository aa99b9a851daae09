// Why, why not, and the sheets of scores.
#include <fmt/format.h>

#include "explain/explain.h"
#include "explain/words.h"
#include "session/talk.h"

namespace juzhu::session {

explain::TextOptions Talk::text_options(bool all) const {
  return {options_.chinese, options_.color, options_.width, all};
}

bool Talk::why(Question asked, const Words& words, bool all) {
  if (!asked.service && asked.score) return score(std::move(asked), words);
  if (!need_child(asked, words) || !need_service(asked, words)) return false;
  for (const Answered& each : all_answers(asked, true)) {
    const explain::Explanation explanation = explain::explain(
        program(), rules_.loaded().sources, asked.household, each.query, each.outcome);
    print(explain::to_text(explanation, text_options(all)));
    return true;
  }
  return trouble(diag::Code::kWrongKindOfName, words, words.size(),
                 say("this service is not for `{}`", "此服务不针对 `{}`", last_member_),
                 say("of whom?", "问谁？"), say("`answers` shows what is", "`结果` 列出所针对的"));
}

/// Only what would have to change: the conclusion, and each way to be granted.
bool Talk::why_not(Question asked, const Words& words) {
  if (!need_child(asked, words) || !need_service(asked, words)) return false;
  for (const Answered& each : all_answers(asked, true)) {
    explain::Explanation explanation = explain::explain(program(), rules_.loaded().sources,
                                                        asked.household, each.query, each.outcome);
    const bool has_ways = !explanation.would_grant.empty() || !explanation.missing.empty();
    explanation.deciding.clear();
    explanation.weighed.clear();
    explanation.not_concerned.clear();
    explanation.scores.clear();
    explanation.law_gives_more.clear();
    explanation.law_may_give_more.clear();
    explanation.law_gives_less.clear();
    explanation.marks.clear();
    explanation.marked = false;
    print(explain::to_text(explanation, text_options(false)));
    const bool granted = each.outcome.kind == eval::OutcomeKind::kGranted;
    if (granted) print_line(say("It is granted: ask `why`.", "已准予：可问 `为什么`。"));
    if (!granted && !has_ways)
      print_line(say("No change of facts that a rule reads would grant it here.",
                     "在此地，改变规则所读的事实都不能使其准予。"));
    return true;
  }
  return trouble(diag::Code::kWrongKindOfName, words, words.size(),
                 say("this service is not for `{}`", "此服务不针对 `{}`", last_member_),
                 say("of whom?", "问谁？"), say("`answers` shows what is", "`结果` 列出所针对的"));
}

bool Talk::score(Question asked, const Words& words) {
  const auto& scores = program().scores;
  if (!asked.score && scores.size() == 1) asked.score = sema::ScoreId{std::size_t{0}};
  if (!asked.score) {
    return trouble(diag::Code::kUnknownName, words, words.size(),
                   scores.empty()
                       ? say("this rulebook has no scores", "此规则库没有积分")
                       : say("this rulebook has {} scores", "此规则库有 {} 种积分", scores.size()),
                   say("which score?", "哪种积分？"),
                   scores.empty() ? say("`answers` shows the services", "`结果` 列出服务")
                                  : say("write one of {}", "写下列之一：{}",
                                        listed(vocabulary().score_names(options_.chinese))));
  }
  if (!need_child(asked, words)) return false;
  const eval::Answer answer =
      rulebook().score(asked.household, *asked.member, *asked.score, asked.of.date, asked.stack);
  print(explain::to_text(
      explain::score_sheet(program(), asked.household, answer, *asked.score, *asked.member),
      text_options(false)));
  return true;
}

}  // namespace juzhu::session
