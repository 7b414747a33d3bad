FROM python:3.12-slim AS build
WORKDIR /source
COPY pyproject.toml README.md LICENSE ./
COPY checker checker
COPY rules rules
RUN pip wheel --no-cache-dir --wheel-dir /wheels .

FROM python:3.12-slim
# 规则编好的缓存放在镜像里，任何用户第一次运行就快。
ENV CHECKER_CACHE_DIR=/var/cache/nianbao-checker PYTHONDONTWRITEBYTECODE=1
RUN --mount=type=bind,from=build,source=/wheels,target=/wheels \
    pip install --no-cache-dir --no-index --find-links /wheels nianbao-checker \
    && checker rules list > /dev/null \
    && useradd --create-home checker
USER checker
WORKDIR /reports
ENTRYPOINT ["checker"]
CMD ["check", "."]
