#!/usr/bin/env python3
"""Measures what Thalweg costs training: the demo with and without it, in turn.

    plugin/benchmarks/overhead.py [--rounds N] [--iterations N] [--budget B] [--results FILE]

A round trains three times: without Thalweg, with it in the background, and inline, both under the budget, beginning
with another one each time. Three times are taken of each: of the whole process, of training alone, from the first batch
to the last, as the demo prints it, and of all processors together, which other programs disturb least. A process takes
seconds to start whatever it does, and some more for the frame before training, which are paid off while it trains: the
longer that is, the closer the ratios are. Results are appended to FILE, one JSON object a line, and the table is made
from all rounds in it of the same iterations and budget. Nothing else should run meanwhile; a round takes some minutes.
"""

import argparse
import csv
import json
import pathlib
import re
import resource
import statistics
import subprocess
import tempfile
import time

# Frames are scheduled far more often than the budget allows. The budget does not cover page and films.
WATCHED = ["--every-iterations", "20", "--no-page", "--no-film"]
DEMO = pathlib.Path(__file__).resolve().parents[2] / "demo-training" / "run"
TRAINING = re.compile(r"^training took ([0-9.]+) s", re.MULTILINE)


def train(arguments, iterations):
    """Seconds of the process, of training and of processors, each frame's status, and the counted share."""
    with tempfile.TemporaryDirectory() as directory:
        out = pathlib.Path(directory) / "run"
        command = [DEMO, "--iterations", str(iterations), "--out", out, *arguments]
        begun, busy = time.monotonic(), processors()
        printed = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
        seconds = time.monotonic() - begun
        metrics = out / "metrics.csv"
        frames = list(csv.DictReader(metrics.read_text().splitlines())) if metrics.exists() else []
        return {
            "process": seconds,
            "processors": processors() - busy,
            "training": float(TRAINING.search(printed).group(1)),
            "frames": [frame["status"] for frame in frames],
            "counted": float(frames[-1]["overhead"]) if frames else 0.0,
        }


def processors():
    """Processor seconds of all child processes that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def measure(rounds, iterations, budget, results):
    modes = {
        "none": ["--no-landscape"],
        "background": ["--budget", str(budget), *WATCHED],
        "inline": ["--budget", str(budget), *WATCHED, "--inline"],
    }
    # Builds first, so that no measurement includes building.
    subprocess.run([DEMO, "--list"], check=True, stdout=subprocess.DEVNULL)
    for _ in range(rounds):
        names = list(modes)
        first = len(read(results)) % len(names)
        measured = {"iterations": iterations, "budget": budget}
        for name in names[first:] + names[:first]:
            measured[name] = train(modes[name], iterations)
        with results.open("a") as lines:
            lines.write(json.dumps(measured) + "\n")


def read(results):
    return [json.loads(line) for line in results.read_text().splitlines()] if results.exists() else []


def times(measured, mode, what):
    """Median seconds, and the median and range of the ratios to training alone in the same round."""
    ratios = sorted(round_[mode][what] / round_["none"][what] for round_ in measured)
    median = statistics.median(round_[mode][what] for round_ in measured)
    return f"{median:.1f} s | {statistics.median(ratios):.3f} ({ratios[0]:.3f} to {ratios[-1]:.3f})"


def report(measured):
    print(f"{len(measured)} rounds of {measured[0]['iterations']} iterations, budget {measured[0]['budget']}")
    print("| | training | ratio, median (range) | process | ratio | processors | ratio | frames | share counted |")
    print("|---|---|---|---|---|---|---|---|---|")
    for mode in ("none", "background", "inline"):
        last = measured[-1][mode]
        frames = f"{len(last['frames'])}, {last['frames'].count('complete')} complete" if last["frames"] else "none"
        columns = " | ".join(times(measured, mode, what) for what in ("training", "process", "processors"))
        print(f"| {mode} | {columns} | {frames} | {last['counted']:.3f} |")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--iterations", type=int, default=1500)
    parser.add_argument("--budget", type=float, default=0.05)
    parser.add_argument("--results", type=pathlib.Path, default=pathlib.Path("overhead.jsonl"))
    given = parser.parse_args()
    measure(given.rounds, given.iterations, given.budget, given.results)
    asked = {"iterations": given.iterations, "budget": given.budget}
    rounds = [round_ for round_ in read(given.results) if asked.items() <= round_.items()]
    report([round_ for round_ in rounds if "processors" in round_["none"]])


if __name__ == "__main__":
    main()
