"""usage: script_differential.py SOCKBENCH_CLI
Runs every sequence of script_sequences.py in Python itself and in `sockbench-cli calls`, and compares what each call
answers, or the kind of its error and its number. A difference is looked at three times: a busy machine may make one."""
import ast
import base64
import json
import multiprocessing
import os
import re
import select
import socket
import subprocess
import sys

sys.dont_write_bytecode = True  # the source folder stays as it is
from script_sequences import sequences

PARALLEL = 8  # most of the time is spent waiting
TAGS = ()  # of this process: what stands for "sockbench" in names of UNIX sockets, so that nobody else has them
kept = []


def poll(sockets, timeout=None):
    waiting = select.poll()
    for s, events in sockets:
        waiting.register(s, events)
    by_number = {s.fileno(): s for s, _ in sockets}
    return [(by_number[n], events) for n, events in waiting.poll(None if timeout is None else timeout * 1000)]


def plain(value):
    """A value of Python as the command line's JSON has it."""
    if isinstance(value, socket.socket):
        return "socket"
    if isinstance(value, (bytes, bytearray)):
        return {"b": bytes(value)}
    if isinstance(value, (tuple, list)):
        return [plain(item) for item in value]
    if isinstance(value, int) and not isinstance(value, bool):
        return int(value)
    return value


def fault(problem):
    if isinstance(problem, socket.gaierror):
        return ("gai", problem.errno)
    if isinstance(problem, socket.herror):
        return ("herror", problem.errno)
    if isinstance(problem, TimeoutError) and problem.errno is None:
        return ("timeout", 0)
    if isinstance(problem, OSError):
        return ("os", problem.errno or 0)
    if isinstance(problem, OverflowError):
        return ("overflow", 0)
    if isinstance(problem, ValueError):
        return ("value", 0)
    return ("type", 0)


def by_python(script):
    """What each call of the script answers, by line."""
    names = {**vars(socket), "poll": poll, "POLLIN": select.POLLIN, "POLLOUT": select.POLLOUT}
    names["socket"] = socket.socket
    told = {}
    for number, line in enumerate(script.split("\n"), 1):
        if not line.strip():
            continue
        statement = ast.parse(line).body[0]
        value = statement.value
        is_call = isinstance(value, ast.Call) and ast.unparse(value.func) not in ("bytes", "bytearray")
        try:
            result = eval(ast.unparse(value), names)
            kept.append(result)
            names["_result"] = result
            if isinstance(statement, ast.Assign):
                exec(ast.unparse(statement.targets[0]) + " = _result", names)
            answer = plain(result)
        except Exception as problem:
            answer = fault(problem)
        if is_call:
            told[number] = answer
    socket.setdefaulttimeout(None)
    while kept:
        last = kept.pop()
        for item in last if isinstance(last, (tuple, list)) else [last]:
            if isinstance(item, socket.socket):
                item.close()
    return told


def from_json(value):
    if isinstance(value, list):
        return [from_json(item) for item in value]
    if isinstance(value, dict):
        return "socket" if "h" in value else {"b": base64.b64decode(value["b"])}
    return value


def by_sockbench(cli, script):
    run = subprocess.run([cli, "calls", "-", "--json", "--keep-going"], input=script.encode(), capture_output=True, timeout=60)
    told = {}
    for line in run.stdout.decode().splitlines():
        call = json.loads(line)
        if "error" in call:
            raise SystemExit(f"the script was refused: {call['error']}")
        kind = call["error_type"]
        told[call["line"]] = from_json(call["result"]) if kind is None else (kind, call["errno"] or 0)
    return told


def comparable(answer, text):
    """Without what differs from run to run: free ports, descriptors, names that the kernel made up."""
    if isinstance(answer, list):
        is_address = len(answer) >= 2 and isinstance(answer[0], str) and isinstance(answer[1], int)
        if is_address and answer[1] > 1023 and re.fullmatch(r"[0-9.]+|[0-9a-f:.]+", answer[0]):
            return [answer[0], "PORT"] + answer[2:]
        return [comparable(item, "") for item in answer]
    if isinstance(answer, dict):
        answer = {"b": answer["b"].replace(TAGS[0].encode(), b"sockbench").replace(TAGS[1].encode(), b"sockbench")}
    if isinstance(answer, dict) and re.fullmatch(rb"\0[0-9a-f]{5}", answer["b"]):
        return "AUTOBOUND"
    if isinstance(answer, int) and re.search(r"\.(fileno|detach)\(\)", text) and answer > 2:
        return "DESCRIPTOR"
    return answer


def differences(cli, script):
    lines = script.split("\n")
    python = by_python(script.replace("sockbench", TAGS[0]))
    sockbench = by_sockbench(cli, script.replace("sockbench", TAGS[1]))
    for number in sorted(python.keys() | sockbench.keys()):
        text = lines[number - 1]
        wanted = comparable(python.get(number, "no answer"), text)
        got = comparable(sockbench.get(number, "no answer"), text)
        if wanted != got:
            yield f"  line {number}: {text}\n    Python    {wanted!r}\n    Sockbench {got!r}"


def compared(sequence):
    """The differences of one sequence, as text; empty: none."""
    name, template = sequence
    for _ in range(3):
        found = list(differences(sys.argv[1], template.replace("@", "x_")))
        if not found:
            return ""
    return f"{name}:\n" + "\n".join(found)


def begin():
    global TAGS
    TAGS = (f"python{os.getpid()}", f"bench{os.getpid()}")


def main():
    every = list(sequences())
    with multiprocessing.Pool(PARALLEL, begin) as pool:
        found = [text for text in pool.imap(compared, every, chunksize=1) if text]
    print("\n".join(found + [f"{len(every)} sequences, {len(found)} differ"]))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
