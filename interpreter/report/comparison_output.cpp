// A comparison as text for people, and as data.
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "diag/render.h"
#include "explain/words.h"
#include "report/comparison.h"
#include "report/layout.h"

namespace juzhu::report {
namespace {

using compare::Change;
using Json = nlohmann::ordered_json;

constexpr std::size_t kNumberColumns = 11;

std::string_view change_name(Change change, bool chinese) {
  switch (change) {
    case Change::kGained:
      return chinese ? "受益" : "gained";
    case Change::kLost:
      return chinese ? "受损" : "lost";
    case Change::kUnchanged:
      return chinese ? "不变" : "unchanged";
    case Change::kMayGain:
      return chinese ? "可能受益" : "may gain";
    case Change::kMayLose:
      return chinese ? "可能受损" : "may lose";
    case Change::kMayChange:
      return chinese ? "可能变化" : "may change";
    case Change::kUndetermined:
      return chinese ? "无法判定" : "undeterm.";
  }
  return "";
}

const Amount& of(const ChangeCounts& counts, Change change) {
  return counts.changes[static_cast<std::size_t>(change)];
}

/// What the list says to it; nothing if it is on none.
std::string_view seat_words(compare::Seat seat, bool chinese) {
  switch (seat) {
    case compare::Seat::kNoList:
      return "";
    case compare::Seat::kPlaced:
      return chinese ? "录取" : "placed";
    case compare::Seat::kNone:
      return chinese ? "未录取" : "no place";
    case compare::Seat::kOpen:
      return chinese ? "录取未定" : "place open";
    case compare::Seat::kTrouble:
      return chinese ? "因数据错误未列入" : "left out of the list";
  }
  return "";
}

/// "granted by non_hukou_child", "unknown (permits)".
std::string answer_words(const AnswerLine& line, compare::Seat seat, bool chinese) {
  std::string text = line.outcome;
  for (const eval::OutcomeKind kind : eval::kOutcomeKinds) {
    if (line.outcome == outcome_key(kind)) text = eval::outcome_words(kind).in(chinese);
  }
  if (!line.rules.empty()) {
    const std::string rules = fmt::format("{}", fmt::join(line.rules, chinese ? "、" : ", "));
    text += chinese ? fmt::format("（{}）", rules) : fmt::format(" by {}", rules);
  } else if (line.outcome == "denied") {
    text += chinese ? "（无规则准予）" : ", no rule grants";
  }
  if (!line.missing.empty()) {
    const std::string facts = fmt::format("{}", fmt::join(line.missing, chinese ? "、" : ", "));
    text += chinese ? fmt::format("，取决于{}", facts) : fmt::format(", depends on {}", facts);
  }
  const std::string_view place = seat_words(seat, chinese);
  if (!place.empty()) text += fmt::format("{}{}", chinese ? "，" : ", ", place);
  return text;
}

/// A cell of CSV.
std::string cell(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char letter : text)
    quoted += letter == '"' ? std::string("\"\"") : std::string(1, letter);
  return quoted + '"';
}

}  // namespace

class ComparisonWriter {
 public:
  ComparisonWriter(bool chinese, bool weighted) : chinese_(chinese), weighted_(weighted) {}

  std::string_view say(std::string_view en, std::string_view zh) const {
    return chinese_ ? zh : en;
  }

  void wrapped(const std::string& line, std::string_view indent = "") {
    bool first = true;
    for (const std::string& part : wrap(line, kTerminalColumns - indent.size())) {
      text += (first ? "" : std::string(indent)) + part + "\n";
      first = false;
    }
  }

  void header(std::string_view title, const std::vector<Change>& columns) {
    text += "\n" + diag::pad_right(title, name_width(columns));
    for (const Change change : columns)
      text += pad_left(change_name(change, chinese_), kNumberColumns);
    text += "\n";
  }

