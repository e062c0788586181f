// Vietnamese written for the fonts of before Unicode: TCVN3 (".VnTime", ABC) and VNI-Windows ("VNI-Times").
// In a file such text is Latin letters and signs, "Lß V¨n Thoa" or "Loø Vaên Thoa", that only these fonts
// show as "Lò Văn Thoa" (practice P40). Tables: TCVN 5712:1993 (VN3), VNI-Windows.
#pragma once
#include <string>
#include <string_view>

#include "base/record.h"

namespace danchu {

enum class Lettering { unicode, tcvn3, vni };

// The text in Unicode, NFC. The input is valid UTF-8; letters the lettering does not know stay as they are,
// and a text that holds a letter only Unicode has ("ă", "ệ") is taken as Unicode, for lists mix their fonts.
std::string in_unicode(std::string_view text, Lettering lettering);

// Collects words and says in which lettering most of them are Vietnamese syllables; Unicode where nothing
// speaks against it.
class LetteringGuess {
 public:
  void add(std::string_view text);  // valid UTF-8
  Lettering best() const;

 private:
  long words_[3] = {0, 0, 0};  // that are Vietnamese if read so
};

// Is a word, NFC, in any case, spelt as a Vietnamese syllable may be? "Quàng", "Pâng", "nghiệp"; not "Lß".
bool is_vietnamese_syllable(std::string_view word);

}  // namespace danchu

namespace danchu {
template <>
struct Choices<Lettering> {
  static constexpr ChoiceName names[] = {{"unicode", N_("Unicode")},
                                         {"tcvn3", N_("TCVN3 (fonts like .VnTime)")},
                                         {"vni", N_("VNI (fonts like VNI-Times)")}};
};
}  // namespace danchu
