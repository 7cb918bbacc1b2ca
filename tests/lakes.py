"""Three lakes for tests of the pages: the real programme, a generated one, and an empty one.

Each is built once for all workers of a run, in a temporary folder that goes when they have ended.
Tests only read them; a test that writes makes a lake of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path

from tests.sharing import made_once, shared_folder
from xianzhong.demo.build import build_demo
from xianzhong.intake.load import load
from xianzhong.lake.store import Lake
from xianzhong.model.tables import TABLES
from xianzhong.query.engine import Engine
from xianzhong.query.figures import Figure, figures
from xianzhong.query.filters import parse_filters
from xianzhong.query.gate import View
from xianzhong.query.names import Names, names_of
from xianzhong.query.scope import NATION
from xianzhong.query.sentence import parts
from xianzhong.reference import load_divisions
from xianzhong.settings import Settings

ROOT = Path(__file__).resolve().parents[1]
LAKES = ("empty", "real", "demo")
LANGS = ("zh", "en")
DEMO_SCHOOLS, DEMO_ACTIVITIES = 300, 5_000
DEMO_DAY = date(2026, 6, 30)
PROGRAMME = {
    "universities": "universities.csv",
    "schools": "schools.csv",
    "pairings": "pairings.csv",
    "activities": "activities.csv",
    "weak_counties": "former_poverty_counties.csv",
}


@cache
def lake_of(name: str) -> Path:
    """The folder of the ``empty``, ``real`` or ``demo`` lake."""
    return made_once(shared_folder() / name, _build)


def _build(root: Path) -> None:
    lake = Lake(root)
    if root.name == "real":
        for table, file in PROGRAMME.items():
            path = ROOT / "data" / "programme" / file
            receipt = load(lake, TABLES[table], path, who="test")
            assert receipt.committed, f"{file}: {receipt.report.findings}"
    elif root.name == "demo":
        build_demo(lake, DEMO_SCHOOLS, DEMO_ACTIVITIES, today=DEMO_DAY)


@cache
def engine_of(name: str) -> Engine:
    """An engine over a lake, made here and not taken from the pages."""
    settings = Settings(lake=lake_of(name))
    return Engine(Lake(settings.lake), load_divisions(settings.data / "divisions"), settings)


def names_in(name: str) -> Names:
    """The names of a lake."""
    engine = engine_of(name)
    return names_of(engine, engine.lake.snapshot(), NATION)


def view_of(name: str, params: Mapping[str, str]) -> View:
    """The view that a link asks for."""
    filters, problems = parse_filters(params, names_in(name))
    assert not problems, f"the test's own link is wrong: {problems}"
    return View(engine_of(name).lake.snapshot(), NATION, filters)


def figures_of(name: str, params: Mapping[str, str]) -> dict[str, Figure]:
    """Every figure of a link by its id, from the functions that the command line uses."""
    found = figures(engine_of(name), view_of(name, params))
    return {figure.indicator.id: figure for figure in found}


def sentence_of(name: str, params: Mapping[str, str], lang: str) -> list[str]:
    """The words of the filter sentence, part by part."""
    filters = view_of(name, params).filters
    return [part.text for part in parts(filters, names_in(name), "en" if lang == "en" else "zh")]
