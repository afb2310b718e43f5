import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { projectFolder } from '#database/project.server.ts';
import type { TimetableInput } from '#engines/timetable/input.ts';
import { figure, type Figure } from '../talk/figures.ts';
import { forum, fullForum } from './instances.ts';

/** A folder of real inputs; null, said on stderr, where there is none. */
export function realInput(name: string): string | null {
	const folder = join(process.env.REAL_INPUTS ?? join(projectFolder, '../shared/data'), name);
	if (existsSync(folder)) return folder;
	console.error(`skipped: needs the real input ${name} (REAL_INPUTS names its folder)`);
	return null;
}

/** The instances behind the known bounds, as their generator gives them. */
interface KnownForum {
	readonly sess: readonly {
		readonly ppl: readonly number[];
		readonly track: number;
		readonly demand: number;
		readonly interp: boolean;
		readonly round: boolean;
		readonly av: readonly boolean[];
		readonly pref: readonly number[];
	}[];
}

/** Our generator, written anew, makes the very instances whose bounds are known: people, themes, audiences, needs, availability, wishes. */
export async function known(): Promise<Figure[]> {
	const folder = realInput('timetable');
	if (folder === null) return [];
	const load = async (file: string) => (await import(pathToFileURL(join(folder, file)).href)) as object;
	const { gen } = (await load('gen.mjs')) as { gen: (making: { S: number; seed: number }) => KnownForum };
	const { hard } = (await load('gen2.mjs')) as { hard: (seed: number) => KnownForum };
	let differing = 0;
	for (let seed = 1; seed <= 20; seed++)
		for (const [ours, theirs] of [
			[forum({ sessions: 300 }, seed), gen({ S: 300, seed })],
			[fullForum(seed), hard(seed)]
		] as const)
			differing += theirs.sess.filter((_, session) => !isSame(ours, theirs, session)).length;
	const must = '0';
	return [
		figure({ bench: 'timetable-instances', value: differing, unit: 'sessions differ from the known ones', baseline: null, must })
	];
}

function isSame({ sessions, people, slots }: TimetableInput, { sess }: KnownForum, place: number): boolean {
	const [ours, theirs] = [sessions[place]!, sess[place]!];
	const away = new Set(ours.people.flatMap((person) => people[Number(person)]!.away));
	const avoided = new Set(ours.wishes.flatMap(({ avoid }) => avoid));
	return (
		String(theirs.track) === ours.theme &&
		theirs.demand === ours.audience &&
		theirs.interp === ours.needs.includes('interpretation') &&
		theirs.round === ours.needs.includes('round table') &&
		theirs.ppl.join() === ours.people.join() &&
		slots.every((_, slot) => theirs.av[slot] === !away.has(slot) && theirs.pref[slot] === (avoided.has(slot) ? 5 : 0))
	);
}
