"""A district on the phone's first screen, and what can be read there without a signal.

Three small files make it an app: its manifest, its sign, and a worker whose reach ends at the
district's own prefix. The worker keeps built files by their content, and pages that answer with
``X-Keep``: ``public`` for what everybody sees alike, ``slips`` for what shows a demand of one who
filed without an account, which it keeps only when asked to. Where somebody is signed in an answer
says ``nothing``: no such page is ever kept, and what was one's own is dropped.
"""

from __future__ import annotations

from typing import Any, Final

from flask import Flask, Response, current_app, g, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from saas.kernel.context import ANONYMOUS, Actor, current_tenant
from saas.kernel.i18n import locale_code, say
from saas.kernel.runtime import wired
from saas.web import built
from saas.web.pages import OPEN_TO_ALL, PUBLIC, Access, Pages, render
from saas.web.shell import Navigation

pages = Pages("offline", __name__, plane="tenant")
#: The header of a page that says what a phone may do with it.
KEEP: Final = "X-Keep"
OWN_SLIPS: Final = "slips"
_NOTHING: Final = "nothing"
_SHORTCUTS: Final = 4
#: What a picture is for → how much of its square the seal takes.
_PURPOSES: Final = {"any": 0.92, "maskable": 0.62}
_HOUR: Final = 3600


def init_app(app: Flask) -> None:
    """The pages, and the word on every answer whether it may be kept."""
    app.register_blueprint(pages)
    app.after_request(_say_what_may_be_kept)


def _say_what_may_be_kept(response: Response) -> Response:
    actor: Actor | None = getattr(g, "saas_actor", None)
    if actor is None or response.mimetype != "text/html":
        return response
    if actor.signed_in:
        response.headers[KEEP] = _NOTHING
    elif response.status_code == 200 and request.method == "GET" and (word := _declared()):
        response.headers[KEEP] = OWN_SLIPS if _shows_a_slip(response, actor) else word
    return response


def _shows_a_slip(response: Response, actor: Actor) -> bool:
    """Whether something of one's own stands there: then the page is not what everybody sees."""
    text = response.get_data(as_text=True) if actor.slips else ""
    return any(code in text for code in actor.slips)


def _declared() -> str:
    """What the route said of itself; a part of a page is no page."""
    if "HX-Request" in request.headers:
        return ""
    view = current_app.view_functions.get(request.endpoint or "")
    access: Access | None = getattr(view, "__saas_access__", None)
    return access.keep if access else ""


@pages.page("/manifest.webmanifest", needs=PUBLIC)
def manifest(actor: Actor) -> ResponseReturnValue:
    """What the phone needs to put the district on its first screen."""
    root, name = f"{request.script_root}/", say(current_tenant().name)
    look: Any = wired().look(current_tenant())
    response = jsonify(
        id=root,
        start_url=root,
        scope=root,
        name=name,
        short_name=name[:12],
        lang="en" if locale_code() == "en" else "zh-Hans",
        display="standalone",
        theme_color=look.palette.paper,
        background_color=look.palette.paper,
        icons=[_icon(f"{root}sign.svg?for={one}&v={look.mark}", one) for one in _PURPOSES],
        shortcuts=[
            {"name": item.label, "url": item.url}
            for item in Navigation(ANONYMOUS).of("resident")[:_SHORTCUTS]
        ],
    )
    response.mimetype = "application/manifest+json"
    response.headers["Cache-Control"] = f"private, max-age={_HOUR}"  # it speaks one's language
    return response


def _icon(address: str, purpose: str) -> dict[str, str]:
    return {"src": address, "sizes": "any", "type": "image/svg+xml", "purpose": purpose}


@pages.page("/sign.svg", needs=PUBLIC)
def sign(actor: Actor) -> ResponseReturnValue:
    """The district's seal in the colours of its culture; ``?for=maskable`` leaves room around.

    The mark in its address changes with the culture, so that no kept picture outlives it.
    """
    tenant = current_tenant()
    values: dict[str, Any] = {
        "look": wired().look(tenant),
        "char": tenant.name["zh"][:1],
        "part": _PURPOSES.get(request.args.get("for", ""), _PURPOSES["any"]),
    }
    text = render_template("sign.svg", **values)
    return _for_all(Response(text, mimetype="image/svg+xml"), _HOUR)


@pages.page("/worker.js", needs=PUBLIC)
def worker(actor: Actor) -> ResponseReturnValue:
    """What works for the district on the phone: asked for anew each time, so that it never ages."""
    file = built.DIST / "worker.js"
    return _for_all(Response(file.read_bytes(), mimetype="text/javascript"), 0)


@pages.page("/offline", needs=PUBLIC, keep=OPEN_TO_ALL)
def without_signal(actor: Actor) -> ResponseReturnValue:
    """What stands instead of a page that was not kept."""
    return render("offline.html")


def _for_all(response: Response, seconds: int) -> Response:
    response.headers["Cache-Control"] = f"public, max-age={seconds}"
    response.add_etag()
    return response
