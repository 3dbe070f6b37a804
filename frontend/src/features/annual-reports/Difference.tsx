import { diffText } from "@/lib/diff";

/** 两段文字的差别：添的加底线，删的划去。 */
export function Difference({ before, after }: { before: string; after: string }) {
  return (
    <p className="prose">
      {diffText(before, after).map((piece, index) =>
        piece.kind === "same" ? <span key={index}>{piece.text}</span> : piece.kind === "added" ? <ins key={index}>{piece.text}</ins> : <del key={index}>{piece.text}</del>,
      )}
    </p>
  );
}
