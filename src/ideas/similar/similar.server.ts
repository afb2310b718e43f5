import { setImmediate } from 'node:timers/promises';
import { Nearest, type Near } from '#engines/likeness/nearest.ts';
import type { Queryable } from '#database/connection.server.ts';
import { limits } from '#ideas/idea.ts';
import { formsOfEachWord } from '#languages/searching.server.ts';
import { canBeSeen } from '#moderation/concealed.server.ts';

/*
 * The ideas that say nearly what somebody is typing, so that they may give an opinion on one of them instead of sending it once more.
 *
 * Their words stand in the memory of each process (some ten megabytes for a hundred thousand ideas): half a sentence has words that a third of all ideas have,
 * which costs a database more than a person who types may wait. A topic is read in portions, the newest ideas first, when it is asked of for the first
 * time; until all of it is read the answer comes from what is. New ideas are known at once, since each question reads those that came after the last;
 * ideas that were worded anew within half a minute. Whether an idea can be seen, and still has the words by which it was found, the database says each
 * time: what was made unreadable or erased is not found by what it said.
 */

export interface SimilarIdea {
	readonly number: number;
	readonly point: string;
	readonly language: string;
}

interface Known {
	readonly nearest: Nearest;
	/** the highest number that is read */
	newest: number;
	readonly reading: Promise<void>;
	/** the latest moment at which one of them was worded, as far as was looked */
	worded: Date;
	/** ms */
	lookAt: number;
	/** how often an idea got other words */
	renewals: number;
}

const shown = 5;
/** Asked of the index, since some may not be seen. */
const asked = 12;
const portion = 2_000;
/** Ideas remembered in all topics; the topic not asked of for longest is forgotten first. */
const mostRemembered = 500_000;
/** How long a question waits for a topic to be read (ms). */
const patience = 60;
/** How often is looked for what was worded anew (ms); all wordings of a topic are looked through. */
const lookEach = 30_000;
/** For what was committed late (ms). */
const overlap = 60_000;

export class SimilarIdeas {
	readonly #queryable: Queryable;
	readonly #lookEach: number;
	readonly #topics = new Map<string, Known>();

	constructor(queryable: Queryable, looksEach = lookEach) {
		this.#queryable = queryable;
		this.#lookEach = looksEach;
	}

	/** The nearest first, at most five. */
	async to(topicId: string, text: string): Promise<SimilarIdea[]> {
		const query = formsOfEachWord([...text].slice(0, 2 * limits.point).join(''));
		if (query.length === 0) return [];
		const known = await this.#know(topicId);
		await this.#readNew(topicId, known);
		if (performance.now() > known.lookAt) void this.#readReworded(topicId, known).catch(() => {});
		for (let turns = 0; ; turns++) {
			const before = known.renewals;
			const found = await seen(this.#queryable, topicId, known.nearest.closest(query, asked));
			for (const { number, words } of found) renew(known, number, words);
			// none of them has other words by now than those by which it was found
			if (known.renewals === before || turns === 3)
				return found.map(({ number, point, language }) => ({ number, point, language }));
		}
	}

	/** Reads the topic, so that the first question finds it read; nobody waits for it. */
	prepare(topicId: string): void {
		void this.#know(topicId).catch(() => {});
	}

	async #know(topicId: string): Promise<Known> {
		let known = this.#topics.get(topicId);
		if (known) {
			// a Map keeps the order of entry: the topic just asked of goes last
			this.#topics.delete(topicId);
			this.#topics.set(topicId, known);
		} else {
			const { rows } = await this.#queryable.query<{ newest: number; worded: Date | null }>(
				`select coalesce(max(idea_number), 0) as newest,
					(select max(written_at) from idea_versions where topic_id = $1 and version > 1) as worded
				from idea_search
				where topic_id = $1`,
				[topicId]
			);
			// asked twice at the same time: one of them holds
			known = this.#topics.get(topicId);
			if (!known) {
				const nearest = new Nearest();
				const newest = rows[0]!.newest;
				const reading = this.#readAll(topicId, nearest, newest);
				reading.catch(() => this.#topics.delete(topicId));
				known = {
					nearest,
					newest,
					reading,
					worded: rows[0]!.worded ?? new Date(0),
					lookAt: performance.now() + this.#lookEach,
					renewals: 0
				};
				this.#topics.set(topicId, known);
				this.#forgetOthers(topicId);
			}
		}
		let timer: NodeJS.Timeout | undefined;
		const tired = new Promise<void>((resolve) => {
			timer = setTimeout(resolve, patience);
		});
		await Promise.race([known.reading, tired]);
		clearTimeout(timer);
		return known;
	}

