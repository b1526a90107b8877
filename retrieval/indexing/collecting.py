"""Documents' tokens -> a forward index, document by document."""

from typing import BinaryIO

import numpy as np

from retrieval.indexing.forward import Body, Forward, Numbers, lengths_of


class Collector:
    """Puts documents into a forward index. Their tokens, most of it, go to a file at once."""

    def __init__(self, tokens: BinaryIO) -> None:
        self._tokens = tokens
        self._titles: list[Numbers] = []
        self._joints: list[int] = []
        self._above: list[Numbers] = []
        self._text: list[Numbers] = []

    def add(self, title: Numbers, body: Body) -> None:
        """Put in a document behind the others."""
        self._tokens.write(body.tokens.tobytes())
        self._titles.append(title)
        self._joints.append(body.joints)
        self._above.append(body.above)
        self._text.append(body.text)

    def forward(self, bodies: Numbers) -> Forward:
        """The index of all documents that were put in; `bodies` is what was written."""
        return Forward(
            titles=_all(self._titles),
            bodies=bodies,
            title=lengths_of(self._titles),
            joints=np.array(self._joints, np.uint32),
            passages=lengths_of(self._text),
            above=_all(self._above),
            text=_all(self._text),
        )


def _all(arrays: list[Numbers]) -> Numbers:
    return np.concatenate([np.empty(0, np.uint32), *arrays])
