#include "rewrite.h"

#include <algorithm>

#include "syntax/parse.h"
#include "value/date.h"

namespace juzhu::generated {
namespace {

using syntax::NodeKind;
using syntax::SyntaxTree;
using syntax::Token;
using syntax::TokenKind;

const std::map<std::string, std::string>& built_in_words() {
  static const std::map<std::string, std::string> kWords = {{"today", "今日"},
                                                            {"here", "本地"},
                                                            {"yes", "是"},
                                                            {"lottery", "抽签"},
                                                            {"admit_all", "全部录取"},
                                                            {"refuse_tied", "同分均不录"},
                                                            {"undecided", "未定"},
                                                            {"granted", "已准"},
                                                            {"denied", "不准"},
                                                            {"conflict", "冲突"},
                                                            {"ranked", "待排"},
                                                            {"law", "法律"},
                                                            {"regulation", "行政法规"},
                                                            {"policy", "政策"},
                                                            {"local_law", "地方性法规"},
                                                            {"local_rule", "地方规定"},
                                                            {"practice", "实际做法"},
                                                            {"number", "数"},
                                                            {"money", "金额"},
                                                            {"percent", "百分比"},
                                                            {"points", "分"},
                                                            {"date", "日期"},
                                                            {"calendar_month", "月份"},
                                                            {"time", "时间"},
                                                            {"text", "文本"},
                                                            {"half_up", "四舍五入"},
                                                            {"half_even", "银行家"},
                                                            {"down", "舍去"},
                                                            {"up", "进位"},
                                                            {"floor", "向下"},
                                                            {"ceiling", "向上"},
                                                            {"unique", "唯一"},
                                                            {"first", "首个"},
                                                            {"sum", "合计值"},
                                                            {"highest", "最高"},
                                                            {"lowest", "最低"},
                                                            {"count", "个数"},
                                                            {"result", "结果"},
                                                            {"both_days", "首尾均计"},
                                                            {"calendar_months", "按自然月"},
                                                            {"civil_code", "按民法典"},
                                                            {"official", "原文"},
                                                            {"secondary", "转述"},
                                                            {"recalled", "记忆"},
                                                            {"doubtful", "存疑"},
                                                            {"county", "县"},
                                                            {"city", "市"},
                                                            {"province", "省"},
                                                            {"year_start", "年初"},
                                                            {"start", "起始日"},
                                                            {"end", "终止日"},
                                                            {"yuan", "元"},
                                                            {"nation", "国家"},
                                                            {"town", "镇"},
                                                            {"zone", "学区"}};
  return kWords;
}

/// English spellings by Chinese ones.
std::map<std::string, std::string> english_words(const Dictionary& dictionary) {
  std::map<std::string, std::string> made{{"地点", "place"}};
  for (const auto* words : {&dictionary.zh, &built_in_words()}) {
    for (const auto& [en, zh] : *words)
      made.emplace(zh, en);
  }
  return made;
}

bool is_blank(const Token& token) {
  return token.kind == TokenKind::kBLANK || token.kind == TokenKind::kCOMMENT;
}

class Rewriter {
 public:
  Rewriter(const SyntaxTree& tree, const Dictionary& dictionary, Random& random,
           const RewriteOptions& options)
      : tree_(tree), dictionary_(dictionary), random_(random), options_(options) {
    for (std::size_t i = 0; i < tree.tokens.size(); ++i) {
      if (!is_blank(tree.tokens[i])) meaning_.push_back(i);
    }
    inside_.assign(tree.tokens.size(), 0);
    for (const syntax::Node& node : tree.nodes) {
      for (std::uint32_t i = node.first_token; i < node.last_token; ++i)
        inside_[i] |= mark_of(node.kind, i == node.first_token);
    }
  }

  std::string write() {
    std::string text;
    std::size_t at = 0;
    for (std::size_t i = 0; i < tree_.tokens.size(); ++i) {
      const Token& token = tree_.tokens[i];
      if (is_blank(token)) {
        text += options_.blanks ? random_.one_of({" ", "\n", "\t ", "　", " # so\n", "\n  # 注\n"})
                                : std::string(tree_.text_of(token));
        continue;
      }
      if (token.kind == TokenKind::kEND) break;
      begin_declaration(i);
      text += spelled(at);
      ++at;
    }
    return text;
  }

 private:
  [[nodiscard]] TokenKind kind_at(std::size_t at) const {
    return at < meaning_.size() ? tree_.tokens[meaning_[at]].kind : TokenKind::kEND;
  }

  bool in_chinese(Spelling spelling) {
    return spelling == Spelling::kChinese || (spelling == Spelling::kMixed && random_.percent(50));
  }

  /// Nouns keep one spelling within a declaration, since they name what it binds.
  void begin_declaration(std::size_t index) {
    if ((inside_[index] & kStartsDeclaration) != 0) nouns_in_chinese_ = in_chinese(options_.names);
  }

  std::string spelled(std::size_t at) {
    const Token& token = tree_.tokens[meaning_[at]];
    const std::string text(tree_.text_of(token));
    if (token.kind == TokenKind::kNAME) return name(at, text);
    if (options_.keywords == Spelling::kAsWritten) return text;
    const bool chinese = in_chinese(options_.keywords);
    if (token.kind == TokenKind::kDATE) {
      const auto day = value::parse_date(text);
      if (day) return chinese ? value::date_text_zh(*day) : value::date_text(*day);
    }
    if (token.kind == TokenKind::kMONTH) {
      const auto month = value::parse_month(text);
      if (month) return chinese ? value::month_text_zh(*month) : value::month_text(*month);
    }
    if (!syntax::is_keyword(token.kind) || token.kind == TokenKind::kORDINAL) return text;
    // As a name any word may stand after 's, has and in a fact's own name: it is not translated.
    if ((inside_[meaning_[at]] & kIsProperty) != 0) return text;
    return std::string(syntax::spelling(
        token.kind, chinese ? syntax::Tongue::kChinese : syntax::Tongue::kEnglish));
  }

