"""All benchmarks, one after the other, in a form that ends within half an hour on two processors.

    make bench
    python -m tests.benchmarks reading storing

Each compares side by side within one run, on an SQLite database of its own, and can be run by itself with more rounds
and more answers, and on PostgreSQL: `python -m tests.benchmarks.searching --help`.
"""

import argparse
import os
import subprocess
import sys
import time

SHORT: dict[str, list[str]] = {
    "page_cache": [],
    "session_editor": ["--answers", "40", "600"],
    "storing": ["--questions", "1000"],
    "loading": ["--sizes", "1000", "10000", "--rounds", "2"],
    "searching": [],
    "reading": ["--most", "16"],
    "growth": ["--answers", "2000,20000", "--rounds", "5"],
}


def main() -> int:
    """Run the named benchmarks, or all; 1 if one fails."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"one of {', '.join(SHORT)} (default: all)")
    names = parser.parse_args().names or list(SHORT)
    if unknown := [name for name in names if name not in SHORT]:
        parser.error(f"no such benchmark: {', '.join(unknown)}. Choose from {', '.join(SHORT)}")
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    failed = []
    for name in names:
        print(f"\n== {name} {' '.join(SHORT[name])}", flush=True)
        began = time.monotonic()
        command = [sys.executable, "-m", f"tests.benchmarks.{name}", *SHORT[name]]
        failed += [name] if subprocess.run(command, env=environment, check=False).returncode else []
        print(f"({time.monotonic() - began:.0f} s)", flush=True)
    if failed:
        print(f"\nfailed: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
