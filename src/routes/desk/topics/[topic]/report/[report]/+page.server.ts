import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { isSecretariat } from '#activity/staff.ts';
import { inLanguage } from '#languages/texts.server.ts';
import { addParagraph, moveParagraph, removeParagraph } from '#reports/arranging.server.ts';
import type { Seen } from '#reports/changing.server.ts';
import { checkReport } from '#reports/checking.server.ts';
import {
	addedKinds,
	addSource,
	editParagraph,
	longestParagraph,
	removeSource,
	restoreVersion,
	undoChange
} from '#reports/editing.server.ts';
import { editionOf, publishReport, waiveRemark } from '#reports/publishing.server.ts';
import { removedParagraphs, reportNumbered } from '#reports/reading.server.ts';
import { institutionSeen } from '#topics/institution/institution.server.ts';
import { headOf } from '#topics/showing.server.ts';
import { answering, localized, parse } from '#web/answering.server.ts';
import { openParagraph, reportOfPage, type ReportEvent } from '#web/reports/report-desk.server.ts';
import { shownReport } from '#web/reports/report-page.server.ts';
import { forgetPages } from '#web/desk/setup.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { topic, topicId, number, database, actor } = await reportOfPage(event);
	const report = await reportNumbered(database, topicId, number);
	const institution = await institutionSeen(database);
	const checked = await checkReport(database, report);
	const removed = await removedParagraphs(database, topicId, report.reportId);
	const title = inLanguage(topic.texts['title'], [report.language], topic.defaultLanguage).text;
	const edition = editionOf(report, { title, zone: institution.zone }, checked);
	const frame = { slug: topic.slug, number, reader: event.locals.language, institution, states: checked.sources };
	const shown = shownReport(edition, frame);
	const wanted = Number(event.url.searchParams.get('edit'));
	const editing = checked.paragraphs.find((paragraph) => paragraph.number === wanted);
	const changed = Number(event.url.searchParams.get('changed'));
	return {
		topic: headOf(topic, event.locals.language),
		number,
		title,
		edition: report.edition,
		takenAt: checked.snapshot.takenAt,
		mayPublish: isSecretariat(actor),
		isPublished: topic.publishedAt !== null,
		report: shown,
		versions: Object.fromEntries(checked.paragraphs.map((paragraph) => [paragraph.number, paragraph.version])),
		/** what has just been changed, and can be taken back */
		changed: [...checked.paragraphs, ...removed].find((paragraph) => paragraph.number === changed) ?? null,
		removed: removed.map(({ number: of, version, text, language }) => ({ number: of, version, text, language })),
		remarks: checked.remarks.map(({ code, number: of, paragraphId, version, words, expected, name, waiver }) => ({
			...{ code, number: of, paragraphId, version, words, expected, name, waiver }
		})),
		longest: longestParagraph,
		kinds: addedKinds.filter((kind) => kind !== 'passage'),
		editing: editing ? await openParagraph(database, report, editing, edition, shown) : null
	};
};

const whole = z.coerce.number().int().positive();
const seen = { paragraph: whole, version: whole };
const forms = {
	edit: z.object({ ...seen, text: z.string().trim().min(1, 'reports.text-missing') }),
	seen: z.object(seen),
	move: z.object({ ...seen, direction: z.enum(['up', 'down']) }),
	restore: z.object({ ...seen, wanted: whole }),
	source: z.object({
		...seen,
		sentence: whole,
		kind: z.enum(addedKinds),
		reference: z.string().trim().min(1, 'reports.reference-missing').max(300)
	}),
	place: z.object({ ...seen, place: z.coerce.number().int().nonnegative() }),
	added: z.object({
		paragraph: whole,
		kind: z.enum(['text', 'heading']).default('text'),
		text: z.string().trim().min(1, 'reports.text-missing')
	}),
	waiver: z.object({
		paragraphId: z.uuid(),
		version: whole,
		name: z.string().min(1),
		reason: z.string().trim().min(1, 'reports.waiver-missing')
	})
};

/** What a form says about one paragraph, and where to go when it is done. */
async function acting<Form extends z.ZodObject<typeof seen>>(event: ReportEvent, form: Form, typed: FormData) {
	const { topic, topicId, number, database, actor } = await reportOfPage(event);
	const answer = parse(form, typed, event.locals.say);
	const { paragraph, version } = answer as z.output<z.ZodObject<typeof seen>>;
	const about: Seen = { topicId, report: number, number: paragraph, version };
	return { database, actor, about, answer, done: (open = false) => back(event, topic.slug, about, open) };
}

/** Back to the paragraph, with the offer to take the change back; its editor open where there is more to do with it. */
function back(event: ReportEvent, slug: string, { report, number }: Pick<Seen, 'report' | 'number'>, isOpen: boolean): never {
	const query = `${isOpen ? `edit=${number}&` : ''}changed=${number}`;
	redirect(303, localized(event, `/desk/topics/${slug}/report/${report}?${query}#p${number}`));
}

const plain = (text: string) => text.replaceAll('\r\n', '\n');

export const actions: Actions = {
	edit: answering(async (event, typed) => {
		const { database, actor, about, answer, done } = await acting(event, forms.edit, typed);
		await editParagraph(database, about, plain(answer.text), actor);
		done();
	}),
	move: answering(async (event, typed) => {
		const { database, actor, about, answer, done } = await acting(event, forms.move, typed);
		await moveParagraph(database, about, answer.direction, actor);
		done();
	}),
	remove: answering(async (event, typed) => {
		const { database, actor, about, done } = await acting(event, forms.seen, typed);
		await removeParagraph(database, about, actor);
		done();
	}),
	undo: answering(async (event, typed) => {
		const { database, actor, about, done } = await acting(event, forms.seen, typed);
		await undoChange(database, about, actor);
		done();
	}),
	restore: answering(async (event, typed) => {
		const { database, actor, about, answer, done } = await acting(event, forms.restore, typed);
		await restoreVersion(database, about, answer.wanted, actor);
		done();
	}),
	source: answering(async (event, typed) => {
		const { database, actor, about, answer, done } = await acting(event, forms.source, typed);
		await addSource(database, about, answer, actor);
		done(true);
	}),
	unsource: answering(async (event, typed) => {
		const { database, actor, about, answer, done } = await acting(event, forms.place, typed);
		await removeSource(database, about, answer.place, actor);
		done(true);
	}),
	add: answering(async (event, typed) => {
		const { topic, topicId, number: report, database, actor } = await reportOfPage(event);
		const { paragraph, kind, text } = parse(forms.added, typed, event.locals.say);
		const after = { topicId, report, number: paragraph };
		const number = await addParagraph(database, after, { kind, text: plain(text) }, actor);
		back(event, topic.slug, { report, number }, kind === 'text');
	}),
	waive: answering(async (event, typed) => {
		const { topic, topicId, number, database, actor } = await reportOfPage(event);
		await waiveRemark(database, { topicId, number }, parse(forms.waiver, typed, event.locals.say), actor);
		redirect(303, localized(event, `/desk/topics/${topic.slug}/report/${number}#check`));
	}),
	publish: answering(async (event) => {
		const { topic, topicId, number, database, actor } = await reportOfPage(event);
		const { edition } = await publishReport(database, { topicId, number }, actor);
		forgetPages(event, topic.slug);
		redirect(303, localized(event, `/topics/${topic.slug}/reports/${number}?after=${edition}`));
	})
};
