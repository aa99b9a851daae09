// JUZHU_CHECK(condition): what must hold inside the program. A failure is our mistake, never the
// author's or the data's; it prints the condition and place, and aborts.
#pragma once

#include <cstdio>
#include <cstdlib>

// NOLINTNEXTLINE(cppcoreguidelines-macro-usage): needs the text of the condition.
#define JUZHU_CHECK(condition)                                                                    \
  do {                                                                                            \
    if (!(condition)) {                                                                           \
      std::fprintf(stderr, "juzhu: internal error: %s, %s:%d\n", #condition, __FILE__, __LINE__); \
      std::abort();                                                                               \
    }                                                                                             \
  } while (false)
