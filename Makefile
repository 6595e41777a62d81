# The two commands of the README are `make run` and `make test`; `make help` lists the rest.
# What is done stands in binzhou_xinfang/local/, which runs in the environment that is made here.

PY := .venv/bin/python
LOCAL := $(PY) -m binzhou_xinfang.local
SIZE ?= 100000
DUE ?= 100000
OPEN ?= 1000000
ARGS ?=
WALKS ?= 250
CASES ?= 26

.PHONY: help run test walks fuzz faults check measures picture papers bench lighthouse shell venv clean
.DEFAULT_GOAL := help

help:
	@echo "make run              启动整个系统（PORT=9000 换端口）"
	@echo "make test             全部测试（ARGS=\"tests/statute -x\" 只跑一部分）"
	@echo "make walks            随机办理（WALKS=250 条，每次不同），找出表中的漏洞"
	@echo "make fuzz             按接口说明向每个接口发随机请求（CASES=26 次，各岗位轮流），找出说明以外的回答"
	@echo "make faults           故障表：逐个停掉各部分、占满磁盘、拨动时钟，看办过的事有没有丢失或重复"
	@echo "make check            格式、类型、分层、迁移等检查"
	@echo "make measures         文件、函数长度等代码指标"
	@echo "make picture          由 import 重画 docs/rooms.svg"
	@echo "make papers           由代码中的表重写 docs/states.md、docs/figures.md 和 docs/articles.md"
	@echo "make bench            测速：SIZE=100000 件，DUE 个期限同时到级，OPEN 个在计算"
	@echo "make lighthouse       对正在运行的系统跑 Lighthouse（首页、登记、列表、事项）"
	@echo "make shell            在本机数据上打开 Django shell"
	@echo "make clean            删除可以重新生成的文件，保留 var 中的数据"

run: venv
	@$(LOCAL) run --with-parent

test: venv
	@$(LOCAL) test -- $(ARGS)

# Random walks that no run of the tests has made yet; what they find is printed as an example to be kept.
walks: venv
	@WALKS=$(WALKS) $(LOCAL) test -- -n 0 tests/cases/core/test_walks.py tests/cases/core/test_ladder_walks.py

# Requests that no run of the tests has made yet: CASES of each kind to every operation, its roles taking turns.
fuzz: venv
	@CASES=$(CASES) $(LOCAL) test -- -n 0 -s tests/access/test_fuzz.py

# A system of its own under load, its parts killed one after the other; ARGS="Redis" tries some of the faults.
faults: venv
	@$(PY) -m tests.crash $(ARGS)

check: venv
	@$(LOCAL) check

measures: venv
	@$(PY) -m tests.measures

picture: venv
	@$(PY) docs/picture.py

papers: venv
	@$(LOCAL) with -- $(PY) manage.py state_table > docs/states.md
	@$(LOCAL) with -- $(PY) manage.py figure_table > docs/figures.md
	@$(PY) -m tests.articles

bench: venv
	@$(LOCAL) with --throwaway -- $(PY) -m tests.bench --size $(SIZE) --due $(DUE) --open $(OPEN)

lighthouse: venv
	@$(PY) -m tests.sights.lighthouse $(ARGS)

shell: venv
	@$(LOCAL) with -- $(PY) manage.py shell

venv:
	@.ci/venv

clean:
	rm -rf .venv node_modules var/static .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
