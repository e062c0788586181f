// `danchu law decide|due|show`: the law on the command line, for scripts and for whoever wants to ask it
// directly.
#pragma once
#include <iosfwd>
#include <string>
#include <vector>

namespace danchu::law {

// `args` are the words after "law". JSON goes to `out` and the answer is 0; problems go to `err` and it is 2.
int command(const std::vector<std::string>& args, std::ostream& out, std::ostream& err);

}  // namespace danchu::law
