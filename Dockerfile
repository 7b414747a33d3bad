FROM python:3.12-slim AS build
WORKDIR /source
COPY requirements/run.lock requirements/
RUN pip wheel --no-cache-dir --require-hashes --wheel-dir /wheels --requirement requirements/run.lock
COPY pyproject.toml hatch_build.py README.md LICENSE ./
COPY docs/licences.md docs/
COPY quality quality
COPY web/src web/src
COPY checker checker
COPY rules rules
RUN pip wheel --no-cache-dir --no-deps --wheel-dir /wheels .

FROM python:3.12-slim
ENV PYTHONDONTWRITEBYTECODE=1
RUN --mount=type=bind,from=build,source=/wheels,target=/wheels \
    pip install --no-cache-dir --no-index --find-links /wheels "$(echo /wheels/nianbao_checker-*.whl)[all]" \
    && useradd --create-home checker
USER checker
WORKDIR /reports
ENTRYPOINT ["checker"]
CMD ["check", "."]
