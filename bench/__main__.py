"""`python -m bench`: what pages cost at growing sizes of the library; with `--fresh`, how long a first start takes."""

from __future__ import annotations

import argparse
import sys

from bench import fresh, place


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--sizes", default="100,1000,10000", help="numbers of items, rising (default: %(default)s)")
    parser.add_argument("--repeat", type=int, default=60, help="times that each page is timed (default: %(default)s)")
    parser.add_argument("--fresh", action="store_true", help="time `make run` in a fresh clone instead")
    options = parser.parse_args()
    if options.fresh:
        return first_start()
    return pages(sorted(int(size) for size in options.sizes.split(",")), options.repeat)


def first_start() -> int:
    from bench import report

    steps = fresh.measure()
    report.print_steps(steps)
    print(f"\n{report.save('fresh', {'steps': steps})}")
    return 0


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
