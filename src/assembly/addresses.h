// Where this room's pages stand.
#pragma once
#include <string>

#include "assembly/records.h"
#include "store/attachment.h"

namespace danchu::assembly {

inline Url address(Id<Motion> motion, std::string_view step = "") {
  return {"/viec/" + motion.text() + (step.empty() ? "" : "/" + std::string(step))};
}
inline Url address(Id<Meeting> meeting, std::string_view step = "") {
  return {"/cuoc-hop/" + meeting.text() + (step.empty() ? "" : "/" + std::string(step))};
}
inline Url address_of_picture(Id<Motion> motion, Id<store::Attachment> picture) {
  return address(motion, "giay-da-ky/" + picture.text());
}
inline Url address_of_village(Id<people::Unit> village, std::string_view step = "") {
  return {"/thon/" + village.text() + (step.empty() ? "" : "/" + std::string(step))};
}
inline Url address_of_commune(const people::Unit& commune) { return {"/xa/" + commune.code}; }

}  // namespace danchu::assembly
