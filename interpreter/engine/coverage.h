// What the scenarios of a rulebook reach: rules that held in some answer, rows of tables that
// counted. What none reaches is a rule or row that nobody has tried.
#pragma once

#include <map>
#include <set>
#include <vector>

#include "eval/trace.h"
#include "sema/program.h"

namespace juzhu::engine {

class Coverage {
 public:
  /// Adds what an evaluation went through. A rule is reached where it surely concerns the member
  /// and its condition surely holds; a row where it surely fits and, of a table `first`, none
  /// before it may; `otherwise` where surely no row fits.
  void add(const eval::Trace& trace);

  /// A rule, gate, narrowing or allocation as written; of a definition's table its rows.
  struct Point {
    source::Span span;  ///< the name; the result of a row
    bool is_row = false;
    Bilingual name;  ///< of the rule
    bool reached = false;
  };
  /// Every rule and every row of the text as it stands, by place in the files; reforms are left
  /// out.
  [[nodiscard]] std::vector<Point> points(const sema::Program& program) const;

 private:
  void add_rules(const eval::Trace& trace, const eval::Frame& frame, const plan::RuleSet& rules);
  void add_table(const eval::Trace& trace, const eval::Frame& frame, const plan::Step& step);

  std::set<std::pair<std::uint32_t, std::uint32_t>> rules_;  ///< rule, version
  std::set<std::pair<std::uint32_t, std::uint32_t>> rows_;   ///< expression of the table, row
};

}  // namespace juzhu::engine
