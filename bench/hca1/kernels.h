// The two reference kernels of HCA-1, written by hand for this one workload: what an evaluator that
// is told the rules as data is measured against. E4 is portable C++ that the compiler turns into
// vectors; F is written in AVX-512 and says how far the machine goes.
//
// Threads: each call works on its own households (rows) and scratch.
#pragma once

#include "hca1/workload.h"

namespace juzhu::bench {

/// The keys of rows [begin, begin + count) for KeyedTotals.
void make_keys(const Persons& persons, std::size_t begin, std::size_t count, const Decisions& made,
               std::uint16_t* keys);

/// E4: households [first, last).
void run_portable(const Persons& persons, std::size_t first, std::size_t last, Decisions& to,
                  Totals& totals);

/// F: rows [first, last), `first` a multiple of 64. Only where avx512_usable().
bool avx512_usable();
void run_avx512(const Persons& persons, std::size_t first, std::size_t last, Decisions& to,
                Totals& totals);

}  // namespace juzhu::bench
