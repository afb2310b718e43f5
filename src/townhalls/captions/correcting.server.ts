import { accountOf, type Actor } from '#activity/actor.ts';
import { count } from '#activity/counting.server.ts';
import { record } from '#activity/recording.server.ts';
import { bringInTexts } from '#contributions/bringing-in.server.ts';
import { countWords, lockText } from '#contributions/counting-words.server.ts';
import { addContributionVersion } from '#contributions/receiving.server.ts';
import { submissionLimits } from '#contributions/submission.ts';
import { writeSubmission } from '#contributions/submitting.server.ts';
import { wordsIn } from '#contributions/words.ts';
import { inTransaction, type Database, type Queryable, type Transaction } from '#database/connection.server.ts';
import { isChatham, type EventOfTopic } from '#events/event.ts';
import { eventOf, requireOpenTopic } from '#events/events.server.ts';
import { move, type OfEvent } from '#events/moving.server.ts';
import { usableText } from '#languages/usable.ts';
import { refusal } from '#refusals/refusal.ts';
import { captionLimits, clockOf } from '#townhalls/captions/cue.ts';
import { captionsOf, speakersOf, type CaptionLine } from '#townhalls/captions/lines.server.ts';
import { mayRunRoom, mayWriteMinutes } from '#townhalls/room.ts';

/** Says what a line should have read; empty leaves it out. Refuses `changed-meanwhile` where somebody corrected it since it was read. */
export async function correctLine(
	database: Database,
	event: OfEvent,
	{ number, text: typed, seen }: { number: number; text: string; seen: number },
	actor: Actor
): Promise<void> {
	const text = usableText(typed, { max: captionLimits.text, what: 'text', mayBeEmpty: true }).trim();
	await running(database, event, actor, async (transaction, planned) => {
		const { topicId, eventId } = event;
		const { rows } = await transaction.query<{ text: string; version: number }>(
			`
				select coalesce(c.text, l.text) as text, coalesce(c.version, 0) as version
				from caption_lines l
				left join lateral (
					select text, version
					from caption_corrections c
					where c.topic_id = l.topic_id and c.event_id = l.event_id and c.line_number = l.line_number
					order by version desc
					limit 1
				) c on true
				where l.topic_id = $1 and l.event_id = $2 and l.line_number = $3`,
			[topicId, eventId, number]
		);
		if (!rows[0]) throw refusal('not-found');
		if (rows[0].text === text) return;
		if (rows[0].version !== seen) throw refusal('changed-meanwhile');
		await transaction.query(
			`
				insert into caption_corrections (topic_id, event_id, line_number, version, text, at, by)
				values ($1, $2, $3, $4, $5, $6, $7)`,
			[topicId, eventId, number, seen + 1, text, transaction.at, accountOf(actor)]
		);
		await record(transaction, {
			topicId,
			actor,
			did: 'corrected',
			kind: 'captions',
			thingId: eventId,
			details: { line: number }
		});
		if (!isChatham(planned)) await move(transaction, event, 'caption-corrected', null, { line: number });
	});
}

/** Says once for all lines who is meant by a name in the sources; empty: it names nobody. */
export async function nameSpeakers(
	database: Database,
	event: OfEvent,
	names: Readonly<Record<string, string>>,
	actor: Actor
): Promise<void> {
	await running(database, event, actor, async (transaction) => {
		const { topicId, eventId } = event;
		const known = new Map((await speakersOf(transaction, event)).map(({ label, name }) => [label, name ?? label]));
		const changed = Object.entries(names)
			.filter(([label]) => known.has(label))
			.map(
				([label, name]) =>
					[label, usableText(name, { max: captionLimits.speaker, what: 'name', mayBeEmpty: true }).trim()] as const
			)
			.filter(([label, name]) => known.get(label) !== name);
		if (changed.length === 0) return;
		await transaction.query(
			`
				insert into caption_speakers (topic_id, event_id, label, version, name, at, by)
				select $1, $2, given.label, coalesce((
					select max(version) from caption_speakers s
					where s.topic_id = $1 and s.event_id = $2 and s.label = given.label), 0) + 1, given.name, $5, $6
				from unnest($3::text[], $4::text[]) as given (label, name)`,
			[topicId, eventId, changed.map(([label]) => label), changed.map(([, name]) => name), transaction.at, accountOf(actor)]
		);
		await record(transaction, {
			topicId,
			actor,
			did: 'changed',
			kind: 'captions',
			thingId: eventId,
			details: { speakers: changed.length }
		});
		await move(transaction, event, 'caption-corrected', null, {});
	});
}

