#include "syntax/slips.h"

#include <algorithm>
#include <array>

namespace juzhu::syntax {
namespace {

using enum TokenKind;

/// Words of other languages and of daily speech, with ours.
struct Synonym {
  std::string_view word;
  std::string_view en;
  std::string_view zh;
};
constexpr std::array kSynonyms{
    Synonym{"else", "write `otherwise`", "写 `otherwise`"},
    Synonym{"equals", "write `is`", "写 `is`"},
    Synonym{"equal", "write `is`", "写 `is`"},
    Synonym{"contains", "write `includes`", "写 `includes`"},
    Synonym{"greater", "write `over` or `at least`", "写 `over` 或 `at least`"},
    Synonym{"more", "write `over` or `at least`", "写 `over` 或 `at least`"},
    Synonym{"larger", "write `over` or `at least`", "写 `over` 或 `at least`"},
    Synonym{"less", "write `under` or `at most`", "写 `under` 或 `at most`"},
    Synonym{"fewer", "write `under` or `at most`", "写 `under` 或 `at most`"},
    Synonym{"smaller", "write `under` or `at most`", "写 `under` 或 `at most`"},
    Synonym{"between", "write `at least … and … at most …`", "写 `at least … and … at most …`"},
    Synonym{"while", "write `where` or `when`", "写 `where` 或 `when`"},
    Synonym{"import", "write `use`", "写 `use`"},
    Synonym{"granted", "write `is granted`", "写 `is granted`"},
    Synonym{"denied", "write `is denied`", "写 `is denied`"},
    Synonym{"allows", "write `grants`", "写 `grants`"},
    Synonym{"使用", "write `引用`", "写 `引用`"},
    Synonym{"导入", "write `引用`", "写 `引用`"},
    Synonym{"来源", "write `文件`", "写 `文件`"},
    Synonym{"适用", "write `对每个`", "写 `对每个`"},
    Synonym{"对于", "write `对每个`", "写 `对每个`"},
    Synonym{"给予", "write `准予`", "写 `准予`"},
    Synonym{"授予", "write `准予`", "写 `准予`"},
    Synonym{"拒绝", "write `不予`", "写 `不予`"},
    Synonym{"如果", "write `当`, or `若` within a value", "写 `当`，值之内写 `若`"},
    Synonym{"那么", "write `则`", "写 `则`"},
    Synonym{"并且", "write `且`", "写 `且`"},
    Synonym{"或者", "write `或`", "写 `或`"},
    Synonym{"等于", "write `为`", "写 `为`"},
    Synonym{"大于", "write `超过`", "写 `超过`"},
    Synonym{"小于", "write `不满`", "写 `不满`"},
    Synonym{"不小于", "write `至少`", "写 `至少`"},
    Synonym{"不少于", "write `至少`", "写 `至少`"},
    Synonym{"大于等于", "write `至少`", "写 `至少`"},
    Synonym{"大于或等于", "write `至少`", "写 `至少`"},
    Synonym{"不低于", "write `至少`", "写 `至少`"},
    Synonym{"小于等于", "write `至多`", "写 `至多`"},
    Synonym{"小于或等于", "write `至多`", "写 `至多`"},
    Synonym{"不高于", "write `至多`", "写 `至多`"},
    Synonym{"不超过", "write `至多`", "写 `至多`"},
    Synonym{"高于", "write `超过`", "写 `超过`"},
    Synonym{"低于", "write `不满`", "写 `不满`"},
    Synonym{"不大于", "write `至多`", "写 `至多`"},
    Synonym{"备注", "write `注`", "写 `注`"},
};

/// The words around one that does not fit, blanks and comments left out.
class Around {
 public:
  Around(const SyntaxTree& tree, std::size_t at, bool ended)
      : tree_(tree), at_(at), ended_(ended) {}

  [[nodiscard]] Bilingual help() const {
    if (Bilingual told = citation(); !told.empty()) return told;
    if (Bilingual told = sign(); !told.empty()) return told;
    return word();
  }

