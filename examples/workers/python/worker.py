#!/usr/bin/env python3
"""A Fleetmark worker in plain Python. It times products of small matrices in place of the model: put a call of your runtime into `infer`."""
import hashlib, json, os, sys, threading, time

protocol = os.fdopen(os.dup(1), "w", buffering=1)   # libraries may print to descriptor 1
os.dup2(2, 1)
EXIT = {"bad-request": 10, "unsupported": 11, "model": 12, "cancelled": 16}
DONE = {"kind": "latency", "provider": "cpu", "precision": "fp32", "scope": "e2e", "options": {}}


def send(kind, **fields):
    protocol.write(json.dumps({"type": kind, **fields}) + "\n")


def fail(code, message, **more):
    send("error", code=code, message=message, **more)
    os._exit(EXIT[code])                            # at once, although a thread reads stdin


def stop_with_agent():
    for line in sys.stdin:
        if json.loads(line).get("type") == "cancel":
            fail("cancelled", "cancelled")
    os._exit(EXIT["cancelled"])                     # end of stdin: the agent is gone


def load(model):
    try:
        with open(model["path"], "rb") as file:
            data = file.read()
    except OSError as problem:
        fail("model", str(problem))
    if model.get("sha256") not in (None, hashlib.sha256(data).hexdigest()):
        fail("model", "the file has another SHA-256")
    return [[byte / 255 for byte in data[row : row + 16]] for row in range(16)]


def infer(weights, batch):                          # put your runtime here
    for _ in range(batch):
        output = [sum(a * b for a, b in zip(row, column)) for row in weights for column in weights]
    return output


def time_calls(phase, weights, batch, least, floor, most, min_ms, max_ms):
    times, begin = [], time.monotonic_ns()
    told = begin
    send("phase", name=phase, at=begin)
    while True:
        start = time.monotonic_ns()
        output = infer(weights, batch)
        now = time.monotonic_ns()
        times.append(now - start)
        n, elapsed_ms = len(times), (now - begin) / 1e6
        if now - told >= 250_000_000:               # a sign of life, between calls and not too often
            told = now
            send("progress", phase=phase, calls=n, elapsedMs=elapsed_ms, medianNs=sorted(times)[n // 2])
        if n >= most or (n >= least and elapsed_ms >= min_ms) or (n >= floor and elapsed_ms >= max_ms):
            return times, output, begin, now


send("hello", protocol=1, worker="python-example", runtime="Python", runtimeVersion=sys.version.split()[0], supported=[1])
try:
    request = json.loads(sys.stdin.readline())
except ValueError as problem:
    fail("bad-request", str(problem))
if request.get("protocol") != 1:
    fail("bad-request", "only protocol 1 is spoken here", supported=[1])
if request["type"] == "capabilities":
    cpu = {"name": "cpu", "devices": [{"state": "ok"}], "precisions": ["fp32"], "scopes": ["e2e"], "kinds": ["latency"]}
    send("capabilities", formats=["onnx"], optionKeys=[], providers=[cpu])
    os._exit(0)
if request["type"] != "launch":
    fail("unsupported", f"requests of type {request['type']} are not answered here")
for field, done in DONE.items():
    if request.get(field, done) != done:
        fail("unsupported", f"{field} is {request[field]}, only {done} is done here")
threading.Thread(target=stop_with_agent, daemon=True).start()
warmup, sample, batch = request["warmup"], request["sample"], request["batch"]
send("phase", name="load", at=time.monotonic_ns())
weights = load(request["model"])
time_calls("warmup", weights, batch, warmup["minCalls"], 1, 1 << 30, warmup["minMs"], warmup["capMs"])
most = min(sample["maxCount"], 100_000)             # as many plain values as one message may have
times, output, begin, end = time_calls(
    "sample", weights, batch, sample["minCount"], sample["floorCount"], most, sample["minMs"], sample["maxMs"])
send("samples", series="latency", n=len(times), values=times)
send("result", windowStart=begin, windowEnd=end, output={"finite": all(abs(value) < float("inf") for value in output)},
     effective={"precision": "fp64(stand-in)"})     # what was really computed: it stands under the table
os._exit(0)
