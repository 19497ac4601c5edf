"""Says of each line of standard input what Python's ipaddress and socket modules make of it.

First a line with Python's version, then for each line one answer: fields parted by tabs, "" where something
does not apply. A text that ipaddress refuses is answered by "refused" and what socket.inet_pton makes of it.
"""

import ipaddress
import itertools
import socket
import sys

FLAGS = ("is_multicast", "is_private", "is_global", "is_unspecified", "is_reserved", "is_loopback", "is_link_local")


def packed_by_socket(text):
    family = socket.AF_INET6 if ":" in text else socket.AF_INET
    try:
        return socket.inet_pton(family, text).hex()
    except (OSError, ValueError):
        return ""


def address_fields(address, zone):
    is6 = address.version == 6
    family = socket.AF_INET6 if is6 else socket.AF_INET
    flags = "".join("1" if getattr(address, name) else "0" for name in FLAGS)
    teredo = address.teredo if is6 else None
    return [str(address.version), address.packed.hex(), str(int(address)), str(address), address.exploded,
            address.reverse_pointer, zone, flags,
            "1" if is6 and address.is_site_local else "0",
            str(address.ipv4_mapped or "") if is6 else "", str(address.sixtofour or "") if is6 else "",
            f"{teredo[0]} {teredo[1]}" if teredo else "", socket.inet_ntop(family, address.packed)]


def last_host(network):
    """The last of network.hosts(), which is too long to walk through."""
    if network.max_prefixlen - network.prefixlen <= 1 or network.version == 6:
        return network[-1]
    return network[-2]


def network_fields(network, before):
    """`before`: the network of the line before, to compare with."""
    longer = min(network.max_prefixlen, network.prefixlen + 3)
    parts = list(itertools.islice(network.subnets(new_prefix=longer), 6))
    related = before is not None and before.version == network.version
    addresses = [network.network_address, network.broadcast_address, network.netmask, network.hostmask,
                 next(iter(network.hosts())), last_host(network), parts[-1].network_address]
    return [str(network.prefixlen), str(network.num_addresses), "1" if related and network.overlaps(before) else "0",
            "1" if related and before.network_address in network else "0"] + [one.packed.hex() for one in addresses]


def main():
    out = sys.stdout
    out.write("%d.%d.%d\n" % sys.version_info[:3])
    before = None
    for raw in sys.stdin.buffer:
        text = raw.rstrip(b"\n").decode("utf-8", "surrogateescape")
        by_socket = packed_by_socket(text.partition("/")[0].partition("%")[0])
        try:
            interface = ipaddress.ip_interface(text)
        except ValueError:
            out.write(f"refused\t{by_socket}\n")
            continue
        zone = (interface.scope_id or "") if interface.version == 6 else ""
        fields = [by_socket] + address_fields(interface.ip, zone)
        if "/" in text:
            fields += network_fields(interface.network, before)
            before = interface.network
        out.write("\t".join(fields) + "\n")


sys.stdout.reconfigure(encoding="utf-8", errors="surrogateescape", newline="\n")
main()
