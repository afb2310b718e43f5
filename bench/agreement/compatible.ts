import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectFolder } from '#database/project.server.ts';
import { adjustedRandIndex } from '#engines/agreement/rand-index.ts';
import { agreementOfConversation } from '#sheets/polis/computing.ts';
import { opinionsIn } from '#sheets/polis/strict.ts';
import { figure, type Figure } from '../talk/figures.ts';

const folder = join(process.env.REAL_INPUTS ?? join(projectFolder, '../shared/data'), 'polis');
const conversations = [
	'brexit-consensus',
	'scoop-hivemind.biodiversity',
	'vtaiwan.uberx',
	'austria-climate.5twd2jsnkf.2022-08-08'
] as const;

/** Groups and consensus beside those of the original Polis mathematics, for each conversation and then all of them. */
export async function compatible(): Promise<Figure[]> {
	if (!existsSync(folder)) throw new Error(`needs the real input polis: ${folder} is not there (REAL_INPUTS names its folder)`);
	const figures: Figure[] = [];
	let equal = 0;
	for (const name of conversations) {
		const { index, difference, milliseconds } = await compared(name);
		if (index >= 1 - 1e-9) equal += 1;
		const absolute = { baseline: null, bench: `compatible-${name.split('.')[0]}` };
		figures.push(
			figure({ ...absolute, value: index, unit: 'adjusted Rand index', must: '≥ 0.97' }, { milliseconds }),
			figure({
				...{ ...absolute, bench: `${absolute.bench}-consensus` },
				...{ value: difference, unit: 'largest difference', must: '≤ 0.0001' }
			})
		);
	}
	return [...figures, figure({ bench: 'compatible', value: equal, unit: 'of 4 with index 1', baseline: null, must: '≥ 3' })];
}

async function compared(name: string) {
	const files: Record<string, string> = {};
	for (const file of ['comments.csv', 'votes.csv', 'participants-votes.csv'])
		files[file] = await readFile(join(folder, name, file), 'utf8');
	const opinions = opinionsIn(files);
	const begun = performance.now();
	const found = agreementOfConversation(opinions, { isCompatible: true, progress() {} });
	const milliseconds = performance.now() - begun;
	const groups = await oracle(`${name}.groups.csv`);
	const consensus = await oracle(`${name}.groups.csv.gac.csv`);
	// who is in no group with them stands in one of its own, so that it counts against us if it stands in one with us
	const index = adjustedRandIndex(
		found.people.map(({ group }) => group ?? 1000),
		found.people.map(({ id }) => groups.get(id) ?? 1000)
	);
	const differences = found.ideas
		.filter(({ id }) => consensus.has(id))
		.map(({ id, groupAwareConsensus }) => Math.abs((groupAwareConsensus ?? Infinity) - consensus.get(id)!));
	return { index, difference: Math.max(...differences), milliseconds };
}

async function oracle(file: string): Promise<Map<number, number>> {
	const lines = (await readFile(join(folder, 'oracle', file), 'utf8')).trim().split(/\r?\n/).slice(1);
	return new Map(lines.map((line) => line.split(',').slice(0, 2).map(Number) as [number, number]));
}
