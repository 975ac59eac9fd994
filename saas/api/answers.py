"""How JSON leaves the house."""

from __future__ import annotations

from flask import Response, jsonify


def answer(value: object) -> Response:
    """JSON that nobody between us and the caller keeps."""
    response = jsonify(value)
    response.headers["Cache-Control"] = "no-store"
    return response
