"""Starts sockbench-cli, shows it what is meant to harm a terminal or a reader of JSON, and reads all that it says.

usage: hostile_text.py says CLI TRANSPORT text|hex|none human|json
       hostile_text.py bulk CLI text|hex|none human|json MEBIBYTES MOST_MEBIBYTES
Prints "harmless", or what is wrong.
"""
import json
import os
import resource
import socket
import subprocess
import sys
import tempfile
import threading
import unicodedata

HOSTILE = [
    b'\x1b[2J\x1b[31mred', b'\x1b]52;c;cm0gLXJmIC8=\x07', b'\x1b]0;title\x1b\\', b'\x9b31m \x80\x9f',
    '\u0080\u009b31m\u009f'.encode(), b'\x00\x01\x07\x08\x0b\x0c\x7f\r\n\ttab',
    '\u202egnp.exe\u202c \u2066x\u2069 \u061c\u200b\u200f\ufeff\u00ad'.encode(),
    b'\xff\xfe\xc0\xaf\xe0\x80\xaf\xf8\x88\x80\x80\x80', b'\xed\xa0\x80\xed\xbf\xbf\xf4\x90\x80\x80',
    '\u2028line\u2029paragraph'.encode(), b'"\\/\\u0000\\x1b', '\U000e0041\U000e007f\ufffe\U0001fffe'.encode(),
    '\u4e2d\u6587 \u00e9 \U0001f600'.encode(), b'\xe4\xb8', bytes(range(256)),
]
HARMFUL = {'Cc', 'Cf', 'Cs', 'Zl', 'Zp', 'Cn'}


def harm_of(output, where):
    try:
        text = output.decode('utf-8')
    except UnicodeDecodeError as error:
        return f'{where}: not UTF-8: {error}'
    for at, character in enumerate(text):
        if character != '\n' and unicodedata.category(character) in HARMFUL:
            return f'{where}: U+{ord(character):04X} after {text[max(0, at - 40):at]!r}'
    return None


def connect(transport, local):
    if transport in ('tcp', 'udp'):
        host, port = local.rsplit(':', 1)
        kind = socket.SOCK_STREAM if transport == 'tcp' else socket.SOCK_DGRAM
        peer = socket.socket(socket.AF_INET, kind)
        peer.connect((host, int(port)))
        return peer
    kinds = {'unix': socket.SOCK_STREAM, 'unix-dgram': socket.SOCK_DGRAM, 'unix-seqpacket': socket.SOCK_SEQPACKET}
    peer = socket.socket(socket.AF_UNIX, kinds[transport])
    if transport == 'unix-dgram':
        peer.bind(local + b'.peer\x1b[1m\xe2\x80\xae')
    peer.connect(local)
    return peer


def start(cli, endpoint, form, human, count, **kept):
    options = [] if human else ['--json']
    return subprocess.Popen([cli] + options + ['listen', endpoint, '--payload', form, '--count', str(count)], **kept)


def wrong_in_json(output, form, sent):
    rows = []
    for line in output.split(b'\n')[:-1]:
        try:
            rows.append(json.loads(line))
        except ValueError as error:
            return f'json: {error}: {line[:200]!r}'
    received = [row for row in rows if row['kind'] == 'in']
    if form == 'hex' and b''.join(bytes.fromhex(row['hex']) for row in received) != sent:
        return 'hex is not what was sent'
    if form == 'text' and ''.join(row['text'] for row in received) != sent.decode('utf-8', 'backslashreplace'):
        return 'text is not what was sent'
    if sum(row['length'] for row in received) != len(sent) or rows[-1]['bytes_in'] != len(sent):
        return 'bytes are missing'
    return None


def says(cli, transport, form, reader):
    human = reader == 'human'
    with tempfile.TemporaryDirectory() as folder:
        path = os.fsencode(folder) + b'/\x1b]52;c;eA==\x07\xff\xe2\x80\xae\n\x7f'
        is_ip = transport in ('tcp', 'udp')
        endpoint = transport + '://127.0.0.1:0' if is_ip else transport.encode() + b':' + path
        count = len(HOSTILE) if transport in ('udp', 'unix-dgram') else 1
        out, err = tempfile.TemporaryFile(), tempfile.TemporaryFile()
        run = start(cli, endpoint, form, human, count, stdout=out, stderr=err)
        if is_ip:
            local = listening_port(run, transport)
        else:
            local = path
            while not os.path.exists(path):
                pass
        peer = connect_when_ready(transport, local)
        for piece in HOSTILE:
            peer.sendall(piece)
        if count == 1:
            peer.close()
        run.wait(20)
        for file in (out, err):
            file.seek(0)
        output, errors = out.read(), err.read()
    wrong = harm_of(output, 'stdout') or harm_of(errors, 'stderr')
    if not wrong and not human:
        wrong = wrong_in_json(output, form, b''.join(HOSTILE))
    if not wrong and human and f'in {sum(map(len, HOSTILE))} B'.encode() not in output:
        wrong = f'bytes are missing: {output[-200:]!r}'
    return wrong


def connect_when_ready(transport, local):
    while True:
        try:
            return connect(transport, local)
        except ConnectionRefusedError:
            pass


def listening_port(run, transport):
    """The port that the child listens on, as the kernel tells it: what it says itself is what is tested."""
    name = '/proc/%d/net/%s' % (run.pid, transport)
    while run.poll() is None:
        try:
            sockets = {os.readlink(f'/proc/{run.pid}/fd/{fd}') for fd in os.listdir(f'/proc/{run.pid}/fd')}
        except OSError:
            continue
        for line in open(name).read().splitlines()[1:]:
            words = line.split()
            if f'socket:[{words[9]}]' in sockets and (transport == 'udp' or words[3] == '0A'):
                return '127.0.0.1:%d' % int(words[1].split(':')[1], 16)
    raise SystemExit('it did not listen')


def bulk(cli, form, reader, mebibytes, most):
    human = reader == 'human'
    block = os.urandom(1 << 20).replace(b'\n', b'\x1b')
    run = start(cli, 'tcp://127.0.0.1:0', form, human, 1, stdout=subprocess.PIPE)
    peer = connect('tcp', listening_port(run, 'tcp'))

    def send():
        for _ in range(mebibytes):
            peer.sendall(block)
        peer.close()

    sender = threading.Thread(target=send)
    sender.start()
    tail = b''
    while piece := os.read(run.stdout.fileno(), 1 << 20):
        tail = (tail + piece)[-4096:]
    sender.join()
    status = run.wait(60)
    last = tail.rstrip(b'\n').rsplit(b'\n', 1)[-1].decode()
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss >> 10
    whole = mebibytes << 20
    if human and not (f'in {whole} B ' in last and ' 0 evicted' in last):
        return f'lost: {last}'
    if not human and (json.loads(last)['bytes_in'], json.loads(last)['evicted']) != (whole, 0):
        return f'lost: {last}'
    if peak > most:
        return f'{peak} MiB were resident'
    return f'exit status {status}' if status else None


if sys.argv[1] == 'says':
    fault = says(*sys.argv[2:])
else:
    fault = bulk(*sys.argv[2:5], *map(int, sys.argv[5:]))
print(fault or 'harmless')
