"""Reads each line of hexadecimal bytes as python3 does: fields name|order|length|text, parted by tabs."""
import datetime
import decimal
import ipaddress
import socket
import struct
import sys
import uuid

decimal.getcontext().prec = 400
EPOCH = datetime.datetime(1970, 1, 1)


def is_same_single(digits, value):
    try:
        return struct.pack(">f", float(digits)) == struct.pack(">f", value)
    except OverflowError:
        return False


def shortest_single(value):
    """The shortest number that is read as the same f32; of two such, the nearer one, then the even one."""
    exact = decimal.Decimal(value)
    for digits in range(1, 18):
        unit = decimal.Decimal((0, (1,), exact.adjusted() - digits + 1))
        near = sorted((exact.quantize(unit, way) for way in (decimal.ROUND_FLOOR, decimal.ROUND_CEILING)),
                      key=lambda d: (abs(d - exact), d.as_tuple().digits[-1] % 2))
        for candidate in near:
            if is_same_single(candidate, value):
                return candidate
    raise ValueError(value)


def shortest(value, single):
    if value in (float("inf"), float("-inf")):
        return str(value)
    digits = repr(value)
    number = shortest_single(value) if single and value != 0 else decimal.Decimal(digits)
    if value == 0 or 1e-4 <= abs(value) < 1e16:
        if number == number.to_integral_value():
            return ("-" if digits.startswith("-") else "") + str(abs(int(value)))
        return format(number, "f")
    text = "%.*e" % (max(0, len(number.normalize().as_tuple().digits) - 1), number)
    return text


def stamp(seconds, rest, decimals):
    try:
        when = EPOCH + datetime.timedelta(seconds=seconds)
    except OverflowError:
        return None
    if not 1970 <= when.year <= 2200:
        return None
    fraction = "." + str(rest).zfill(decimals) if decimals else ""
    return when.strftime("%Y-%m-%dT%H:%M:%S") + fraction + "Z"


def unix(unit, decimals):
    return lambda v: stamp(v // unit, v % unit, decimals)


def ntp(v):
    if v == 0:
        return None
    seconds = (v >> 32) + (0 if v >> 63 else 1 << 32) - 2208988800
    return stamp(seconds, (v & 0xFFFFFFFF) * 10**9 // 2**32, 9)


def filetime(v):
    v -= 116444736000000000
    return stamp(v // 10**7, v % 10**7, 7)


def dos(v):
    try:
        when = datetime.datetime(1980 + (v >> 25), v >> 21 & 15, v >> 16 & 31, v >> 11 & 31, v >> 5 & 63,
                                 (v & 31) * 2)
    except ValueError:
        return None
    return when.strftime("%Y-%m-%d %H:%M:%S")


def leb(data, signed):
    value = 0
    for i, byte in enumerate(data):
        value |= (byte & 0x7F) << 7 * i
        if not byte & 0x80:
            if signed and byte & 0x40:
                value -= 1 << 7 * (i + 1)
            fits = -2**63 <= value < 2**63 if signed else value < 2**64
            return (value, i + 1) if fits and i < 10 else None
    return None


def character(data):
    for length in range(1, 5):
        try:
            text = data[:length].decode("utf-8")
        except UnicodeDecodeError:
            continue
        if len(data) >= length and len(text) == 1:
            return "U+%04X" % ord(text), length
    return None


def readings(data):
    out = []

    def number(name, length, text):
        for order, sign in (("LE", "<"), ("BE", ">")):
            if len(data) >= length and not (length == 1 and order == "BE"):
                said = text(data[:length], sign)
                if said is not None:
                    out.append((name, "" if length == 1 else order, length, said))

    def packed(name, code):
        number(name, struct.calcsize(code), lambda b, sign: str(struct.unpack(sign + code, b)[0]))

    def floating(name, code):
        def text(b, sign):
            value = struct.unpack(sign + code, b)[0]
            if value != value:
                return "-nan" if (b[0] if sign == ">" else b[-1]) & 0x80 else "nan"
            return shortest(value, code != "d")
        number(name, struct.calcsize(code), text)

    def timed(name, length, text):
        number(name, length, lambda b, sign: text(int.from_bytes(b, "little" if sign == "<" else "big")))

    number("bits", 1, lambda b, sign: format(b[0], "08b"))
    for name, code in (("u8", "B"), ("i8", "b"), ("u16", "H"), ("i16", "h"), ("u32", "I"), ("i32", "i"),
                       ("u64", "Q"), ("i64", "q")):
        packed(name, code)
    for name, code in (("f16", "e"), ("f32", "f"), ("f64", "d")):
        floating(name, code)
    for name, signed in (("ULEB128", False), ("SLEB128", True)):
        found = leb(data, signed)
        if found:
            out.append((name, "", found[1], str(found[0])))
    found = character(data)
    if found:
        out.append(("UTF-8", "", found[1], found[0]))
    timed("Unix time, 32 bits", 4, unix(1, 0))
    timed("Unix time, 64 bits", 8, unix(1, 0))
    timed("Unix time, ms", 8, unix(10**3, 3))
    timed("Unix time, us", 8, unix(10**6, 6))
    timed("Unix time, ns", 8, unix(10**9, 9))
    timed("NTP", 8, ntp)
    timed("FILETIME", 8, filetime)
    timed("DOS date and time", 4, dos)
    if len(data) >= 4:
        out.append(("IPv4 address", "", 4, str(ipaddress.IPv4Address(data[:4]))))
    if len(data) >= 6:
        out.append(("MAC address", "", 6, ":".join("%02x" % b for b in data[:6])))
    if len(data) >= 16:
        out.append(("IPv6 address", "", 16, socket.inet_ntop(socket.AF_INET6, data[:16])))
        out.append(("UUID", "LE", 16, str(uuid.UUID(bytes_le=data[:16]))))
        out.append(("UUID", "BE", 16, str(uuid.UUID(bytes=data[:16]))))
    return out


for line in sys.stdin:
    print("\t".join("%s|%s|%d|%s" % r for r in readings(bytes.fromhex(line))))
