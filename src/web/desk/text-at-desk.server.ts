import { randomUUID } from 'node:crypto';
import type { RequestEvent } from '@sveltejs/kit';
import { accountOf } from '#activity/actor.ts';
import { isSecretariat } from '#activity/staff.ts';
import { paperOf } from '#contributions/intake/paper/deciding.server.ts';
import { isOrderDoubtful, isWaiting, partsOf } from '#contributions/parts.server.ts';
import { allocationOf, nextText, readingOf } from '#contributions/reading.server.ts';
import { submissionNumbered } from '#contributions/submissions.server.ts';
import { ideasToChoose } from '#ideas/drawing/finding.server.ts';
import { deskVersion, highlightsOf, markedPart, type Highlight } from '#ideas/drawing/highlights.server.ts';
import { limits } from '#ideas/idea.ts';
import { stances } from '#ideas/stances.server.ts';
import { lastActOf } from '#ideas/drawing/undoing.server.ts';
import { inLanguage } from '#languages/texts.server.ts';
import { namesOfAccounts } from '#people/role-holders.server.ts';
import { institutionSeen } from '#topics/institution/institution.server.ts';
import { headOf } from '#topics/showing.server.ts';
import { contextOf } from '#web/context.server.ts';
import { refusalSentence } from '#web/refusal-sentences.ts';
import { groupName } from '#web/talk/group-names.server.ts';
import { topicOfPage } from '#web/talk/topic-of-page.server.ts';

export type TextEvent = RequestEvent<{ topic: string; text: string }>;

export async function textOfPage(event: TextEvent) {
	const topic = await topicOfPage(event, { drafts: true });
	const number = /^\d{1,9}$/u.test(event.params.text) ? Number(event.params.text) : 0;
	const submission = await submissionNumbered(contextOf(event).database, topic.topicId, number);
	return { topic, submission, topicId: topic.topicId, contributionId: submission.contributionId };
}

/** A text as it is read at the desk: what was drawn from it, by whom, who reads it, and what its reader may do. */
export async function textAtDesk(event: TextEvent) {
	const { database } = contextOf(event);
	const { actor, language, say } = event.locals;
	const { topic, topicId, contributionId, submission } = await textOfPage(event);
	const accountId = accountOf(actor);
	const words = event.url.searchParams.get('q') ?? '';
	const [parts, highlights, reading, holder, ideas, version, undo, next, institution, paper] = await Promise.all([
		partsOf(database, topicId, contributionId),
		highlightsOf(database, topicId, contributionId, { atDesk: true }),
		readingOf(database, topicId, contributionId),
		allocationOf(database, topicId, contributionId),
		ideasToChoose(database, topicId, words),
		deskVersion(database, topicId, contributionId),
		accountId === null ? null : lastActOf(database, topicId, contributionId, accountId),
		accountId === null ? null : nextText(database, topicId, accountId, submission.number),
		institutionSeen(database),
		paperOf(database, topicId, contributionId)
	]);
	const people = [
		...highlights.flatMap(({ drawnBy }) => drawnBy ?? []),
		...(holder ? [holder] : []),
		...(reading ? [reading.accountId] : [])
	];
	const names = await namesOfAccounts(database, people);
	const nameOf = (id: string | null) => (id === null ? '' : (names.get(id) ?? ''));
	const noted = ({ passageId, stance, number, point, language, quote, drawnBy }: Highlight) => ({
		passageId,
		stance,
		number,
		point,
		language,
		quote,
		isMine: drawnBy === accountId,
		name: nameOf(drawnBy)
	});
	return {
		topic: headOf(topic, language),
		questions: topic.questions.map(({ questionId, number, texts }) => ({
			questionId,
			number,
			...inLanguage(texts.text, [language])
		})),
		submission,
		paper: paper && { number: paper.number, name: paper.typedBy ?? '—' },
		groups: submission.groups.map((key) => groupName(institution, key, say)),
		parts: parts.map((part) => {
			const { paragraphs, shown, lost } = markedPart(part, highlights);
			return {
				part: part.part,
				textVersion: part.textVersion,
				language: part.language,
				file: part.file,
				refusal: part.refusal && refusalSentence(part.refusal, say),
				isWaiting: isWaiting(part),
				isDoubtful: isOrderDoubtful(part),
				paragraphs,
				highlights: shown.map(noted),
				lost: lost.map(noted)
			};
		}),
		reading: reading && { ...reading, name: nameOf(reading.accountId), isMine: reading.accountId === accountId },
		holder: holder === null ? null : { name: nameOf(holder), isMine: holder === accountId },
		ideas,
		words,
		stances,
		limits: { point: limits.point, explanation: limits.explanation },
		version,
		mayErase: isSecretariat(actor),
		undo: undo && { what: undo.what, number: undo.number },
		next,
		requestKey: randomUUID()
	};
}
