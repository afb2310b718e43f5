import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { note, read, result, wrong } from '#cli/console.ts';
import { isConversation } from '#cli/import-polis.ts';
import type { Verb } from '#cli/verb.ts';
import { agreementOfConversation, type ConversationResult } from '#sheets/polis/computing.ts';
import { opinionsIn, UnreadableFile } from '#sheets/polis/strict.ts';

export const verb: Verb = {
	words: '<folder> [--compatible] [--json]',
	summary: 'Computes groups and agreement of a conversation as Polis exports it, straight from its files, without a database.',
	help: [
		'The folder holds comments.csv and votes.csv, and may hold participants-votes.csv.',
		'--compatible  the groups that Polis finds when it first sees the conversation: they depend on who came first',
		'--json        only the last line',
		'',
		'The last line is {"result": {"ideas", "people", "k", "stability", …}, "elapsedMs", "peakMiB"}, with every comment and every',
		'participant under the numbers that the files give them. Who said too little, or belongs to no group, has the group null. Where a file cannot be',
		'understood, its name and line are told and the status is 1.'
	].join('\n'),
	async run(words) {
		const flag = { type: 'boolean' } as const;
		const { values, positionals } = read(words, { compatible: flag, json: flag }, 1);
		const folder = positionals[0]!;
		if (!isConversation(folder)) throw wrong(`${folder} has no comments.csv and votes.csv.`);
		const begun = performance.now();
		try {
			const opinions = opinionsIn(await filesIn(folder));
			const found = agreementOfConversation(opinions, { isCompatible: values.compatible === true, progress });
			if (values.json !== true) tell(found);
			const elapsedMs = Math.round(performance.now() - begun);
			result({ result: found, elapsedMs, peakMiB: Math.round(process.resourceUsage().maxRSS / 1024) });
			return 0;
		} catch (error) {
			if (!(error instanceof UnreadableFile)) throw error;
			note(error.message);
			return 1;
		}
	}
};

function progress(done: number, of: number): void {
	if (done % 10 === 0 || done === of) note(`Stability: ${done} of ${of} resamples.`);
}

async function filesIn(folder: string): Promise<Record<string, string>> {
	const files: Record<string, string> = {};
	for (const name of ['comments.csv', 'votes.csv', 'participants-votes.csv']) {
		if (!existsSync(join(folder, name))) continue;
		try {
			files[name] = await readFile(join(folder, name), 'utf8');
		} catch (error) {
			throw new UnreadableFile(name, null, error instanceof Error ? error.message : String(error));
		}
	}
	return files;
}

function tell({ mode, ideas, people, k, sizes, stability, shortlist }: ConversationResult): void {
	const grouped = people.filter(({ group }) => group !== null).length;
	console.log(`ideas         ${ideas.length} (${ideas.filter(({ isHidden }) => isHidden).length} hidden)`);
	console.log(`participants  ${people.length} (${grouped} in a group)`);
	console.log(
		`groups        ${k}${k > 0 ? ` of ${sizes.join(', ')} people` : ''}${mode === 'compatible' ? ', as Polis finds them' : ''}`
	);
	if (stability)
		console.log(
			`stability     as many groups in ${stability.sameK} of ${stability.resamples} resamples, mean adjusted Rand index ${stability.meanRandIndex}: ${stability.isStable ? 'stable' : 'not stable'}`
		);
	if (shortlist.length > 0) console.log(`shortlist     ${shortlist.join(', ')}`);
}
