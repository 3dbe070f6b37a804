"""The fee for processing (信息处理费): 国办函〔2020〕109号, by application or by page, never both. Pure."""

FEE_MEASURES = "《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）"

FREE_ITEMS, SECOND_STEP, STEP, RISE = 10, 30, 10, 100
# Pages up to, yuan a page.
PAGE_BANDS = ((30, 0), (100, 10), (200, 20), (None, 40))


def fee_by_items(items: int) -> int:
    """Yuan for one applicant's applications of one calendar month.

    The first ten are free, 11 to 30 cost 100 each; from 31 on each step of ten costs 100 more apiece.
    """
    return sum(item_price(number) for number in range(FREE_ITEMS + 1, items + 1))


def item_price(number: int) -> int:
    """Yuan for the nth application of the month."""
    if number <= FREE_ITEMS:
        return 0
    if number <= SECOND_STEP:
        return RISE
    return RISE * (2 + (number - SECOND_STEP - 1) // STEP)


def fee_by_pages(pages: int) -> int:
    """Yuan for so many pages of one answer."""
    total, below = 0, 0
    for upto, price in PAGE_BANDS:
        within = max(0, (pages if upto is None else min(pages, upto)) - below)
        total += within * price
        below = upto or below
    return total
