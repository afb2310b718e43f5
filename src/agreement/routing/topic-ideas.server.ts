import type { Database } from '#database/connection.server.ts';
import { WeighedIdeas } from '#agreement/routing/weighed-ideas.ts';
import {
	lastPublished,
	readCells,
	readCounts,
	readIdeas,
	readRepresentatives,
	stampOfIdeas
} from '#agreement/routing/reading.server.ts';
import { resultsVisibleTo } from '#topics/results.ts';
import type { Stage } from '#topics/stages/stage.ts';
import { stagesOf } from '#topics/stages/stages.server.ts';

/*
 * The weighed ideas of the topics that are in use, in the memory of this process. Each is read when somebody first asks, and looked after while
 * people ask: new and hidden ideas, what other processes counted, what was published of groups. Nobody's answer waits for that: it goes
 * out with what is known. The larger a topic, the less often it is read, so that reading takes at most a twentieth of the time.
 */

interface Topic {
	ideas: WeighedIdeas;
	/** what the database said when the ideas were read */
	stamp: string;
	stages: readonly Stage[];
	/** what of groups had been published when they were read */
	publishedAt: Date | null;
	isLookedAfter: boolean;
	lookAt: number;
	countAt: number;
}

// ms
const lookEach = 2_000;
const countEach = 10_000;
const atMost = 20;

export class TopicIdeas {
	readonly #database: Database;
	readonly #now: () => number;
	readonly #most: number;
	readonly #topics = new Map<string, Topic>();
	readonly #opening = new Map<string, Promise<Topic>>();

	/**
	 * @param now milliseconds of a clock that never jumps
	 * @param most ideas in memory, of all topics together (some 200 bytes each): the topics not asked about for longest are forgotten first
	 */
	constructor(database: Database, now: () => number, most = 300_000) {
		this.#database = database;
		this.#now = now;
		this.#most = most;
	}

	async of(topicId: string): Promise<WeighedIdeas> {
		const topic = this.#topics.get(topicId) ?? (await (this.#opening.get(topicId) ?? this.#open(topicId)));
		// a Map keeps the order of entry: the one just asked about goes last
		this.#topics.delete(topicId);
		this.#topics.set(topicId, topic);
		if (this.#now() > topic.lookAt && !topic.isLookedAfter) this.#lookAfter(topicId, topic);
		topic.ideas.setBlind(this.#areBlind(topic.stages));
		return topic.ideas;
	}

	/** Those of a topic that somebody asked about before. */
	known(topicId: string): WeighedIdeas | undefined {
		return this.#topics.get(topicId)?.ideas;
	}

	#open(topicId: string): Promise<Topic> {
		const opening = this.#read(topicId).finally(() => this.#opening.delete(topicId));
		this.#opening.set(topicId, opening);
		return opening;
	}

	async #read(topicId: string): Promise<Topic> {
		const nothing = { ideas: new WeighedIdeas([]), stamp: '', stages: [], publishedAt: null };
		const topic: Topic = { ...nothing, isLookedAfter: false, lookAt: 0, countAt: 0 };
		await this.#look(topicId, topic);
		this.#topics.set(topicId, topic);
		let kept = 0;
		for (const { ideas } of this.#topics.values()) kept += ideas.numbers.length;
		for (const [oldest, { ideas }] of this.#topics) {
			if (kept <= this.#most || oldest === topicId) break;
			this.#topics.delete(oldest);
			kept -= ideas.numbers.length;
		}
		return topic;
	}

	#lookAfter(topicId: string, topic: Topic): void {
		topic.isLookedAfter = true;
		void this.#look(topicId, topic)
			.catch(() => {
				// what is known holds, and whoever asks next tries again
				topic.lookAt = this.#now() + lookEach;
			})
			.finally(() => (topic.isLookedAfter = false));
	}

	async #look(topicId: string, topic: Topic): Promise<void> {
		const began = this.#now();
		const [stages, stamp] = await Promise.all([stagesOf(this.#database, topicId), stampOfIdeas(this.#database, topicId)]);
		topic.stages = stages;
		if (stamp !== topic.stamp) {
			const [ideas, representatives] = await Promise.all([
				readIdeas(this.#database, topicId),
				readRepresentatives(this.#database, topicId)
			]);
			const next = new WeighedIdeas(ideas, representatives);
			next.remember(topic.ideas);
			Object.assign(topic, { ideas: next, stamp });
		}
		if (this.#now() >= topic.countAt && !this.#areBlind(stages)) {
			await this.#count(topicId, topic);
			topic.countAt = this.#now() + Math.max(countEach, atMost * (this.#now() - began));
		}
		topic.lookAt = this.#now() + Math.max(lookEach, atMost * (this.#now() - began));
	}

	/** Not while opinions are blind: what is not known cannot be told. */
	async #count(topicId: string, topic: Topic): Promise<void> {
		const { ideas } = topic;
		for await (const counts of readCounts(this.#database, topicId, ideas.last)) ideas.setCounts(counts);
		const publishedAt = await lastPublished(this.#database, topicId);
		if (publishedAt === null || Number(publishedAt) === Number(topic.publishedAt)) return;
		const cells = readCells(this.#database, topicId, { last: ideas.last, since: topic.publishedAt });
		for await (const { group, ...ofGroup } of cells) ideas.setCells(group, ofGroup);
		topic.publishedAt = publishedAt;
	}

	#areBlind(stages: readonly Stage[]): boolean {
		const at = new Date(Date.now() + this.#database.clockShift);
		return !resultsVisibleTo(everybody, { stages }, at);
	}
}

const everybody = { kind: 'visitor', visitorId: null } as const;
