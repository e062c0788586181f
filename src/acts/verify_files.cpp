#include <set>

#include "acts/verify.h"
#include "base/id.h"

namespace danchu::acts {

void compare_files(const store::Files& files, const OfficialState& official, Report& report) {
  std::set<std::string> sound;  // the same bytes may be named often
  for (const OfficialState::File& file : official.files()) {
    ++report.result().files_compared;
    if (sound.contains(file.sha256)) continue;
    auto found = files.hash_on_disk(file.sha256);
    if (found == file.sha256) {
      sound.insert(file.sha256);
      continue;
    }
    const std::string which =
        "the file of attachment " + id_to_text(file.attachment) + " (SHA-256 " + file.sha256 + ") ";
    report.finding(at_act(file.seq, found ? which + "was altered: its bytes have the hash " + *found
                                          : which + "is missing from " + files.directory()));
  }
}

}  // namespace danchu::acts
