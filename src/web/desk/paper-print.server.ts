import type { RequestEvent } from '@sveltejs/kit';
import { renderSVG } from 'uqr';
import { inFours } from '#contributions/intake/paper/codes.ts';
import { formsOfRun } from '#contributions/intake/paper/printing.server.ts';
import { speakerOf } from '#languages/catalogue.server.ts';
import { directionOf, pathInLanguage, type Language } from '#languages/languages.ts';
import { inLanguage } from '#languages/texts.server.ts';
import { refusal } from '#refusals/refusal.ts';
import { institutionSeen } from '#topics/institution/institution.server.ts';
import { headOf, topicShown } from '#topics/showing.server.ts';
import type { Topic } from '#topics/topic.ts';
import { contextOf } from '#web/context.server.ts';
import { groupOptions } from '#web/talk/group-names.server.ts';
import { momentOf } from '#web/talk/topic-of-page.server.ts';

/** The sheets of a run in their own language, whatever that of the reader is. */
export async function printPage(event: RequestEvent, topic: Topic) {
	const context = contextOf(event);
	const { database, keys, settings } = context;
	const run = event.params['run'] ?? '';
	if (!/^[1-9]\d{0,6}$/u.test(run)) throw refusal('not-found');
	const { language, questionId, sheets, name } = await formsOfRun(database, keys, topic.topicId, Number(run));
	const institution = await institutionSeen(database);
	const { title, questions } = topicShown(topic, language, momentOf(context));
	const origin = settings.origin ?? event.url.origin;
	const say = speakerOf(language);
	return {
		topic: headOf(topic, event.locals.language),
		run: Number(run),
		name,
		language,
		direction: directionOf(language),
		institution: inLanguage(institution.texts['name'], [language]).text,
		title,
		questions: questions
			.filter((question) => questionId === null || question.questionId === questionId)
			.map(({ number, text }) => ({ number, text })),
		isOfOne: questionId !== null,
		words: wordsOf(language, origin),
		groups: groupOptions(institution, say).map(({ label }) => label),
		sheets: sheets.map(({ number, code, strip }) => ({
			number,
			numbered: say('paper.form-number', { number: say.number(number) }),
			address: `${bare(origin)}/paper/${inFours(code)}`,
			strip: inFours(strip),
			picture: pictureOf(`${origin}/paper/${code}`)
		}))
	};
}

function wordsOf(language: Language, origin: string) {
	const say = speakerOf(language);
	const found = `${bare(origin)}/paper`;
	return {
		lede: say('paper.form-lede'),
		question: say('paper.form-question'),
		questions: say('paper.form-questions'),
		idea: [1, 2].map((place) => say('paper.form-idea', { place: say.number(place) })),
		ideaHint: say('paper.form-idea-hint'),
		why: say('paper.form-why'),
		onQuestion: say('paper.form-on-question'),
		more: say('paper.form-more'),
		about: say('paper.form-about'),
		groups: say('paper.form-groups'),
		country: say('me.country'),
		organisation: say('me.organisation'),
		stands: say('paper.form-stands'),
		named: say('paper.form-named'),
		group: say('paper.form-group'),
		anonymous: say('paper.form-anonymous'),
		notice: say('paper.form-notice'),
		data: `${bare(origin)}${pathInLanguage('/data', language)}`,
		online: say('paper.form-online'),
		keep: say('paper.form-keep'),
		keepAbout: say('paper.form-keep-about'),
		found,
		code: say('paper.form-code')
	};
}

/** An address as people type it. */
function bare(origin: string): string {
	return origin.replace(/^https?:\/\//u, '');
}

/** As a picture of its own, since the policy of our pages forbids styles inside them; robust, for paper is folded and photographed in bad light. */
function pictureOf(address: string): string {
	return `data:image/svg+xml,${encodeURIComponent(renderSVG(address, { border: 2, ecc: 'Q' }))}`;
}
