import { redirect } from '@sveltejs/kit';
import { uploadsOf, uploadSubmissions } from '#contributions/intake/uploads.server.ts';
import { isZip } from '#contributions/intake/zips.ts';
import { refusal } from '#refusals/refusal.ts';
import { headOf } from '#topics/showing.server.ts';
import { answering, localized } from '#web/answering.server.ts';
import { contextOf } from '#web/context.server.ts';
import { topicOfPage } from '#web/talk/topic-of-page.server.ts';
import type { Actions, PageServerLoad } from './$types';

// the body of a form ends at 32 MB; larger folders come by the command line
const largestUpload = 30 * 1024 * 1024;

export const load: PageServerLoad = async (event) => {
	const topic = await topicOfPage(event, { drafts: true });
	const uploads = await uploadsOf(contextOf(event).database, topic.topicId);
	return {
		topic: headOf(topic, event.locals.language),
		megabytes: largestUpload / 1024 / 1024,
		uploads: uploads.map(({ importId, fileName, uploadedAt, outcome }) => ({
			importId,
			fileName,
			uploadedAt,
			isDone: outcome !== null
		}))
	};
};

export const actions: Actions = {
	default: answering(async (event, typed) => {
		const { database, files } = contextOf(event);
		const topic = await topicOfPage(event, { drafts: true });
		const file = typed.get('zip');
		if (!(file instanceof File) || file.size === 0) throw refusal('zip-needed');
		const bytes = new Uint8Array(await file.slice(0, 4).arrayBuffer());
		if (!isZip(bytes)) throw refusal('zip-needed');
		const { sha256 } = await files.put(file.stream(), { mediaType: 'application/zip', limit: largestUpload });
		const { importId } = await uploadSubmissions(
			database,
			{ topicId: topic.topicId, sha256, fileName: file.name },
			event.locals.actor
		);
		redirect(303, localized(event, `/desk/topics/${topic.slug}/texts/import/${importId}`));
	})
};
