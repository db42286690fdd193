"""How a process is told to stop."""

import signal
import threading


def stop_signals() -> threading.Event:
    """The event that SIGTERM and SIGINT set from now on; for the main thread, which alone may ask for signals."""
    told = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        # by a thread: the handler may run inside of `told.wait`, holding the lock that `told.set` takes
        signal.signal(number, lambda *_: threading.Thread(target=told.set).start())
    return told
