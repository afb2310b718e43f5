import { redirect, type RequestEvent } from '@sveltejs/kit';
import { z } from 'zod';
import { isSecretariat } from '#activity/staff.ts';
import { inLanguage } from '#languages/texts.server.ts';
import { refusal } from '#refusals/refusal.ts';
import { checkReport } from '#reports/checking.server.ts';
import {
	addedKinds,
	addParagraph,
	addSource,
	editParagraph,
	longestParagraph,
	removeParagraph,
	removeSource
} from '#reports/editing.server.ts';
import { sentencesOf, wordsAt } from '#reports/paragraph.ts';
import { editionOf, publishReport, waiveFinding } from '#reports/publishing.server.ts';
import { reportNumbered } from '#reports/reading.server.ts';
import { institutionSeen } from '#topics/institution.server.ts';
import { headOf } from '#topics/showing.server.ts';
import { answering, localized, parse } from '#web/answering.server.ts';
import { contextOf } from '#web/context.server.ts';
import { shownReport } from '#web/report-page.server.ts';
import { forgetPages } from '#web/setup.server.ts';
import { topicOfPage } from '#web/topic-of-page.server.ts';
import type { Actions, PageServerLoad } from './$types';

type ReportEvent = RequestEvent<{ topic: string; report: string }>;

async function reportOfPage(event: ReportEvent) {
	const topic = await topicOfPage(event, { drafts: true });
	const { report } = event.params;
	if (!/^[1-9][0-9]{0,5}$/.test(report)) throw refusal('not-found');
	return {
		topic,
		topicId: topic.topicId,
		number: Number(report),
		database: contextOf(event).database,
		actor: event.locals.actor
	};
}

export const load: PageServerLoad = async (event) => {
	const { topic, topicId, number, database, actor } = await reportOfPage(event);
	const report = await reportNumbered(database, topicId, number);
	const institution = await institutionSeen(database);
	const checked = await checkReport(database, report);
	const title = inLanguage(topic.texts['title'], [report.language], topic.defaultLanguage).text;
	const edition = editionOf(report, { title, zone: institution.zone }, checked);
	const frame = { slug: topic.slug, number, reader: event.locals.language, institution, states: checked.sources };
	const shown = shownReport(edition, frame);
	const wanted = Number(event.url.searchParams.get('edit'));
	const editing = checked.paragraphs.find((paragraph) => paragraph.number === wanted);
	return {
		topic: headOf(topic, event.locals.language),
		number,
		title,
		edition: report.edition,
		takenAt: checked.snapshot.takenAt,
		mayPublish: isSecretariat(actor),
		isPublished: topic.publishedAt !== null,
		report: shown,
		findings: checked.findings.map(({ code, number: of, paragraphId, version, words, expected, name, waiver }) => ({
			...{ code, number: of, paragraphId, version, words, expected, name, waiver }
		})),
		longest: longestParagraph,
		kinds: addedKinds,
		editing: editing
			? {
					...{
						number: editing.number,
						version: editing.version,
						kind: editing.kind,
						text: editing.text,
						language: editing.language
					},
					sentences: sentencesOf(editing.text, editing.language).map((span, index) => ({
						number: index + 1,
						text: wordsAt(editing.text, span)
					})),
					sources: editing.sources.map((source) => {
						const note = edition.notes.find(
							(one) =>
								one.kind === source.kind &&
								one.thingId === source.thingId &&
								(source.pointer === null || source.pointer.startsWith(one.pointer ?? ''))
						);
						const label = shown.notes.find((one) => one.number === note?.number);
						return { words: wordsAt(editing.text, source), label: label?.text ?? source.kind, href: label?.href ?? null };
					})
				}
			: null
	};
};

const whole = z.coerce.number().int().positive();
const seen = { paragraph: whole, version: whole };
const forms = {
	edit: z.object({ ...seen, text: z.string().trim().min(1, 'reports.text-missing') }),
	seen: z.object(seen),
	source: z.object({
		...seen,
		sentence: whole,
		kind: z.enum(addedKinds),
		reference: z.string().trim().min(1, 'reports.reference-missing').max(300)
	}),
	place: z.object({ ...seen, place: z.coerce.number().int().nonnegative() }),
	added: z.object({ paragraph: whole, text: z.string().trim().min(1, 'reports.text-missing') }),
	waiver: z.object({
		paragraphId: z.uuid(),
		version: whole,
		name: z.string().min(1),
		reason: z.string().trim().min(1, 'reports.waiver-missing')
	})
};

/** Back to the paragraph, its editor open where there is more to do with it. */
function back(event: ReportEvent, { slug, number }: { slug: string; number: number }, paragraph: number, isOpen = false): never {
	const path = `/desk/topics/${slug}/report/${number}${isOpen ? `?edit=${paragraph}` : ''}#p${paragraph}`;
	redirect(303, localized(event, path));
}

export const actions: Actions = {
	edit: answering(async (event, typed) => {
		const { topic, topicId, number, database, actor } = await reportOfPage(event);
		const { paragraph, version, text } = parse(forms.edit, typed, event.locals.say);
		await editParagraph(database, { topicId, report: number, number: paragraph, version }, text.replaceAll('\r\n', '\n'), actor);
		back(event, { slug: topic.slug, number }, paragraph);
	}),
	remove: answering(async (event, typed) => {
		const { topic, topicId, number, database, actor } = await reportOfPage(event);
		const { paragraph, version } = parse(forms.seen, typed, event.locals.say);
		await removeParagraph(database, { topicId, report: number, number: paragraph, version }, actor);
		redirect(303, localized(event, `/desk/topics/${topic.slug}/report/${number}`));
	}),
	source: answering(async (event, typed) => {
		const { topic, topicId, number, database, actor } = await reportOfPage(event);
		const { paragraph, version, ...source } = parse(forms.source, typed, event.locals.say);
		await addSource(database, { topicId, report: number, number: paragraph, version }, source, actor);
		back(event, { slug: topic.slug, number }, paragraph, true);
	}),
	unsource: answering(async (event, typed) => {
		const { topic, topicId, number, database, actor } = await reportOfPage(event);
		const { paragraph, version, place } = parse(forms.place, typed, event.locals.say);
		await removeSource(database, { topicId, report: number, number: paragraph, version }, place, actor);
		back(event, { slug: topic.slug, number }, paragraph, true);
	}),
	add: answering(async (event, typed) => {
		const { topic, topicId, number, database, actor } = await reportOfPage(event);
		const { paragraph, text } = parse(forms.added, typed, event.locals.say);
		const words = text.replaceAll('\r\n', '\n');
		const added = await addParagraph(database, { topicId, report: number, number: paragraph }, words, actor);
		back(event, { slug: topic.slug, number }, added, true);
	}),
	waive: answering(async (event, typed) => {
		const { topic, topicId, number, database, actor } = await reportOfPage(event);
		await waiveFinding(database, { topicId, number }, parse(forms.waiver, typed, event.locals.say), actor);
		redirect(303, localized(event, `/desk/topics/${topic.slug}/report/${number}#check`));
	}),
	publish: answering(async (event) => {
		const { topic, topicId, number, database, actor } = await reportOfPage(event);
		const { edition } = await publishReport(database, { topicId, number }, actor);
		forgetPages(event, topic.slug);
		redirect(303, localized(event, `/topics/${topic.slug}/reports/${number}?after=${edition}`));
	})
};
