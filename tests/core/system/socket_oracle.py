"""Opens the kinds of socket that standard input names, and says how that went.

One line in, one line out: FAMILY TYPE PROTOCOL [ALGORITHM_TYPE ALGORITHM | loopback] as numbers and words; the
answer is 0 or the errno. What follows the three numbers is bound.
"""

import socket
import sys

VMADDR_CID_LOCAL = 1


def attempt(family, kind, protocol, *bound):
    try:
        with socket.socket(int(family), int(kind), int(protocol)) as tried:
            if bound == ("loopback",):
                tried.bind((VMADDR_CID_LOCAL, socket.VMADDR_PORT_ANY))
            elif bound:
                tried.bind(bound)
    except OSError as error:
        return error.errno
    return 0


for line in sys.stdin:
    print(attempt(*line.split()), flush=True)
