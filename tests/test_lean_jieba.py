"""jieba is loaded without what takes longer to load than it."""

import os
import subprocess
import sys
from pathlib import Path


def said(program: str, beside: Path) -> str:
    """What a new Python says, in which a module pkg_resources is found and says that it is loaded."""
    (beside / "pkg_resources.py").write_text("print('loaded')", encoding="utf-8")
    path = os.pathsep.join(map(str, [beside, Path(__file__).parent.parent]))
    asked = [sys.executable, "-c", program]
    ended = subprocess.run(
        asked, check=True, capture_output=True, encoding="utf-8", env={**os.environ, "PYTHONPATH": path}
    )
    return ended.stdout.strip()


def test_jieba_is_loaded_without_pkg_resources(tmp_path: Path) -> None:
    assert said("import jieba", tmp_path) == "loaded"
    assert said("import retrieval.search", tmp_path) == ""


def test_pkg_resources_can_be_loaded_after_it(tmp_path: Path) -> None:
    assert said("import retrieval.lean_jieba; import pkg_resources", tmp_path) == "loaded"


def test_pkg_resources_stays_where_it_was_loaded_before(tmp_path: Path) -> None:
    loaded = "import pkg_resources, retrieval.lean_jieba, sys"
    program = f"{loaded}; print(sys.modules['pkg_resources'] is pkg_resources)"
    assert said(program, tmp_path) == "loaded\nTrue"
