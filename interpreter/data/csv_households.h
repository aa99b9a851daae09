// Three tables joined into households: households.csv, persons.csv and spells.csv.
#pragma once

#include <string>

#include "data/households.h"

namespace juzhu::data {

struct CsvFiles {
  std::string households;
  std::string persons;
  std::string spells;  ///< empty: no such file, nobody was asked about spells
};

/// Whether the tables could be read and have the columns they need.
bool for_each_csv_household(const CsvFiles& files, const value::Schema& schema,
                            const ReadOptions& options, diag::Sink& sink, const Visit& visit);

}  // namespace juzhu::data
