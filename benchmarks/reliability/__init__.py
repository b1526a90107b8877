"""What the bot promises, tried for long: the real process, real signals, and a Telegram that misbehaves.

That Telegram is the stand-in of the tests, so their folder is put where Python looks for modules, here and
nowhere else.
"""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parent.parent.parent / "tests"))
