#include "engine/format_files.h"

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>
#include <utility>

#include "base/system_text.h"
#include "engine/load.h"
#include "engine/rule_files.h"
#include "format/format.h"
#include "sema/check.h"
#include "syntax/parse.h"

namespace juzhu::engine {

namespace fs = std::filesystem;

namespace {

using syntax::Tongue;

std::optional<std::string> read(const fs::path& path) {
  std::error_code error;
  if (fs::is_directory(path, error)) return std::nullopt;
  std::ifstream stream(path, std::ios::binary);
  if (!stream) return std::nullopt;
  std::ostringstream text;
  text << stream.rdbuf();
  return stream.bad() ? std::nullopt : std::optional(std::move(text).str());
}

/// The rule files of the paths, each once, in the order of their names.
std::vector<std::string> rule_files(const std::vector<std::string>& paths) {
  std::vector<std::string> files;
  std::error_code error;
  for (const std::string& path : paths) {
    if (!fs::is_directory(path, error)) {
      files.push_back(path);
      continue;
    }
    for (const fs::path& file : rule_files_in(path, Depth::kSubfolders))
      files.push_back(file.string());
  }
  std::sort(files.begin(), files.end());
  files.erase(std::unique(files.begin(), files.end()), files.end());
  return files;
}

/// The checked rulebook's places; none if it has errors.
std::shared_ptr<const value::Schema> schema_of(const std::vector<syntax::SyntaxTree>& trees,
                                               const source::SourceMap& sources) {
  sema::CheckInput input;
  input.sources = &sources;
  input.trees = trees;
  input.lint = false;
  input.read = [&](source::FileId from, const std::string& path) {
    return read(fs::path(sources.file(from).name()).parent_path() / path);
  };
  diag::Sink sink;
  const auto program = sema::check(input, sink);
  return program ? program->schema : nullptr;
}

std::vector<std::string> other_path(const value::PlaceTree& places,
                                    const std::vector<std::string>& path, bool chinese) {
  const auto node = places.by_path(path);
  if (!node) return {};
  std::vector<std::string> other;
  // From the narrowest name upwards: each stands for the next place above that bears it.
  value::PlaceNode at = *node;
  for (std::size_t left = path.size(); left > 0; --left) {
    const std::string& name = path[left - 1];
    const auto written = [&](const value::Place& place) -> const std::string& {
      return chinese ? place.name_en : place.name_zh;
    };
    while (at != value::kRootPlace && written(places[at]) != name)
      at = places[at].parent;
    if (at == value::kRootPlace) return {};
    other.push_back(chinese ? places[at].name_zh : places[at].name_en);
    if (other.back().empty()) return {};
    at = places[at].parent;
  }
  std::reverse(other.begin(), other.end());
  return places.by_path(other) == node ? other : std::vector<std::string>{};
}

/// What turning names into the other tongue needs.
class NameSource {
 public:
  NameSource(const std::vector<std::string>& files, const std::vector<syntax::SyntaxTree>& more,
             const std::string& library) {
    LoadOptions options;
    options.library = library;
    diag::Sink sink;
    trees_ = load_trees(files, options, sources_, sink).trees;
    if (!sink.has_errors()) schema_ = schema_of(trees_, sources_);
    // A rulebook with errors still has the places of the library.
    if (!schema_) schema_ = library_schema(library);
    std::vector<syntax::SyntaxTree> all = trees_;
    all.insert(all.end(), more.begin(), more.end());
    format::Places places;
    if (schema_) {
      places = [this](const std::vector<std::string>& path, bool chinese) {
        return other_path(schema_->places, path, chinese);
      };
    }
    names_ = std::make_unique<format::Names>(all, std::move(places));
  }

  [[nodiscard]] const format::Names& names() const { return *names_; }

 private:
  std::shared_ptr<const value::Schema> library_schema(const std::string& library) {
    const std::string folder = library.empty() ? default_library() : library;
    LoadOptions options;
    options.library = folder;
    diag::Sink sink;
    const std::vector<syntax::SyntaxTree> trees =
        load_trees({(fs::path(folder) / "places.jz").string()}, options, library_sources_, sink)
            .trees;
    return sink.has_errors() ? nullptr : schema_of(trees, library_sources_);
  }

  source::SourceMap sources_;
  source::SourceMap library_sources_;
  std::vector<syntax::SyntaxTree> trees_;
  std::shared_ptr<const value::Schema> schema_;
  std::unique_ptr<format::Names> names_;
};

std::optional<Tongue> tongue_of(const FormatOptions& options) {
  if (!options.chinese) return std::nullopt;
  return *options.chinese ? Tongue::kChinese : Tongue::kEnglish;
}

void format_tree(const syntax::SyntaxTree& tree, const FormatOptions& options,
                 const format::Names* names, FormattedFile& file) {
  format::Formatted formatted = format::format(tree, tongue_of(options), names);
  file.after = std::move(formatted.text);
  file.wrong = std::move(formatted.wrong);
}

/// Parses a text; no tree if it has errors, which are in the sink.
std::optional<syntax::SyntaxTree> parsed(const FormattedFile& file, source::SourceMap& sources,
                                         diag::Sink& sink) {
  const std::size_t errors = sink.error_count();
  const source::FileId id = sources.add(file.path, file.before);
  syntax::SyntaxTree tree = syntax::parse(sources, id, sink);
  return sink.error_count() > errors ? std::nullopt : std::optional(std::move(tree));
}

}  // namespace

std::vector<FormattedFile> format_files(const std::vector<std::string>& paths,
                                        const FormatOptions& options, source::SourceMap& sources,
                                        diag::Sink& sink) {
  const std::vector<std::string> names = rule_files(paths);
  std::optional<NameSource> source;
  if (options.chinese) source.emplace(names, std::vector<syntax::SyntaxTree>{}, options.library);
  std::vector<FormattedFile> files;
  for (const std::string& name : names) {
    FormattedFile file;
    file.path = name;
    errno = 0;
    if (auto text = read(name)) {
      file.before = file.after = std::move(*text);
      const auto tree = parsed(file, sources, sink);
      file.has_errors = !tree;
      if (tree) format_tree(*tree, options, source ? &source->names() : nullptr, file);
    } else {
      file.has_errors = true;
      const Bilingual why =
          errno != 0 ? system_text(errno) : say("not a readable file", "不是可读的文件");
      sink.report(diag::Code::kUnreadableFile, {},
                  say("cannot read `{}`: {}", "无法读取 `{}`：{}", name, why))
          .helps.emplace_back(
              say("check that it is a file you may read", "核对它是否为可读的文件"));
    }
    files.push_back(std::move(file));
  }
  return files;
}

FormattedFile format_text(const std::string& name, const std::string& text,
                          const FormatOptions& options, source::SourceMap& sources,
                          diag::Sink& sink) {
  FormattedFile file;
  file.path = name;
  file.before = file.after = text;
  const auto tree = parsed(file, sources, sink);
  file.has_errors = !tree;
  if (!tree) return file;
  std::optional<NameSource> source;
  if (options.chinese) {
    const std::string folder = options.library.empty() ? default_library() : options.library;
    source.emplace(rule_files({folder}), std::vector<syntax::SyntaxTree>{*tree}, folder);
  }
  format_tree(*tree, options, source ? &source->names() : nullptr, file);
  return file;
}

}  // namespace juzhu::engine