 private:
  static bool is_read(TokenKind kind) {
    return kind != kBLANK && kind != kCOMMENT && kind != kSTRAY;
  }
  /// The token so many words before; the first of the file if there are fewer.
  [[nodiscard]] const Token& before(std::size_t words) const {
    std::size_t at = at_;
    while (words > 0 && at > 0) {
      if (is_read(tree_.tokens[--at].kind)) --words;
    }
    return tree_.tokens[at];
  }
  [[nodiscard]] const Token& here() const { return tree_.tokens[at_]; }
  [[nodiscard]] const Token& next() const {
    std::size_t at = at_;
    while (tree_.tokens[at].kind != kEND && !is_read(tree_.tokens[++at].kind)) {
    }
    return tree_.tokens[at];
  }
  [[nodiscard]] std::string_view text() const { return tree_.text_of(here()); }

  /// `cites Measures article 3`, `cites Measures 3`, `cites Measures Art. 3`.
  [[nodiscard]] Bilingual citation() const {
    const bool in_citation = before(2).kind == kCITES && before(1).kind == kNAME;
    const bool named = here().kind == kNAME && next().kind == kNUMBER;
    if (in_citation && here().kind == kNUMBER) {
      return say("write `art {}`", "写 `第{}条`", text());
    }
    if (in_citation && named) {
      return say("a place in a text is written `art {}`, with `para`, `item` or `annex` behind it",
                 "条文位置写作 `第{}条`，其后可写款、项、附件", tree_.text_of(next()));
    }
    if (here().kind == kDOT && before(1).kind == kART) {
      return say("write `art` without the full stop", "`art` 之后不加点");
    }
    return {};
  }

  [[nodiscard]] Bilingual sign() const {
    switch (here().kind) {
      case kSEMI:
        if (!ended_) return {};
        return say("`;` parts what stands in `{{ }}`; after anything else leave it out",
                   "`；` 只分隔 `{{ }}` 中的各项；别处删去");
      case kSLASH:
        if (before(1).kind == kSLASH || next().kind == kSLASH) {
          return say("a comment begins with `#`", "注释以 `#` 开头");
        }
        [[fallthrough]];
      case kMINUS:
        if (before(1).kind == kNUMBER && next().kind == kNUMBER) {
          return say("write a day as 2018-03-01, a month as 2018-03 or a year as 2018",
                     "日写作 2018-03-01，月写作 2018-03，年写作 2018");
        }
        return {};
      default:
        return {};
    }
  }

  [[nodiscard]] Bilingual word() const {
    if (ended_ && here().kind == kIF) {
      return say("the condition of a rule stands after `when`; `if` stands within a value",
                 "规则的条件写在 `当` 之后；`若` 只用于值之内");
    }
    const TokenKind kind = here().kind;
    const bool compares = kind == kAT_LEAST || kind == kAT_MOST || kind == kOVER ||
                          kind == kUNDER || kind == kIS || kind == kIS_NOT;
    if (compares && before(1).kind == kMUST_BE) {
      return say("a bound stands by itself: leave `must be` out", "界限自成一句：删去 `须为`");
    }
    if (compares && before(2).kind == kHAS) {
      return say("`has` asks for a yes or no; what is compared is written `…'s {}`",
                 "`具有` 只问是否；作比较的写作 `…的{}`", tree_.text_of(before(1)));
    }
    if (here().kind == kNAME && (before(1).kind == kSOME || before(1).kind == kEVERY)) {
      return say("write `{0} {1} among …`: the ones it chooses from stand after `among`",
                 "写 `{0} {1} 属于 …`：`属于` 之后写从何处选取", tree_.text_of(before(1)), text());
    }
    return {};
  }

  const SyntaxTree& tree_;
  std::size_t at_;
  bool ended_;
};

}  // namespace

Bilingual help_for_word(std::string_view word) {
  for (const Synonym& synonym : kSynonyms) {
    if (synonym.word == word) return {std::string(synonym.en), std::string(synonym.zh)};
  }
  return {};
}

Bilingual help_for_turn(const SyntaxTree& tree, std::size_t at, bool ended) {
  return Around(tree, at, ended).help();
}

}  // namespace juzhu::syntax
