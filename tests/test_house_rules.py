"""What every file of the project keeps to; read from the source itself."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
APPS = (
    *("portal", "search", "notifications", "analytics", "lms", "content", "bulk", "webhooks", "metadata", "accounts"),
    "core",
)
OPERATORS = ("core/aws/operator.py", "portal/backup/")
LONGEST_FILE, LONGEST_FUNCTION = 300, 50


def tracked(*patterns: str) -> list[Path]:
    listing = subprocess.run(["git", "ls-files", "-z", *patterns], cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / name for name in listing.stdout.split("\0") if name and (ROOT / name).is_file()]


def sources(*, tests: bool = False) -> list[Path]:
    return [path for path in tracked("*.py") if tests or "test" not in path.relative_to(ROOT).as_posix()]


def offenders(pattern: str, files: list[Path], allowed: tuple[str, ...] = ()) -> list[str]:
    found = re.compile(pattern)
    return [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path in files
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if found.search(line) and not path.relative_to(ROOT).as_posix().startswith(allowed)
    ]


def functions() -> Iterator[tuple[int, str]]:
    for path in sources():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield (node.end_lineno or node.lineno) - node.lineno + 1, f"{path.relative_to(ROOT)}:{node.name}"


def percentile(values: list[int], share: float) -> int:
    return sorted(values)[int(len(values) * share)]


def test_nothing_scans_a_table() -> None:
    allowed = (*OPERATORS, "bench/followers.py")  # which counts what was told past the portal
    assert offenders(r"\.scan\(|\.rate_limited_scan\(|[\"']scan[\"']", sources(), allowed) == []


def test_only_operators_commands_come_with_an_operators_rights() -> None:
    assert offenders(r"import operator\b|aws\.operator", sources(), OPERATORS) == []


def test_only_stores_and_models_know_pynamodb() -> None:
    rooms = re.compile(r"/(models|store)(/\w+)?\.py$")
    files = [path for path in sources() if not rooms.search(path.as_posix())]
    assert offenders(r"^\s*(from|import) pynamodb", files, allowed=("core/aws/",)) == []


def test_only_one_place_makes_aws_clients() -> None:
    allowed = ("core/aws/", "bench/floor.py")  # which measures against a bare one
    assert offenders(r"create_client\(|boto3\.(client|resource)", sources(), allowed) == []


def test_nothing_is_called_safe_but_what_was_cleaned() -> None:
    assert offenders(r"mark_safe|\|safe\b|autoescape off", [*sources(), *tracked("*.html")]) == []
    assert offenders(r"SafeString\(", sources(), allowed=("core/markup.py",)) == []


def test_only_the_clock_asks_what_time_it_is() -> None:
    allowed = ("core/clock.py", "core/aws/local/", "core/live.py", "core/index/schema.py", "bench/", "accounts/")
    assert offenders(r"datetime\.now\(|timezone\.now\(|\butcnow\(", sources(), allowed) == []


def test_rules_take_the_time_as_an_argument() -> None:
    files = [path for path in sources() if "/rules" in path.as_posix()]
    assert offenders(r"clock\.now|time\.time\(|datetime\.now", files) == []


def test_views_leave_failures_to_the_middleware() -> None:
    files = [path for path in sources() if re.search(r"content/(views/|file_views)|search/views", path.as_posix())]
    allowed = ("content/views/items.py",)  # two forms that carry a sealed id
    assert offenders(r"^\s*try:", files, allowed) == []


def test_pages_hold_no_script_and_no_style() -> None:
    assert offenders(r"<script(?![^>]*\bsrc=)|\sstyle=|\son\w+=\"|<style", tracked("templates/*.html")) == []


def test_every_template_text_is_marked_for_translation() -> None:
    text = re.compile(r">\s*([A-Z][a-z]+( [a-z]+)+)\s*<")
    pages = [path for path in tracked("templates/*.html") if "styleguide" not in path.as_posix()]
    found = [f"{path.relative_to(ROOT)}: {match[1]}" for path in pages for match in text.finditer(path.read_text())]
    assert found == []


def test_nothing_is_left_open() -> None:
    marks = "|".join(("TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK"))
    assert offenders(rf"\b({marks})\b|raise NotImplementedError", sources()) == []


def test_files_and_functions_stay_short() -> None:
    lengths = {path.relative_to(ROOT).as_posix(): len(path.read_text().splitlines()) for path in sources()}
    spans = {name: span for span, name in functions()}
    print(f"files: p90 {percentile(list(lengths.values()), 0.9)}, longest {max(lengths.values())} lines")
    print(f"functions: p90 {percentile(list(spans.values()), 0.9)}, longest {max(spans.values())} lines")
    assert percentile(list(lengths.values()), 0.9) <= 250
    assert percentile(list(spans.values()), 0.9) <= 30
    assert {name: length for name, length in lengths.items() if length > LONGEST_FILE} == {}
    assert {name: span for name, span in spans.items() if span > LONGEST_FUNCTION} == {}


@pytest.mark.parametrize("app", APPS)
def test_every_app_says_what_it_is(app: str) -> None:
    about = ROOT / app / "README.md"
    assert about.exists()
    assert 5 <= len(about.read_text().splitlines()) <= 30


def test_every_variable_that_is_read_is_explained() -> None:
    settings = (ROOT / "portal/settings.py").read_text()
    read = set(re.findall(r'env\.\w+\(\s*"([A-Z0-9_]+)"', settings)) | set(
        re.findall(r'"((?:DDB_TABLE|METADATA)_\w+)"', settings)
    )
    assert read - set(re.findall(r"[A-Z0-9_]{4,}", (ROOT / ".env.example").read_text())) == set()
