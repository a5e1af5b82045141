"""The time that processors worked: what else runs on the machine hardly changes it."""

import time
from pathlib import Path

from django.db import connection


def busy_seconds() -> float:
    """The processor time of this process and, if it runs here on Linux, of PostgreSQL for this connection."""
    pid = getattr(getattr(connection.connection, "info", None), "backend_pid", None)
    schedule = Path(f"/proc/{pid}/schedstat")
    served = int(schedule.read_text().split()[0]) / 1e9 if pid and schedule.exists() else 0
    return time.process_time() + served
