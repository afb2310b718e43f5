import { refusal } from '#refusals/refusal.ts';
import { editionsOf, publishedEdition } from '#reports/publishing.server.ts';
import { redactedAt } from '#reports/redacting.server.ts';
import { reportNumbered } from '#reports/reading.server.ts';
import { resolvedSources } from '#reports/sources.server.ts';
import { institutionSeen } from '#topics/institution/institution.server.ts';
import { headOf } from '#topics/showing.server.ts';
import { contextOf } from '#web/context.server.ts';
import { shownReport } from '#web/reports/report-page.server.ts';
import { factsOfReport } from '#web/talk/facts.server.ts';
import { topicOfPage } from '#web/talk/topic-of-page.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { database } = contextOf(event);
	const topic = await topicOfPage(event);
	const { topicId, slug } = topic;
	const report = await reportNumbered(database, topicId, numberIn(event.params.report));
	const wanted = event.url.searchParams.get('edition');
	const { edition, publishedAt, content, sha256 } = await publishedEdition(
		database,
		report,
		wanted === null ? null : numberIn(wanted)
	);
	const states = await resolvedSources(database, topicId, content.notes, content.language);
	const institution = await institutionSeen(database);
	const head = headOf(topic, event.locals.language);
	return {
		topic: head,
		facts: factsOfReport(
			event,
			head,
			{ number: report.number, language: content.language, title: content.title, publishedAt, edition },
			institution
		),
		number: report.number,
		edition,
		publishedAt,
		title: content.title,
		takenAt: new Date(content.snapshot.takenAt),
		fingerprint: sha256.toString('hex'),
		redactedAt: await redactedAt(database, report, edition),
		editions: await editionsOf(database, report),
		report: shownReport(content, { slug, number: report.number, reader: event.locals.language, institution, states })
	};
};

function numberIn(text: string): number {
	if (!/^[1-9][0-9]{0,5}$/.test(text)) throw refusal('not-found');
	return Number(text);
}
