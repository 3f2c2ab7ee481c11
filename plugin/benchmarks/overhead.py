#!/usr/bin/env python3
"""Measures what Thalweg takes from training: the demo with and without it, in turn.

    plugin/benchmarks/overhead.py [--rounds N] [--iterations N] [--budget B] [--results FILE]

A round trains three times: without Thalweg, with it in the background, and inline, both under the budget, beginning with
another one each time. Wall times are those of whole processes. Results are appended to FILE, one JSON object a line, and
the table is made from all that is in it. Nothing else should run meanwhile; a round takes some minutes.
"""

import argparse
import json
import pathlib
import statistics
import subprocess
import tempfile
import time

# A frame is due far more often than the budget allows. Page and films are no part of what the budget is about.
WATCHED = ["--every-iterations", "20", "--no-page", "--no-film"]
DEMO = pathlib.Path(__file__).resolve().parents[2] / "demo-training" / "run"


def train(arguments, iterations):
    """Seconds that the demo takes, and the status of each of its frames."""
    with tempfile.TemporaryDirectory() as directory:
        out = pathlib.Path(directory) / "run"
        command = [DEMO, "--iterations", str(iterations), "--out", out, *arguments]
        begun = time.monotonic()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        seconds = time.monotonic() - begun
        metrics = out / "metrics.csv"
        lines = metrics.read_text().splitlines()[1:] if metrics.exists() else []
        return seconds, [line.split(",")[2] for line in lines]


def measure(rounds, iterations, budget, results):
    modes = {
        "none": ["--no-landscape"],
        "background": ["--budget", str(budget), *WATCHED],
        "inline": ["--budget", str(budget), *WATCHED, "--inline"],
    }
    for index in range(rounds):
        names = list(modes)
        first = (index + len(read(results))) % len(names)
        order = names[first:] + names[:first]
        measured = {"iterations": iterations, "budget": budget}
        for name in order:
            measured[name], measured[name + "_frames"] = train(modes[name], iterations)
        with results.open("a") as lines:
            lines.write(json.dumps(measured) + "\n")


def read(results):
    return [json.loads(line) for line in results.read_text().splitlines()] if results.exists() else []


def report(measured):
    print(f"{len(measured)} rounds of {measured[0]['iterations']} iterations, budget {measured[0]['budget']}")
    print("| | median | ratio, median | ratios | frames |\n|---|---|---|---|---|")
    for name in ("none", "background", "inline"):
        ratios = sorted(round_[name] / round_["none"] for round_ in measured)
        frames = measured[-1][name + "_frames"]
        print(
            f"| {name} | {statistics.median(round_[name] for round_ in measured):.1f} s"
            f" | {statistics.median(ratios):.3f} | {ratios[0]:.3f} to {ratios[-1]:.3f}"
            f" | {len(frames)}, {frames.count('complete')} complete |"
        )


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--iterations", type=int, default=400)
    parser.add_argument("--budget", type=float, default=0.05)
    parser.add_argument("--results", type=pathlib.Path, default=pathlib.Path("overhead.jsonl"))
    given = parser.parse_args()
    measure(given.rounds, given.iterations, given.budget, given.results)
    report(read(given.results))


if __name__ == "__main__":
    main()
