# nginx with the built SPA.
FROM node:22-bookworm-slim AS build
WORKDIR /build
COPY frontend/package.json frontend/package-lock.json frontend/.npmrc ./
COPY frontend/tools tools
RUN npm ci --no-progress
COPY frontend ./
RUN npm run build

FROM nginx:1.28-alpine
COPY deploy/nginx/ /etc/taizhang-nginx/
COPY --from=build /build/dist /usr/share/taizhang
USER 101
EXPOSE 8080 8443
ENTRYPOINT []
CMD ["/etc/taizhang-nginx/start.sh"]
