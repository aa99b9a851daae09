#include "session/rules.h"

#include <algorithm>

#include "engine/rule_files.h"

namespace juzhu::session {
namespace {

namespace fs = std::filesystem;

}  // namespace

/// The folders that rules come from, those of the command line first.
std::vector<std::string> Rules::folders() const {
  std::vector<std::string> found;
  const auto add = [&](const fs::path& folder) {
    const std::string name = folder.empty() ? std::string(".") : folder.string();
    if (std::find(found.begin(), found.end(), name) == found.end()) found.push_back(name);
  };
  std::error_code error;
  for (const std::string& path : paths_)
    add(fs::is_directory(path, error) ? fs::path(path) : fs::path(path).parent_path());
  add(library_.empty() ? engine::default_library() : library_);
  return found;
}

/// Every file whose change can change the rules.
std::vector<Rules::Stamp> Rules::stamps() const {
  std::vector<fs::path> files;
  for (const std::string& folder : folders()) {
    std::error_code error;
    files.emplace_back(fs::path(folder) / "words.csv");
    // Beside a rule file lie modules that it may use; a folder is read with its subfolders.
    const bool whole = std::find(paths_.begin(), paths_.end(), folder) != paths_.end();
    const auto rules =
        engine::rule_files_in(folder, whole ? engine::Depth::kSubfolders : engine::Depth::kFolder);
    files.insert(files.end(), rules.begin(), rules.end());
  }
  std::vector<Stamp> found;
  for (const fs::path& file : files) {
    std::error_code error;
    Stamp stamp{file.string(), fs::last_write_time(file, error), 0};
    if (error) continue;
    stamp.size = fs::file_size(file, error);
    found.push_back(std::move(stamp));
  }
  return found;
}

Rules::State Rules::refresh(diag::Sink& sink, bool always) {
  std::vector<Stamp> now = stamps();
  if (tried_ && !always && now == stamps_) return State::kSame;
  stamps_ = std::move(now);
  auto fresh = std::make_shared<LoadedRules>();
  engine::LoadOptions options;
  options.library = library_;
  options.lint = false;
  fresh->rulebook = engine::Rulebook::load(paths_, fresh->sources, sink, options);
  tried_ = fresh;
  stale_ = !fresh->rulebook;
  if (stale_) return State::kBroken;
  fresh->vocabulary =
      std::make_unique<Vocabulary>(fresh->rulebook->program(), read_short_words(folders(), sink));
  loaded_ = std::move(fresh);
  return State::kReloaded;
}

}  // namespace juzhu::session
