/** 接口约定里的名字。后端导出 openapi.json 之后由 schema.d.ts 生成，这里只留别名。 */

export interface Ref {
  id: string;
  name: string;
}

export interface Page<T> {
  items: T[];
  total: number;
  page: number;
  size: number;
}

export type Role = "reporter" | "signer" | "office" | "auditor" | "admin" | "audit";

export interface Me {
  id: string;
  username: string;
  name: string;
  role: Role;
  role_words: string;
  unit: { id: string; name: string; short_name: string; kind: string; path: string };
  permissions: string[];
  must_change_password: boolean;
  today: string;
}

export interface LoginAnswer {
  access_token: string;
  token_type: string;
  expires_in: number;
  user: Me;
}

export interface Meta {
  today: string;
  pinned: boolean;
  demo: boolean;
  version: string;
}

export type UnitKind = "government" | "office" | "department" | "branch" | "subdistrict" | "town" | "zone" | "other";

export interface Unit {
  id: string;
  code: string;
  name: string;
  short_name: string;
  kind: UnitKind;
  kind_words: string;
  parent_id: string | null;
  path: string;
  aliases: string[];
  valid_from: string | null;
  valid_to: string | null;
  successor: Ref | null;
  holds_tasks: boolean;
  counts_in_report: boolean;
  position: number;
  version: number;
}

export interface UnitNode extends Unit {
  children: UnitNode[];
}

export interface UnitGroup {
  id: string;
  name: string;
  kinds: UnitKind[];
  undecided: boolean;
}

export interface User {
  id: string;
  username: string;
  name: string;
  role: Role;
  role_words: string;
  unit: Ref;
  phone: string | null;
  disabled: boolean;
  must_change_password: boolean;
  locked_until: string | null;
  last_login_at: string | null;
  version: number;
}

export type DutyKind = "date" | "event" | "ratio" | "count" | "period" | "setup" | "continuous" | "conditional" | "ban";

export interface Within {
  amount: number;
  unit: "day" | "workday" | "month";
}

export interface Threshold {
  op: ">=" | "=" | "<=";
  value: number;
  unit: string;
}

export interface DutyDraft {
  position: number;
  text: string;
  start: number;
  end: number;
  kind: DutyKind;
  due_on: string | null;
  within: Within | null;
  threshold: Threshold | null;
  per: "year" | "quarter" | "month" | null;
  trigger: string | null;
  owner_unit_id: string | null;
  confirmed: boolean;
}

export type AssigneeState = "matched" | "group" | "suggested" | "undecided" | "unknown";
export type AssigneeRole = "lead" | "support" | "responsible";

export interface Assignee {
  text: string;
  role: AssigneeRole;
  state: AssigneeState;
  unit_ids: string[];
  candidates: { unit_id: string; name: string; score: number }[];
  note: string | null;
  decided?: boolean;
}

export interface DueDraft {
  text: string;
  kind: "date" | "event" | "periodic" | "continuous" | "none";
  on: string | null;
}

export interface ImportFault {
  code: string;
  message: string;
  column: string | null;
}

export interface ImportRow {
  position: number;
  category: string;
  subcategory: string | null;
  title: string;
  content: string;
  assignees: Assignee[];
  due: DueDraft | null;
  duties: DutyDraft[];
  source: { sheet: string | null; row: number; column: number; paragraph: number | null };
  problems: ImportFault[];
}

export interface PlanImportSummary {
  categories: number;
  tasks: number;
  duties: number;
  tokens: { collective: number; named: number; undecided: number; unknown: number };
  assignments: number;
  rows_with_problems: number;
  undecided: number;
  unknown: number;
}

export interface PlanImportHead {
  id: string;
  version: number;
  state: "draft" | "committed";
  file_name: string;
  format: string;
  title: string;
  year: number;
  document_no: string | null;
  issuer_text: string | null;
  issued_on: string | null;
  unit: Ref;
  created_at: string;
  plan_id: string | null;
  summary: PlanImportSummary;
}

