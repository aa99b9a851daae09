#include "sema/program.h"

#include <algorithm>

namespace juzhu::sema {

Confidence effective_confidence(const Program& program, const Remarks& remarks) {
  if (remarks.confidence) return *remarks.confidence;
  Confidence least = Confidence::kOfficial;
  for (const Citation& citation : remarks.cites) {
    least = std::max(least,
                     program[citation.source].remarks.confidence.value_or(Confidence::kSecondary));
  }
  return remarks.cites.empty() ? Confidence::kOfficial : least;
}

bool is_marked(const Program& program, const Remarks& remarks) {
  return effective_confidence(program, remarks) >= Confidence::kRecalled ||
         !remarks.vague.empty() || !remarks.not_encoded.empty();
}

}  // namespace juzhu::sema
