import type { RequestEvent } from '@sveltejs/kit';
import { z } from 'zod';
import { accountOf } from '#activity/actor.ts';
import { isSecretariat } from '#activity/staff.ts';
import { askingIn } from '#contributions/receipts/requests.server.ts';
import type { Outcome } from '#ideas/moderating/moderating-many.server.ts';
import { wordsOf, type Shown } from '#ideas/moderating/moderating.server.ts';
import type { Act } from '#ideas/moderating/act.ts';
import { requestsAtDesk } from '#ideas/requests/at-desk.server.ts';
import { thirdPersonsAtDesk } from '#ideas/requests/third-persons.server.ts';
import { inLanguage } from '#languages/texts.server.ts';
import { claimsOn } from '#moderation/claiming.server.ts';
import { latestDecisions, nameOf, saidShortly } from '#moderation/deciding.server.ts';
import { houseRules } from '#moderation/house-rules.server.ts';
import { contactsIn } from '#moderation/personal-data.ts';
import {
	clusterOf,
	hiddenThings,
	howManyWait,
	likeThese,
	moderationQueue,
	queuePage,
	type Place,
	type Waiting
} from '#moderation/queue.server.ts';
import { holdings, isModeratedKind, moderatedKinds } from '#moderation/rules.ts';
import { authorStandings } from '#moderation/standing.server.ts';
import { thirdPersonsIn } from '#moderation/third-persons.server.ts';
import type { Queryable } from '#database/connection.server.ts';
import { headOf } from '#topics/showing.server.ts';
import type { Topic } from '#topics/topic.ts';
import { contextOf } from '#web/context.server.ts';
import { momentOf } from '#web/talk/topic-of-page.server.ts';
import { isId } from '#web/desk/moderation-forms.server.ts';

const views = ['waiting', 'hidden', 'asked', 'authors'] as const;
const many = 200;

/** All that the desk shows: the view that the address asks for, who works on what, and what was done a moment ago. */
export async function deskOfModeration(event: Pick<RequestEvent, 'url' | 'locals' | 'platform'>, topic: Topic) {
	const context = contextOf(event);
	const { database } = context;
	const { topicId, languages } = topic;
	const { searchParams } = event.url;
	const { actor, language } = event.locals;
	const view = views.find((one) => one === searchParams.get('view')) ?? 'waiting';
	const like = isId(searchParams.get('like') ?? '') ? searchParams.get('like') : null;
	const filter = filterIn(searchParams, languages);
	const at = momentOf(context);
	const maySeeErasures = isSecretariat(actor);
	const [waits, asking, thirds, rules, queue] = await Promise.all([
		howManyWait(database, topicId),
		askingIn(database, [topicId]),
		thirdPersonsIn(database, [topicId]),
		houseRules(database, topicId),
		queueOf(database, topicId, { view, like, filter, at, searchParams })
	]);
	const things = await shownThings(database, topicId, queue.waiting, at);
	const last = queue.waiting.at(-1);
	return {
		topic: headOf(topic, language),
		view,
		like,
		filter,
		languages,
		isMany: searchParams.has('many'),
		isTicked: searchParams.has('ticked'),
		waits,
		asks:
			(asking.get(topicId)?.appeals ?? 0) +
			(maySeeErasures ? (asking.get(topicId)?.erasures ?? 0) : 0) +
			(thirds.get(topicId) ?? 0),
		rules: rules
			.filter(({ endedAt }) => endedAt === null)
			.map(({ number, texts }) => ({ number, title: inLanguage(texts['title'], [language], topic.defaultLanguage).text })),
		requests: view === 'asked' ? await requestsAtDesk(database, topicId, { maySeeErasures }) : [],
		thirdPersons: view === 'asked' ? await thirdPersonsAtDesk(database, topicId) : [],
		authors: view === 'authors' ? await authorsShown(database, topicId) : [],
		me: accountOf(actor),
		things,
		after: queue.more && last ? `${last.since.toISOString()} ${last.thingId}` : null,
		told: await toldIn(database, topicId, searchParams)
	};
}

function filterIn(query: URLSearchParams, languages: readonly string[]) {
	const hours = Number(query.get('hours'));
	return {
		kind: moderatedKinds.find((kind) => kind === query.get('kind')) ?? null,
		language: languages.find((language) => language === query.get('language')) ?? null,
		heldBy: holdings.find((rule) => rule === query.get('rule')) ?? null,
		hours: [24, 72, 168].find((known) => known === hours) ?? null
	};
}

