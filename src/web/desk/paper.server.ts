import { redirect, type RequestEvent } from '@sveltejs/kit';
import { z } from 'zod';
import { claimForm } from '#contributions/intake/paper/deciding.server.ts';
import { formsThatCame, nextForm, paperCounts } from '#contributions/intake/paper/forms.server.ts';
import { largestPicture } from '#contributions/intake/paper/pictures.ts';
import { makeForms, mostForms, runsOf } from '#contributions/intake/paper/printing.server.ts';
import { fileScan, scansOnAPage, takeScan, throwScanAway, unfiledScans } from '#contributions/intake/paper/scans.server.ts';
import { numberTyped } from '#contributions/intake/paper/codes.ts';
import { accountOf, type Actor } from '#activity/actor.ts';
import type { Database } from '#database/connection.server.ts';
import { isLanguage } from '#languages/languages.ts';
import { isRefusal, refusal } from '#refusals/refusal.ts';
import { headOf, topicShown } from '#topics/showing.server.ts';
import { questionNumbered, type Topic } from '#topics/topic.ts';
import { localized, parse, WrongInput } from '#web/answering.server.ts';
import { contextOf } from '#web/context.server.ts';
import { momentOf } from '#web/talk/topic-of-page.server.ts';

export const formsOnAPage = 50;

/** Everything about the paper of a talk: what waits, pictures without a form, runs, forms that came back. */
export async function paperPage(event: RequestEvent, topic: Topic) {
	const context = contextOf(event);
	const { database } = context;
	const { topicId, slug } = topic;
	const { searchParams } = event.url;
	const asked = numberTyped(searchParams.get('number') ?? '');
	if (asked !== null) redirect(303, localized(event, `/desk/topics/${slug}/paper/forms/${asked}`));
	const before = numberTyped(searchParams.get('before') ?? '');
	const scansBefore = z.uuid().safeParse(searchParams.get('scans')).data ?? null;
	const [counts, unfiled, runs, forms] = await Promise.all([
		paperCounts(database, topicId),
		unfiledScans(database, topicId, scansBefore),
		runsOf(database, topicId),
		formsThatCame(database, topicId, { before, most: formsOnAPage })
	]);
	const { questions } = topicShown(topic, event.locals.language, momentOf(context));
	return {
		topic: headOf(topic, event.locals.language),
		isPublished: topic.publishedAt !== null,
		isArchived: topic.archivedAt !== null,
		counts,
		unfiled,
		scansBefore,
		nextScans: unfiled.length === scansOnAPage ? unfiled.at(-1)!.scanId : null,
		runs: runs.map(({ questionId, ...run }) => ({
			...run,
			question: questions.find((question) => question.questionId === questionId)?.number ?? null
		})),
		forms,
		before: forms.length === formsOnAPage ? forms.at(-1)!.number : null,
		questions: questions.map(({ number, text }) => ({ number, text })),
		languages: topic.languages,
		megabytes: largestPicture / 1024 / 1024,
		mostForms,
		done: searchParams.get('done')
	};
}

const runForm = z.object({
	language: z.string().refine(isLanguage, 'paper.language-missing'),
	question: z.string().default(''),
	forms: z.coerce
		.number('paper.forms-wrong')
		.int('paper.forms-wrong')
		.min(1, 'paper.forms-wrong')
		.max(mostForms, 'paper.forms-wrong'),
	name: z.string().max(120, 'paper.name-too-long').default('')
});

/** Makes a run and leads on to its pages. */
export async function takeRun(event: RequestEvent, typed: FormData, topic: Topic): Promise<never> {
	const { database, keys } = contextOf(event);
	const { language, question, forms, name } = parse(runForm, typed, event.locals.say);
	const questionId = questionNumbered(topic, question)?.questionId ?? null;
	const run = await makeForms(database, keys, { topicId: topic.topicId, questionId, language, forms, name }, event.locals.actor);
	redirect(303, localized(event, `/desk/topics/${topic.slug}/paper/runs/${run}`));
}

