# 政务公开工作台账。`make help` 列出全部命令。

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
SHELL := /bin/sh

PYTHON ?= python3
PORT   ?= 8000
DATA   ?= var
DEMO   ?= 1
PYTEST_ARGS ?= -q -n auto --dist loadfile

VENV := .venv
BIN  := $(VENV)/bin
DEMO_FLAG := $(if $(filter 0 no false,$(DEMO)),--no-demo,--demo)
PIP := $(BIN)/python -m pip --disable-pip-version-check install -qq
CONTRACT := openapi.json frontend/src/api/schema.d.ts

##@ 运行

.PHONY: run
run: $(VENV)/.installed frontend/dist  ## 安装依赖、构建页面并启动：make run [PORT=8000] [DATA=var] [DEMO=1]
	@exec $(BIN)/taizhang run --port "$(PORT)" --data "$(DATA)" $(DEMO_FLAG)

##@ 检查

.PHONY: test check
test: lint types contract pytest frontend e2e  ## 全部检查，与 CI 相同

check: test  ## 同 make test

.PHONY: lint
lint: $(VENV)/.installed-dev  ## 代码格式、规则与分层
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports

.PHONY: types
types: $(VENV)/.installed-dev  ## mypy --strict
	$(BIN)/mypy

.PHONY: contract
contract: $(VENV)/.installed-dev frontend/node_modules/.installed  ## 重新生成接口描述与前端类型，有差异即失败
	$(BIN)/taizhang openapi > openapi.json.new
	mv openapi.json.new openapi.json
	npm --prefix frontend run --silent generate
	@git ls-files --error-unmatch $(CONTRACT) >/dev/null
	git diff --exit-code -- $(CONTRACT)

.PHONY: pytest
pytest: $(VENV)/.installed-dev tools  ## 后端与部署测试，每核一组：make pytest PYTEST_ARGS="tests/plans -x"
	$(BIN)/python -m pytest $(PYTEST_ARGS)

.PHONY: frontend
frontend: frontend/node_modules/.installed  ## 前端类型、规则、单元测试、构建与体积
	npm --prefix frontend run --silent check

.PHONY: e2e
e2e: $(VENV)/.installed-dev frontend/dist tools  ## 浏览器端到端测试（Chromium）
	npm --prefix frontend run --silent e2e

.PHONY: tools
tools:
	@.ci/tools

.PHONY: bench
bench: $(VENV)/.installed-dev  ## 性能：每秒请求数与启动时间
	$(BIN)/python -m tests.bench

.PHONY: trust
trust: $(VENV)/.installed-dev  ## 可靠与安全：崩溃、故障等，打印数字：make trust [QUICK=1] [ONLY=crash]
	$(BIN)/python -m tests.trust $(ONLY) $(if $(QUICK),--quick)

##@ 开发

.PHONY: dev
dev: $(VENV)/.installed-dev frontend/node_modules/.installed  ## 只装开发依赖

.PHONY: migration
migration: $(VENV)/.installed-dev  ## 按模型与数据库的差异写下一个迁移：make migration m="add evidence digest"
	@test -n "$(m)" || { echo '请写明迁移内容：make migration m="add evidence digest"' >&2; exit 2; }
	$(BIN)/taizhang migration "$(m)"

.PHONY: lock
lock:  ## 更新锁文件（需要 uv）
	@command -v uv >/dev/null || { echo '请先安装 uv：pip install uv' >&2; exit 2; }
	$(call compile,,requirements.txt)
	$(call compile,--extra dev,requirements-dev.txt)
	npm --prefix frontend install --package-lock-only

# 不含 ecdsa、rsa、pyasn1：python-jose 声明了它们，但用 cryptography 时不加载，而前者有不再修复的漏洞。
define compile
uv pip compile pyproject.toml $(1) --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-header --no-annotate \
	--no-emit-package ecdsa --no-emit-package rsa --no-emit-package pyasn1 \
	--quiet --output-file $(2)
endef

.PHONY: clean
clean:  ## 删除构建产物与依赖（不动数据目录）
	rm -rf $(VENV) frontend/node_modules frontend/tools/openapi/node_modules frontend/dist build
	rm -rf .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis

.PHONY: help
help:  ## 显示本说明
	@awk 'BEGIN {FS = ":.*## "} /^##@/ {printf "\n%s\n", substr($$0, 5)} \
		/^[a-z0-9-]+( [a-z0-9-]+)*:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# ── 安装：每一步留一个标记文件，依赖未变则不重做 ──

$(VENV)/.installed: requirements.txt pyproject.toml | $(VENV)/bin/python
	@echo '安装运行依赖 …'
	@$(PIP) --no-deps --require-hashes -r requirements.txt
	@$(PIP) --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.installed-dev: requirements-dev.txt requirements.txt pyproject.toml | $(VENV)/bin/python
	@echo '安装开发依赖 …'
	@$(PIP) --no-deps --require-hashes -r requirements-dev.txt
	@$(PIP) --no-deps --no-build-isolation -e .
	@touch $(VENV)/.installed $@

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "需要 Python 3.11 或更新版本，$(PYTHON) 是 $$($(PYTHON) --version 2>/dev/null || echo 不存在)。可指定：make run PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo '这个 Python 缺少 venv。Debian/Ubuntu：apt install python3-venv' >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV)

frontend/node_modules/.installed: frontend/package.json frontend/package-lock.json frontend/.npmrc
	@command -v node >/dev/null || { echo '需要 Node.js 20.19 或更新版本：https://nodejs.org' >&2; exit 1; }
	@node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 22 || (a === 22 && b >= 12) || (a === 20 && b >= 19) ? 0 : 1)' || { \
		echo "需要 Node.js 20.19+ 或 22.12+，现有 $$(node --version)" >&2; exit 1; }
	@echo '安装前端依赖 …'
	@npm --prefix frontend ci --no-progress --loglevel=error
	@touch $@

# 前端源文件比上次构建新才重新构建；目录时间也算，删掉文件同样会触发。
.PHONY: frontend/dist
frontend/dist: frontend/node_modules/.installed
	@if [ ! -f $@/index.html ] || [ -n "$$(find frontend -path frontend/dist -prune -o -name node_modules -prune -o -name test-results -prune -o \
		-path frontend -o -newer $@/index.html -print | head -n 1)" ]; then \
		echo '构建页面 …' && npm --prefix frontend run --silent build && touch $@/index.html; fi
