import type { RequestEvent } from '@sveltejs/kit';
import { z } from 'zod';
import { inLanguage, type ShownText } from '#languages/texts.server.ts';
import type { Topic } from '#topics/topic.ts';
import type { Given } from '#townhalls/polls/batcher.server.ts';
import type { PollFigures } from '#townhalls/polls/counting.server.ts';
import { pollKinds, pollLimits, pollResults, type PollKind, type PollState } from '#townhalls/polls/poll.ts';
import { answerOf, placesOf, wordsOf } from '#townhalls/polls/poll.ts';
import type { WrittenPoll } from '#townhalls/polls/planning.server.ts';
import type { Poll } from '#townhalls/polls/polls.server.ts';
import type { OwnAnswer as Answered } from '#townhalls/polls/writing.server.ts';
import { parse } from '#web/answering.server.ts';
import { textsForForm, textsFrom } from '#web/texts/texts-of-form.server.ts';

/** What somebody answered, as the form shows it again. */
export interface OwnAnswer {
	readonly choices: readonly number[];
	/** of a ranking: of each option */
	readonly places: readonly number[];
	readonly words: readonly string[];
}

/** A poll as a page shows it. */
export interface PollShown {
	readonly number: number;
	readonly kind: PollKind;
	readonly size: number;
	readonly isBlind: boolean;
	readonly state: PollState;
	readonly question: ShownText;
	readonly options: readonly ShownText[];
	readonly low: ShownText;
	readonly high: ShownText;
	readonly figures: PollFigures;
	readonly own: OwnAnswer | null;
}

/**
 * @param answered what who asks answered, where that is to be shown
 * @param isPrivate whether figures wait until who asks has answered: what others think is not to sway them
 */
export function pollShown(
	poll: Poll,
	figures: PollFigures,
	{ defaultLanguage }: Pick<Topic, 'defaultLanguage'>,
	language: string,
	{ answered = null, isPrivate = false }: { answered?: Answered | null; isPrivate?: boolean } = {}
): PollShown {
	const text = (field: string) => inLanguage(poll.texts[field], [language], defaultLanguage);
	const { number, kind, size, state } = poll;
	const hasOptions = kind !== 'scale' && kind !== 'cloud';
	return {
		...{ number, kind, size, state },
		isBlind: poll.results === 'blind',
		question: text('question'),
		options: hasOptions ? Array.from({ length: size }, (_, at) => text(`option-${at + 1}`)) : [],
		low: text('low'),
		high: text('high'),
		figures: isPrivate && state === 'open' && !answered ? { ...figures, rows: null, middle: null } : figures,
		own: answered && {
			choices: answered.choices,
			places: kind === 'ranking' ? placesOf(answered.weights) : [],
			words: answered.words
		}
	};
}

/** What was answered in the form of a poll. */
export function givenIn(poll: Poll, typed: FormData): Given {
	const texts = (name: string) => typed.getAll(name).filter((value) => typeof value === 'string');
	if (poll.kind === 'cloud') return { words: wordsOf(texts('word'), poll.size) };
	if (poll.kind === 'ranking') {
		const places = Array.from({ length: poll.size }, (_, at) => texts(`place-${at + 1}`)[0] ?? '');
		return answerOf(
			poll,
			places.map((place) => (place === '' ? 0 : Number(place)))
		);
	}
	return answerOf(poll, texts('choice').map(Number));
}

const form = z.object({
	kind: z.enum(pollKinds, 'polls.kind-missing'),
	results: z.enum(pollResults, 'polls.results-missing'),
	steps: z.coerce.number().int().min(pollLimits.scaleLeast).max(pollLimits.scaleMost).catch(5),
	words: z.coerce.number().int().min(1).max(pollLimits.words).catch(pollLimits.words)
});

/** Options that the form of a poll has room for. */
export const optionsInForm = 10;

export function pollFrom(
	typed: FormData,
	{ languages }: Pick<Topic, 'languages'>,
	say: RequestEvent['locals']['say']
): WrittenPoll {
	const { kind, results, steps, words } = parse(form, typed, say);
	const fields = Array.from({ length: pollLimits.options }, (_, at) => `option-${at + 1}`);
	const texts = textsFrom(typed, ['question', 'low', 'high', ...fields], languages);
	return {
		...{ kind, results },
		size: kind === 'scale' ? steps : kind === 'cloud' ? words : 0,
		question: texts['question'] ?? {},
		options: fields.map((field) => texts[field] ?? {}),
		low: texts['low'] ?? {},
		high: texts['high'] ?? {}
	};
}

/** A draft as its form shows it. */
export function pollInForm(poll: Poll | null) {
	const fields = Array.from({ length: Math.max(optionsInForm, poll?.size ?? 0) }, (_, at) => `option-${at + 1}`);
	return {
		kind: poll?.kind ?? 'single',
		results: poll?.results ?? 'live',
		steps: poll?.kind === 'scale' ? poll.size : 5,
		words: poll?.kind === 'cloud' ? poll.size : pollLimits.words,
		fields,
		texts: textsForForm(poll?.texts ?? {}, ['question', 'low', 'high', ...fields])
	};
}
