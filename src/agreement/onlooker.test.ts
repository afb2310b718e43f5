import assert from 'node:assert/strict';
import test from 'node:test';
import type { Actor } from '#activity/actor.ts';
import { dimensions, fewestPeople, notStated, type Tally } from '#agreement/cells.ts';
import { countingAlone } from '#agreement/instant.server.ts';
import { publishedCells } from '#agreement/published.server.ts';
import { publishCells } from '#agreement/publishing.server.ts';
import { takeSnapshot } from '#agreement/snapshots.server.ts';
import { testDatabase } from '#database/test-database.server.ts';
import { anIdeaDraft, anOpenTopic, aVisitor, temporaryKeys } from '#ideas/examples.server.ts';
import { OpinionBatcher } from '#ideas/opinions/batcher.server.ts';
import { opinionWords } from '#ideas/opinions/opinion.ts';
import { submitIdea } from '#ideas/submitting.server.ts';
import { nothingStated } from '#topics/participants/profile.ts';
import { stateProfile } from '#topics/participants/stating.server.ts';
import { seeded } from '../../examples/seeded.ts';

const database = await testDatabase();
const keys = await temporaryKeys();
const batcher = new OpinionBatcher(database, keys);
const job: Actor = { kind: 'job', name: 'test' };

const groups = [['governments'], ['academia'], ['governments'], [], ['private-sector'], ['academia']];
const countries = ['CH', 'KE', null, 'CH'];
const regions = ['western-european-others', 'african', notStated, 'western-european-others'];

/** The cells that somebody's opinion is in. */
const cellsOf = (person: number) => [
	`group ${groups[person % groups.length]![0] ?? notStated}`,
	`region ${regions[person % regions.length]!}`,
	'assurance browser'
];

/**
 * An onlooker who knows who belongs where and who spoke when, and keeps all that looks and snapshots ever showed. They may learn what the rule
 * lets them: nothing of fewer than five people.
 */
test('over all looks and snapshots of a talk, figures of a group move with five people or more, and none can be worked out from the others', async () => {
	const { topicId } = await anOpenTopic(database);
	const { number } = await submitIdea(database, keys, anIdeaDraft(topicId), aVisitor('the author'));
	const random = seeded(29);
	const people = 36;
	for (let person = 0; person < people; person++)
		await stateProfile(database, keys, topicId, aVisitor(`p${person}`), {
			...nothingStated,
			groups: groups[person % groups.length]!,
			country: countries[person % countries.length]!
		});
	const said = new Map<number, string>();
	/** of each cell: who said something new since it was published */
	const fresh = new Map<string, Set<number>>();
	const publishedAt = new Map<string, number>();
	let editions = 0;
	for (let round = 0; round < 24; round++) {
		for (let act = 0; act < 9; act++) {
			const person = random.below(people);
			const opinion = random.pick(opinionWords);
			await batcher.give(topicId, aVisitor(`p${person}`), { ideaNumber: number, opinion, seen: null });
			if (said.get(person) !== opinion)
				for (const cell of cellsOf(person)) fresh.set(cell, (fresh.get(cell) ?? new Set()).add(person));
			said.set(person, opinion);
		}
		let frozen: unknown = null;
		if (round % 3 === 2)
			frozen = (await countingAlone(database, topicId, (instant) => takeSnapshot(instant, topicId, job))).figures.ideas[number]!
				.cells;
		else await publishCells(database, topicId);

		const seen = (await publishedCells(database, topicId, [number])).get(number)!;
		const shown = new Map(
			seen.map(({ dimension, key, agree, disagree, pass }) => [`${dimension} ${key}`, { agree, disagree, pass }])
		);
		const renewed = seen.filter(({ dimension, key, publishedAt: at }) => publishedAt.get(`${dimension} ${key}`) !== +at);
		for (const { dimension, key, publishedAt: at } of renewed) {
			const cell = `${dimension} ${key}`;
			assert.deepEqual(shown.get(cell), tallyOf(cell, said));
			assert.ok(fresh.get(cell)!.size >= fewestPeople, `${cell} moved with ${fresh.get(cell)!.size} people`);
			fresh.set(cell, new Set());
			publishedAt.set(cell, +at);
			editions++;
		}
		for (const dimension of dimensions) {
			if (!renewed.some((cell) => cell.dimension === dimension)) continue;
			const unknown = [...fresh.keys()].filter(
				(cell) => cell.startsWith(`${dimension} `) && JSON.stringify(shown.get(cell)) !== JSON.stringify(tallyOf(cell, said))
			);
			assert.notEqual(unknown.length, 1, `the total tells ${unknown[0]}`);
		}
		if (frozen !== null)
			assert.deepEqual(
				frozen,
				Object.fromEntries(
					dimensions.map((dimension) => [
						dimension,
						Object.fromEntries(
							seen
								.filter((cell) => cell.dimension === dimension)
								.map(({ key, agree, disagree, pass }) => [key, { agree, disagree, pass }])
						)
					])
				),
				'a snapshot shows what is shown'
			);
	}
	assert.ok(editions > 20, `${editions} editions were seen`);
});

function tallyOf(cell: string, said: ReadonlyMap<number, string>): Tally {
	const own = [...said].filter(([person]) => cellsOf(person).includes(cell)).map(([, opinion]) => opinion);
	const count = (wanted: string) => own.filter((one) => one === wanted).length;
	return { agree: count('agree'), disagree: count('disagree'), pass: count('pass') };
}
