#include "format/spell.h"

#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <set>

#include "format/literals.h"
#include "format/name_places.h"
#include "syntax/parse.h"

namespace juzhu::format {

using syntax::NodeId;
using syntax::NodeKind;
using syntax::SyntaxTree;
using syntax::Token;
using syntax::TokenKind;
using syntax::Tongue;

namespace {

/// Words for a length of time as each place wants them: `12 个月`, `按 月`, `满 月数`.
struct UnitWord {
  TokenKind kind;
  std::string_view singular, plural;
  std::string_view counted, bare, measured;
};
constexpr std::array kUnitWords{
    UnitWord{TokenKind::kDAYS, "day", "days", "日", "日", "日数"},
    UnitWord{TokenKind::kMONTHS, "month", "months", "个月", "月", "月数"},
    UnitWord{TokenKind::kYEARS, "year", "years", "年", "年", "年数"},
    UnitWord{TokenKind::kYEARS_OLD, "year old", "years old", "周岁", "周岁", "周岁"},
    UnitWord{TokenKind::kDECIMALS, "decimal", "decimals", "位小数", "位小数", "位小数"},
};

struct Sign {
  TokenKind kind;
  std::string_view english, chinese;
};
constexpr std::array kSigns{
    Sign{TokenKind::kPOSSESSIVE, "'s", "的"}, Sign{TokenKind::kLBRACE, "{", "{"},
    Sign{TokenKind::kRBRACE, "}", "}"},       Sign{TokenKind::kLPAREN, "(", "（"},
    Sign{TokenKind::kRPAREN, ")", "）"},      Sign{TokenKind::kBAR, "|", "|"},
    Sign{TokenKind::kCOLON, ":", "："},       Sign{TokenKind::kSEMI, ";", "；"},
    Sign{TokenKind::kCOMMA, ",", "，"},       Sign{TokenKind::kDOT, ".", "."},
    Sign{TokenKind::kSLASH, "/", "/"},        Sign{TokenKind::kSTAR, "*", "*"},
    Sign{TokenKind::kPLUS, "+", "+"},         Sign{TokenKind::kMINUS, "-", "-"},
    Sign{TokenKind::kPERCENT, "%", "%"},
};

bool is_between(TokenKind kind) { return kind == TokenKind::kBLANK || kind == TokenKind::kEND; }

/// Words that keywords are made of: `given` in `is given`.
bool is_word_of_keyword(std::string_view name) {
  static const std::set<std::string, std::less<>> kWords = [] {
    std::set<std::string, std::less<>> words;
    for (const Tongue tongue : {Tongue::kEnglish, Tongue::kChinese}) {
      for (const std::string& spelling : syntax::all_spellings(tongue)) {
        std::size_t begin = 0;
        while (begin < spelling.size()) {
          const std::size_t end = std::min(spelling.find_first_of(" /", begin), spelling.size());
          words.insert(spelling.substr(begin, end - begin));
          begin = end + 1;
        }
      }
    }
    return words;
  }();
  return kWords.contains(name);
}

class Speller {
 public:
  Speller(const SyntaxTree& tree, const SpellOptions& options)
      : tree_(tree), options_(options), parents_(parents_of(tree)), holders_(holders_of(tree)) {
    find_tongues();
    find_before();
    if (options.to && options.names != nullptr) {
      names_ = std::make_unique<NamePlaces>(tree, *options.names, *options.to);
    }
    for (std::size_t node = 0; node < tree.nodes.size(); ++node)
      visit(NodeId{node});
  }

  std::vector<Word> run() {
    std::uint32_t newlines = 0;
    for (std::uint32_t at = 0; at < tree_.tokens.size(); ++at) {
      const Token& token = tree_.tokens[at];
      if (is_between(token.kind)) {
        const std::string_view blank = tree_.text_of(token);
        newlines = std::max(
            newlines, static_cast<std::uint32_t>(std::count(blank.begin(), blank.end(), '\n')));
        continue;
      }
      Word word{at, newlines, {}, tongues_[at], token.kind == TokenKind::kCOMMENT};
      if (const auto set = texts_.find(at); set != texts_.end()) {
        word.text = set->second;
        if (word.text.empty()) continue;
      } else {
        const auto place = swapped_.find(at);
        word.text = text(place == swapped_.end() ? at : place->second);
        if (const auto head = heads_.find(at); head != heads_.end()) {
          word.text = head->second + word.text;
        }
      }
      newlines = 0;
      words_.push_back(std::move(word));
    }
    return std::move(words_);
  }

 private:
  /// Without a tongue asked for, a declaration is written in the one that most of its keywords are
  /// in.
  void find_tongues() {
    tongues_.assign(tree_.tokens.size(), options_.to.value_or(Tongue::kEnglish));
    if (options_.to) return;
    for (const NodeId part : tree_.children(tree_.root())) {
      const syntax::Node& node = tree_.node(part);
      int balance = 0;
      int first = 0;
      for (std::uint32_t at = node.first_token; at < node.last_token; ++at) {
        if (!syntax::is_keyword(tree_.tokens[at].kind)) continue;
        const bool chinese =
            static_cast<unsigned char>(tree_.text_of(tree_.tokens[at])[0]) >= 0xE3U;
        const int side = chinese && tree_.text_of(tree_.tokens[at])[0] != '\xEF' ? 1 : -1;
        balance += side;
        if (first == 0) first = side;
      }
      const bool chinese = balance > 0 || (balance == 0 && first > 0);
      std::fill(tongues_.begin() + node.first_token, tongues_.begin() + node.last_token,
                chinese ? Tongue::kChinese : Tongue::kEnglish);
    }
  }

