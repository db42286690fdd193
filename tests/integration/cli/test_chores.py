"""What the server does on its own schedule."""

import threading

import accord.server
from accord.server import EmbeddedServer
from support.builders import some_settings


def test_a_chore_that_fails_holds_up_no_other_and_is_tried_again(monkeypatch):
    monkeypatch.setattr(accord.server, "TIDY_SECONDS", 0.01)
    server = EmbeddedServer(some_settings({}))
    done = threading.Barrier(2, timeout=20)

    def fails() -> int:
        raise OSError("the database is away")

    server._chores = {"fails": fails, "works": done.wait}
    thread = threading.Thread(target=server._tidy, daemon=True)
    thread.start()
    done.wait()
    done.wait()
    server._stopping.set()
    done.abort()
    thread.join(timeout=20)

    assert not thread.is_alive()
