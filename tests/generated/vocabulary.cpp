#include "vocabulary.h"

#include <algorithm>

namespace juzhu::generated {
namespace {

Kind truth() { return {}; }
Kind number(Unit unit) { return {Sort::kNumber, unit, {}, false}; }
Kind of_sort(Sort sort, std::string of = {}) { return {sort, Unit::kNone, std::move(of), false}; }

const std::vector<ChoiceSpec>& choice_stock() {
  static const std::vector<ChoiceSpec> kStock = {
      {"band", "档次", {{"low", "低档"}, {"middle", "中档"}, {"high", "高档"}}},
      {"colour", "颜色", {{"red", "红色"}, {"green", "绿色"}}},
      {"tenure", "居住方式", {{"owned", "自有"}, {"rented", "租住"}, {"lent", "借住"}}}};
  return kStock;
}

const std::vector<ListSpec>& list_stock() {
  static const std::vector<ListSpec> kStock = {
      {"person", "stays", "居留", "stay", "居留段", "day"},
      {"person", "fees", "会费", "fee", "会费期", "month"},
      {"person", "courses", "课程", "course", "课", "year"},
      {"household", "homes", "住房", "home", "房", "day"}};
  return kStock;
}

/// Narrow domains, so that missing facts can be completed in every way.
const std::vector<FactSpec>& fact_stock() {
  static const std::vector<FactSpec> kStock = {
      {"household", "calm", "安静", "yes/no", truth(), 0, ""},
      {"household", "income", "收入", "money", number(Unit::kYuan), 2,
       "at least 0 yuan at most 0.03 yuan"},
      {"household", "head", "户主", "person", of_sort(Sort::kMember, "person"), 0, ""},
      {"household", "moved", "迁入日", "date", of_sort(Sort::kDate), 0, "if any"},
      {"person", "born", "生日", "date", of_sort(Sort::kDate), 0, ""},
      {"person", "able", "能力", "yes/no", truth(), 0, ""},
      {"person", "insured", "参保", "yes/no", truth(), 0, ""},
      {"person", "enrolled", "在读", "yes/no", truth(), 0, "if any"},
      {"person", "grade", "评级", "band", of_sort(Sort::kChoice, "band"), 0, ""},
      {"person", "lives_in", "住法", "tenure", of_sort(Sort::kChoice, "tenure"), 0, "if any"},
      {"person", "liked", "喜好", "set of colour", of_sort(Sort::kChoiceSet, "colour"), 0, ""},
      {"person", "tally", "得数", "number", number(Unit::kNone), 0, "at least 0 at most 3"},
      {"person", "loss", "失数", "number to 1 decimal", number(Unit::kNone), 1,
       "over -0.2 under 0.3"},
      {"person", "share", "占比", "percent", number(Unit::kNone), 4, "at least 50% at most 50.02%"},
      {"person", "debts", "欠项", "number", number(Unit::kNone), 0, "at least -1 at most 1 if any"},
      {"person", "paid", "已缴", "money", number(Unit::kYuan), 2,
       "at least 0 yuan at most 0.02 yuan"},
      {"person", "marks", "积点", "points", number(Unit::kPoint), 0, "at least 0 at most 2"},
      {"person", "helped", "志愿", "lessons to 1 decimal", number(Unit::kLesson), 1,
       "at least 0 lessons at most 0.3 lessons"},
      {"person", "waited", "等候", "days", number(Unit::kDay), 0,
       "at least 88 days at most 91 days"},
      {"person", "served", "服务月", "months", number(Unit::kMonth), 0,
       "at least 5 months at most 7 months"},
      {"person", "trained", "培训年", "years", number(Unit::kMonth), 0, "if any"},
      {"person", "joined", "加入日", "date", of_sort(Sort::kDate), 0, "if any"},
      {"person", "first_month", "首月", "calendar_month", of_sort(Sort::kMonth), 0, ""},
      {"person", "hukou", "户籍", "place", of_sort(Sort::kPlace), 0, ""},
      {"person", "works_in", "工作地", "place", of_sort(Sort::kPlace), 0, "if any"},
      {"person", "nick", "小名", "text", of_sort(Sort::kText), 0, ""},
      {"person", "friend", "朋友", "person", of_sort(Sort::kMember, "person"), 0, "if any"},
      {"person", "parents", "父母", "set of person", of_sort(Sort::kMemberSet, "person"), 0, ""},
      {"pet", "tame", "温顺", "yes/no", truth(), 0, ""},
      {"pet", "age", "岁数", "number", number(Unit::kNone), 0, "at least 0 at most 2"},
      {"pet", "keeper", "饲主", "person", of_sort(Sort::kMember, "person"), 0, ""},
      {"stays", "where", "地方", "place", of_sort(Sort::kPlace), 0, ""},
      {"stays", "kind", "方式", "tenure", of_sort(Sort::kChoice, "tenure"), 0, ""},
      {"stays", "legal", "合法", "yes/no", truth(), 0, ""},
      {"stays", "rent", "租金", "money", number(Unit::kYuan), 2,
       "at least 0 yuan at most 0.02 yuan if any"},
      {"fees", "kinds", "种类", "set of colour", of_sort(Sort::kChoiceSet, "colour"), 0, ""},
      {"fees", "late", "补缴", "yes/no", truth(), 0, ""},
      {"fees", "units", "份数", "number", number(Unit::kNone), 0, "at least 1 at most 3"},
      {"courses", "level_of", "级别", "band", of_sort(Sort::kChoice, "band"), 0, ""},
      {"courses", "passed", "通过", "yes/no", truth(), 0, "if any"},
      {"homes", "owner", "房主", "person", of_sort(Sort::kMember, "person"), 0, ""},
      {"homes", "whole", "全产权", "yes/no", truth(), 0, ""}};
  return kStock;
}

struct PlaceSpec {
  const char *name, *zh, *level, *parent, *code;
};
constexpr PlaceSpec kPlaces[] = {
    {"Land", "大地国", "nation", "", "10"},           {"North", "北方省", "province", "Land", "11"},
    {"Harbour", "港口市", "city", "North", "12"},     {"Quay", "码头区", "county", "Harbour", "13"},
    {"Hill", "山丘区", "county", "Harbour", "14"},    {"Fen", "沼泽市", "city", "North", "15"},
    {"West", "西方省", "province", "Land", "16"},     {"Mill", "磨坊镇", "town", "Hill", "17"},
    {"Quay_School", "码头学校", "zone", "Quay", "18"}};

class Builder {
 public:
  explicit Builder(Random& random) : random_(random) {}

