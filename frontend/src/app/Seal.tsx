/** 朱印：竖排“台账”二字的方章。 */
export function Seal({ large }: { large?: boolean }) {
  return (
    <span className={large ? "seal seal-large" : "seal"} aria-hidden>
      <span>台</span>
      <span>账</span>
    </span>
  );
}
