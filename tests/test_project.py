"""The checkout keeps the promises that its own documents make."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import tomllib
from functools import cache
from pathlib import Path
from urllib.parse import unquote

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
MAX_PAGE_LINES = 80
MAX_MODULE_LINES = 400
MAX_FUNCTION_LINES = 40

# Put together from pieces, so that this file does not hold what it looks for.
FORBIDDEN = {
    "the host of a package registry": "|".join(
        re.escape(".".join(parts))
        for parts in (
            ("pypi", "org"),
            ("files", "pythonhosted", "org"),
            ("pypi", "tuna"),
            ("registry", "npmjs"),
            ("registry", "npmmirror"),
            ("deb", "debian", "org"),
            ("archive", "ubuntu", "com"),
            ("proxy", "golang", "org"),
            ("conda", "anaconda", "org"),
        )
    ),
    "a path on somebody's machine": "|".join(
        rf"(?<![\w.~$}}/-])/{top}/[\w.-]+" for top in ("home", "root", "work", "Users")
    )
    + r"|[A-Z]:\\\\?Users\b",
}


@cache
def tracked_files() -> tuple[Path, ...]:
    """Every file of the checkout that git follows or would follow."""
    git = shutil.which("git")
    if not git or not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    listing = subprocess.run(
        [git, "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    )
    paths = (ROOT / name for name in listing.stdout.split("\0") if name)
    return tuple(path for path in paths if path.is_file())


def text_of(path: Path) -> str | None:
    """The text of a file, or None for a picture, a font and other bytes."""
    content = path.read_bytes()
    if b"\0" in content[:8192]:
        return None
    return content.decode("utf-8", errors="replace")


def pyproject() -> dict[str, object]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def pinned() -> dict[str, str]:
    """The version of every package named in constraints.txt."""
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pairs = (line.split("==") for line in lines if line and not line.startswith("#"))
    return {canonicalize_name(name): version for name, version in pairs}


def requirements() -> list[str]:
    project = pyproject()
    extras = project["optional-dependencies"]
    return [*project["dependencies"], *(line for group in extras.values() for line in group)]


def makefile_targets() -> set[str]:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    return set(re.findall(r"^([a-z][\w-]*):", makefile, flags=re.MULTILINE))


def python_files(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md", "docs/contributing.md"])
def test_every_make_command_in_the_documents_is_a_target(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    named = set(re.findall(r"(?:^|`)make ([a-z][\w-]*)", text, flags=re.MULTILINE))
    assert named
    assert named <= makefile_targets()


def test_the_readmes_give_the_same_commands_in_the_same_order() -> None:
    english, chinese = (
        re.findall(r"^\| `(xianzhong [^`]+)` \|", (ROOT / name).read_text("utf-8"), re.MULTILINE)
        for name in ("README.md", "README.zh-CN.md")
    )
    assert english
    assert english == chinese


def test_every_relative_link_in_the_documents_leads_to_a_file() -> None:
    broken = []
    for path in tracked_files():
        if path.suffix != ".md":
            continue
        text = re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        for target in re.findall(r"\]\(([^)\s#]+)[^)]*\)", text):
            if not re.match(r"[a-z]+:", target) and not (path.parent / unquote(target)).exists():
                broken.append(f"{path.relative_to(ROOT)}: {target}")
    assert broken == []


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_file_holds(what: str) -> None:
    pattern = re.compile(FORBIDDEN[what])
    found = [
        f"{path.relative_to(ROOT)}: {match.group()}"
        for path in tracked_files()
        for match in pattern.finditer(text_of(path) or "")
    ]
    assert found == []


@pytest.mark.parametrize(
    ("what", "text"),
    [
        ("the host of a package registry", "https://" + "pypi" + ".org/simple"),
        ("a path on somebody's machine", "open('/" + "home/li/data.csv')"),
        ("a path on somebody's machine", "cd /" + "root/checkout"),
    ],
)
def test_the_search_for_forbidden_text_finds_it(what: str, text: str) -> None:
    assert re.search(FORBIDDEN[what], text)


def test_each_dependency_is_pinned_to_a_version_that_its_range_allows() -> None:
    versions = pinned()
    wrong = []
    for line in requirements():
        requirement = Requirement(line)
        version = versions.get(canonicalize_name(requirement.name))
        if version is None or not requirement.specifier.contains(version):
            wrong.append(f"{line}: {version}")
    assert wrong == []


def test_decisions_are_numbered_once_each_from_one_without_a_gap() -> None:
    names = sorted(path.name for path in (ROOT / "docs" / "decisions").glob("*.md"))
    numbers = [name.split("-")[0] for name in names]
    assert numbers == [f"{number:04d}" for number in range(1, len(names) + 1)]


def test_a_decision_begins_with_its_own_number() -> None:
    wrong = [
        path.name
        for path in sorted((ROOT / "docs" / "decisions").glob("*.md"))
        if not path.read_text(encoding="utf-8").startswith(f"# {int(path.name[:4])}. ")
    ]
    assert wrong == []


def test_no_page_is_longer_than_a_story() -> None:
    lengths = {
        path.name: len(path.read_text("utf-8").splitlines()) for path in python_files("pages")
    }
    assert {name: lines for name, lines in lengths.items() if lines > MAX_PAGE_LINES} == {}


def test_no_module_is_too_long() -> None:
    modules = python_files("src")
    lengths = {
        str(path.relative_to(ROOT)): len(path.read_text("utf-8").splitlines()) for path in modules
    }
    assert lengths
    assert {name: lines for name, lines in lengths.items() if lines > MAX_MODULE_LINES} == {}


def test_no_function_is_too_long() -> None:
    """Counts lines from the name to the end, less the docstring: words may be as long as needed."""
    too_long = []
    for path in python_files("src", "pages"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                continue
            docstring = ast.get_docstring(node, clean=False) or ""
            lines = node.end_lineno - node.lineno + 1 - len(docstring.splitlines())
            if lines > MAX_FUNCTION_LINES:
                too_long.append(f"{path.relative_to(ROOT)}: {node.name} has {lines} lines")
    assert too_long == []
