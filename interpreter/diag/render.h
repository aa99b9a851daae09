// Diagnostics as people and programs read them. Text: heading, place, the source line with a caret
// line under it (East Asian wide characters take two columns), labels, helps. JSON: one object per
// diagnostic, fields documented in docs/errors/README.md.
#pragma once

#include <string>
#include <vector>

#include "diag/diagnostic.h"

namespace juzhu::diag {

struct RenderOptions {
  bool color = false;
  bool chinese = false;  ///< else English
};

std::string render_text(const std::vector<Diagnostic>& diagnostics,
                        const source::SourceMap& sources, const RenderOptions& options = {});
/// A JSON array as text; its keys and codes are the same in both tongues.
std::string render_json(const std::vector<Diagnostic>& diagnostics,
                        const source::SourceMap& sources, bool chinese = false);

/// Columns that a text takes on a terminal: East Asian wide and full-width characters take two,
/// combining none; what Unicode calls ambiguous (… · “ ”) takes one, as outside East Asian locales.
/// An emoji takes two with its colour and its variant.
std::size_t display_width(std::string_view utf8);
/// Bytes of the first character of a text that is not empty, with the marks that belong to it.
std::size_t character_size(std::string_view utf8);
/// `text` with spaces added on the right until it takes `width` columns.
std::string pad_right(std::string_view text, std::size_t width);

}  // namespace juzhu::diag
