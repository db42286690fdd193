"""The worker root: delivers what waits in the outbox."""

from accord.app import Parts
from accord.delivery.worker import Worker


def build_worker(parts: Parts) -> Worker:
    """A worker over the same parts as the web; `start()` begins its threads, `stop()` drains them."""
    return Worker(
        database=parts.database,
        gateways=parts.connections,
        clock=parts.clock,
        threads=parts.settings.worker_threads,
    )