  Vocabulary build() {
    choose_stock();
    units_and_choices();
    divisions();
    entities();
    spells();
    role();
    return std::move(made_);
  }

 private:
  void noun(const std::string& name, const std::string& zh) {
    made_.zh[name] = zh;
    made_.nouns.insert(name);
  }
  std::string name_of(const std::string& name, const std::string& zh) {
    made_.zh[name] = zh;
    return naming(random_, name, zh);
  }
  std::string maybe_text() { return random_.percent(20) ? " " + text_in_quotes(random_) : ""; }

  void choose_stock() {
    made_.choices = choice_stock();
    made_.entities = {"person"};
    if (random_.percent(25)) made_.entities.emplace_back("pet");
    for (const ListSpec& list : list_stock()) {
      if (random_.percent(55)) made_.lists.push_back(list);
    }
    const auto is_there = [&](const std::string& owner) {
      const auto has_name = [&](const ListSpec& list) { return list.name == owner; };
      return owner == "household" ||
             std::find(made_.entities.begin(), made_.entities.end(), owner) !=
                 made_.entities.end() ||
             std::any_of(made_.lists.begin(), made_.lists.end(), has_name);
    };
    for (const FactSpec& fact : fact_stock()) {
      if (is_there(fact.owner) && (fact.name == "born" || random_.percent(55)))
        made_.facts.push_back(fact);
    }
  }

  void units_and_choices() {
    made_.declarations.push_back("unit " + name_of("lessons", "课时"));
    for (const ChoiceSpec& choice : made_.choices) {
      std::string text = "choice " + name_of(choice.name, choice.zh) + maybe_text() + " {";
      for (const auto& [name, zh] : choice.options)
        text += (text.back() == '{' ? " " : ", ") + name_of(name, zh);
      made_.declarations.push_back(text + " }");
    }
  }

