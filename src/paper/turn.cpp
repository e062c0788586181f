#include "paper/turn.h"

namespace danchu::paper {

Slots& turns() {
  static Slots all(drawers, waiting_drawers);
  return all;
}

}  // namespace danchu::paper
