// Conditions on a page, and what stands behind them.
#include <fmt/format.h>

#include <algorithm>

#include "explain/conclusion.h"
#include "explain/text_writer.h"
#include "explain/words.h"

namespace juzhu::explain {
namespace {

std::string_view sign_of(Truth truth) {
  switch (truth) {
    case Truth::kYes:
      return "✓";
    case Truth::kNo:
      return "✗";
    case Truth::kUnknown:
      return "?";
    case Truth::kError:
      return "!";
    case Truth::kNone:
      return "·";
  }
  return "·";
}

std::string_view word_of(Truth truth, bool chinese) {
  switch (truth) {
    case Truth::kYes:
      return chinese ? "符合" : "met";
    case Truth::kNo:
      return chinese ? "不符" : "not met";
    case Truth::kUnknown:
      return chinese ? "不详" : "not known";
    case Truth::kError:
      return chinese ? "出错" : "fails";
    case Truth::kNone:
      return "";
  }
  return "";
}

Ink ink_of(Truth truth) {
  switch (truth) {
    case Truth::kYes:
      return Ink::kGood;
    case Truth::kNo:
    case Truth::kError:
      return Ink::kBad;
    case Truth::kUnknown:
      return Ink::kOpen;
    case Truth::kNone:
      return Ink::kFaint;
  }
  return Ink::kPlain;
}

}  // namespace

void TextWriter::children(const Node& parent, std::size_t indent, bool shown) {
  for (const Node& child : parent.children) {
    if (child.kind == NodeKind::kMore && child.count > 0 && !options_.all) {
      continue;  // the line above says that one is enough
    }
    node(child, std::min(indent, kDeepestIndent), shown, &parent);
  }
}

/// A line that would only announce the one below it gives way to that one.
const Node* TextWriter::stands_for(const Node& node) const {
  if (options_.all || node.children.empty() || !node.cites.empty()) {
    return nullptr;
  }
  const Node& first = node.children.front();
  const bool alone = node.children.size() == 1 ||
                     (node.children.size() == 2 && node.children[1].kind == NodeKind::kMore);
  if (!alone || first.truth != node.truth) {
    return nullptr;
  }
  if (node.kind == NodeKind::kAny) {
    return &first;
  }
  const bool named = first.text.in(chinese_).find(node.text.in(chinese_)) != std::string::npos;
  return node.kind == NodeKind::kElement && named ? &first : nullptr;
}

std::string TextWriter::condition_line(const Node& node) const {
  const bool name_first = node.kind == NodeKind::kElement || node.kind == NodeKind::kRule;
  const std::string_view word = word_of(node.truth, chinese_);
  std::string text = name_first ? say("{}: {}", "{}：{}", node.text.in(chinese_), word)
                                : say("{}: {}", "{}：{}", word, node.text.in(chinese_));
  if (!node.value.empty()) {
    text += say(" ({})", "（{}）", node.value.in(chinese_));
  }
  if (node.state && *node.state != value::InputState::kStated) {
    text += say(" ({})", "（{}）", state_name(*node.state, chinese_));
  }
  if (!node.cites.empty()) {
    text += say(" [{}]", "［{}］", citation_line(node.cites, chinese_));
  }
  return text;
}

void TextWriter::node(const Node& node, std::size_t indent, bool shown, const Node* parent) {
  if (node.truth == Truth::kNone) {
    evidence(node, indent, parent);
    return;
  }
  if (const Node* other = stands_for(node)) {
    this->node(*other, indent, shown, parent);
    return;
  }
  std::string line = condition_line(node);
  const bool empty = node.children.size() == 1 && node.children[0].kind == NodeKind::kMore &&
                     node.children[0].count == 0;
  if (empty) {
    line += say(": {}", "：{}", node.children[0].text.in(chinese_));
  }
  page_.line(indent, sign_of(node.truth), line, ink_of(node.truth));
  if (node.kind != NodeKind::kFact) {
    remarks(node.remarks, indent + kStep, shown || options_.all);
  } else if (options_.all) {
    remarks(node.remarks, indent + kStep, true);
  }
  const bool is_leaf = node.kind == NodeKind::kCondition || node.kind == NodeKind::kFact ||
                       node.kind == NodeKind::kDefinition;
  const bool closed = node.truth == Truth::kYes && !shown && !options_.all;
  if (!empty && !(is_leaf && closed)) {
    children(node, indent + kStep, shown);
  }
}

std::string TextWriter::evidence_line(const Node& node) const {
  std::string text = node.text.in(chinese_);
  const bool stated = !node.state || *node.state == value::InputState::kStated;
  if (!node.value.empty()) {
    text += say(": {}", "：{}", node.value.in(chinese_));
  }
  if (node.state && (!stated || node.value.empty())) {
    text += node.value.empty() ? pick(": ", "：") : pick(", ", "，");
    text += state_name(*node.state, chinese_);
  }
  text += node.place.empty() ? "" : say(", {}", "，{}", node.place.in(chinese_));
  const std::string cites = citation_line(node.cites, chinese_);
  return text + (cites.empty() ? "" : say(" [{}]", "［{}］", cites));
}

/// What was read: a definition, a parameter, a fact, or how much was left out.
void TextWriter::evidence(const Node& node, std::size_t indent, const Node* parent) {
  const bool stated = !node.state || *node.state == value::InputState::kStated;
  if (parent != nullptr && node.kind == NodeKind::kFact && stated && !options_.all &&
      node.value.in(chinese_) == parent->value.in(chinese_)) {
    return;  // the line above gives the fact's value
  }
  const bool repeats = parent != nullptr &&
                       (node.kind == NodeKind::kDefinition || node.kind == NodeKind::kQuestion) &&
                       parent->text.in(chinese_).find(node.text.in(chinese_)) != std::string::npos;
  std::string line = evidence_line(node);
  if (repeats) {
    const std::string cites = citation_line(node.cites, chinese_);
    line = cites.empty() ? "" : say("as counted by {}", "依{}计算", cites);
  }
  // The same threshold for each parent is said once.
  const bool general = repeats || node.kind == NodeKind::kParameter;
  const bool said = general && !options_.all && !said_.insert(line).second;
  if (!line.empty() && !said) {
    page_.line(indent, "·", line, Ink::kFaint);
  }
  if (!said && (node.kind != NodeKind::kFact || options_.all)) {
    remarks(node.remarks, repeats ? indent : indent + kStep, true);
  }
  children(node, repeats ? indent : indent + kStep, true);
}

}  // namespace juzhu::explain