  /// The token before each, blanks and comments left out.
  void find_before() {
    std::uint32_t last = NodeId::kNone;
    before_.assign(tree_.tokens.size(), last);
    for (std::uint32_t at = 0; at < tree_.tokens.size(); ++at) {
      before_[at] = last;
      if (!is_between(tree_.tokens[at].kind) && tree_.tokens[at].kind != TokenKind::kCOMMENT) {
        last = at;
      }
    }
  }

  [[nodiscard]] TokenKind kind_before(std::uint32_t token) const {
    return before_[token] == NodeId::kNone ? TokenKind::kEND : tree_.tokens[before_[token]].kind;
  }

  /// What stands for several tokens at once, or in another order.
  void visit(NodeId node) {
    switch_off_is(node);
    const NodeKind kind = tree_.kind(node);
    if (kind == NodeKind::kNaming || kind == NodeKind::kText || kind == NodeKind::kPropertyNaming) {
      order_tongues(node);
    }
    if (kind == NodeKind::kDay) join_year(node);
    if (kind == NodeKind::kProvision && !has_comment(node)) join_provision(node);
  }

  [[nodiscard]] bool has_comment(NodeId node) const {
    const syntax::Node& range = tree_.node(node);
    return std::any_of(tree_.tokens.begin() + range.first_token,
                       tree_.tokens.begin() + range.last_token,
                       [](const Token& token) { return token.kind == TokenKind::kCOMMENT; });
  }

  /// `is` before a comparing word is written in English and left out in Chinese.
  void switch_off_is(NodeId node) {
    const NodeId relation = tree_.child(node, NodeKind::kRelation);
    if (!relation.valid()) return;
    const NodeKind kind = tree_.kind(node);
    const Token* const is = tree_.token(node, TokenKind::kIS);
    if (kind == NodeKind::kIsTail && is == nullptr) return;  // `is not` stays
    if (kind != NodeKind::kIsTail && kind != NodeKind::kComparison) return;
    if (is != nullptr) texts_[index_of(*is)] = "";
    const std::uint32_t first = tree_.node(relation).first_token;
    if (tongues_[first] == Tongue::kEnglish) {
      heads_[first] = std::string(syntax::spelling(TokenKind::kIS, Tongue::kEnglish)) + " ";
    }
  }

  [[nodiscard]] std::uint32_t index_of(const Token& token) const {
    return static_cast<std::uint32_t>(&token - tree_.tokens.data());
  }

  /// Of two names or texts, the one of the tongue comes first.
  void order_tongues(NodeId node) {
    std::vector<std::uint32_t> parts;
    const syntax::Node& range = tree_.node(node);
    for (std::uint32_t at = range.first_token; at < range.last_token; ++at) {
      const TokenKind kind = tree_.tokens[at].kind;
      const bool between =
          is_between(kind) || kind == TokenKind::kCOMMENT || kind == TokenKind::kSLASH;
      if (!between) parts.push_back(at);
    }
    if (parts.size() != 2) return;
    const bool first = is_chinese(tree_.text_of(tree_.tokens[parts[0]]));
    const bool second = is_chinese(tree_.text_of(tree_.tokens[parts[1]]));
    const bool wanted = tongues_[parts[0]] == Tongue::kChinese;
    if (first == second || first == wanted) return;
    swapped_[parts[0]] = parts[1];
    swapped_[parts[1]] = parts[0];
  }

  /// 2018年 in Chinese, 2018 in English.
  void join_year(NodeId node) {
    const Token* const number = tree_.token(node, TokenKind::kNUMBER);
    if (number == nullptr) return;
    const std::uint32_t at = index_of(*number);
    if (const Token* const years = tree_.token(node, TokenKind::kYEARS)) {
      texts_[index_of(*years)] = "";
    }
    texts_[at] = number_text(tree_.text_of(*number), tongues_[at]) +
                 (tongues_[at] == Tongue::kChinese ? "年" : "");
  }

  /// `art 19`, 第19条, 附件1.
  void join_provision(NodeId node) {
    const std::vector<std::uint32_t> own = tree_.own_tokens(node);
    const Token* number = nullptr;
    const Token* word = nullptr;
    for (const std::uint32_t at : own) {
      const Token& token = tree_.tokens[at];
      if (token.kind == TokenKind::kNUMBER) number = &token;
      if (syntax::is_keyword(token.kind) && token.kind != TokenKind::kORDINAL) word = &token;
      texts_[at] = "";
    }
    const Tongue tongue = tongues_[own.front()];
    const std::string digits = number_text(tree_.text_of(*number), tongue);
    const std::string name(syntax::spelling(word->kind, tongue));
    const bool has_ordinal = word->kind != TokenKind::kANNEX;
    texts_[own.front()] =
        tongue == Tongue::kEnglish ? name + " " + digits
        : has_ordinal ? std::string(syntax::spelling(TokenKind::kORDINAL, tongue)) + digits + name
                      : name + digits;
  }

