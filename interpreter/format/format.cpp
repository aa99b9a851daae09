#include "format/format.h"

#include <utility>

#include "format/layout.h"
#include "format/proof.h"
#include "format/spell.h"
#include "syntax/parse.h"

namespace juzhu::format {
namespace {

std::optional<std::string> proved_wrong(const syntax::SyntaxTree& before, const std::string& text,
                                        const Names* names) {
  source::SourceMap sources;
  const source::FileId file = sources.add("formatted", text);
  diag::Sink sink;
  const syntax::SyntaxTree after = syntax::parse(sources, file, sink);
  if (sink.has_errors()) return "it does not read: " + sink.sorted().front().message.en;
  return first_difference(before, after, names);
}

}  // namespace

Formatted format(const syntax::SyntaxTree& tree, std::optional<syntax::Tongue> to,
                 const Names* names) {
  SpellOptions options{to, to ? names : nullptr, false};
  Formatted result{lay_out(tree, spell(tree, options)), {}};
  result.wrong = proved_wrong(tree, result.text, options.names);
  if (!result.wrong) return result;
  // A name beside a keyword may read as part of it (`is given`): then such names go in quotes.
  options.quote_doubtful = true;
  Formatted careful{lay_out(tree, spell(tree, options)), {}};
  careful.wrong = proved_wrong(tree, careful.text, options.names);
  return careful.wrong ? std::move(result) : std::move(careful);
}

}  // namespace juzhu::format
