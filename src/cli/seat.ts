import { note, read, result, wrong } from '#cli/console.ts';
import { guestsIn } from '#cli/seat-people.ts';
import type { Verb } from '#cli/verb.ts';
import { UnfitSeating, type Pair, type SeatingInput } from '#engines/seating/input.ts';
import { seatEveryone, usualSettings, type Seating, type Standing } from '#engines/seating/seating.ts';

export const verb: Verb = {
	words:
		'<people.csv> --tables <n> --rounds <n> [--hosts <id,…>] [--apart <id:id,…>] [--together <id:id,…>] [--seconds <n>] [--seed <n>] [--json]',
	summary: 'Seats people at tables over several rounds so that they meet as many others as can be, straight from a list.',
	help: [
		'The list (CSV, XLSX or ODS) has the columns id, name, group, region, languages, host; only id is needed. languages: "en fr";',
		'host: the number of a table.',
		'--hosts     the hosts of the first tables, in their order, beside those of the list',
		'--apart     pairs that never sit at one table;  --together  pairs that always do',
		'--seconds   how long to search at most (10); it ends before that where nothing better can be',
		'--seed      the same list and seed give the same seating, unless time ends the search (1)',
		'--json      only the last line',
		'',
		'The last line is {"rounds": [[[id, …] per table] per round], "repeatedMeetings", "lowerBound", "mix": {"<attribute>": {"off", "bound"}},',
		'"worstPerson", "method": "closed form" | "search" | "design", "elapsedMs", …}. Where people cannot be seated like this, a sentence says why and the',
		'status is 1.'
	].join('\n'),
	async run(words) {
		const text = { type: 'string' } as const;
		const options = { tables: text, rounds: text, hosts: text, apart: text, together: text, seconds: text, seed: text };
		const { values, positionals } = read(words, { ...options, json: { type: 'boolean' } }, 1);
		const tables = whole('tables', values.tables, manyTables);
		const settings = { ...usualSettings, seed: whole('seed', values.seed ?? '1', 2 ** 32 - 1), coolings: Infinity };
		const { seconds = '10' } = values;
		if (!/^\d{1,9}(\.\d+)?$/.test(seconds)) throw wrong(`--seconds is "${seconds}", no number of seconds.`);
		try {
			const { people, attributes } = await guestsIn(positionals[0]!, listOf(values.hosts));
			const input: SeatingInput = {
				...{ people, attributes, rounds: whole('rounds', values.rounds, 1_000_000), earlier: [] },
				tables: Array.from({ length: tables }, () => ({ seats: null, languages: [] })),
				apart: pairsOf(values.apart),
				together: pairsOf(values.together)
			};
			const begun = performance.now();
			const seating = seatEveryone(input, settings, { goOn: untilTimeIsOver(begun, Number(seconds)) });
			const { rounds, repeatedMeetings, lowerBound, mix, worstPerson, method, ...more } = seating;
			const elapsedMs = Math.round(performance.now() - begun);
			if (values.json !== true) tell(seating, people);
			result({ rounds, repeatedMeetings, lowerBound, mix, worstPerson, method, elapsedMs, ...more });
			return told(seating);
		} catch (error) {
			if (!(error instanceof UnfitSeating)) throw error;
			note(error.message);
			return 1;
		}
	}
};

/** More tables than there can be people; the engine says the rest. */
const manyTables = 10_000;

/** Tells each second how far it is. */
function untilTimeIsOver(begun: number, seconds: number): (standing: Standing | null) => boolean {
	let told = begun;
	return (standing) => {
		const now = performance.now();
		if (standing && now - told >= 1000) {
			told = now;
			const { unmet, repeatedMeetings, lowerBound, off } = standing;
			const apart = unmet > 0 ? `; ${unmet} times two meet who are to sit apart` : '';
			note(`Repeated meetings ${repeatedMeetings}, not below ${lowerBound}; off the shares ${off}${apart}.`);
		}
		return now - begun < seconds * 1000;
	};
}

function whole(name: string, given: string | undefined, most: number): number {
	if (given === undefined) throw wrong(`--${name} is needed.`);
	if (!/^\d{1,10}$/.test(given) || Number(given) > most)
		throw wrong(`--${name} is "${given}"; it is to be a whole number, 0 to ${most}.`);
	return Number(given);
}

function listOf(given: string | undefined): string[] {
	return given === undefined ? [] : given.split(',').map((one) => one.trim());
}

function pairsOf(given: string | undefined): Pair[] {
	return listOf(given).map((pair) => {
		const [one, other, ...more] = pair.split(':');
		if (!one || !other || more.length > 0) throw wrong(`"${pair}" is no pair; it is written "id:id".`);
		return [one, other];
	});
}

function tell(seating: Seating, people: readonly { readonly id: string; readonly name: string }[]): void {
	const nameOf = new Map(people.map(({ id, name }) => [id, name === '' ? id : `${id} ${name}`]));
	seating.rounds.forEach((tables, round) => {
		console.log(`Round ${round + 1}`);
		tables.forEach((ids, table) => console.log(`  table ${table + 1}: ${ids.map((id) => nameOf.get(id)).join(', ')}`));
	});
	const { repeatedMeetings, lowerBound, mix, worstPerson, worstPersonBound, provenBest, method } = seating;
	const proven = (is: boolean) => (is ? ', proven best' : '');
	console.log(`repeated meetings  ${repeatedMeetings} (not below ${lowerBound}${proven(provenBest.repeatedMeetings)})`);
	for (const [name, { off, bound }] of Object.entries(mix))
		console.log(`off the shares     ${name}: ${off} (not below ${bound}${proven(off === bound)})`);
	console.log(`new people met     ${worstPerson} at least (not above ${worstPersonBound}${proven(provenBest.worstPerson)})`);
	console.log(`method             ${method}`);
	if (seating.moves)
		for (const [id, { table, steps }] of Object.entries(seating.moves))
			console.log(`  ${id}: begins at ${table + 1}, moves ${steps}`);
}

/** @returns the status: 1 where something that must hold does not */
function told({ unmet: { apart, together } }: Seating): number {
	const listed = (pairs: readonly Pair[]) => pairs.map((pair) => pair.join(' and ')).join('; ');
	if (apart.length > 0) note(`Not kept apart, no way was found: ${listed(apart)}.`);
	if (together.length > 0) note(`Not kept together, no way was found: ${listed(together)}.`);
	return apart.length + together.length > 0 ? 1 : 0;
}
