#include <iostream>
#include <string>
#include <vector>

#include "law/command.h"

int main(int count, char** words) {
  const std::vector<std::string> args(words + 1, words + count);
  if (!args.empty() && args.front() == "law")
    return danchu::law::command({args.begin() + 1, args.end()}, std::cout, std::cerr);
  std::cerr << "Usage: danchu law decide|due|show …\n";
  return 2;
}
