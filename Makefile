# One command for each job; `make help` lists them.
SHELL := /bin/sh
.DEFAULT_GOAL := help
export NO_MKDOCS_2_WARNING := 1
RUN := .venv/bin/

.PHONY: help site pdf serve check test lint screenshots demo-publish torture soak audit bench lock clean

help: ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

site: ## environment, checks, build: the whole site in site/
	@tools/setup site
	@$(RUN)metropolis build

serve: ## preview with live reload on http://127.0.0.1:8000
	@tools/setup site
	@$(RUN)metropolis serve

pdf: ## the Assembly's book in each language, in build/pdf/
	@tools/setup site
	@$(RUN)metropolis pdf

check: ## every check of the data and the pages, without building
	@tools/setup site
	@$(RUN)metropolis check

lint: ## ruff and mypy
	@tools/setup test
	@$(RUN)ruff check .
	@$(RUN)ruff format --check .
	@$(RUN)mypy

test: lint ## every test, the browser's included
	@$(RUN)pytest -n 3 --dist loadfile --no-loadscope-reorder

screenshots: ## pictures of every page type in build/screenshots/ (four widths, two schemes, three languages)
	@tools/setup test
	@$(RUN)python tools/screenshots.py

demo-publish: ## publishing by git push, shown on loopback in two minutes: refused, published, rolled back
	@tools/setup test
	@$(RUN)python tools/demo_publish.py

torture: ## 200 pushes killed at any moment, two at once, a full disk; to a path, then over ssh (OVER=ssh: only so)
	@tools/setup test
	@$(RUN)python tools/torture.py $(if $(OVER),--over $(OVER)) $(if $(PUSHES),--pushes $(PUSHES)) $(if $(SEED),--seed $(SEED))

soak: ## incremental builds against clean ones, after edits in any order (ORDERS=20: hours)
	@tools/setup test
	@METROPOLIS_SOAK=$(or $(ORDERS),20) $(RUN)pytest -q tests/site/test_incremental.py

audit: ## weight, Nu HTML checker, layout, axe and IBM on every page, Lighthouse (after make site; half an hour)
	@tools/setup audit
	@PYTHONPATH=tools $(RUN)python -m audit $(PARTS)

bench: ## time, memory and size against stock, Hugo and Zensical, as medians and ratios (an hour)
	@tools/setup bench
	@PYTHONPATH=tools $(RUN)python -m bench $(BENCH)

lock: ## choose versions anew from pyproject.toml and write requirements/*.txt
	@tools/setup test
	@tools/lock

clean: ## remove what was built, keep the environment
	rm -rf site .site-* .cache build *.egg-info
