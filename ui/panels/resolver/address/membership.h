// Whether an address lies in a network, and how two networks lie to each other, in words. Thread: gui.
#pragma once

#include <QString>

#include "core/resolve/address_facts.h"

namespace sockbench::ui {

struct Membership {
  bool isIn = false;
  QString words;  // a sentence or two
};

// `network` without a prefix is that one address.
Membership membership(const AddressFacts& address, const AddressText& network);

}  // namespace sockbench::ui
