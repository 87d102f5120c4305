"""Runs every comparison and prints the tables: `make bench`."""

import platform
import sys

from benchmarks import checks, durable, growth, linking, question, slack_ack, start, telegram_backlog, worry_posted


def main() -> None:
    sys.stdout.write(f"Python {platform.python_version()}, {platform.machine()}; medians; ratios within this run.\n")
    for comparison in (start, worry_posted, durable, growth, linking, question, slack_ack, telegram_backlog, checks):
        sys.stdout.write("\n" + "\n".join(comparison.lines()) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
