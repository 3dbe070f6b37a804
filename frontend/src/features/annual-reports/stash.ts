/** 本标签页留底：刷新不丢，关掉即清，换了人也不给看。 */

import type { ReadReport, ReportTexts } from "@/api/types";
import { shelf } from "@/lib/stash";

import type { Entries, Figures } from "./figures";

export interface Previous {
  year: number | null;
  unitName: string | null;
  form: "2021" | "2019";
  figures: Figures;
  texts: ReportTexts;
}

export interface Work {
  year: number;
  form: "2021" | "2019";
  scope: "organ" | "government";
  unitName: string;
  entries: Entries;
  texts: { overview: string; problems: string; other: string };
  /** 总计由系统求和，还是照原件填。 */
  totals: "computed" | "given";
  fileName: string | null;
  problems: ReadReport["problems"];
  previous: Previous | null;
}

const SHELF = shelf<Work>("taizhang.annual-check.", "session", (work) => typeof work.year === "number" && typeof work.entries === "object" && typeof work.texts.overview === "string");

export const keepWork = (user: string, work: Work): boolean => SHELF.keep(user, "", work);
export const recallWork = (user: string): Work | null => SHELF.recall(user, "");