/**
 * The captions as one text among the submissions of the topic, from which rapporteurs draw ideas; made again, it gets a new version, in which what was drawn from the
 * one before is looked for. Under the Chatham House rule it has no speakers and no times, and stands under the beginning of the event.
 */
export async function makeTranscript(
	database: Database,
	event: OfEvent,
	title: string,
	actor: Actor
): Promise<{ number: number }> {
	if (!mayWriteMinutes(actor, event.topicId)) throw refusal('not-allowed');
	return running(database, event, actor, async (transaction, planned) => {
		const { topicId, eventId } = event;
		const lines = await captionsOf(transaction, event);
		if (lines.length === 0) throw refusal('no-captions');
		const text = usableText(transcriptOf(lines), { max: submissionLimits.text, what: 'text' });
		const language = lines[0]!.language;
		const before = await transcriptBefore(transaction, event);
		if (before) {
			await lockText(transaction, topicId, before.contributionId);
			if (before.isErased) throw refusal('erased');
			if (before.text === text) return { number: before.number };
			await addContributionVersion(transaction, {
				topicId,
				contributionId: before.contributionId,
				version: before.version + 1,
				text,
				language
			});
			await countWords(transaction, topicId, before.contributionId);
			await record(transaction, { topicId, actor, did: 'changed', kind: 'submission', thingId: before.contributionId });
			return { number: before.number };
		}
		const asOf = isChatham(planned) ? planned.startsAt : null;
		const author = { participant: null, attribution: 'anonymous', name: null } as const;
		const [contributionId] = await bringInTexts(transaction, topicId, 'submission', [{ ...author, text, language }], {
			channel: 'town hall',
			asOf
		});
		const usable = usableText(title, { max: submissionLimits.title, what: 'title' }).trim();
		const number = await writeSubmission(transaction, {
			...{ topicId, contributionId: contributionId!, title: usable, words: wordsIn(text), files: [] }
		});
		await count(transaction, topicId, 'submissions', 1);
		await transaction.query(
			`insert into caption_transcripts (topic_id, event_id, version, contribution_id, at, by) values ($1, $2, 1, $3, $4, $5)`,
			[topicId, eventId, contributionId, transaction.at, accountOf(actor)]
		);
		await record(transaction, { topicId, actor, did: 'made', kind: 'submission', thingId: contributionId!, details: { number } });
		return { number };
	});
}

/** One paragraph for what somebody says in a row: who and when, then the words. */
export function transcriptOf(lines: readonly CaptionLine[]): string {
	const paragraphs: string[] = [];
	let speaker: string | null | undefined;
	for (const line of lines) {
		// what names nobody goes on with the words before, two minutes at most
		if (paragraphs.length > 0 && line.speaker === speaker && paragraphs.at(-1)!.length < longestParagraph) {
			paragraphs.push(`${paragraphs.pop()!} ${line.text}`);
			continue;
		}
		const when = line.startsMs === null ? '' : `[${clockOf(line.startsMs)}] `;
		paragraphs.push(`${when}${line.speaker === null ? '' : `${line.speaker}: `}${line.text}`);
		speaker = line.speaker;
	}
	return paragraphs.join('\n\n');
}

const longestParagraph = 1500;

interface Transcript {
	readonly contributionId: string;
	readonly number: number;
	readonly version: number;
	readonly text: string;
	readonly isErased: boolean;
}

/** The text that was made of the captions; null: none yet. */
export async function transcriptBefore(queryable: Queryable, { topicId, eventId }: OfEvent): Promise<Transcript | null> {
	const { rows } = await queryable.query<Transcript>(
		`
			select t.contribution_id as "contributionId", s.submission_number as number, v.version, v.text,
				exists (select from erasures e where e.topic_id = t.topic_id and e.contribution_id = t.contribution_id) as "isErased"
			from caption_transcripts t
			join submissions s using (topic_id, contribution_id)
			join contribution_versions v using (topic_id, contribution_id)
			where t.topic_id = $1 and t.event_id = $2
			order by t.version desc, v.version desc
			limit 1`,
		[topicId, eventId]
	);
	return rows[0] ?? null;
}

async function running<T>(
	database: Database,
	{ topicId, eventId }: OfEvent,
	actor: Actor,
	work: (transaction: Transaction, event: EventOfTopic) => Promise<T>
): Promise<T> {
	if (!mayRunRoom(actor, topicId)) throw refusal('not-allowed');
	return inTransaction(database, async (transaction) => {
		await transaction.query(`select from events where topic_id = $1 and event_id = $2 for no key update`, [topicId, eventId]);
		await requireOpenTopic(transaction, topicId);
		return work(transaction, await eventOf(transaction, topicId, eventId));
	});
}
