// Ranks before wishes: in rank order each takes the first wish with a seat. A member takes a seat
// of a reserve only where no open seat is left; what the reserves leave is given out in one further
// pass. Worked off from the best of the best cases on: all who may be above someone have then been
// seen, or are counted from what they wish.
#include <algorithm>
#include <queue>

#include "allocate/course.h"

namespace juzhu::allocate {

namespace {

/// Seats of one kind at one school, and who holds them so far.
struct Stock {
  SchoolIndex school = 0;
  Part part = Part::kOpen;
  std::uint32_t reserve = 0;
  Seats seats;
  std::vector<std::uint32_t> listed;  ///< best positions of all who may want it, sorted
  std::int64_t passed = 0;            ///< of those: worked off
  std::int64_t may_hold = 0;          ///< of the passed
  std::int64_t sure_holders = 0;
  std::priority_queue<std::uint32_t, std::vector<std::uint32_t>, std::greater<>> worst_of_sure;
  std::int64_t sure_above = 0;  ///< sure holders above all who still come
  Fill fill;
};

struct Want {
  std::uint32_t stock = 0;
  bool entitled = true;  ///< not surely: perhaps no member of the reserve
};

/// One pass over a set of stocks.
class Pass {
 public:
  Pass(Course& course, std::vector<Stock> stocks, std::vector<std::vector<Want>> wants)
      : course_(course), stocks_(std::move(stocks)), wants_(std::move(wants)) {}

  std::vector<Stock> run() {
    std::vector<std::uint32_t> order;
    for (std::uint32_t i = 0; i < wants_.size(); ++i) {
      if (course_.present[i] == Sure::kNo || wants_[i].empty()) continue;
      order.push_back(i);
      for (const Want& want : wants_[i])
        stocks_[want.stock].listed.push_back(course_.standing.best(i));
    }
    for (Stock& stock : stocks_)
      std::sort(stock.listed.begin(), stock.listed.end());
    std::stable_sort(order.begin(), order.end(), [&](std::uint32_t left, std::uint32_t right) {
      return course_.standing.best(left) < course_.standing.best(right);
    });
    for (std::size_t from = 0; from < order.size();) {
      std::size_t to = from;
      while (to < order.size() &&
             course_.standing.best(order[to]) == course_.standing.best(order[from]))
        ++to;
      serve({order.begin() + static_cast<std::ptrdiff_t>(from),
             order.begin() + static_cast<std::ptrdiff_t>(to)});
      from = to;
    }
    return std::move(stocks_);
  }

 private:
  struct Choice {
    std::uint32_t applicant = 0;
    std::vector<std::pair<std::uint32_t, Sure>> at;  ///< stock; kYes only as the single one
    bool surely_somewhere = false;
  };

  /// Tied applicants choose from the seats at the start of their block. Where the tie rule is not
  /// known, who takes one seat whichever of them goes first leaves the others to the rest.
  void serve(std::vector<std::uint32_t> block) {
    for (bool any = true; any && course_.pool.ties == Ties::kUndecided;) {
      any = false;
      for (std::uint32_t& each : block) {
        if (each == kNobody) continue;
        const Choice choice = choose(each);
        if (choice.at.size() != 1 || choice.at.front().second != Sure::kYes) continue;
        commit(choice);
        each = kNobody;
        any = true;
      }
    }
    std::erase(block, kNobody);
    std::vector<Choice> choices;
    choices.reserve(block.size());
    for (const std::uint32_t each : block)
      choices.push_back(choose(each));
    for (const Choice& choice : choices)
      commit(choice);
  }

  Sure is_free(Stock& stock, std::uint32_t applicant) const {
    const std::uint32_t best = course_.standing.best(applicant);
    const std::uint32_t worst = course_.standing.worst(applicant);
    while (!stock.worst_of_sure.empty() && stock.worst_of_sure.top() < best) {
      stock.worst_of_sure.pop();
      ++stock.sure_above;
    }
    if (stock.sure_above >= stock.seats.hi) return Sure::kNo;
    const std::vector<std::uint32_t>& listed = stock.listed;
    // Where the tie rule is not known, everybody tied may turn out to be above.
    const bool level_too = course_.pool.ties == Ties::kUndecided;
    const auto end = level_too ? std::upper_bound(listed.begin(), listed.end(), worst)
                               : std::lower_bound(listed.begin(), listed.end(), worst);
    const bool itself = level_too || best < worst;
    const std::int64_t to_come = (end - listed.begin()) - stock.passed - (itself ? 1 : 0);
    return stock.may_hold + to_come < stock.seats.lo ? Sure::kYes : Sure::kMaybe;
  }

  Choice choose(std::uint32_t applicant) {
    Choice choice;
    choice.applicant = applicant;
    const bool known = course_.pool.applicants[applicant].wishes_known;
    for (const Want& want : wants_[applicant]) {
      const Sure free = is_free(stocks_[want.stock], applicant);
      if (free == Sure::kNo) continue;
      const bool surely = free == Sure::kYes && want.entitled && known;
      choice.at.emplace_back(want.stock, surely && choice.at.empty() ? Sure::kYes : Sure::kMaybe);
      choice.surely_somewhere |= surely;
      if (surely) break;
    }
    return choice;
  }

