"""Files that this process makes."""

import os


def keep_files_private() -> None:
    """From now on files and folders that this process makes are for its own user alone."""
    os.umask(0o077)
