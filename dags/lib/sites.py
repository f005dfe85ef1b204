"""Sites: one YAML file each, in the folder LTV_SITES. The scheduler reads only what shapes a DAG; the jobs read and check the rest."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

import yaml

REPORTS = ("cohort", "channel", "product", "site", "ltv")
PLAIN = re.compile(r"[a-z][a-z0-9_-]*")
VARIABLE = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)")


@dataclass(frozen=True)
class Site:
    """What a DAG has to know of a site file."""

    name: str
    config: str
    timezone: str
    channels: tuple[str, ...]
    variables: tuple[str, ...]
    """Names of the environment variables that the file asks for: these, and no others, are handed to a job."""

    reports: tuple[str, ...] = REPORTS
    """Types of weekly reports."""


@dataclass(frozen=True)
class BrokenSite:
    """A file that is no site. It gets a DAG that fails at the hour of the daily run: a site that vanishes in silence is missed late."""

    name: str
    problem: str


def all_sites() -> tuple[list[Site], list[BrokenSite]]:
    """Every site file of the folder, and those that are none."""
    if "LTV_SITES" not in os.environ:
        raise KeyError("LTV_SITES is not set: the folder of the site files")
    sites: list[Site] = []
    broken: list[tuple[Path, object]] = []
    for file in sorted(Path(os.environ["LTV_SITES"]).glob("*.yaml")):
        try:
            sites.append(read(file))
        except Exception as problem:  # whatever is wrong with one file, the other sites must run
            broken.append((file, problem))
    names = [site.name for site in sites]
    for site in [s for s in sites if names.count(s.name) > 1]:  # which of the two is meant is for a person to say
        sites.remove(site)
        broken.append((Path(site.config), f"another file is site {site.name} too"))
    taken = {site.name for site in sites}
    return sites, [broken_site(file, problem, taken) for file, problem in broken]


def broken_site(file: Path, problem: object, taken: set[str]) -> BrokenSite:
    """Named after its file, since nothing in it can be trusted."""
    name = re.sub(r"[^a-z0-9_-]", "_", file.stem.lower())
    return BrokenSite(f"{name}_file" if name in taken else name, f"{file.name}: {problem}")


def read(file: Path) -> Site:
    """Reads one site file; raises whatever is wrong with it."""
    text = file.read_text(encoding="utf-8")
    told = yaml.safe_load(text)
    timezone = told.get("timezone", "Asia/Seoul")
    ZoneInfo(timezone)
    channels = tuple(told["channels"])
    for name in (told["site"], *channels):
        if not PLAIN.fullmatch(name):
            raise ValueError(f"{name!r} is no plain lower-case name")
    if not channels:
        raise ValueError("no channels")
    reports = tuple((told.get("reports") or {}).get("types", REPORTS))
    if not set(reports) <= set(REPORTS):
        raise ValueError(f"reports.types are {', '.join(REPORTS)}")
    folder = os.environ.get("LTV_JOB_SITES", os.environ["LTV_SITES"])
    variables = tuple(sorted(set(VARIABLE.findall(text))))
    return Site(told["site"], f"{folder}/{file.name}", timezone, channels, variables, reports)