  void commit(const Choice& choice) {
    const std::uint32_t applicant = choice.applicant;
    const Sure was_present = course_.present[applicant];
    for (const Want& want : wants_[applicant]) {
      Stock& stock = stocks_[want.stock];
      ++stock.passed;
      Sure in = Sure::kNo;
      for (const auto& [at, sure] : choice.at) {
        if (at == want.stock) in = sure;
      }
      stock.fill.candidates.push_back({applicant, was_present});
      stock.fill.in.push_back(in);
      if (in == Sure::kNo) continue;
      ++stock.may_hold;
      course_.seat(applicant, stock.school, in);
      if (in != Sure::kYes || was_present != Sure::kYes) continue;
      ++stock.sure_holders;
      stock.worst_of_sure.push(course_.standing.worst(applicant));
    }
    // Somewhere for sure, only not where: nothing is left to want in a later pass.
    if (choice.surely_somewhere) course_.present[applicant] = Sure::kNo;
  }

  Course& course_;
  std::vector<Stock> stocks_;
  std::vector<std::vector<Want>> wants_;  ///< by applicant, in the order of its wishes
};

/// The line of a stock: known if all who want it are settled.
void close(Course& course, Stock& stock) {
  Fill& fill = stock.fill;
  fill.school = stock.school;
  fill.part = stock.part;
  fill.reserve = stock.reserve;
  fill.seats = stock.seats;
  fill.over = std::max<std::int64_t>(stock.sure_holders - stock.seats.hi, 0);
  bool open = stock.seats.lo != stock.seats.hi;
  for (std::size_t i = 0; i < fill.in.size(); ++i) {
    const std::uint32_t each = fill.candidates[i].applicant;
    const bool is_exact = course.standing.best(each) == course.standing.worst(each);
    open |= fill.in[i] == Sure::kMaybe ||
            (fill.in[i] == Sure::kYes && (fill.candidates[i].present != Sure::kYes || !is_exact));
    if (fill.in[i] == Sure::kYes)
      fill.line.position = std::max(fill.line.position, course.standing.worst(each));
  }
  if (stock.may_hold < stock.seats.lo) {
    fill.line = Line{};
  } else if (stock.sure_holders < stock.seats.hi || open) {
    fill.line.reached = stock.sure_holders >= stock.seats.hi ? Sure::kYes : Sure::kMaybe;
  } else {
    fill.line.reached = Sure::kYes;
    fill.line.known = stock.sure_holders > 0;
  }
  if (fill.line.known) {
    fill.line_keys = course.standing.tuple_at(fill.line.position);
    for (std::size_t i = 0; i < fill.in.size(); ++i) {
      const std::uint32_t each = fill.candidates[i].applicant;
      const bool at_line = course.standing.worst(each) == fill.line.position;
      if (fill.in[i] == Sure::kYes && at_line) fill.marginal.push_back(each);
    }
  }
  course.result.fills.push_back(std::move(fill));
}

std::vector<SchoolIndex> wishes_of(const Pool& pool, const Applicant& applicant) {
  if (applicant.wishes_known) return applicant.wishes;
  std::vector<SchoolIndex> any(pool.schools.size());
  for (SchoolIndex i = 0; i < any.size(); ++i)
    any[i] = i;
  return any;
}

}  // namespace

void run_by_rank(Course& course) {
  const Pool& pool = course.pool;
  const auto reserves = static_cast<std::uint32_t>(pool.reserves.size());
  std::vector<Stock> stocks;
  for (SchoolIndex school = 0; school < pool.schools.size(); ++school) {
    const Seats total = pool.schools[school];
    const Division division = divide(total, set_aside(pool, total));
    stocks.emplace_back();
    stocks.back().school = school;
    stocks.back().seats = division.open;
    for (std::uint32_t i = 0; i < reserves; ++i) {
      stocks.emplace_back();
      stocks.back().school = school;
      stocks.back().part = Part::kReserve;
      stocks.back().reserve = i;
      stocks.back().seats = division.reserves[i];
    }
  }
  std::vector<std::vector<Want>> wants(pool.applicants.size());
  for (std::uint32_t each = 0; each < wants.size(); ++each) {
    for (const SchoolIndex school : wishes_of(pool, pool.applicants[each])) {
      wants[each].push_back({school * (reserves + 1), true});
      for (std::uint32_t i = 0; i < reserves; ++i) {
        const Sure member = pool.applicants[each].groups[i];
        if (member == Sure::kNo) continue;
        wants[each].push_back({school * (reserves + 1) + 1 + i, member == Sure::kYes});
      }
    }
  }
  stocks = Pass(course, std::move(stocks), std::move(wants)).run();

  std::vector<Stock> left(pool.schools.size());
  bool any_left = false;
  for (Stock& stock : stocks) {
    Stock& rest = left[stock.school];
    rest.school = stock.school;
    rest.part = Part::kLeft;
    if (stock.part == Part::kReserve && !pool.reserves[stock.reserve].kept) {
      const Seats used{stock.sure_holders, std::min(stock.may_hold, stock.seats.hi)};
      rest.seats = plus(rest.seats, less(stock.seats, used));
    }
    any_left |= rest.seats.hi > 0;
    close(course, stock);
  }
  if (!any_left) return;
  std::vector<std::vector<Want>> again(pool.applicants.size());
  for (std::uint32_t each = 0; each < again.size(); ++each) {
    for (const SchoolIndex school : wishes_of(pool, pool.applicants[each]))
      again[each].push_back({school, true});
  }
  left = Pass(course, std::move(left), std::move(again)).run();
  for (Stock& stock : left) {
    if (stock.seats.hi > 0) close(course, stock);
  }
}

}  // namespace juzhu::allocate
