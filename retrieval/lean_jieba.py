"""jieba, without what it loads only to find its own files: pkg_resources takes longer than jieba itself."""

import sys

__all__ = ["jieba"]

_loaded = sys.modules.get("pkg_resources")
sys.modules["pkg_resources"] = None  # type: ignore[assignment] # as the import system says that there is none
try:
    import jieba
finally:
    if _loaded is None:
        del sys.modules["pkg_resources"]
    else:
        sys.modules["pkg_resources"] = _loaded
