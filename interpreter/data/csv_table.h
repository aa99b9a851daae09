// A CSV file as rows of texts that know their line. RFC 4180: commas, double quotes, doubled to
// mean themselves; LF or CRLF; line breaks inside quotes. A row that is not CSV, or has another
// number of fields than the header, is reported as bad-csv and left out; reading goes on with the
// next line.
//
// Units: lines are physical lines of the file from 1, also where quoted fields run over several.
// Ownership: a CsvTable owns its texts. Threads: plain data.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "diag/diagnostic.h"

namespace juzhu::data {

/// The largest field; what is longer is a quote that was never closed.
inline constexpr std::size_t kFieldBytesMax = std::size_t{1} << 20U;

struct CsvRow {
  std::uint32_t line = 0;            ///< where the row begins
  std::vector<std::string> fields;   ///< as many as the table has columns
  std::vector<std::uint32_t> lines;  ///< where each field begins; empty if all begin on `line`

  [[nodiscard]] std::uint32_t line_of(std::size_t field) const {
    return lines.empty() ? line : lines[field];
  }
};

struct CsvTable {
  std::string file;                  ///< as messages call it
  std::vector<std::string> columns;  ///< the first row, as written
  std::vector<CsvRow> rows;
};

CsvTable read_csv(std::string file, std::string_view text, diag::Sink& sink);

}  // namespace juzhu::data
