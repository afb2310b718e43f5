import type { RequestEvent } from '@sveltejs/kit';
import { z } from 'zod';
import { deedOf, recordedKinds } from '#activity/deeds.ts';
import { activityFound, type ActivityFilter, type ActivityPlace, type Recorded } from '#activity/finding.server.ts';
import { nilTopic, type Database } from '#database/connection.server.ts';
import { csvLine } from '#files/csv.ts';
import { numbersOfThings } from '#ideas/numbered-things.server.ts';
import type { Say } from '#languages/speaking.ts';
import { namesOfAccounts, staffEver } from '#people/role-holders.server.ts';
import { topicsListed } from '#topics/reading.server.ts';
import { headOf } from '#topics/showing.server.ts';
import { contextOf } from '#web/context.server.ts';
import { streamed } from '#web/streaming.server.ts';

type Asking = Pick<RequestEvent, 'platform' | 'url' | 'locals' | 'request'>;

const aDay = 86_400_000;
const rowsAtOnce = 1000;

interface Wishes {
	readonly filter: ActivityFilter;
	readonly before: ActivityPlace | null;
	/** whom and of which talks one can ask */
	readonly staff: Awaited<ReturnType<typeof staffEver>>;
	readonly topics: Awaited<ReturnType<typeof topicsListed>>;
}

/** What a reader asks for, as it stands in the address: `who`, `kind`, `topic`, `from`, `to`, `before`. What is wrong or unknown there is left out. */
async function wishesOf(database: Database, url: URL, ownTopic: string | null): Promise<Wishes> {
	const [staff, topics] = await Promise.all([
		staffEver(database, ownTopic),
		ownTopic === null ? topicsListed(database, { drafts: true }) : []
	]);
	const asked = (name: string) => url.searchParams.get(name) ?? '';
	const day = (name: string) => (z.iso.date().safeParse(asked(name)).success ? new Date(asked(name)) : null);
	const to = day('to');
	const [at = '', activityId = ''] = asked('before').split('_');
	const isPlace = z.iso.datetime().safeParse(at).success && z.uuid().safeParse(activityId).success;
	return {
		filter: {
			topicId: ownTopic ?? topics.find(({ topicId }) => topicId === asked('topic'))?.topicId ?? null,
			who: ['job', 'visitor', ...staff.map(({ accountId }) => accountId)].find((one) => one === asked('who')) ?? null,
			kind: recordedKinds.find((kind) => kind === asked('kind')) ?? null,
			from: day('from'),
			until: to && new Date(+to + aDay)
		},
		before: isPlace ? { at: new Date(at), activityId } : null,
		staff,
		topics
	};
}

/** A page of the record, of one topic or of all, with what the form above it offers. */
export async function activityPage(event: Asking, ownTopic: string | null) {
	const { database } = contextOf(event);
	const { say, language } = event.locals;
	const { filter, before, staff, topics } = await wishesOf(database, event.url, ownTopic);
	const { acts, more } = await activityFound(database, filter, { before });
	const talks = topics.map((topic) => ({ topicId: topic.topicId, title: headOf(topic, language).title.text, slug: topic.slug }));
	const last = more ? acts.at(-1)! : null;
	return {
		acts: await told(database, acts, say),
		next: last && `${last.at.toISOString()}_${last.activityId}`,
		asked: Object.fromEntries(
			['who', 'kind', 'topic', 'from', 'to'].map((name) => [name, event.url.searchParams.get(name) ?? ''])
		),
		isFiltered: Object.entries(filter).some(([name, wish]) => wish !== null && !(name === 'topicId' && ownTopic !== null)),
		people: staff.map(({ accountId, name }) => ({ value: accountId, label: name })),
		kinds: recordedKinds.map((value) => ({ value, label: kindName(value, say) })),
		talks
	};
}

/** The same as a table, all of it, sent while it is read. */
export function activityFile(event: Asking, ownTopic: string | null, fileName: string): Response {
	const { database } = contextOf(event);
	const { say, language } = event.locals;
	async function* pieces() {
		const { filter } = await wishesOf(database, event.url, ownTopic);
		const talks = new Map(
			(await topicsListed(database, { drafts: true })).map((topic) => [topic.topicId, headOf(topic, language).title.text])
		);
		const heads = ['at', 'who', 'did', 'kind', 'about', 'talk', 'reason'] as const;
		yield `\ufeff${csvLine(heads.map((head) => ({ value: say(`activity.${head}`), isText: true })))}`;
		let before: ActivityPlace | null = null;
		do {
			const page: Awaited<ReturnType<typeof activityFound>> = await activityFound(database, filter, { before, most: rowsAtOnce });
			const acts = await told(database, page.acts, say);
			const lines = acts.map(({ at, who, did, kind, about, topicId, reason }) =>
				csvLine([
					{ value: at.toISOString(), isText: false },
					...[who, did, kind, about?.name ?? '', talks.get(topicId) ?? '', reason ?? ''].map((value) => ({ value, isText: true }))
				])
			);
			yield lines.join('');
			before = page.more ? page.acts.at(-1)! : null;
		} while (before);
	}
	return new Response(streamed(pieces()), {
		headers: {
			'content-type': 'text/csv; charset=utf-8',
			'content-disposition': `attachment; filename="${fileName}"`,
			'cache-control': 'private, no-store'
		}
	});
}

/** In words, without those of any contribution: who, did what, to which thing by its number, and why. */
async function told(database: Database, acts: readonly Recorded[], say: Say) {
	const [names, numbers] = await Promise.all([
		namesOfAccounts(
			database,
			acts.flatMap(({ accountId }) => accountId ?? [])
		),
		numbersOfThings(
			database,
			acts.flatMap(({ topicId, thingId }) => (thingId && topicId !== nilTopic ? { topicId, thingId } : []))
		)
	]);
	return acts.map((act) => {
		const thing = act.thingId === null ? undefined : numbers.get(act.thingId);
		return {
			topicId: act.topicId,
			activityId: act.activityId,
			at: act.at,
			who: whoOf(act, names, say),
			did: deedName(act.did, say),
			kind: kindName(act.kind, say),
			// an appeal about an idea is named beside it
			isAside: thing !== undefined && thing.kind !== act.kind,
			about: thing ? { name: thingName(thing, say), path: `${thing.kind}s/${thing.number}` } : null,
			reason: act.reason === null ? null : reasonName(act.reason, say)
		};
	});
}

function whoOf({ actorKind, accountId }: Recorded, names: ReadonlyMap<string, string>, say: Say): string {
	if (actorKind === 'account') return names.get(accountId ?? '') ?? say('activity.nobody-known');
	return say(actorKind === 'job' ? 'activity.by-itself' : 'activity.by-author');
}

function thingName({ kind, number }: { kind: 'idea' | 'comment' | 'submission'; number: number }, say: Say): string {
	if (kind === 'idea') return say('ideas.number', { number });
	return kind === 'comment' ? say('ideas.comment-number', { number }) : say('submissions.number', { number });
}

function deedName(did: string, say: Say): string {
	const message = `activity.did-${deedOf(did)}`;
	return say.knows(message) ? say(message) : did;
}

function kindName(kind: string, say: Say): string {
	const message = `activity.kind-${kind}`;
	return say.knows(message) ? say(message) : kind;
}

/** Reasons that moderators choose from a list have their words; others are what somebody wrote. */
function reasonName(reason: string, say: Say): string {
	const message = `moderation.reason-${reason}`;
	return say.knows(message) ? say(message) : reason;
}
