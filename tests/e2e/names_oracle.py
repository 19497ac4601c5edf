"""Answers the name verbs of sockbench-cli with Python's socket module, in the same JSON.

usage: names_oracle.py VERB ARGUMENT...   (the arguments of sockbench-cli's verb)
Keys that Python does not know are left out. An error is {"error":{"code":N}}.
"""

import argparse
import json
import socket

FAMILIES = {"any": 0, "inet": socket.AF_INET, "inet6": socket.AF_INET6}
TYPES = {"any": 0, "stream": socket.SOCK_STREAM, "dgram": socket.SOCK_DGRAM, "raw": socket.SOCK_RAW}


def resolve(args):
    flags = 0
    for name in args.flags.split(",") if args.flags else []:
        flags |= getattr(socket, "AI_" + name.upper())
    host = None if args.host == "*" else args.host
    answer = socket.getaddrinfo(host, args.service, FAMILIES[args.family], TYPES[args.type], 0, flags)
    results = []
    for family, kind, protocol, _, address in answer:
        flowinfo, scope_id = address[2:] if family == socket.AF_INET6 else (0, 0)
        results.append({"family": family.name, "type": kind.name, "protocol": protocol, "address": address[0],
                        "port": address[1], "flowinfo": flowinfo, "scope_id": scope_id})
    return {"host": args.host, "service": args.service, "canonname": answer[0][3], "results": results}


def hostinfo(args):
    try:
        socket.inet_pton(socket.AF_INET6 if ":" in args.name else socket.AF_INET, args.name)
        name, aliases, addresses = socket.gethostbyaddr(args.name)
    except OSError as not_an_address:
        if isinstance(not_an_address, socket.herror):
            raise
        name, aliases, addresses = socket.gethostbyname_ex(args.name)
    return {"name": name, "aliases": aliases, "addresses": addresses}


def nameinfo(args):
    flags = (socket.NI_NUMERICHOST | socket.NI_NUMERICSERV if args.numeric else 0)
    flags |= (socket.NI_NAMEREQD if args.name_required else 0) | (socket.NI_DGRAM if args.dgram else 0)
    host, service = socket.getnameinfo((args.address, int(args.port)), flags)
    return {"host": host, "service": service}


def service(args):
    protocol = [args.protocol] if args.protocol else []
    if args.name.isdigit():
        return {"name": socket.getservbyport(int(args.name), *protocol), "port": int(args.name)}
    return {"port": socket.getservbyname(args.name, *protocol)}


def protocol(args):
    return {"number": socket.getprotobyname(args.name)}


def hostname(_):
    return {"hostname": socket.gethostname()}


def interfaces(_):
    return {"interfaces": [{"index": index, "name": name} for index, name in sorted(socket.if_nameindex())]}


def parse():
    parser = argparse.ArgumentParser()
    verbs = parser.add_subparsers(dest="verb")
    verb = verbs.add_parser("resolve")
    verb.add_argument("host")
    verb.add_argument("service", nargs="?")
    verb.add_argument("--family", default="any")
    verb.add_argument("--type", default="any")
    verb.add_argument("--flags")
    verbs.add_parser("hostinfo").add_argument("name")
    verb = verbs.add_parser("nameinfo")
    verb.add_argument("address")
    verb.add_argument("port")
    for flag in ("--numeric", "--name-required", "--dgram"):
        verb.add_argument(flag, action="store_true")
    verb = verbs.add_parser("service")
    verb.add_argument("name")
    verb.add_argument("--protocol")
    verbs.add_parser("protocol").add_argument("name")
    verbs.add_parser("hostname")
    verbs.add_parser("interfaces")
    return parser.parse_args()


def main():
    args = parse()
    try:
        answer = globals()[args.verb](args)
    except OSError as error:
        answer = {"error": {"code": error.errno}}
    print(json.dumps(answer))


main()
