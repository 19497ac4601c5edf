// ldns, whose header would redefine bool where <stdbool.h> was not read before it. Private to core/resolve.
#pragma once

#include <stdbool.h>
// The order is what this file is for.
#include <ldns/ldns.h>
