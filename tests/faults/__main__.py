"""make faults: every long experiment, or those whose names are given, with progress and a record of its figures."""

import importlib
import pkgutil
import sys
import time

from tests.faults import full, report


def main(wanted: list[str]) -> int:
    """An experiment raises AssertionError where a promise was broken; the others still run."""
    broken = 0
    for name in sorted(module.name for module in pkgutil.iter_modules(full.__path__)):
        if wanted and name not in wanted:
            continue
        experiment = importlib.import_module(f"{full.__name__}.{name}")
        sys.stdout.write(f"{name}: {experiment.TITLE}\n")
        started = time.monotonic()
        try:
            figures = experiment.run()
        except AssertionError as error:
            broken += 1
            sys.stdout.write(f"  BROKEN: {error}\n")
            continue
        figures = {**figures, "seconds": round(time.monotonic() - started)}
        report.record(name, figures)
        sys.stdout.write(f"  {', '.join(f'{key} {value}' for key, value in figures.items())}\n")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
