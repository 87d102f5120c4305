"""Where members work and what they are, as codes: prefectures by JIS X 0401, the regions around them, kinds of work."""

PREFECTURES = tuple(f"{number:02}" for number in range(1, 48))

_REGIONS = {
    "r1": ("01", "01"),
    "r2": ("02", "07"),
    "r3": ("08", "14"),
    "r4": ("15", "23"),
    "r5": ("24", "30"),
    "r6": ("31", "35"),
    "r7": ("36", "39"),
    "r8": ("40", "47"),
}
"""The eight regions as schools teach them: the first and the last prefecture of each."""

REGIONS = tuple(_REGIONS)

WORKS = (
    "municipality",
    "centre",
    "npo",
    "welfare_council",
    "health",
    "self_reliance",
    "medical",
    "education",
    "gathering",
    "other",
)
"""The fixed vocabulary of what a member is."""


def around(area: str) -> tuple[str, ...]:
    """The area and what lies around it, narrowest first: a municipality (JIS X 0402), its prefecture, its region."""
    if not area or area in _REGIONS:
        return (area,) if area else ()
    prefecture = area[:2]
    region = next(name for name, (first, last) in _REGIONS.items() if first <= prefecture <= last)
    return (area, region) if area == prefecture else (area, prefecture, region)
