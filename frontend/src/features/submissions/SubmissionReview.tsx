import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";

import { changesQuery, waitingQuery } from "@/api/progress";
import type { ReviewPoint } from "@/api/types";
import { useRole } from "@/app/session";
import { showDate, showTime } from "@/lib/dates";
import { DutyText } from "@/ui/DutyText";
import { JudgementLine } from "@/ui/Judgement";
import { Card, Fold, PageHeader } from "@/ui/Page";
import { ClaimTag, StateTag, Tag } from "@/ui/Tag";
import { Timeline } from "@/ui/Timeline";

import { ChangesCard } from "./ChangesCard";
import { DutyHead } from "./ClaimsEditor";
import { FIELD_LABELS, TEXT_FIELDS } from "./draft";
import { EvidenceSummary } from "./EvidenceEditor";
import { anchorOf, targetWords, type SubmissionParts } from "./parts";
import { ReviewBar } from "./ReviewBar";
import { stepItems } from "./steps";
import "./submissions.css";

/** 阅读与审核：先看这回改了什么，佐证就在要求旁边。 */
export function SubmissionReview(parts: SubmissionParts) {
  const { submission, assignment, task } = parts;
  const reviewer = useRole("signer", "office");
  const changes = useQuery({ ...changesQuery(submission.id, submission.version), enabled: submission.revision > 1 });
  const waiting = useQuery({ ...waitingQuery, enabled: reviewer });
  const loose = submission.evidence.filter((item) => item.duty_ids.length === 0);
  return (
    <>
      <PageHeader
        title={task.title}
        back={
          <Link to="/assignments/$assignmentId" params={{ assignmentId: assignment.id }}>
            ← 本项任务
          </Link>
        }
        lead={
          <>
            <strong>{submission.assignment.unit.name}</strong>
            <span>{submission.period.label}填报</span>
            <StateTag state={submission.state} words={submission.state_words} />
            {submission.revision > 1 && <span>第 {submission.revision} 版</span>}
            {submission.first_submitted_at && <span>首次提交 {showTime(submission.first_submitted_at)}</span>}
            {submission.late && (
              <Tag tone="seal" shape="◆">
                逾期提交（{showDate(submission.period.due_on)}截止）
              </Tag>
            )}
          </>
        }
      />
      <div className="review">
        <div className="stack">
          {changes.data && <ChangesCard changes={changes.data} parts={parts} />}
          {submission.points.length > 0 && <Points points={submission.points} parts={parts} />}
          <Card ledger title="填报内容">
            {TEXT_FIELDS.map((field) => (
              <section key={field} id={`part-${field}`} className="stack-tight">
                <h3 className="muted">{FIELD_LABELS[field]}</h3>
                <p className="prose">{submission[field] || <span className="muted">（未填）</span>}</p>
              </section>
            ))}
          </Card>
          {assignment.duties.length > 0 && (
            <Card title="逐条要求与佐证">
              <ol className="duties">
                {assignment.duties.map((duty, index) => {
                  const claim = submission.claims.find((item) => item.duty_id === duty.id);
                  const judgement = submission.judgements.find((item) => item.duty_id === duty.id);
                  const proofs = submission.evidence.filter((item) => item.duty_ids.includes(duty.id));
                  return (
                    <li key={duty.id} id={`duty-${duty.id}`} className="duty">
                      <DutyHead duty={duty} number={index + 1} />
                      {judgement && <JudgementLine judgement={judgement} unit={submission.assignment.unit.id} />}
                      <div className="duty-answer">
                        <div className="stack-tight">
                          {claim ? (
                            <>
                              <p className="row">
                                <ClaimTag outcome={claim.outcome} />
                                {claim.value !== null && (
                                  <span>
                                    数值 {claim.value}
                                    {duty.threshold?.unit}
                                  </span>
                                )}
                                {claim.done_on && <span>{showDate(claim.done_on)}完成</span>}
                              </p>
                              {judgement?.difference && (
                                <p>
                                  <Tag tone="ochre" shape="▲">
                                    与台账有出入
                                  </Tag>
                                  {judgement.difference}
                                </p>
                              )}
                              {claim.difference_reason && <p className="prose">单位说明：{claim.difference_reason}</p>}
                              {claim.note && <p className="prose">{claim.note}</p>}
                            </>
                          ) : (
                            <p className="muted">本期没有申报</p>
                          )}
                        </div>
                        <div className="stack-tight">
                          {proofs.length === 0 ? (
                            <p className={claim?.outcome === "met" ? "tag-text-ochre" : "muted"}>没有佐证</p>
                          ) : (
                            proofs.map((item) => (
                              <div key={item.id} id={`evidence-${item.id}`} className="evidence">
                                <EvidenceSummary item={item} parts={parts} plain />
                              </div>
                            ))
                          )}
                        </div>
                      </div>
                    </li>
                  );
                })}
              </ol>
            </Card>
          )}
          {loose.length > 0 && (
            <Card title={`其他佐证（${loose.length}）`}>
              <ul className="evidence-list">
                {loose.map((item) => (
                  <li key={item.id} id={`evidence-${item.id}`} className="evidence">
                    <EvidenceSummary item={item} parts={parts} plain />
                  </li>
                ))}
              </ul>
            </Card>
          )}
        </div>
        <aside className="stack review-side" aria-label="任务与经过">
          <Card title="任务原文">
            <Fold summary={`${task.category} · 第 ${task.position} 项`}>
              <DutyText content={task.content} duties={assignment.duties} />
            </Fold>
          </Card>
          <Card title="办理经过">
            <Timeline items={stepItems(submission.steps)} />
          </Card>
        </aside>
      </div>
      <ReviewBar parts={parts} waiting={waiting.data?.items ?? []} />
    </>
  );
}

function Points({ points, parts }: { points: readonly ReviewPoint[]; parts: SubmissionParts }) {
  return (
    <Card title={`退回要点与答复（${points.length}）`}>
      <ol className="stack">
        {points.map((point) => (
          <li key={point.id} className="point">
            <p className="row">
              <Tag tone="seal" shape="◇">
                {point.reason_words}
              </Tag>
              <a href={`#${anchorOf(point.target, point.target_id)}`}>{targetWords(point.target, point.target_id, parts)}</a>
              <span className="muted small">
                第 {point.revision} 版　{point.raised_by}
              </span>
            </p>
            <p className="prose">{point.text}</p>
            {point.answer ? (
              <p className="prose answer">
                <span className="visually-hidden">答复：</span>
                {point.answer}
                <span className="muted small">
                  　{point.answered_by} {point.answered_at && showTime(point.answered_at)}
                </span>
              </p>
            ) : (
              <p className="tag-text-ochre">还没有答复</p>
            )}
          </li>
        ))}
      </ol>
    </Card>
  );
}
