#include "format/layout.h"

#include <algorithm>
#include <array>
#include <map>

#include "diag/render.h"

namespace juzhu::format {

using syntax::NodeId;
using syntax::NodeKind;
using syntax::SyntaxTree;
using syntax::TokenKind;
using syntax::Tongue;

namespace {

constexpr std::size_t kStep = 2;
/// A line wider than this does not push the comments or clauses of its neighbours to the right.
constexpr std::size_t kMostAligned = 100;

struct Piece {
  const Word* word;
  std::size_t gap;  ///< blanks before it
};

struct Line {
  std::size_t indent = 0;
  bool blank_before = false;
  std::vector<Piece> pieces;
};

/// Parts of a declaration's head that no clause is: one blank before them, as before any word.
constexpr std::array kHeadParts{
    NodeKind::kNaming,     NodeKind::kPropertyNaming, NodeKind::kPath,  NodeKind::kText,
    NodeKind::kType,       NodeKind::kExpr,           NodeKind::kTable, NodeKind::kWithParam,
    NodeKind::kInParam,    NodeKind::kOnParam,        NodeKind::kSum,   NodeKind::kRow,
    NodeKind::kDay,        NodeKind::kLines,          NodeKind::kCell,  NodeKind::kSetLiteral,
    NodeKind::kDateLiteral};

/// Signs that follow what they belong to without a blank.
constexpr std::array kTight{TokenKind::kRPAREN, TokenKind::kSEMI, TokenKind::kCOMMA,
                            TokenKind::kCOLON,  TokenKind::kDOT,  TokenKind::kPOSSESSIVE,
                            TokenKind::kPERCENT};

class Layout {
 public:
  Layout(const SyntaxTree& tree, const std::vector<Word>& words)
      : tree_(tree), words_(words), parents_(parents_of(tree)), holders_(holders_of(tree)) {
    starts_.resize(tree.tokens.size());
    // The largest node that starts at each token comes first in pre-order.
    for (std::size_t node = 1; node < tree.nodes.size(); ++node) {
      if (tree.nodes[node].first_token < tree.nodes[node].last_token)
        starts_[tree.nodes[node].first_token].emplace_back(node);
    }
  }

  std::string run() {
    break_lines();
    align_tables();
    align_clauses();
    align_comments();
    return print();
  }

 private:
  [[nodiscard]] TokenKind kind(const Word& word) const { return tree_.tokens[word.token].kind; }

  [[nodiscard]] bool starts_declaration(std::uint32_t token) const {
    return std::any_of(starts_[token].begin(), starts_[token].end(),
                       [&](NodeId node) { return parents_[node.index] == tree_.root(); });
  }

  // --- lines ---

  void break_lines() {
    line_of_.assign(tree_.tokens.size(), 0);
    std::uint32_t next_token = 0;
    for (std::size_t at = 0; at < words_.size(); ++at) {
      const Word& word = words_[at];
      const bool breaks = lines_.empty() || word.newlines > 0 || starts_declaration(word.token) ||
                          words_[at - 1].is_comment;
      if (breaks) {
        Line line;
        line.blank_before = !lines_.empty() && word.newlines > 1;
        lines_.push_back(std::move(line));
      }
      // A token that is not written stands where the one after it does.
      for (; next_token <= word.token; ++next_token)
        line_of_[next_token] = lines_.size() - 1;
      if (breaks) lines_.back().indent = indent_of(at);
      const std::size_t gap = breaks ? 0 : gap_between(words_[at - 1], word);
      lines_.back().pieces.push_back({&word, gap});
    }
  }

  [[nodiscard]] std::size_t line_indent(std::uint32_t token) const {
    return lines_[line_of_[token]].indent;
  }

  [[nodiscard]] std::size_t indent_of(std::size_t word) const {
    const Word& first = words_[word];
    if (!first.is_comment) return token_indent(first.token);
    const auto next = std::find_if(words_.begin() + static_cast<std::ptrdiff_t>(word), words_.end(),
                                   [](const Word& each) { return !each.is_comment; });
    const bool at_end = next == words_.end();
    if (at_end || starts_declaration(next->token)) return comment_indent(word);
    const std::size_t indent = token_indent(next->token);
    return is_closer(*next) ? indent + kStep : indent;
  }

  /// A comment before a declaration belongs to it, unless it is set in and follows a line closely:
  /// then it belongs to what stands above.
  [[nodiscard]] std::size_t comment_indent(std::size_t word) const {
    const Word& comment = words_[word];
    const std::uint32_t begin = tree_.tokens[comment.token].begin;
    const bool set_in =
        begin > 0 && (tree_.text[begin - 1] == ' ' || tree_.text[begin - 1] == '\t');
    return set_in && comment.newlines == 1 && lines_.size() > 1 ? kStep : 0;
  }

