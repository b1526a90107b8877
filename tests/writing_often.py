"""What another process does to an index, apart from what tests need, which takes long to load."""

import os

from benchmarks.crashing import Place


def refresh_often(place: Place, turns: int) -> None:
    """Change a document, and refresh the index, so many times."""
    os.fsync = lambda _: None
    for turn in range(turns):
        (place.documents / f"{os.getpid()}.txt").write_text(f"第{turn}趟渡船。")
        place.refresher.refresh()