export interface PlanImport extends PlanImportHead {
  rows: ImportRow[];
  problems: ImportFault[];
  source_paragraphs: string[];
}

export interface Plan {
  id: string;
  version: number;
  year: number;
  title: string;
  document_no: string | null;
  issued_on: string | null;
  unit: Ref;
  cycle: "month" | "quarter";
  status: "draft" | "issued" | "closed";
  due_day: number;
  closes_day: number;
  counts: { tasks: number; assignments: number; duties: number; units: number };
  actions: string[];
}

export interface Period {
  id: string;
  label: string;
  starts_on: string;
  ends_on: string;
  opens_on: string;
  due_on: string;
  closes_on: string;
  state: "future" | "open" | "late" | "closed";
}

export interface Duty {
  id: string;
  position: number;
  text: string;
  start: number;
  end: number;
  kind: DutyKind;
  kind_words: string;
  due_on: string | null;
  within: Within | null;
  threshold: Threshold | null;
  per: "year" | "quarter" | "month" | null;
  trigger: string | null;
  register_slug: string | null;
  owner_unit: Ref | null;
}

export type LightName = "red" | "yellow" | "green" | "blue";
export type Lights = Record<LightName, number>;
export type AssignmentState = "not_started" | "in_progress" | "continuing" | "completed";
export type SubmissionState = "draft" | "submitted" | "signed" | "accepted" | "returned";

export interface Assignment {
  id: string;
  plan: { id: string; year: number; title: string };
  task: { id: string; position: number; category: string; title: string };
  unit: { id: string; name: string; short_name: string; path: string };
  role: AssigneeRole;
  role_words: string;
  phrase: string;
  state: AssignmentState;
  state_words: string;
  light: LightName;
  light_words: string;
  due_on: string | null;
  completed_on: string | null;
  report_due_on: string | null;
  report_period: { id: string; label: string } | null;
  submission: { id: string; state: SubmissionState; state_words: string; period_label: string } | null;
}

export interface Task {
  id: string;
  plan_id: string;
  position: number;
  category: string;
  subcategory: string | null;
  title: string;
  content: string;
  assignees_text: string;
  duty_count: number;
  assignment_count: number;
  version: number;
}

export interface TaskDetail extends Task {
  plan: Ref;
  duties: Duty[];
  assignments: Assignment[];
  lights: Lights;
  actions: string[];
}

export type ClaimOutcome = "met" | "partly" | "not_met" | "ongoing" | "not_applicable";

export interface Claim {
  duty_id: string;
  outcome: ClaimOutcome;
  value: number | null;
  done_on: string | null;
  note: string | null;
}

export interface StoredFile {
  id: string;
  name: string;
  size: number;
  media_type: string;
  sha256: string;
}

export interface Evidence {
  id: string;
  title: string;
  document_no: string | null;
  formed_on: string | null;
  published_on: string | null;
  channel: string | null;
  url: string | null;
  file: StoredFile | null;
  openness: "open" | "on_request" | "closed" | null;
  secrecy_checked: boolean;
  note: string | null;
  created_at: string;
  version: number;
}

export interface SubmissionEvidence extends Evidence {
  duty_ids: string[];
}

export type PointTarget = "whole" | "progress" | "measures" | "problems" | "next_steps" | "duty" | "evidence";
export type PointReason = "no_evidence" | "off_topic" | "not_specific" | "figures" | "late_date" | "other";

export interface ReviewPoint {
  id: string;
  target: PointTarget;
  target_id: string | null;
  reason: PointReason;
  reason_words: string;
  text: string;
  due_on: string | null;
  raised_by: string;
  raised_at: string;
  answer: string | null;
  answered_by: string | null;
  answered_at: string | null;
  revision: number;
}

export interface Step {
  action: string;
  action_words: string;
  actor_name: string;
  unit_name: string;
  at: string;
  reason: string | null;
  revision: number;
}

export interface AssignmentBrief {
  id: string;
  task: { id: string; title: string; position: number; category: string };
  unit: { id: string; name: string; short_name: string; path: string };
  role: AssigneeRole;
}