  [[nodiscard]] bool is_closer(const Word& word) const {
    return kind(word) == TokenKind::kRBRACE || kind(word) == TokenKind::kRPAREN;
  }

  /// From the smallest node that holds the token and began on an earlier line: one step in from
  /// that line.
  [[nodiscard]] std::size_t token_indent(std::uint32_t token) const {
    if (starts_declaration(token)) return 0;
    NodeId anchor = holders_[token];
    const TokenKind kind = tree_.tokens[token].kind;
    if (kind == TokenKind::kRBRACE || kind == TokenKind::kRPAREN) {
      return line_indent(tree_.node(anchor).first_token);
    }
    const std::size_t here = line_of_[token];
    const auto begins_here = [&](NodeId node) {
      const std::uint32_t first = tree_.node(node).first_token;
      return first >= token || line_of_[first] == here;
    };
    while (anchor != tree_.root() && begins_here(anchor))
      anchor = parents_[anchor.index];
    if (anchor == tree_.root()) return 0;
    anchor = chain_start(anchor);
    // After a keyword of the anchor that ends a line, such as `means`: in from that line.
    std::uint32_t before = token;
    while (before > 0 && (before == token || is_between(before)))
      --before;
    const bool introduces =
        holders_[before] == anchor && syntax::is_keyword(tree_.tokens[before].kind);
    const std::size_t indent = line_indent(introduces ? before : tree_.node(anchor).first_token);
    // The second text of a declaration's first line is not one of its clauses.
    const bool in_head = kind == TokenKind::kSLASH && indent == 0;
    return indent + (in_head ? 2 * kStep : kStep);
  }

  /// `if … otherwise if … otherwise` goes on from its first `if`.
  [[nodiscard]] NodeId chain_start(NodeId node) const {
    while (true) {
      const NodeId above = parents_[node.index];
      const NodeId beyond = above.valid() ? parents_[above.index] : NodeId{};
      const bool goes_on = beyond.valid() && tree_.kind(beyond) == tree_.kind(node) &&
                           tree_.node(beyond).last_token == tree_.node(node).last_token;
      if (!goes_on) return node;
      node = beyond;
    }
  }

  [[nodiscard]] bool is_between(std::uint32_t token) const {
    const TokenKind kind = tree_.tokens[token].kind;
    return kind == TokenKind::kBLANK || kind == TokenKind::kCOMMENT;
  }

  // --- blanks ---

  /// Does a clause of a declaration start here, such as a remark or `in force`?
  [[nodiscard]] bool starts_clause(std::uint32_t token) const {
    if (!syntax::is_keyword(tree_.tokens[token].kind)) return false;
    const bool in_fact = tree_.kind(holders_[token]) == NodeKind::kFactDecl;
    if (in_fact && tree_.tokens[token].kind == TokenKind::kIF_ANY) return true;
    return std::any_of(starts_[token].begin(), starts_[token].end(), [&](NodeId node) {
      const NodeId above = parents_[node.index];
      const NodeKind kind = tree_.kind(node);
      if (std::find(kHeadParts.begin(), kHeadParts.end(), kind) != kHeadParts.end()) return false;
      if (kind == NodeKind::kRemark) return true;
      const NodeId beyond = parents_[above.index];
      const NodeKind held = tree_.kind(above);
      const bool in_declaration = beyond.valid() && tree_.kind(beyond) == NodeKind::kDeclaration;
      return in_declaration || held == NodeKind::kFactDecl || held == NodeKind::kParameterValue;
    });
  }

  [[nodiscard]] std::size_t gap_between(const Word& left, const Word& right) const {
    if (right.is_comment) return 2;
    const TokenKind before = kind(left);
    const TokenKind after = kind(right);
    const bool chinese = right.tongue == Tongue::kChinese;
    if (starts_clause(right.token) && before != TokenKind::kLBRACE) return 2;
    if (std::find(kTight.begin(), kTight.end(), after) != kTight.end()) return 0;
    if (before == TokenKind::kLPAREN || before == TokenKind::kDOT) return 0;
    if (before == TokenKind::kMINUS && tree_.kind(holders_[left.token]) == NodeKind::kNegation) {
      return 0;
    }
    const bool full_width = before == TokenKind::kPOSSESSIVE || before == TokenKind::kSEMI ||
                            before == TokenKind::kCOMMA || before == TokenKind::kCOLON;
    return chinese && full_width ? 0 : 1;
  }

  // --- columns ---

  static std::size_t width(const std::vector<Piece>& pieces, std::size_t from, std::size_t to) {
    std::size_t result = 0;
    for (std::size_t at = from; at < to; ++at)
      result += (at == from ? 0 : pieces[at].gap) + diag::display_width(pieces[at].word->text);
    return result;
  }