  std::string name(std::size_t at, const std::string& text) {
    const bool declared =
        kind_at(at + 1) == TokenKind::kSLASH || (at > 0 && kind_at(at - 1) == TokenKind::kSLASH);
    // `a / b` is a division of two names; there both spellings may change.
    if (options_.names == Spelling::kAsWritten ||
        (declared && (inside_[meaning_[at]] & kInNaming) != 0))
      return text;
    if (at > 0 && (kind_at(at - 1) == TokenKind::kMODULE || kind_at(at - 1) == TokenKind::kUSE))
      return text;
    if (at > 1 && kind_at(at - 1) == TokenKind::kDOT && text == "vocabulary") return text;
    // A place is a type, and the fact that says where a household lives.
    if (text == "place" && (inside_[meaning_[at]] & kInType) != 0)
      return in_chinese(options_.names) ? "地点" : text;
    const auto found = dictionary_.zh.find(text);
    if (found != dictionary_.zh.end()) {
      const bool noun = dictionary_.nouns.contains(text);
      return (noun ? nouns_in_chinese_ : in_chinese(options_.names)) ? found->second : text;
    }
    const auto word = built_in_words().find(text);
    if (word == built_in_words().end() || bound_names().contains(text)) return text;
    // A limit runs over cities, which it names as its expressions do.
    if (text == "city" && (inside_[meaning_[at]] & kInLimit) != 0) return text;
    return in_chinese(options_.names) ? word->second : text;
  }

  /// Words of the language that the generated programs also give to what they bind.
  static const std::set<std::string>& bound_names() {
    static const std::set<std::string> kBound = {"date"};
    return kBound;
  }

  static constexpr std::uint8_t kStartsDeclaration = 1;
  static constexpr std::uint8_t kIsProperty = 2;
  static constexpr std::uint8_t kInNaming = 4;
  static constexpr std::uint8_t kInType = 8;
  static constexpr std::uint8_t kInLimit = 16;
  static std::uint8_t mark_of(NodeKind kind, bool first) {
    if (kind == NodeKind::kDeclaration) return first ? kStartsDeclaration : 0;
    if (kind == NodeKind::kProperty) return kIsProperty;
    if (kind == NodeKind::kNaming || kind == NodeKind::kPropertyNaming) return kInNaming;
    if (kind == NodeKind::kLimitDecl) return kInLimit;
    return kind == NodeKind::kType ? kInType : 0;
  }

  const SyntaxTree& tree_;
  const Dictionary& dictionary_;
  Random& random_;
  RewriteOptions options_;
  std::vector<std::size_t> meaning_;
  std::vector<std::uint8_t> inside_;  ///< by token: what nodes it stands in
  bool nouns_in_chinese_ = false;
};

/// A token in one spelling for both tongues.
std::string plain(const SyntaxTree& tree, const Token& token,
                  const std::map<std::string, std::string>& english) {
  const std::string text(tree.text_of(token));
  if (token.kind == TokenKind::kNAME) {
    const std::string name = syntax::name_of(text);
    const auto found = english.find(name);
    return found == english.end() ? name : found->second;
  }
  if (token.kind == TokenKind::kDATE) return std::to_string(value::parse_date(text).value_or(0));
  if (token.kind == TokenKind::kMONTH) return std::to_string(value::parse_month(text).value_or(0));
  if (syntax::is_keyword(token.kind)) return std::string(syntax::token_name(token.kind));
  if (token.kind == TokenKind::kPOSSESSIVE) return "'s";
  return syntax::fold_width(text);
}

}  // namespace

std::string rewrite(const SyntaxTree& tree, const Dictionary& dictionary, Random& random,
                    const RewriteOptions& options) {
  return Rewriter(tree, dictionary, random, options).write();
}

std::string difference(const SyntaxTree& left, const SyntaxTree& right,
                       const Dictionary& dictionary) {
  const std::size_t count = std::min(left.nodes.size(), right.nodes.size());
  for (std::size_t i = 0; i < count; ++i) {
    if (left.nodes[i].kind == right.nodes[i].kind && left.nodes[i].size == right.nodes[i].size)
      continue;
    return "at `" + std::string(left.text_of(syntax::NodeId{i})) + "` the nodes are " +
           std::string(syntax::node_name(left.nodes[i].kind)) + " and " +
           std::string(syntax::node_name(right.nodes[i].kind));
  }
  if (left.nodes.size() != right.nodes.size()) return "one tree has more nodes";
  const auto english = english_words(dictionary);
  const auto tokens = [&](const SyntaxTree& tree) {
    std::vector<std::string> found;
    for (const Token& token : tree.tokens) {
      if (!is_blank(token)) found.push_back(plain(tree, token, english));
    }
    return found;
  };
  const std::vector<std::string> one = tokens(left);
  const std::vector<std::string> other = tokens(right);
  for (std::size_t i = 0; i < std::min(one.size(), other.size()); ++i) {
    if (one[i] != other[i]) return "`" + one[i] + "` became `" + other[i] + "`";
  }
  return one.size() == other.size() ? "" : "one text has more words";
}

}  // namespace juzhu::generated
