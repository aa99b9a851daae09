// See random_time.h: the households.
#include <algorithm>
#include <utility>

#include "random_time.h"

namespace juzhu::eval::testing {
namespace {

const value::ListId kPermits = vocabulary().permits;
const value::ListId kInsurance = vocabulary().insurance;

bool in_order(const Household& made) {
  for (const value::ListId list : {kPermits, kInsurance}) {
    for (const value::Row& row : made.members[0].lists[(*vocabulary().schema)[list].column].rows) {
      if (row.start.lo > row.end.lo) return false;
    }
  }
  return true;
}

}  // namespace

Case::Case(Random& random) : open_(household()) {
  list_of_member(open_, kPermits, 0).state = value::InputState::kStated;
  list_of_member(open_, kInsurance, 0).state = value::InputState::kStated;
  add("u", draw(random, 3) != 0, 0, 1, random);
  add("n", draw(random, 3) != 0, 0, 3, random);
  const std::int64_t birth = random_day(random);
  add("birth", draw(random, 3) != 0, birth, birth + 2, random);
  for (std::uint32_t i = 1 + draw(random, 2); i > 0; --i)
    add_row(random, false);
  for (std::uint32_t i = draw(random, 2); i > 0; --i)
    add_row(random, true);
}

Household Case::completed(const Completion& choice) const {
  Household made = open_;
  for (std::size_t i = 0; i < inputs_.size(); ++i)
    inputs_[i].put(made, inputs_[i].values[choice[i]]);
  return made;
}

std::size_t Case::size() const {
  std::size_t count = 1;
  for (const Input& input : inputs_)
    count *= input.values.size();
  return count;
}

std::optional<Completion> Case::some_completion(Random& random) const {
  Completion choice;
  for (const Input& input : inputs_)
    choice.push_back(draw(random, static_cast<std::uint32_t>(input.values.size())));
  if (!in_order(completed(choice))) return std::nullopt;
  return choice;
}

std::vector<Completion> Case::completions() const {
  std::vector<Completion> found{{}};
  for (const Input& input : inputs_) {
    std::vector<Completion> longer;
    for (const auto& choice : found) {
      for (std::size_t i = 0; i < input.values.size(); ++i) {
        longer.push_back(choice);
        longer.back().push_back(i);
      }
    }
    found = std::move(longer);
  }
  std::erase_if(found, [&](const auto& choice) { return !in_order(completed(choice)); });
  return found;
}

void Case::keep(Input input, bool is_open, Random& random) {
  if (!is_open) {
    input.put(open_, input.values[draw(random, static_cast<std::uint32_t>(input.values.size()))]);
    return;
  }
  input.put(open_, input.whole);
  inputs_.push_back(std::move(input));
}

void Case::add(const std::string& name, bool is_open, std::int64_t lo, std::int64_t hi,
               Random& random) {
  Input input;
  input.name = name;
  const bool is_truth = name == "u";
  input.put = [name](Household& made, const Value& value) { state(made, name, value); };
  input.whole = is_truth ? value::unknown_truth() : value::between(lo, hi);
  for (std::int64_t each = lo; each <= hi; ++each) {
    input.values.push_back(is_truth ? value::truth(each != 0) : value::number(each));
  }
  keep(std::move(input), is_open, random);
}

void Case::add_row(Random& random, bool months) {
  const value::ListId list = months ? kInsurance : kPermits;
  std::vector<value::Row>& all = list_of_member(open_, list, 0).rows;
  const std::size_t index = all.size();
  const std::int64_t first = months ? 2023 * 12 + draw(random, 3) : random_day(random) - 10;
  const std::int64_t last = first + draw(random, months ? 3 : 40);
  all.push_back({value::number(first),
                 value::number(last),
                 {{value::truth(true), value::InputState::kStated}}});
  const std::string row =
      std::string(months ? "insurance " : "permits ") + std::to_string(index + 1);
  const auto at = [list, index](Household& made) -> value::Row& {
    return list_of_member(made, list, 0).rows[index];
  };
  const auto ends = [&](bool is_end, std::int64_t from) {
    Input input;
    input.name = row + (is_end ? "'s end" : "'s start");
    input.put = [at, is_end](Household& made, const Value& value) {
      (is_end ? at(made).end : at(made).start) = value;
    };
    const std::int64_t width = 1 + draw(random, 3);
    input.whole = value::between(from, from + width);
    for (std::int64_t each = from; each <= from + width; ++each) {
      input.values.push_back(value::number(each));
    }
    return input;
  };
  keep(ends(false, first), draw(random, 2) == 0, random);
  const std::int64_t start = at(open_).start.lo;
  keep(ends(true, std::max(last, start)), draw(random, 2) == 0, random);
  Input valid;
  valid.name = row + "'s valid";
  valid.put = [at](Household& made, const Value& value) {
    at(made).cells[0] = {value, value::InputState::kStated};
  };
  valid.whole = value::unknown_truth();
  valid.values = {value::truth(false), value::truth(true)};
  keep(std::move(valid), draw(random, 2) == 0, random);
}

}  // namespace juzhu::eval::testing
