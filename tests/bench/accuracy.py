"""How well duties are read (要求识别): precision and recall on the labelled sentences, each half."""

from tests.plans.duty_scores import SETS, labelled, score

NAMES = {"tuning": "调试用的一半", "held-out": "留出的一半"}


def report() -> None:
    """Print one line a set; what is wrong below it."""
    print(f"{'要求识别':<24}{'句':>6}{'准确率':>10}{'召回率':>10}   （目标 ≥ 0.95、≥ 0.90）")
    for name, path in SETS.items():
        sentences = labelled(path)
        result = score(sentences)
        print(f"{NAMES[name]:<22}{len(sentences):>8}{result.precision:>13.3f}{result.recall:>13.3f}")
        for words, wrong in (("多", result.superfluous), ("漏", result.missed)):
            for _, (kind, _, text, *_) in wrong:
                print(f"  {words} {kind}：{text}")
    print(flush=True)
