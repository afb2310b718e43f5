import type { Database } from '#database/connection.server.ts';
import { Gathering } from '#database/gathering.ts';
import type { EventOfTopic } from '#events/event.ts';
import { eventNumbered } from '#events/events.server.ts';
import type { EventNow } from '#events/moving.server.ts';
import { refusal } from '#refusals/refusal.ts';
import { captionsOf, type CaptionLine } from '#townhalls/captions/lines.server.ts';
import { figuresOf, type PollFigures } from '#townhalls/polls/counting.server.ts';
import { pollsOfEvent, type Poll } from '#townhalls/polls/polls.server.ts';
import { questionSettings, questionsOfEvent } from '#townhalls/questions/floor-questions.server.ts';
import type { FloorQuestion, QuestionSettings } from '#townhalls/questions/floor-questions.server.ts';

/*
 * What of an event is the same for all who have it on their phones. A hall asks for it at once, so it is read once and kept while nothing
 * moves: each who asks learns by one small question whether it still holds, and all who ask while that question is on its way share the
 * next one. So nobody is told what was so before they asked, whichever process wrote it, and five hundred people are not five thousand
 * questions. What moves without a move (a word corrected at the desk, a text erased) is seen within a second.
 */
export interface Hall {
	/** another one where anything of it differs */
	readonly version: string;
	readonly event: EventOfTopic;
	/** the last move that all of it has, and so of its figures */
	readonly now: EventNow;
	/** those that are no drafts, in their order */
	readonly polls: readonly { readonly poll: Poll; readonly figures: PollFigures }[];
	readonly questions: readonly FloorQuestion[];
	readonly settings: QuestionSettings;
	/** the latest */
	readonly captions: readonly CaptionLine[];
}

const lines = 6;
const keptFor = 1000;
/** Halls of one process. */
const most = 200;

/**
 * An event by its number, public or not, and what is on in it. Refuses `not-found`.
 * @param isRecent whether what was so a second ago will do: for an act, whose transaction looks again
 */
export async function hallOf(database: Database, topicId: string, number: number, { isRecent = false } = {}): Promise<Hall> {
	const halls = hallsOf(database);
	const key = `${topicId} ${number}`;
	let one = halls.get(key);
	if (!one) {
		if (halls.size >= most) halls.clear();
		halls.set(key, (one = { versions: new Gathering(() => versionOf(database, topicId, number)), kept: null }));
	}
	if (isRecent && one.kept && one.kept.until > performance.now()) return one.kept.hall;
	return seen(database, one, topicId, number);
}

/** What is known of one event. */
interface Known {
	readonly versions: Gathering<number, Version>;
	kept: { readonly version: string; readonly until: number; readonly hall: Promise<Hall> } | null;
}

interface Version {
	readonly version: string;
	readonly now: EventNow;
}

async function seen(database: Database, known: Known, topicId: string, number: number): Promise<Hall> {
	const found = await known.versions.ask(number);
	if (!found) throw refusal('not-found');
	const now = performance.now();
	if (known.kept?.version === found.version && known.kept.until > now) return known.kept.hall;
	const hall = read(database, topicId, number, found);
	known.kept = { version: found.version, until: now + keptFor, hall };
	hall.catch(() => (known.kept = null));
	return hall;
}

async function read(database: Database, topicId: string, number: number, { version, now }: Version): Promise<Hall> {
	const event = await eventNumbered(database, topicId, number);
	const [polls, questions, settings, captions] = await Promise.all([
		pollsOfEvent(database, event),
		questionsOfEvent(database, event),
		questionSettings(database, event),
		captionsOf(database, event, { last: lines })
	]);
	const figures = await Promise.all(polls.map((poll) => figuresOf(database, poll)));
	return {
		...{ version, event, now, questions, settings, captions },
		polls: polls.map((poll, at) => ({ poll, figures: figures[at]! }))
	};
}

/** Under the Chatham House rule a question that comes in writes no move: they are counted beside. */
async function versionOf(database: Database, topicId: string, number: number): Promise<Map<number, Version>> {
	const { rows } = await database.query<EventNow & { of: string; questions: number }>({
		name: 'hall-version',
		text: `
			select
				concat_ws(
					' ',
					events.event_id,
					(select max(version) from event_versions v where v.topic_id = $1 and v.event_id = events.event_id),
					(select max(version) from event_states s where s.topic_id = $1 and s.event_id = events.event_id)
				) as of,
				coalesce(counters.moves, 0) as moves,
				coalesce(counters.answers, 0) as answers,
				coalesce(counters.supports, 0) as supports,
				coalesce(counters.questions, 0) as questions
			from events
			cross join lateral (
				select
					max(last) filter (where counted = 'moves') as moves,
					max(last) filter (where counted = 'answers') as answers,
					max(last) filter (where counted = 'supports') as supports,
					max(last) filter (where counted = 'floor questions') as questions
				from event_counters
				where event_counters.topic_id = $1 and event_counters.event_id = events.event_id
			) counters
			where events.topic_id = $1 and events.event_number = $2`,
		values: [topicId, number]
	});
	return new Map(
		rows.map(({ of, moves, answers, supports, questions }) => [
			number,
			{ version: [of, moves, answers, supports, questions].join(' '), now: { moves, answers, supports } }
		])
	);
}

// hung on the connection, so that two copies of this module or two databases of a test never mix
const allHalls = new WeakMap<object, Map<string, Known>>();

function hallsOf(database: Database): Map<string, Known> {
	const halls = allHalls.get(database) ?? new Map<string, Known>();
	allHalls.set(database, halls);
	return halls;
}
