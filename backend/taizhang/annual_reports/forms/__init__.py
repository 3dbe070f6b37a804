"""Forms (表样): the statutory tables as data. Pure."""

from taizhang.annual_reports.forms.figures import (
    Fault,
    Figures,
    from_array,
    parse,
    present,
    shown,
    to_array,
    wan,
    with_sums,
)
from taizhang.annual_reports.forms.official import FORM_2019, FORM_2021, FORMS, form_of_year
from taizhang.annual_reports.forms.shape import (
    CellKind,
    CellSpec,
    Equation,
    Form,
    FormVersion,
    Place,
    TableSpec,
)

__all__ = [
    "FORMS",
    "FORM_2019",
    "FORM_2021",
    "CellKind",
    "CellSpec",
    "Equation",
    "Fault",
    "Figures",
    "Form",
    "FormVersion",
    "Place",
    "TableSpec",
    "form_of_year",
    "from_array",
    "parse",
    "present",
    "shown",
    "to_array",
    "wan",
    "with_sums",
]
