"""Tables as files that a spreadsheet opens, whatever their texts say. Values in, values out."""

import csv
import io
from collections.abc import Iterable, Sequence

from accord.core.text import plain


def csv_of(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A CSV file (RFC 4180) with the names of its columns first."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows([plain(cell) for cell in row] for row in rows)
    return out.getvalue()
