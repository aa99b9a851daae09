#include "format/proof.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "format/literals.h"
#include "syntax/keywords.h"
#include "syntax/parse.h"

namespace juzhu::format {

using syntax::NodeId;
using syntax::NodeKind;
using syntax::SyntaxTree;
using syntax::Token;
using syntax::TokenKind;

namespace {

/// One part of a program: a node's begin or end, or a token by its meaning. Names are kept apart,
/// since they have two spellings.
struct Part {
  std::string meaning;
  std::vector<std::string> names;
};

class Reader {
 public:
  explicit Reader(const SyntaxTree& tree) : tree_(tree) {}

  std::vector<Part> run() {
    read(tree_.root());
    for (const Token& token : tree_.tokens) {
      if (token.kind != TokenKind::kCOMMENT) continue;
      const std::string_view text = tree_.text_of(token);
      add("comment " + std::string(text.substr(0, text.find_last_not_of(" \t\r") + 1)));
    }
    return std::move(parts_);
  }

 private:
  void add(std::string meaning, std::vector<std::string> names = {}) {
    parts_.push_back({std::move(meaning), std::move(names)});
  }

  [[nodiscard]] std::string name(std::uint32_t token) const {
    return syntax::name_of(tree_.text_of(tree_.tokens[token]));
  }

  void read(NodeId node) {
    const NodeKind kind = tree_.kind(node);
    const NodeId relation = tree_.child(node, NodeKind::kRelation);
    if (kind == NodeKind::kIsTail && relation.valid() && tree_.has(node, TokenKind::kIS)) {
      read(relation);
    } else if (kind == NodeKind::kProperty) {
      add("property", {name(tree_.node(node).first_token)});
    } else if (kind == NodeKind::kNaming || kind == NodeKind::kPropertyNaming) {
      read_naming(node);
    } else if (kind == NodeKind::kText) {
      read_texts(node);
    } else if (kind == NodeKind::kPath) {
      read_path(node);
    } else if (kind == NodeKind::kProvision || kind == NodeKind::kDay) {
      read_counted(node);
    } else {
      read_parts(node);
    }
  }

  void read_parts(NodeId node) {
    add("begin " + std::string(syntax::node_name(tree_.kind(node))));
    const std::vector<NodeId> children = tree_.children(node);
    std::size_t child = 0;
    const auto read_children_before = [&](std::uint32_t token) {
      while (child < children.size() && tree_.node(children[child]).first_token <= token)
        read(children[child++]);
    };
    for (const std::uint32_t token : tree_.own_tokens(node)) {
      read_children_before(token);
      read_token(token);
    }
    read_children_before(NodeId::kNone);
    add("end");
  }

  void read_token(std::uint32_t at) {
    const Token& token = tree_.tokens[at];
    if (token.kind == TokenKind::kNAME) {
      add("name", {unit_name(name(at))});
    } else {
      add(meaning(token));
    }
  }

  [[nodiscard]] std::string meaning(const Token& token) const {
    const std::string_view text = tree_.text_of(token);
    std::string kind(syntax::token_name(token.kind));
    if (token.kind == TokenKind::kNUMBER) return kind + " " + number_value(text);
    if (token.kind == TokenKind::kSTRING) return kind + " " + syntax::string_of(text);
    const bool is_date = token.kind == TokenKind::kDATE || token.kind == TokenKind::kMONTH ||
                         token.kind == TokenKind::kMONTH_DAY;
    if (!is_date) return kind;
    const DateParts parts = date_parts(text);
    return fmt::format("{} {} {} {}", kind, parts.year, parts.month, parts.day);
  }

  /// The language's own two words for one point and for several.
  static std::string unit_name(const std::string& name) {
    return name == "point" ? "points" : name;
  }

  void read_naming(NodeId node) {
    std::vector<std::string> names;
    const syntax::Node& range = tree_.node(node);
    for (std::uint32_t at = range.first_token; at < range.last_token; ++at) {
      const TokenKind kind = tree_.tokens[at].kind;
      const bool between =
          kind == TokenKind::kBLANK || kind == TokenKind::kCOMMENT || kind == TokenKind::kSLASH;
      if (!between) names.push_back(name(at));
    }
    order(names);
    add("naming", std::move(names));
  }

  void read_texts(NodeId node) {
    std::vector<std::string> texts;
    for (const std::uint32_t at : tree_.own_tokens(node)) {
      if (tree_.tokens[at].kind == TokenKind::kSTRING)
        texts.push_back(syntax::string_of(tree_.text_of(tree_.tokens[at])));
    }
    order(texts);
    add("text " + fmt::format("{}", fmt::join(texts, " / ")));
  }

  /// The one in Chinese characters second, as the checker takes them; two of one script stay as
  /// they are.
  static void order(std::vector<std::string>& both) {
    if (both.size() == 2 && is_chinese(both[0]) && !is_chinese(both[1]))
      std::swap(both[0], both[1]);
  }

  void read_path(NodeId node) {
    std::vector<std::string> names;
    for (const std::uint32_t at : tree_.own_tokens(node)) {
      if (tree_.tokens[at].kind == TokenKind::kNAME) names.push_back(name(at));
    }
    add("path", std::move(names));
  }

  /// `art 19` and 第19条; 2018 and 2018年.
  void read_counted(NodeId node) {
    std::string words;
    std::string number;
    for (const std::uint32_t at : tree_.own_tokens(node)) {
      const Token& token = tree_.tokens[at];
      if (token.kind == TokenKind::kNUMBER) {
        number = number_value(tree_.text_of(token));
      } else if (token.kind != TokenKind::kORDINAL && token.kind != TokenKind::kYEARS) {
        words += meaning(token) + " ";
      }
    }
    add(words + number);
  }

  const SyntaxTree& tree_;
  std::vector<Part> parts_;
};

bool same_names(const Part& left, const Part& right, const Names* names) {
  if (left.names == right.names) return true;
  if (names == nullptr || left.names.size() != right.names.size()) return false;
  const bool one_by_one =
      std::equal(left.names.begin(), left.names.end(), right.names.begin(),
                 [&](const std::string& a, const std::string& b) { return names->same(a, b); });
  if (one_by_one) return true;
  return names->path_in(left.names, syntax::Tongue::kChinese) == right.names ||
         names->path_in(left.names, syntax::Tongue::kEnglish) == right.names;
}

std::string shown(const std::vector<Part>& parts, std::size_t at) {
  if (at >= parts.size()) return "nothing";
  return fmt::format("{} {}", parts[at].meaning, fmt::join(parts[at].names, "."));
}

}  // namespace

std::optional<std::string> first_difference(const SyntaxTree& before, const SyntaxTree& after,
                                            const Names* names) {
  const std::vector<Part> left = Reader(before).run();
  const std::vector<Part> right = Reader(after).run();
  for (std::size_t at = 0; at < std::max(left.size(), right.size()); ++at) {
    const bool equal = at < left.size() && at < right.size() &&
                       left[at].meaning == right[at].meaning &&
                       same_names(left[at], right[at], names);
    if (!equal) return fmt::format("`{}` became `{}`", shown(left, at), shown(right, at));
  }
  return std::nullopt;
}

}  // namespace juzhu::format