/** 填报列表里的一行。 */
export interface SubmissionItem {
  id: string;
  version: number;
  assignment: AssignmentBrief;
  period: Period;
  state: SubmissionState;
  state_words: string;
  progress: string;
  revision: number;
  first_submitted_at: string | null;
  submitted_at: string | null;
  late: boolean;
  actions: string[];
  open_points: number;
}

export interface Submission extends Omit<SubmissionItem, "open_points"> {
  measures: string;
  problems: string;
  next_steps: string;
  claims: Claim[];
  evidence: SubmissionEvidence[];
  points: ReviewPoint[];
  steps: Step[];
  created_by: Ref;
  accepted_at: string | null;
  permit_until: string | null;
  previous: {
    progress: string;
    measures: string;
    problems: string;
    next_steps: string;
    period_label: string;
  } | null;
}

export interface AssignmentDuty extends Duty {
  /** 最近一次通过的申报（没有则最近一次提交的）。 */
  claim: (Omit<Claim, "duty_id"> & { outcome_words: string; accepted: boolean; period_label: string }) | null;
}

export interface AssignmentDetail extends Assignment {
  duties: AssignmentDuty[];
  submissions: { id: string; state: SubmissionState; state_words: string; period: Period; submitted_at: string | null; first_submitted_at: string | null; late: boolean; revision: number }[];
  actions: string[];
}

export interface Changes {
  from_revision: number | null;
  to_revision: number;
  fields: { field: string; label: string; before: string; after: string }[];
  claims: { duty_id: string; duty_text: string; before: Claim | null; after: Claim | null }[];
  evidence: { added: EvidenceMention[]; removed: EvidenceMention[]; changed: EvidenceMention[] };
}

interface EvidenceMention {
  id: string;
  title: string;
}

export interface Home {
  owed: Assignment[];
  returned: SubmissionItem[];
  to_sign: SubmissionItem[];
  to_review: SubmissionItem[];
  counts: Record<string, number>;
}

export interface Board {
  plan: { id: string; year: number; title: string };
  periods: Period[];
  period: Period | null;
  tasks: {
    id: string;
    position: number;
    category: string;
    title: string;
    lights: Lights;
    owed: number;
    submitted: number;
    accepted: number;
  }[];
  units: {
    id: string;
    name: string;
    short_name: string;
    kind: UnitKind;
    lights: Lights;
    owed: number;
    submitted: number;
    accepted: number;
  }[];
  cells: {
    task_id: string;
    unit_id: string;
    assignment_id: string;
    light: LightName;
    light_words: string;
    state: AssignmentState;
    submission_state: SubmissionState | null;
    submission_id: string | null;
  }[];
  totals: { lights: Lights; owed: number; submitted: number; accepted: number; overdue: number; waiting: number };
}

export interface RateFigure {
  numerator: number;
  denominator: number;
  value: number | null;
}

export interface AggregateStats {
  assignments: { total: number; not_started: number; in_progress: number; continuing: number; completed: number };
  lights: Lights;
  on_time_rate: RateFigure;
  accepted_rate: RateFigure;
  duties: { met: number; not_met: number; ongoing: number; total: number };
}

export interface DutyRow {
  duty_id: string;
  text: string;
  unit: Ref;
  assignment_id: string;
  done_on: string | null;
}

export interface AggregateTask extends AggregateStats {
  task: { id: string; position: number; title: string };
  duties_met: DutyRow[];
  duties_not_met: DutyRow[];
  texts: { unit: Ref; period_label: string; text: string; submission_id: string; accepted_at: string }[];
}

export interface AggregateCategory extends AggregateStats {
  category: string;
  tasks: AggregateTask[];
}

export interface Aggregate {
  year: number;
  unit: Ref;
  generated_at: string;
  plans: { id: string; title: string }[];
  by_category: AggregateCategory[];
  totals: AggregateStats;
  roster: {
    counted: (Ref & { submissions?: number })[];
    missing: (Ref & { owed?: number })[];
    excluded: (Ref & { reason?: string })[];
  };
}
