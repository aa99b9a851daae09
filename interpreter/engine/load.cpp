#include "engine/load.h"

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "base/system_text.h"
#include "engine/limits.h"
#include "engine/missing_modules.h"
#include "engine/rule_files.h"
#include "sema/check.h"
#include "syntax/parse.h"

namespace juzhu::engine {

namespace fs = std::filesystem;

namespace {

/// A rule file larger than this is not read at all; the parser's own limit is below it.
constexpr std::uintmax_t kReadLimit = 64U << 20U;

std::optional<std::string> read_file(const fs::path& path) {
  std::error_code error;
  if (fs::file_size(path, error) > kReadLimit || error) return std::nullopt;
  std::ifstream stream(path, std::ios::binary);
  if (!stream) return std::nullopt;
  std::ostringstream text;
  text << stream.rdbuf();
  return stream.bad() ? std::nullopt : std::optional(std::move(text).str());
}

/// Nothing but blanks, and perhaps a byte-order mark: as a file is that was never saved.
bool is_blank(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  return text.find_first_not_of(" \t\r\n\f\v") == std::string_view::npos;
}

/// The module a text declares, without parsing all of it: its first words are `module NAME`.
std::string module_in(const std::string& text) {
  std::istringstream lines(text);
  std::string line;
  while (std::getline(lines, line)) {
    for (const std::string_view word : {"module ", "模块 "}) {
      const std::size_t at = line.find(word);
      if (at == std::string::npos || (at > 0 && line.find('#') < at)) continue;
      std::string name = line.substr(at + word.size());
      name.erase(0, name.find_first_not_of(" \t"));
      return name.substr(0, name.find_first_of(" \t\r#"));
    }
  }
  return {};
}

class Loader {
 public:
  Loader(source::SourceMap& sources, diag::Sink& sink) : sources_(sources), sink_(sink) {}

  void add_path(const std::string& path) {
    std::error_code error;
    const fs::file_status status = fs::status(path, error);
    if (!fs::exists(status)) {
      missing(path);
      return;
    }
    if (!fs::is_directory(status)) {
      add_file(path);
      folders_.insert(fs::path(path).parent_path());
      return;
    }
    const std::vector<fs::path> files = rule_files_in(path, Depth::kSubfolders);
    if (files.empty()) {
      sink_
          .report(diag::Code::kMissingFile, {},
                  say("the folder `{}` has no rule files", "文件夹 `{}` 中没有规则文件", path))
          .helps.emplace_back(say("rule files end in .jz", "规则文件以 .jz 结尾"));
    }
    for (const fs::path& file : files)
      add_file(file);
    folders_.insert(path);
  }

  /// The files read so far.
  [[nodiscard]] std::set<std::uint32_t> files() const {
    std::set<std::uint32_t> all;
    for (const syntax::SyntaxTree& tree : trees_)
      all.insert(tree.file.index);
    return all;
  }

  void add_library(const std::string& folder) {
    if (!folder.empty()) folders_.insert(folder);
  }

  [[nodiscard]] const std::set<fs::path>& folders() const { return folders_; }

  std::vector<syntax::SyntaxTree> finish(const std::set<std::string>& also) {
    for (const std::string& module : also) {
      if (!modules_.contains(module)) find_module(module, {});
    }
    std::size_t next = 0;
    while (next < trees_.size()) {
      // Following `use` may add trees: the copy keeps the nodes at hand while it does.
      const syntax::SyntaxTree tree = trees_[next++];
      for (const syntax::NodeId use : tree.children(tree.root(), syntax::NodeKind::kUseDecl)) {
        const std::string module = dotted(tree, use);
        const syntax::NodeId path = tree.child(use, syntax::NodeKind::kPath);
        if (!module.empty() && !modules_.contains(module)) find_module(module, tree.span(path));
      }
    }
    std::sort(trees_.begin(), trees_.end(), [&](const auto& left, const auto& right) {
      return sources_.file(left.file).name() < sources_.file(right.file).name();
    });
    return std::move(trees_);
  }

