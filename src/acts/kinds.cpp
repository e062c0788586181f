#include "acts/acts.h"
#include "acts/rotation.h"

namespace danchu::acts {
namespace {

struct Label {
  std::string_view kind, label;
};
// Rooms add the kinds they append.
constexpr Label labels[] = {
    {key_rotated, N_("The key acts are sealed with was changed")},
    {key_compromised, N_("A key was declared compromised")},
    {key_lost, N_("A key was declared lost; another goes on")},
    {"personal-data.erased", N_("Personal data was erased by order")},
    {"post.granted", N_("A post was granted")},
    {"post.imported", N_("Posts were granted from a list")},
    {"post.ended", N_("A post ended")},
    {"post.handed-over", N_("A post was handed over")},
    {"post.away", N_("The holder of a post is away")},
    {"unit.village-added", N_("A village was entered")},
    {"unit.villages-imported", N_("Villages were entered from a list")},
    {"unit.contact-set", N_("The commune set the number to call for help")},
    {"account.reset", N_("An account was given a new initial password")},
    {"register.imported", N_("A list was imported into the household register")},
    {"register.moved_in", N_("A household moved in")},
    {"register.split", N_("A household split")},
    {"register.duplicate", N_("A household entered twice was removed")},
    {"register.moved_away", N_("A household moved out")},
    {"register.merged", N_("Two households merged")},
    {"register.died", N_("A household ended")},
    {"register.corrected", N_("A line of the household register was corrected")},
    {"register.counted_as", N_("How a household is counted was noted")},
    {"household-list.drafted", N_("The household list was drafted from the register")},
    {"household-list.locked-by-head", N_("The head locked the household list")},
    {"household-list.locked-by-front", N_("The Front committee locked the household list")},
    {"household-list.confirmed", N_("The commune confirmed the household list")},
    {"household-list.frozen", N_("The household list was frozen by a notice")},
    {"household-list.returned", N_("The household list was returned")},
    {"household-list.corrected", N_("The commune corrected the household list")},
    {"assembly.proposed", N_("The matter was proposed")},
    {"assembly.agreed", N_("Agreed with the head of the Front committee")},
    {"assembly.reclassified", N_("The commune changed the kind of matter")},
    {"assembly.withdrawn", N_("The matter was withdrawn")},
    {"assembly.called", N_("A meeting was called")},
    {"assembly.noticed", N_("Notice of the meeting was given")},
    {"assembly.moved", N_("The meeting was moved")},
    {"assembly.cancelled", N_("The meeting was cancelled")},
    {"assembly.opened", N_("The meeting was opened")},
    {"assembly.counted", N_("The votes were counted")},
    {"assembly.member-registered", N_("A member of a household asked to speak")},
    {"assembly.member-heard", N_("What a member of a household said was noted")},
    {"assembly.concluded", N_("The meeting was concluded")},
    {"assembly.signed", N_("The decision was signed on paper")},
    {"assembly.sent", N_("The decision was sent to the commune and its Front")},
    {"assembly.received", N_("The decision was received")},
    {"assembly.recognised", N_("The decision was recognised")},
    {"assembly.refused", N_("The decision was not recognised")},
    {"assembly.executed", N_("The head reported on the execution")},
    {"assembly.corrected", N_("The result was corrected")},
    {"assembly.correction-asked", N_("Agreement to a correction was asked for")},
    {"assembly.correction-declined", N_("A correction was not agreed to")},
    {"assembly.papers-added", N_("Pictures of papers were added")},
    {"assembly.submitted", N_("An evening held on paper was entered and waits for the commune")},
    {"assembly.accepted", N_("The commune accepted the papers of the meeting")},
    {"assembly.papers-returned", N_("The commune returned the papers of the meeting")},
    {"assembly.papers-refused", N_("The commune did not accept the papers of the meeting")},
};

}  // namespace

std::string_view label_of_kind(std::string_view kind) {
  for (const Label& known : labels)
    if (known.kind == kind) return known.label;
  return kind;
}

}  // namespace danchu::acts
