import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { refusal } from '#refusals/refusal.ts';
import { quotePassage } from '#reports/arranging.server.ts';
import { addSource } from '#reports/editing.server.ts';
import { languagesOfPassages, passagesAPage, passagesToQuote } from '#reports/finding-passages.server.ts';
import { sentencesOf, wordsAt } from '#reports/paragraph.ts';
import { paragraphsOf, reportNumbered } from '#reports/reading.server.ts';
import { institutionSeen } from '#topics/institution/institution.server.ts';
import { headOf } from '#topics/showing.server.ts';
import { answering, localized, parse } from '#web/answering.server.ts';
import { groupName, groupOptions } from '#web/talk/group-names.server.ts';
import { reportOfPage } from '#web/reports/report-desk.server.ts';
import type { Actions, PageServerLoad } from './$types';

const whole = z.coerce.number().int().positive();
/** What stands in an address is typed by anybody: what cannot be meant is left out. */
const wishes = z.object({
	paragraph: whole.max(1_000_000).nullable().catch(null),
	words: z.string().max(200).catch(''),
	idea: whole.max(999_999_999).nullable().catch(null),
	group: z.string().max(60).nullable().catch(null),
	language: z.string().max(35).nullable().catch(null),
	from: z.coerce.number().int().nonnegative().max(1_000_000).catch(0)
});

export const load: PageServerLoad = async (event) => {
	const { topic, topicId, number, database } = await reportOfPage(event);
	const { say } = event.locals;
	const { searchParams } = event.url;
	const given = (name: string) => (searchParams.get(name) ?? '').replaceAll('\0', '') || null;
	const { paragraph: wanted, ...typed } = wishes.parse({
		paragraph: given('paragraph'),
		words: given('words') ?? '',
		idea: given('idea'),
		group: given('group'),
		language: given('language'),
		from: given('from') ?? 0
	});
	const report = await reportNumbered(database, topicId, number);
	const [paragraphs, languages, institution] = await Promise.all([
		paragraphsOf(database, topicId, report.reportId),
		languagesOfPassages(database, topicId),
		institutionSeen(database)
	]);
	const asked = {
		...typed,
		group: institution.groups.find((group) => group === typed.group) ?? null,
		language: languages.find((language) => language === typed.language) ?? null
	};
	const found = await passagesToQuote(database, topicId, asked);
	const paragraph = paragraphs.find((one) => one.number === wanted) ?? paragraphs.at(-1);
	if (!paragraph) throw refusal('not-found');
	const after = asked.from + passagesAPage;
	const next = new URLSearchParams(searchParams);
	next.set('from', String(after));
	return {
		topic: headOf(topic, event.locals.language),
		number,
		asked,
		paragraph: {
			number: paragraph.number,
			version: paragraph.version,
			text: paragraph.text,
			language: paragraph.language,
			sentences:
				paragraph.kind === 'text'
					? sentencesOf(paragraph.text, paragraph.language).map((span) => wordsAt(paragraph.text, span))
					: []
		},
		groups: groupOptions(institution, say),
		languages,
		all: found.all,
		/** where the list goes on */
		next: after < found.all ? `?${next.toString()}` : null,
		passages: found.passages.map(({ groups, ...passage }) => ({
			...passage,
			groups: groups.map((key) => groupName(institution, key, say))
		}))
	};
};

const forms = {
	quote: z.object({ paragraph: whole, passage: z.uuid() }),
	source: z.object({ paragraph: whole, version: whole, sentence: whole, passage: z.uuid() })
};

export const actions: Actions = {
	quote: answering(async (event, typed) => {
		const { topic, topicId, number: report, database, actor } = await reportOfPage(event);
		const { paragraph, passage } = parse(forms.quote, typed, event.locals.say);
		const number = await quotePassage(database, { topicId, report, number: paragraph }, passage, actor);
		redirect(303, localized(event, `/desk/topics/${topic.slug}/report/${report}?changed=${number}#p${number}`));
	}),
	source: answering(async (event, typed) => {
		const { topic, topicId, number: report, database, actor } = await reportOfPage(event);
		const { paragraph: number, version, sentence, passage } = parse(forms.source, typed, event.locals.say);
		const source = { sentence, kind: 'passage', reference: passage } as const;
		await addSource(database, { topicId, report, number, version }, source, actor);
		redirect(303, localized(event, `/desk/topics/${topic.slug}/report/${report}?edit=${number}&changed=${number}#p${number}`));
	})
};
