"""The house keeps its shape: sizes, shelves, and the few rules that no linter knows."""

import ast
import importlib.util
import re
from pathlib import Path

import pytest
import rules

from ccm_portal.core.workflow import Transition

ROOT = Path(__file__).resolve().parent.parent
APPS = ["ccm_portal/core", "ccm_portal/dashboard", "committees", "meetings", "reporting", "compliance", "sponsorship"]
CODE_FOLDERS = ["ccm_portal", "committees", "meetings", "reporting", "compliance", "sponsorship"]
REASONS = ("# slow import", "# app ready", "# optional dependency")
# A script element of type application/json holds data: no browser runs it.
INLINE = re.compile(
    r"<script(?![^>]*(?:\bsrc=|application/json))|<style\b|\sstyle=|\son[a-z]+\s*=|javascript:", re.IGNORECASE
)


def sources(*folders, suffixes=(".py",)):
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in suffixes and not {"migrations", "build", "vendor"} & set(path.parts):
                yield path


def named(path):
    return str(path.relative_to(ROOT))


def parsed(path):
    return ast.parse(path.read_text(), filename=named(path))


def test_no_module_passes_400_lines():
    every = [*sources(*CODE_FOLDERS), *sources("static", "templates", suffixes=(".css", ".js", ".html"))]
    long = {named(path): count for path in every if (count := len(path.read_text().splitlines())) > 400}
    assert long == {}


@pytest.mark.parametrize("app", APPS)
def test_every_app_says_what_it_is_for(app):
    text = (ROOT / app / "README.md").read_text()
    assert text.startswith("# ") and len(text.split()) > 10


def test_an_import_inside_a_function_says_why():
    unexplained = []
    for path in sources(*CODE_FOLDERS):
        lines = path.read_text().splitlines()
        for function in ast.walk(parsed(path)):
            if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
                continue
            imports = [node for node in ast.walk(function) if isinstance(node, ast.Import | ast.ImportFrom)]
            for node in imports:
                around = lines[node.lineno - 2 : node.end_lineno]
                explained = any(reason in line for line in around for reason in REASONS)
                if not explained and function.name != "ready":
                    unexplained.append(f"{named(path)}:{node.lineno}")
    assert unexplained == []


def test_models_neither_override_save_nor_order_themselves():
    found = []
    for path in sources(*CODE_FOLDERS):
        if path.name != "models.py" and "models" not in path.parts:
            continue
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.FunctionDef) and node.name == "save":
                found.append(f"{named(path)}:{node.lineno} save()")
            if isinstance(node, ast.ClassDef) and node.name == "Meta":
                targets = [target.id for item in node.body if isinstance(item, ast.Assign) for target in item.targets]
                found += [f"{named(path)}:{node.lineno} ordering" for name in targets if name == "ordering"]
    assert found == []


def test_the_convention_is_computed_without_a_clock():
    read = re.compile(r"\.today\(\)|\.now\(|time\.time\(")
    found = [named(path) for path in sources("ccm_portal/treaty") if read.search(path.read_text())]
    assert found == []


def test_every_transition_asks_for_a_permission_that_exists():
    missing = {}
    for app in APPS:
        name = f"{app.replace('/', '.')}.workflow"
        if importlib.util.find_spec(name) is None:
            continue
        module = importlib.import_module(name)
        arrows = [value for value in vars(module).values() if isinstance(value, Transition)]
        missing |= {arrow.name: arrow.perm for arrow in arrows if not rules.perm_exists(arrow.perm)}
    assert missing == {}


def test_pages_carry_no_inline_script_style_or_handler():
    pages = [path for path in sources("templates", suffixes=(".html",)) if "pdf" not in path.parts]
    found = {named(path): INLINE.search(path.read_text())[0] for path in pages if INLINE.search(path.read_text())}
    assert found == {}


def test_every_component_says_what_it_takes():
    components = list(sources("templates/components", suffixes=(".html",)))
    silent = [named(path) for path in components if not path.read_text().startswith(("{#", "{% comment %}"))]
    assert silent == []


def test_decisions_are_numbered_without_gaps():
    numbers = [int(path.name[:4]) for path in sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md"))]
    assert numbers == list(range(1, len(numbers) + 1))
