// The sentences at the head of an explanation: what the answer is, and by which provision.
#pragma once

#include "explain/explain.h"

namespace juzhu::explain {

/// Fills `conclusion` and `reason` from the rest.
void conclude(Explanation& explanation);
/// "Measures on schooling …, 深府规〔2018〕3号, art 5"; several joined; empty if nothing is cited.
std::string citation_line(const std::vector<Reference>& cites, bool chinese);
/// "non hukou child (Measures …, art 5)".
std::string rule_with_citation(const RuleNote& rule, bool chinese);

}  // namespace juzhu::explain
