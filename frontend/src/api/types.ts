/** 接口里的名字：都是 schema.d.ts（由 openapi.json 生成）的别名，改接口不改这里就通不过类型检查。 */

import type * as schema from "./schema";

export type { Aggregate, AggregateCategory, AggregateStats, AggregateTask, AssignmentBrief, AssignmentState, Board, ClaimOutcome, DutyKind, DutyRow, EvidenceMention, Home, Me, Meta, PlanImportPublic as PlanImport, PlanImportBrief as PlanImportHead, PointReason, PointTarget, RateFigure, Ref, ReturnedSubmission, Role, UnitKind, UnitNode } from "./schema";

export interface Page<T> {
  items: T[];
  total: number;
  page: number;
  size: number;
}

export type SavedView = schema.SavedViewPublic;
export type { Found, SearchResult, Trend, TrendUnit } from "./schema";
export type LoginAnswer = schema.Tokens;
export type Unit = schema.UnitPublic;
export type UnitGroup = schema.UnitGroupPublic;
export type User = schema.UserPublic;
export type { PasswordRule, RecoveryCodes, TotpSecret } from "./schema";
export type LoginSession = schema.SessionPublic;
export type ApiClient = schema.ClientPublic;
export type ApiClientSecret = schema.ClientSecret;
export type ApiClientScope = schema.ScopePublic;
export type AuditEvent = schema.AuditEventPublic;
export type AuditPage = schema.AuditPage;
export type ChainState = schema.ChainState;

export type { CalendarBrief, CalendarDay, CalendarPut, CalendarYear, Channel, DayCounted, Deadline, DerivationStep, NoticeProblem, NoticeRead } from "./schema";
export type DeadlineRule = schema.RulePublic;

export type Within = schema.DraftWithin;
export type Threshold = schema.DraftThreshold;
export type DutyDraft = schema.DraftDuty;
export type Assignee = schema.DraftAssignee;
export type AssigneeRole = schema.AssignmentRole;
export type ImportRow = schema.DraftRow;
export type ProblemGroup = schema.ProblemGroupPublic;
export type AppliedFix = schema.AppliedFix;
export type ImportFix = schema.FixesInput["fixes"][number];
export type ImportSource = schema.PlanImportSourcePublic;
export type SourceGrid = schema.SourceGrid;
export type SourceCell = schema.SourceCell;
export type ImportComparison = schema.ImportComparison;
export type RowChange = schema.RowChangePublic;
export type ImportCommit = schema.ImportCommit;
export type CommittedPlan = schema.CommittedPlan;

export type Plan = schema.PlanPublic;
export type Period = schema.PeriodPublic;
export type Release = schema.ReleasePublic;
export type Task = schema.TaskPublic;

export type LedgerImport = schema.LedgerImportPublic;
export type LedgerRow = schema.LedgerRow;
export type LedgerCell = schema.LedgerCell;
export type Upstream = schema.Upstream;
export type UpstreamCandidate = schema.UpstreamCandidate;
export type UpstreamSuggestion = schema.UpstreamSuggestion;
export type DownstreamTask = schema.DownstreamTask;

/** 库里按 JSON 存的两项，形状与导入草稿相同。 */
interface Measured {
  within: Within | null;
  threshold: Threshold | null;
}

export type Duty = Omit<schema.DutyPublic, keyof Measured> & Measured;
export type AssignmentDuty = Omit<schema.AssignedDuty, keyof Measured> & Measured;
export type TaskDetail = Omit<schema.TaskLedger, "duties"> & { duties: Duty[] };
export type Assignment = schema.AssignmentPublic;
export type AssignmentDetail = Omit<schema.AssignmentDetail, "duties"> & { duties: AssignmentDuty[] };

export type LightName = schema.LightColour;
export type Lights = schema.LightCounts;
export type SubmissionState = schema.State;
export type SubmissionItem = schema.SubmissionSummary;
export type Submission = schema.SubmissionPublic;
export type Claim = schema.ClaimPublic;
export type StoredFile = schema.AttachmentPublic;
export type Evidence = schema.EvidencePublic;
export type SubmissionEvidence = schema.EvidenceShown;
export type ReviewPoint = schema.PointPublic;
export type Step = schema.StepPublic;
export type Changes = schema.SubmissionChanges;

export type { EntryClock, EntryState, PartyKind, PartyMasked, PartyOpen, SectionFacts } from "./schema";
export type Register = schema.RegisterPublic;
export type RegisterField = schema.FieldPublic;
export type RegisterEvent = schema.EventFormPublic;
export type Entry = schema.EntryPublic;
export type EntryRow = schema.EntrySummary;
export type EntryEvent = schema.EventPublic;
export type RelatedEntry = schema.RelatedEntry;
export type { FrequentDocument, LetterKind, LetterList, LetterOffer, LetterPreview } from "./schema";
export type RegisterImport = schema.RegisterImportPublic;
export type RegisterImportHead = schema.RegisterImportBrief;
export type RegisterImportRow = schema.ImportRow;
export type RegisterImportColumn = schema.ImportColumn;
export type RegisterImportGroup = schema.ImportProblemGroup;
export type RegisterImportPatch = schema.ImportRowPatch;
export type RegisterCommitted = schema.RegisterCommitted;

export type { CountedRow, IndicatorCell, IndicatorDetail, IndicatorList, IndicatorMatrix } from "./schema";
export type Indicator = schema.IndicatorPublic;
export type Judgement = schema.DutyJudgementPublic;
export type ComparedJudgement = schema.ComparedJudgement;
export type VerdictName = schema.Verdict;

/** 年度报告：表样、核对、读取。 */
export type { CheckRequest, CheckResult, FindingPublic as Finding, FixPublic as Fix, FormPlace as ReportPlace, FormPublic as ReportForm, FormTable as ReportTable, PartsPublic as ReportTexts, ReadProblem, ReadResult as ReadReport } from "./schema";
export type {
  AdjustmentPublic as ReportAdjustment,
  AnnualReportPublic as AnnualReport,
  AnnualReportSummary,
  CellDetail,
  CompileChange,
  CompileResult,
  FactPublic as ReportFact,
  ReportAction,
  ReportChanges,
  ReportCheck,
  ReportFinding,
  ReportPatch,
  ReportPoint,
  ReportPointInput,
  ReportRoster,
  ReportState,
  ReportSums,
  RosterUnit,
  WaiverPublic as ReportWaiver,
  ZeroPublic as ReportZero,
} from "./schema";
