#include "coverage.h"

#include <string_view>

#include "ops/operation.h"
#include "syntax/keywords.h"

namespace juzhu::generated {
namespace {

constexpr std::string_view kOperations[] = {
// NOLINTNEXTLINE(cppcoreguidelines-macro-usage)
#define JUZHU_OPERATION(name, says) #name,
#include "ops/operations.def"
#undef JUZHU_OPERATION
};
constexpr std::string_view kNodes[] = {
// NOLINTNEXTLINE(cppcoreguidelines-macro-usage)
#define JUZHU_NODE(name, rule) rule,
#include "syntax/nodes.def"
#undef JUZHU_NODE
};

void print_counts(std::FILE* to, const char* head,
                  const std::map<std::string, std::size_t>& counts) {
  std::fprintf(to, "%s\n", head);
  std::size_t column = 0;
  for (const auto& [name, count] : counts) {
    std::fprintf(to, "  %-20s %9zu", name.c_str(), count);
    if (++column % 3 == 0) std::fprintf(to, "\n");
  }
  if (column % 3 != 0) std::fprintf(to, "\n");
}

}  // namespace

void Coverage::add(const Book& book) {
  for (const auto& [name, count] : book.counted().nodes)
    nodes_[name] += count;
  for (const auto& [name, count] : book.counted().keywords)
    keywords_[name] += count;
  for (const sema::Expr& expr : book.program().exprs)
    ++operations_[std::string(kOperations[static_cast<std::size_t>(expr.operation)])];
  for (const auto& [scope, plan] : book.made()) {
    for (const plan::Block& block : plan->blocks) {
      for (const plan::Step& step : block.steps)
        ++operations_[std::string(kOperations[static_cast<std::size_t>(step.operation)])];
    }
  }
}

void Coverage::print(std::FILE* to) const {
  print_counts(to, "operations", operations_);
  print_counts(to, "nodes of the grammar", nodes_);
  print_counts(to, "keywords", keywords_);
}

std::vector<std::string> Coverage::missing() const {
  std::vector<std::string> found;
  for (const std::string_view name : kOperations) {
    if (!operations_.contains(std::string(name))) found.push_back("operation " + std::string(name));
  }
  for (const std::string_view name : kNodes) {
    if (!nodes_.contains(std::string(name))) found.push_back("node " + std::string(name));
  }
  for (const syntax::Keyword& keyword : syntax::keywords()) {
    const std::string name(syntax::token_name(keyword.kind));
    if (!keywords_.contains(name)) found.push_back("keyword " + name);
  }
  return found;
}

}  // namespace juzhu::generated
