# Fleetbeat in a container: built whole, then only what runs. The digest is of the index of all platforms; update it with the tag.
FROM node:24.18.0-bookworm-slim@sha256:6f7b03f7c2c8e2e784dcf9295400527b9b1270fd37b7e9a7285cf83b6951452d AS node

FROM node AS build
RUN apt-get update && apt-get install --yes --no-install-recommends make
WORKDIR /fleetbeat
COPY . .
RUN make build && npm prune --omit=dev --no-audit --no-fund

FROM node
ENV NODE_ENV=production HOST=0.0.0.0 PORT=8787
WORKDIR /fleetbeat
COPY --from=build /fleetbeat/package.json /fleetbeat/LICENSE ./
COPY --from=build /fleetbeat/node_modules node_modules
COPY --from=build /fleetbeat/clients clients
COPY --from=build /fleetbeat/dist dist
# The embedded database and the first key, unless DATABASE_URL names a server.
RUN install -d -o node -g node -m 700 data
VOLUME /fleetbeat/data
USER node
EXPOSE 8787
# Whether the process answers. Whether it is ready (/readyz) is the proxy's question: a database that is away mends nothing by a restart.
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --start-interval=1s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--enable-source-maps", "dist/server/main.js"]
