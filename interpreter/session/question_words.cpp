// What a question is about: a service or score, a person, and `at`, `on`, `by`, `under` for once.
#include <fmt/format.h>

#include <algorithm>

#include "explain/words.h"
#include "report/answers.h"
#include "sema/reforms.h"
#include "session/talk.h"
#include "value/date.h"
#include "value/place_text.h"
#include "value/plain_text.h"

namespace juzhu::session {
namespace {

using syntax::TokenKind;

constexpr std::size_t kLongestName = 6;

template <typename Find>
std::size_t longest(const std::vector<Word>& words, std::size_t at, const Find& find) {
  for (std::size_t count = std::min(kLongestName, words.size() - at); count > 0; --count) {
    if (find(key_of(phrase_of(words, at, count)))) return count;
  }
  return 0;
}

}  // namespace

std::vector<std::string> Talk::member_names(const Family& family) const {
  std::vector<std::string> names;
  names.reserve(family.members.size());
  for (const PersonText& member : family.members)
    names.push_back(member.key);
  return names;
}

std::optional<std::pair<std::size_t, std::size_t>> Talk::member_at(const Words& words,
                                                                   std::size_t at,
                                                                   const Family& family) const {
  for (std::size_t count = std::min(kLongestName, words.size() - std::min(at, words.size()));
       count > 0; --count) {
    const std::string key = key_of(phrase_of(words, at, count));
    for (std::size_t member = 0; member < family.members.size(); ++member) {
      if (key_of(family.members[member].key) == key) return std::pair(member, count);
    }
  }
  return std::nullopt;
}

bool Talk::read_place(const Words& words, std::size_t& at, Case& into) {
  const value::PlaceTree& places = schema().places;
  if (at >= words.size())
    return trouble(diag::Code::kUnknownPlace, words, at, say("a place is missing", "缺少地点"),
                   say("where?", "何地？"),
                   say("write a path such as Shenzhen.Baoan, or a code such as 440306",
                       "写路径，例如 深圳.宝安，或代码，例如 440306"));
  const std::size_t known = place_words(words, at, places);
  const std::size_t count = std::max<std::size_t>(known > 0 ? known : path_words(words, at), 1);
  const std::string text = path_text(words, at, count);
  std::vector<value::PlaceNode> several;
  const auto node = value::read_place_text(places, value::plain_text(text), &several);
  if (!node) {
    std::vector<std::string> paths;
    for (std::size_t i = 0; i < std::min<std::size_t>(several.size(), 6); ++i)
      paths.push_back(places.path(several[i]).in(options_.chinese));
    const std::string shown = fmt::format("{}", fmt::join(paths, options_.chinese ? "、" : ", "));
    const std::string last = value::split_path(value::plain_text(text)).empty()
                                 ? text
                                 : value::split_path(value::plain_text(text)).back();
    return several.empty()
               ? trouble(diag::Code::kUnknownPlace, words, at,
                         say("no place is called `{}`", "没有名为 `{}` 的地点", text),
                         say("not in the tree of divisions", "区划中没有"),
                         guess_or(last, places.names_widest_first(),
                                  say("write a path such as Shenzhen.Baoan, or a code such as "
                                      "440306",
                                      "写路径，例如 深圳.宝安，或代码，例如 440306")))
               : trouble(diag::Code::kAmbiguousPlace, words, at,
                         say("several places are called `{}`", "名为 `{}` 的地点有多个", text),
                         say("which one?", "哪一个？"),
                         say("write one of {}", "写下列之一：{}", shown));
  }
  at += count;
  if (!schema().place_fact.valid())
    return trouble(
        diag::Code::kUnknownName, words, 0,
        say("this rulebook's households have no `place`", "此规则库的户没有“居住地”"), {},
        say("declare `fact place: place` for the household", "为户声明 `事实 居住地: 地点`"));
  into.family.household.facts[schema()[schema().place_fact].name.in(false)] = places.path_en(*node);
  return true;
}

bool Talk::read_date(const Words& words, std::size_t& at, Case& into) {
  const std::string text = at < words.size() ? words[at].text : std::string();
  if (at < words.size() && particle_of(words[at]) == Particle::kNow) {
    into.date = options_.today;
    ++at;
    return true;
  }
  bool well_formed = false;
  const auto date = value::parse_date(value::plain_text(text), &well_formed);
  if (date) {
    into.date = *date;
    ++at;
    return true;
  }
  const Bilingual help = say("write 2024-09-01 or 2024年9月1日", "写 2024年9月1日 或 2024-09-01");
  if (well_formed)
    return trouble(diag::Code::kNoSuchDate, words, at,
                   say("the calendar has no day `{}`", "历法中没有 `{}` 这一天", text),
                   say("no such day", "没有这一天"),
                   say("check the day of the month", "核对日期中的“日”"));
  return trouble(diag::Code::kSyntaxError, words, at, say("a day must stand here", "此处须为日期"),
                 say("which day?", "哪一天？"), help);
}

bool Talk::read_level(const Words& words, std::size_t& at, Case& into) {
  std::vector<std::string> known;
  known.reserve(ops::kLevelCount);
  for (std::size_t level = 0; level < ops::kLevelCount; ++level)
    known.emplace_back(explain::level_name(static_cast<ops::Level>(level), options_.chinese));
  std::optional<ops::Level> found;
  const std::size_t count = longest(words, at, [&](const std::string& key) {
    if (key == "all" || key == "全部" || key == "all levels") found = ops::Level::kPractice;
    for (std::size_t i = 0; i < ops::kLevelCount && !found; ++i) {
      const auto level = static_cast<ops::Level>(i);
      const bool policy = level == ops::Level::kPolicy && key == "policy";
      if (policy || key == explain::level_name(level, false) ||
          key == explain::level_name(level, true))
        found = level;
    }
    return found.has_value();
  });
  if (!found) {
    const std::string text = at < words.size() ? words[at].text : std::string();
    return trouble(
        diag::Code::kUnknownLevel, words, at,
        say("no level of norms is called `{}`", "没有名为 `{}` 的规范层级", text),
        say("which level?", "哪一层级？"),
        guess_or(text, known,
                 say("the levels are {}, or `all`", "层级有 {}，或 `全部`", listed(known))));
  }
  into.lowest_level = *found;
  at += count;
  while (at < words.size() && particle_of(words[at]) == Particle::kOnly)
    ++at;
  return true;
}

bool Talk::read_reform(const Words& words, std::size_t& at, Case& into) {
  std::vector<std::string> reforms;
  while (at < words.size()) {
    if (words[at].kind == TokenKind::kCOMMA || particle_of(words[at]) == Particle::kAnd) {
      ++at;
      continue;
    }
    const std::string key = key_of(words[at].text);
    if (key == "none" || key == "无") {
      ++at;
      into.reforms.clear();
      return true;
    }
    const std::size_t count = longest(
        words, at, [&](const std::string& name) { return vocabulary().reform(name).has_value(); });
    if (count == 0) break;
    reforms.push_back(key_of(phrase_of(words, at, count)));
    at += count;
  }
  if (reforms.empty()) {
    const std::string text = at < words.size() ? words[at].text : std::string();
    const std::vector<std::string> known = vocabulary().reform_names(options_.chinese);
    return trouble(diag::Code::kUnknownReform, words, at,
                   say("no reform is called `{}`", "没有名为 `{}` 的改革", text),
                   say("which reform?", "哪项改革？"),
                   known.empty() ? say("the rulebook declares none: `reform NAME …`",
                                       "规则库没有声明改革：`改革 名称 …`")
                                 : guess_or(text, known,
                                            say("the reforms are {}, or `none`",
                                                "改革有 {}，或 `无`", listed(known))));
  }
  into.reforms = std::move(reforms);
  return true;
}

/// `at PLACE`, `on DATE`, `by LEVEL`, `under REFORM` at a word of a question; true also where there
/// is none of them, and `at` has not moved then.
bool Talk::read_scope(const Words& words, std::size_t& at, Case& into, bool* moved) {
  const Particle here = particle_of(words[at]);
  std::size_t next = at + 1;
  bool read = true;
  if (here == Particle::kIn) {
    read = read_place(words, next, into);
  } else if (here == Particle::kOn) {
    read = read_date(words, next, into);
  } else if (here == Particle::kBy) {
    read = read_level(words, next, into);
  } else if (here == Particle::kUnder) {
    read = read_reform(words, next, into);
  } else {
    return true;
  }
  at = next;
  *moved = true;
  return read;
}

std::optional<Question> Talk::question(const Words& words, std::size_t first) {
  Question asked;
  asked.of = now_;
  for (std::size_t at = first; at < words.size();) {
    const std::size_t start = at;
    const std::size_t service_words = longest(
        words, at, [&](const std::string& key) { return vocabulary().service(key).has_value(); });
    const std::size_t score_words = longest(
        words, at, [&](const std::string& key) { return vocabulary().score(key).has_value(); });
    const auto member = member_at(words, at, asked.of.family);
    if (member && member->second >= std::max(service_words, score_words)) {
      asked.member = static_cast<std::uint32_t>(member->first);
      at += member->second;
      continue;
    }
    if (service_words > 0) {
      asked.service = vocabulary().service(key_of(phrase_of(words, at, service_words)));
      at += service_words;
      continue;
    }
    if (score_words > 0) {
      asked.score = vocabulary().score(key_of(phrase_of(words, at, score_words)));
      at += score_words;
      continue;
    }
    if (!read_scope(words, at, asked.of, &asked.moved)) return std::nullopt;
    if (at > start) continue;
    const Particle here = particle_of(words[at]);
    if (here == Particle::kOf || here == Particle::kStill || here == Particle::kIs ||
        words[at].kind == TokenKind::kDOT || words[at].text == "?" || words[at].text == "？") {
      ++at;
      continue;
    }
    std::vector<std::string> known = vocabulary().service_names(options_.chinese);
    for (const std::string& name : vocabulary().score_names(options_.chinese))
      known.push_back(name);
    for (const std::string& name : member_names(asked.of.family))
      known.push_back(name);
    const std::string& text = words[at].text;
    trouble(diag::Code::kUnknownName, words, at,
            say("no service or person is called `{}`", "没有名为 `{}` 的服务或人", text),
            say("not known here", "此处不识"),
            guess_or(text, known,
                     say("the services are {}", "服务有 {}",
                         listed(vocabulary().service_names(options_.chinese)))));
    return std::nullopt;
  }
  if (!prepare(asked, words)) return std::nullopt;
  return asked;
}

/// The household and the stack of reforms that the question is asked of.
bool Talk::prepare(Question& asked, const Words& words) {
  std::vector<sema::ReformId> reforms;
  for (const std::string& name : asked.of.reforms) {
    if (const auto reform = vocabulary().reform(name)) reforms.push_back(*reform);
  }
  asked.stack = rulebook().stack_of(reforms);
  if (sema::stands_on_itself(program(), asked.stack) ||
      sema::has_order_circle(program(), asked.stack))
    return trouble(diag::Code::kCycle, words, 0,
                   say("under these reforms answers or rules need each other in a circle",
                       "依这些改革，答案或规则互相需要，成了循环"),
                   {}, say("leave one of the reforms out", "去掉一项改革"));
  diag::Sink sink;
  asked.household = household_of(asked.of.family, schema(), sink);
  print_sink(sink, source::SourceMap());
  return true;
}

/// The service asked about: named, the only one, or the one asked about before.
bool Talk::need_service(Question& asked, const Words& words) {
  if (!asked.service && program().services.size() == 1)
    asked.service = sema::ServiceId{std::size_t{0}};
  if (!asked.service) asked.service = last_service_;
  if (asked.service) {
    last_service_ = asked.service;
    return true;
  }
  const std::vector<std::string> known = vocabulary().service_names(options_.chinese);
  return trouble(diag::Code::kUnknownService, words, words.size(),
                 say("this question needs a service", "此问须写明服务"),
                 say("which service?", "哪项服务？"),
                 known.empty() ? say("this rulebook has none", "此规则库没有服务")
                               : say("the services are {}", "服务有 {}", listed(known)));
}

/// The person asked about: named, the only child, or the one asked about before.
bool Talk::need_child(Question& asked, const Words& words) {
  if (!asked.member) {
    const auto children = this->children(asked);
    if (children.size() == 1) asked.member = children.front();
    for (const std::uint32_t child : children) {
      if (!asked.member && asked.household.members[child].key == last_member_) asked.member = child;
    }
  }
  if (asked.member) {
    last_member_ = asked.household.members[*asked.member].key;
    return true;
  }
  if (asked.household.members.empty())
    return trouble(diag::Code::kNoData, words, words.size(),
                   say("there is nobody in the case yet", "案例中还没有人"),
                   say("about whom?", "问谁？"),
                   say("add a child: `child Mei: born 2018-02-11, hukou Hunan.Shaoyang`",
                       "增加一个孩子：`孩子 梅：出生 2018年2月11日，户籍 湖南.邵阳`"));
  const std::vector<std::string> known = member_names(asked.of.family);
  return trouble(
      diag::Code::kUnknownChild, words, words.size(),
      say("this question does not say about whom", "此问没有写明问谁"),
      say("about whom?", "问谁？"),
      say("write `of NAME`; in the case are {}", "写明名字；案例中有 {}", listed(known)));
}

std::string Talk::scope_line(const Question& asked) const {
  const value::Value place = report::place_of(asked.household, schema());
  const std::string where =
      place.only_value() && place.lo != value::kRootPlace
          ? schema().places.path(static_cast<value::PlaceNode>(place.lo)).in(options_.chinese)
          : say("place not known", "地点未知").in(options_.chinese);
  std::string line = where + " · " + explain::date_words(asked.of.date, options_.chinese);
  if (asked.of.lowest_level != ops::Level::kPractice)
    line += " · " + say("down to {}", "{}及以上", in_both([&](bool chinese) {
                          return std::string(explain::level_name(asked.of.lowest_level, chinese));
                        }))
                        .in(options_.chinese);
  for (const std::string& reform : asked.of.reforms) {
    const auto id = vocabulary().reform(reform);
    if (id)
      line += " · " + say("under {}", "依改革 {}", explain::display_name(program()[*id].name))
                          .in(options_.chinese);
  }
  return line;
}

}  // namespace juzhu::session
