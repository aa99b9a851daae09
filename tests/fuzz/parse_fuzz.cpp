// Any bytes: there is a tree, its tokens give back the text, its nodes lie inside one another, and
// what was said about the text can be drawn.
#include <cstddef>
#include <cstdint>
#include <string>

#include "base/check.h"
#include "diag/render.h"
#include "syntax/parse.h"

using namespace juzhu;

namespace {

void check_nodes(const syntax::SyntaxTree& tree) {
  JUZHU_CHECK(!tree.nodes.empty());
  JUZHU_CHECK(tree.nodes[0].size == tree.nodes.size());
  for (std::size_t at = 0; at < tree.nodes.size(); ++at) {
    const syntax::Node& node = tree.nodes[at];
    JUZHU_CHECK(node.size >= 1 && at + node.size <= tree.nodes.size());
    JUZHU_CHECK(node.first_token <= node.last_token && node.last_token < tree.tokens.size());
    std::uint32_t reached = node.first_token;
    for (const syntax::NodeId id : tree.children(syntax::NodeId{at})) {
      JUZHU_CHECK(tree.node(id).first_token >= reached);
      JUZHU_CHECK(tree.node(id).last_token <= node.last_token ||
                  tree.node(id).first_token == tree.node(id).last_token);
      reached = tree.node(id).last_token;
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  source::SourceMap sources;
  const source::FileId file =
      sources.add("fuzz.jz", std::string(reinterpret_cast<const char*>(data), size));
  diag::Sink sink;
  const syntax::SyntaxTree tree = syntax::parse(sources, file, sink);
  std::string joined;
  for (const syntax::Token& token : tree.tokens)
    joined += tree.text_of(token);
  JUZHU_CHECK(joined == sources.file(file).text());
  JUZHU_CHECK(tree.tokens.back().kind == syntax::TokenKind::kEND);
  check_nodes(tree);
  JUZHU_CHECK(!tree.nodes[0].error || sink.has_errors());
  static_cast<void>(diag::render_text(sink.sorted(), sources));
  static_cast<void>(diag::render_json(sink.sorted(), sources));
  return 0;
}
