// The rulebook of a session: loaded from its files, and again when one of them changes. While the
// files have errors the last rules that had none go on answering.
//
// Ownership: owns texts, rulebook and vocabulary; what they hand out lives until the next refresh
// that reports kReloaded.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "diag/diagnostic.h"
#include "engine/rulebook.h"
#include "session/vocabulary.h"

namespace juzhu::session {

struct LoadedRules {
  source::SourceMap sources;
  std::unique_ptr<engine::Rulebook> rulebook;
  std::unique_ptr<Vocabulary> vocabulary;
};

class Rules {
 public:
  enum class State { kSame, kReloaded, kBroken };

  Rules(std::vector<std::string> paths, std::string library)
      : paths_(std::move(paths)), library_(std::move(library)) {}

  /// Loads what is not loaded or has changed since. Of kBroken, and for warnings, the findings are
  /// in the sink, and their texts in `texts()`.
  State refresh(diag::Sink& sink, bool always = false);
  [[nodiscard]] bool usable() const { return loaded_ != nullptr; }
  /// The files as they are now have errors; what answers is older.
  [[nodiscard]] bool is_stale() const { return stale_; }
  [[nodiscard]] LoadedRules& loaded() const { return *loaded_; }
  /// The texts that the last findings point into.
  [[nodiscard]] const source::SourceMap& texts() const { return tried_->sources; }
  [[nodiscard]] const std::vector<std::string>& paths() const { return paths_; }

 private:
  struct Stamp {
    std::string path;
    std::filesystem::file_time_type time;
    std::uintmax_t size = 0;
    friend bool operator==(const Stamp&, const Stamp&) = default;
  };
  [[nodiscard]] std::vector<Stamp> stamps() const;
  [[nodiscard]] std::vector<std::string> folders() const;

  std::vector<std::string> paths_;
  std::string library_;
  std::shared_ptr<LoadedRules> loaded_;
  std::shared_ptr<LoadedRules> tried_;
  std::vector<Stamp> stamps_;
  bool stale_ = false;
};

}  // namespace juzhu::session
