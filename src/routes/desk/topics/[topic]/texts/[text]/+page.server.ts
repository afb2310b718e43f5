import { randomUUID } from 'node:crypto';
import { redirect, type RequestEvent } from '@sveltejs/kit';
import { z } from 'zod';
import { isSecretariat } from '#activity/staff.ts';
import { laidOut } from '#contributions/layout.ts';
import { partsOf } from '#contributions/parts.server.ts';
import { allocateTexts, allocationOf, markRead, nextText, readingOf, reopen } from '#contributions/reading.server.ts';
import { submissionNumbered } from '#contributions/submissions.server.ts';
import { eraseWithoutReceipt } from '#ideas/answering-requests.server.ts';
import { attachPassages, drawIdea } from '#ideas/drawing.server.ts';
import { ideasToChoose } from '#ideas/finding.server.ts';
import { deskVersion, highlightsOf, placesIn } from '#ideas/highlights.server.ts';
import { limits } from '#ideas/idea.ts';
import { stances } from '#ideas/stances.server.ts';
import { lastActOf, undoLastAct } from '#ideas/undoing.server.ts';
import { inLanguage } from '#languages/texts.server.ts';
import { namesOfAccounts } from '#people/role-holders.server.ts';
import { refusal } from '#refusals/refusal.ts';
import { institutionSeen } from '#topics/institution.server.ts';
import { headOf } from '#topics/showing.server.ts';
import { answering, localized, parse } from '#web/answering.server.ts';
import { contextOf } from '#web/context.server.ts';
import { chosenQuotes } from '#web/desk/desk-text.server.ts';
import { refusalSentence } from '#web/refusal-sentences.ts';
import { groupName } from '#web/talk/group-names.server.ts';
import { topicOfPage } from '#web/talk/topic-of-page.server.ts';
import type { Actions, PageServerLoad } from './$types';

type TextEvent = RequestEvent<{ topic: string; text: string }>;

async function textOfPage(event: TextEvent) {
	const topic = await topicOfPage(event, { drafts: true });
	const number = /^\d{1,9}$/u.test(event.params.text) ? Number(event.params.text) : 0;
	const submission = await submissionNumbered(contextOf(event).database, topic.topicId, number);
	return { topic, submission, topicId: topic.topicId, contributionId: submission.contributionId };
}