  void divisions() {
    const bool from_file = random_.percent(30);
    made_.divisions_file = "code,name_zh,short_zh,name_en,level,parent\n";
    for (const PlaceSpec& place : kPlaces) {
      const bool in_file = from_file && std::string(place.level) != "zone";
      made_.zh[place.name] = place.zh;
      const auto has_name = [&](const PlaceSpec& other) {
        return other.name == std::string(place.parent);
      };
      const auto* parent = std::find_if(std::begin(kPlaces), std::end(kPlaces), has_name);
      const bool has_parent = parent != std::end(kPlaces);
      if (in_file) {
        made_.divisions_file += std::string(place.code) + "," + place.zh + "," + place.zh + "," +
                                place.name + "," + place.level + "," +
                                (has_parent ? parent->code : "") + "\n";
      } else {
        made_.declarations.push_back(
            "division " + naming(random_, place.name, place.zh) + " as " + place.level +
            (has_parent ? std::string(" in ") + place.parent : "") +
            (random_.percent(30) ? std::string(" code \"") + place.code + "\"" : ""));
      }
      made_.places.emplace_back(has_parent && random_.percent(40)
                                    ? std::string(place.parent) + "." + place.name
                                    : place.name);
    }
    if (from_file) made_.declarations.emplace_back("divisions from \"places.csv\"");
  }

  std::string fact_text(const FactSpec& fact) {
    std::string text = "fact " + name_of(fact.name, fact.zh);
    if (fact.name == "parents" && random_.percent(50)) {
      noun("parent", "家长");
      text += " each " + naming(random_, "parent", "家长");
    }
    text += ": " + fact.type + maybe_text();
    std::vector<std::string> parts;
    if (!fact.after.empty()) parts.push_back(fact.after);
    if (random_.percent(20)) parts.push_back("asks " + text_in_quotes(random_));
    if (random_.percent(8)) parts.push_back("note " + text_in_quotes(random_));
    if (random_.percent(5)) parts.push_back("vague " + text_in_quotes(random_));
    random_.shuffle(parts);
    for (const std::string& part : parts)
      text += " " + part;
    return text;
  }

  std::string facts_of(const std::string& owner) {
    std::vector<std::string> texts;
    for (const FactSpec& fact : made_.facts) {
      if (fact.owner == owner) texts.push_back(fact_text(fact));
    }
    std::string text = " {";
    for (const std::string& each : texts)
      text += "\n  " + each;
    return text + " }";
  }

  void entities() {
    made_.declarations.push_back("entity household / 户" + maybe_text() + " { fact " +
                                 name_of("place", "居住地") + ": place }");
    made_.declarations.push_back("entity household / 户" + facts_of("household"));
    noun("household", "户");
    noun("person", "人");
    made_.declarations.push_back("entity person / 人 in household" + maybe_text() +
                                 facts_of("person"));
    if (made_.entities.size() == 1) return;
    noun("pet", "宠物");
    made_.declarations.push_back("entity pet / 宠物 in household" + facts_of("pet"));
  }

  void spells() {
    for (const ListSpec& list : made_.lists) {
      noun(list.row, list.row_zh);
      made_.declarations.push_back("spells " + list.owner + "'s " + name_of(list.name, list.zh) +
                                   " each " + naming(random_, list.row, list.row_zh) + " by " +
                                   list.by + maybe_text() + facts_of(list.name));
    }
  }

  void role() {
    noun("child", "孩子");
    made_.declarations.push_back("role " + naming(random_, "child", "孩子") +
                                 " means person where full years from person's born to today is "
                                 "under 18 years old");
  }

  Random& random_;
  Vocabulary made_;
};

}  // namespace

const ChoiceSpec& Vocabulary::choice(const std::string& name) const {
  return *std::find_if(choices.begin(), choices.end(),
                       [&](const ChoiceSpec& each) { return each.name == name; });
}

const ListSpec& Vocabulary::list(const std::string& name) const {
  return *std::find_if(lists.begin(), lists.end(),
                       [&](const ListSpec& each) { return each.name == name; });
}

Vocabulary make_vocabulary(Random& random) { return Builder(random).build(); }

std::string naming(Random& random, const std::string& name, const std::string& zh) {
  return random.percent(50) ? name + " / " + zh : zh + " / " + name;
}

std::string text_in_quotes(Random& random) {
  const auto pick = random.below(3);
  if (pick == 0) return "\"A text\"";
  return pick == 1 ? "\"A text\" / \"说明\"" : "\"说明\"";
}

}  // namespace juzhu::generated