/** What became of the pictures of one form: each is taken or refused by itself. */
export async function takePictures(event: RequestEvent, typed: FormData, { topicId }: Topic) {
	const { database, files } = contextOf(event);
	const { actor, say } = event.locals;
	const pictures = typed.getAll('pictures').filter((one): one is File => one instanceof File && one.size > 0);
	if (pictures.length === 0) throw new WrongInput({ pictures: say('paper.pictures-missing') });
	const [taken, already]: [string[], string[]] = [[], []];
	const refused: { name: string; sentence: string }[] = [];
	for (const picture of pictures) {
		// browsers of old send the whole path
		const name = (picture.name.split(/[/\\]/u).at(-1) ?? '').replaceAll(/\p{Cc}/gu, '').slice(0, 200);
		try {
			const bytes = new Uint8Array(await picture.arrayBuffer());
			const isNew = await takeScan(database, files, topicId, { bytes, name }, actor);
			(isNew ? taken : already).push(name);
		} catch (error) {
			if (!isRefusal(error) || error.code === 'not-allowed') throw error;
			refused.push({ name, sentence: say(`refusals.${error.code}` as 'refusals.picture-kind-unknown', error.values) });
		}
	}
	if (taken.length > 0) await picturesRead(database, topicId);
	return { pictures: { taken: taken.length, already: already.length, refused } };
}

/** Waits a little for the job, so that most people see at once where their pictures went, with script or without. */
async function picturesRead(database: Database, topicId: string, milliseconds = 4000): Promise<void> {
	const until = performance.now() + milliseconds;
	while (performance.now() < until) {
		const unfiled = await unfiledScans(database, topicId);
		if (unfiled.every(({ outcome }) => outcome !== null)) return;
		await new Promise((resolve) => setTimeout(resolve, 100));
	}
}

const scanField = z.object({ scan: z.uuid(), number: z.string().default('') });

export async function takeFiling(event: RequestEvent, typed: FormData, { topicId, slug }: Topic): Promise<never> {
	const { scan: scanId, number } = parse(scanField, typed, event.locals.say);
	const form = numberTyped(number);
	if (form === null) throw new WrongInput({ [`number-${scanId}`]: event.locals.say('paper.number-wrong') });
	await fileScan(contextOf(event).database, { topicId, scanId }, form, event.locals.actor);
	redirect(303, localized(event, `/desk/topics/${slug}/paper?done=filed`));
}

/** @param then the page to go on with */
export async function takeThrowing(event: RequestEvent, typed: FormData, { topicId }: Topic, then: string): Promise<never> {
	const { scan: scanId } = parse(scanField, typed, event.locals.say);
	await throwScanAway(contextOf(event).database, { topicId, scanId }, event.locals.actor);
	redirect(303, localized(event, `${then}?done=thrown-away`));
}

/** Takes on the form that waits longest and leads to it; to the list where none waits. */
export async function toNext(event: RequestEvent, { topicId, slug }: Topic, after: number, done = ''): Promise<never> {
	const context = contextOf(event);
	const number = await takeOn(context.database, topicId, event.locals.actor, after, momentOf(context));
	const base = `/desk/topics/${slug}/paper`;
	const query = done === '' ? '' : `?done=${done}`;
	if (number === null) redirect(303, localized(event, `${base}?done=${done === '' ? 'none' : 'last'}`));
	// the first field has the keyboard at once
	redirect(303, localized(event, `${base}/forms/${number}${query}#point-1`));
}

async function takeOn(database: Database, topicId: string, actor: Actor, after: number, at: Date): Promise<number | null> {
	let from = after;
	// somebody else may be a moment quicker
	for (let tries = 0; tries < 5; tries++) {
		const number = await nextForm(database, topicId, { after: from, accountId: accountOf(actor), at });
		if (number === null || (await claimForm(database, topicId, number, actor))) return number;
		from = number;
	}
	throw refusal('changed-meanwhile');
}
