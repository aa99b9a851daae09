#include <nlohmann/json.hpp>

#include "diag/render.h"

namespace juzhu::diag {
namespace {

using Json = nlohmann::ordered_json;

std::string_view severity_name(Severity severity) {
  switch (severity) {
    case Severity::kError:
      return "error";
    case Severity::kWarning:
      return "warning";
    case Severity::kNote:
      return "note";
  }
  return {};
}

/// Adds file and place of a span; a span that points nowhere gives nulls, so that the keys are
/// always there.
void add_place(Json& object, source::Span span, const source::SourceMap& sources) {
  if (!span.file.valid()) {
    for (const char* const key : {"file", "line", "column", "end_line", "end_column"}) {
      object[key] = nullptr;
    }
    return;
  }
  const source::SourceFile& file = sources.file(span.file);
  const source::LineColumn begin = file.position(span.begin);
  const source::LineColumn end = file.position(span.end);
  object["file"] = file.name();
  object["line"] = begin.line;
  object["column"] = begin.column;
  object["end_line"] = end.line;
  object["end_column"] = end.column;
}

Json data_json(const DataPlace& data) {
  Json object{
      {"file", data.file}, {"line", nullptr}, {"column", data.column}, {"value", data.value}};
  if (data.line > 0) object["line"] = data.line;
  return object;
}

Json diagnostic_json(const Diagnostic& item, const source::SourceMap& sources, bool chinese) {
  Json object{{"code", code_name(item.code)},
              {"severity", severity_name(item.severity)},
              {"message", item.message.in(chinese)}};
  add_place(object, item.primary.span, sources);
  object["label"] = item.primary.text.in(chinese);
  object["labels"] = Json::array();
  for (const Label& label : item.labels) {
    Json place = Json::object();
    add_place(place, label.span, sources);
    place["text"] = label.text.in(chinese);
    object["labels"].push_back(std::move(place));
  }
  object["help"] = Json::array();
  for (const Bilingual& help : item.helps)
    object["help"].push_back(help.in(chinese));
  object["data"] = item.data ? data_json(*item.data) : Json(nullptr);
  return object;
}

}  // namespace

std::string render_json(const std::vector<Diagnostic>& diagnostics,
                        const source::SourceMap& sources, bool chinese) {
  Json list = Json::array();
  for (const Diagnostic& item : diagnostics)
    list.push_back(diagnostic_json(item, sources, chinese));
  // A value from a data file may hold bytes that are not UTF-8; they become U+FFFD.
  return list.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace juzhu::diag
