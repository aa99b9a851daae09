// Lists on two sides of a comparison as text for people, and as data.
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "report/layout.h"
#include "report/list_changes.h"

namespace juzhu::report {
namespace {

using engine::PlaceList;
using Json = nlohmann::ordered_json;
using Why = LostPlace::Why;

constexpr std::size_t kNamesShown = 8;

class ListWriter {
 public:
  explicit ListWriter(bool chinese) : chinese_(chinese) {}

  [[nodiscard]] std::string_view say(std::string_view en, std::string_view zh) const {
    return chinese_ ? zh : en;
  }

  void line(std::string_view first, const std::string& words, std::string_view then) {
    bool is_first = true;
    for (const std::string& part : wrap(words, kTerminalColumns - then.size())) {
      text += fmt::format("{}{}\n", is_first ? first : then, part);
      is_first = false;
    }
  }

  void side(std::string_view label, const ListVoice& voice, const PlaceList* list) {
    if (list == nullptr) {
      line("  ", fmt::format("{}{}", label, say("no such list", "无此名单")), "    ");
      return;
    }
    line("  ", fmt::format("{}{}", label, list_counts_text(voice, *list)), "    ");
    for (const std::string& school : list_school_lines(voice, *list))
      line("    ", school, "      ");
  }

  [[nodiscard]] std::string names(const std::vector<std::string>& all) const {
    const std::size_t shown = std::min(all.size(), kNamesShown);
    const std::vector<std::string> some(all.begin(),
                                        all.begin() + static_cast<std::ptrdiff_t>(shown));
    std::string found = fmt::format("{}", fmt::join(some, say(", ", "、")));
    if (all.size() > shown) {
      found += chinese_ ? fmt::format("等 {} 名", all.size())
                        : fmt::format(" and {} more", all.size() - shown);
    }
    return found;
  }

  [[nodiscard]] std::string displaced_by(const LostPlace& lost) const {
    if (lost.by.empty() && lost.perhaps.empty())
      return std::string(say("nobody new stands above it", "前面并无新人"));
    std::string by;
    if (!lost.by.empty()) {
      by = chinese_ ? fmt::format("被 {} 挤出", names(lost.by))
                    : fmt::format("displaced by {}", names(lost.by));
    }
    if (lost.perhaps.empty()) return by;
    const std::string perhaps = names(lost.perhaps);
    if (by.empty()) {
      return chinese_ ? fmt::format("可能被 {} 挤出", perhaps)
                      : fmt::format("displaced, perhaps by {}", perhaps);
    }
    return chinese_ ? fmt::format("{}，可能还有 {}", by, perhaps)
                    : fmt::format("{}, perhaps by {}", by, perhaps);
  }

  [[nodiscard]] std::string why(const LostPlace& lost) const {
    switch (lost.why) {
      case Why::kDisplaced:
        return displaced_by(lost);
      case Why::kOwn:
        return std::string(
            say("its own keys, wishes or groups changed", "自身排序依据、志愿或类别有变"));
      case Why::kOffTheList:
        return std::string(say("no longer on the list", "不再列入名单"));
    }
    return {};
  }

  std::string text;

 private:
  bool chinese_;
};

std::string_view why_key(Why why) {
  switch (why) {
    case Why::kDisplaced:
      return "displaced";
    case Why::kOwn:
      return "own_keys";
    case Why::kOffTheList:
      return "off_the_list";
  }
  return "";
}

}  // namespace

std::string ListChanges::text(bool chinese) const {
  ListWriter out(chinese);
  const ListVoice before{before_, chinese};
  const ListVoice after{after_, chinese};
  for (const ListChange& change : changes_) {
    out.text += change.before != nullptr ? list_heading(before, *change.before)
                                         : list_heading(after, *change.after);
    out.text += '\n';
    out.side(out.say("before: ", "之前："), before, change.before);
    out.side(out.say("after:  ", "之后："), after, change.after);
    if (!change.newly.empty()) {
      out.line("  ",
               fmt::format("{}{}", out.say("newly placed: ", "新录取："), out.names(change.newly)),
               "    ");
    }
    for (std::size_t i = 0; i < std::min(change.lost.size(), kNamesShown); ++i) {
      const LostPlace& lost = change.lost[i];
      out.line("  ",
               fmt::format("{}{}{}{}", out.say("lost its place: ", "失去学位："), lost.child,
                           out.say(", ", "，"), out.why(lost)),
               "    ");
    }
    if (change.lost.size() > kNamesShown) {
      const std::size_t more = change.lost.size() - kNamesShown;
      out.line("  ",
               chinese ? fmt::format("另有 {} 名失去学位", more)
                       : fmt::format("{} more lost their places", more),
               "    ");
    }
  }
  if (out.text.empty()) return {};
  return fmt::format("\n{}\n{}", out.say("Places", "分配结果"), out.text);
}

Json ListChanges::json(bool chinese) const {
  Json lists = Json::array();
  const auto side = [&](const sema::Program& program, const PlaceList* list) {
    return list == nullptr ? Json(nullptr) : list_head_json({program, chinese}, *list);
  };
  for (const ListChange& change : changes_) {
    Json lost = Json::array();
    for (const LostPlace& each : change.lost) {
      Json one{{"child", each.child}, {"why", why_key(each.why)}};
      if (!each.school.empty()) one["school"] = each.school;
      if (each.why == Why::kDisplaced) {
        one["by"] = each.by;
        one["perhaps_by"] = each.perhaps;
      }
      lost.push_back(std::move(one));
    }
    lists.push_back({{"before", side(before_, change.before)},
                     {"after", side(after_, change.after)},
                     {"newly_placed", change.newly},
                     {"lost", std::move(lost)}});
  }
  return lists;
}

}  // namespace juzhu::report
