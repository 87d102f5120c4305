"""Prometheus's text format 0.0.4 as its documentation gives it, to hold our own against.

https://prometheus.io/docs/instrumenting/exposition_formats/ (checked 2026-11-24)
"""

import re
from collections import defaultdict
from dataclasses import dataclass, field

_NAME = r"[a-zA-Z_:][a-zA-Z0-9_:]*"
_LABEL = r'[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\n]|\\["\\n])*"'
_SAMPLE = re.compile(rf"({_NAME})(?:\{{({_LABEL}(?:,{_LABEL})*)?\}})? ([-+0-9.eE]+|NaN|[+-]Inf)")
_PAIR = re.compile(r'([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\["\\n])*)"')
_TYPES = {"counter", "gauge", "histogram", "summary", "untyped"}

Labels = tuple[tuple[str, str], ...]


@dataclass
class Family:
    """One metric with its samples: (suffix, labels, value)."""

    type: str
    samples: list[tuple[str, Labels, float]] = field(default_factory=list)

    def value(self, **labels: str) -> float:
        """The samples that carry these labels, together."""
        return sum(value for _, given, value in self.samples if labels.items() <= dict(given).items())


def read(text: str) -> dict[str, Family]:
    """Every family; AssertionError where the text breaks a rule of the format."""
    assert text.endswith("\n"), "the last line must end with a line break"
    families: dict[str, Family] = {}
    helped: set[str] = set()
    current = ""
    for line in text.removesuffix("\n").split("\n"):
        if line.startswith("# HELP "):
            name, _, _ = line.removeprefix("# HELP ").partition(" ")
            assert name not in helped, f"{name} is explained twice"
            helped.add(name)
        elif line.startswith("# TYPE "):
            current, kind = line.removeprefix("# TYPE ").split(" ")
            assert kind in _TYPES and current not in families, line
            families[current] = Family(kind)
        else:
            _sample(families, current, line)
    for name, family in families.items():
        if family.type == "histogram":
            _check_buckets(name, family)
        elif family.type == "counter":
            assert name.endswith("_total") and all(value >= 0 for *_, value in family.samples), name
    return families


def _sample(families: dict[str, Family], current: str, line: str) -> None:
    found = _SAMPLE.fullmatch(line)
    assert found, f"no sample: {line}"
    name, labels, value = found.groups()
    assert name.startswith(current), "the lines of one metric stand together, after its type"
    suffix = name.removeprefix(current)
    assert suffix in (("_bucket", "_sum", "_count") if families[current].type == "histogram" else ("",)), line
    pairs: Labels = tuple(_PAIR.findall(labels or ""))
    assert len({key for key, _ in pairs}) == len(pairs), f"a label twice: {line}"
    family = families[current]
    assert (suffix, pairs) not in [(each, given) for each, given, _ in family.samples], f"a sample twice: {line}"
    family.samples.append((suffix, pairs, float(value)))


def _check_buckets(name: str, family: Family) -> None:
    """Cumulative, with +Inf, which is the count."""
    buckets: dict[Labels, list[tuple[float, float]]] = defaultdict(list)
    counts: dict[Labels, float] = {}
    for suffix, labels, value in family.samples:
        rest = tuple(pair for pair in labels if pair[0] != "le")
        if suffix == "_bucket":
            buckets[rest].append((float(dict(labels)["le"]), value))
        elif suffix == "_count":
            counts[rest] = value
    assert buckets.keys() == counts.keys(), name
    for labels, found in buckets.items():
        assert found == sorted(found), name
        assert [value for _, value in found] == sorted(value for _, value in found), name
        assert found[-1] == (float("inf"), counts[labels]), name
