"""Imports of a register (台账导入): a workbook becomes rows, checked by the rules of typed entry, then entries."""