  [[nodiscard]] std::string keyword_text(std::uint32_t at) const {
    const TokenKind kind = tree_.tokens[at].kind;
    const bool chinese = tongues_[at] == Tongue::kChinese;
    for (const UnitWord& unit : kUnitWords) {
      if (unit.kind == kind) return std::string(unit_text(unit, at, chinese));
    }
    const NodeId holder = holders_[at];
    if (chinese && kind == TokenKind::kNO && tree_.kind(holder) == NodeKind::kNoLiteral)
      return "否";
    // 其他 is a keyword only right after a row's last bar.
    const bool other = tree_.kind(holder) == NodeKind::kTableOtherwise;
    if (chinese && other && kind_before(at) == TokenKind::kBAR) return "其他";
    const bool compares = tree_.child(holder, NodeKind::kRelation).valid();
    if (chinese && kind == TokenKind::kIS_NOT && compares) return "不";
    return std::string(syntax::spelling(kind, tongues_[at]));
  }

  [[nodiscard]] std::string_view unit_text(const UnitWord& unit, std::uint32_t at,
                                           bool chinese) const {
    const bool counted = kind_before(at) == TokenKind::kNUMBER;
    const NodeId above = parents_[holders_[at].index];
    const bool bare = !counted && (kind_before(at) == TokenKind::kBY ||
                                   (above.valid() && tree_.kind(above) == NodeKind::kPer));
    if (chinese) return counted ? unit.counted : bare ? unit.bare : unit.measured;
    return bare || (counted && is_one(before_[at])) ? unit.singular : unit.plural;
  }

  [[nodiscard]] bool is_one(std::uint32_t token) const {
    return syntax::fold_width(tree_.text_of(tree_.tokens[token])) == "1";
  }

  [[nodiscard]] bool is_property(std::uint32_t at) const {
    const NodeKind kind = tree_.kind(holders_[at]);
    return kind == NodeKind::kProperty || kind == NodeKind::kKeyword;
  }

  [[nodiscard]] std::string name_text(std::uint32_t at) const {
    std::string name = names_ ? names_->text(at) : syntax::name_of(tree_.text_of(tree_.tokens[at]));
    // Points are the one unit of the language with a singular.
    const bool unit = tree_.kind(holders_[at]) == NodeKind::kMeasureUnit;
    if (unit && tongues_[at] == Tongue::kEnglish && (name == "point" || name == "points")) {
      name = kind_before(at) == TokenKind::kNUMBER && is_one(before_[at]) ? "point" : "points";
    }
    const bool doubtful = options_.quote_doubtful && is_word_of_keyword(name);
    const bool free = is_property(at) || !syntax::is_reserved(name);
    if (is_bare_name(name) && free && !doubtful) return name;
    return "「" + name + "」";
  }

  [[nodiscard]] std::string text(std::uint32_t at) const {
    const Token& token = tree_.tokens[at];
    const std::string_view written = tree_.text_of(token);
    for (const Sign& sign : kSigns) {
      if (sign.kind == token.kind)
        return std::string(tongues_[at] == Tongue::kChinese ? sign.chinese : sign.english);
    }
    if (is_property(at) || token.kind == TokenKind::kNAME) return name_text(at);
    if (syntax::is_keyword(token.kind)) return keyword_text(at);
    if (token.kind == TokenKind::kNUMBER) return number_text(written, tongues_[at]);
    if (token.kind == TokenKind::kSTRING) return text_literal(written);
    if (token.kind == TokenKind::kCOMMENT) {
      const std::size_t end = written.find_last_not_of(" \t\r");
      return std::string(written.substr(0, end + 1));
    }
    const bool is_date = token.kind == TokenKind::kDATE || token.kind == TokenKind::kMONTH ||
                         token.kind == TokenKind::kMONTH_DAY;
    return is_date ? date_text(date_parts(written), tongues_[at]) : std::string(written);
  }

  const SyntaxTree& tree_;
  const SpellOptions& options_;
  std::vector<NodeId> parents_;
  std::vector<NodeId> holders_;
  std::vector<Tongue> tongues_;                     ///< by token
  std::vector<std::uint32_t> before_;               ///< by token
  std::map<std::uint32_t, std::string> texts_;      ///< set already; empty: not written
  std::map<std::uint32_t, std::string> heads_;      ///< written before a token, as part of its word
  std::map<std::uint32_t, std::uint32_t> swapped_;  ///< the token whose text stands here
  std::unique_ptr<NamePlaces> names_;
  std::vector<Word> words_;
};

}  // namespace

std::vector<Word> spell(const SyntaxTree& tree, const SpellOptions& options) {
  return Speller(tree, options).run();
}

}  // namespace juzhu::format
