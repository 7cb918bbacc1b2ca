"""The boundaries that maps draw, and what must be said about them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from xianzhong.model.labels import Label, Lang

# GeoJSON itself, or the address at which the application serves it.
Geometry = dict[str, Any] | str
Frame = tuple[float, float, float, float]
Stroke = list[list[float]]


@dataclass(frozen=True)
class Boundaries:
    """The boundary files of a folder (see data/geo/README.md), and their provenance.

    Attributes:
        folder: where ``meta.json``, ``national.geojson``, ``inset.geojson`` and ``county/`` are.
        address: under which address the application serves that folder, such as ``/geo``. The
            browser then fetches each file once and keeps it, for the address carries the file's
            content hash. With None the boundaries travel inside every figure.
    """

    folder: Path
    address: str | None = None

    @cached_property
    def _meta(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads((self.folder / "meta.json").read_text("utf-8"))
        return found

    def geometry(self, name: str) -> Geometry:
        """A boundary file by its name, such as ``county/53.geojson``: its address or content.

        Raises:
            KeyError: ``meta.json`` does not know the file.
            FileNotFoundError: the file is not there.
        """
        version = self._meta["versions"][name]
        if self.address is not None:
            return f"{self.address}/{name}?v={version}"
        return _content(self.folder / name)

    def features(self, name: str) -> list[dict[str, Any]]:
        """The features of a boundary file, wherever the browser fetches it from.

        Raises:
            FileNotFoundError: the file is not there.
        """
        found: list[dict[str, Any]] = _content(self.folder / name)["features"]
        return found

    @property
    def national(self) -> Geometry:
        """The 34 provincial units."""
        return self.geometry("national.geojson")

    @property
    def inset(self) -> Geometry:
        """What the South China Sea inset shows."""
        return self.geometry("inset.geojson")

    def county(self, province: str) -> Geometry:
        """The counties of a province by its two-digit code; 66 are the Corps' cities.

        Raises:
            KeyError: there is no such province.
        """
        return self.geometry(f"county/{province}.geojson")

    @cached_property
    def lines(self) -> Mapping[str, list[Stroke]]:
        """Strokes of the ``dashline`` and the ``undefined_border``: lists of (lon, lat)."""
        return {
            f["properties"]["kind"]: f["geometry"]["coordinates"]
            for f in _content(self.folder / "national.geojson")["features"]
            if "kind" in f["properties"]
        }

    def view(self, province: str) -> Frame:
        """West, south, east, north of a province's map in degrees.

        Raises:
            KeyError: there is no such province.
        """
        west, south, east, north = self._meta["views"][province]
        return west, south, east, north

    @property
    def approval(self) -> str:
        """The approval number of the map (审图号)."""
        return str(self._meta["approval"])

    def credit(self, lang: Lang) -> str:
        """The line that stands under every map: source and approval number."""
        source, approval = self._meta["source"], self.approval
        return Label(
            f"底图来源：{source}　审图号：{approval}",
            f"Boundaries: {self._meta['source_en']}　Approval number: {approval}",
        )[lang]


@lru_cache(maxsize=8)
def _content(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return found
