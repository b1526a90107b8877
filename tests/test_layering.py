"""The architecture, read from the imports: which part of the house may know which."""

import ast
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

ROOT = Path(__file__).parent.parent
PARTS = ("bot", "config", "retrieval")
ROOTS_OF_COMPOSITION = {"bot.__main__", "retrieval.__main__"}
VAGUE_NAMES = {
    "utils",
    "util",
    "helpers",
    "helper",
    "common",
    "core",
    "const",
    "constants",
    "services",
    "misc",
}
ENVIRONMENT = {"environ", "environb", "getenv", "getenvb", "putenv", "unsetenv"}
READERS_OF_SETTINGS = {"dotenv", "pydantic_settings"}
CONCURRENCY = {"asyncio", "concurrent", "multiprocessing", "threading"}
NETWORK = {"aiohttp", "http", "httpx", "requests", "socket", "urllib"}


def _name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def modules() -> dict[str, ast.Module]:
    """Return every module by its name, read when it is first asked for."""
    return {
        _name(path): ast.parse(path.read_text(encoding="utf-8"), str(path))
        for part in PARTS
        for path in sorted((ROOT / part).rglob("*.py"))
    }


@cache
def nodes_of(tree: ast.AST) -> list[ast.AST]:
    """Return everything in a tree."""
    return list(ast.walk(tree))


def imports(tree: ast.AST) -> Iterator[str]:
    """Yield what a module imports: modules, and what is taken out of them as if it were one."""
    for node in nodes_of(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "a relative import hides which part it crosses into"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@cache
def imported(name: str) -> set[str]:
    """Return the top-level packages that a module imports, but for what only takes addresses apart."""
    whole = (module for module in imports(modules()[name]) if not module.startswith("urllib.parse."))
    return {module.partition(".")[0] for module in whole}


def part(name: str) -> list[str]:
    return [module for module in modules() if module == name or module.startswith(f"{name}.")]


@cache
def mentioned(tree: ast.AST) -> set[str]:
    """Return every name, attribute and name imported in a module."""
    nodes = nodes_of(tree)
    names = {node.id for node in nodes if isinstance(node, ast.Name)}
    attributes = {node.attr for node in nodes if isinstance(node, ast.Attribute)}
    aliases = {alias.name for node in nodes if isinstance(node, ast.ImportFrom) for alias in node.names}
    return names | attributes | aliases


def test_every_part_of_the_house_is_looked_at() -> None:
    assert {
        "bot.__main__",
        "bot.handlers.asking",
        "config.settings",
        "retrieval",
        "retrieval.readers.plain",
    } <= {*modules()}
    assert "telegram" in imported("bot.handlers.asking")
    assert "retrieval.search.search" in set(imports(modules()["bot.answering"]))
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")}
    assert packages == {*PARTS}


def importing(names: Iterable[str], forbidden: AbstractSet[str]) -> dict[str, set[str]]:
    """Return those of the modules that import a forbidden package, and which."""
    return {name: found for name in names if (found := imported(name) & forbidden)}


def test_retrieval_knows_neither_telegram_nor_the_bot() -> None:
    assert importing(part("retrieval"), {"telegram", "bot"}) == {}


def test_the_settings_know_no_other_part() -> None:
    assert importing(part("config"), {"telegram", "bot", "retrieval"}) == {}


def test_only_the_composition_roots_know_the_settings() -> None:
    others = modules().keys() - {*part("config")}
    assert importing(others, {"config"}).keys() <= ROOTS_OF_COMPOSITION


def test_only_the_bot_imports_telegram() -> None:
    assert importing(modules().keys() - {*part("bot")}, {"telegram"}) == {}


def test_only_config_reads_the_environment() -> None:
    others = modules().keys() - {*part("config")}
    assert importing(others, READERS_OF_SETTINGS) == {}
    assert {name for name in others if mentioned(modules()[name]) & ENVIRONMENT} == set()


def test_retrieval_is_synchronous_and_needs_no_network() -> None:
    # One cuts over all cores, two read in a process that can be stopped, the last ends what takes too long.
    several = {"retrieval.indexing.cutters", "retrieval.sandbox", "retrieval.sandboxed", "retrieval.deadline"}
    assert importing(modules().keys() & {*part("retrieval")} - several, CONCURRENCY) == {}
    assert importing(part("retrieval"), NETWORK) == {}
    nodes = (node for name in part("retrieval") for node in nodes_of(modules()[name]))
    assert not any(isinstance(node, ast.AsyncFunctionDef) for node in nodes)


def test_the_bot_crosses_into_threads_for_a_search_in_one_place() -> None:
    crossing = {
        name for name, tree in modules().items() if mentioned(tree) & {"to_thread", "run_in_executor"}
    }
    assert crossing == {"bot.off_loop"}


def test_imports_make_no_circle() -> None:
    known = {
        name: {module for target in imports(tree) for module in (target, target.rpartition(".")[0])}
        & modules().keys() - {name}
        for name, tree in modules().items()
    }
    assert len(list(TopologicalSorter(known).static_order())) == len(modules())


def test_no_module_is_named_for_nothing() -> None:
    assert {name for name in modules() if VAGUE_NAMES & {*name.split(".")}} == set()


def test_every_module_says_in_its_first_line_what_it_is() -> None:
    said = {name: ast.get_docstring(tree) or "" for name, tree in modules().items() if tree.body}
    assert {
        name for name, words in said.items() if not words.partition("\n")[0].endswith((".", "。"))
    } == set()


def test_no_failure_is_passed_over_in_silence() -> None:
    handlers = [
        (name, node)
        for name, tree in modules().items()
        for node in nodes_of(tree)
        if isinstance(node, ast.ExceptHandler)
    ]
    assert handlers
    for name, handler in handlers:
        assert handler.type is not None, name
        broad = mentioned(handler.type) & {"Exception", "BaseException"}
        assert not (broad and all(isinstance(line, ast.Pass) for line in handler.body)), name
