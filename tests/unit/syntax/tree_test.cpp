// The shape of the tree, and that nothing of the text is lost.
#include <catch2/catch.hpp>
#include <fstream>
#include <sstream>

#include "reading.h"
#include "syntax/antlr/antlr_parser.h"

using namespace juzhu::syntax;

namespace {

std::string file_text(const std::string& path) {
  std::ifstream stream(std::string(JUZHU_ROOT) + "/" + path, std::ios::binary);
  std::stringstream text;
  text << stream.rdbuf();
  return text.str();
}

/// A node and all below it as `kind(…)`, tokens as their text.
std::string shape(const SyntaxTree& tree, NodeId id) {
  std::string result(node_name(tree.kind(id)));
  const Node& node = tree.node(id);
  const auto own = tree.own_tokens(id);
  const auto children = tree.children(id);
  result += "(";
  auto child = children.begin();
  for (const std::uint32_t token : own) {
    for (; child != children.end() && tree.node(*child).first_token < token; ++child) {
      result += shape(tree, *child) + " ";
    }
    result += std::string(tree.text_of(tree.tokens[token])) + " ";
  }
  for (; child != children.end(); ++child)
    result += shape(tree, *child) + " ";
  if (result.back() == ' ') result.pop_back();
  return result + (node.error ? ")!" : ")");
}

std::string shape(const Reading& reading) { return shape(reading.tree, reading.tree.root()); }

/// What the two tongues write differently by design: `is` before a comparing word, 第…条 for art,
/// and what is a keyword in one tongue only after 's (today's year, 今日的年份).
std::vector<std::string> without_manners(const std::vector<std::string>& kinds) {
  std::vector<std::string> result;
  for (std::size_t at = 0; at < kinds.size(); ++at) {
    const std::string next = at + 1 < kinds.size() ? kinds[at + 1] : "";
    const bool compares = next == "AT_LEAST" || next == "AT_MOST" || next == "OVER" ||
                          next == "UNDER" || next == "BEFORE" || next == "AFTER" ||
                          next == "WITHIN" || next == "ONE_OF" || next == "ON_OR_BEFORE" ||
                          next == "ON_OR_AFTER";
    if (kinds[at] == "IS" && compares) continue;
    if (kinds[at] == "ORDINAL" && at + 2 < kinds.size()) {
      result.push_back(kinds[at + 2]);
      result.push_back(kinds[at + 1]);
      at += 2;
      continue;
    }
    const bool is_property = at > 0 && kinds[at - 1] == "POSSESSIVE";
    result.push_back(is_property ? "NAME" : kinds[at]);
  }
  return result;
}

}  // namespace

TEST_CASE("a node's kind is the name of its grammar rule") {
  const Reading reading("unit hours / 小时");
  CHECK(shape(reading) == "file(declaration(unitDecl(unit naming(hours / 小时))))");
}

TEST_CASE("blanks and comments belong to no node") {
  const Reading reading("# first\n unit  a # second\n\n");
  CHECK(shape(reading) == "file(declaration(unitDecl(unit naming(a))))");
  const SyntaxTree& tree = reading.tree;
  const NodeId unit =
      tree.child(tree.child(tree.root(), NodeKind::kDeclaration), NodeKind::kUnitDecl);
  CHECK(tree.text_of(unit) == "unit  a");
  CHECK(tree.has(unit, TokenKind::kUNIT));
  CHECK_FALSE(tree.has(unit, TokenKind::kNAME));
  CHECK(tree.token(tree.child(unit, NodeKind::kNaming), TokenKind::kNAME) != nullptr);
  CHECK_FALSE(tree.child(unit, NodeKind::kText).valid());
  CHECK(tree.children(tree.root()).size() == 1);
}

TEST_CASE("a chain is flat") {
  const Reading reading("parameter p at China: 1 + 2 - 3");
  const std::string drawn = shape(reading);
  const std::string number = "product(factor(timeSet(primary(quantity(";
  CHECK(drawn.find("sum(" + number + "1))))) + " + number + "2))))) - " + number + "3))))))") !=
        std::string::npos);
}

TEST_CASE("an empty node stands where it would be") {
  const Reading reading("define d: number means full months");
  const SyntaxTree& tree = reading.tree;
  for (std::size_t at = 0; at < tree.nodes.size(); ++at) {
    if (tree.nodes[at].kind != NodeKind::kWindow) continue;
    CHECK(tree.span(NodeId{at}).begin == 34);
    CHECK(tree.span(NodeId{at}).end == 34);
    CHECK(tree.own_tokens(NodeId{at}).empty());
  }
}

