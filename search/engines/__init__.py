"""The engines: places that keep articles and answer plans.

`memory` is plain loops over a list, slow and obviously right; `whoosh` keeps an index on disk.
Each passes `tests/search/test_engine_contract.py`, and a change of meaning starts in `memory`.
"""
