// What may stand beside any declaration: citations, confidence, notes, and where and when it holds.
#include <array>

#include "sema/checker.h"
#include "syntax/parse.h"
#include "value/date.h"

namespace juzhu::sema {

namespace {

/// Words of a small closed list in both tongues.
template <typename Item>
struct Word {
  std::string_view en, zh;
  Item item;
};

template <typename Item, std::size_t Count>
std::optional<Item> look_up(const std::array<Word<Item>, Count>& words, std::string_view name) {
  for (const Word<Item>& word : words) {
    if (name == word.en || name == word.zh) return word.item;
  }
  return std::nullopt;
}

constexpr std::array<Word<Confidence>, 4> kConfidences = {
    {{"official", "原文", Confidence::kOfficial},
     {"secondary", "转述", Confidence::kSecondary},
     {"recalled", "记忆", Confidence::kRecalled},
     {"doubtful", "存疑", Confidence::kDoubtful}}};
constexpr std::array<Word<ops::Counting>, 3> kCountings = {
    {{"civil_code", "按民法典", ops::Counting::kCivilCode},
     {"both_days", "首尾均计", ops::Counting::kBothDays},
     {"calendar_months", "按自然月", ops::Counting::kCalendarMonths}}};

std::uint32_t small_number(std::string_view text) {
  std::uint32_t number = 0;
  for (const char digit : text) {
    if (digit >= '0' && digit <= '9' && number < 100'000)
      number = number * 10 + static_cast<std::uint32_t>(digit - '0');
  }
  return number;
}

}  // namespace

std::optional<ops::Counting> Checker::counting_of(const File& file, NodeId node,
                                                  std::string_view name) {
  if (const auto counting = look_up(kCountings, name)) return counting;
  sink_
      .report(diag::Code::kUnknownName, file.tree->span(node),
              say("no way of counting called `{}`", "没有名为 `{}` 的计算口径", name),
              say("not known", "未知"))
      .helps.emplace_back(in_tongue_of(name,
                                       say("write `civil_code`, `both_days` or `calendar_months`",
                                           "写 `civil_code`、`both_days` 或 `calendar_months`"),
                                       say("write `按民法典`, `首尾均计` or `按自然月`",
                                           "写 `按民法典`、`首尾均计` 或 `按自然月`")));
  return std::nullopt;
}

Citation Checker::citation_of(const File& file, NodeId node) {
  Citation citation;
  const SyntaxTree& tree = *file.tree;
  citation.span = tree.span(node);
  if (const syntax::Token* token = tree.token(node, TokenKind::kNAME)) {
    if (const Symbol* symbol = need(file, *token, {SymbolKind::kSource}, say("source", "文件"))) {
      citation.source = SourceId{symbol->index};
    }
  }
  for (const NodeId provision : tree.children(node, NodeKind::kProvision)) {
    ProvisionKind kind = ProvisionKind::kArticle;
    if (tree.has(provision, TokenKind::kPARA)) kind = ProvisionKind::kParagraph;
    if (tree.has(provision, TokenKind::kITEM)) kind = ProvisionKind::kItem;
    if (tree.has(provision, TokenKind::kANNEX)) kind = ProvisionKind::kAnnex;
    const syntax::Token* number = tree.token(provision, TokenKind::kNUMBER);
    citation.provisions.push_back(
        {kind, number == nullptr ? 0 : small_number(tree.text_of(*number))});
  }
  return citation;
}

void Checker::add_remark(const File& file, NodeId remark, Remarks& into) {
  const SyntaxTree& tree = *file.tree;
  for (const NodeId node : tree.children(remark)) {
    switch (tree.kind(node)) {
      case NodeKind::kCites:
        for (const NodeId citation : tree.children(node, NodeKind::kCitation)) {
          into.cites.push_back(citation_of(file, citation));
          if (!into.cites.back().source.valid()) into.cites.pop_back();
        }
        break;
      case NodeKind::kConfidence: {
        const std::string name = first_name(file, node);
        into.confidence = look_up(kConfidences, name);
        if (!into.confidence) {
          const syntax::Token* token = tree.token(node, TokenKind::kNAME);
          sink_
              .report(diag::Code::kUnknownConfidence,
                      token == nullptr ? tree.span(node) : tree.span(*token),
                      say("no confidence called `{}`", "没有名为 `{}` 的可信度", name),
                      say("not known", "未知"))
              .helps.emplace_back(
                  in_tongue_of(name,
                               say("write `official`, `secondary`, `recalled` or `doubtful`",
                                   "写 `official`、`secondary`、`recalled` 或 `doubtful`"),
                               say("write `原文`, `转述`, `记忆` or `存疑`",
                                   "写 `原文`、`转述`、`记忆` 或 `存疑`")));
        }
        break;
      }
      case NodeKind::kNote:
        into.notes.push_back(text_of(file, node));
        break;
      case NodeKind::kVague:
        into.vague.push_back(text_of(file, node));
        break;
      case NodeKind::kNotEncoded:
        into.not_encoded.push_back(text_of(file, node));
        break;
      case NodeKind::kCounting:
        into.counting = counting_of(file, node, first_name(file, node));
        break;
      default:
        break;
    }
  }
}

Remarks Checker::remarks_of(const File& file, NodeId node) {
  Remarks remarks;
  for (const NodeId remark : file.tree->children(node, NodeKind::kRemark))
    add_remark(file, remark, remarks);
  return remarks;
}

std::pair<std::int64_t, bool> Checker::day_of(const File& file, NodeId day, bool end) {
  const SyntaxTree& tree = *file.tree;
  const auto bad = [&](std::string_view text) {
    sink_
        .report(diag::Code::kNoSuchDate, tree.span(day),
                say("there is no day `{}`", "没有 `{}` 这一天", text),
                say("not in the calendar", "历法中没有"))
        .helps.emplace_back(say("write a day as 2018-03-01, a month as 2018-03 or a year as 2018",
                                "日写作 2018年3月1日，月写作 2018年3月，年写作 2018年"));
    return std::pair<std::int64_t, bool>{end ? value::kLastDate : value::kFirstDate, false};
  };
  if (const syntax::Token* token = tree.token(day, TokenKind::kDATE)) {
    const auto date = value::parse_date(tree.text_of(*token));
    return date ? std::pair{*date, false} : bad(tree.text_of(*token));
  }
  if (const syntax::Token* token = tree.token(day, TokenKind::kMONTH)) {
    const auto month = value::parse_month(tree.text_of(*token));
    if (!month) return bad(tree.text_of(*token));
    return {end ? value::last_day_of_month(*month) : value::first_day_of_month(*month), true};
  }
  const syntax::Token* token = tree.token(day, TokenKind::kNUMBER);
  if (token == nullptr) return {end ? value::kLastDate : value::kFirstDate, false};
  const int year = static_cast<int>(small_number(tree.text_of(*token)));
  const auto date = value::days_from_civil(end ? value::CalendarDay{year, 12, 31}
                                               : value::CalendarDay{year, 1, 1});
  return date ? std::pair{*date, true} : bad(tree.text_of(*token));
}

Extent Checker::extent_of(const File& file, NodeId declaration, const Remarks& remarks) {
  // Places and days that `in force` does not name come from the first source cited; nothing cited
  // either: always and everywhere. One day named: the other end is open, since a rule may outlive
  // its first text under a later one.
  Extent extent;
  if (!remarks.cites.empty()) extent = program_[remarks.cites.front().source].extent;
  const SyntaxTree& tree = *file.tree;
  for (const NodeId node : tree.children(declaration, NodeKind::kInForce)) {
    const std::vector<NodeId> paths = tree.children(node, NodeKind::kPath);
    if (!paths.empty()) extent.places.clear();
    for (const NodeId path : paths)
      extent.places.push_back(place_of(file, path));
    const std::vector<NodeId> days = tree.children(node, NodeKind::kDay);
    std::size_t next = 0;
    if (!days.empty()) {
      extent.from = value::kFirstDate;
      extent.to = value::kLastDate;
      extent.day_not_known = false;
    }
    if (tree.has(node, TokenKind::kFROM) && next < days.size()) {
      const auto [from, partial] = day_of(file, days[next++], false);
      extent.from = from;
      extent.day_not_known = partial;
    }
    if (tree.has(node, TokenKind::kTO) && next < days.size()) {
      const auto [to, partial] = day_of(file, days[next], true);
      extent.to = to;
      extent.day_not_known = extent.day_not_known || partial;
    }
    if (extent.to < extent.from) {
      sink_
          .report(diag::Code::kEmptyRange, tree.span(node),
                  say("this period ends before it begins", "此期间的终日早于始日"),
                  say("never in force", "从未施行"))
          .helps.emplace_back(say("check the two days", "核对两个日期"));
    }
  }
  return extent;
}

ops::Level Checker::level_of(const Remarks& remarks) const {
  return remarks.cites.empty() ? ops::Level::kPractice
                               : program_[remarks.cites.front().source].level;
}

}  // namespace juzhu::sema
