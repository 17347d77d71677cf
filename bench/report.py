"""The table on the terminal and the JSON beside it."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.fresh import Step

if TYPE_CHECKING:  # these two know Django's settings, which a first start has none of
    from bench.events import Paced
    from bench.followers import Fanned
    from bench.load import Outcome
    from bench.measuring import Cost
    from bench.weight import Weight

RESULTS = Path(__file__).parent / "results"

_COLUMNS = (
    f"{'page':<22}{'items':>7}{'requests':>10}{'cold':>6}{'units':>7}{'html':>8}{'sent':>7}{'swap':>7}"
    f"{'cpu ms':>9}{'index':>7}{'floor':>7}{'ratio':>7}{'no index':>10}"
)


def print_costs(costs: Sequence[Cost]) -> None:
    print(f"\n{_COLUMNS}")
    for cost in sorted(costs, key=lambda each: each.page):
        swap = "" if cost.swap is None else _kilobytes(cost.swap)
        print(
            f"{cost.page:<22}{cost.items:>7,}{f'{cost.requests} of {cost.budget}':>10}{cost.cold:>6}{cost.capacity:>7.1f}"
            f"{_kilobytes(cost.html):>8}{_kilobytes(cost.sent):>7}{swap:>7}{cost.ours_ms:>9.2f}{cost.index_ms:>7.2f}"
            f"{cost.floor_ms:>7.2f}{cost.ratio:>7.2f}{cost.ratio_without_index:>10.2f}"
            f"{'  over budget' if cost.over_budget else ''}"
        )
    print(
        "\nrequests: to DynamoDB, without the session. cold: of a process that has not read the options for a minute."
    )
    print("units: read and write units. html, sent, swap: KB; sent and swap (what HTMX fetches) are compressed.")
    print(
        "cpu, index, floor: milliseconds of this process, medians; ratio: cpu over floor, with and without the index."
    )


def print_weights(weights: Sequence[Weight]) -> None:
    print(f"\n{'first load':<22}{'KB':>7}{'requests':>10}{'reload KB':>12}{'requests':>10}")
    for weight in weights:
        print(
            f"{weight.page:<22}{_kilobytes(weight.first_bytes):>7}{weight.first_requests:>10}"
            f"{_kilobytes(weight.reload_bytes):>12}{weight.reload_requests:>10}"
            f"{'  over budget' if weight.over_budget else ''}"
        )


def print_paced(paced: Sequence[Paced]) -> None:
    print(f"\n{'event':<26}{'count':>8}{'ms each':>10}{'a second':>10}{'requests each':>15}")
    for one in paced:
        print(f"{one.what:<26}{one.count:>8,}{one.ms:>10.2f}{one.per_second:>10,.0f}{one.requests:>15.2f}")


def print_fanned(fanned: Sequence[Fanned]) -> None:
    print(
        f"\n{'per 1,000 followers':<32}{'followers':>10}{'s':>8}{'requests':>10}{'read':>8}{'written':>9}{'wrong':>7}"
    )
    for one in fanned:
        numbers = (one.seconds, one.requests, one.read_units, one.write_units)
        each = "".join(
            f"{one.per_thousand(number):>{width}.1f}" for number, width in zip(numbers, (8, 10, 8, 9), strict=True)
        )
        print(f"{one.how:<32}{one.followers:>10,}{each}{one.wrong:>7}")
    print(f"\nbefore that, once in five minutes: everybody's standing from Cognito in {fanned[0].roster} s")
    print("read, written: units as AWS bills them, without those of indexes. wrong: not told exactly once.")
    print("The second run counts what was done after the kill, and the time of both workers.")


def print_steps(steps: Sequence[Step]) -> None:
    print("\nmake run in a fresh clone, in an empty home, until")
    for step in steps:
        print(f"  {step.name:<18}{step.at:>7.1f} s")


def print_outcome(outcome: Outcome) -> None:
    per_second = outcome.requests / outcome.seconds
    print(
        f"\n{outcome.clients} programs for {outcome.seconds} s: {outcome.requests:,} answers, {per_second:.0f} a second"
    )
    print(f"  answers: {', '.join(f'{status} {count:,}' for status, count in outcome.answers.items())}")
    print(f"  not answered {outcome.unanswered}, sent again {outcome.sent_again}")
    for name, (middle, worst) in outcome.milliseconds.items():
        print(f"  {name:<14}{middle:>8.0f} ms, 95 of 100 within {worst:.0f}")
    print(
        f"  {outcome.writes:,} writes, {outcome.items:,} items acknowledged: {outcome.missing} missing, "
        f"{outcome.wrong} other than acknowledged, {outcome.double} made twice"
    )


def save(name: str, results: dict[str, Sequence[Any]]) -> Path:
    now = datetime.now().astimezone()
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / f"{now:%Y-%m-%d-%H%M%S}-{name}.json"
    content: dict[str, Any] = {
        "at": now.isoformat(timespec="seconds"),
        "machine": {"python": platform.python_version(), "cores": os.cpu_count(), "load": os.getloadavg()},
    }
    content |= {part: [asdict(row) for row in rows] for part, rows in results.items()}
    path.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
    return path


def _kilobytes(count: int) -> str:
    return f"{count / 1000:.1f}"
