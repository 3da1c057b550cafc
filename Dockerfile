# syntax=docker/dockerfile:1
# The image of Aisha. docs/deploy.md says how to run it; test/deploy checks every line against the program.

FROM node:24-bookworm-slim AS build
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
COPY scripts scripts/
# Their scripts run below, when there is something to build: a change of ours does not fetch everything anew.
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY tsconfig.json tsconfig.build.json ./
COPY assets assets/
COPY src src/
RUN npm rebuild && npm run build && npm prune --omit=dev --ignore-scripts

FROM node:24-bookworm-slim
LABEL org.opencontainers.image.title="Aisha" \
      org.opencontainers.image.description="Images of your own avatar in Telegram" \
      org.opencontainers.image.version="0.1.0" \
      org.opencontainers.image.licenses="MIT"
# HTTP_HOST: a container has an address of its own, and its ports are published or not from outside.
# STATUS_PORT: /readyz and /metrics for probes and Prometheus in the same network; do not publish it.
# MALLOC_…: docs/decisions/0036.
ENV NODE_ENV=production \
    DATA_DIR=/data \
    HTTP_HOST=0.0.0.0 \
    HTTP_PORT=8080 \
    STATUS_PORT=8081 \
    MALLOC_ARENA_MAX=2 \
    MALLOC_MMAP_THRESHOLD_=1048576
WORKDIR /app
COPY LICENSE ./
COPY --from=build /build/package.json ./
COPY --from=build /build/node_modules node_modules/
COPY --from=build /build/assets assets/
COPY --from=build /build/dist dist/
# Everything it writes is here and in /tmp: the rest may be read-only.
RUN install -d -o 1000 -g 1000 -m 700 /data
VOLUME /data
USER 1000:1000
EXPOSE 8080 8081
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=5s --start-period=90s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.HTTP_PORT}/healthz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# The flags of `npm start`. Commands take the place of the last word: docker run … doctor
ENTRYPOINT ["node", "--max-semi-space-size=4", "--heap-growing-percent=40", "--v8-pool-size=1", "dist/main.js"]
CMD ["start"]
