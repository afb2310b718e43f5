import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { previewAgain, startImport, uploadOf, type UploadOutcome } from '#contributions/intake/uploads.server.ts';
import { correctMeaning } from '#ideas/correcting.server.ts';
import type { Say } from '#languages/speaking.ts';
import { refusal } from '#refusals/refusal.ts';
import { institutionSeen } from '#topics/institution/institution.server.ts';
import { headOf } from '#topics/showing.server.ts';
import { answering, localized, parse } from '#web/answering.server.ts';
import { contextOf } from '#web/context.server.ts';
import { meaningOptions } from '#web/desk/meaning-options.server.ts';
import { refusalSentence } from '#web/refusal-sentences.ts';
import { topicOfPage } from '#web/talk/topic-of-page.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { database } = contextOf(event);
	const { language, say } = event.locals;
	const topic = await topicOfPage(event, { drafts: true });
	const [upload, institution] = await Promise.all([
		uploadOf(database, topic.topicId, idIn(event.params.import)),
		institutionSeen(database)
	]);
	return {
		topic: headOf(topic, language),
		fileName: upload.fileName,
		preview: told(upload.preview, say),
		outcome: told(upload.outcome, say),
		progress: upload.progress && { done: upload.progress.done, total: upload.progress.total },
		options: meaningOptions(institution, say)
	};
};

function idIn(text: string): string {
	if (!z.uuid().safeParse(text).success) throw refusal('not-found');
	return text;
}

/** Each reason in a sentence of the reader's language. */
function told(outcome: UploadOutcome | null, say: Say) {
	if (outcome === null) return null;
	if ('refused' in outcome) return { refused: refusalSentence(outcome.refused, say) };
	return {
		...outcome,
		errors: outcome.errors.map(({ file, refusal: code }) => ({ file, sentence: refusalSentence(code, say) }))
	};
}

const correction = z.object({
	field: z.enum(['sector', 'region']),
	asWritten: z.string().max(2000),
	means: z.string().max(60)
});

export const actions: Actions = {
	correct: answering(async (event, typed) => {
		const { database, cache } = contextOf(event);
		const topic = await topicOfPage(event, { drafts: true });
		const { field, asWritten, means } = parse(correction, typed, event.locals.say);
		const importId = idIn(event.params.import);
		await correctMeaning(
			database,
			{ topicId: topic.topicId, field, asWritten, means: means === 'none' ? '' : means },
			event.locals.actor
		);
		cache.purge([`/topics/${topic.slug}`]);
		await previewAgain(database, topic.topicId, importId, event.locals.actor);
		redirect(303, localized(event, `/desk/topics/${topic.slug}/texts/import/${importId}`));
	}),
	start: answering(async (event) => {
		const topic = await topicOfPage(event, { drafts: true });
		const importId = idIn(event.params.import);
		await startImport(contextOf(event).database, topic.topicId, importId, event.locals.actor);
		redirect(303, localized(event, `/desk/topics/${topic.slug}/texts/import/${importId}`));
	})
};
