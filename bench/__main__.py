"""`python -m bench`: what pages cost at growing sizes of the library; with `--fresh`, how long a first start takes; with
`--load`, whether everything is there that was acknowledged to many programs at once; with `--events`, what events cost; with
`--followers`, what it costs to tell many of one event, and whether each of them is told once.
"""

from __future__ import annotations

import argparse
import asyncio
import sys

from bench import fresh, place


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--sizes", default="100,1000,10000", help="numbers of items, rising (default: %(default)s)")
    parser.add_argument("--repeat", type=int, default=60, help="times that each page is timed (default: %(default)s)")
    parser.add_argument("--fresh", action="store_true", help="time `make run` in a fresh clone instead")
    parser.add_argument(
        "--load", action="store_true", help="have many programs use the API of a portal of its own instead"
    )
    parser.add_argument("--clients", type=int, default=200, help="of --load: programs (default: %(default)s)")
    parser.add_argument("--seconds", type=float, default=60, help="of --load: for how long (default: %(default)s)")
    parser.add_argument("--events", type=int, metavar="N", help="keep, tell and count so many events instead")
    parser.add_argument("--followers", type=int, metavar="N", help="tell so many of one event instead")
    options = parser.parse_args()
    if options.fresh:
        return first_start()
    if options.events:
        return events(options.events)
    if options.followers:
        return followers(options.followers)
    if options.load:
        return load(options.clients, options.seconds)
    return pages(sorted(int(size) for size in options.sizes.split(",")), options.repeat)


def first_start() -> int:
    from bench import report

    steps = fresh.measure()
    report.print_steps(steps)
    print(f"\n{report.save('fresh', {'steps': steps})}")
    return 0


def events(count: int) -> int:
    with place.own_cloud():
        from bench import events as kept
        from bench import report

        paced = kept.measure(count)
        report.print_paced(paced)
        print(f"\n{report.save('events', {'events': paced})}")
    return 0


def followers(count: int) -> int:
    """1 when somebody was not told, or told twice."""
    with place.own_cloud():
        from bench import followers as many
        from bench import report

        fanned = many.measure(count)
        report.print_fanned(fanned)
        print(f"\n{report.save('followers', {'followers': fanned})}")
    return int(any(one.wrong for one in fanned))


def load(clients: int, seconds: float) -> int:
    """1 when something that was acknowledged is missing or there twice, or the portal broke."""
    with place.own_portal() as (origin, tokens):
        from bench import load as many
        from bench import report

        told, taken = asyncio.run(many.run(origin, list(tokens.values()), clients, seconds))
        outcome = many.outcome(told, list(tokens), clients, taken)
        report.print_outcome(outcome)
        print(f"\n{report.save('load', {'outcome': [outcome]})}")
    return int(outcome.failed)


def pages(sizes: list[int], repeat: int) -> int:
    """1 when a count or a size in bytes is over its budget; CPU is told, never judged."""
    with place.own_cloud() as application:
        from bench import report, walk  # both know Django's settings

        costs, weights = walk.through(application, sizes, repeat)
        report.print_costs(costs)
        report.print_weights(weights)
        print(f"\n{report.save('pages', {'pages': costs, 'weights': weights})}")
    return int(any(cost.over_budget for cost in costs) or any(weight.over_budget for weight in weights))


if __name__ == "__main__":
    sys.exit(main())