  void row(const std::string& name, const ChangeCounts& counts, const std::vector<Change>& columns,
           bool weights) {
    const std::size_t width = name_width(columns);
    const bool fits = diag::display_width(name) < width;
    if (!fits) text += name + "\n";
    text += diag::pad_right(fits ? std::string_view(name) : "", width);
    for (const Change change : columns) {
      const Amount& amount = of(counts, change);
      text += pad_left(
          weights ? grouped((amount.millionths + 500'000) / 1'000'000) : grouped(amount.count),
          kNumberColumns);
    }
    text += "\n";
  }

  [[nodiscard]] bool weighted() const { return weighted_; }

  std::string text;

 private:
  static std::size_t name_width(const std::vector<Change>& columns) {
    return kTerminalColumns - std::min(kNumberColumns * columns.size(), std::size_t{66});
  }

  bool chinese_;
  bool weighted_;
};

namespace {

/// Classes that occur; gained, lost and unchanged always.
std::vector<Change> columns_of(const std::vector<ServiceComparison>& services) {
  std::vector<Change> columns;
  for (const Change change : compare::kChanges) {
    const bool always =
        change == Change::kGained || change == Change::kLost || change == Change::kUnchanged;
    const bool occurs = std::any_of(services.begin(), services.end(), [&](const auto& service) {
      return of(service.all, change).count > 0;
    });
    if (always || occurs) columns.push_back(change);
  }
  return columns;
}

std::string side_text(const SideHead& side, bool chinese) {
  std::string text = value::date_text(side.date);
  const auto add = [&](const std::string& part) { text += " · " + part; };
  if (!side.rules.empty()) add(side.rules);
  if (side.place) {
    const value::PlaceTree& tree = side.program->schema->places;
    add(chinese ? tree.path_zh(*side.place) : tree.path_en(*side.place));
  }
  if (side.lowest_level != ops::Level::kPractice) {
    const std::string_view level = explain::level_name(side.lowest_level, chinese);
    add(chinese ? fmt::format("{}及以上", level) : fmt::format("{} and above", level));
  }
  if (!side.reforms.empty()) {
    add(chinese ? fmt::format("依改革 {}", fmt::join(side.reforms, "、"))
                : fmt::format("under reform {}", fmt::join(side.reforms, ", ")));
  }
  return text;
}

Json amount_json(const Amount& amount) {
  return {{"count", amount.count}, {"weighted", weight_text(amount.millionths)}};
}

Json counts_json(const ChangeCounts& counts) {
  Json result = Json::object();
  for (const Change change : compare::kChanges)
    result[std::string(compare::change_key(change))] = amount_json(of(counts, change));
  result["became_unknown"] = amount_json(counts.became_unknown);
  result["became_known"] = amount_json(counts.became_known);
  return result;
}

Json side_json(const SideHead& side) {
  Json result{{"date", value::date_text(side.date)}};
  if (!side.rules.empty()) result["rules"] = side.rules;
  if (side.place) result["place"] = side.program->schema->places.path_en(*side.place);
  result["lowest_level"] = explain::level_name(side.lowest_level, false);
  result["reforms"] = side.reforms;
  return result;
}

/// Ages are kept with two digits, so that they stand in their order, and shown without.
std::string group_label(const Grouping& grouping, const std::string& value) {
  if (grouping.kind != Grouping::Kind::kAge) return value;
  const auto is_digit = [&](std::size_t at) {
    return at < value.size() && value[at] >= '0' && value[at] <= '9';
  };
  std::string label;
  for (std::size_t at = 0; at < value.size(); ++at) {
    const bool leads = value[at] == '0' && is_digit(at + 1) && (at == 0 || !is_digit(at - 1));
    if (!leads) label += value[at];
  }
  return label;
}

std::string service_words(const SideHead& side, std::uint32_t service, bool chinese) {
  return explain::display_name(side.program->services[service].name, chinese);
}

}  // namespace

/// A few children of one class, and how many more there are; returns the command that explains the
/// first of them.
std::string Comparison::examples_text(const ServiceComparison& service, Change change,
                                      const std::string& explain_command,
                                      ComparisonWriter& out) const {
  const std::vector<ChangedChild>& examples = service.examples[static_cast<std::size_t>(change)];
  for (const ChangedChild& child : examples) {
    out.wrapped(
        fmt::format("  {}: {}/{}  {} → {}", change_name(change, chinese_), child.before.household,
                    child.before.child, answer_words(child.before, child.places.before, chinese_),
                    answer_words(child.after, child.places.after, chinese_)),
        "      ");
  }
  const std::uint64_t more = of(service.all, change).count - examples.size();
  if (more > 0) {
    out.text += chinese_
                    ? fmt::format("    ……另有 {} 名（--format csv 全部列出）\n", grouped(more))
                    : fmt::format("    … and {} more (--format csv lists all)\n", grouped(more));
  }
  if (examples.empty()) return {};
  const AnswerLine& first = examples.front().before;
  return fmt::format("{} --child {}/{} --service {}", explain_command, first.household, first.child,
                     first.service);
}

/// What changes for one service, with examples; returns the command that explains the first of
/// them.
std::string Comparison::service_text(const ServiceComparison& service,
                                     const std::string& explain_command,
                                     ComparisonWriter& out) const {
  const auto say = [&](std::string_view en, std::string_view zh) { return out.say(en, zh); };
  const std::vector<Change> columns = columns_of(services_);
  std::string next;
  const ChangeCounts& all = service.all;
  const std::string name = service_words(before_, service.service, chinese_);
  const std::uint64_t total = [&] {
    std::uint64_t sum = 0;
    for (const Amount& amount : all.changes)
      sum += amount.count;
    return sum;
  }();
  const bool changes = of(all, Change::kUnchanged).count < total;
  if (all.became_unknown.count + all.became_known.count > 0) {
    out.text += "\n";
    out.wrapped(chinese_ ? fmt::format("{}：{} 个答案变为未知，{} 个变为已知", name,
                                       all.became_unknown.count, all.became_known.count)
                         : fmt::format("{}: {} became unknown, {} became known", name,
                                       number_of(all.became_unknown.count, "answer", "answers"),
                                       all.became_known.count));
  }
  if (service.open > 0) {
    out.wrapped(chinese_ ? fmt::format("{}：{} 个因搜索中止而归类从宽", name, service.open)
                         : fmt::format("{}: {} cautious, the search was cut off", name,
                                       number_of(service.open, "class is", "classes are")));
  }
  if (!changes) return {};
  for (std::size_t i = 0; i < groupings_.size(); ++i) {
    out.header(fmt::format("{}, {} {}", name, say("by", "按"), groupings_[i].name), columns);
    for (const auto& [value, counts] : service.groups[i])
      out.row("  " + group_label(groupings_[i], value), counts, columns, false);
  }
  out.text += "\n" + name + "\n";
  for (const Change change : compare::kChanges) {
    if (change == Change::kUnchanged) continue;
    const std::string command = examples_text(service, change, explain_command, out);
    if (next.empty()) next = command;
  }
  return next;
}

std::string Comparison::text(const std::string& explain_command, const ListChanges* lists) const {
  ComparisonWriter out(chinese_, weighted_);
  const auto say = [&](std::string_view en, std::string_view zh) { return out.say(en, zh); };
  out.wrapped(fmt::format("{}{}", say("before: ", "之前："), side_text(before_, chinese_)));
  out.wrapped(fmt::format("{}{}", say("after:  ", "之后："), side_text(after_, chinese_)));
  out.wrapped(chinese_ ? fmt::format("{} 户，{} 名儿童", grouped(households_), grouped(children_))
                       : fmt::format("{}, {}", number_of(households_, "household", "households"),
                                     number_of(children_, "child", "children")));
  if (left_out_ > 0) {
    out.wrapped(chinese_
                    ? fmt::format("另有 {} 人仅在其中一日为儿童，未计入", left_out_)
                    : fmt::format("{} on one of the two days only: left out",
                                  number_of(left_out_, "more is a child", "more are children")));
  }
  const std::vector<Change> columns = columns_of(services_);
  const auto table = [&](bool weights) {
    out.header(weights ? say("weighted", "加权") : say("service", "服务"), columns);
    for (const ServiceComparison& service : services_)
      out.row(service_words(before_, service.service, chinese_), service.all, columns, weights);
  };
  table(false);
  if (weighted_) table(true);
  std::string next;
  for (const ServiceComparison& service : services_) {
    const std::string command = service_text(service, explain_command, out);
    if (next.empty()) next = command;
  }
  if (lists != nullptr) out.text += lists->text(chinese_);
  if (!next.empty()) {
    out.text += fmt::format("\n{}\n  {}\n", say("Why, on the other side:", "另一侧的理由："), next);
  } else if (children_ > 0) {
    out.text += fmt::format("\n{}\n", say("Nothing changes for anybody.", "对任何孩子均无变化。"));
  }
  return std::move(out.text);
}

Json Comparison::json(const ListChanges* lists) const {
  Json services = Json::array();
  for (const ServiceComparison& service : services_) {
    Json groups = Json::object();
    for (std::size_t i = 0; i < groupings_.size(); ++i) {
      Json values = Json::object();
      for (const auto& [value, counts] : service.groups[i])
        values[group_label(groupings_[i], value)] = counts_json(counts);
      groups[groupings_[i].name] = std::move(values);
    }
    services.push_back({{"service", before_.program->services[service.service].name.in(chinese_)},
                        {"changes", counts_json(service.all)},
                        {"open", service.open},
                        {"groups", std::move(groups)}});
  }
  Json json{{"before", side_json(before_)},     {"after", side_json(after_)},
            {"households", households_},        {"children", children_},
            {"children_on_one_day", left_out_}, {"services", std::move(services)}};
  if (lists != nullptr) json["lists"] = lists->json(chinese_);
  return json;
}

std::string Comparison::csv_header() {
  return "household,child,place,weight,service,change,before,before_rules,after,after_rules,"
         "before_missing,after_missing,open,place_before,place_after,displaced_by\n";
}

std::string Comparison::csv_line(const ChangedChild& child, const compare::Compared& compared) {
  const auto list = [](const std::vector<std::string>& items) {
    return cell(fmt::format("{}", fmt::join(items, ";")));
  };
  const AnswerLine& before = child.before;
  const AnswerLine& after = child.after;
  return fmt::format("{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{}\n", cell(before.household),
                     cell(before.child), cell(before.place), before.weight, cell(before.service),
                     compare::change_key(compared.change), before.outcome, list(before.rules),
                     after.outcome, list(after.rules), list(before.missing), list(after.missing),
                     compared.open ? "yes" : "no", seat_key(child.places.before),
                     seat_key(child.places.after), list(child.places.by));
}

Json Comparison::line_json(const ChangedChild& child, const compare::Compared& compared) {
  const auto side = [](const AnswerLine& line, compare::Seat seat) {
    Json json{{"outcome", line.outcome},   {"possible", line.possible}, {"rules", line.rules},
              {"articles", line.articles}, {"missing", line.missing},   {"error", line.error}};
    if (seat != compare::Seat::kNoList) json["place"] = seat_key(seat);
    return json;
  };
  Json json{{"household", child.before.household},
            {"child", child.before.child},
            {"place", child.before.place},
            {"weight", child.before.weight},
            {"service", child.before.service},
            {"change", compare::change_key(compared.change)},
            {"open", compared.open},
            {"before", side(child.before, child.places.before)},
            {"after", side(child.after, child.places.after)}};
  if (child.places.displaced) json["displaced_by"] = child.places.by;
  return json;
}

}  // namespace juzhu::report
