// inBackground(), by the name that this folder knows it by.
#pragma once

#include "ui/bridge/in_background.h"