async function queueOf(
	queryable: Queryable,
	topicId: string,
	asked: {
		view: (typeof views)[number];
		like: string | null;
		filter: ReturnType<typeof filterIn>;
		at: Date;
		searchParams: URLSearchParams;
	}
): Promise<{ waiting: Waiting[]; more: boolean }> {
	const { view, like, filter, at, searchParams } = asked;
	if (view === 'asked' || view === 'authors') return { waiting: [], more: false };
	if (like !== null) return { waiting: await clusterOf(queryable, topicId, like), more: false };
	const after = afterIn(searchParams.get('after'));
	if (view === 'hidden') return hiddenThings(queryable, topicId, after);
	return moderationQueue(queryable, topicId, after, { filter, most: searchParams.has('many') ? many : queuePage, at });
}

async function shownThings(queryable: Queryable, topicId: string, waiting: readonly Waiting[], at: Date) {
	const ids = waiting.map(({ thingId }) => thingId);
	const [words, claims, others] = await Promise.all([
		wordsOf(queryable, topicId, waiting),
		claimsOn(queryable, topicId, waiting, at),
		likeThese(queryable, topicId, ids)
	]);
	const shown = new Map<string, Shown>(words.map((one) => [nameOf(one), one]));
	return waiting.flatMap((one) => {
		const said = shown.get(nameOf(one));
		if (!said) return [];
		const claim = claims.get(nameOf(one)) ?? null;
		return [{ ...said, ...one, claim, others: others.get(one.thingId) ?? 0, contacts: contactsIn(said.text) }];
	});
}

async function authorsShown(queryable: Queryable, topicId: string) {
	const authors = await authorStandings(queryable, topicId);
	const named = authors.flatMap(({ kind, thingId }) => {
		const known = moderatedKinds.find((one) => one === kind);
		return known && thingId ? [{ kind: known, thingId }] : [];
	});
	const texts = new Map((await wordsOf(queryable, topicId, named)).map((shown) => [shown.thingId, shown]));
	return authors.map(({ thingId, ...author }) => {
		const text = thingId === null ? undefined : texts.get(thingId);
		return { ...author, text: text ? { text: [...text.text].slice(0, 300).join(''), language: text.language } : null };
	});
}

/** What was done, as the address of the page says it until the next act; `toldIn` reads it. */
export function tellingOf(act: Act, { actId, done, left, publishes }: Outcome): Record<string, string> {
	return {
		done: act.does === 'keep' ? (publishes ? 'approved' : 'flags-dismissed') : deeds[act.does],
		count: String(done),
		...(done > 0 && act.does !== 'redact' && { act: actId }),
		...(left.length > 0 && {
			not: String(left.length),
			left: left
				.slice(0, 20)
				.map(({ kind, thingId, because }) => `${kind}.${thingId}.${because}`)
				.join(' ')
		})
	};
}

const deeds = { hide: 'hidden', restore: 'restored', redact: 'redacted', block: 'blocked' } as const;

/** What was done a moment ago, and of what was left: why, and what somebody else decided. */
async function toldIn(queryable: Queryable, topicId: string, query: URLSearchParams) {
	const left = (query.get('left') ?? '')
		.split(' ')
		.map((one) => one.split('.'))
		.flatMap(([kind, thingId = '', because = '']) =>
			isModeratedKind(kind) && isId(thingId) ? [{ kind, thingId, because }] : []
		);
	const ids = left.map(({ thingId }) => thingId);
	const [decisions, words] = await Promise.all([latestDecisions(queryable, topicId, ids), wordsOf(queryable, topicId, left)]);
	const beginnings = new Map(
		words.map(({ thingId, text, language }) => [thingId, { text: [...text].slice(0, 80).join(''), language }])
	);
	const act = query.get('act') ?? '';
	return {
		done: query.get('done'),
		count: Number(query.get('count') ?? 1) || 0,
		act: isId(act) ? act : null,
		not: Number(query.get('not') ?? 0) || 0,
		left: left.map(({ thingId, because }) => ({
			thingId,
			because,
			decision: saidShortly(decisions.get(thingId)?.decision ?? 'other'),
			begins: beginnings.get(thingId) ?? { text: '', language: 'und' }
		}))
	};
}

function afterIn(text: string | null): Place | null {
	const [since = '', thingId = ''] = text?.split(' ') ?? [];
	return z.iso.datetime().safeParse(since).success && isId(thingId) ? { since: new Date(since), thingId } : null;
}
