"""Random JSON values: a line without white space, and a line as json.dumps lays it out, both in hexadecimal."""
import json
import random

random.seed(4)
CHARACTERS = "a\"\\/\n\t \u00e9\u20ac\U0001f600[]{},: "


def value(depth):
    kind = random.randrange(9 if depth else 6)
    if kind == 0:
        return random.choice([True, False, None])
    if kind == 1:
        return random.randrange(-10**18, 10**18)
    if kind == 2:
        return random.uniform(-1, 1) * 10 ** random.randrange(-30, 30)
    if kind < 6:
        return "".join(random.choice(CHARACTERS) for _ in range(random.randrange(8)))
    if kind < 8:
        return {"k%d" % i: value(depth - 1) for i in range(random.randrange(5))}
    return [value(depth - 1) for _ in range(random.randrange(5))]


for turn in range(500):
    random_value = value(6)
    ascii_only = turn % 2 == 0
    print(json.dumps(random_value, ensure_ascii=ascii_only, separators=(",", ":")).encode().hex())
    print(json.dumps(random_value, ensure_ascii=ascii_only, indent=2).encode().hex())