TEST_CASE("any word may name a fact") {
  const Reading reading(
      "entity person { fact level: number fact kind: x fact unit / 单位: y fact 文号: z }\n"
      "define person's item: number means person's level + person's unit\n"
      "rule r when person has note and person's rule is 3 and person lacks 全部满足\n"
      "scenario s person p { level is 3; has place; stage from 2020-01 { kind is a }; unit is 3 }");
  CHECK(reading.sink.error_count() == 0);
}

TEST_CASE("or if none belongs to the fold before it") {
  const Reading reading("define d: number means highest of x for y among z or if none 0");
  const std::string drawn = shape(reading);
  CHECK(drawn.find("foldExpr(highest of sum(") != std::string::npos);
  CHECK(drawn.find(" orIfNone(or if none sum(") != std::string::npos);
  CHECK(reading.sink.error_count() == 0);
  const Reading compared("define d: yes/no means a or if none 0 is at least 3");
  CHECK(shape(compared).find("comparison(sum(product(factor(timeSet(primary(reference(path(a)))))) "
                             "orIfNone(or if none sum(product(") != std::string::npos);
  CHECK(shape(compared).find(") isTail(is relation(at least ") != std::string::npos);
}

TEST_CASE("a brace after highest of is a list") {
  const Reading reading("define d: number means 1 * highest of { 1; highest of { 2; 3 } }");
  CHECK(reading.sink.error_count() == 0);
  CHECK(shape(reading).find("listFold(highest of { expr(") != std::string::npos);
}

TEST_CASE("concatenated tokens give back the text, whatever it is") {
  const std::string text = GENERATE(as<std::string>{}, "", " ", "\xEF\xBB\xBFunit a\r\nunit b\r\n",
                                    "rule \"open\n€€ } ) 「x y ， 第", "a\tb　c＝d", "\r", "#",
                                    "\"", "\xF0\xA0\xAE\xB7 𠮷 \xF4\x8F\xBF\xBF");
  const Reading reading(text);
  CHECK(reading.joined() == text);
  CHECK(reading.tree.tokens.back().kind == TokenKind::kEND);
  CHECK(reading.tree.nodes.at(0).kind == NodeKind::kFile);
  CHECK(reading.tree.nodes.at(0).size == reading.tree.nodes.size());
}

TEST_CASE("a byte-order mark and CRLF are no errors and shift no place") {
  const Reading reading("\xEF\xBB\xBFunit 小时\r\nrule €\r\n");
  CHECK(reading.places().front() == "2:6 stray-character");
  const Reading plain("\xEF\xBB\xBFunit 小时\r\nunit b\r\n");
  CHECK(plain.sink.error_count() == 0);
}

TEST_CASE("the twins are one program in two tongues") {
  const Reading english(file_text("tests/unit/syntax/data/twin.jz"));
  const Reading chinese(file_text("tests/unit/syntax/data/twin.zh.jz"));
  CHECK(english.places().empty());
  CHECK(chinese.places().empty());
  CHECK(without_manners(english.kinds()) == without_manners(chinese.kinds()));
}

TEST_CASE("nodes.def lists the rules of the grammar") {
  std::vector<std::string> nodes;
#define JUZHU_NODE(name, rule) nodes.emplace_back(rule);
#include "syntax/nodes.def"
#undef JUZHU_NODE
  CHECK(nodes == grammar_rules());
}

TEST_CASE("keywords.def lists the keywords of the grammar") {
  std::vector<std::string> ours;
  for (std::size_t kind = 0; kind < static_cast<std::size_t>(TokenKind::kEND); ++kind) {
    ours.emplace_back(token_name(static_cast<TokenKind>(kind)));
  }
  // The brace that opens a list is LBRACE to everybody but the grammar.
  ours.emplace_back("LIST_LBRACE");
  std::vector<std::string> theirs = grammar_tokens();
  std::sort(ours.begin(), ours.end());
  std::sort(theirs.begin(), theirs.end());
  CHECK(ours == theirs);
}

TEST_CASE("every keyword may be a property") {
  for (std::size_t kind = 0; kind < static_cast<std::size_t>(TokenKind::kDATE); ++kind) {
    const std::string name(token_name(static_cast<TokenKind>(kind)));
    INFO(name);
    const std::string grammar = file_text("grammar/JuzhuParser.g4");
    const std::string rule = grammar.substr(grammar.find("keyword :"));
    CHECK((rule.find(" " + name + " ") != std::string::npos ||
           rule.find(" " + name + "\n") != std::string::npos));
  }
}
