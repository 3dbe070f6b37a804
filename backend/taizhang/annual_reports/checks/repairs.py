"""Repairs (修正提示): the one change that would set unbalanced equations right and upset none that balances."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from taizhang.annual_reports.checks.arithmetic import Balance, total
from taizhang.annual_reports.checks.findings import Fix
from taizhang.annual_reports.forms import Figures, Form
from taizhang.annual_reports.forms.official import COLUMNS

# With more than this broken, no single change explains them.
MOST_BROKEN = 24
MOST_FIXES = 3
COLUMN_NAMES = dict(COLUMNS)


@dataclass(frozen=True, slots=True)
class Change:
    """``amount`` added to one cell and, in a transfer, taken from another."""

    cell: str
    amount: int
    source: str | None = None


@dataclass(frozen=True)
class Repairs:
    """The hint engine, over all equations of one report."""

    form: Form
    figures: Figures
    balances: list[Balance]

    @cached_property
    def _touched(self) -> dict[str, list[tuple[int, int]]]:
        found = {key: list(places) for key, places in self.form.equations_of.items()}
        for index in range(len(self.form.equations), len(self.balances)):
            for key in self.balances[index].equation.cells:
                found.setdefault(key, []).append((index, 1))
        return found

    @cached_property
    def _broken(self) -> set[int]:
        return {index for index, balance in enumerate(self.balances) if balance.residual}

    @cached_property
    def _following(self) -> dict[str, list[str]]:
        """For each cell, the sums it is in that add up now: they move with it, as they are computed and locked."""
        found: dict[str, list[str]] = {}
        for cell in self.form.cells:
            value = self.figures.get(cell.key)
            if cell.sum_of and value is not None and value == total(self.figures, cell.sum_of):
                for key in cell.sum_of:
                    found.setdefault(key, []).append(cell.key)
        return found

    def hint(self, index: int) -> tuple[str | None, tuple[Fix, ...]]:
        """What would mend this equation, and with it as many others as possible: in words, and ready to be applied."""
        if len(self._broken) > MOST_BROKEN:
            return None, ()
        best: list[tuple[int, Change]] = []
        for change in self._candidates(index):
            mended = self._mended(change)
            if mended and (not best or mended > best[0][0]):
                best = [(mended, change)]
            elif mended and mended == best[0][0]:
                best.append((mended, change))
        if not best:
            return None, ()
        changes = [change for _, change in best]
        changes = [change for change in changes if change.source is None] or changes
        return self._words(changes), tuple(self._fix(change) for change in changes[:MOST_FIXES])

    def _fix(self, change: Change) -> Fix:
        moved = {key: (self.figures.get(key) or 0) + amount for key, amount in self._moves(change).items() if amount}
        return Fix(self._words([change]).removesuffix(" 即平"), moved)

    def _moves(self, change: Change) -> dict[str, int]:
        """What a change adds to each cell, the sums that follow included."""
        moves: dict[str, int] = {}
        steps = [(change.cell, change.amount)]
        if change.source:
            steps.append((change.source, -change.amount))
        while steps:
            key, amount = steps.pop()
            moves[key] = moves.get(key, 0) + amount
            steps.extend((each, amount) for each in self._following.get(key, ()))
        return moves

    def _candidates(self, index: int) -> Iterator[Change]:
        residual, equation = self.balances[index].residual, self.balances[index].equation
        assert residual is not None
        for sign, keys in ((-1, equation.left), (1, equation.right)):
            for key in keys:
                value = self.figures.get(key)
                if value is None or value + sign * residual < 0:
                    continue
                yield Change(key, sign * residual)
                for other in self._neighbours(key, equation.cells):
                    spare = self.figures.get(other)
                    if spare is not None and spare - sign * residual >= 0:
                        yield Change(key, sign * residual, other)

    def _neighbours(self, key: str, taken: tuple[str, ...]) -> Iterator[str]:
        """Cells of the same row, and of the same column, that a slip would have moved a case to."""
        if not key.startswith("t3."):
            return
        row, column = key[3:].rsplit(".", 1)
        for other in COLUMN_NAMES:
            if other not in (column, "total") and column != "total":
                yield f"t3.{row}.{other}"
        if row in self.form.outcome_rows:
            for other in self.form.outcome_rows:
                if other != row and f"t3.{other}.{column}" not in taken:
                    yield f"t3.{other}.{column}"

    def _mended(self, change: Change) -> int:
        """How many broken equations a change sets right; 0 if it upsets one that balances."""
        effect: dict[int, int] = {}
        for key, amount in self._moves(change).items():
            for index, sign in self._touched.get(key, ()):
                effect[index] = effect.get(index, 0) + sign * amount
        mended = 0
        for index, moved in effect.items():
            residual = self.balances[index].residual
            if not moved or residual is None:
                continue
            if residual + moved:
                return 0
            mended += 1
        return mended

    def _words(self, changes: list[Change]) -> str:
        first = changes[0]
        if first.source is None:
            value = (self.figures.get(first.cell) or 0) + first.amount
            words = f"“{self.form.by_key[first.cell].label}”改为 {value} 即平"
            return words if len(changes) == 1 else f"{words}（另有 {len(changes) - 1} 种改法，请核对原件）"
        words = self._transfer(first)
        return words if len(changes) == 1 else f"{words}；或{self._transfer(changes[1])}"

    def _transfer(self, change: Change) -> str:
        assert change.source is not None
        source, target, amount = change.source, change.cell, change.amount
        if amount < 0:
            source, target, amount = target, source, -amount
        (from_row, from_column), (to_row, to_column) = (key[3:].rsplit(".", 1) for key in (source, target))
        if from_row == to_row:
            row = self.form.by_key[source].label.rsplit("·", 1)[0]
            return f"“{row}”一行从 {COLUMN_NAMES[from_column]} 移 {amount} 件到 {COLUMN_NAMES[to_column]} 即平"
        names = [self.form.by_key[key].label.rsplit("·", 1)[0] for key in (source, target)]
        return f"“{COLUMN_NAMES[from_column]}”列从 {names[0]} 移 {amount} 件到 {names[1]} 即平"
