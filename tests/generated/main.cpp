#include <cstdio>
#include <map>
#include <cstdlib>
#include "book.h"
#include "households.h"
#include "program.h"
using namespace juzhu::generated;
int main(int argc, char** argv) {
  const int n = argc > 1 ? atoi(argv[1]) : 10;
  const int show = argc > 2 ? atoi(argv[2]) : -1;
  std::map<std::string, int> refused;
  for (int i = 0; i < n; ++i) {
    if (show >= 0 && i != show) continue;
    Random random(1, i);
    const Program p = write_program(random);
    Texts t;
    for (const auto& f : p.files) t.files.push_back({f.name, f.text()});
    t.divisions_file = p.divisions_file;
    if (show >= 0) for (auto& f : t.files) printf("--- %s\n%s", f.name.c_str(), f.text.c_str());
    auto b = Book::read(t);
    if (!b->accepted()) { ++refused[b->refusal().substr(0, 40)]; printf("%d %s\n", i, b->refusal().c_str()); }
  }
  for (auto& [k, v] : refused) printf("%5d %s\n", v, k.c_str());
}