 private:
  void missing(const std::string& path) {
    diag::Diagnostic& diagnostic = sink_.report(
        diag::Code::kMissingFile, {}, say("no file or folder `{}`", "没有文件或文件夹 `{}`", path));
    std::vector<std::string> beside;
    std::error_code error;
    fs::path folder = fs::path(path).parent_path();
    if (folder.empty()) folder = ".";
    for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
         entry.increment(error)) {
      beside.push_back(entry->path().filename().string());
    }
    const auto guess = diag::did_you_mean(fs::path(path).filename().string(), beside);
    diagnostic.helps.emplace_back(guess
                                      ? say("did you mean `{}`?", "是否想写 `{}`？",
                                            (fs::path(path).parent_path() / *guess).string())
                                      : say("check the path; it is read from the folder you are in",
                                            "核对路径；路径从当前文件夹算起"));
  }

  void add_file(const fs::path& path) {
    std::error_code error;
    const std::string key = fs::weakly_canonical(path, error).string();
    if (!read_.insert(error ? path.string() : key).second) return;
    const std::uintmax_t size = fs::file_size(path, error);
    if (!error && size > kReadLimit) {
      sink_
          .report(diag::Code::kFileTooLarge, {},
                  say("`{}` has {} MB; a rule file has at most 8 MB",
                      "`{}` 有 {} MB；规则文件最多 8 MB", path.string(), size >> 20U))
          .helps.emplace_back(
              say("split it into modules, or give data with --data instead of rules",
                  "拆成若干模块；若是数据，请用 --data 给出"));
      return;
    }
    if (fs::is_directory(path, error)) {
      sink_
          .report_data(diag::Code::kUnreadableFile, {path.string(), 0, {}, {}},
                       say("this is a folder, and its name ends as that of a rule file",
                           "这是文件夹，而其名称以规则文件的后缀结尾"))
          .helps.emplace_back(
              say("take `.jz` off the name of the folder", "从文件夹名称中去掉 `.jz`"));
      return;
    }
    errno = 0;
    auto text = read_file(path);
    if (!text) {
      sink_
          .report(
              diag::Code::kUnreadableFile, {},
              say("cannot read `{}`: {}", "无法读取 `{}`：{}", path.string(),
                  errno != 0 ? system_text(errno) : say("not a readable file", "不是可读的文件")))
          .helps.emplace_back(
              say("check that it is a file you may read", "核对它是否为可读的文件"));
      return;
    }
    if (is_blank(*text)) {
      sink_
          .report_data(diag::Code::kEmptyFile, {path.string(), 0, {}, {}},
                       say("this file is empty", "此文件是空的"))
          .helps.emplace_back(
              say("write a declaration, such as `service school_place`, or leave the file out",
                  "写一个声明，例如 `服务 学位`，或不用此文件"));
      return;
    }
    const source::FileId file = sources_.add(path.string(), std::move(*text));
    trees_.push_back(syntax::parse(sources_, file, sink_));
    const syntax::SyntaxTree& tree = trees_.back();
    const syntax::NodeId module = tree.child(tree.root(), syntax::NodeKind::kModuleDecl);
    if (module.valid()) modules_.insert(dotted(tree, module));
  }

  void find_module(const std::string& module, source::Span use) {
    modules_.insert(module);
    std::vector<std::string> known;
    bool found = false;
    for (const fs::path& folder : folders_) {
      // A folder that was named is read already; beside a file that was, nothing deeper is meant.
      for (const fs::path& file :
           rule_files_in(folder.empty() ? fs::path(".") : folder, Depth::kFolder)) {
        const std::string declared = declared_module(file);
        // A module may stand in several files of a folder: all of them are it.
        if (declared == module) add_file(file);
        found = found || declared == module;
        if (!declared.empty()) known.push_back(declared);
      }
      if (found) return;
    }
    diag::Diagnostic& diagnostic = sink_.report(
        diag::Code::kUnknownModule, use, say("no module `{}`", "没有模块 `{}`", module),
        say("not beside the rule files and not in the library", "规则文件旁和标准库中都没有"));
    const auto guess = diag::did_you_mean(module, known);
    diagnostic.helps.emplace_back(guess
                                      ? say("did you mean `{}`?", "是否想写 `{}`？", *guess)
                                      : say("name the folder of the module on the command line too",
                                            "在命令行中也写上该模块所在的文件夹"));
  }

  const std::string& declared_module(const fs::path& file) {
    const auto known = declared_.find(file.string());
    if (known != declared_.end()) return known->second;
    const auto text = read_file(file);
    return declared_[file.string()] = text ? module_in(*text) : std::string{};
  }

