import type { RequestEvent } from '@sveltejs/kit';
import { refusal } from '#refusals/refusal.ts';
import { refuseFrozenBlind } from '#reports/blindness.server.ts';
import type { Edition } from '#reports/edition.ts';
import { sentencesOf, wordsAt } from '#reports/paragraph.ts';
import { versionsOf, type PlacedParagraph, type Report } from '#reports/reading.server.ts';
import { contextOf } from '#web/context.server.ts';
import type { ShownReport } from './report-page.server.ts';
import { momentOf, topicOfPage } from '#web/talk/topic-of-page.server.ts';
import type { Queryable } from '#database/connection.server.ts';

export type ReportEvent = RequestEvent<{ topic: string; report: string }>;

/** What every act at the desk of a report begins with: its talk and its number. */
export async function reportOfPage(event: ReportEvent) {
	const topic = await topicOfPage(event, { drafts: true });
	const { report } = event.params;
	if (!/^[1-9][0-9]{0,5}$/.test(report)) throw refusal('not-found');
	const context = contextOf(event);
	const { database } = context;
	const { actor } = event.locals;
	const number = Number(report);
	await refuseFrozenBlind(database, topic, number, { actor, at: momentOf(context) });
	return { topic, topicId: topic.topicId, number, database, actor };
}

/** As many earlier versions are offered. */
const versionsOffered = 10;

/** A paragraph open for work: its words by sentence, what they rest on, what they were before. */
export async function openParagraph(
	queryable: Queryable,
	report: Report,
	{ number, version, kind, text, language, sources }: PlacedParagraph,
	edition: Edition,
	shown: ShownReport
) {
	const [, ...earlier] = await versionsOf(queryable, report, number);
	return {
		...{ number, version, kind, text, language },
		sentences: sentencesOf(text, language).map((span, index) => ({ number: index + 1, text: wordsAt(text, span) })),
		sources: sources.map((source) => {
			const note = edition.notes.find(
				(one) =>
					one.kind === source.kind &&
					one.thingId === source.thingId &&
					(source.pointer === null || source.pointer.startsWith(one.pointer ?? ''))
			);
			const label = shown.notes.find((one) => one.number === note?.number);
			return { words: wordsAt(text, source), label: label?.text ?? source.kind, href: label?.href ?? null };
		}),
		earlier: earlier
			.filter((one) => one.kind !== 'removed' && one.text !== text)
			.slice(0, versionsOffered)
			.map(({ version: of, text: words, writtenAt }) => ({ version: of, text: words, writtenAt }))
	};
}
