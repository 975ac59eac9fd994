"""The least that could answer: Flask and psycopg, the same SQL, the same bytes."""

from __future__ import annotations

import os
import pickle
from pathlib import Path

from flask import Flask, Response
from psycopg_pool import ConnectionPool

_SENT, _BODY, _KIND, _URL = pickle.loads(Path(os.environ["BENCH_BARE"]).read_bytes())  # noqa: S301
_POOL = ConnectionPool(_URL, min_size=4, max_size=16, open=True)

app = Flask(__name__)


@app.get("/<path:path>")
def answer(path: str) -> Response:
    """Run the statements, fetch their rows, return the bytes."""
    with _POOL.connection() as connection:
        connection.prepare_threshold = None
        for _, statement, params in _SENT:
            if statement == "COMMIT":
                connection.commit()
            elif statement == "ROLLBACK":
                connection.rollback()
            else:
                connection.execute(statement, params).fetchall()
    return Response(_BODY, content_type=_KIND)
