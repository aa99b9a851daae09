// The messages of one file on their way to the sink: at most so many, and none twice for one place.
#pragma once

#include <string>
#include <unordered_set>
#include <utility>

#include "diag/diagnostic.h"
#include "syntax/keywords.h"

namespace juzhu::syntax {

class Complaints {
 public:
  Complaints(source::FileId file, Tongue tongue, diag::Sink& sink, std::size_t limit)
      : file_(file), tongue_(tongue), sink_(&sink), left_(limit) {}

  /// Reports once per place; what comes back takes labels and helps, and is thrown away if the
  /// limit is reached.
  diag::Diagnostic& report(diag::Code code, std::uint32_t begin, std::uint32_t end,
                           Bilingual message, Bilingual label = {}) {
    if (left_ == 0 || !places_.insert(begin).second) {
      unheard_ = {code, diag::default_severity(code), {}, {}, {}, {}, {}};
      return unheard_;
    }
    --left_;
    return sink_->report(code, span(begin, end), std::move(message), std::move(label));
  }

  [[nodiscard]] source::Span span(std::uint32_t begin, std::uint32_t end) const {
    return {file_, begin, end};
  }
  [[nodiscard]] Tongue tongue() const { return tongue_; }
  [[nodiscard]] std::size_t left() const { return left_; }

 private:
  source::FileId file_;
  Tongue tongue_;
  diag::Sink* sink_;
  std::size_t left_;
  std::unordered_set<std::uint32_t> places_;
  diag::Diagnostic unheard_{};
};

}  // namespace juzhu::syntax
