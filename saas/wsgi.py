"""The entry point for gunicorn: ``gunicorn saas.wsgi:app``."""

from saas.launch.loading import loading

with loading():
    from saas.app import create_app
    from saas.kernel import log

    log.configure()
    app = create_app()
