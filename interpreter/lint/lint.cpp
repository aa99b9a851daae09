#include "lint/lint.h"

namespace juzhu::lint {

void lint(const sema::Program& program, const source::SourceMap& sources, diag::Sink& sink) {
  find_bounds_not_as_written(program, sources, sink);
  find_uncapped_items(program, sink);
  find_names_alike(program, sink);
}

}  // namespace juzhu::lint