  source::SourceMap& sources_;
  diag::Sink& sink_;
  std::vector<syntax::SyntaxTree> trees_;
  std::set<std::string> read_;
  std::set<std::string> modules_;
  std::set<fs::path> folders_;
  std::map<std::string, std::string> declared_;
};

}  // namespace

std::string default_library() {
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  if (error) return {};
  // The source tree (build/bin/juzhu), then an installation (bin/juzhu, share/juzhu/stdlib).
  for (fs::path folder = program.parent_path(); folder.has_relative_path();
       folder = folder.parent_path()) {
    for (const fs::path& candidate : {folder / "stdlib", folder / "share" / "juzhu" / "stdlib"}) {
      if (fs::exists(candidate / "household.jz", error)) return candidate.string();
    }
  }
  return {};
}

LoadedTrees load_trees(const std::vector<std::string>& paths, const LoadOptions& options,
                       source::SourceMap& sources, diag::Sink& sink,
                       const std::set<std::string>& also) {
  Loader loader(sources, sink);
  for (const std::string& path : paths)
    loader.add_path(path);
  LoadedTrees loaded;
  loaded.named = loader.files();
  loader.add_library(options.library.empty() ? default_library() : options.library);
  loaded.trees = loader.finish(also);
  loaded.folders.assign(loader.folders().begin(), loader.folders().end());
  return loaded;
}

std::string dotted(const syntax::SyntaxTree& tree, syntax::NodeId node) {
  std::string name;
  const syntax::NodeId path = tree.child(node, syntax::NodeKind::kPath);
  if (!path.valid()) return name;
  for (const std::uint32_t index : tree.own_tokens(path)) {
    const syntax::Token& token = tree.tokens[index];
    if (token.kind != syntax::TokenKind::kNAME) continue;
    name += (name.empty() ? "" : ".") + syntax::name_of(tree.text_of(token));
  }
  return name;
}

std::string module_of(const syntax::SyntaxTree& tree, const source::SourceMap& sources) {
  const syntax::NodeId module = tree.child(tree.root(), syntax::NodeKind::kModuleDecl);
  return module.valid() ? dotted(tree, module) : sources.file(tree.file).name();
}

namespace {

/// Checks the files of the paths. Where names are unknown because a file does not use their module,
/// they are read again as if it did, so that only its own errors are told beside that.
std::optional<sema::Program> checked(const std::vector<std::string>& paths,
                                     const LoadOptions& options, LoadedTrees loaded,
                                     source::SourceMap& sources, diag::Sink& sink) {
  constexpr std::size_t kAllFindings = 100'000;  // the limit of what is told is the caller's
  constexpr int kRounds = 4;
  MissingModules missing(sources);
  for (int round = 0;; ++round) {
    sema::CheckInput input;
    input.sources = &sources;
    input.lint = options.lint;
    input.trees = std::move(loaded.trees);
    input.named = std::move(loaded.named);
    input.also_uses = missing.uses();
    input.read = [&](source::FileId from, const std::string& path) {
      return read_file(fs::path(sources.file(from).name()).parent_path() / path);
    };
    diag::Sink found(kAllFindings);
    auto program = sema::check(input, found);
    loaded.trees = std::move(input.trees);  // not copied: every start comes by here
    loaded.named = std::move(input.named);
    LoadedTrees again;
    diag::Sink unheard;
    const bool more = !program && round < kRounds && missing.find(loaded, found);
    if (more) again = load_trees(paths, options, sources, unheard, missing.modules());
    if (more && !unheard.has_errors()) {
      loaded = std::move(again);
      continue;
    }
    missing.report(found, sink);
    return sink.has_errors() ? std::nullopt : std::move(program);
  }
}

}  // namespace

std::unique_ptr<Rulebook> Rulebook::load(const std::vector<std::string>& paths,
                                         source::SourceMap& sources, diag::Sink& sink,
                                         const LoadOptions& options) {
  LoadedTrees loaded = load_trees(paths, options, sources, sink);
  // A file that did not parse would only give follow-up messages.
  if (sink.has_errors()) return nullptr;
  auto program = checked(paths, options, std::move(loaded), sources, sink);
  if (!program) return nullptr;
  LimitFindings limits = find_breaches(*program, sources);
  if (options.lint) report(*program, limits, sink);
  program->breaches = std::move(limits.breaches);
  program->stacks_checked = static_cast<std::uint32_t>(program->stacks.size());
  return std::make_unique<Rulebook>(std::move(*program));
}

}  // namespace juzhu::engine