  /// The node of a kind that a line begins with; not valid if there is none.
  [[nodiscard]] NodeId node_at(std::size_t line, NodeKind wanted) const {
    for (const NodeId node : starts_[lines_[line].pieces.front().word->token]) {
      if (tree_.kind(node) == wanted) return node;
    }
    return {};
  }

  void align_tables() {
    std::map<NodeId, std::vector<std::size_t>> tables;  // the lines of each table's rows
    for (std::size_t line = 0; line < lines_.size(); ++line) {
      const NodeId row = node_at(line, NodeKind::kRow);
      if (row.valid()) tables[parents_[row.index]].push_back(line);
    }
    for (const auto& [table, rows] : tables)
      align_rows(rows);
  }

  /// The pieces of a line that are bars.
  [[nodiscard]] std::vector<std::size_t> bars(const Line& line) const {
    std::vector<std::size_t> result;
    for (std::size_t at = 0; at < line.pieces.size(); ++at) {
      if (kind(*line.pieces[at].word) == TokenKind::kBAR) result.push_back(at);
    }
    return result;
  }

  void align_rows(const std::vector<std::size_t>& rows) {
    std::vector<std::size_t> widths;
    for (const std::size_t row : rows) {
      const std::vector<std::size_t> bar = bars(lines_[row]);
      widths.resize(std::max(widths.size(), bar.size()), 0);
      for (std::size_t cell = 1; cell < bar.size(); ++cell) {
        widths[cell] =
            std::max(widths[cell], width(lines_[row].pieces, bar[cell - 1] + 1, bar[cell]));
      }
    }
    for (const std::size_t row : rows) {
      const std::vector<std::size_t> bar = bars(lines_[row]);
      for (std::size_t cell = 1; cell < bar.size(); ++cell) {
        const std::size_t own = width(lines_[row].pieces, bar[cell - 1] + 1, bar[cell]);
        lines_[row].pieces[bar[cell]].gap = 1 + widths[cell] - own;
      }
    }
  }

  /// Sets the first of some pieces of each line in one column.
  void align(const std::vector<std::pair<std::size_t, std::size_t>>& places) {
    std::size_t column = 0;
    for (const auto& [line, piece] : places) {
      const std::size_t end = lines_[line].indent + width(lines_[line].pieces, 0, piece);
      if (end <= kMostAligned) column = std::max(column, end);
    }
    for (const auto& [line, piece] : places) {
      const std::size_t end = lines_[line].indent + width(lines_[line].pieces, 0, piece);
      lines_[line].pieces[piece].gap = 2 + (end < column ? column - end : 0);
    }
  }

  /// What is asked about the facts of one entity stands in one column.
  void align_clauses() {
    std::map<NodeId, std::vector<std::pair<std::size_t, std::size_t>>> groups;
    for (std::size_t line = 0; line < lines_.size(); ++line) {
      const NodeId fact = node_at(line, NodeKind::kFactDecl);
      if (!fact.valid()) continue;
      const std::vector<Piece>& pieces = lines_[line].pieces;
      const auto clause = std::find_if(pieces.begin() + 1, pieces.end(), [&](const Piece& piece) {
        return starts_clause(piece.word->token);
      });
      if (clause == pieces.end()) continue;
      groups[parents_[fact.index]].emplace_back(line, clause - pieces.begin());
    }
    for (const auto& [entity, places] : groups)
      align(places);
  }

  /// Comments behind the lines of one paragraph stand in one column.
  void align_comments() {
    std::vector<std::pair<std::size_t, std::size_t>> places;
    for (std::size_t line = 0; line <= lines_.size(); ++line) {
      const bool ends =
          line == lines_.size() || lines_[line].blank_before || lines_[line].indent == 0;
      if (ends && !places.empty()) {
        align(places);
        places.clear();
      }
      if (line == lines_.size()) break;
      const std::vector<Piece>& pieces = lines_[line].pieces;
      if (pieces.size() > 1 && pieces.back().word->is_comment) {
        places.emplace_back(line, pieces.size() - 1);
      }
    }
  }

  [[nodiscard]] std::string print() const {
    std::string page;
    for (const Line& line : lines_) {
      if (line.blank_before) page += '\n';
      page.append(line.indent, ' ');
      for (const Piece& piece : line.pieces) {
        page.append(piece.gap, ' ');
        page += piece.word->text;
      }
      page += '\n';
    }
    return page;
  }

  const SyntaxTree& tree_;
  const std::vector<Word>& words_;
  std::vector<NodeId> parents_;
  std::vector<NodeId> holders_;
  std::vector<std::vector<NodeId>> starts_;  ///< by token: the nodes that start there
  std::vector<std::size_t> line_of_;         ///< by token
  std::vector<Line> lines_;
};

}  // namespace

std::string lay_out(const SyntaxTree& tree, const std::vector<Word>& words) {
  return Layout(tree, words).run();
}

}  // namespace juzhu::format
