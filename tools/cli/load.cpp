#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "cli/verbs.h"
#include "engine/rule_files.h"

namespace juzhu::cli {
namespace {

using diag::Code;
namespace fs = std::filesystem;

constexpr const char* kHouseholds = "households";

/// What stands where the missing path should: for a guess at what was meant.
std::vector<std::string> neighbours(const fs::path& missing) {
  std::vector<std::string> names;
  std::error_code error;
  const fs::path folder = missing.has_parent_path() ? missing.parent_path() : fs::path(".");
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    const fs::path path =
        missing.has_parent_path() ? folder / entry.path().filename() : entry.path().filename();
    names.push_back(path.string());
  }
  return names;
}

int report_missing(const Options& options, const std::string& path, const Bilingual& otherwise) {
  std::string trimmed = path;
  while (trimmed.size() > 1 && trimmed.ends_with('/'))
    trimmed.pop_back();
  return print_usage_error(options, Code::kMissingFile,
                           say("there is no file or folder `{}`", "没有文件或文件夹 `{}`", path),
                           guess_or(trimmed, neighbours(trimmed), otherwise));
}

}  // namespace

int check_rule_paths(const Options& options) {
  for (const std::string& path : options.rules) {
    std::error_code error;
    if (!fs::exists(path, error)) {
      return report_missing(options, path,
                            say("name a rule file (.jz) or a folder with rule files",
                                "写明规则文件（.jz）或其所在文件夹"));
    }
    if (fs::is_directory(path, error) &&
        engine::rule_files_in(path, engine::Depth::kSubfolders).empty()) {
      return print_usage_error(
          options, Code::kMissingFile,
          say("the folder `{}` has no rule files (.jz)", "文件夹 `{}` 中没有规则文件（.jz）", path),
          say("name the folder of the rulebook, such as examples/factory_town",
              "写明规则库的文件夹，例如 examples/factory_town"));
    }
  }
  return kFine;
}

std::unique_ptr<Loaded> load_rules(const Options& options) {
  auto loaded = std::make_unique<Loaded>();
  loaded->exit_code = check_rule_paths(options);
  if (loaded->exit_code != kFine) return loaded;
  diag::Sink sink;
  engine::LoadOptions load;
  load.library = options.library;
  load.lint = false;
  loaded->rulebook = engine::Rulebook::load(options.rules, loaded->sources, sink, load);
  if (!loaded->rulebook) {
    print_findings(sink, loaded->sources, options, stderr);
    loaded->exit_code = kFindings;
  }
  return loaded;
}

bool is_asked(const Options& options, const source::SourceMap& sources, source::FileId file) {
  if (!file.valid()) return true;
  const std::string& name = sources.file(file).name();
  return std::any_of(options.rules.begin(), options.rules.end(), [&](const std::string& path) {
    return name == path || name.starts_with(path.ends_with('/') ? path : path + "/");
  });
}

std::vector<std::string> data_paths(const Options& options) {
  for (const std::string& path : options.data) {
    std::error_code error;
    if (fs::exists(path, error)) continue;
    report_missing(options, path,
                   say("name a folder with households.csv, or a JSON file",
                       "写明含有 households.csv 的文件夹，或 JSON 文件"));
    return {};
  }
  if (!options.data.empty()) return options.data;
  std::vector<std::string> paths;
  for (const std::string& rules : options.rules) {
    std::error_code error;
    // Beside a rule file, in a folder of them.
    const bool is_folder = fs::is_directory(rules, error);
    const fs::path folder = (is_folder ? fs::path(rules) : fs::path(rules).parent_path());
    const std::string households = (folder / kHouseholds).string();
    const bool is_new = std::find(paths.begin(), paths.end(), households) == paths.end();
    if (is_new && fs::is_directory(households, error)) paths.push_back(households);
  }
  if (paths.empty()) {
    print_usage_error(
        options, Code::kNoData, say("there are no households to ask about", "没有可询问的户"),
        say("name them with `--data FOLDER`, or put them in a folder `households` beside the rules",
            "用 `--data 文件夹` 写明，或放入规则旁的 `households` 文件夹"));
  }
  return paths;
}

}  // namespace juzhu::cli