	async #readAll(topicId: string, nearest: Nearest, newest: number): Promise<void> {
		for (let below = newest + 1; below > 1;) {
			const read = await this.#read(topicId, 'idea_number < $2', below, 'desc');
			await addAll(nearest, read);
			if (read.length < portion) return;
			below = Math.min(...read.map(({ idea }) => idea));
		}
	}

	async #readNew(topicId: string, known: Known): Promise<void> {
		for (;;) {
			const after = known.newest;
			const read = await this.#read(topicId, 'idea_number > $2', after, 'asc');
			// somebody else who asked meanwhile added them
			if (known.newest !== after) continue;
			if (read.length === 0) return;
			known.newest = Math.max(...read.map(({ idea }) => idea));
			await addAll(known.nearest, read);
			if (read.length < portion) return;
		}
	}

	async #readReworded(topicId: string, known: Known): Promise<void> {
		known.lookAt = performance.now() + this.#lookEach;
		const { rows } = await this.#queryable.query<{ idea: number; words: string; worded: Date }>({
			name: 'similar-reworded',
			text: `
				select idea_number as idea, array_to_string(tsvector_to_array(words), ' ') as words, worded
				from (
					select idea_number, max(written_at) as worded
					from idea_versions
					where topic_id = $1 and version > 1 and written_at > $2
					group by idea_number
				) reworded
				join idea_search s using (idea_number)
				where s.topic_id = $1`,
			values: [topicId, new Date(+known.worded - overlap)]
		});
		for (const { idea, words, worded } of rows) {
			renew(known, idea, words);
			if (worded > known.worded) known.worded = worded;
		}
	}

	/** One text of all words: a row each would hold up everybody else. */
	async #read(topicId: string, condition: string, number: number, direction: 'asc' | 'desc'): Promise<Words[]> {
		const { rows } = await this.#queryable.query<{ words: string | null }>({
			name: `similar-words-${direction}`,
			text: `
				select string_agg(idea_number || ' ' || array_to_string(tsvector_to_array(words), ' '), E'\\n') as words
				from (
					select idea_number, words
					from idea_search
					where topic_id = $1 and ${condition}
					order by idea_number ${direction}
					limit ${portion}
				) portion`,
			values: [topicId, number]
		});
		return (rows[0]!.words?.split('\n') ?? []).map((line) => {
			const [idea, ...forms] = line.split(' ');
			return { idea: Number(idea), forms };
		});
	}

	#forgetOthers(topicId: string): void {
		let remembered = 0;
		for (const { nearest } of this.#topics.values()) remembered += nearest.size;
		for (const [oldest, { nearest }] of this.#topics) {
			if (remembered <= mostRemembered || oldest === topicId) return;
			this.#topics.delete(oldest);
			remembered -= nearest.size;
		}
	}
}

interface Words {
	readonly idea: number;
	readonly forms: readonly string[];
}

async function addAll(nearest: Nearest, read: readonly Words[]): Promise<void> {
	for (const [at, { idea, forms }] of read.entries()) {
		// others are answered in between
		if (at % 200 === 199) await setImmediate();
		nearest.add(idea, forms);
	}
}

function renew(known: Known, idea: number, words: string): void {
	if (known.nearest.renew(idea, words.split(' '))) known.renewals++;
}

interface SeenIdea extends SimilarIdea {
	readonly words: string;
}

async function seen(queryable: Queryable, topicId: string, near: readonly Near[]): Promise<SeenIdea[]> {
	if (near.length === 0) return [];
	const { rows } = await queryable.query<SeenIdea>({
		name: 'similar-seen',
		text: `
			select i.idea_number as number, v.point, i.language, array_to_string(tsvector_to_array(s.words), ' ') as words
			from unnest($2::int[]) with ordinality as near (idea_number, place)
			join ideas i on i.topic_id = $1 and i.idea_number = near.idea_number
			join idea_search s on s.topic_id = $1 and s.idea_number = near.idea_number
			cross join lateral (
				select point
				from idea_versions v
				where v.topic_id = $1 and v.idea_number = i.idea_number
				order by version desc
				limit 1
			) v
			where ${canBeSeen('idea', 'i.idea_id', '$1')}
			order by near.place
			limit ${shown}`,
		values: [topicId, near.map(({ idea }) => idea)]
	});
	return rows;
}