export const load: PageServerLoad = async (event) => {
	const { database } = contextOf(event);
	const { actor, language, say } = event.locals;
	const { topic, topicId, contributionId, submission } = await textOfPage(event);
	const accountId = actor.kind === 'account' ? actor.accountId : null;
	const words = event.url.searchParams.get('q') ?? '';
	const [parts, highlights, reading, holder, ideas, version, undo, next, institution] = await Promise.all([
		partsOf(database, topicId, contributionId),
		highlightsOf(database, topicId, contributionId, { atDesk: true }),
		readingOf(database, topicId, contributionId),
		allocationOf(database, topicId, contributionId),
		ideasToChoose(database, topicId, words),
		deskVersion(database, topicId, contributionId),
		accountId === null ? null : lastActOf(database, topicId, contributionId, accountId),
		accountId === null ? null : nextText(database, topicId, accountId, submission.number),
		institutionSeen(database)
	]);
	const people = [
		...highlights.flatMap(({ drawnBy }) => drawnBy ?? []),
		...(holder ? [holder] : []),
		...(reading ? [reading.accountId] : [])
	];
	const names = await namesOfAccounts(database, people);
	const nameOf = (id: string | null) => (id === null ? '' : (names.get(id) ?? ''));
	return {
		topic: headOf(topic, language),
		questions: topic.questions.map(({ questionId, number, texts }) => ({
			questionId,
			number,
			...inLanguage(texts.text, [language])
		})),
		submission,
		groups: submission.groups.map((key) => groupName(institution, key, say)),
		parts: parts.map((part) => {
			const own = highlights.filter((highlight) => highlight.part === part.part);
			const places = placesIn(part, own);
			const shown = own.flatMap((highlight, index) => (places[index] ? [{ highlight, span: places[index] }] : []));
			return {
				part: part.part,
				textVersion: part.textVersion,
				language: part.language,
				file: part.file,
				refusal: part.refusal && refusalSentence(part.refusal, say),
				isWaiting: part.textVersion === 0 && part.file !== null,
				isDoubtful:
					part.extractor?.startsWith('pdf') === true && /^[^\p{L}]*[\p{Script=Arabic}\p{Script=Hebrew}]/u.test(part.text),
				paragraphs: laidOut(
					part.text,
					part.language,
					shown.map(({ span }) => span)
				),
				highlights: shown.map(({ highlight }) => noteOf(highlight, accountId, nameOf)),
				lost: own.filter((_, index) => !places[index]).map((highlight) => noteOf(highlight, accountId, nameOf))
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
};

type Highlight = Awaited<ReturnType<typeof highlightsOf>>[number];

function noteOf(
	{ passageId, stance, number, point, language, quote, drawnBy }: Highlight,
	accountId: string | null,
	nameOf: (id: string | null) => string
) {
	return { passageId, stance, number, point, language, quote, isMine: drawnBy === accountId, name: nameOf(drawnBy) };
}

const question = z.union([z.literal('').transform(() => null), z.uuid()]).default(null);
const drawing = z.object({
	requestKey: z.string().min(8).max(80),
	point: z.string().trim().min(1, 'texts.point-missing'),
	explanation: z.string().default(''),
	question,
	language: z.string().default('und')
});
const attaching = z.object({
	requestKey: z.string().min(8).max(80),
	idea: z.coerce.number({ error: 'texts.idea-missing' }).int().positive('texts.idea-missing'),
	stance: z.enum(stances, { error: 'texts.stance-missing' })
});

const erasing = z.object({ asker: z.string().trim().min(1, 'texts.erase-asker-missing') });

/** After each act the same page again, at the note of what was done. */
function back(event: TextEvent, slug: string, fragment = ''): never {
	contextOf(event).cache.purge([`/topics/${slug}`]);
	redirect(303, localized(event, `/desk/topics/${slug}/texts/${event.params.text}`) + fragment);
}

export const actions: Actions = {
	draw: answering(async (event, typed) => {
		const { database } = contextOf(event);
		const { actor, say } = event.locals;
		const quotes = chosenQuotes(typed, say);
		const { requestKey, point, explanation, question: questionId, language } = parse(drawing, typed, say);
		const { topic, topicId, contributionId } = await textOfPage(event);
		const wording = { point, explanation, sources: '', questionId, language };
		const { number } = await drawIdea(database, { topicId, contributionId, quotes, requestKey }, wording, actor);
		back(event, topic.slug, `#idea-${quotes[0]!.part}-${number}`);
	}),
	attach: answering(async (event, typed) => {
		const { database } = contextOf(event);
		const { actor, say } = event.locals;
		const quotes = chosenQuotes(typed, say);
		const { requestKey, idea: number, stance } = parse(attaching, typed, say);
		const { topic, topicId, contributionId } = await textOfPage(event);
		await attachPassages(database, { topicId, contributionId, quotes, requestKey }, { number, stance }, actor);
		back(event, topic.slug, `#idea-${quotes[0]!.part}-${number}`);
	}),
	find: answering(async (event, typed) => {
		const { topicId } = await textOfPage(event);
		const words = typed.get('q');
		const found = await ideasToChoose(contextOf(event).database, topicId, typeof words === 'string' ? words.slice(0, 300) : '');
		return { found, refused: null, errors: {}, typed: typedTexts(typed) };
	}),
	read: answering(async (event, typed) => {
		const { database } = contextOf(event);
		const { topic, topicId, contributionId } = await textOfPage(event);
		const outcome = typed.get('outcome');
		if (outcome !== 'done' && outcome !== 'nothing-to-draw') throw refusal('not-found');
		await markRead(database, { topicId, contributionId, outcome }, event.locals.actor);
		back(event, topic.slug, '#reading');
	}),
	reopen: answering(async (event) => {
		const { topic, topicId, contributionId } = await textOfPage(event);
		await reopen(contextOf(event).database, { topicId, contributionId }, event.locals.actor);
		back(event, topic.slug, '#reading');
	}),
	take: answering(async (event) => {
		const { topic, topicId, contributionId } = await textOfPage(event);
		const { actor } = event.locals;
		if (actor.kind !== 'account') throw refusal('not-allowed');
		await allocateTexts(contextOf(event).database, topicId, [contributionId], actor.accountId, actor);
		back(event, topic.slug, '#reading');
	}),
	erase: answering(async (event, typed) => {
		const { database, keys } = contextOf(event);
		const { asker } = parse(erasing, typed, event.locals.say);
		const { topic, topicId, contributionId } = await textOfPage(event);
		await eraseWithoutReceipt(database, keys, { topicId, contributionId, words: asker }, event.locals.actor);
		contextOf(event).cache.purge([`/topics/${topic.slug}`]);
		redirect(303, localized(event, `/desk/topics/${topic.slug}/texts`));
	}),
	undo: answering(async (event) => {
		const { topic, topicId, contributionId } = await textOfPage(event);
		await undoLastAct(contextOf(event).database, { topicId, contributionId }, event.locals.actor);
		back(event, topic.slug, '#reading');
	})
};

function typedTexts(typed: FormData): Record<string, string | string[]> {
	return Object.fromEntries(
		[...new Set(typed.keys())].map((name) => {
			const texts = typed.getAll(name).filter((value) => typeof value === 'string');
			return [name, texts.length === 1 ? texts[0]! : texts];
		})
	);
}
