# The product as one image: `saas web` (the web process behind a buffering proxy) by default,
# `saas worker`, `saas db upgrade` and `saas backup` by name.

# Builds the wheel; the styles and scripts inside it are made by a node that comes with the build.
FROM docker.io/library/python:3.11-slim-bookworm AS build
WORKDIR /source
COPY pyproject.toml README.md LICENSE ./
COPY saas saas
COPY tenants tenants
COPY migrations migrations
COPY scripts/constraints.txt scripts/constraints.txt
ENV PIP_CONSTRAINT=/source/scripts/constraints.txt PIP_BUILD_CONSTRAINT=/source/scripts/constraints.txt
RUN pip wheel --no-cache-dir --no-deps --wheel-dir /wheels . \
    && python -m venv /opt/saas \
    && /opt/saas/bin/pip install --no-cache-dir "$(echo /wheels/*.whl)[pdf]"

FROM docker.io/library/python:3.11-slim-bookworm
# Posters as PDF are set with Chinese letters; nginx takes in slow clients.
RUN apt-get update \
    && apt-get install -y --no-install-recommends fonts-wqy-zenhei nginx-light \
    && rm -rf /var/lib/apt/lists/*
RUN groupadd --gid 10001 saas \
    && useradd --uid 10001 --gid saas --no-create-home --home-dir /tmp --shell /usr/sbin/nologin saas \
    && install --directory --owner saas --group saas /data
COPY --from=build /opt/saas /opt/saas
ENV PATH=/opt/saas/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    SAAS_DATA_DIR=/data
# By number, so that a cluster can see that it is not root.
USER 10001:10001
WORKDIR /data
EXPOSE 8000
CMD ["saas", "web", "--address=0.0.0.0:8000"]
