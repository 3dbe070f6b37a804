"""Benchmarks (性能): ``make bench``. Ratios within one run, medians of alternating rounds; absolute numbers are the
machine's."""
