import assert from 'node:assert/strict';
import test from 'node:test';
import { uuidv4 } from '#database/ids.ts';
import { testDatabase } from '#database/test-database.server.ts';
import { aVisitor } from '#ideas/examples.server.ts';
import { aTownHall } from '#townhalls/examples.server.ts';
import { beginMinutes, minutesOf, turnMinutes, writeMinutes } from '#townhalls/minutes/minutes.server.ts';
import { answerSuggestion, suggestForMinutes, suggestionsOf } from '#townhalls/minutes/suggesting.server.ts';

const database = await testDatabase();

test('a second suggestion for a section does not undo the first that was accepted, nor one that was written to an older version', async () => {
	const { event, staff } = await aTownHall(database);
	const sections = [
		{ place: 1, heading: 'Opening', text: 'Anna spoke. Ben spoke.' },
		{ place: 2, heading: 'Closing', text: 'Li spoke.' }
	];
	await beginMinutes(database, event, () => Promise.resolve(sections), staff);
	await turnMinutes(database, event, { state: 'corrected', until: new Date(Date.now() + 3_600_000) }, staff);
	const suggest = (place: number, text: string, seen: number) =>
		suggestForMinutes(database, event, { suggestionId: uuidv4(), place, text, reason: '', seen }, aVisitor('a'));
	await suggest(1, 'Anne spoke. Ben spoke.', 1);
	await suggest(1, 'Anna spoke. Benn spoke.', 1);
	await suggest(2, 'Lee spoke.', 1);
	const accept = async (text: string) => {
		const { suggestionId } = (await suggestionsOf(database, event)).find((one) => one.text === text)!;
		await answerSuggestion(database, event, { suggestionId, answer: 'accepted', reason: '' }, staff);
	};
	const standing = async () => (await minutesOf(database, event))!.sections.map(({ text }) => text);
	await accept('Anne spoke. Ben spoke.');
	await assert.rejects(accept('Anna spoke. Benn spoke.'), { code: 'changed-meanwhile' });
	// another section is another matter
	await accept('Lee spoke.');
	assert.deepEqual(await standing(), ['Anne spoke. Ben spoke.', 'Lee spoke.']);
	await assert.rejects(suggest(1, 'Anna spoke. Benn spoke.', 1), { code: 'changed-meanwhile' });
	// what the desk wrote itself can still be answered as accepted
	const { version, sections: now } = (await minutesOf(database, event))!;
	const both = now.map((section) => (section.place === 1 ? { ...section, text: 'Anna spoke. Benn spoke.' } : section));
	await writeMinutes(database, event, { sections: both, seen: version }, staff);
	await accept('Anna spoke. Benn spoke.');
	assert.deepEqual(await standing(), ['Anna spoke. Benn spoke.', 'Lee spoke.']);
});
