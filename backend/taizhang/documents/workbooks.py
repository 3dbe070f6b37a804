"""Workbooks we write (写出的工作簿): what holds for every xlsx that leaves the house. Pure."""

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Nothing typed by a person becomes a formula, a link or a number.
TEXT_ONLY = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
TEXT_FORMAT = "@"
